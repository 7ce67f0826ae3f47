# shellcheck shell=bash
# Two stores, a phone's and a backend's: a version goes one way signed, receipts come the other.
now=2024-07-01T09:00:00+08:00
bundles=$source_dir/tests/data/bundles
key_of() { # STORE
  store=$1 ctl_run --json ledger key
  "$python" -I -c 'import json, sys; print(json.load(open(sys.argv[1]))["key"])' "$out"
}
new_store phone.db
prepare subject add me --born 1990-05-17
new_store backend.db
prepare policy import "$bundles/small-1.json"
refuses "a draft does not travel" 4 CONSENT_E_STATE "'draft' in e['message']" policy export small 1.0 --signed
prepare policy publish small 1.0
prepare subject add li.na --born 1990-05-17
backend_key=$(key_of backend.db) phone_key=$(key_of phone.db)

refuses "an export is signed" 2 USAGE "'--signed' in e['message']" policy export small 1.0
refuses "no such version" 4 CONSENT_E_NOT_FOUND "True" policy export small 9 --signed
works "export" "v['statement'].count('.') == 2 and v['policy'] == 'small' and v['in_force_from'] == '2024-07-01T01:00:00Z'
  and is_hex(v['sha256']) and v['key'] == '$backend_key'" policy export small 1.0 --signed
"$ctl" --store backend.db policy export small 1.0 --signed >v1.jws

store=phone.db now=2024-07-01T12:00:00+08:00
refuses "the wrong key" 6 CONSENT_E_SIGNATURE "'KEY_FOREIGN' in e['message']" policy import v1.jws --trust "$phone_key"
refuses "no key" 6 CONSENT_E_FORMAT "'verifier key' in e['message']" policy import v1.jws --trust none
refuses "a bundle is no statement" 6 CONSENT_E_FORMAT "'MALFORMED' in e['message']" \
  policy import "$bundles/small-1.json" --trust "$backend_key"
tr -d '\n' <v1.jws | head -c 400 >cut.jws
refuses "a statement cut short" 6 CONSENT_E_FORMAT "'MALFORMED' in e['message']" policy import cut.jws --trust "$backend_key"
refuses "a statement is no bundle" 3 CONSENT_E_SYNTAX "True" policy import v1.jws
refuses "no file" 4 CONSENT_E_NOT_FOUND "True" policy import none.jws --trust "$backend_key"
works "import" "v['imported'] is True and v['in_force_from'] == '2024-07-01T01:00:00Z' and v['origin'].startswith('libconsent/')" \
  policy import v1.jws --trust "$backend_key"
works "import again" "v['imported'] is False" policy import v1.jws --trust "$backend_key"
says "for a person" 0 'in force from 2024-07-01T01:00:00Z .was there already' policy import v1.jws --trust "$backend_key"
works "published and in force" "[x['state'] for x in v['versions']] == ['in-force']" policy list

prepare consent grant me --purpose newsletter --surface app
"$ctl" --store phone.db receipt issue 4 >grant.jws
now=2024-07-01T13:00:00+08:00
prepare consent withdraw me --purpose newsletter --surface app
"$ctl" --store phone.db receipt issue 5 >withdraw.jws

store=backend.db now=2024-07-01T14:00:00+08:00
refuses "whose it is" 4 CONSENT_E_NOT_FOUND "'first receipt' in e['message']" consent import grant.jws --trust "$phone_key"
refuses "nobody registered" 4 CONSENT_E_NOT_FOUND "True" consent import grant.jws --trust "$phone_key" --subject zhang
refuses "a key is needed" 2 USAGE "'--trust' in e['message']" consent import grant.jws --subject li.na
refuses "the wrong key of a receipt" 6 CONSENT_E_SIGNATURE "'KEY_FOREIGN' in e['message']" \
  consent import grant.jws --trust "$backend_key" --subject li.na
refuses "a statement is no receipt" 6 CONSENT_E_FORMAT "'TYPE_WRONG' in e['message']" \
  consent import v1.jws --trust "$backend_key" --subject li.na
refuses "not a guardian's" 3 CONSENT_E_ARGUMENT "'guardian' in e['message']" \
  consent import grant.jws --trust "$phone_key" --subject li.na --by li.na
works "the later one first" "v['decision'] == 'withdrawn' and v['stands'] is True and v['imported'] is True
  and v['said_at'] == '2024-07-01T05:00:00Z' and v['at'] == '2024-07-01T06:00:00Z' and v['policy'] == 'small'" \
  consent import withdraw.jws --trust "$phone_key" --subject li.na
works "the earlier one late" "v['decision'] == 'granted' and v['stands'] is False" consent import grant.jws --trust "$phone_key"
works "and again" "v['imported'] is False and v['stands'] is False" consent import grant.jws --trust "$phone_key"
says "for a person" 0 'kept as evidence' consent import grant.jws --trust "$phone_key"
denies "nothing is revived" "v['reason'] == 'WITHDRAWN'" check li.na --purpose newsletter
works "both are evidence" "[x['kind'] for x in v['events']] == ['subject.registered', 'consent.received', 'consent.received']
  and all(x['body']['note'].count('.') == 2 for x in v['events'][1:])" consent history li.na
prepare subject add zhang --born 1990-05-17
refuses "for somebody else" 4 CONSENT_E_CONFLICT "True" consent import grant.jws --trust "$phone_key" --subject zhang
"$ctl" --store backend.db receipt issue 4 >second.jws
works "the ledger is good" "v['ok'] is True" ledger verify
works "the doctor finds nothing" "v['findings'] == []" doctor
store=phone.db
refuses "second hand" 4 CONSENT_E_REFUSED "True" consent import second.jws --trust "$backend_key" --subject me
refuses "one's own" 4 CONSENT_E_STATE "True" consent import grant.jws --trust "$phone_key" --subject me
