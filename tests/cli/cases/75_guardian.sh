# shellcheck shell=bash
# Children and guardians, over both bundles.
now=2024-07-01T09:00:00+02:00
new_store guardian.db
prepare policy import "$policy/bundles/strida-fitness/1.0.json"
prepare policy publish strida-fitness 1.0
prepare subject add zhang --born 2008-07-02
prepare subject add li.na --born 1990-05-17
prepare subject add uncle --born 2006-07-02
prepare subject add nobody-knows --age-unknown
prepare subject add other.parent --born 1988-01-01

refuses "an unknown child" 4 CONSENT_E_NOT_FOUND "True" guardian link zhang2 li.na --evidence card-payment
refuses "an unknown guardian" 4 CONSENT_E_NOT_FOUND "True" guardian link zhang li.na2 --evidence card-payment
refuses "one's own guardian" 3 CONSENT_E_ARGUMENT "True" guardian link zhang zhang --evidence card-payment
refuses "a guardian of unknown age" 4 CONSENT_E_REFUSED "'adult' in e['message']" \
  guardian link zhang nobody-knows --evidence card-payment
refuses "a guardian of 17" 4 CONSENT_E_REFUSED "'18' in e['message']" \
  guardian link zhang uncle --evidence card-payment
refuses "evidence the policy does not take" 4 CONSENT_E_REFUSED "'evidence' in e['message']" \
  guardian link zhang li.na --evidence word-of-honour
refuses "no evidence" 2 USAGE "True" guardian link zhang li.na
refuses "empty evidence" 3 CONSENT_E_ARGUMENT "True" guardian link zhang li.na --evidence ''
refuses "an end in the past" 3 CONSENT_E_ARGUMENT "True" \
  guardian link zhang li.na --evidence card-payment --until 2024-06-30T00:00:00Z
refuses "an adult takes none" 4 CONSENT_E_REFUSED "'of age' in e['message']" \
  guardian link other.parent li.na --evidence card-payment
refuses "no link to verify" 4 CONSENT_E_NOT_FOUND "True" guardian verify zhang li.na
refuses "no link to end" 4 CONSENT_E_NOT_FOUND "True" guardian end zhang li.na
refuses "no link, no word" 4 CONSENT_E_REFUSED "'link' in e['message']" \
  consent grant zhang --purpose newsletter --by li.na

works "link" "v['changed'] is True and v['guardians'][0]['state'] == 'claimed'
  and v['guardians'][0]['guardian'] == 'li.na'" guardian link zhang li.na --evidence card-payment
works "link again" "v['changed'] is False" guardian link zhang li.na --evidence card-payment
refuses "link again, otherwise" 4 CONSENT_E_CONFLICT "True" \
  guardian link zhang li.na --evidence video-identification
prepare consent grant zhang --purpose newsletter --by li.na
denies "a claim counts for nothing" "v['reason'] == 'GUARDIAN_UNVERIFIED'
  and v['blockers'] == ['GUARDIAN_UNVERIFIED'] and v['source'] == 'GDPR art. 8(2)'" \
  check zhang --purpose newsletter
works "verify" "v['changed'] is True and v['guardians'][0]['state'] == 'verified'" \
  guardian verify zhang li.na --actor clerk
works "verify again" "v['changed'] is False" guardian verify zhang li.na
works "the guardian consented" "v['reason'] == 'GUARDIAN_CONSENTED' and type(v['event']) is int" \
  check zhang --purpose newsletter
says "for a person" 0 '^Allowed: GUARDIAN_CONSENTED' check zhang --purpose newsletter

prepare guardian link zhang other.parent --evidence video-identification
prepare guardian verify zhang other.parent
works "the last word among guardians" "v['decision'] == 'refused'" \
  consent refuse zhang --purpose newsletter --by other.parent
denies "is no" "v['reason'] == 'GUARDIAN_REFUSED'" check zhang --purpose newsletter
works "what a refusal makes one owe" "[(w['kind'], w['point']) for w in v['obligations']]
  == [('delete-collected', 'newsletter'), ('inform-guardian', 'newsletter')]" obligation list zhang
prepare consent grant zhang --purpose newsletter --by li.na
works "and yes again" "v['reason'] == 'GUARDIAN_CONSENTED'" check zhang --purpose newsletter
works "the child may refuse" "v['decision'] == 'refused'" consent refuse zhang --purpose newsletter
denies "whatever the guardian said" "v['reason'] == 'REFUSED'" check zhang --purpose newsletter
prepare consent grant zhang --purpose newsletter --by li.na
prepare consent grant zhang --purpose analytics --by li.na
works "withdrawn by the guardian" "v['decision'] == 'withdrawn'" \
  consent withdraw zhang --purpose analytics --by li.na
denies "at once" "v['reason'] == 'WITHDRAWN'" check zhang --purpose analytics
works "recipients are to be told" "[w['recipient'] for w in v['obligations']
  if w['kind'] == 'inform-recipient'] == ['lumen-analytics']" obligation list zhang

works "end" "[w['state'] for w in v['guardians']] == ['verified', 'ended']" \
  guardian end zhang other.parent --why court
refuses "no such end" 2 USAGE "True" guardian end zhang li.na --why weather
refuses "not of age" 4 CONSENT_E_REFUSED "True" guardian end zhang li.na --why majority
refuses "an ended guardian" 4 CONSENT_E_REFUSED "True" \
  consent refuse zhang --purpose newsletter --by other.parent

now=2024-07-01T23:00:00+01:00
works "sixteen tomorrow: the guardian's word" "v['reason'] == 'GUARDIAN_CONSENTED'" \
  check zhang --purpose newsletter --at 2024-07-02T00:59:59+02:00
prepare consent grant zhang --purpose reminders
denies "what a child grants alone counts not" "v['reason'] == 'GUARDIAN_REQUIRED'" \
  check zhang --purpose reminders
now=2024-07-02T00:00:00+01:00
denies "nor afterwards" "v['reason'] == 'NOT_ASKED'" check zhang --purpose reminders
works "of age, the consent stands and is asked about" "[(w['point'], w['why'], w['who']) for w in v['asks']
  if w['point'] == 'newsletter'] == [('newsletter', 'GUARDIAN_CONSENTED', 'subject')]" ask zhang
refuses "the guardian speaks no more" 4 CONSENT_E_REFUSED "'alone' in e['message']" \
  consent withdraw zhang --purpose newsletter --by li.na
works "the subject does" "v['decision'] == 'withdrawn'" consent withdraw zhang --purpose newsletter
now=2026-07-02T00:00:00+01:00
works "ended by majority" "v['guardians'][0]['state'] == 'ended'" guardian end zhang li.na --why majority

now=2024-07-01T09:00:00+08:00
new_store guardian-cn.db
prepare policy import "$policy/bundles/hnys-mobile-office/1.0.json"
prepare policy publish hnys-mobile-office 1.0
prepare subject add zhang --born 2008-07-02
prepare subject add li.na --born 1990-05-17
works "a policy that lists no evidence takes any that is named" "v['changed'] is True" \
  guardian link zhang li.na --evidence household-register --until 2024-12-31T00:00:00Z
prepare guardian verify zhang li.na
prepare consent grant zhang --purpose account --by li.na
works "a guardian to every minor" "v['reason'] == 'GUARDIAN_CONSENTED'" check zhang --purpose account
now=2025-01-01T00:00:00Z
works "past its end" "v['guardians'][0]['state'] == 'over'" guardian list zhang
refuses "it counts no more" 4 CONSENT_E_REFUSED "True" consent refuse zhang --purpose account --by li.na
works "a new one" "[w['state'] for w in v['guardians']] == ['ended', 'claimed']" \
  guardian link zhang li.na --evidence household-register
