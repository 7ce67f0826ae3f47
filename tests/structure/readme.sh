#!/usr/bin/env bash
# readme.sh ROOT: the first C block of README.md is examples/01_hello.c, so that what the reader
# copies is what the tests run. (The licence line of the file may be left out.)
set -euo pipefail
cd "${1:?root of the source tree}"
for file in README.md examples/01_hello.c; do
  if [ ! -e "$file" ]; then
    echo "$file is absent: nothing to compare yet"
    exit 0
  fi
done
snippet=$(awk '/^```/ { if (inside) exit; if ($0 ~ /^```c[ \t]*$/) { inside = 1; next } } inside' README.md)
if [ -z "$snippet" ]; then
  echo "README.md has no \`\`\`c block"
  exit 1
fi
diff -u --label examples/01_hello.c --label 'README.md' \
  <(sed '1{/SPDX-License-Identifier/d}' examples/01_hello.c) \
  <(sed '1{/SPDX-License-Identifier/d}' <<<"$snippet")
echo "README.md shows examples/01_hello.c"
