# shellcheck shell=bash
# Proofs, keys of the log, receipts. What they say is verified by others in tests/evidence.
now=2024-07-01T09:00:00+08:00
new_store proof.db
prepare policy import "$policy/bundles/strida-fitness/1.0.json"
prepare policy publish strida-fitness 1.0
prepare subject add li.na --born 1990-05-17
works "prove" "v['seq'] == 1 and v['kind'] == 'policy.imported' and is_hex(v['leaf']) and len(v['proof']) == 2
  and v['checkpoint'].split('\n')[1] == str(v['size'])" ledger prove 1
refuses "prove what is not there" 4 CONSENT_E_NOT_FOUND "True" ledger prove 99
refuses "prove no number" 2 USAGE "True" ledger prove one
works "consistency" "v['first'] == 1 and v['second'] == 3 and len(v['proof']) == 2" ledger consistency 1 3
refuses "consistency beyond" 4 CONSENT_E_NOT_FOUND "True" ledger consistency 1 99
refuses "consistency backwards" 2 USAGE "True" ledger consistency 3 1
works "checkpoint" "v['size'] == 4" ledger checkpoint
works "checkpoints" "len(v['checkpoints']) == 1 and v['checkpoints'][0]['size'] == 4" ledger checkpoints
works "key" "len(v['keys']) == 1 and v['key'] == v['keys'][0]['key']" ledger key
ctl_run --json ledger key
vkey=$("$python" -I -c 'import json, sys; print(json.load(open(sys.argv[1]))["key"])' "$out")
refuses "no receipt of a registration" 4 CONSENT_E_REFUSED "True" receipt issue 3
ctl_run --json --policy strida-fitness consent withdraw li.na --purpose "$("$python" -I -c '
import json, sys; print([p["key"] for p in json.load(open(sys.argv[1]))["purposes"] if p["basis"] == "consent"][0])' \
  "$policy/bundles/strida-fitness/1.0.json")"
works "receipt" "v['receipt'].count('.') == 2 and 'li.na' not in str(v)" receipt issue 4
"$ctl" --store "$store" receipt issue 4 >r.jws
works "verify with the store's keys" "v['ok'] is True and v['why'] is None and v['payload']['ledger']['seq'] == 4" \
  receipt verify r.jws
works "a new key" "len(v['keys']) == 2 and v['keys'][1]['note'].count('new log key') == 1" ledger key rotate
works "an older key of the store" "v['ok'] is True" receipt verify r.jws
tr -d '\n' <r.jws | head -c 400 >cut.jws
denies "a receipt cut short" "v['ok'] is False and v['why'] == 'MALFORMED'" receipt verify cut.jws
store=''
works "verify without a store" "v['ok'] is True" receipt verify r.jws --vkey "$vkey"
says "for a person" 0 '^good$' receipt verify r.jws --vkey "$vkey"
