#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# consentctl as an operator uses it, over both bundles, with right and wrong input.
# quick: yes
set -euo pipefail
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need html setpriv:util-linux
consentctl=$BUILD/bin/consentctl
[ -x "$consentctl" ] || consentctl=$(find "$BUILD" -name consentctl -type f -perm -u+x | head -n 1)
if [ -z "$consentctl" ]; then
  echo "no consentctl below $BUILD"
  exit 1
fi
exec bash tests/cli/run.sh "$consentctl" .
