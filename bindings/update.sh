#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bindings/update.sh [--check] [BUILD]: makes what the bindings take from the public headers anew, after a
# change of include/consent. --check changes nothing and ends with 1 when something is out of date.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
check=''
if [ "${1:-}" = --check ]; then check=1; shift; fi
build=$(cd "${1:-$root/build/dev}" && pwd)
if ! /usr/bin/python3 -c 'import clang.cindex' 2>/dev/null; then
  # shellcheck source=../cmake/debian-setup.sh
  . "$root/cmake/debian-setup.sh"
  packages=(python3-clang-14)
  setup_apt || { setup_apt_update && setup_apt; } || { echo "missing package: python3-clang-14" >&2; exit 3; }
fi
if [ -z "$check" ]; then
  /usr/bin/python3 "$root/bindings/model/generate.py" "$root" "$build" "$root/bindings" ||
    echo "(what the comments lack is an error of --check)" >&2
  exit 0
fi
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
/usr/bin/python3 "$root/bindings/model/generate.py" "$root" "$build" "$fresh" || exit 1
stale=0
while IFS= read -r file; do
  diff -u --label "bindings/$file" --label "from the headers" "$root/bindings/$file" "$fresh/$file" | head -40 || true
  cmp -s "$root/bindings/$file" "$fresh/$file" || stale=1
done < <(cd "$fresh" && find . -type f -printf '%P\n' | LC_ALL=C sort)
if [ "$stale" -ne 0 ]; then
  echo "bindings are older than the headers: run bindings/update.sh and commit what it changes"
  exit 1
fi
