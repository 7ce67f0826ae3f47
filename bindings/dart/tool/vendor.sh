#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tool/vendor.sh BUILD DEPS: copies into src/ what hook/build.dart compiles. BUILD: a configured and built tree of
# libconsent (for generated sources); DEPS: what cmake/bundled.sh made (its work folder holds the sources).
# Copies, because pub refuses links to directories.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
root=$(cd "$here/../.." && pwd)
build=$(cd "${1:?build tree}" && pwd) deps=$(cd "${2:?output of cmake/bundled.sh}" && pwd)
src=$here/src
rm -rf "$src"
mkdir -p "$src/generated" "$src/sqlite" "$src/cjson/cjson" "$src/sodium"
cp -r "$root/lib" "$root/include" "$src/"
cp "$build"/include/consent/*.h "$src/include/consent/"
cp "$build"/generated/*.[ch] "$src/generated/"
cp "$deps"/work/sqlite/sqlite3.[ch] "$src/sqlite/"
cp "$deps/work/cjson/cJSON.c" "$src/cjson/"
cp "$deps/work/cjson/cJSON.h" "$src/cjson/cjson/"
cp "$deps/work/cjson/cJSON.h" "$src/cjson/"
cp -r "$deps/work/sodium/src/libsodium/." "$src/sodium/"
