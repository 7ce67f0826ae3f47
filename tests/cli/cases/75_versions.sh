# shellcheck shell=bash
# What a new version does to what was said.
now=2024-07-01T09:00:00+08:00
hnys=$policy/bundles/hnys-mobile-office
new_store versions.db
prepare policy import "$hnys/1.0.json"
prepare policy publish hnys-mobile-office 1.0
prepare subject add li.na --born 1990-05-17
for purpose in account calls statistics performance; do
  prepare consent grant li.na --purpose "$purpose" --surface app
done
shown=$("$python" -I -c '
import hashlib, json, sys
v = json.load(open(sys.argv[1], encoding="utf-8"))
rests = [p["sections"] for p in v["purposes"] if p["key"] == "statistics"][0]
digest = lambda text: hashlib.sha256(text.encode()).hexdigest()
rows = [{"id": s["id"], "lang": "en", "sha256": digest(s["text"]["en"])}
        for s in v["sections"] if s["id"] in rests]
print(digest(json.dumps(rows, separators=(",", ":"))))' "$hnys/1.0.json")
prepare policy import "$hnys/2.0.json"
prepare policy publish hnys-mobile-office 2.0
prepare subject add in.advance --born 1990-01-01
works "said to a version that is to come" "v['version'] == '2.0'" \
  consent grant in.advance --purpose statistics --policy-version 2.0
denies "counts from its effect" "v['reason'] == 'NOT_ASKED'" check in.advance --purpose statistics
works "and then it does" "v['version'] == '2.0'" \
  check in.advance --purpose statistics --at 2025-02-28T16:00:00Z
refuses "said to a version that is not" 4 CONSENT_E_NOT_FOUND "'version' in e['message']" \
  consent grant in.advance --purpose statistics --policy-version 9
works "published, and not yet in force" "v['version'] == '1.0' and v['answer'] == 'allow'" \
  check li.na --purpose statistics

now=2025-03-02T09:00:00+08:00
denies "a material change asks again" "v['version'] == '2.0' and v['reason'] == 'STALE_VERSION'
  and v['next'][0]['do'] == 'ask'" check li.na --purpose statistics
denies "a change to be acknowledged" "v['reason'] == 'NOTICE_PENDING'
  and v['next'][0]['do'] == 'show-notice'" check li.na --purpose calls
denies "a purpose that is no more" "v['reason'] == 'UNDECLARED_PURPOSE'" check li.na --purpose performance
refuses "the old wording" 3 CONSENT_E_STALE_TEXT "'1.0' in e['message']" \
  consent grant li.na --purpose statistics --shown "$shown" --lang en
works "granted anew" "v['version'] == '2.0'" consent grant li.na --purpose statistics --surface app
works "and allowed" "v['reason'] == 'CONSENTED' and v['version'] == '2.0'" check li.na --purpose statistics
works "both stand in the list, one counts" "[d['counts'] for d in v['decisions']
  if d['point'] == 'statistics'] == [False, True]" consent list li.na
works "the day before" "v['version'] == '1.0' and v['answer'] == 'allow'" \
  check li.na --purpose statistics --at 2025-02-28T15:59:59Z
denies "the first second" "v['version'] == '2.0'" \
  check li.na --purpose statistics --at 2025-02-28T16:00:00Z
works "a withdrawal ends all" "v['decision'] == 'withdrawn'" consent withdraw li.na --purpose statistics
denies "and it is ended" "v['reason'] == 'WITHDRAWN'" check li.na --purpose statistics
