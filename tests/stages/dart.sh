#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The Dart package as far as it can be held to the truth without a Dart SDK; bindings/dart/README.md says what.
set -euo pipefail
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need node
root=$PWD
export npm_config_cache=$root/build/npm-cache npm_config_update_notifier=false
rm -rf build/dart-check
mkdir -p build/dart-check
cp bindings/dart/check/*.* build/dart-check/
cd build/dart-check
npm_ci 'the grammar of Dart is'
exec node run.mjs "$root" "$BUILD/lib/libconsent.so"
