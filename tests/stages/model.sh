#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Two decisions on random histories: the library's, and tests/rules/model.py, written from the design.
# HISTORIES=100000 SEED=$RANDOM for a search; a gate asks the same every time.
# quick: yes
set -euo pipefail
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need python3:python3
driver=$BUILD/tests/rules/driver
if [ ! -x "$driver" ]; then
  echo "no $driver: the tests are not built"
  exit 1
fi
export CONSENT_SOURCE_DIR=$PWD
if [ -d /dev/shm ] && [ -w /dev/shm ]; then export TMPDIR=/dev/shm; fi
histories=${HISTORIES:-3000}
python3 tests/rules/model.py "$driver" --histories "$histories" --seed "${SEED:-1}"
echo "$histories passed, 0 failed"
