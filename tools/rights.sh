#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every route has a line in the rights matrix, and every line a route; what is in the cells is for test_rights.c:
#     tools/rights.sh PEIL MATRIX
set -eu
peil=$1 matrix=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$peil" routes --format csv | tail -n +2 | cut -d, -f1,2 | sort -u >"$work/routes"
grep -v '^#' "$matrix" | tail -n +2 | cut -d, -f1,2 | sed 's/?.*//' | sort -u >"$work/matrix"
if ! diff "$work/routes" "$work/matrix" >"$work/diff"; then
    sed -n 's/^< /no line in the rights matrix: /p; s/^> /no such route: /p' "$work/diff" >&2
    echo "make rights writes what is found into $matrix: look at what changed before you keep it" >&2
    exit 1
fi
