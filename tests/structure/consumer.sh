#!/usr/bin/env bash
# consumer.sh CMAKE CC BUILD CONSUMER GENERATOR [CONFIG]: installs a copy below BUILD, moves it, and builds an
# application against it by find_package and by pkg-config.
set -euo pipefail
cmake=$1 cc=$2 build=$3 consumer=$4 generator=$5 config=${6:-}
work=$build/consumer
rm -rf "$work"
mkdir -p "$work"

install=("$cmake" --install "$build" --prefix "$work/first")
[ -z "$config" ] || install+=(--config "$config")
"${install[@]}" >"$work/install.log"
mv "$work/first" "$work/prefix" # an installed tree can be moved
prefix=$work/prefix

for file in include/consent/version.h share/doc/libconsent/LICENSE; do
  [ -e "$prefix/$file" ] || { echo "not installed: $file"; exit 1; }
done
if [ -n "$(find "$prefix/include" -name '*.in')" ]; then
  echo "a template was installed as a header"
  exit 1
fi
library=$(find "$prefix" -name 'libconsent.so' | head -n 1)
pc=$(find "$prefix" -name 'libconsent.pc' | head -n 1)
if [ -z "$library" ] || [ -z "$pc" ]; then
  echo "libconsent.so or libconsent.pc is missing"
  exit 1
fi
libdir=$(dirname "$library")
export LD_LIBRARY_PATH=$libdir
PKG_CONFIG_PATH=$(dirname "$pc")${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
export PKG_CONFIG_PATH

version=$(pkg-config --modversion libconsent)
say() { # name program
  local said
  said=$("$2") || { echo "$1: ended with $?"; exit 1; }
  [ "$said" = "$version" ] || { echo "$1: says '$said', libconsent.pc says '$version'"; exit 1; }
  echo "$1: $said"
}

"$cmake" -S "$consumer" -B "$work/build" -DCMAKE_C_COMPILER="$cc" -DCMAKE_PREFIX_PATH="$prefix" \
  -G "$generator" >"$work/configure.log" 2>&1 || { cat "$work/configure.log"; exit 1; }
"$cmake" --build "$work/build" >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
say "find_package, shared" "$work/build/consumer"
say "find_package, static" "$work/build/consumer_static"

read -r -a pc_flags < <(pkg-config --cflags --libs libconsent)
"$cc" -std=c11 "$consumer/main.c" -o "$work/by_pc" "${pc_flags[@]}"
say "pkg-config, shared" "$work/by_pc"

read -r -a pc_flags < <(pkg-config --static --cflags --libs libconsent)
"$cc" -std=c11 "$consumer/main.c" -o "$work/by_pc_static" \
  "${pc_flags[@]/#-lconsent/$libdir/libconsent.a}"
say "pkg-config, static" "$work/by_pc_static"
if ldd "$work/by_pc_static" | grep -q libconsent; then
  echo "the static program needs the shared library"
  exit 1
fi

if [ -x "$prefix/bin/consentctl" ]; then
  unset LD_LIBRARY_PATH
  if ldd "$prefix/bin/consentctl" | grep 'libconsent.*not found'; then
    echo "the installed consentctl does not find its library"
    exit 1
  fi
  echo "consentctl finds its library"
fi
