#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The screens in a real browser, on a demo register that the program makes itself:
#     tests/browser/run.sh [part of a test's name]
# Ends with "N passed, N failed".
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
PEIL=${PEIL:-$build/peil}
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -x "$PEIL" ] || { echo "$PEIL is not there: run make first" >&2; exit 2; }
[ -n "$CHROMIUM" ] || { echo "no Chromium: apt-get install chromium, or set CHROMIUM" >&2; exit 2; }
# shellcheck disable=SC3013  # -nt works in every shell that Debian has
if [ ! -f tests/browser/node_modules/.package-lock.json ] ||
    [ tests/browser/package-lock.json -nt tests/browser/node_modules/.package-lock.json ]; then
    (cd tests/browser && npm ci --loglevel=error --no-fund --no-audit >/dev/null && touch node_modules/.package-lock.json)
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PEIL CHROMIUM
PEIL_WORK=$work node tests/browser/run.mjs "$@"
