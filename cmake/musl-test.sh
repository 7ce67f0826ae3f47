#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# cmake/musl-test.sh [ARGUMENT OF CTEST…]: the library and its bundled dependencies with musl instead of glibc, and the
# C tests, which run here. Left out: what needs more than libc (consentctl, the command line's tests), what replaces glibc's
# allocator (tests/fault), what is about the source tree, and api.keys, which takes a lock by a second SQLite of this process:
# locks of files keep processes apart, not copies of a library (bundled, the library has a copy of its own).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need tests musl-gcc:musl-tools patch:patch
work=$root/build/musl
deps=$root/build/deps-musl
mkdir -p "$work"
CC=musl-gcc HOST=x86_64-linux-musl bash cmake/bundled.sh "$deps"

if [ ! -e "$deps/lib/libcmocka.a" ]; then # Debian has it for glibc only
  apt=$work/apt
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$work/cmocka"
  echo 'deb-src http://deb.debian.org/debian bookworm main' >"$apt/sources.list"
  get=(apt-get -qq -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=-
    -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=root)
  "${get[@]}" update
  (cd "$work" && "${get[@]}" source --download-only cmocka)
  tar -xf "$work"/cmocka_*.orig.tar.?z -C "$work/cmocka" --strip-components=1
  defined=(-DHAVE_SIGNAL_H -DHAVE_TIME_H -DHAVE_STRINGS_H -DHAVE_UNISTD_H -DHAVE_INTTYPES_H -DHAVE_STDINT_H
    -DHAVE_CLOCK_GETTIME -DHAVE_CLOCK_REALTIME -DHAVE_STRUCT_TIMESPEC -DHAVE_STRSIGNAL -DHAVE_GCC_THREAD_LOCAL_STORAGE
    -DHAVE_SETJMP_H -DHAVE_STDIO_H -DHAVE_STDLIB_H -DHAVE_STRING_H -DHAVE_MALLOC_H -DHAVE_SNPRINTF -DHAVE_VSNPRINTF)
  touch "$work/config.h"
  musl-gcc -D_GNU_SOURCE -DHAVE_CONFIG_H "-I$work" "${defined[@]}" "-I$work/cmocka/include" -O1 -w \
    -c "$work/cmocka/src/cmocka.c" -o "$work/cmocka.o"
  ar rcs "$deps/lib/libcmocka.a" "$work/cmocka.o"
  cp "$work"/cmocka/include/cmocka*.h "$deps/include/"
fi
mkdir -p "$work/pc"
printf 'Name: cmocka\nDescription: cmocka\nVersion: 1.1\nLibs: -L%s/lib -lcmocka\nCflags: -I%s/include\n' "$deps" "$deps" \
  >"$work/pc/cmocka.pc"

PKG_CONFIG_LIBDIR=$work/pc cmake -S . -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=musl-gcc \
  -DCONSENT_DEPS=bundled -DCONSENT_BUNDLED_DIR="$deps" -DCONSENT_BUILD_EXAMPLES=OFF -DCONSENT_BUILD_FUZZ=OFF
cmake --build "$work/build" --target consent-shared
readelf -d "$work/build/lib/libconsent.so.0" | grep NEEDED
if [ "${COMPILE_ONLY:-}" = 1 ]; then exit 0; fi
cmake --build "$work/build" -- -k 0
said=$work/ctest.log status=0
QUICK=1 ctest --test-dir "$work/build" -j "$(nproc)" --output-on-failure --no-tests=error \
  -L '^(unit|api|store|rules|thread|crash|golden)$' -E '^api\.keys$' "$@" 2>&1 | tee "$said" || status=$?
sed -n 's/.*tests passed, \([0-9]*\) tests failed out of \([0-9]*\)$/\2 \1/p' "$said" | {
  read -r all bad
  echo "$((all - bad)) passed, $bad failed"
}
exit "$status"
