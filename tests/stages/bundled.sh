#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# -DCONSENT_DEPS=bundled: one file that needs libc only, exports consent_* only, works beside another SQLite, and does
# what the bindings' tests ask of it.
set -uo pipefail
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need tests python3:python3 make:make tclsh:tcl patch:patch xz:xz-utils autoreconf:autoconf automake:automake libtoolize:libtool
root=$PWD
out=build/bundled
export SOURCES=$root/build/sources
cmake -S . -B "$out" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCONSENT_DEPS=bundled \
  -DCONSENT_BUILD_TESTS=OFF -DCONSENT_BUILD_EXAMPLES=OFF || {
  [ "$(find "$SOURCES" -name '*.tar.*' | wc -l)" -lt 6 ] || exit 1
  # Debian keeps the newest patches only; or there is no network. That says nothing about the library.
  echo "Debian does not have the pinned source packages of cmake/bundled.sh, or cannot be reached"
  exit 77
}
cmake --build "$out" --target consent-shared consent-bundled-static || exit 1
library=$out/lib/libconsent.so.0
passed=0 failed=0
check() { # name status
  if [ "$2" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $1"; fi
}

foreign=$(nm -D --defined-only "$library" | awk '$2 != "A" && $3 !~ /^consent_[a-z0-9_]+(@|$)/ {print $3}')
echo "$foreign"
[ -z "$foreign" ]
check "only consent_* is exported" $?
diff <(nm -D --defined-only "$library" | awk '$2 != "A" {sub(/@.*/, "", $3); print $3}' | LC_ALL=C sort) \
  <(LC_ALL=C sort "$out/generated/consent.exports")
check "every function of the headers is exported" $?
needed=$(readelf -d "$library" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | grep -vE '^(libc|libm|ld-linux[a-z0-9-]*|libpthread)\.so' || true)
echo "$needed"
[ -z "$needed" ]
check "libc is all that it needs" $?
! readelf -d "$library" | grep -q TEXTREL
check "no relocations in its code" $?

strip -o "$out/stripped.so" "$library"
size=$(stat -c %s "$out/stripped.so")
echo "stripped: $size bytes (goal: 1 363 148, which is 1.3 MiB)"
[ "$size" -le 1363148 ]
check "size" $?

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cc -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Iinclude "-I$out/include" tests/bundled/two_sqlite.c -o "$folder/two" \
  "-L$out/lib" -lconsent -lsqlite3 -pthread "-Wl,-rpath,$root/$out/lib" &&
  "$folder/two" "$folder" policy/bundles/hnys-mobile-office/1.0.json hnys-mobile-office 1.0
check "another SQLite in the same process" $?

archive=$out/lib/libconsent-bundled.a
diff <(nm --defined-only --extern-only "$archive" | awk 'NF == 3 {print $3}' | LC_ALL=C sort -u) \
  <(LC_ALL=C sort "$out/generated/consent.exports")
check "the static library shows the functions of the headers and no other" $?
cc -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Iinclude "-I$out/include" tests/bundled/two_sqlite.c -o "$folder/static" \
  "$archive" -lsqlite3 -pthread -lm &&
  mkdir "$folder/apart" && "$folder/static" "$folder/apart" policy/bundles/hnys-mobile-office/1.0.json hnys-mobile-office 1.0
check "linked statically beside another SQLite" $?

CONSENT_LIBRARY=$root/$library CONSENT_SOURCE_DIR=$root PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=bindings/python \
  /usr/bin/python3 -m unittest discover -s bindings/python/tests
check "the Python tests with it" $?
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
