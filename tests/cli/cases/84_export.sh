# shellcheck shell=bash
# Exports. What they say is held against schemas in tests/evidence.
now=2024-07-01T09:00:00+08:00
new_store export.db
prepare policy import "$policy/bundles/strida-fitness/1.0.json"
prepare policy publish strida-fitness 1.0
prepare subject add li.na --born 1990-05-17
prepare subject add zhang.wei --born 1990-05-17
prepare consent grant li.na --purpose reminders
prepare consent refuse zhang.wei --purpose reminders
for format in kantara iso27560; do
  works "$format of one" "len(v) == 1 and 'li.na' in str(v) and 'zhang' not in str(v)" export li.na --format $format
  works "$format of all" "len(v) == 2" export --all --format $format
  says "$format for a pipe" 0 '^\[$' export --all --format $format
  refuses "$format of nobody" 4 CONSENT_E_NOT_FOUND "True" export nobody --format $format
done
works "dpv" "len(v['@graph']) == 2 and v['@context']['dpv'] == 'https://w3id.org/dpv#'" export --all --format dpv
says "csv" 0 'event,at,subject' export li.na --format csv
answers 2 "csv is no JSON value" "v['error']['status'] == 'USAGE'" export li.na --format csv
works "csv to a file" "v['records'] == 2 and v['format'] == 'csv'" export --all --format csv --out all.csv
if [ "$(stat -c %a all.csv)" = 600 ] && [ "$(wc -l <all.csv)" = 3 ]; then pass; else
  fail_case "csv to a file" "$(stat -c %a all.csv) $(wc -l <all.csv)"
fi
refuses "a file that is there" 4 CONSENT_E_EXISTS "True" export --all --format csv --out all.csv
refuses "nobody to a file" 4 CONSENT_E_NOT_FOUND "True" export nobody --format dpv --out nobody.json
if [ ! -e nobody.json ]; then pass; else fail_case "nobody to a file" "a file is left"; fi
refuses "a folder that is not there" 5 CONSENT_E_IO "True" export --all --format dpv --out none/all.json
refuses "an unknown format" 2 USAGE "True" export li.na --format xml
refuses "no format" 2 USAGE "True" export li.na
refuses "nobody named" 2 USAGE "True" export --format csv
refuses "one and all" 2 USAGE "True" export li.na --all --format csv
if [ -e /dev/full ]; then
  "$ctl" --store "$store" export --all --format dpv >/dev/full 2>"$err"
  if [ $? -eq 5 ] && grep -q CONSENT_E_FULL "$err"; then pass; else fail_case "a full disk" "not told"; fi
fi
prepare request open li.na --kind delete
ctl_run --json request list
number=$("$python" -I -c 'import json, sys; print(json.load(open(sys.argv[1]))["requests"][0]["request"])' "$out")
prepare erase li.na --request "$number"
refuses "who was erased" 4 CONSENT_E_NOT_FOUND "True" export li.na --format dpv
works "all without who was erased" "len(v) == 1 and 'li.na' not in str(v)" export --all --format kantara
