# shellcheck shell=bash
# Documents that are refused: by a status of their own, at a place, with a rule, and nothing changes.
now=2024-07-01T09:00:00+02:00
good=$policy/bundles/strida-fitness/1.0.json
new_store bad.db

bad() { # NAME RC STATUS EXPR FILE
  refuses "$1" "$2" "$3" "$4" policy import "$PWD/$5"
}

refuses "no such file" 4 CONSENT_E_NOT_FOUND "'No such file' in e['message']" policy import "$PWD/none.json"
mkdir dir.json
refuses "a directory" 5 CONSENT_E_IO "'directory' in e['message']" policy import "$PWD/dir.json"

: >empty.json
bad "nothing at all" 3 CONSENT_E_SYNTAX "True" empty.json
echo 'Dear Sir or Madam,' >letter.json
bad "not JSON" 3 CONSENT_E_SYNTAX "e['offset'] == 0" letter.json
head -c 5000 "$good" >cut.json
bad "truncated" 3 CONSENT_E_SYNTAX "e['offset'] is not None and e['offset'] > 4000" cut.json
{ cat "$good" && echo '{}'; } >two.json
bad "two values" 3 CONSENT_E_SYNTAX "e['offset'] is not None" two.json
{ printf '\xef\xbb\xbf' && cat "$good"; } >bom.json
bad "a byte order mark" 3 CONSENT_E_SYNTAX "e['offset'] == 0" bom.json
sed 's/"bundle": 1,/"bundle": 1, \/\/ comment/' "$good" >comment.json
bad "a comment" 3 CONSENT_E_SYNTAX "e['offset'] is not None" comment.json
truncate -s 100M huge.json
bad "100 MB, and not even JSON" 3 CONSENT_E_LIMIT "'64 MiB' in e['message']" huge.json
"$python" -I -c '
import json, sys
v = json.load(open(sys.argv[1], encoding="utf-8"))
v["sections"][0]["text"]["en"] = "x" * 100_000_000
json.dump(v, open("long.json", "w"))' "$good"
bad "100 MB of text" 3 CONSENT_E_LIMIT "'64 MiB' in e['message']" long.json
rm -f huge.json long.json
"$python" -I -c '
import json, sys
v = json.load(open(sys.argv[1], encoding="utf-8"))
v["sections"][0]["text"]["en"] = "x" * 40_000_000
json.dump(v, open("long.json", "w"))' "$good"
bad "40 MB of text" 3 CONSENT_E_LIMIT "True" long.json
rm -f long.json
"$python" -I -c '
open("deep.json", "w").write("[" * 10000 + "]" * 10000)
open("deep-open.json", "w").write("[" * 10000)
open("deep-object.json", "w").write("{\"a\":" * 10000 + "1" + "}" * 10000)'
bad "10 000 levels" 3 CONSENT_E_LIMIT "e['offset'] is not None" deep.json
bad "10 000 levels that never end" 3 CONSENT_E_LIMIT "e['offset'] is not None" deep-open.json
bad "10 000 levels of objects" 3 CONSENT_E_LIMIT "e['offset'] is not None" deep-object.json

sed 's/"policy": "strida-fitness",/"policy": "strida-fitness", "policy": "other",/' "$good" >twice.json
bad "a member twice" 3 CONSENT_E_DUPLICATE "e['where'] == '/policy' and e['offset'] is not None" twice.json
sed '0,/"en": "/s//"en": "\xff\xfe/' "$good" >latin.json
bad "invalid UTF-8" 3 CONSENT_E_ENCODING "e['offset'] is not None" latin.json
sed '0,/"en": "/s//"en": "\xed\xa0\x80/' "$good" >surrogate.json
bad "a surrogate in UTF-8" 3 CONSENT_E_ENCODING "e['offset'] is not None" surrogate.json
sed '0,/"en": "/s//"en": "\xc0\x80/' "$good" >overlong.json
bad "an overlong form" 3 CONSENT_E_ENCODING "e['offset'] is not None" overlong.json
sed '0,/"en": "/s//"en": "\\ud800/' "$good" >half.json
bad "half a surrogate pair, escaped" 3 CONSENT_E_SYNTAX "e['offset'] is not None" half.json
edit "$good" cr.json 'v["sections"][2]["text"]["en"] += "\r\nNext."'
bad "CR in a text" 3 CONSENT_E_INPUT "e['where'] == '/sections/2/text/en'" cr.json
edit "$good" nul.json 'v["sections"][2]["text"]["en"] += "\0"'
bad "NUL in a text" 3 CONSENT_E_INPUT "e['where'] == '/sections/2/text/en'" nul.json
"$python" -I -c '
import sys
b = open(sys.argv[1], "rb").read().replace(b"\"en\": \"", b"\"en\": \"\0", 1)
open("rawnul.json", "wb").write(b)' "$good"
bad "a raw NUL" 3 CONSENT_E_SYNTAX "e['offset'] is not None" rawnul.json
edit "$good" bomtext.json 'v["sections"][2]["text"]["en"] = "\ufeff" + v["sections"][2]["text"]["en"]'
bad "a byte order mark in a text" 3 CONSENT_E_INPUT "e['where'] == '/sections/2/text/en'" bomtext.json

edit "$good" unknown.json 'v["purposes"][1]["clss"] = "general"'
bad "an unknown field" 3 CONSENT_E_INPUT "e['where'] == '/purposes/1/clss'" unknown.json
edit "$good" type.json 'v["purposes"][1]["required"] = "yes"'
bad "a wrong type" 3 CONSENT_E_INPUT "e['where'] == '/purposes/1/required'" type.json
edit "$good" missing.json 'del v["purposes"][1]["basis"]'
bad "a missing field" 3 CONSENT_E_INPUT "e['where'] == '/purposes/1' and 'basis' in e['message']" missing.json
edit "$good" reference.json 'v["purposes"][1]["items"].append("shoe-size")'
bad "an unknown reference" 3 CONSENT_E_REFERENCE \
  "e['where'].startswith('/purposes/1/items/') and e['offset'] is not None" reference.json
edit "$good" profile.json 'v["profile"] = "atlantis"'
bad "an unknown profile" 3 CONSENT_E_REFERENCE "e['where'] == '/profile'" profile.json
edit "$good" same-key.json 'v["purposes"][1]["key"] = v["purposes"][0]["key"]'
bad "two purposes with one key" 3 CONSENT_E_DUPLICATE "e['where'] == '/purposes/1/key'" same-key.json
edit "$good" date.json 'v["effective_at"] = "2023-02-29T00:00:00+01:00"'
bad "a date that does not exist" 3 CONSENT_E_INPUT \
  "e['where'] == '/effective_at' and e['offset'] is not None" date.json

# Every bad bundle that is kept with the tests.
corpus=$source_dir/tests/data/bundles/bad
while IFS='|' read -r file pointer why; do
  refuses "$file ($why)" 3 'CONSENT_E_(INPUT|REFERENCE|DUPLICATE)' \
    "e['where'] == '$pointer' and e['offset'] is not None" policy import "$corpus/$file"
done < <("$python" -I -c '
import json, sys
for row in json.load(open(sys.argv[1], encoding="utf-8")):
    print(row["file"], row["pointer"], row["why"], sep="|")' "$corpus/index.json")
works "and nothing came in" "v == {'versions': []}" policy list

# Instants that no event can carry (a body's numbers end at 2^53 - 1: 2255-06-05): refused, not died of.
edit "$good" far.json 'v["effective_at"] = "9999-01-01T00:00:00Z"'
bad "an effective date beyond the year 2255" 3 CONSENT_E_INPUT "e['where'] == '/effective_at'" far.json
