#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The Node package from a clean install: types, behaviour, four workers on one file, memory, cost of a call.
set -euo pipefail
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need node
root=$PWD
export npm_config_cache=$root/build/npm-cache npm_config_update_notifier=false
rm -rf build/node
mkdir -p build/node/bindings
cp -r bindings/node build/node/bindings/
rm -rf build/node/bindings/node/node_modules
ln -s "$root/policy" build/node/policy
cd build/node/bindings/node
npm_ci koffi and typescript are
npx tsc -p test/types
export CONSENT_LIBRARY=$BUILD/lib/libconsent.so
status=0
node --expose-gc --test --test-reporter=tap test/*.test.mjs >said 2>&1 || status=$?
cat said
echo "$(($(sed -n 's/^# pass //p' said) + 1)) passed, $(sed -n 's/^# fail //p' said) failed"
exit "$status"
