#!/usr/bin/env bash
# Measures the library beside raw floors and prints one table, or with --json one JSON value.
#
#   tests/bench/run.sh [--quick] [--json] [--dir DIR] [GROUP…]
#   tests/bench/run.sh --peers [--dir DIR]      what a user would pick instead: tests/bench/peers/README.md
#
# --quick takes seconds to a minute: fewer rounds, up to 20 000 subjects instead of 10^6. Groups are
# the programs of this folder: check, export, ledger, policy, reads, record, rights, same, store. A row without a program that measures
# it yet is named on stderr. What the columns mean: docs/performance.md.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
quick='' json='' peers='' dir=${TMPDIR:-/tmp} groups=()
while [ $# -gt 0 ]; do
  case $1 in
    --quick) quick=--quick ;;
    --json) json=1 ;;
    --peers)
      peers=1
      groups=(same)
      ;;
    --dir)
      dir=$2
      shift
      ;;
    -*)
      echo "usage: tests/bench/run.sh [--quick] [--json] [--peers] [--dir DIR] [GROUP…]" >&2
      exit 2
      ;;
    *) groups+=("$1") ;;
  esac
  shift
done

# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need build tools >&2
mkdir -p build
{
  cmake --preset release -B build/bench -DCONSENT_BUILD_TESTS=OFF -DCONSENT_BUILD_EXAMPLES=OFF
  cmake --build build/bench -j "$(nproc)"
} >build/bench-build.log 2>&1 || {
  tail -n 30 build/bench-build.log >&2
  exit 1
}

if [ ${#groups[@]} -eq 0 ]; then
  for source in tests/bench/*.c; do
    groups+=("$(basename "$source" .c)")
  done
fi

work=$(mktemp -d "$dir/consent-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
for group in "${groups[@]}"; do
  echo "measuring $group…" >&2
  "build/bench/tests/bench/$group" $quick --dir "$work" | sed -n 's/^ROW\t//p' >>"$work/rows"
done

# The library alone with all it needs inside, stripped, as the stage `bundled` builds it.
library_row() {
  local out=build/bundled lib=$work/libconsent-whole.so
  {
    SOURCES=$root/build/sources cmake -S . -B "$out" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCONSENT_DEPS=bundled \
      -DCONSENT_BUILD_TESTS=OFF -DCONSENT_BUILD_EXAMPLES=OFF &&
      cmake --build "$out" --target consent-shared
  } >build/bundled-build.log 2>&1 || {
    echo "library-mb: the bundled library could not be built: build/bundled-build.log" >&2
    return 0
  }
  strip -o "$lib" "$out/lib/libconsent.so.0"
  awk -v bytes="$(stat -c %s "$lib")" 'BEGIN { mb = bytes / 1048576
    printf "library-mb\t%.4g\t1.3\t<=\t%s\t1\t%.4g\t%.4g\t%d bytes, SQLite, libsodium and cJSON inside\n",
      mb, mb <= 1.3 ? "true" : "false", mb, mb, bytes }' >>"$work/rows"
}
if [[ " ${groups[*]} " == *" store "* ]]; then library_row; fi

order="check-handle-cached check-id-cached check-cold check-cold-held record-durable record-signed \
record-8-threads record-64-waiting bulk-1 bulk-helpers verify-hashes verify-bodies verify-2-cores \
proof-ms proof-bytes size-per-decision cold-growth open-start memory-mb library-mb"
missing=$(awk -F '\t' -v order="$order" '{ have[$1] = 1 } END { n = split(order, name, " ")
  for (i = 1; i <= n; i++) if (!(name[i] in have)) printf " %s", name[i] }' "$work/rows")
[ -z "$missing" ] || [ -n "$peers" ] || echo "not measured:$missing" >&2

sorted() { # the rows of the design first, in its order; then the others as they came
  awk -F '\t' -v order="$order" '{ line[$1] = $0; if (!seen[$1]++) came[++m] = $1 }
    END { n = split(order, name, " ")
      for (i = 1; i <= n; i++) if (name[i] in line) { print line[name[i]]; done[name[i]] = 1 }
      for (i = 1; i <= m; i++) if (!(came[i] in done)) print line[came[i]] }' "$work/rows"
}
if [ -n "$json" ]; then
  sorted | awk -F '\t' 'BEGIN { printf "{\"rows\":[" }
    { gsub(/["\\]/, "", $9)
      printf "%s{\"name\":\"%s\",\"ratio\":%s,\"goal\":%s,\"met\":%s,\"runs\":%s,\"min\":%s,\"max\":%s,\"note\":\"%s\"}",
        NR > 1 ? "," : "", $1, $2, $3, $5, $6, $7, $8, $9 }
    END { print "]}" }'
else
  printf '%-26s %8s %9s %-4s %5s %9s %9s  %s\n' row ratio goal met runs min max note
  sorted | awk -F '\t' '{ printf "%-26s %8s %9s %-4s %5s %9s %9s  %s\n", $1, $2,
    $4 == "-" ? "-" : $4 " " $3, $4 == "-" ? "-" : $5 == "true" ? "yes" : "NO", $6, $7, $8, $9 }'
fi
if [ -n "$peers" ]; then
  echo
  tests/bench/peers/run.sh "$work"
fi
