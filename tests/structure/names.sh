#!/usr/bin/env bash
# names.sh NM ARCHIVE: every name the static library puts into a program begins with consent_, so
# that it meets no name of the program's own.
set -euo pipefail
nm=$1 archive=$2
foreign=$("$nm" -g --defined-only "$archive" | awk 'NF == 3 { print $3 }' |
  grep -v -e '^consent_' -e '^__\(asan\|odr_asan\|gcov\|llvm\|start\|stop\|sancov\)' | LC_ALL=C sort -u || true)
if [ -n "$foreign" ]; then
  echo "global names without consent_:"
  echo "  ${foreign//$'\n'/$'\n'  }"
  exit 1
fi
echo "all global names begin with consent_"
