# shellcheck shell=bash
# Permissions, facts, limits, exemptions, adoption.
now=2024-07-01T09:00:00+08:00
new_store about.db
refuses "nobody yet" 4 CONSENT_E_NOT_FOUND "True" permission record li.na --name CAMERA --granted
prepare policy import "$policy/bundles/hnys-mobile-office/1.0.json"
prepare policy publish hnys-mobile-office 1.0
prepare subject add li.na --born 1990-05-17

refuses "granted or denied" 2 USAGE "True" permission record li.na --name CAMERA
refuses "not both" 2 USAGE "True" permission record li.na --name CAMERA --granted --denied
refuses "no name" 3 CONSENT_E_ARGUMENT "True" permission record li.na --name '' --granted
works "denied" "v['permissions'] == [{'name': 'CAMERA', 'granted': False, 'at': '2024-07-01T01:00:00Z',
  'ask_from': '2024-07-03T01:00:00Z'}]" permission record li.na --name CAMERA --denied
prepare consent grant li.na --purpose calls
denies "the system said no" "v['reason'] == 'PERMISSION_NOT_GRANTED'" \
  check li.na --purpose calls --permission CAMERA
works "granted" "v['permissions'][0]['granted'] is True and v['permissions'][0]['ask_from'] is None" \
  permission record li.na --name CAMERA --granted
works "the system said yes" "v['reason'] == 'CONSENTED'" check li.na --purpose calls --permission CAMERA

prepare consent grant li.na --purpose support-follow-up
denies "a condition not known" "v['reason'] == 'PRECONDITION_UNMET'" check li.na --purpose support-follow-up
for value in '{}' '[1]' '1.5' '' 'nope' '1 2' '9007199254740993' '"a'; do
  refuses "no value: $value" 3 'CONSENT_E_(INPUT|SYNTAX|ARGUMENT|LIMIT)' "True" \
    fact put li.na --fact support.matter-unresolved --value "$value" --source desk
done
refuses "seen in the future" 3 CONSENT_E_ARGUMENT "True" fact put li.na --fact support.matter-unresolved \
  --value true --source desk --observed 2024-07-02T00:00:00Z
works "a fact" "v['facts'][0]['value'] is True and v['facts'][0]['source'] == 'desk'" \
  fact put li.na --fact support.matter-unresolved --value true --source desk
works "a condition met" "v['reason'] == 'CONSENTED'" check li.na --purpose support-follow-up
prepare fact put li.na --fact support.matter-unresolved --value false --source ledger
denies "sources that disagree" "v['reason'] == 'PRECONDITION_UNMET'" check li.na --purpose support-follow-up
works "the other list of conditions" "len(v['facts']) == 3" \
  fact put li.na --fact support.company-approved --value true --source boss
prepare fact put li.na --fact support.user-agreed --value true --source app
works "is met" "v['reason'] == 'CONSENTED'" check li.na --purpose support-follow-up
works "all kinds of scalars" "[w['value'] for w in v['facts'] if w['source'] == 't'] == ['x\"y']" \
  fact put li.na --fact text --value '"x\"y"' --source t

prepare consent grant li.na --purpose account
refuses "object to nothing" 4 CONSENT_E_NOT_FOUND "True" object li.na --purpose nothing
works "object" "v['changed'] is True and v['limits'][0]['purpose'] == 'account'" object li.na --purpose account
works "object again" "v['changed'] is False" object li.na --purpose account
denies "objected" "v['reason'] == 'OBJECTED'" check li.na --purpose account
prepare consent grant li.na --purpose account
works "an express yes takes it back" "v['reason'] == 'CONSENTED'" check li.na --purpose account
refuses "restrict what is not there" 4 CONSENT_E_NOT_FOUND "True" restrict li.na --item nothing
works "restrict an item" "v['limits'][0]['item'] == 'phone'" restrict li.na --item phone
denies "only stored" "v['reason'] == 'PROCESSING_RESTRICTED'" check li.na --purpose account
works "storing passes" "v['answer'] == 'allow'" check li.na --purpose account --operation store
works "another item passes" "v['answer'] == 'allow'" check li.na --purpose account --item user-name
denies "a device model alone does not identify, and is denied like the rest" "v['identifies'] is False
  and v['reason'] == 'NOT_ASKED'" check li.na --purpose statistics --item device-model
works "unrestrict" "v['limits'] == []" unrestrict li.na --item phone
works "unrestrict again" "v['changed'] is False" unrestrict li.na --item phone
works "restrict all" "v['limits'][0]['item'] is None" restrict li.na --why 'the subject asked'
denies "nothing but storing" "v['reason'] == 'PROCESSING_RESTRICTED'" check li.na --purpose messages
prepare unrestrict li.na

use=(exemption use li.na --purpose account --why 'order 7 of the court' --actor counsel)
refuses "no such exemption" 4 CONSENT_E_NOT_FOUND "True" "${use[@]}" --exemption nothing
refuses "no such purpose" 4 CONSENT_E_NOT_FOUND "True" exemption use li.na --purpose nothing --why w \
  --actor a --exemption collect.news
refuses "the other list" 4 CONSENT_E_REFUSED "'share' in e['message']" \
  "${use[@]}" --exemption collect.criminal-justice --operation share
refuses "no justification" 3 CONSENT_E_ARGUMENT "True" exemption use li.na --purpose account --why '' \
  --actor a --exemption collect.news
refuses "an undeclared item" 4 CONSENT_E_REFUSED "'UNDECLARED_ITEM' in e['message']" \
  "${use[@]}" --exemption provide.criminal-justice --item location
refuses "a partner is no authority" 4 CONSENT_E_REFUSED "'UNDECLARED_RECIPIENT' in e['message']" \
  "${use[@]}" --exemption provide.criminal-justice --recipient partners
denies "an authority gets nothing by a check" "v['reason'] == 'UNDECLARED_OPERATION'
  and 'UNDECLARED_RECIPIENT' in v['blockers']" \
  check li.na --purpose account --operation share --recipient authorities
works "to an authority" "v['answer'] == 'allow' and v['reason'] == 'EXEMPT' and v['operation'] == 'share'
  and type(v['event']) is int" "${use[@]}" --exemption provide.criminal-justice --recipient authorities
works "collected without consent" "v['operation'] == 'collect'" \
  exemption use li.na --purpose statistics --why 'fault 12' --actor operator --exemption collect.safe-running
denies "for that use alone" "v['reason'] == 'NOT_ASKED'" check li.na --purpose statistics
works "it is in the history" "[w['body']['exemption'] for w in v['events'] if w['kind'] == 'exemption.used']
  == ['provide.criminal-justice', 'collect.safe-running']" history li.na

prepare subject add device-1 --age-unknown
prepare subject add account-1 --born 1990-01-01
prepare consent refuse account-1 --purpose messages
prepare consent grant device-1 --purpose messages
prepare consent grant device-1 --purpose calls --surface app
prepare consent refuse device-1 --purpose statistics
refuses "adopt nobody" 4 CONSENT_E_NOT_FOUND "True" subject adopt device-9 account-1
refuses "adopt into nobody" 4 CONSENT_E_NOT_FOUND "True" subject adopt device-1 account-9
refuses "adopt itself" 3 CONSENT_E_ARGUMENT "True" subject adopt account-1 account-1
now=2024-07-05T09:00:00+08:00
works "adopt" "v == {'adopted': True, 'decisions': 2}" subject adopt device-1 account-1
works "taken over" "v['reason'] == 'CONSENTED'" check account-1 --purpose calls
works "with its time" "[(w['at'], w['inherited']) for w in v['decisions'] if w['point'] == 'calls']
  == [('2024-07-01T01:00:00Z', True)]" consent list account-1
denies "a no too" "v['reason'] == 'REFUSED'" check account-1 --purpose statistics
denies "the account's own word stays" "v['reason'] == 'REFUSED'" check account-1 --purpose messages
refuses "adopted once" 4 CONSENT_E_STATE "True" subject adopt device-1 account-1
refuses "takes no further acts" 4 CONSENT_E_STATE "True" consent grant device-1 --purpose calls
prepare subject add device-2 --age-unknown
prepare subject add child-1 --born 2012-01-01
prepare consent grant device-2 --purpose calls
refuses "not to a child's account" 4 CONSENT_E_REFUSED "'guardian' in e['message']" \
  subject adopt device-2 child-1
refuses "nor with somebody who is no guardian" 4 CONSENT_E_REFUSED "True" \
  subject adopt device-2 child-1 --by li.na
prepare guardian link child-1 li.na --evidence household-register
prepare guardian verify child-1 li.na
works "with a guardian" "v['decisions'] == 1" subject adopt device-2 child-1 --by li.na
denies "who stands for the grant" "v['reason'] == 'CHILD_RULES_MISSING'
  and v['blockers'] == ['CHILD_RULES_MISSING']" check child-1 --purpose calls
refuses "a text without quotes" 3 CONSENT_E_INPUT "'quotes' in e['message']" \
  fact put li.na --fact text --value yes --source t
