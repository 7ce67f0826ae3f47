#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The promise of docs/abi.md: nothing that was in the ABI is gone or changed; what is new is in the dump.
set -uo pipefail
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need tests abidiff:abigail-tools python3:python3
dump=tests/abi/libconsent.abi
library=$BUILD/lib/libconsent.so
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
ok() { passed=$((passed + 1)); echo "ok: $1"; }
bad() { failed=$((failed + 1)); echo "FAILED: $1"; }

compare() { # dump library: 0 when all that the dump has is there unchanged, 1 when not
  abidiff --no-added-syms "$1" "$2"
  local status=$?
  if [ $((status & 3)) -ne 0 ] || [ "$status" -gt 15 ]; then
    bad "abidiff itself failed ($status)"
    return 2
  fi
  [ "$status" -eq 0 ]
}

if compare "$dump" "$library"; then ok "the library keeps the ABI of $dump"; else bad "the library breaks the ABI"; fi
if bash tests/abi/dump.sh include "$BUILD" "$work/new.abi" "$work/new.so" && compare "$dump" "$work/new.so" >"$work/said"; then
  ok "the headers keep it"
else
  cat "$work/said"
  bad "the headers break the ABI"
fi
if ! abidiff "$dump" "$work/new.so" >"$work/said"; then
  cat "$work/said"
  echo "what is new is fine; take it into the dump: cmake/refresh.sh"
fi

# A comparison that cannot fail would be worth nothing: three breaks, and one addition that is none.
planted() { # name expression header
  rm -rf "$work/include"
  cp -r include "$work/include"
  sed -i "$2" "$work/include/consent/$3"
  cmp -s "include/consent/$3" "$work/include/consent/$3" && { bad "nothing planted: $1"; return 2; }
  bash tests/abi/dump.sh "$work/include" "$BUILD" "$work/planted.abi" "$work/planted.so" || { bad "no dump: $1"; return 2; }
  compare "$work/new.abi" "$work/planted.so" >"$work/said"
}
while IFS='|' read -r name expression header; do
  planted "$name" "$expression" "$header"
  case $? in 0) bad "not noticed: $name" ;; 1) ok "noticed: $name" ;; esac
done <<'PLANTED'
a narrower result|s/int64_t \*out_now/int32_t *out_now/|store.h
a function removed|s/consent_store_id(/consent_store_id_(/|store.h
a parameter removed|s/consent_may(consent_store \*store, const char \*subject, /consent_may(consent_store *store, /|check.h
PLANTED
if planted addition 's/^typedef struct consent_store consent_store;/&\nCONSENT_API void consent_store_more(void);/' store.h; then
  ok "an addition is no break"
else
  bad "an addition is taken for a break"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
