# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What the cases are written with. Sourced by run.sh.
#
#   store=FILE                  the store of the following cases
#   works NAME EXPR ARGS…       exit 0 with --json, EXPR true of the value v (Python); silent on stderr
#   denies NAME EXPR ARGS…      the same with exit 1
#   says NAME RC WORDS ARGS…    without --json: exit RC and WORDS (a regular expression) on stdout
#   refuses NAME RC STATUS EXPR ARGS…   exit RC, the store's file unchanged; with --json the value is
#                               an error of that status (a regular expression), of which EXPR holds (e is
#                               the error); without --json it is one line on stderr
#   skip NAME WHY
#
# $now, when set, goes to --now. $runner (an array) goes before the command. $stdin feeds it.

passed=0 failed=0 skipped=0
store='' now='' stdin=/dev/null
runner=()
out=$work/stdout err=$work/stderr
# What no message may repeat: ids and values of persons.
secret='li\.na|1990-05-17|zhang'

pass() { passed=$((passed + 1)); }

fail_case() { # NAME WHY
  failed=$((failed + 1))
  echo "FAIL $group: $1: $2"
  sed 's/^/    out: /' "$out" | cut -c 1-400 | head -n 6
  sed 's/^/    err: /' "$err" | cut -c 1-400 | head -n 6
}

skip() {
  skipped=$((skipped + 1))
  echo "skip $group: $1: $2"
}

ctl_run() {
  local options=()
  [ -z "$store" ] || options+=(--store "$store")
  [ -z "$now" ] || options+=(--now "$now")
  "${runner[@]}" "$ctl" "${options[@]}" "$@" <"$stdin" >"$out" 2>"$err"
}

holds() { # NAME EXPR [STATUS]: of the JSON value on stdout
  local why name=$1
  shift
  if ! why=$("$python" -I "$here/json_check.py" "$out" "$@" 2>&1); then
    fail_case "$name" "$why"
    return 1
  fi
}

answers() { # RC NAME EXPR ARGS…
  local rc=$1 name=$2 expr=$3 got
  shift 3
  ctl_run --json "$@"
  got=$?
  if [ $got -ne "$rc" ]; then
    fail_case "$name" "exit $got, not $rc"
  elif [ -s "$err" ]; then
    fail_case "$name" "--json, and yet something on stderr"
  elif holds "$name" "$expr"; then
    pass
  fi
}

works() { answers 0 "$@"; }
denies() { answers 1 "$@"; }

says() {
  local name=$1 rc=$2 words=$3 got
  shift 3
  ctl_run "$@"
  got=$?
  if [ $got -ne "$rc" ]; then
    fail_case "$name" "exit $got, not $rc"
  elif [ -s "$err" ]; then
    fail_case "$name" "something on stderr"
  elif ! grep -Eq -- "$words" "$out"; then
    fail_case "$name" "stdout lacks: $words"
  elif grep -q $'\033' "$out"; then
    fail_case "$name" "colour, and yet no terminal"
  elif grep -q ' $' "$out"; then
    fail_case "$name" "blanks at the end of a line"
  else
    pass
  fi
}

# What refusing must leave alone: the file, and that no other file appears beside it.
state_of() {
  [ -n "$store" ] || return 0
  if [ -f "$store" ]; then sha256sum <"$store"; fi
  find "$(dirname "$store")" -maxdepth 1 -name "$(basename "$store")*" 2>&1 | sort
}

refuses() {
  local name=$1 rc=$2 status=$3 expr=$4 before after got
  shift 4
  before=$(state_of)

  ctl_run --json "$@"
  got=$?
  after=$(state_of)
  if [ $got -ne "$rc" ]; then
    fail_case "$name" "exit $got, not $rc"
    return
  elif [ -s "$err" ]; then
    fail_case "$name" "--json, and yet something on stderr"
    return
  elif [ "$before" != "$after" ]; then
    fail_case "$name" "the file changed"
    return
  elif grep -Eq "$secret" "$out"; then
    fail_case "$name" "the message repeats what is personal"
    return
  fi
  holds "$name" "$expr" "$status" || return

  ctl_run "$@"
  got=$?
  if [ $got -ne "$rc" ]; then
    fail_case "$name" "without --json: exit $got, not $rc"
  elif [ -s "$out" ]; then
    fail_case "$name" "without --json: something on stdout"
  elif [ "$(wc -l <"$err")" -ne 1 ] || ! grep -Eq "^consentctl: .+ \[$status\]$" "$err"; then
    fail_case "$name" "without --json: not one line 'consentctl: … [$status]' on stderr"
  elif grep -Eq "$secret" "$err"; then
    fail_case "$name" "without --json: the message repeats what is personal"
  elif [ "$before" != "$(state_of)" ]; then
    fail_case "$name" "without --json: the file changed"
  else
    pass
  fi
}

# A store of its own for what follows.
new_store() {
  store=$PWD/$1
  ctl_run init || {
    echo "cannot make the store $1: $(cat "$err")"
    exit 1
  }
}

# The same without a test, to prepare a case.
prepare() {
  ctl_run "$@" || {
    echo "cannot prepare ($group): $*: $(cat "$err")"
    exit 1
  }
}

# Changes a JSON document: edit FROM TO 'statements on the value v'
edit() {
  "$python" -I -c '
import json, sys
with open(sys.argv[1], encoding="utf-8") as f: v = json.load(f)
exec(sys.argv[3])
with open(sys.argv[2], "w", encoding="utf-8") as f: json.dump(v, f, ensure_ascii=False)
' "$@"
}
