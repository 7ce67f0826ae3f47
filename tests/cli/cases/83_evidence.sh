# shellcheck shell=bash
# Evidence bundles as folders: whole or not at all, verified without a store, damage named.
now=2024-07-01T09:00:00+08:00
new_store evidence.db
prepare policy import "$policy/bundles/strida-fitness/1.0.json"
prepare policy publish strida-fitness 1.0
purpose=$("$python" -I -c '
import json, sys; print([p["key"] for p in json.load(open(sys.argv[1]))["purposes"] if p["basis"] == "consent"][0])' \
  "$policy/bundles/strida-fitness/1.0.json")
for who in li.na zhang; do
  prepare subject add $who --born 1990-05-17
  prepare consent grant $who --purpose "$purpose" --surface app
done
works "export of one" "v['events'] == 3 and v['receipts'] == 1 and v['files'] == 10 and v['size'] >= 7 and is_hex(v['root'])" \
  evidence export one li.na
works "export of all" "v['receipts'] == 2" evidence export all
vkey=$("$python" -I -c 'import json, sys; print(json.load(open(sys.argv[1]))["key"])' "$out")
if grep -rEq "$secret" one all; then echo "FAIL $group: a bundle holds an external id"; failed=$((failed + 1)); else pass; fi
if [ "$(find one all -type f -perm /077 | wc -l)" = 0 ]; then pass; else echo "FAIL $group: others may read a bundle"; failed=$((failed + 1)); fi
refuses "a folder that is not empty" 4 CONSENT_E_EXISTS "True" evidence export one li.na
refuses "somebody who is not there" 4 CONSENT_E_NOT_FOUND "True" evidence export nobody eve
if [ -e nobody ]; then echo "FAIL $group: a refused export leaves its folder"; failed=$((failed + 1)); else pass; fi
refuses "a folder in a folder that is not there" 5 CONSENT_E_OPEN "True" evidence export no/where
works "the store's own keys are trusted" "v['ok'] is True and v['trusted'] is True" evidence verify all
store=''
works "with a key given apart" "v['ok'] is True and v['trusted'] is True and v['findings'] == [] and v['receipts'] == 1
  and len(v['subject']) == 32" evidence verify one --vkey "$vkey"
works "without any key" "v['ok'] is True and v['trusted'] is False" evidence verify all
says "without any key, for a person" 0 'agrees with itself only' evidence verify all
says "good, for a person" 0 '^good$' evidence verify all --vkey "$vkey"
refuses "no key" 6 CONSENT_E_FORMAT "True" evidence verify all --vkey nonsense
refuses "no folder" 5 CONSENT_E_OPEN "True" evidence verify nowhere
refuses "a file" 5 CONSENT_E_OPEN "True" evidence verify one/key.txt
denies "another log's key" "v['trusted'] is False and [f['what'] for f in v['findings']] == ['KEY_FOREIGN']" \
  evidence verify all --vkey "libconsent/00000000000000000000000000000000/1+$("$python" -I -c '
import base64, hashlib
key = b"\x01" + bytes(32)
print(hashlib.sha256(b"libconsent/00000000000000000000000000000000/1\n" + key).hexdigest()[:8] + "+" + base64.b64encode(key).decode())')"
damaged() { # NAME WHAT COMMAND…: a copy, damaged by the command
  local name=$1 what=$2
  shift 2
  rm -rf spoilt && cp -R all spoilt && (cd spoilt && "$@")
  denies "$name" "'$what' in [f['what'] for f in v['findings']] and v['trusted'] is False" evidence verify spoilt --vkey "$vkey"
}
damaged "a file taken away" FILE_MISSING rm receipts.txt
damaged "the manifest taken away" FILE_MISSING rm manifest.json
damaged "a file put in" FILE_EXTRA touch more.txt
damaged "a file put in deeper" FILE_EXTRA touch policies/more.json
damaged "a decision changed" LEAF sed -i 's/consent.granted/consent.refused/' events.jsonl
damaged "the last line taken away" FILE_CHANGED sed -i '$d' receipts.txt
damaged "a wording changed" POLICY_DIFFERS sh -c 'sed -i "s/effective_at/effective-at/" policies/*; exit 0'
damaged "what is empty" MANIFEST_MALFORMED sh -c ': >manifest.json'
rm -rf spoilt && cp -R all spoilt && ln -sf /etc/passwd spoilt/more.txt
refuses "a link" 3 CONSENT_E_INPUT "True" evidence verify spoilt --vkey "$vkey"
rm spoilt/more.txt && mkfifo spoilt/pipe
refuses "a pipe" 3 CONSENT_E_INPUT "True" evidence verify spoilt --vkey "$vkey"
rm spoilt/pipe && mkdir -p spoilt/policies/deep
refuses "a folder too deep" 3 CONSENT_E_INPUT "True" evidence verify spoilt --vkey "$vkey"
rm -rf spoilt && mkdir spoilt
denies "an empty folder" "v['findings'][0]['what'] == 'FILE_MISSING'" evidence verify spoilt
