#!/usr/bin/env bash
# Builds the library and runs the main example, a day at the first customer: examples/run.sh
# Another example: examples/run.sh 01_hello
#
# Missing packages are installed with apt when that is possible (root or sudo without a password);
# otherwise they are named and the script ends with 3. All else stays below build/.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
example=${1:-02_customer_day}
if [ ! -e "examples/$example.c" ]; then
  echo "examples/$example.c does not exist" >&2
  exit 2
fi

# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need tools

build=$root/build/example
mkdir -p "$build"
log=$build/build.log
if ! { cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCONSENT_BUILD_TESTS=OFF &&
  cmake --build "$build" --target "$example"; } >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  echo "the build failed; all of it: ${log#"$root"/}" >&2
  exit 1
fi

work=$(mktemp -d "$build/run.XXXXXX")
trap 'rm -rf "$work"' EXIT
export CONSENT_SOURCE_DIR=$root TMPDIR=$work
cd "$work"
"$build/examples/$example"
