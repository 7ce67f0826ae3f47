# shellcheck shell=bash
# The question, with every option.
now=2024-07-01T09:00:00+08:00
new_store check.db

answer() { # NAME allow|deny REASON BLOCKERS(python) EXPR ARGS…
  local name=$1 answer=$2 reason=$3 blockers=$4 expr=$5
  shift 5
  answers "$([ "$answer" = allow ] && echo 0 || echo 1)" "$name" \
    "v['answer'] == '$answer' and v['reason'] == '$reason' and v['blockers'] == $blockers
    and set(v) >= {'policy', 'version', 'event', 'sections', 'next'}
    and all('do' in n for n in v['next']) and is_time(v['at'])
    and ($expr)" check "$@"
}

answer "no policy" deny NO_POLICY_IN_FORCE "['NO_POLICY_IN_FORCE']" \
  "v['policy'] is None and v['version'] is None and v['event'] is None" li.na --purpose account
prepare policy import "$policy/bundles/hnys-mobile-office/1.0.json"
answer "only a draft" deny NO_POLICY_IN_FORCE "['NO_POLICY_IN_FORCE']" "v['version'] is None" \
  li.na --purpose account
prepare policy publish hnys-mobile-office 1.0
answer "unknown purpose" deny UNDECLARED_PURPOSE "['UNDECLARED_PURPOSE']" "v['version'] == '1.0'" \
  li.na --purpose newsletter
answer "unknown subject" deny UNKNOWN_SUBJECT "['UNKNOWN_SUBJECT']" "v['event'] is None" \
  li.na --purpose account
prepare subject add li.na --born 1990-05-17
answer "not asked" deny NOT_ASKED "['NOT_ASKED']" \
  "v['policy'] == 'hnys-mobile-office' and v['sections'] == ['s0', 's1.p1']
  and v['next'][0]['do'] == 'ask' and v['next'][0]['point'] == 'account'" li.na --purpose account
says "not asked, for a person" 1 '^Denied: NOT_ASKED\. The subject has not been asked' \
  check li.na --purpose account
says "sections with titles" 1 '^  s1\.p1  .+' check li.na --purpose account
says "what to do" 1 '^What to do:$' check li.na --purpose account

prepare consent grant li.na --purpose account --surface app
answer "granted" allow CONSENTED "[]" \
  "type(v['event']) is int and v['sections'] == ['s0', 's1.p1'] and v['next'] == []" \
  li.na --purpose account
says "granted, for a person" 0 '^Allowed: CONSENTED\.' check li.na --purpose account
for operation in collect store use; do
  answer "operation $operation" allow CONSENTED "[]" "True" li.na --purpose account --operation $operation
done
answer "an operation it does not have" deny UNDECLARED_OPERATION "['UNDECLARED_OPERATION']" "True" \
  li.na --purpose account --operation disclose
answer "items" allow CONSENTED "[]" "True" li.na --purpose account --item phone --item password
answer "an item of another purpose" deny UNDECLARED_ITEM "['UNDECLARED_ITEM']" "True" \
  li.na --purpose account --item phone --item avatar
answer "a recipient of another purpose" deny UNDECLARED_RECIPIENT "['UNDECLARED_RECIPIENT']" "True" \
  li.na --purpose account --recipient getui
answer "all that is wrong" deny UNDECLARED_OPERATION \
  "['UNDECLARED_OPERATION', 'UNDECLARED_RECIPIENT', 'UNDECLARED_ITEM']" "True" \
  li.na --purpose account --operation transfer --recipient getui --item avatar
answer "a permission of another purpose" deny UNDECLARED_PERMISSION "['UNDECLARED_PERMISSION']" "True" \
  li.na --purpose account --permission CAMERA
answer "a permission granted at install" allow CONSENTED "[]" "True" \
  li.na --purpose account --permission INTERNET
answer "a permission the system has to grant" deny NOT_ASKED "['NOT_ASKED', 'PERMISSION_NOT_GRANTED']" \
  "True" li.na --purpose calls --permission CAMERA

answer "a share, nothing said" deny NOT_ASKED "['NOT_ASKED']" "True" \
  li.na --purpose push --operation share --recipient getui
answer "sharing, and nobody named" deny UNDECLARED_RECIPIENT \
  "['UNDECLARED_RECIPIENT', 'NOT_ASKED']" "True" li.na --purpose push --operation share
prepare consent grant li.na --purpose push --surface app
answer "the purpose is granted" allow CONSENTED "[]" "True" li.na --purpose push
answer "its share needs an act of its own" deny NOT_ASKED "['NOT_ASKED']" \
  "any(n['do'] == 'ask' and n.get('point') == 'push@getui' for n in v['next'])" \
  li.na --purpose push --operation share --recipient getui
prepare consent grant li.na --purpose push --recipient getui --surface app
answer "an act of too low a class" deny SEPARATE_CONSENT_REQUIRED "['SEPARATE_CONSENT_REQUIRED']" \
  "True" li.na --purpose push --operation share --recipient getui
prepare consent grant li.na --purpose push --recipient getui --class separate --surface app
answer "the share" allow CONSENTED "[]" "'s3.3' in v['sections']" \
  li.na --purpose push --operation share --recipient getui

prepare consent refuse li.na --purpose statistics
answer "refused" deny REFUSED "['REFUSED']" "type(v['event']) is int or v['event'] is None" \
  li.na --purpose statistics
prepare consent grant li.na --purpose messages --surface implied
answer "implied never counts" deny NOT_ASKED "['NOT_ASKED']" "True" li.na --purpose messages
answer "a low class for a high one" deny NOT_ASKED "['NOT_ASKED']" "True" li.na --purpose violation-notice
prepare consent grant li.na --purpose violation-notice
answer "separate is required, and for the share as well" deny NOT_ASKED \
  "['NOT_ASKED', 'SEPARATE_CONSENT_REQUIRED']" \
  "[(n['point'], n['class']) for n in v['next']] ==
  [('violation-notice', 'separate'), ('violation-notice@public', 'separate')]" \
  li.na --purpose violation-notice --operation disclose --recipient public
prepare consent grant li.na --purpose violation-notice --recipient public --class separate
answer "separate is required" deny SEPARATE_CONSENT_REQUIRED "['SEPARATE_CONSENT_REQUIRED']" "True" \
  li.na --purpose violation-notice --operation disclose --recipient public

now=2024-07-02T09:00:00+08:00
prepare consent withdraw li.na --purpose account
answer "withdrawn" deny WITHDRAWN "['WITHDRAWN']" "True" li.na --purpose account
answer "as it was before" allow CONSENTED "[]" "v['at'] == '2024-07-01T12:00:00Z'" \
  li.na --purpose account --at 2024-07-01T20:00:00+08:00
answer "as it was before she was known" deny NO_POLICY_IN_FORCE "['NO_POLICY_IN_FORCE']" "True" \
  li.na --purpose account --at 2024-06-30T00:00:00+08:00
prepare consent grant li.na --purpose account
answer "granted again" allow CONSENTED "[]" "True" li.na --purpose account
now=2024-06-01T00:00:00Z
answer "a clock behind the ledger" allow CONSENTED "[]" \
  "v['clock_behind'] is True and v['at'] == '2024-07-02T01:00:00Z'" li.na --purpose account

now=2024-07-02T09:00:00+08:00
prepare subject add zhang --born 2012-05-17
answer "a child" deny CHILD_RULES_MISSING "['CHILD_RULES_MISSING', 'GUARDIAN_REQUIRED']" \
  "any(n['do'] == 'ask' and n['who'] == 'guardian' for n in v['next'])" zhang --purpose account
prepare subject set zhang --age-unknown
answer "age unknown" deny AGE_UNKNOWN "['AGE_UNKNOWN', 'NOT_ASKED']" "True" zhang --purpose account

prepare policy import "$policy/bundles/strida-fitness/1.0.json"
prepare policy publish strida-fitness 1.0
refuses "several policies" 2 CONSENT_E_AMBIGUOUS "True" check li.na --purpose account
answer "the other policy, by contract" allow BASIS_CONTRACT "[]" \
  "v['policy'] == 'strida-fitness' and v['event'] is None" \
  li.na --purpose account --policy strida-fitness
answer "no such policy" deny NO_POLICY_IN_FORCE "['NO_POLICY_IN_FORCE']" "True" \
  li.na --purpose account --policy nothing
answer "by a legal obligation" allow BASIS_LEGAL_OBLIGATION "[]" "True" \
  li.na --purpose bookkeeping --policy strida-fitness
answer "by a legitimate interest" allow BASIS_LEGITIMATE_INTEREST "[]" "True" \
  li.na --purpose account-protection --policy strida-fitness
prepare consent grant li.na --purpose newsletter --policy strida-fitness
answer "valid for 730 days" allow CONSENTED "[]" "True" li.na --purpose newsletter --policy strida-fitness \
  --at 2026-07-01T00:00:00Z
answer "expired" deny EXPIRED "['EXPIRED']" "True" li.na --purpose newsletter --policy strida-fitness \
  --at 2026-07-03T00:00:00Z
prepare consent grant li.na --purpose medical-study --policy strida-fitness --class separate
answer "written is required, and a fact" deny PRECONDITION_UNMET \
  "['PRECONDITION_UNMET', 'WRITTEN_CONSENT_REQUIRED']" "True" \
  li.na --purpose medical-study --policy strida-fitness
