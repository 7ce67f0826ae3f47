#!/usr/bin/env bash
# Runs every test: tests/run.sh [--quick] [--cross] [--verbose]
#
#   --quick    the development build and what CTest knows about it; under three minutes
#   --cross    only this: the C tests on other machines, emulated: s390x (big-endian) and arm64, and stores
#              exchanged with them; with musl; compiled for Windows. An hour or more
#   --verbose  show what the stages print instead of keeping it in build/logs
#
# A stage that fails does not stop the next one. A script tests/stages/NAME.sh is a stage of its own:
# it starts in the root of the checkout with BUILD (the development build) and, in quick mode,
# QUICK=1 in its environment; it ends with 0, 77 (skipped: say why) or another status. Quick mode runs
# only those that hold a line `# quick: yes`. When the last line of what it prints is
# `N passed, N failed` or `N passed, N failed, N skipped`, these numbers are counted; else it counts
# as one test.
#
# Ends with 0 when nothing failed, 1 when something did, 3 when a package is missing.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 3

quick='' cross='' verbose=''
for argument in "$@"; do
  case $argument in
    --quick) quick=1 ;;
    --cross) cross=1 ;;
    --verbose | -v) verbose=1 ;;
    --help | -h)
      sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0"
      exit 0
      ;;
    *)
      echo "usage: tests/run.sh [--quick] [--cross] [--verbose]" >&2
      exit 2
      ;;
  esac
done

# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need tests

jobs=$(nproc 2>/dev/null || echo 2)
logs=$root/build/logs
rm -rf "$logs"
mkdir -p "$logs" "$root/build/tmp"
export TMPDIR=$root/build/tmp
export BUILD=$root/build/dev
if [ -n "$quick" ]; then export QUICK=1; else unset QUICK; fi

# ---- stages ------------------------------------------------------------------------------------

passed=0 failed=0 skipped=0
table=()

# stage NAME COMMAND…: the command may leave its numbers, "passed failed skipped", in $counts.
stage() {
  local name=$1 log=$logs/${1//\//-}.log started=$SECONDS status p f s line result
  shift
  counts=$log.counts
  printf -- '--- %s\n' "$name"
  if [ -n "$verbose" ]; then
    ("$@") 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
  else
    ("$@") >"$log" 2>&1
    status=$?
  fi

  if [ -e "$counts" ]; then
    read -r p f s <"$counts"
  elif line=$(sed '/^[[:space:]]*$/d' "$log" | tail -n 1) &&
    [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)?$ ]]; then
    p=${BASH_REMATCH[1]} f=${BASH_REMATCH[2]} s=${BASH_REMATCH[4]:-0}
  else
    p=0 f=0 s=0
    case $status in
      0) p=1 ;;
      77) s=1 ;;
    esac
  fi
  case $status in
    0) result=pass ;;
    77) result=skip ;;
    *) result=FAIL ;;
  esac
  if [ "$result" = FAIL ] && [ "$f" -eq 0 ]; then f=1; fi
  if [ "$f" -gt 0 ]; then result=FAIL; fi

  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  line=$(printf '%-24s %-4s %5d s %6d passed %4d failed %4d skipped' \
    "$name" "$result" $((SECONDS - started)) "$p" "$f" "$s")
  if [ "$result" = skip ]; then
    line+="  ($(sed '/^[[:space:]]*$/d' "$log" | tail -n 1))"
  fi
  table+=("$line")
  if [ "$result" = FAIL ] && [ -z "$verbose" ]; then
    if grep -q 'tests passed, .* tests failed out of' "$log"; then
      summarise_ctest "$log"
    else
      tail -n 40 "$log" | sed 's/^/    /'
    fi
    echo "    (all of it: ${log#"$root"/})"
  fi
  echo "$line"
}

summarise_ctest() { # log: the errors of the compiler, the output of each failed test, the list
  grep -E -m 20 '(^|[: ])(fatal )?error:|^FAILED: ' "$1" | sed 's/^/    /'
  sed -n '/\*\*\*\(Failed\|Timeout\|Exception\|Not Run\)/,/^ *Start\|tests passed,/p' "$1" |
    head -n 120 | sed 's/^/    /'
  sed -n '/^The following tests FAILED/,$p' "$1" | sed 's/^/    /'
}

build() { # preset
  cmake --preset "$1" || return 1
  cmake --build "build/$1" -j "$jobs" -- -k 0
}

run_ctest() { # preset arguments of ctest…
  local preset=$1 said=$counts.ctest junit=$counts.xml status tests=0 bad=0 off=0
  shift
  "${before_ctest[@]}" ctest --test-dir "build/$preset" -j "$jobs" --output-on-failure \
    --no-tests=ignore --output-junit "$junit" "$@" | tee "$said"
  status=${PIPESTATUS[0]}
  if [ -e "$junit" ]; then
    number() { grep -o -m 1 "$1=\"[0-9]*\"" "$junit" | head -n 1 | tr -dc 0-9; }
    tests=$(number tests)
    # CTest fails a test whose program was not built, but its JUnit file calls it skipped.
    bad=$(sed -n 's/.*tests passed, \([0-9]*\) tests failed out of.*/\1/p' "$said")
    bad=${bad:-0}
    off=$(($(number disabled) + $(number skipped) - bad + $(number failures)))
  fi
  rm -f "$junit" "$said"
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
    bad=1
    [ "$tests" -gt 0 ] || tests=1
  fi
  echo $((tests - bad - off)) "$bad" "$off" >"$counts"
  return "$status"
}

before_ctest=()

build_and_test() { # preset arguments of ctest…
  local built=0
  build "$1" || built=1
  # What did build is tested all the same; what did not fails as a test that cannot run.
  run_ctest "$@" || return 1
  [ "$built" -eq 0 ] || { echo "the build failed"; return 1; }
}

build_and_test_threads() {
  # An address space laid out at random can be one that the sanitizer refuses.
  if setarch "$(uname -m)" -R true 2>/dev/null; then
    before_ctest=(setarch "$(uname -m)" -R)
  fi
  build_and_test tsan "$@"
}

json_schemas() {
  if [ ! -e tests/json/validate.mjs ]; then
    echo "tests/json/validate.mjs does not exist"
    return 77
  fi
  need node || return
  export npm_config_cache=$root/build/npm-cache npm_config_update_notifier=false
  cd tests/json || return 1
  npm_ci ajv is || return
  cd ../..
  node tests/json/validate.mjs
}

# ---- the run -----------------------------------------------------------------------------------

summary() {
  echo
  printf '%s\n' "${table[@]}"
  printf 'in %d min %d s\n\n' $((SECONDS / 60)) $((SECONDS % 60))
  if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
  else
    echo "$passed passed, $failed failed"
  fi
  [ "$failed" -eq 0 ]
}

if [ -n "$cross" ]; then
  stage cross/s390x nice -n 15 bash cmake/cross-test.sh s390x
  stage cross/musl nice -n 15 bash cmake/musl-test.sh
  stage cross/mingw nice -n 15 bash cmake/mingw-test.sh
  stage cross/arm64 nice -n 15 bash cmake/cross-test.sh arm64
  summary
  exit
fi

apart='^(structure|package|example)$'
stage dev build_and_test dev -LE "$apart"
stage structure run_ctest dev -L '^structure$'
stage package run_ctest dev -L '^package$'
stage example run_ctest dev -L '^example$'
if [ -z "$quick" ]; then
  stage examples/run.sh bash examples/run.sh
  stage asan build_and_test asan -L '^(unit|api|store|rules|fault|fuzz|example)$'
  stage tsan build_and_test_threads -L '^(thread|api)$'
  stage json json_schemas
fi
for script in tests/stages/*.sh; do
  [ -e "$script" ] || continue
  name=stages/$(basename "$script" .sh)
  if [ -n "$quick" ] && ! grep -q '^# quick: yes' "$script"; then
    stage "$name" bash -c 'echo "not in quick mode"; exit 77'
  else
    stage "$name" bash "$script"
  fi
done

summary
