# shellcheck shell=bash
# Master keys: shown, changed, in files and out of passphrases.
new_store k.db
prepare subject add li.na --born 1990-05-17
works "show" "v['kind'] == 'key' and v['log'] == 'inside' and v['generation'] == 1 and is_hex(v['id'], 8)" key show
says "show for a person" 0 '^root key    [0-9a-f]{8}, opened by a key$' key show
cp k.db.key old.key
works "rotate" "v['rotated'] is True" key rotate
if cmp -s k.db.key old.key || [ -e k.db.key.new ] || [ "$(stat -c %a k.db.key)" != 600 ]; then
  fail_case "rotate" "the key file did not change places"
else pass; fi
works "rotated: the new key opens" "len(v['subjects']) == 1" subject list
refuses "rotated: the old key does not" 6 CONSENT_E_KEY "True" subject list --key-file old.key
works "rotated: the ledger is good" "v['ok'] is True" ledger verify
works "rotated: all is well" "v['ok'] is True" doctor
echo 'open sesame' >phrase && chmod 600 phrase
works "rotate to a passphrase" "v['rotated'] is True" key rotate --new-passphrase-file phrase
refuses "passphrase: the key file does not open" 6 CONSENT_E_KEY "'passphrase' in e['message']" subject list
works "passphrase opens" "v['kind'] == 'passphrase' and v['passes'] == 3" key show --passphrase-file phrase
refuses "passphrase: rotate must say to what" 2 USAGE "True" key rotate --passphrase-file phrase
chmod 644 phrase
refuses "passphrase exposed" 6 CONSENT_E_KEY_EXPOSED "True" key show --passphrase-file phrase
chmod 600 phrase
echo 'open simsim' >wrong && chmod 600 wrong
refuses "passphrase wrong" 6 CONSENT_E_KEY "True" key show --passphrase-file wrong
refuses "passphrase missing" 6 CONSENT_E_KEY_FORMAT "True" key show --passphrase-file nothing
refuses "both" 2 USAGE "True" key show --passphrase-file phrase --key-file old.key
works "rotate back" "v['rotated'] is True" key rotate --passphrase-file phrase --new-key-file new.key
works "rotated back" "v['kind'] == 'key'" key show --key-file new.key
store=$PWD/p.db
works "init with a passphrase" "v['created'] is True" init --passphrase-file phrase
if [ -e p.db.key ]; then fail_case "init with a passphrase" "made a key file all the same"; else pass; fi
works "opened with it" "v['subjects'] == []" subject list --passphrase-file phrase
