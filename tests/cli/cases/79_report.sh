# shellcheck shell=bash
# Pages for people: parsed by a parser of HTML that others wrote, with hostile texts in every place a
# text can come from. The parser's checks are report_check.py's.
now=2025-03-02T09:00:00Z
check="$here/report_check.py"
rlo=$(printf '\342\200\256') emoji=$(printf '\360\237\247\222')
kid="kid\"><script>alert(1)</script>'${rlo}evil$emoji"
parent='parent.of.kid' stranger='stranger@example.org'

page() { # NAME FILE LANG DEMANDS…: the page is sound, and says or does not say this
  local name=$1 why
  shift
  if why=$(/usr/bin/python3 -I "$check" "$@" 2>&1); then pass; else fail_case "$name" "$why"; fi
}
leftovers() { # NAME: no temporary file is left, in this folder
  if [ -z "$(find . -maxdepth 1 -name '.consentctl-*')" ]; then pass; else fail_case "$1" "a temporary file"; fi
}

# An empty store has a page, too.
new_store empty.db
works "nothing there yet" "v['written'] is True" report --html empty.html
page "the empty page" empty.html en "+None."

page "every word has two languages" --phrases "$source_dir"

# Both shipped bundles, in both languages.
for bundle in hnys-mobile-office:zh-CN strida-fitness:en; do
  key=${bundle%:*}
  new_store "$key.db"
  for version in 1.0 2.0; do
    prepare policy import "$policy/bundles/$key/$version.json"
    prepare policy publish "$key" "$version"
    prepare subject add "someone-$version" --born 1990-05-17
  done
  works "$key: the store" True report --html "$key.html"
  page "$key: in its binding language" "$key.html" "${bundle#*:}" "+$key" -someone-1.0
  for lang in zh-CN en; do
    works "$key: a person, $lang" True report --html "$key-$lang.html" someone-2.0 --lang "$lang"
    page "$key: the person's page, $lang" "$key-$lang.html" "$lang" +someone-2.0 -someone-1.0
  done
done

# Hostile texts in the bundle.
bad="</title></style><script>alert('x')</script>\"'&<img src=x onerror=alert(1)>${rlo}"
edit "$policy/bundles/strida-fitness/1.0.json" hostile.json "
bad = '''$bad'''
v['controller']['name'] = {'en': 'Acme ' + bad, 'de': 'D' + bad}
v['controller']['contacts'][0]['value'] = 'mail' + bad
for s in v['sections']:
    s['title'] = {'en': 'Section ' + bad, 'de': bad}
    s['text'] = {'en': 'Text ' + bad + chr(0x1f9d2), 'de': bad}
for part in ('items', 'purposes', 'permissions', 'documents'):
    for e in v[part]: e['title'] = {'en': e.get('key', e.get('id')) + bad, 'de': bad}
for r in v['recipients']: r['name'] = {'en': r['key'] + bad, 'de': bad}
v['incident']['regulator'] = {'en': bad}
for k in v['cancellation'].get('retain', []): k['reason'] = {'en': 'kept' + bad}
"
new_store hostile.db
prepare policy import hostile.json
prepare policy publish strida-fitness 1.0
prepare subject add "$kid" --born 2015-02-03
prepare subject add "$parent" --born 1985-02-03
prepare subject add "$stranger" --born 1985-02-03
prepare guardian link "$kid" "$parent" --evidence card-payment
prepare guardian verify "$kid" "$parent" --actor verifying.officer
prepare consent grant "$kid" --purpose newsletter --by "$parent" --class general --surface "<script>"
prepare consent withdraw "$kid" --purpose newsletter
prepare consent grant "$stranger" --purpose newsletter
prepare object "$kid" --purpose account --why "no <b>thanks</b>"
prepare restrict "$kid" --item email
prepare permission record "$kid" --name "$bad" --denied
prepare fact put "$kid" --fact billing --value '"<b>&"' --source "<script>"
prepare hold place "$kid" --authority secret.authority --why secret.reason
prepare --json request open "$kid" --kind access
request=$("$python" -I -c 'import json,sys; print(json.load(open(sys.argv[1]))["request"])' "$out")
prepare request advance "$request" --to refused --why "$bad" --actor deciding.officer
prepare request open "$stranger" --kind copy
prepare request open "$parent" --kind delete
prepare incident open --kind leak --why "$bad"
uid_of() {
  ctl_run --json subject show "$1"
  "$python" -I -c 'import json,sys; print(json.load(open(sys.argv[1]))["uid"])' "$out"
}
parent_uid=$(uid_of "$parent") stranger_uid=$(uid_of "$stranger")

now=2025-06-02T09:00:00Z
works "the whole store" "v['written'] is True and is_time(v['at'])" report --html store.html
page "what it shows" store.html en "+kid\"><script>alert(1)</script>'[U+202E]evil" '+Acme </title>' \
  '+overdue' "+$stranger" '+secret.authority' '-<script' '-<img' "-alert('x')" '-secret.reason'
works "in Chinese" True report --html store-zh.html --lang zh-CN
page "what it shows in Chinese" store-zh.html zh-CN '+已逾期' '+Acme </title>' '+证据账本' '-<script'
for lang in en zh-CN; do
  works "a person, $lang" True report --html "kid-$lang.html" --lang "$lang" "$kid"
  page "what the person is told, $lang" "kid-$lang.html" "$lang" '+[U+202E]evil' '+no <b>thanks</b>' \
    '+Text </title>' '-<script' '-<img' "-$parent" "-$parent_uid" "-$stranger" "-$stranger_uid" \
    -verifying.officer -deciding.officer -secret.authority -secret.reason
done
works "a guardian" True report --html parent.html "$parent"
page "does not name the child" parent.html en '-evil' "-$stranger" "-$(uid_of "$kid")"

# A file of its own, whole or not at all.
if [ "$(stat -c %a store.html)" = 600 ]; then pass; else fail_case "mode" "$(stat -c %a store.html)"; fi
echo before >again.html && chmod 644 again.html
says "over an older page" 0 written report --html again.html
page "the new one" again.html en
if [ "$(stat -c %a again.html)" = 600 ]; then pass; else fail_case "mode again" "$(stat -c %a again.html)"; fi
says "in a folder" 0 written report --html "$PWD/in.html"
refuses "no such folder" 5 CONSENT_E_IO True report --html no-such-folder/page.html
mkdir folder
refuses "a folder" 5 CONSENT_E_IO True report --html folder
refuses "nobody" 4 CONSENT_E_NOT_FOUND "'not registered' in e['message']" report --html li.na.html li.na
if [ ! -e li.na.html ]; then pass; else fail_case "nobody has no page" "but one was written"; fi
echo before >kept.html
refuses "nobody, over an older page" 4 CONSENT_E_NOT_FOUND True report --html kept.html li.na
if [ "$(cat kept.html)" = before ]; then pass; else fail_case "an older page stays" "it is gone"; fi
refuses "no file" 2 USAGE True report
refuses "two people" 2 USAGE True report --html x.html li.na zhang.san
refuses "no such policy" 4 CONSENT_E_NOT_FOUND True report --html x.html --policy nothing
leftovers "nothing is left over"
if [ ! -e x.html ]; then pass; else fail_case "a refused page" "was written"; fi

# Several policies on one page; one of them alone.
prepare policy import "$policy/bundles/hnys-mobile-office/1.0.json"
prepare policy publish hnys-mobile-office 1.0
works "two policies" True report --html two.html
page "both are on it" two.html en +hnys-mobile-office +strida-fitness '-<script'
works "one of them" True report --html one.html --policy hnys-mobile-office
page "in its language" one.html zh-CN +hnys-mobile-office -strida-fitness
works "a person under both" True report --html both.html "$kid"
page "and nobody else" both.html en "-$parent" "-$stranger" '-<script'
