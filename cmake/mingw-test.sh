#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# cmake/mingw-test.sh: consent.dll by mingw-w64 with its bundled dependencies, and stores exchanged with it in both directions, under
# wine. Wine is not Windows; what lib/util/windows.h says is missing is missing.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need tests x86_64-w64-mingw32-gcc-posix:gcc-mingw-w64-x86-64-posix patch:patch
work=$root/build/mingw
deps=$root/build/deps-mingw
triplet=x86_64-w64-mingw32
mkdir -p "$work"
CC=$triplet-gcc-posix AR=$triplet-ar RANLIB=$triplet-ranlib HOST=$triplet bash cmake/bundled.sh "$deps"
cmake -S . -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_TOOLCHAIN_FILE=cmake/toolchains/mingw.cmake \
  -DCONSENT_DEPS=bundled -DCONSENT_BUNDLED_DIR="$deps" -DCONSENT_BUILD_TESTS=OFF -DCONSENT_BUILD_EXAMPLES=OFF
cmake --build "$work/build"
library=$(find "$work/build" -name 'libconsent*.dll' | head -n 1)
passed=0 failed=0
check() { # name status
  if [ "$2" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $1"; fi
}
$triplet-strip -o "$work/stripped.dll" "$library"
echo "stripped: $(stat -c %s "$work/stripped.dll") bytes"
diff <($triplet-objdump -p "$library" | sed -n '/Ordinal\/Name Pointer/,/^$/s/.*\(consent_[a-z0-9_]*\)$/\1/p' | LC_ALL=C sort) \
  <(LC_ALL=C sort "$work/build/generated/consent.exports")
check "what is exported is what the headers declare" $?
needed=$($triplet-objdump -p "$library" | sed -n 's/.*DLL Name: //p' | LC_ALL=C sort | tr '\n' ' ')
echo "needs: $needed"
! grep -qiE 'libgcc|winpthread' <<<"$needed"
check "needs nothing but Windows" $?

swap=$work/exchange
rm -rf "$swap"
mkdir -p "$swap/here" "$swap/there"
$triplet-gcc-posix -std=c11 -D_POSIX_C_SOURCE=200809L -D__USE_MINGW_ANSI_STDIO=1 -Wall -Wno-format -Iinclude "-I$work/build/include" \
  tests/cross/exchange.c -o "$swap/there.exe" "$(find "$work/build" -name 'libconsent*.dll.a' | head -n 1)"
cp "$library" "$swap/"
if ! command -v wine >/dev/null 2>&1; then
  echo "compiled, not run: no wine"
  echo "$passed passed, $failed failed, 1 skipped"
  exit "$((failed > 0))"
fi
cmake --preset dev
cmake --build build/dev --target consent-shared
cc -std=c11 -Wall -Wextra -Iinclude -Ibuild/dev/include tests/cross/exchange.c -o "$swap/here.bin" \
  -Lbuild/dev/lib -lconsent "-Wl,-rpath,$root/build/dev/lib"
export WINEPREFIX=$work/wine WINEDEBUG=-all
there() { timeout 300 wine "$swap/there.exe" "$@" | tr -d '\r'; }
bundle=(policy/bundles/hnys-mobile-office/1.0.json hnys-mobile-office 1.0)
"$swap/here.bin" write "$swap/here" "${bundle[@]}" >"$swap/here.written"
there read "$swap/here" >"$swap/here.read"
there write "$swap/there" "${bundle[@]}" >"$swap/there.written"
chmod 600 "$swap"/there/* # Windows knows no modes, and the examination here does
"$swap/here.bin" read "$swap/there" >"$swap/there.read"
for side in here there; do
  diff "$swap/$side.written" "$swap/$side.read" && grep -q ', 0 findings' "$swap/$side.read" &&
    ! grep -qE ', [1-9][0-9]* findings' "$swap/$side.read"
  check "a store written $side and read on the other side" $?
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
