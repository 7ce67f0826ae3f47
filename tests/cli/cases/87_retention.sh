# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What may not be kept any longer: listed, extended, held, acted upon.

store=$work/retention.store
now=2025-06-02T10:00:00Z
works init "v['created']" init
works import "v['imported']" policy import "$policy/bundles/strida-fitness/1.0.json"
works publish "v['published']" policy publish strida-fitness 1.0
works add "v['added']" subject add li.na --born 1990-05-17
works 'nothing yet' "v == {'looked': 1, 'erase': 0, 'restrict': 0, 'held': 0}" retention apply

now=2025-07-03T10:00:00Z
works due "{(d['item'], d['then'], d['due'], d['held']) for d in v['due']} == {('sign-in-log', 'delete', '2025-07-02T10:00:00Z', False), ('ip-address', 'delete', '2025-07-02T10:00:00Z', False)}" \
  retention due
works extend "v == {'item': 'ip-address', 'extended': True}" \
  retention extend li.na --item ip-address --until 2025-08-01T00:00:00Z --why 'an attack is looked into' --actor officer
works 'is listed' "[(d['due'], d['extended'], d['extended_why']) for d in v['due'] if d['item'] == 'ip-address'] == [('2025-08-01T00:00:00Z',) * 2 + ('an attack is looked into',)]" \
  retention due
works 'in the history' "v['events'][-1]['kind'] == 'retention.extended'" history li.na
refuses 'no such item' 4 CONSENT_E_NOT_FOUND True retention extend li.na --item moon --until 2025-08-01T00:00:00Z --why x
refuses 'nobody' 4 CONSENT_E_NOT_FOUND True retention extend zhang --item ip-address --until 2025-08-01T00:00:00Z --why x
refuses 'in the past' 3 CONSENT_E_ARGUMENT True retention extend li.na --item ip-address --until 2025-06-01T00:00:00Z --why x
refuses 'no reason' 2 USAGE True retention extend li.na --item ip-address --until 2025-08-01T00:00:00Z
refuses 'no time' 2 USAGE True retention extend li.na --item ip-address --until soon --why x
refuses 'two items' 2 USAGE True retention extend li.na --item ip-address --item steps --until 2025-08-01T00:00:00Z --why x
works 'hold place' True hold place li.na --authority court --item sign-in-log
hold=$(python3 -c "import json; print(json.load(open('$out'))['hold'])")
works 'a hold goes first' "v == {'looked': 1, 'erase': 0, 'restrict': 0, 'held': 1}" retention apply
works 'hold release' True hold release "$hold"
works apply "v == {'looked': 1, 'erase': 1, 'restrict': 0, 'held': 0}" retention apply --actor officer
says 'once' 0 '^0 items to erase, 0 restricted, 0 held; 1 subjects looked at$' retention apply
works 'a task' "[(t['recipient'], t['items']) for t in v['tasks']] == [('', [{'item': 'sign-in-log', 'then': 'delete'}])]" erasures tasks
uid=$(python3 -c "import json; print(json.load(open('$out'))['tasks'][0]['uid'])")
works release "v['extended'] is False" retention release li.na --item ip-address
refuses 'not twice' 4 CONSENT_E_NOT_FOUND True retention release li.na --item ip-address
works 'the rest' "v['erase'] == 1" retention apply
works 'one task' "[t['items'] for t in v['tasks']] == [[{'item': 'sign-in-log', 'then': 'delete'}, {'item': 'ip-address', 'then': 'delete'}]]" erasures tasks
works 'a hold comes after the task' True hold place li.na --authority court --item ip-address --until 2099-01-01T00:00:00Z
hold=$(python3 -c "import json; print(json.load(open('$out'))['hold'])")
works 'what is held is not to go' "[t['items'] for t in v['tasks']] == [[{'item': 'sign-in-log', 'then': 'delete'}]]
  and v['tasks'][0]['held'] == [{'authority': 'court', 'hold': $hold, 'item': 'ip-address', 'then': 'delete', 'until': '2099-01-01T00:00:00Z'}]" erasures tasks
says 'as text' 0 'HELD' erasures tasks
refuses 'not done while it is held' 4 CONSENT_E_REFUSED "'under a hold' in e['message']" erasures done "$uid"
works 'hold release' True hold release "$hold"
works 'the whole task again' "len(v['tasks'][0]['items']) == 2 and v['tasks'][0]['held'] == []" erasures tasks
works done "v['done'] is True" erasures done "$uid"
refuses 'done already' 4 CONSENT_E_NOT_FOUND True erasures done "$uid"
refuses 'no uid' 3 CONSENT_E_ARGUMENT True erasures done li.na
works 'no task' "v['tasks'] == []" erasures tasks
works verify "v['ok']" ledger verify
works doctor True doctor
