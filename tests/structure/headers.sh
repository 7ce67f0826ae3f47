#!/usr/bin/env bash
# headers.sh CC CXX INCLUDE…: each public header compiles alone, twice in one file, as C99, C11 and
# C++17, without a warning.
set -euo pipefail
cc=$1 cxx=$2
shift 2
case $cxx in "" | *NOTFOUND) echo "no C++ compiler"; exit 1 ;; esac
flags=(-Wall -Wextra -Wpedantic -Werror -fsyntax-only)
for folder in "$@"; do flags+=(-I "$folder"); done

failures=0 count=0
for folder in "$@"; do
  for header in "$folder"/consent/*.h; do
    [ -e "$header" ] || continue
    count=$((count + 1))
    name=consent/${header##*/}
    source=$(printf '#include <%s>\n#include <%s>\nextern int consent_header_is_alone;\n' "$name" "$name")
    for language in c:c99 c:c11 c++:c++17; do
      compiler=$cc
      [ "${language%%:*}" = c ] || compiler=$cxx
      if ! "$compiler" -x "${language%%:*}" -std="${language#*:}" "${flags[@]}" - <<<"$source"; then
        echo "<$name> does not compile alone as ${language#*:}"
        failures=$((failures + 1))
      fi
    done
  done
done
echo "$count headers, $failures failures"
[ "$failures" -eq 0 ]
