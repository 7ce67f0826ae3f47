#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# README.md as a stranger follows it: its commands build and install the library (optimised, where the compiler sees
# more: any warning fails), and what it types at consentctl answers as it says.
set -uo pipefail
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need tools make:make
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED: $1"; }

blocks() { # heading: what stands in ```sh blocks below it
  awk -v heading="## $1" '/^## /{here = $0 == heading} /^```/{inside = here && $0 == "```sh"; next} inside' README.md
}

linking=$(blocks Linking)
[ -n "$linking" ] || bad "README.md says nothing of linking"
if CFLAGS=-Werror DESTDIR=$work/root bash -e -x -c "$linking"; then ok; else bad "the commands of Linking"; fi
PATH=$work/root/usr/local/bin:$PATH
command -v consentctl | grep -q "^$work" && ok || bad "consentctl is not installed"

mkdir "$work/there"
ln -s "$root/policy" "$work/there/policy"
cd "$work/there" || exit 1
while IFS= read -r line; do
  [[ $line == consentctl* ]] || continue
  want=0
  if [[ $line =~ '# exit '([0-9]+)(': '([A-Z_]+))? ]]; then want=${BASH_REMATCH[1]} word=${BASH_REMATCH[3]:-}; else word=''; fi
  if [[ $line == *VKEY* ]]; then
    key=$(consentctl --store app.db ledger key | tail -n 1)
    line="consentctl evidence verify bundle --vkey ${key##* }"
  fi
  bash -c "${line%%  #*}" >"$work/said" 2>&1
  got=$?
  head -n 5 "$work/said"
  if [ "$got" -eq "$want" ] && grep -q "$word" "$work/said"; then ok; else bad "exit $got, not $want: $line"; fi
done < <(cd "$root" && blocks 'On the command line')
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
