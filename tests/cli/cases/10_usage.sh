# shellcheck shell=bash
# The command line itself.
store=''
says "help of the program" 0 '^Commands:$' --help
says "help of the program, short" 0 '^Exit status:$' -h
says "help of a noun" 0 'policy publish' policy --help
says "help of a command" 0 '^consentctl --store FILE .* check ID --purpose P' check --help
says "help after arguments" 0 'subject add ID' subject add someone --help
says "version" 0 '^consentctl [0-9.]+, libconsent [0-9.]+$' --version
works "help as JSON" "'consentctl' in v['help']" --help
works "version as JSON" "v['consentctl'] == v['libconsent']" --version

refuses "version and a command" 2 USAGE "'--policy-version' in e['message']" \
  consent grant someone --purpose p --version 1.0
refuses "a flag that is needed" 2 USAGE "e['message'] == '--acknowledge is needed'" cancel open someone
refuses "no command" 2 USAGE "'command' in e['message']"
refuses "unknown command" 2 USAGE "'polcy' in e['message']" polcy list
refuses "unknown verb" 2 USAGE "'policy lst' in e['message'] and 'list' in e['message']" policy lst
refuses "a verb is missing" 2 USAGE "'publish' in e['message']" policy
refuses "an id where the command should be" 2 USAGE "e['offset'] is None" zhang@example.com
refuses "an id where the verb should be" 2 USAGE "True" subject zhang@example.com
refuses "no store" 2 USAGE "'--store' in e['message']" policy list
store=$PWD/none.db
refuses "unknown option" 2 USAGE "'--colour' in e['message']" policy list --colour
refuses "unknown option, one dash" 2 USAGE "'argument' in e['message']" policy list -x
refuses "unknown option that may be an id" 2 USAGE "'option' in e['message']" subject show -zhang
refuses "abbreviated option" 2 USAGE "'--purp' in e['message']" check someone --purp x
refuses "argument of an option is missing at the end" 2 USAGE "'--purpose' in e['message']" \
  check someone --purpose
refuses "argument of an option is missing before another" 2 USAGE "'--purpose' in e['message']" \
  check someone --purpose --item x
refuses "an option twice" 2 USAGE "'twice' in e['message'] and '--purpose' in e['message']" \
  check someone --purpose a --purpose b
refuses "an argument for an option without" 2 USAGE "'--age-unknown' in e['message']" \
  subject add someone --age-unknown=yes
refuses "an option of another command" 2 USAGE "'--purpose' in e['message']" policy list --purpose x
refuses "an argument is missing" 2 USAGE "'KEY VER' in e['message']" policy publish key
refuses "an id is missing" 2 USAGE "'ID' in e['message']" subject show
refuses "surplus argument" 2 USAGE "'extra' in e['message']" ledger head extra
refuses "surplus argument that may be an id" 2 USAGE "'number 2' in e['message']" \
  subject show someone zhang
refuses "a needed option is missing" 2 USAGE "'--purpose' in e['message']" check someone
refuses "unknown operation" 2 USAGE "'--operation' in e['message']" \
  check someone --purpose p --operation sell
refuses "unknown class" 2 USAGE "'--class' in e['message']" \
  consent grant someone --purpose p --class loud
refuses "no act has the class none" 2 USAGE "'--class' in e['message']" \
  consent grant someone --purpose p --class none
refuses "both ages" 2 USAGE "'--born' in e['message']" \
  subject add someone --born 1990-01-01 --age-unknown
refuses "nothing to set" 2 USAGE "'--born' in e['message']" subject set someone
for time in yesterday 2024-01-01 2024-01-01T00:00:00 2024-02-30T00:00:00Z 2023-02-29T00:00:00Z \
  2024-13-01T00:00:00Z 2024-01-01T24:00:00Z 2024-01-01T00:00:60Z 2024-01-01T00:00:00.1234567Z \
  2024-01-01T00:00:00+24:00 '2024-01-01T00:00:00Z ' 0000-01-01T00:00:00Z ''; do
  refuses "no time for --now: '$time'" 2 USAGE "'--now' in e['message']" --now "$time" policy list
  refuses "no time for --at: '$time'" 2 USAGE "'--at' in e['message']" \
    check someone --purpose p --at "$time"
done

if [ -e /dev/full ]; then
  "$ctl" --help >/dev/full 2>"$err"
  if [ $? -eq 5 ]; then pass; else fail_case "output that cannot be written" "not exit 5"; fi
fi
