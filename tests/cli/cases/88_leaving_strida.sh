# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The second bundle walked through requests, a cancellation with cooling-off, retention, holds, an
# incident that affects a child, a change of hands and the end.

store=$work/strida-leaving.store
now=2026-03-01T00:00:00Z
works init "v['created']" init
for version in 1.0 2.0 3.0; do
  works "import $version" True policy import "$policy/bundles/strida-fitness/$version.json"
  works "publish $version" True policy publish strida-fitness "$version"
done
now=2026-03-02T09:00:00Z
works 'add' True subject add li.na --born 1990-05-17
works 'add the child' True subject add kid --born 2015-01-01
works 'add the guardian' True subject add mum --born 1980-01-01
works link True guardian link kid mum --evidence card-payment
works verified True guardian verify kid mum --actor desk

# ---- requests
for kind in access copy portability correct restrict object withdraw explain complaint; do
  works "request $kind" "v['due'] == '2026-04-02T23:59:59+01:00'" request open li.na --kind $kind
done
refuses 'no guardian asks' 4 CONSENT_E_REFUSED True request open li.na --kind guardian-inquiry
works 'the guardian asks' "v['state'] == 'received'" request open kid --kind guardian-inquiry --by mum
works 'a relative asks' True request open li.na --kind deceased-relative
number=$(python3 -c "import json; print(json.load(open('$out'))['request'])")
refuses 'not verified' 4 CONSENT_E_STATE "'verified' in e['message']" request advance "$number" --to accepted
works verifying "v['state'] == 'verifying'" request advance "$number" --to verifying
refuses 'no such state' 3 CONSENT_E_ARGUMENT True request advance "$number" --to banana

# ---- cancellation
refuses 'nothing runs' 4 CONSENT_E_NOT_FOUND True cancel execute li.na
refuses 'no hash' 3 CONSENT_E_ARGUMENT True cancel open li.na --acknowledge --shown 00
works 'cancel open' "v['due'] == '2026-04-02T23:59:59+01:00'" cancel open li.na --acknowledge
works 'a text for a number' True fact put li.na --fact open-invoices --value '"0"' --source billing
works 'no subscription' True fact put li.na --fact subscription-active --value false --source billing
denies undetermined "[(c['status'], c['why']) for c in v['conditions']] == [('met', 'MET'), ('undetermined', 'FACT_CONTRADICTORY')]" cancel check li.na
works 'no invoice' True fact put li.na --fact open-invoices --value 0 --source billing
works eligible "v['eligible'] is True" cancel check li.na
refuses 'cooling off' 4 CONSENT_E_STATE "'cooling-off' in e['message']" cancel execute li.na
now=2026-03-17T09:00:00Z
refuses 'facts are old now' 1 CONSENT_E_REFUSED "'undetermined' in e['message']" cancel execute li.na
works 'no subscription still' True fact put li.na --fact subscription-active --value false --source billing
works 'no invoice still' True fact put li.na --fact open-invoices --value 0 --source billing
works 'hold place' True hold place li.na --authority court
hold=$(python3 -c "import json; print(json.load(open('$out'))['hold'])")
works 'hold list' "[(h['hold'], h['items'], h['state']) for h in v['holds']] == [($hold, [], 'placed')]" hold list li.na
says 'as text' 0 "^$hold +li.na +placed +court" hold list
refuses 'of nobody' 4 CONSENT_E_NOT_FOUND True hold list zhang
refuses held 1 CONSENT_E_REFUSED "'hold' in e['message']" cancel execute li.na
works 'hold release' True hold release "$hold"
works 'hold an item' True hold place li.na --authority court --item heart-rate --until 2026-04-01T00:00:00Z
works execute "{o['item']: o['then'] for o in v['outcome'] if o['then'] == 'retain'} == {'heart-rate': 'retain', 'invoice': 'retain'} and v['events'] > 10" cancel execute li.na
works 'the host has tasks' "[t['recipient'] for t in v['tasks']][0] == ''" erasures tasks
works doctor True doctor
works verify "v['ok']" ledger verify
works anew "v['decisions'] == 0" subject add li.na --born 1990-05-17

# ---- retention
now=2026-04-02T00:00:00Z
works due "{(d['subject'], d['item'], d['then']) for d in v['due'] if d['item'] in ('ip-address', 'heart-rate')} == {('kid', 'ip-address', 'delete'), ('mum', 'ip-address', 'delete'), ('li.na', 'ip-address', 'delete'), (None, 'heart-rate', 'delete')}" retention due
works apply "v['erase'] == 7 and v['held'] == 0" retention apply
works 'once' "v['erase'] == 0" retention apply

# ---- an incident: the guardian of a child is told
works incident "v['state'] == 'open' and v['due'] == '2026-04-05T00:00:00Z'" incident open --kind leak --why 'a disk is gone' --item heart-rate
number=$(python3 -c "import json; print(json.load(open('$out'))['incident'])")
refuses 'no such item' 4 CONSENT_E_NOT_FOUND True incident open --kind leak --why x --item moon
works 'affect the child' "v['added'] == 1" incident affect "$number" kid
works 'and the guardian' "v['affected'] == 1 and v['guardians'] == 1 and v['untold'] == 2" incident show "$number"
refuses 'not described' 4 CONSENT_E_STATE True incident notify "$number" kid
for content in what-happened data-types consequences measures self-protection contact; do
  works "describe $content" True incident describe "$number" --name $content --value words
done
works report True incident report "$number" --authority 'Berlin Commissioner'
works 'tell the child' "v['channel'] == 'email' and v['told'] is True" incident notify "$number" kid
refuses 'the guardian is not told' 4 CONSENT_E_STATE "'notices' in e['message']" incident close "$number"
works 'not by e-mail' "v['next'] == 'app'" incident notify "$number" mum --denied
works 'tell the guardian' "v['channel'] == 'app'" incident notify "$number" mum
works close "v['state'] == 'closed'" incident close "$number" --actor officer

# ---- the controller
works 'before' True consent grant li.na --purpose reminders
works successor "v['accepts_policy'] is False" controller change --successor 'Run GmbH'
denies 'to be asked again' "v['reason'] == 'CONTROLLER_CHANGED'" check li.na --purpose reminders
works stop "v['stopped'] is True and v['subjects'] == 3" stop-service --why 'the end'
works 'stop again' "v['stopped'] is False and v['subjects'] == 0" stop-service --why 'the end'
denies stopped "v['reason'] == 'SERVICE_STOPPED'" check li.na --purpose reminders
works 'doctor at the end' True doctor
works 'verify at the end' "v['ok']" ledger verify
