#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Kill and power cut: tests/crash/run.sh BUILD quick|full
# quick: 10 kills under load, 300 cuts; full: 200 and 10,000. Ends with "N passed, N failed".
set -euo pipefail
build=${1:?usage: $0 BUILD quick|full}
case ${2:-} in
quick) kills=10 cuts=300 ;;
full) kills=200 cuts=10000 ;;
*) echo "usage: $0 BUILD quick|full" >&2 && exit 2 ;;
esac

make --no-print-directory BUILD="$build" "$build/peil" "$build/peil-powercut" "$build/peil-kill9"
output=$(mktemp)
trap 'rm -f "$output"' EXIT
rc=0
{ "$build/peil-powercut" "$cuts" || true; "$build/peil-kill9" "$build/peil" "$kills" || true; } | tee "$output"
# Each program counts its checks; one that stopped without counting failed.
awk '/^[0-9]+ passed, [0-9]+ failed$/ { p += $1; f += $3; n++ } END { f += 2 - n; printf "%d passed, %d failed\n", p, f; exit f != 0 }' "$output" || rc=$?
exit "$rc"
