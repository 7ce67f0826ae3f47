#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Receipts, proofs and exports verified by libraries that others wrote (jose, jsonld, ajv) and by a
# script that shares nothing with ours.
set -euo pipefail
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need node
export npm_config_cache=${npm_config_cache:-$PWD/build/npm-cache} npm_config_update_notifier=false
if [ ! -d tests/evidence/node_modules ]; then
  cd tests/evidence
  npm_ci jose, jsonld and ajv are
  cd ../..
fi
exec node tests/evidence/run.mjs "$BUILD/bin/consentctl" "$PWD"
