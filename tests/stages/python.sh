#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The Python module: its tests, and that its type hints are Python.
set -euo pipefail
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need python3:python3
export CONSENT_LIBRARY=$BUILD/lib/libconsent.so CONSENT_SOURCE_DIR=$PWD PYTHONDONTWRITEBYTECODE=1
export PYTHONPATH=$PWD/bindings/python
status=0
said=$(/usr/bin/python3 -W error::ResourceWarning -m unittest discover -v -s bindings/python/tests 2>&1) || status=$?
echo "$said"
ran=$(sed -n 's/^Ran \([0-9]*\) tests.*/\1/p' <<<"$said")
bad=$(grep -cE '^(FAIL|ERROR): ' <<<"$said" || true)
echo "$((${ran:-0} - bad)) passed, $bad failed"
[ "$status" -eq 0 ] && [ "${ran:-0}" -gt 0 ]
