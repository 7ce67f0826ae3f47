#!/usr/bin/env bash
# selftest.sh CHECK [TOOL…]: a check that cannot fail is a defect, so each one is shown a good tree,
# which it must pass, and then one planted fault after the other, which it must find.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
check=$1
shift
work=$(mktemp -d "${TMPDIR:-/tmp}/selftest.XXXXXX")
trap 'rm -rf "$work"' EXIT
count=0

passes() { # what command…
  local what=$1
  shift
  "$@" >"$work/log" 2>&1 || { echo "should pass: $what"; cat "$work/log"; exit 1; }
}
finds() { # what pattern command…
  local what=$1 pattern=$2
  shift 2
  if "$@" >"$work/log" 2>&1; then
    echo "not found: $what"
    exit 1
  fi
  grep -q -e "$pattern" "$work/log" || { echo "found for another reason: $what"; cat "$work/log"; exit 1; }
  count=$((count + 1))
}

includes() {
  local tree=$work/tree
  mkdir -p "$tree"/lib/{api,flow,core,ledger,store/sqlite,seal,json,util}
  put() { printf '%s\n' "${@:2}" >"$tree/lib/$1"; }
  local h
  for h in util/buf core/decide store/port seal/seal json/read flow/record ledger/tree api/arg; do
    put "$h.h" ''
  done
  put util/buf.c '#include "util/buf.h"' '#include <pthread.h>' '#include <consent/status.h>'
  put core/decide.c '#include "decide.h"' '#include "util/buf.h"' '#include <string.h>'
  put seal/seal.c '#include "seal/seal.h"' '#include "util/buf.h"' '#include <sodium.h>'
  put json/read.c '#include "core/decide.h"' '#include <cjson/cJSON.h>'
  put store/sqlite/db.h '#include <sqlite3.h>'
  put store/sqlite/engine.h '#include "store/port.h"'
  put store/sqlite/db.c '#include "db.h"' '#include "store/port.h"' '#include "consent_sql.h"' \
    '#include "core/decide.h"'
  put ledger/tree.c '#include "seal/seal.h"' '#include "json/read.h"' '#include "util/buf.h"'
  put flow/record.c '#include "core/decide.h"' '#include "store/port.h"' '#include "seal/seal.h"' \
    '#include "json/read.h"' '#include "ledger/tree.h"' '#include "consent_data.h"' \
    '#include "store/sqlite/engine.h"'
  put api/record.c '#include "flow/record.h"' '#include "util/buf.h"' '#include <consent/record.h>'
  passes "a tree by the rules" bash "$here/includes.sh" "$tree"

  plant() { # file include pattern
    put "$1" "  #  include $2"
    finds "$2 in $1" "$3" bash "$here/includes.sh" "$tree"
    rm "$tree/lib/$1"
  }
  plant api/x.c '"store/port.h"' 'may not include lib/store'
  plant api/x.c '"core/decide.h"' 'may not include lib/core'
  plant flow/x.c '"api/arg.h"' 'may not include lib/api'
  plant core/x.c '"store/port.h"' 'may not include lib/store'
  plant core/x.c '"json/read.h"' 'may not include lib/json'
  plant core/x.h '<time.h>' 'no I/O, threads or clock'
  plant core/x.h '<sys/stat.h>' 'no I/O, threads or clock'
  plant ledger/x.c '"core/decide.h"' 'may not include lib/core'
  plant ledger/x.c '"store/port.h"' 'may not include lib/store'
  plant store/x.c '"seal/seal.h"' 'may not include lib/seal'
  plant store/sqlite/x.c '"json/read.h"' 'may not include lib/json'
  plant json/x.c '"seal/seal.h"' 'may not include lib/seal'
  plant seal/x.c '"core/decide.h"' 'may not include lib/core'
  plant util/x.c '"core/decide.h"' 'may not include lib/core'
  plant store/x.c '<sqlite3.h>' 'belongs to lib/store/sqlite'
  plant flow/x.c '<sqlite3.h>' 'belongs to lib/store/sqlite'
  plant flow/x.c '"store/sqlite/db.h"' 'sees <sqlite3.h> through'
  plant util/x.c '<sodium.h>' 'belongs to lib/seal'
  plant ledger/x.c '<sodium/utils.h>' 'belongs to lib/seal'
  plant flow/x.c '<cJSON.h>' 'belongs to lib/json'
  plant flow/x.c '"consent_sql.h"' 'belongs to lib/store/sqlite'
  plant json/x.c '"consent_data.h"' 'belongs to lib/flow'
  plant flow/x.c '"../core/decide.h"' 'without ..'
  plant flow/x.c '"core/absent.h"' 'no such file'
  plant flow/x.c 'MACRO_H' 'include of a macro'
  mkdir "$tree/lib/misc"
  plant misc/x.c '"util/buf.h"' 'no folder of the design'
}

boundary() {
  local folder=$work/consent
  mkdir "$folder"
  cat >"$folder/good.h" <<'C'
#ifndef GOOD_H
#define GOOD_H
/* a long union of comments: enum x(struct y z, ...); inline */
#include <stdint.h>
#if defined(__GNUC__)
#define CONSENT_API __attribute__((visibility("default")))
#endif
#ifdef __cplusplus
extern "C" {
#endif
typedef int32_t consent_status;
typedef struct consent_thing consent_thing;
typedef struct consent_thing_list consent_thing_list;
#define CONSENT_E_X (-1)
enum { CONSENT_A = 1, CONSENT_B = 2 };
typedef void (*consent_watch_fn)(int64_t seq, int32_t kind, void *user);
CONSENT_API consent_status consent_thing_new(const char *longer, consent_thing **out);
CONSENT_API const consent_thing *consent_thing_list_at(const consent_thing_list *list, size_t at);
CONSENT_API void consent_thing_free(consent_thing *thing);
CONSENT_API void consent_watch(consent_thing const *t, consent_watch_fn fn,
                               void (*done)(consent_thing *t, void *user));
#ifdef __cplusplus
}
#endif
#endif
C
  passes "a header by the rules" bash "$here/boundary.sh" "$folder"
  plant() { # line pattern
    printf 'typedef struct consent_thing consent_thing;\ntypedef enum { RED } consent_colour;\n%s\n' "$1" \
      >"$folder/planted.h"
    finds "$1" "$2" bash "$here/boundary.sh" "$folder"
    rm "$folder/planted.h"
  }
  plant 'CONSENT_API long consent_x(void);' ': long:'
  plant 'CONSENT_API void consent_x(unsigned long n);' ': long:'
  plant 'CONSENT_API void consent_x(time_t at);' 'unfixed width'
  plant 'CONSENT_API void consent_x(enum colour c);' 'enum type'
  plant 'CONSENT_API void consent_x(consent_colour c);' 'enum-typed'
  plant 'CONSENT_API consent_colour consent_x(void);' 'enum-typed'
  plant 'CONSENT_API void consent_x(consent_thing thing);' 'struct by value'
  plant 'CONSENT_API void consent_x(consent_thing *a, const consent_thing b, int c);' 'struct by value'
  plant 'CONSENT_API consent_thing consent_x(void);' 'struct by value'
  plant 'CONSENT_API void consent_x(struct consent_thing thing);' 'struct by value'
  plant 'typedef void (*consent_x_fn)(consent_thing, void *user);' 'struct by value'
  plant 'CONSENT_API void consent_x(const char *format, ...);' 'variable arguments'
  plant 'struct consent_y { unsigned a : 3; };' 'bit-field'
  plant 'struct consent_y { unsigned a; unsigned b:1; };' 'bit-field'
  plant 'union consent_y { int a; };' 'union'
  plant 'static inline int consent_x(void) { return 1; }' 'inline function'
  plant 'static int consent_x(void) { return 1; }' 'with a body'
  plant '#define CONSENT_X(a) ((a) + 1)' 'function-like macro'
}

readme() {
  local tree=$work/tree
  mkdir -p "$tree/examples"
  passes "neither file" bash "$here/readme.sh" "$tree"
  printf '/* SPDX-License-Identifier: Apache-2.0 */\nint main(void)\n{\n    return 0;\n}\n' \
    >"$tree/examples/01_hello.c"
  passes "no README" bash "$here/readme.sh" "$tree"
  # shellcheck disable=SC2016
  printf 'Text\n```sh\nmake\n```\n```c\nint main(void)\n{\n    return 0;\n}\n```\nmore\n```c\nint x;\n```\n' \
    >"$tree/README.md"
  passes "the same text" bash "$here/readme.sh" "$tree"
  sed -i 's/return 0/return 1/' "$tree/examples/01_hello.c"
  finds "another text" 'return 1' bash "$here/readme.sh" "$tree"
  echo 'no code' >"$tree/README.md"
  finds "no block" 'has no' bash "$here/readme.sh" "$tree"
}

headers() { # CC CXX
  local folder=$work/include/consent
  mkdir -p "$folder"
  local guard=$'#ifndef X_H\n#define X_H\n'
  printf '%sint consent_x(void);\n#endif\n' "$guard" >"$folder/x.h"
  passes "a header that stands alone" bash "$here/headers.sh" "$1" "$2" "$work/include"
  plant() { # what text pattern
    printf '%s\n' "$2" >"$folder/x.h"
    finds "$1" "$3" bash "$here/headers.sh" "${tools[0]}" "${tools[1]}" "$work/include"
  }
  local tools=("$1" "$2")
  plant "a missing include" "${guard}int consent_x(size_t n);"$'\n#endif' 'alone as c99'
  plant "no guard" 'struct consent_x { int a; };' 'alone as c11'
  plant "a C++ keyword" "${guard}int consent_x(int class);"$'\n#endif' 'alone as c++17'
  plant "C11 alone" "${guard}_Static_assert(1, \"\");"$'\n#endif' 'alone as c99'
}

exports() { # NM CC CMAKE
  mkdir "$work/out"
  printf '#define CONSENT_API\nCONSENT_API int consent_a(void);\nCONSENT_API int consent_b(void);\n' \
    >"$work/a.h"
  "$3" "-DSOURCE_DIR=$work" -DFILES=a.h "-DOUTPUT_DIR=$work/out" -DVERSION_NODE=X_0 \
    -P "$here/../../cmake/Exports.cmake"
  build() { # functions… ; the version script is used when $map is set
    local f
    : >"$work/a.c"
    for f in "$@"; do printf 'int %s(void);\nint %s(void) { return 1; }\n' "$f" "$f" >>"$work/a.c"; done
    "$cc" -shared -fPIC -o "$work/a.so" "$work/a.c" ${map:+"-Wl,--version-script=$map"}
  }
  local cc=$2 map=$work/out/consent.map
  build consent_a consent_b consent__internal helper
  passes "all there, the rest hidden" bash "$here/exports.sh" "$1" "$work/a.so" "$work/out/consent.exports"
  build consent_a
  finds "one not defined" consent_b bash "$here/exports.sh" "$1" "$work/a.so" "$work/out/consent.exports"
  map=
  build consent_a consent_b consent__leak
  finds "one too many" consent__leak bash "$here/exports.sh" "$1" "$work/a.so" "$work/out/consent.exports"
}

names() { # NM CC
  printf 'int consent__a(void);\nint consent__a(void) { return 1; }\nstatic int b;\nint *consent_b(void);\nint *consent_b(void) { return &b; }\n' \
    >"$work/a.c"
  "$2" -c -o "$work/a.o" "$work/a.c" && ar rc "$work/a.a" "$work/a.o"
  passes "consent_ and static names" bash "$here/names.sh" "$1" "$work/a.a"
  echo 'int buffer_size;' >>"$work/a.c"
  "$2" -c -o "$work/a.o" "$work/a.c" && ar rc "$work/a.a" "$work/a.o"
  finds "a variable of another name" buffer_size bash "$here/names.sh" "$1" "$work/a.a"
}

"$check" "$@"
echo "$check: $count planted faults found"
