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
