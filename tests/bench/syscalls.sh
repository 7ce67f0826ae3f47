#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How many system calls 10 000 cached checks make: none is the claim. usage: tests/bench/syscalls.sh [DIR]
# Needs strace and the benchmarks that tests/bench/run.sh built.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d "${1:-${TMPDIR:-/tmp}}/consent-syscalls.XXXXXX")
trap 'rm -rf "$work"' EXIT
BENCH_SYSCALLS=1 strace -f -o "$work/trace" build/bench/tests/bench/reads --quick --dir "$work"
calls=$(awk '/getppid\(/ { marks++; next } marks == 1 { n++ } END { if (marks != 2) exit 1; print n + 0 }' "$work/trace")
echo "10000 cached checks: $calls system calls"
[ "$calls" -eq 0 ]
