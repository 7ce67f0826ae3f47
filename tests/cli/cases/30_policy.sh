# shellcheck shell=bash
# Policies: both bundles in, published, listed, shown.
now=2024-07-01T09:00:00+02:00
hnys=$policy/bundles/hnys-mobile-office/1.0.json
strida=$policy/bundles/strida-fitness/1.0.json
new_store two.db

works "no version yet" "v == {'versions': []}" policy list
works "import" "v['policy'] == 'hnys-mobile-office' and v['state'] == 'draft' and v['imported'] is True" \
  policy import "$hnys"
works "import the same again" "v['imported'] is False and v['state'] == 'draft'" policy import "$hnys"
stdin=$strida
works "import from standard input" "v['policy'] == 'strida-fitness' and v['version'] == '1.0'" \
  policy import -
stdin=/dev/null
digest=$(sha256sum <"$hnys" | cut -d ' ' -f 1)
works "list" "[w['policy'] for w in v['versions']] == ['hnys-mobile-office', 'strida-fitness']
  and v['versions'][0]['sha256'] == '$digest'
  and all(set(w) >= {'policy', 'version', 'state', 'effective_at', 'sha256'} for w in v['versions'])
  and v['versions'][0]['effective_at'] == '2024-04-29T16:00:00Z'
  and v['versions'][1]['effective_at'] == '2024-05-31T23:00:00Z'
  and v['versions'][0]['published_at'] is None" policy list
works "list one" "[w['policy'] for w in v['versions']] == ['strida-fitness']" \
  policy list --policy strida-fitness
says "list for a person" 0 '^hnys-mobile-office  1.0      draft  2024-04-29T16:00:00Z  -          ' policy list
works "publish" "v['state'] == 'in-force' and v['published_at'] == '2024-07-01T07:00:00Z'" \
  policy publish hnys-mobile-office 1.0
works "publish the other" "v['state'] == 'in-force'" policy publish strida-fitness 1.0

refuses "publish twice" 4 CONSENT_E_STATE "True" policy publish hnys-mobile-office 1.0
refuses "publish what is not there" 4 CONSENT_E_NOT_FOUND "True" policy publish hnys-mobile-office 7.0
refuses "publish of no such policy" 4 CONSENT_E_NOT_FOUND "True" policy publish nothing 1.0
works "import what is published, unchanged" "v['imported'] is False and v['state'] == 'in-force'" \
  policy import "$hnys"
edit "$hnys" other.json 'v["sections"][0]["text"]["en"] += " More."'
refuses "import another content under a published label" 4 CONSENT_E_CONFLICT \
  "'1.0' in e['message'] or e['where'] == '/version'" policy import "$PWD/other.json"
edit "$hnys" sooner.json 'v["version"] = "1.1"; v["effective_at"] = "2024-04-29T00:00:00+08:00"'
refuses "an effective date before its predecessor's" 3 CONSENT_E_INPUT \
  "e['where'] == '/effective_at' and '1.0' in e['message']" policy import "$PWD/sooner.json"
edit "$hnys" same.json 'v["version"] = "1.1"'
refuses "an effective date equal to its predecessor's" 3 CONSENT_E_INPUT \
  "e['where'] == '/effective_at'" policy import "$PWD/same.json"
edit "$hnys" later.json 'v["version"] = "1.1"; v["effective_at"] = "2099-01-01T00:00:00+08:00"'
works "a version for later" "v['state'] == 'draft'" policy import "$PWD/later.json"
edit "$hnys" later2.json 'v["version"] = "1.1"; v["effective_at"] = "2098-01-01T00:00:00+08:00"'
refuses "another content under a draft's label" 4 CONSENT_E_CONFLICT "True" \
  policy import "$PWD/later2.json"
works "published before it is in force" "v['state'] == 'published'" \
  policy publish hnys-mobile-office 1.1
now=2099-06-01T00:00:00Z
works "the future comes" "[w['state'] for w in v['versions'] if w['policy'] == 'hnys-mobile-office'] ==
  ['superseded', 'in-force']" policy list
now=2024-07-01T09:00:00+02:00

works "show" "{w['kind'] for w in v['entries']} >=
  {'section', 'item', 'purpose', 'permission', 'recipient', 'exemption', 'right', 'document'}
  and [w['title'] for w in v['entries'] if w['kind'] == 'purpose' and w['key'] == 'account'] == ['注册和登录账号']
  and all(isinstance(w['sections'], list) for w in v['entries'] if w['kind'] == 'purpose')
  and all(isinstance(w['detail'], dict) for w in v['entries'] if w['kind'] == 'purpose')" \
  policy show hnys-mobile-office 1.0
works "show in the second language" "[w['title'] for w in v['entries'] if w['key'] == 'account'] ==
  ['Registering and signing in']" policy show hnys-mobile-office 1.0 --lang en
says "show for a person" 0 '^PURPOSES$' policy show hnys-mobile-office 1.0
says "show for a person, in German" 0 '^  heart-training +Training nach Puls$' \
  policy show strida-fitness 1.0 --lang de
says "Chinese lines up" 0 '^  collect\.national-security  国家安全$' policy show hnys-mobile-office 1.0
refuses "show what is not there" 4 CONSENT_E_NOT_FOUND "True" policy show hnys-mobile-office 9

for lang in '' zh-CN en; do
  want=$("$python" -I -c '
import hashlib, json, sys
v = json.load(open(sys.argv[1], encoding="utf-8"))
text = [s["text"][sys.argv[2] or "zh-CN"] for s in v["sections"] if s["id"] == "s7"][0]
print(hashlib.sha256(text.encode()).hexdigest())' "$hnys" "$lang")
  works "text, language '$lang'" "v['section'] == 's7' and v['lang'] == ('$lang' or 'zh-CN')
    and v['sha256'] == '$want' and len(v['text']) > 10 and v['version'] == '1.0'
    and __import__('hashlib').sha256(v['text'].encode()).hexdigest() == '$want'" \
    policy text s7 --policy hnys-mobile-office ${lang:+--lang "$lang"}
done
works "text in a language it does not have" "v['lang'] == 'zh-CN'" \
  policy text s7 --policy hnys-mobile-office --lang fr
works "text of another version" "v['version'] == '1.1'" policy text s7 1.1 --policy hnys-mobile-office
says "text for a person" 0 'SHA-256 [0-9a-f]{64}$' policy text k1 --policy strida-fitness
refuses "text, and several policies" 2 CONSENT_E_AMBIGUOUS "True" policy text s7
refuses "no such section" 4 CONSENT_E_NOT_FOUND "True" policy text s99 --policy strida-fitness
refuses "no such policy" 4 CONSENT_E_NOT_FOUND "True" policy text s1 --policy nothing

# One policy: it needs no name.
new_store one.db
prepare policy import "$strida"
refuses "text, and none in force" 4 CONSENT_E_NOT_FOUND "True" policy text k1
prepare policy publish strida-fitness 1.0
works "text, and one policy" "v['policy'] == 'strida-fitness' and v['lang'] == 'en'" policy text k1
