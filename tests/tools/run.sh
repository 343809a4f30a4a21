#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Tests of the build tools: good examples must give the expected output, bad ones the expected message.
#     tests/tools/run.sh [BUILD]        BUILD holds the compiled tools (default build)
set -u
FLAGS="-std=c17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
    -Wvla -Wwrite-strings -Wcast-qual -Wformat=2 -Werror"
cd "$(dirname "$0")/../.." || exit 1
BUILD=${1:-build}
TOOLS=$(realpath "$BUILD/tools") || exit 1
WORK=$(mktemp -d) || exit 1
export FLAGS TOOLS WORK
trap 'rm -rf "$WORK"' EXIT
passed=0 failed=0

pass() { passed=$((passed + 1)); }
fail() {
    failed=$((failed + 1))
    echo "FAIL $1"
    [ -n "${2:-}" ] && head -20 "$2"
}

for part in tests/tools/*/test.sh; do
    # shellcheck source=/dev/null
    . "$part"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
