#!/usr/bin/env bash
# exports.sh NM LIBRARY LIST: the shared library exports what the public headers declare, no less and
# no more. LIST is made from the headers by cmake/Exports.cmake.
set -euo pipefail
nm=$1 library=$2 list=$3
built=$("$nm" -D --defined-only "$library" |
  awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | LC_ALL=C sort)
declared=$(LC_ALL=C sort <"$list" | sed '/^$/d')
missing=$(LC_ALL=C comm -13 <(echo "$built") <(echo "$declared") | sed '/^$/d')
surplus=$(LC_ALL=C comm -23 <(echo "$built") <(echo "$declared") | sed '/^$/d')
if [ -n "$missing" ]; then
  echo "declared with CONSENT_API, not exported:"
  echo "  ${missing//$'\n'/$'\n'  }"
fi
if [ -n "$surplus" ]; then
  echo "exported, not declared in a public header:"
  echo "  ${surplus//$'\n'/$'\n'  }"
fi
[ -z "$missing$surplus" ] || exit 1
echo "$(echo "$declared" | sed '/^$/d' | wc -l) functions, declared and exported"
