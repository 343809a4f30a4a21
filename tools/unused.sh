#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# What is in a header must be used by another file: tools/unused.sh OBJECT... (compiled from this folder).
# A function or table that only its own file uses is static there; one that nobody uses goes, a statement too. What a bench or a
# crash test (whose objects need not be there) uses is used.
set -euo pipefail

# The names that one object defines and no other asks for, with that object.
alone() {
    nm -A -g "$@" | awk '{ file = $1; sub(/:.*/, "", file); kind = $(NF - 1); name = $NF }
        kind == "U" { asked[name] = 1 }
        kind ~ /^[TDRB]$/ { home[name] = file }
        END { for (name in home) if (!(name in asked)) print home[name], name }' | sort
}

found=0
while read -r object name; do
    source=$(sed -E 's,.*/((src|tests)/.*)\.o$,\1.c,; s,.*/gen/sql_(.*)\.o$,src/store/sql/\1.sql,' <<<"$object")
    # Parts of a template serve that template; other results of the build are not written by hand.
    if [ "$name" = main ] || [ "$source" = "$object" ] || grep -rlw --include='*.c' "$name" tests | grep -qvx "$source"; then continue; fi
    echo "$source: unused: no other file uses $name: make it static, or delete it"
    found=1
done < <(alone "$@")
exit $found
