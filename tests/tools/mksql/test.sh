# SPDX-License-Identifier: EUPL-1.2
# mksql: every bad file is refused at the right line; what the good one becomes compiles without a warning and asks the data base what good/expected.txt says.
for bad in tests/tools/mksql/bad/*.sql; do
    want=$(sed -n 's/^-- expect //p' "$bad")
    case $bad in */schema_*) how=--schema ;; *) how= ;; esac
    # shellcheck disable=SC2086
    if "$TOOLS/mksql" $how "$bad" > "$WORK/out" 2> "$WORK/err"; then
        fail "$bad: accepted"
    elif ! grep -qF -- "$bad:$want" "$WORK/err"; then
        fail "$bad: want $want" "$WORK/err"
    else
        pass
    fi
done

GOOD=tests/tools/mksql/good
mkdir -p "$WORK/mksql/store"
"$TOOLS/mksql" --header $GOOD/team.sql > "$WORK/mksql/store/sql.h"
"$TOOLS/mksql" $GOOD/team.sql > "$WORK/team.c"
"$TOOLS/mksql" --all $GOOD/team.sql > "$WORK/all.c"
printf '#include <stddef.h>\nextern const unsigned char catalogue_nl[];\nextern const size_t catalogue_nl_len;
const unsigned char catalogue_nl[8] = { 0 };\nconst size_t catalogue_nl_len = 0;\n' > "$WORK/catalogue.c"
for cc in gcc clang; do
    # shellcheck disable=SC2086
    if ! $cc $FLAGS -I"$WORK/mksql" -Isrc "$WORK"/team.c "$WORK"/all.c "$WORK"/catalogue.c $GOOD/main.c src/base/*.c -lm -lpthread \
        -o "$WORK/team" 2> "$WORK/err"; then
        fail "$GOOD: $cc" "$WORK/err"
    elif "$WORK/team" > "$WORK/team.txt" && diff -u $GOOD/expected.txt "$WORK/team.txt" > "$WORK/err"; then
        pass
    else
        fail "$GOOD: $cc: other output" "$WORK/err"
    fi
done

"$TOOLS/mksql" --schema $GOOD/0001-words.sql > "$WORK/schema.c"
diff -u $GOOD/schema.txt "$WORK/schema.c" > "$WORK/err" && pass || fail "$GOOD: schema" "$WORK/err"
"$TOOLS/mksql" "$WORK/absent.sql" > "$WORK/out" 2>&1 && fail "mksql: an absent file" || pass
"$TOOLS/mksql" > "$WORK/out" 2>&1
[ $? = 2 ] && pass || fail "mksql: no file"
