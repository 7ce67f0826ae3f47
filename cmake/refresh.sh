#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# cmake/refresh.sh [BUILD]: makes everything committed that is made from the public headers or from consentctl
# anew: what bindings take, the ABI dump, the man page. After a change of include/consent or a command.
# An ABI that broke since the last release shows in the difference of tests/abi/libconsent.abi.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=${1:-build/dev}
# shellcheck source=cmake/debian-setup.sh
. cmake/debian-setup.sh
need tests abidw:abigail-tools python3:python3
cmake --build "$build" --target consent-shared consentctl
bindings/update.sh "$build"
bash tests/abi/dump.sh include "$build" tests/abi/libconsent.abi
docs/man/make.py "$build/bin/consentctl" >docs/man/consentctl.1
