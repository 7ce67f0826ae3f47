#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# coverage.sh [FOLDER…]: which lines and branches of lib/ the tests reach. Builds the preset `coverage`,
# runs the tests of the folders (default: unit api store rules; each is a label of CTest) and prints
# lines and branches per folder of lib/. Details: build/coverage/report/index.html, and summary.json
# beside it. On demand: it is no stage of tests/run.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need tests
need gcovr:gcovr python3:python3
build=build/coverage
folders=("$@")
[ ${#folders[@]} -gt 0 ] || folders=(unit api store rules)

cmake --preset coverage -DCONSENT_BUILD_FUZZ=OFF -DCONSENT_BUILD_EXAMPLES=OFF >"$build.log" 2>&1 || {
  cat "$build.log"
  exit 1
}
targets=()
for folder in "${folders[@]}"; do
  for source in tests/"$folder"/*.c; do
    name=$(basename "$source" .c)
    targets+=("$folder-${name#test_}")
  done
done
ninja -C "$build" -j "${JOBS:-$(nproc)}" "${targets[@]}" >"$build.log" 2>&1 || {
  tail -n 30 "$build.log"
  exit 1
}
find "$build" -name '*.gcda' -delete
label=$(IFS='|'; echo "${folders[*]}")
failed=0
ctest --test-dir "$build" -j "${JOBS:-$(nproc)}" -L "^($label)\$" --output-on-failure \
  >"$build.tests.log" 2>&1 || failed=1
tail -n 15 "$build.tests.log"

mkdir -p "$build/report"
gcovr --root . --filter 'lib/' --exclude-unreachable-branches --exclude-throw-branches \
  --json-summary "$build/report/summary.json" --html-details "$build/report/index.html" "$build" \
  >"$build.log" 2>&1 || {
  tail -n 30 "$build.log"
  exit 1
}
python3 - "$build/report/summary.json" <<'PYTHON'
import json, sys
from collections import defaultdict
rows = defaultdict(lambda: [0, 0, 0, 0])
files = json.load(open(sys.argv[1]))["files"]
for f in files:
    parts = f["filename"].split("/")
    for key in ("/".join(parts[:-1]), "all"):
        row = rows[key]
        for i, name in enumerate(("line_covered", "line_total", "branch_covered", "branch_total")):
            row[i] += f[name]
share = lambda a, b: f"{100 * a / b:.1f} %" if b else "-"
print(f"{'folder':24}{'lines':>8}{'reached':>10}{'branches':>10}{'reached':>10}")
for key in sorted(rows, key=lambda k: (k == "all", k)):
    a, b, c, d = rows[key]
    print(f"{key:24}{b:8}{share(a, b):>10}{d:10}{share(c, d):>10}")
print("least reached:")
for f in sorted((f for f in files if f["line_total"] >= 20), key=lambda f: f["line_covered"] / f["line_total"])[:20]:
    print(f"  {f['filename']:44}{share(f['line_covered'], f['line_total']):>10} of {f['line_total']}")
PYTHON
exit $failed
