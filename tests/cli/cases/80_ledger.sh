# shellcheck shell=bash
# The head of the ledger: grows by one event an act, and says so in a signed note.
now=2024-07-01T09:00:00+08:00
new_store ledger.db
works "head" "v['size'] >= 1 and is_hex(v['root']) and v['at'] == '2024-07-01T01:00:00Z'
  and v['checkpoint'].startswith('libconsent/') and v['checkpoint'].split('\n')[1] == str(v['size'])
  and '\n\n— libconsent/' in v['checkpoint'] and v['key'].startswith('libconsent/')" ledger head
size=$("$python" -I -c 'import json, sys; print(json.load(open(sys.argv[1]))["size"])' "$out")
root=$("$python" -I -c 'import json, sys; print(json.load(open(sys.argv[1]))["root"])' "$out")
works "reading changes nothing" "v['size'] == $size and v['root'] == '$root'" ledger head
prepare subject add li.na --born 1990-05-17
works "an act is one event" "v['size'] == $((size + 1)) and v['root'] != '$root'" ledger head
prepare subject add li.na --born 1990-05-17
works "what was there before is none" "v['size'] == $((size + 1))" ledger head
says "head for a person" 0 '^root     [0-9a-f]{64}$' ledger head
says "the note for a person" 0 '^— libconsent/' ledger head

# Verification: what is wrong, where, and against a checkpoint kept outside.
works "verify" "v['ok'] is True and v['findings'] == [] and v['size'] == $((size + 1))" ledger verify
says "verify for a person" 0 '^the ledger is good \([0-9]+ events\)$' ledger verify
ctl_run --json ledger head
python3 -I -c 'import json, sys; sys.stdout.write(json.load(open(sys.argv[1]))["checkpoint"])' "$out" >early.note
cp ledger.db early.db
works "verify against a checkpoint" "v['ok'] is True" ledger verify --checkpoint early.note
prepare subject add zhang --born 1980-01-01
works "a checkpoint of before" "v['ok'] is True" ledger verify --checkpoint early.note
ctl_run --json ledger head
python3 -I -c 'import json, sys; sys.stdout.write(json.load(open(sys.argv[1]))["checkpoint"])' "$out" >late.note
cp late.note late2.note && cp early.db rolled.db && cp ledger.db.key rolled.db.key
store=$PWD/rolled.db
works "an older copy alone looks good" "v['ok'] is True" ledger verify
denies "an older copy" "v['ok'] is False and [f['what'] for f in v['findings']] == ['ROLLED_BACK']
  and v['findings'][0]['seq'] == v['size']" ledger verify --checkpoint late.note
says "an older copy, for a person" 1 '^ROLLED_BACK at [0-9]+: the checkpoint covers' ledger verify --checkpoint late.note
store=$PWD/ledger.db
echo hello >no.note
refuses "no checkpoint" 6 CONSENT_E_FORMAT "True" ledger verify --checkpoint no.note
refuses "no file" 4 CONSENT_E_NOT_FOUND "True" ledger verify --checkpoint nothing.note
new_store other.db
denies "another store's checkpoint" "[f['what'] for f in v['findings']] == ['WRONG_KEY']" ledger verify --checkpoint late.note

# The doctor.
new_store doctor.db
prepare subject add li.na --born 1990-05-17
works "doctor" "v['ok'] is True and v['findings'] == [] and v['subjects'] == 1" doctor
says "doctor for a person" 0 '^all is well \(1 subjects\)$' doctor
chmod 640 doctor.db
denies "doctor on an exposed file" "'FILE_EXPOSED' in [f['what'] for f in v['findings']]" doctor
