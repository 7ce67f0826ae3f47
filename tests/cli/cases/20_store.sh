# shellcheck shell=bash
# The store's file and its key: made, kept, and told from all that is none.

# What is refused to make or to open; all give the same answer to every command.
not_opened() { # NAME RC STATUS EXPR
  refuses "$1: ledger head" "$2" "$3" "$4" ledger head
  refuses "$1: subject add" "$2" "$3" "$4" subject add li.na --born 1990-05-17
}

store=$PWD/a.db
works "init" "is_hex(v['store'], 32) and v['created'] is True" init
if [ "$(stat -c %a a.db)" = 600 ] && [ "$(stat -c %a a.db.key)" = 600 ]; then pass; else
  fail_case "init" "the files can be read by others: $(stat -c '%n %a' a.db a.db.key | tr '\n' ' ')"
fi
refuses "init again" 4 CONSENT_E_EXISTS "True" init
works "the ledger begins" "v['size'] >= 1 and is_hex(v['root'])" ledger head
store=$PWD/b.db
works "init with a key file elsewhere" "v['created']" init --key-file "$PWD/elsewhere.key"
if [ -e elsewhere.key ] && [ ! -e b.db.key ]; then pass; else
  fail_case "--key-file" "the key is not where it should be"
fi
works "the key file is named again" "v['size'] >= 1" ledger head --key-file "$PWD/elsewhere.key"
not_opened "no key file" 6 CONSENT_E_KEY_FORMAT "True"

new_store key.db
cp key.db.key good.key
cp a.db.key key.db.key
not_opened "the key of another store" 6 CONSENT_E_KEY "True"
head -c 30 good.key >key.db.key
not_opened "a truncated key" 6 CONSENT_E_KEY_FORMAT "True"
: >key.db.key
not_opened "an empty key file" 6 CONSENT_E_KEY_FORMAT "True"
sed 's/^../zz/' good.key >key.db.key
not_opened "a key that is not hex" 6 CONSENT_E_KEY_FORMAT "True"
cp good.key key.db.key
chmod 644 key.db.key
not_opened "a key file that others can read" 6 CONSENT_E_KEY_EXPOSED "True"
chmod 600 key.db.key
works "the right key again" "v['size'] >= 1" ledger head

# Not a store. The key is there and right, so that it is the file that is refused.
is_no_store() { # NAME RC STATUS FILE
  cp good.key "$4.key"
  store=$PWD/$4
  not_opened "$1" "$2" "$3" "True"
}
store=$PWD/missing.db
not_opened "no file" 5 CONSENT_E_OPEN "True"
[ ! -e missing.db ] && pass || fail_case "no file" "opening made one"
mkdir folder.db
is_no_store "a directory" 5 CONSENT_E_OPEN folder.db
refuses "init where a directory stands" 4 CONSENT_E_EXISTS "True" init
store=$PWD/nowhere/x.db
refuses "init in a folder that is not there" 5 CONSENT_E_OPEN "True" init
: >empty.db
is_no_store "an empty file" 5 CONSENT_E_NOT_STORE empty.db
echo "this is a letter, not a store" >letter.db
is_no_store "a short text" 5 CONSENT_E_NOT_STORE letter.db
head -c 100000 /dev/urandom >noise.db
is_no_store "noise" 5 CONSENT_E_NOT_STORE noise.db
"$python" -I -c '
import sqlite3
db = sqlite3.connect("notes.db")
db.execute("CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT)")
db.execute("INSERT INTO note(text) VALUES (\"milk\")")
db.commit()
db = sqlite3.connect("stranger.db")
db.execute("PRAGMA application_id = 252006674")
db.execute("CREATE TABLE event(seq INTEGER PRIMARY KEY)")
db.commit()'
is_no_store "another application's SQLite file" 5 CONSENT_E_NOT_STORE notes.db
is_no_store "another application's file with an application id" 5 CONSENT_E_NOT_STORE stranger.db

damaged() { # FILE: a copy of the good store, its key beside it
  cp key.db "$1"
  cp good.key "$1.key"
}
damaged newer.db
"$python" -I -c '
import sqlite3
db = sqlite3.connect("newer.db")
db.execute("PRAGMA user_version = 9999")
db.commit()
db.close()'
is_no_store "a newer schema" 5 CONSENT_E_NEWER newer.db
size=$(stat -c %s key.db)
damaged half.db
truncate -s $((size / 2)) half.db
is_no_store "cut in the middle" 5 CONSENT_E_CORRUPT half.db
damaged short.db
truncate -s 50 short.db
is_no_store "cut within the header" 5 CONSENT_E_CORRUPT short.db
damaged page.db
truncate -s $((size - 1)) page.db
is_no_store "the last byte is missing" 5 CONSENT_E_CORRUPT page.db
# cut to the first page
damaged first.db
truncate -s 4096 first.db
is_no_store "all pages but the first are missing" 5 CONSENT_E_CORRUPT first.db

# Who may not write. root may write everything: then as another.
runner=()
mkdir readonly
cp key.db readonly/r.db
cp good.key readonly/r.db.key
if [ "$(id -u)" -eq 0 ]; then
  chown -R 65534:65534 readonly
  runner=(setpriv --reuid=65534 --regid=65534 --clear-groups)
fi
store=$PWD/readonly/r.db
if ! "${runner[@]}" "$ctl" --version >/dev/null 2>&1 || ! "${runner[@]}" test -r "$store"; then
  skip "a store that cannot be written" "no other user can run $ctl here"
else
  works "owned by who runs it" "v['size'] >= 1" ledger head
  chmod 555 readonly
  chmod 400 readonly/r.db
  refuses "file and folder cannot be written" 5 CONSENT_E_READONLY "True" \
    subject add li.na --born 1990-05-17
  chmod 755 readonly
  refuses "the file cannot be written" 5 CONSENT_E_READONLY "True" \
    subject add li.na --born 1990-05-17
  chmod 600 readonly/r.db
  chmod 555 readonly
  refuses "the folder cannot be written" 5 CONSENT_E_READONLY "True" \
    subject add li.na --born 1990-05-17
  chmod 755 readonly
  chmod 000 readonly/r.db
  refuses "the file cannot be read" 5 CONSENT_E_OPEN "True" subject add li.na --born 1990-05-17
  chmod 600 readonly/r.db
  store=$PWD/readonly/new.db
  chmod 555 readonly
  refuses "init where nothing can be written" 5 CONSENT_E_READONLY "True" init
  chmod 755 readonly
  [ ! -e readonly/new.db ] && [ ! -e readonly/new.db.key ] && pass ||
    fail_case "init where nothing can be written" "a file is left behind"
fi
runner=()
