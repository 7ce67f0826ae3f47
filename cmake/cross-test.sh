#!/usr/bin/env bash
# cmake/cross-test.sh ARCH [ARGUMENT OF CTEST…]: builds for another Debian architecture (s390x: big-endian; arm64) and runs
# the tests under qemu. Compiler and emulator are installed with apt; the target's libraries are
# unpacked below build/cross, so the package database of this machine stays as it is.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
arch=${1:?s390x or arm64}
shift
case $arch in
  arm64) cpu=aarch64 ;;
  s390x) cpu=s390x ;;
  *) echo "no recipe for $arch" >&2; exit 2 ;;
esac

# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need tests "$cpu-linux-gnu-gcc:gcc-$cpu-linux-gnu" "qemu-$cpu-static:qemu-user-static"
if [ ! -e "/usr/$cpu-linux-gnu/lib/crt1.o" ]; then
  packages=("libc6-dev-$arch-cross")
  setup_apt || { echo "missing package: ${packages[*]}" >&2; exit 3; }
fi

work=$root/build/cross/$arch
target=$work/root
names=(libsqlite3-0 libsqlite3-dev libsodium23 libsodium-dev libcjson1 libcjson-dev libcmocka0 libcmocka-dev
  libutf8proc2 libutf8proc-dev libexpat1 libexpat1-dev)
if [ "$(cat "$target/.complete" 2>/dev/null)" != "${names[*]}" ]; then
  rm -rf "$work"
  mkdir -p "$target" "$work/lists/partial" "$work/cache/archives/partial" "$work/debs"
  : >"$work/status"
  apt=(apt-get -qq -o "APT::Architectures::=$arch" -o "Dir::State::lists=$work/lists"
    -o "Dir::State::status=$work/status" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
  packages=()
  for package in "${names[@]}"; do packages+=("$package:$arch"); done
  "${apt[@]}" update
  (cd "$work/debs" && "${apt[@]}" download "${packages[@]}")
  for deb in "$work"/debs/*.deb; do dpkg -x "$deb" "$target"; done
  # CMake packages name absolute paths; pkg-config can be told of the sysroot.
  rm -rf "$work/lists" "$work/cache" "$work/debs" "$target/usr/lib/$cpu-linux-gnu/cmake"
  echo "${names[*]}" >"$target/.complete"
fi

cmake -S . -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCONSENT_BUILD_FUZZ=ON \
  -DCMAKE_TOOLCHAIN_FILE="$root/cmake/toolchains/debian-cross.cmake" \
  -DCONSENT_CROSS="$cpu" -DCONSENT_CROSS_ROOT="$target"
cmake --build "$work/build" --target consent-shared

# A store written on either machine opens and verifies on the other, and says the same there.
cmake --preset dev
cmake --build build/dev --target consent-shared
swap=$work/exchange
rm -rf "$swap"
mkdir -p "$swap/here" "$swap/there"
cc -std=c11 -Wall -Wextra -Iinclude -Ibuild/dev/include tests/cross/exchange.c -o "$swap/here.bin" \
  -Lbuild/dev/lib -lconsent "-Wl,-rpath,$root/build/dev/lib"
"$cpu-linux-gnu-gcc" -std=c11 -Wall -Wextra -Iinclude "-I$work/build/include" tests/cross/exchange.c \
  -o "$swap/there.bin" "-L$work/build/lib" -lconsent "-Wl,--allow-shlib-undefined"
there() {
  "qemu-$cpu-static" -L "/usr/$cpu-linux-gnu" \
    -E "LD_LIBRARY_PATH=$work/build/lib:$target/usr/lib/$cpu-linux-gnu" "$swap/there.bin" "$@"
}
bundle=(policy/bundles/hnys-mobile-office/1.0.json hnys-mobile-office 1.0)
"$swap/here.bin" write "$swap/here" "${bundle[@]}" >"$swap/here.written"
there read "$swap/here" >"$swap/here.read"
there write "$swap/there" "${bundle[@]}" >"$swap/there.written"
"$swap/here.bin" read "$swap/there" >"$swap/there.read"
for side in here there; do
  diff "$swap/$side.written" "$swap/$side.read"
  grep -q ', 0 findings' "$swap/$side.read"
  ! grep -qE ', [1-9][0-9]* findings' "$swap/$side.read"
done
echo "stores exchanged with $cpu: the same root, state and answers on both"
[ "${EXCHANGE_ONLY:-}" = 1 ] && exit 0

# Left out under emulation, each for a reason that has nothing to do with the other machine:
#   structure, package   about the source tree and this machine's packaging; they ran here
#   thread.cache_hammer  starts itself again as a program, which needs binfmt_misc
# Not whole, because an instruction costs ten to fifty here: QUICK makes the sweeps of tests/fault fail the first
# operations of each kind instead of every one, and kills a process fewer times (tests/crash).
export QUICK=1 CONSENT_CRASH_KILLS=${CONSENT_CRASH_KILLS:-10}
cmake --build "$work/build"
said=$work/ctest.log status=0
ctest --test-dir "$work/build" -j "$(nproc)" --output-on-failure --no-tests=error \
  -L '^(unit|api|store|rules|fault|thread|crash|golden|fuzz|example)$' -E '^thread\.cache_hammer$' "$@" 2>&1 |
  tee "$said" || status=$?
sed -n 's/.*tests passed, \([0-9]*\) tests failed out of \([0-9]*\)$/\2 \1/p' "$said" | {
  read -r all bad
  echo "$((all - bad)) passed, $bad failed"
}
exit "$status"
