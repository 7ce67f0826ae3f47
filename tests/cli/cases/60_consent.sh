# shellcheck shell=bash
# Decisions: said, refused when they may not be, listed, told.
now=2024-07-01T09:00:00+08:00
hnys=$policy/bundles/hnys-mobile-office/1.0.json
new_store consent.db
prepare subject add li.na --born 1990-05-17
refuses "no policy" 4 'CONSENT_E_(STATE|NOT_FOUND)' "True" consent grant li.na --purpose account
prepare policy import "$hnys"
refuses "no version in force" 4 'CONSENT_E_(STATE|NOT_FOUND)' "True" consent grant li.na --purpose account
prepare policy publish hnys-mobile-office 1.0

# The hash of what is shown, computed apart from the library: the purpose's sections in the order of
# the document.
shown() { # LANG PURPOSE
  "$python" -I -c '
import hashlib, json, sys
v = json.load(open(sys.argv[1], encoding="utf-8"))
lang = sys.argv[2]
rests = [p["sections"] for p in v["purposes"] if p["key"] == sys.argv[3]][0]
digest = lambda text: hashlib.sha256(text.encode()).hexdigest()
rows = [{"id": s["id"], "lang": lang, "sha256": digest(s["text"][lang])}
        for s in v["sections"] if s["id"] in rests]
print(digest(json.dumps(rows, separators=(",", ":"), ensure_ascii=False)))' "$hnys" "$@"
}
account=$(shown zh-CN account)
works "grant" "v['point'] == 'account' and v['decision'] == 'granted' and v['class'] == 'general'
  and v['version'] == '1.0' and v['policy'] == 'hnys-mobile-office' and type(v['event']) is int
  and v['at'] == '2024-07-01T01:00:00Z' and v['evidenced'] is True and v['repeated'] is False
  and v['implied'] is False" \
  consent grant li.na --purpose account --shown "$account" --surface app --lang zh-CN
works "grant in the second language" "v['evidenced']" \
  consent grant li.na --purpose messages --shown "$(shown en messages)" --lang en
works "grant without evidence" "v['evidenced'] is False" consent grant li.na --purpose calls
works "refuse" "v['decision'] == 'refused' and v['point'] == 'statistics'" \
  consent refuse li.na --purpose statistics
works "a share" "v['point'] == 'push@getui' and v['class'] == 'separate'" \
  consent grant li.na --purpose push --recipient getui --class separate
now=2024-07-02T09:00:00.25+08:00
works "withdraw" "v['decision'] == 'withdrawn' and v['at'] == '2024-07-02T01:00:00.250000Z'" \
  consent withdraw li.na --purpose calls
works "implied" "v['point'] == 'performance' and v['implied'] is True" \
  consent grant li.na --purpose performance --surface implied
works "named policy" "v['point'] == 'app-update'" \
  consent grant li.na --purpose app-update --policy hnys-mobile-office

works "idempotency" "v['repeated'] is False" \
  consent grant li.na --purpose security --idempotency form-7
event=$("$python" -I -c 'import json, sys; print(json.load(open(sys.argv[1]))["event"])' "$out")
works "idempotency, repeated" "v['repeated'] is True and v['event'] == $event" \
  consent grant li.na --purpose security --idempotency form-7
refuses "idempotency, other content" 4 CONSENT_E_CONFLICT "True" \
  consent refuse li.na --purpose security --idempotency form-7

refuses "unknown subject" 4 CONSENT_E_NOT_FOUND "True" consent grant zhang --purpose account
refuses "unknown purpose" 4 CONSENT_E_NOT_FOUND "True" consent grant li.na --purpose newsletter
refuses "unknown recipient" 4 CONSENT_E_NOT_FOUND "True" \
  consent grant li.na --purpose push --recipient nobody
refuses "a recipient of another purpose" 4 CONSENT_E_NOT_FOUND "True" \
  consent grant li.na --purpose account --recipient getui
refuses "unknown policy" 4 CONSENT_E_NOT_FOUND "True" \
  consent grant li.na --purpose account --policy nothing
refuses "a wording never published" 3 CONSENT_E_UNKNOWN_TEXT "True" consent grant li.na \
  --purpose account --shown 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
refuses "the wording of another purpose" 3 CONSENT_E_UNKNOWN_TEXT "True" \
  consent grant li.na --purpose messages --shown "$account"
for hash in '' abc "${account}0" "${account%?}g"; do
  refuses "no hash: '$hash'" 3 CONSENT_E_ARGUMENT "True" \
    consent grant li.na --purpose account --shown "$hash"
  refuses "no hash of a document: '$hash'" 3 CONSENT_E_ARGUMENT "True" \
    consent grant li.na --purpose account --class written --document "$hash"
done
refuses "written, and no document" 3 CONSENT_E_ARGUMENT "'document' in e['message']" \
  consent grant li.na --purpose account --class written
works "written" "v['class'] == 'written'" \
  consent grant li.na --purpose account --class written --document "$account"
refuses "an idempotency key of 129 bytes" 3 CONSENT_E_ARGUMENT "True" \
  consent grant li.na --purpose account --idempotency "$(printf '%0129d' 0)"
refuses "a surface that is not UTF-8" 3 CONSENT_E_ENCODING "True" \
  consent grant li.na --purpose account --surface $'\xff'
refuses "an empty purpose" 3 CONSENT_E_ARGUMENT "True" consent grant li.na --purpose ''

works "list" "{(d['point'], d['decision']) for d in v['decisions']} == {('account', 'granted'),
  ('messages', 'granted'), ('calls', 'withdrawn'), ('statistics', 'refused'),
  ('push@getui', 'granted'), ('app-update', 'granted'), ('security', 'granted')}
  and all(is_time(d['at']) and type(d['event']) is int for d in v['decisions'])" consent list li.na
says "list for a person" 0 '^hnys-mobile-office  calls +withdrawn ' consent list li.na
works "history" "[e['kind'] for e in v['events']][:2] == ['subject.registered', 'consent.granted']
  and 'consent.implied' in [e['kind'] for e in v['events']]
  and [e['event'] for e in v['events']] == sorted({e['event'] for e in v['events']})
  and all(isinstance(e['body'], dict) and is_time(e['at']) for e in v['events'])" history li.na
cp "$out" history.json
works "consent history is the same" "v == __import__('json').load(open('history.json'))" \
  consent history li.na
says "history for a person" 0 'consent.withdrawn$' history li.na
refuses "list of nobody" 4 CONSENT_E_NOT_FOUND "True" consent list zhang
refuses "history of nobody" 4 CONSENT_E_NOT_FOUND "True" history zhang

# A child of a policy that wants a guardian below 18.
prepare subject add zhang --born 2012-05-17
works "what a child says alone is recorded" "v['decision'] == 'granted'" \
  consent grant zhang --purpose account
denies "and does not count" "'GUARDIAN_REQUIRED' in v['blockers']" check zhang --purpose account
works "a child may refuse" "v['decision'] == 'refused'" consent refuse zhang --purpose account
refuses "a guardian nobody knows" 4 CONSENT_E_NOT_FOUND "True" \
  consent grant zhang --purpose account --by zhang.senior

prepare policy import "$policy/bundles/strida-fitness/1.0.json"
prepare policy publish strida-fitness 1.0
refuses "several policies, and none named" 2 CONSENT_E_AMBIGUOUS "True" \
  consent grant li.na --purpose newsletter
works "the other policy" "v['policy'] == 'strida-fitness'" \
  consent grant li.na --purpose newsletter --policy strida-fitness
