# shellcheck shell=bash
# Colour: on a terminal, and not for who does not want it.
now=2024-07-01T09:00:00+08:00
new_store terminal.db
prepare policy import "$policy/bundles/hnys-mobile-office/1.0.json"

on_terminal() { # NAME yes|no ENVIRONMENT…: whether the output is coloured
  local name=$1 want=$2 got=no
  shift 2
  script -qec "env -u NO_COLOR TERM=xterm $* '$ctl' --store '$store' policy list" /dev/null \
    </dev/null >"$out" 2>"$err"
  if grep -q $'\033\[1m' "$out"; then got=yes; fi
  if ! grep -q hnys-mobile-office "$out"; then
    fail_case "$name" "nothing was said"
  elif [ $got != "$want" ]; then
    fail_case "$name" "colour: $got"
  else
    pass
  fi
}

if command -v script >/dev/null; then
  on_terminal "colour on a terminal" yes
  on_terminal "NO_COLOR" no NO_COLOR=1
  on_terminal "an empty NO_COLOR is none" yes NO_COLOR=
  on_terminal "a terminal without colour" no TERM=dumb
else
  skip "colour" "there is no script(1)"
fi
says "none in a pipe" 0 '^hnys-mobile-office' policy list
