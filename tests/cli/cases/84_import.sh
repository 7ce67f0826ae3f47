# shellcheck shell=bash
# The complete export, and the store of evidence that is made of it.
now=2024-07-01T09:00:00+08:00
new_store whole.db
prepare policy import "$policy/bundles/strida-fitness/1.0.json"
prepare policy publish strida-fitness 1.0
for who in li.na zhang; do prepare subject add $who --born 1990-05-17; done
ctl_run --json request open zhang --kind delete
request=$("$python" -I -c 'import json, sys; print(json.load(open(sys.argv[1]))["request"])' "$out")
prepare erase zhang --request "$request"
works "export of all" "[x['type'] for x in v][0] == 'ledger' and v[-1]['type'] == 'end' and v[-1]['lines'] == len(v) - 1
  and [x['state'] for x in v if 'state' in x and x['type'] == 'event'].count('erased') > 0" export --all --format json
prepare export --all --format json --out whole.json
prepare export li.na --format json --out part.json
ctl_run --json ledger head
cp "$out" head.json
vkey=$("$python" -I -c 'import json, sys; print(json.load(open("head.json"))["key"])')
root=$("$python" -I -c 'import json, sys; print(json.load(open("head.json"))["root"])')
refuses "where a store is" 4 CONSENT_E_EXISTS "True" evidence import whole.json
store=$PWD/again.db
works "import" "v['root'] == '$root' and v['trusted'] is True and len(v['store']) == 32" evidence import whole.json --vkey "$vkey"
works "it verifies there" "v['ok'] is True and v['findings'] == []" ledger verify
works "the head is the one signed" "v['root'] == '$root' and v['key'] == '$vkey'" ledger head
if cmp -s "$out" head.json; then pass; else echo "FAIL $group: another head"; failed=$((failed + 1)); fi
works "histories" "len(v['events']) >= 1" consent history li.na
refuses "who was erased stays so" 4 CONSENT_E_NOT_FOUND "True" consent history zhang
refuses "nothing is recorded" 4 CONSENT_E_STATE "'read, never written' in e['message']" subject add eve
refuses "nothing is signed" 4 CONSENT_E_STATE "True" ledger key rotate
store=$PWD/part.db
works "of one subject" "v['trusted'] is False and v['root'] == '$root'" evidence import part.json
works "which verifies too" "v['ok'] is True" ledger verify
store=$PWD/bad.db
spoil() { # NAME STATUS RC 'statements on the lines x' [OPTIONS]
  local name=$1 status=$2 rc=$3 how=$4
  shift 4
  "$python" -I -c '
import json, sys
lines = open("whole.json", encoding="utf-8").read().split("\n")
x = [json.loads(l.rstrip(",")) for l in lines[1:-2]]
exec(sys.argv[1])
body = ",\n".join(json.dumps(e, sort_keys=True, separators=(",", ":"), ensure_ascii=False) for e in x)
open("bad.json", "w", encoding="utf-8").write("[\n" + body + "\n]\n")' "$how"
  refuses "$name" "$rc" "$status" "True" evidence import bad.json "$@"
}
if "$python" -I -c '
import json
lines = open("whole.json", encoding="utf-8").read().split("\n")
x = [json.loads(l.rstrip(",")) for l in lines[1:-2]]
same = "[\n" + ",\n".join(json.dumps(e, sort_keys=True, separators=(",", ":"), ensure_ascii=False) for e in x) + "\n]\n"
raise SystemExit(same != open("whole.json", encoding="utf-8").read())'; then pass; else
  echo "FAIL $group: Python writes the same bytes"
  failed=$((failed + 1))
fi
events="[e for e in x if e['type'] == 'event']"
spoil "a body changed" CONSENT_E_INPUT 3 "e = $events[1]; e['body'] = e['body'].replace('strida', 'astride')"
spoil "an event gone" CONSENT_E_INPUT 3 "x.remove($events[2])"
spoil "a time changed" CONSENT_E_INPUT 3 "$events[2]['at'] += 1"
spoil "a wording changed" CONSENT_E_INPUT 3 "v = [e for e in x if e['type'] == 'version'][0]; v['bundle'] = v['bundle'].replace('the', 'teh', 1)"
spoil "a list changed" CONSENT_E_SIGNATURE 6 "[e for e in x if e['type'] == 'request'][0]['received_at'] += 1"
spoil "the signature taken away" CONSENT_E_SIGNATURE 6 "del x[-1]['note']" --vkey "$vkey"
spoil "another log" CONSENT_E_SIGNATURE 6 "pass" --vkey "libconsent/0/1+00000000+AQ=="
