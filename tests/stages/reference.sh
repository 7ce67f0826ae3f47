#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The headers as reference: every public function says what it must, the bindings are of these headers, Doxygen
# has nothing to complain about, the man page is that of this consentctl.
set -uo pipefail
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need tests python3:python3 doxygen:doxygen mandoc:mandoc
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
check() { # name command…
  local name=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    passed=$((passed + 1))
    echo "ok: $name"
  else
    failed=$((failed + 1))
    cat "$work/said"
    echo "FAILED: $name"
  fi
}

check "bindings and comments are of these headers" bindings/update.sh --check "$BUILD"

# The check of comments must be able to fail.
planted() { # expression header expected: a copy of the headers with a gap in it
  rm -rf "$work/root"
  mkdir -p "$work/root"
  cp -r include "$work/root/"
  sed -i "$1" "$work/root/include/consent/$2"
  /usr/bin/python3 bindings/model/generate.py "$work/root" "$BUILD" "$work/out" >"$work/gaps" 2>&1 && return 1
  grep -q "$3" "$work/gaps" || { cat "$work/gaps"; return 1; }
}
check "a function without a comment is found" planted \
  's/^typedef struct consent_store consent_store;/&\n\nCONSENT_API bool consent_store_sealed(consent_store *store);/' store.h 'consent_store_sealed: no comment'
check "a list without columns is found" planted 's/Columns: event n, at u, kind t, body j\.//' decision.h \
  'consent_history: lists no columns'
check "a type that no binding carries is found" planted 's/int64_t \*out_now/double *out_now/' store.h \
  'no binding carries the type'

check "Doxygen" env ROOT=. BUILD="$BUILD" doxygen docs/doxygen/Doxyfile
check "the man page is of this consentctl (else: cmake/refresh.sh)" \
  bash -c 'docs/man/make.py "$0/bin/consentctl" | diff -u docs/man/consentctl.1 -' "$BUILD"
check "mandoc -Tlint" mandoc -Tlint -Wwarning docs/man/consentctl.1
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
