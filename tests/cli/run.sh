#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Drives consentctl as an operator does: run.sh CONSENTCTL SOURCE_DIR [CASES…]
#
# Every file of cases/ (or only those named) is sourced in a fresh directory. A failed case prints one
# line, and below it what was said; the last line is the count. Ends with 0, or 1 when a case failed.
set -uo pipefail
if [ $# -lt 2 ]; then
  echo "usage: run.sh CONSENTCTL SOURCE_DIR [CASES…]" >&2
  exit 2
fi
ctl=$(realpath "$1") && source_dir=$(realpath "$2") || exit 2
shift 2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
policy=$source_dir/policy
work=$(mktemp -d) || exit 1
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
chmod 755 "$work"
unset NO_COLOR
export LC_ALL=C.UTF-8
python=/usr/bin/python3 # a wrapper on the path may take longer to start than all the rest
[ -x "$python" ] || python=python3

# shellcheck source=tests/cli/lib.sh
. "$here/lib.sh"

names=("$@")
[ ${#names[@]} -gt 0 ] || names=("$here"/cases/*.sh)
for file in "${names[@]}"; do
  [ -e "$file" ] || file=$here/cases/$file.sh
  group=$(basename "$file" .sh)
  mkdir "$work/$group" && cd "$work/$group" || exit 1
  # shellcheck disable=SC1090
  . "$file"
  cd "$work" || exit 1
done

if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
