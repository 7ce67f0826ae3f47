# shellcheck shell=bash
# Backups and restored stores.
new_store b.db
prepare subject add li.na --born 1990-05-17
works "backup" "v['backup'] == 'copy.db'" backup copy.db
if [ "$(stat -c %a copy.db)" = 600 ]; then pass; else fail_case "backup" "mode $(stat -c %a copy.db)"; fi
refuses "backup over a file" 4 CONSENT_E_EXISTS "True" backup copy.db
refuses "backup into nowhere" 5 CONSENT_E_OPEN "True" backup no/where.db
prepare subject add zhang --born 1980-05-17
cp b.db.key r.db.key
store=$PWD/r.db
works "restore" "v['generation'] == 2 and is_hex(v['store'], 32)" restore copy.db
works "restored: as it was then" "len(v['subjects']) == 1" subject list
works "restored: another origin" "v['checkpoint'].split('\n')[0].endswith('/2')" ledger head
works "restored: the ledger is good" "v['ok'] is True" ledger verify
works "restored: all is well" "v['ok'] is True" doctor
refuses "restore over a store" 4 CONSENT_E_EXISTS "True" restore copy.db
store=$PWD/none.db
cp b.db.key none.db.key
refuses "restore from nothing" 5 CONSENT_E_OPEN "True" restore nothing.db
refuses "restore from a text" 5 CONSENT_E_NOT_STORE "True" restore b.db.key
printf '%064d\n' 7 >wrong.key && chmod 600 wrong.key
refuses "restore with a wrong key" 6 CONSENT_E_KEY "True" restore copy.db --key-file wrong.key
