#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# cmake/bundled.sh OUT: SQLite, libsodium and cJSON for -DCONSENT_DEPS=bundled, from Debian's source packages with
# its patches: position-independent archives below OUT/lib whose symbols stay inside the library that links
# them, headers below OUT/include. CC, AR, RANLIB and HOST (a GNU triplet) choose another compiler; SOURCES is
# a folder that may hold the packages already, where there is no apt.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$(mkdir -p "${1:?where to}" && cd "$1" && pwd)
made_by=$(sha256sum <"${BASH_SOURCE[0]}")
[ "$(cat "$out/.complete" 2>/dev/null)" = "$made_by" ] && exit 0
work=$out/work
sources=${SOURCES:-$root/build/sources}
mkdir -p "$work" "$sources" "$out/lib" "$out/include/cjson"
export CC=${CC:-cc} AR=${AR:-ar} RANLIB=${RANLIB:-ranlib}
flags=(-O2 -fPIC -fvisibility=hidden -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables)

# shellcheck source=cmake/debian-setup.sh
. "$root/cmake/debian-setup.sh"
need tests make:make tclsh:tcl patch:patch xz:xz-utils autoreconf:autoconf automake:automake libtoolize:libtool

# What is built is exactly this; another byte is refused.
pins() {
  cat <<'PINS'
aaa776260ab4dc976db34aa7891819484c8676b5b2783123ebc6301e2ca5d655  sqlite3_3.40.1.orig.tar.xz
0843bc12e4364076477935ce313a6d0796fd899a989ff18ebb6545540e10e4ca  sqlite3_3.40.1-2+deb12u2.debian.tar.xz
d59323c6b712a1519a5daf710b68f5e7fde57040845ffec53850911f10a5d4f4  libsodium_1.0.18.orig.tar.gz
f410474e46346b06b162defa05b1be26906aeed6cf309e3d4ebe30b4d1350733  libsodium_1.0.18-1+deb12u1.debian.tar.xz
5308fd4bd90cef7aa060558514de6a1a4a0819974a26e6ed13973c5f624c24b2  cjson_1.7.15.orig.tar.gz
afd19a970966cf534ff1e9ec077d710a5e7e78eb4ec9b499c8bdc32e55da12cb  cjson_1.7.15-1+deb12u4.debian.tar.xz
PINS
}

fetch() { # with a list of sources of its own: the machine's apt stays as it is
  local apt=$work/apt
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
  printf '%s\n' 'deb-src http://deb.debian.org/debian bookworm main' \
    'deb-src http://deb.debian.org/debian-security bookworm-security main' >"$apt/sources.list"
  local get=(apt-get -qq -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=-
    -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=root)
  "${get[@]}" update
  (cd "$sources" && "${get[@]}" source --download-only sqlite3=3.40.1-2+deb12u2 \
    libsodium=1.0.18-1+deb12u1 cjson=1.7.15-1+deb12u4)
}
(cd "$sources" && pins | sha256sum --quiet -c - 2>/dev/null) || fetch
(cd "$sources" && pins | sha256sum --quiet -c -) || { echo "a source package is not the one pinned" >&2; exit 1; }

unpack() { # name original patches
  rm -rf "${work:?}/$1"
  mkdir -p "$work/$1"
  tar -xf "$sources/$2" -C "$work/$1" --strip-components=1
  tar -xf "$sources/$3" -C "$work/$1"
  local series=$work/$1/debian/patches/series patch
  [ -e "$series" ] || return 0
  while read -r patch _; do
    case $patch in '' | '#'*) continue ;; esac
    patch -s -p1 -d "$work/$1" <"$work/$1/debian/patches/$patch"
  done <"$series"
}

sqlite() {
  unpack sqlite sqlite3_3.40.1.orig.tar.xz sqlite3_3.40.1-2+deb12u2.debian.tar.xz
  # The amalgamation is made by programs that run here, whatever the target is.
  (cd "$work/sqlite" && CC=cc ./configure --disable-tcl >log 2>&1 && make -s sqlite3.c >>log 2>&1) ||
    { tail -20 "$work/sqlite/log" >&2; exit 1; }
  # What the library uses, and no more. -Os: a third smaller than -O2, and its time goes to the disk.
  "$CC" "${flags[@]}" -Os -DSQLITE_THREADSAFE=1 -DSQLITE_DQS=0 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_DEPRECATED \
    -DSQLITE_OMIT_PROGRESS_CALLBACK -DSQLITE_OMIT_SHARED_CACHE -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_SECURE_DELETE \
    -DSQLITE_LIKE_DOESNT_MATCH_BLOBS -DSQLITE_OMIT_DECLTYPE -DSQLITE_OMIT_GET_TABLE -DSQLITE_OMIT_TRACE -DSQLITE_OMIT_TCL_VARIABLE -DSQLITE_OMIT_JSON \
    -DSQLITE_OMIT_DESERIALIZE -DSQLITE_OMIT_COMPLETE -DSQLITE_OMIT_INCRBLOB -DHAVE_FDATASYNC=1 -DHAVE_USLEEP=1 \
    -c "$work/sqlite/sqlite3.c" -o "$work/sqlite3.o"
  "$AR" rcs "$out/lib/libsqlite3.a" "$work/sqlite3.o"
  cp "$work/sqlite/sqlite3.h" "$out/include/"
}

sodium() {
  # -Os: 16 kB less; what is hot is written with vector instructions, which it leaves alone.
  unpack sodium libsodium_1.0.18.orig.tar.gz libsodium_1.0.18-1+deb12u1.debian.tar.xz
  (cd "$work/sodium" && { [ -x configure ] || autoreconf -fi >log 2>&1; } &&
    CFLAGS="${flags[*]} -Os" ./configure ${HOST:+--host="$HOST"} --prefix="$out" --enable-static --disable-shared \
      --with-pic --disable-dependency-tracking >>log 2>&1 && make -s -j2 >>log 2>&1 && make -s install >>log 2>&1) ||
    { tail -20 "$work/sodium/log" >&2; exit 1; }
}

cjson() {
  unpack cjson cjson_1.7.15.orig.tar.gz cjson_1.7.15-1+deb12u4.debian.tar.xz
  "$CC" "${flags[@]}" -DCJSON_HIDE_SYMBOLS -c "$work/cjson/cJSON.c" -o "$work/cjson.o"
  "$AR" rcs "$out/lib/libcjson.a" "$work/cjson.o"
  cp "$work/cjson/cJSON.h" "$out/include/cjson/"
}

sqlite
sodium
cjson
echo "$made_by" >"$out/.complete"
