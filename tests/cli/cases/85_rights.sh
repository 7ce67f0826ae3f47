# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Requests, calendars, cancellation, erasure, holds, the end of the service.

store=$work/rights.store
now=2026-02-05T10:00:00+08:00
bundle=$policy/bundles/hnys-mobile-office/1.0.json
cn=(--calendar cn)
works init "v['created']" init
works import "v['imported']" policy import "$bundle"
works publish "v['published']" policy publish hnys-mobile-office 1.0
works add "v['added']" subject add li.na --born 1990-05-17

# ---- calendars
works 'days counted' "v['due'] == '2025-02-14T23:59:59+08:00' and len(v['days']) == 15 and v['days'][4] == '2025-01-26' and v['provisional'] is False" \
  calendar due "${cn[@]}" --from 2025-01-20 --days 15
works incl "v['due'] == '2025-02-13T23:59:59+08:00'" calendar due "${cn[@]}" --from 2025-01-20 --days 15 --convention incl
works roll "v['due'] == '2026-03-16T23:59:59+08:00'" calendar due "${cn[@]}" --from 2026-02-17 --days 15 --convention roll
works provisional "v['provisional'] is True and v['due'] == '2027-01-04T23:59:59+08:00'" calendar due "${cn[@]}" --from 2026-12-11 --days 15
works 'before midnight' "v['due'] == '2026-03-04T23:59:59+08:00'" calendar due "${cn[@]}" --from 2026-02-05T23:59:59+08:00 --days 15
works 'after midnight' "v['due'] == '2026-03-05T23:59:59+08:00'" calendar due "${cn[@]}" --from 2026-02-06T00:00:00+08:00 --days 15
says 'as text' 0 '^due 2025-01-23T23:59:59\+08:00' calendar due "${cn[@]}" --from 2025-01-20 --days 3
refuses 'no calendar' 4 CONSENT_E_NOT_FOUND True calendar due --calendar mars --from 2025-01-20 --days 3
refuses 'no date' 3 CONSENT_E_ARGUMENT True calendar due "${cn[@]}" --from 2025-02-30 --days 3
refuses 'no number' 2 USAGE True calendar due "${cn[@]}" --from 2025-01-20 --days many
refuses 'no convention' 3 CONSENT_E_ARGUMENT True calendar due "${cn[@]}" --from 2025-01-20 --days 3 --convention soon
works 'known already' "v['changed'] is False" calendar import "$policy/calendars/cn.json"

# ---- requests
works 'request open' "v['state'] == 'received' and v['due'] == '2026-03-04T23:59:59+08:00' and v['provisional'] is False" \
  request open li.na --kind access
works 'request list' "len(v['requests']) == 1" request list li.na
number=$(python3 -c "import json; print(json.load(open('$out'))['requests'][0]['request'])")
works 'request show' "v['request'] == $number and v['history'][0]['kind'] == 'request.opened' and v['history'][0]['at'].endswith('Z')" request show "$number"
refuses 'no such kind' 3 CONSENT_E_ARGUMENT True request open li.na --kind party
refuses 'no such move' 4 CONSENT_E_STATE "'cannot become' in e['message']" request advance "$number" --to done
refuses 'no reason' 3 CONSENT_E_ARGUMENT True request advance "$number" --to refused
works accept "v['state'] == 'accepted'" request advance "$number" --to accepted
works 'in progress' "v['state'] == 'in-progress'" request advance "$number" --to in-progress
works done "v['state'] == 'done'" request advance "$number" --to done --why sent
works 'nothing is due' "v['requests'] == []" request due
refuses 'no request' 4 CONSENT_E_NOT_FOUND True request show 9999
works 'by mail, some days ago, by an agent' "v['standing'] == 'agent' and v['due'] == '2026-03-02T23:59:59+08:00'" \
  request open li.na --kind explain --channel mail --observed 2026-02-03T09:00:00+08:00 --standing agent \
  --evidence power-of-attorney --method passport
number=$(python3 -c "import json; print(json.load(open('$out'))['request'])")
works 'and so it stands in the history' "[e['body']['evidence'] for e in v['events']
  if e['body'].get('channel') == 'mail'] == ['power-of-attorney']" history li.na
refuses 'received in the future' 3 CONSENT_E_ARGUMENT True request open li.na --kind access --observed 2031-01-01T00:00:00Z
refuses 'no such standing' 3 CONSENT_E_ARGUMENT True request open li.na --kind access --standing friend
refuses 'no reason to extend' 2 USAGE "'--why' in e['message']" request extend "$number"
refuses 'the policy gives no extension' 4 CONSENT_E_REFUSED True request extend "$number" --why 'much to find'
works 'how it was checked, and the answer' "v['state'] == 'refused'" request advance "$number" --to refused \
  --why 'no such data' --method phone --document "$(printf '%064d' 1)"

# ---- cancellation
denies undetermined "v['eligible'] is None and all(c['why'] == 'FACT_MISSING' for c in v['conditions'])" cancel check li.na
says 'as text' 1 '^undetermined' cancel check li.na
refuses 'not acknowledged' 2 USAGE True cancel open li.na
works 'cancel open' "v['kind'] == 'cancel-account' and v['due'] == '2026-03-04T23:59:59+08:00'" cancel open li.na --acknowledge
for fact in assets debts open-disputes complaints-made complaints-received restriction-records; do
  works "fact $fact" True fact put li.na --fact "$fact" --value 0 --source billing
done
works 'fact account-status' True fact put li.na --fact account-status --value '"normal"' --source billing
works eligible "v['eligible'] is True and v['request'] is not None" cancel check li.na
works 'a dispute' True fact put li.na --fact dispute.lawsuit --value true --source court
denies disputed "v['eligible'] is False and v['disputes'] == ['dispute.lawsuit'] and v['request'] is None" cancel check li.na
refuses 'ended by it' 4 CONSENT_E_NOT_FOUND True cancel execute li.na
refuses 'none is opened now' 1 CONSENT_E_REFUSED "e['message'].endswith('cannot be cancelled: dispute.lawsuit')" \
  cancel open li.na --acknowledge
works 'a debt beside it' True fact put li.na --fact debts --value 500 --source billing
refuses 'all that stands against it' 1 CONSENT_E_REFUSED "'failed' in e['message'] and 'dispute.lawsuit' in e['message']" \
  cancel open li.na --acknowledge
works 'paid' True fact put li.na --fact debts --value 0 --source billing
works 'it is over' True fact put li.na --fact dispute.lawsuit --value false --source court
works 'open again' "v['state'] == 'received'" cancel open li.na --acknowledge
works 'hold place' "v['items'] == ['phone']" hold place li.na --authority court --item phone --until 2027-01-01T00:00:00Z
hold=$(python3 -c "import json; print(json.load(open('$out'))['hold'])")
denies held "v['items'][0]['why'] == 'HELD' and v['items'][0]['until'] == '2027-01-01T00:00:00Z'" delete check li.na --item phone
works deletable "v['items'][0]['deletable'] is True" delete check li.na --item nickname
works 'cancel execute' "v['scrub'] == 'done' and len(v['uid']) == 32 and v['events'] > 10 and {'item': 'phone', 'reason': 'hold $hold', 'then': 'retain', 'until': '2027-01-01T00:00:00Z'} in v['outcome']" \
  cancel execute li.na --scrub
refuses 'nobody any more' 4 CONSENT_E_NOT_FOUND True consent grant li.na --purpose account
works 'tasks' "v['tasks'][0]['recipient'] == '' and v['tasks'][0]['done'] is False" erasures tasks
works 'hold release' "v['state'] == 'released' and v['subject'] is None" hold release "$hold"
refuses 'released before' 4 CONSENT_E_NOT_FOUND True hold release "$hold"
works verify "v['ok']" ledger verify
works doctor True doctor
works 'registered anew' "v['added'] and v['decisions'] == 0" subject add li.na --born 1990-05-17
works 'without history' "len(v['events']) == 1" history li.na
works 'request delete' True request open li.na --kind delete
number=$(python3 -c "import json; print(json.load(open('$out'))['request'])")
works erase "v['events'] == 5 and v['outcome'][0]['then'] == 'delete'" erase li.na --request "$number"
works 'erasures export' "v['erased'] == 2" erasures export "$work/erasures.txt"
refuses 'not twice' 4 CONSENT_E_EXISTS True erasures export "$work/erasures.txt"
works 'erasures apply' "v['erased'] == 0" erasures apply "$work/erasures.txt"
refuses 'another file' 6 CONSENT_E_FORMAT True erasures apply "$bundle"

# ---- the controller
works 'retention due' "isinstance(v['due'], list)" retention due
works successor "v['accepts_policy'] is False" controller change --successor "Successor Ltd"
works stop "v['stopped'] is True" stop-service --why bankrupt
denies stopped "v['reason'] == 'SERVICE_STOPPED'" check li.na --purpose account
