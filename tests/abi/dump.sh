#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# dump.sh INCLUDE BUILD OUT [LIBRARY]: the ABI as the public headers promise it, by libabigail: of a library of empty
# functions with these declarations. What lies behind the handles is not part of it, so the dump changes
# with the headers only; the real library is compared with it. LIBRARY: where the empty one is kept.
set -euo pipefail
include=$1 build=$2 out=$3 library=${4:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
soname=$(readelf -d "$build/lib/libconsent.so" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p')
echo '#include <consent/consent.h>' | cc -E -P -I"$include" -I"$build/include" - >"$work/headers.i"
/usr/bin/python3 - "$work/headers.i" >"$work/stub.c" <<'PYTHON'
import re, sys
text = ' '.join(open(sys.argv[1], encoding='utf-8').read().split())
mark = '__attribute__((visibility("default")))'
def body(match):
    nothing = re.match(r'\s*void (?!\*)', match.group(1))
    return f'{mark} {match.group(1)} {{ {"" if nothing else "return 0;"} }}\n'
print(re.sub(re.escape(mark) + r'([^;{]*);', body, text))
PYTHON
cc -g -O0 -w -std=c11 -fPIC -shared "-Wl,-soname,$soname" "$work/stub.c" -o "$work/libconsent.so"
abidw --no-show-locs --no-comp-dir-path --no-corpus-path --out-file "$work/abi" "$work/libconsent.so"
sed "s|path='[^']*'|path='consent.h'|" "$work/abi" >"$out"
[ -z "$library" ] || cp "$work/libconsent.so" "$library"
