#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Canonical form: ours against the npm package `canonicalize` on random values.
# VALUES=100000 SEED=$RANDOM for a search; a gate asks the same every time.
set -euo pipefail
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need node
driver=$BUILD/tests/unit/canonical
if [ ! -x "$driver" ]; then
  echo "no $driver: the tests are not built"
  exit 1
fi
export npm_config_cache=${npm_config_cache:-$PWD/build/npm-cache} npm_config_update_notifier=false
if [ ! -d tests/json/node_modules/canonicalize ]; then
  cd tests/json
  npm_ci canonicalize is
  cd ../..
fi
exec node tests/json/canonical.mjs "$driver" "${VALUES:-10000}" "${SEED:-1}"
