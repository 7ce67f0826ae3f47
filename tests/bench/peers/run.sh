#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What a user would pick instead, doing the same work on this machine; see README.md beside this file.
# usage: tests/bench/peers/run.sh DIR   (called by tests/bench/run.sh --peers)
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dir=$1
npm=${CONSENT_PEERS_NPM:-$here/../../../build/peers-npm}
mkdir -p "$npm"
cp "$here"/*.mjs "$npm"
packages=(better-sqlite3@12.11.1 casbin@5.51.1)
have() { [ -d "$npm/node_modules/$1" ]; }
if command -v npm >/dev/null; then
  have better-sqlite3 && have casbin || (cd "$npm" && timeout 600 npm install --no-audit --no-fund "${packages[@]}" >install.log 2>&1)
  have @c15t/backend || (cd "$npm" && timeout 600 npm install --no-audit --no-fund @c15t/backend@2.2.1 kysely >>install.log 2>&1)
fi
peer() { # package, script
  if have "$1"; then
    (cd "$npm" && node "$2" "$dir") || echo "$2 failed" >&2
  else
    echo "$1 could not be installed here: $2 was not measured" >&2
  fi
}
{
  peer better-sqlite3 better.mjs
  peer casbin casbin.mjs
  peer @c15t/backend c15t.mjs
  "$here/postgres.sh" "$dir" || echo "postgres.sh failed" >&2
} | awk -F '\t' '$1 == "PEER" {
  if (!shown++) printf "%-16s %-8s %12s %12s %12s  %s\n", "peer", "work", "us (median)", "min", "max", "note"
  printf "%-16s %-8s %12s %12s %12s  %s\n", $2, $3, $4, $5, $6, $7 }'
