# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Incidents (first-customer s4.6, PIPL art. 57).

store=$work/incident.store
now=2026-02-05T10:00:00+08:00
bundle=$policy/bundles/hnys-mobile-office/1.0.json
works init "v['created']" init
works import "v['imported']" policy import "$bundle"
works publish "v['published']" policy publish hnys-mobile-office 1.0
works add "v['added']" subject add li.na --born 1990-05-17
works 'add another' "v['added']" subject add zhang.wei --born 1980-01-01

works 'none yet' "v['incidents'] == []" incident show
refuses 'no such kind' 3 CONSENT_E_ARGUMENT True incident open --kind party --why x
refuses 'no such item' 4 CONSENT_E_NOT_FOUND True incident open --kind leak --why x --item moon
refuses 'discovered tomorrow' 3 CONSENT_E_ARGUMENT True incident open --kind leak --why x --observed 2026-02-06T10:00:00+08:00
refuses 'no text' 2 USAGE True incident open --kind leak
works open "v['state'] == 'open' and v['due'] == v['discovered'] and v['overdue'] and len(v['contents']) == 5 and v['missing'] == ['what-happened', 'possible-impact', 'measures', 'self-protection', 'remedies', 'report-to-authority']" \
  incident open --kind leak --why 'a backup disk was lost' --observed 2026-02-05T09:00:00+08:00 --item phone
number=$(python3 -c "import json; print(json.load(open('$out'))['incident'])")
refuses 'close what lacks all' 4 CONSENT_E_STATE "'self-protection' in e['message'] and 'report-to-authority' in e['message']" incident close "$number"
works 'who is affected' "v['added'] == 1" incident affect "$number" li.na
works 'known already' "v['added'] == 0" incident affect "$number" li.na
refuses 'unknown subject' 4 CONSENT_E_NOT_FOUND True incident affect "$number" nobody
refuses 'nobody named' 2 USAGE True incident affect "$number"
refuses 'told too early' 4 CONSENT_E_STATE "'contents' in e['message']" incident notify "$number" li.na
for content in what-happened possible-impact measures self-protection remedies; do
  works "content $content" True incident describe "$number" --name "$content" --value "text of $content"
done
refuses 'no such content' 4 CONSENT_E_NOT_FOUND True incident describe "$number" --name jokes --value x
refuses 'not affected' 4 CONSENT_E_NOT_FOUND True incident notify "$number" zhang.wei
refuses 'not its turn' 4 CONSENT_E_STATE "'email' in e['message']" incident notify "$number" li.na --channel phone
refuses 'no such channel' 3 CONSENT_E_ARGUMENT True incident notify "$number" li.na --channel pigeon
works 'mail came back' "v['told'] is False and v['channel'] == 'email' and v['next'] == 'letter'" incident notify "$number" li.na --denied
works reported "v['missing'] == ['notices'] and v['reports'][0]['authority'] == 'CAC' and v['reports'][0]['at'].startswith('2026-')" incident report "$number" --authority CAC
refuses 'close with one untold' 4 CONSENT_E_STATE "'notices' in e['message']" incident close "$number"
works 'letter' "v['told'] is True and v['channel'] == 'letter' and v['next'] is None" incident notify "$number" li.na --channel letter
works 'twice is once' "v['told'] is True" incident notify "$number" li.na
works 'in its history' "[e['kind'] for e in v['events']].count('incident.notified') == 2" consent history li.na
works 'no task of erasure' "v['tasks'] == []" erasures tasks
works 'all' "v['added'] == 1" incident affect "$number" --all-subjects
works 'one untold' "v['untold'] == 1 and v['state'] == 'open'" incident show "$number"
refuses 'announcement without a reason' 3 CONSENT_E_ARGUMENT True incident notify "$number" --channel announcement
works 'announcement' "v['announced'] and v['state'] == 'complete'" incident notify "$number" --channel announcement --why 'no address'
works close "v['state'] == 'closed' and v['missing'] == [] and v['closed'] is not None" incident close "$number" --why done
refuses 'closed' 4 CONSENT_E_STATE True incident close "$number"
refuses 'closed: nobody is added' 4 CONSENT_E_STATE True incident affect "$number" zhang.wei
refuses 'no incident' 4 CONSENT_E_NOT_FOUND True incident show 9999
refuses 'no number' 2 USAGE True incident show many
says 'as text' 0 'leak closed' incident show "$number"
works 'the ledger is whole' "v['ok']" ledger verify
works 'the store is whole' True doctor
