# SPDX-License-Identifier: EUPL-1.2
# embed: the files come back whole, packed and under both names; what cannot be served is refused.
EMBED=tests/tools/embed
for bad in $EMBED/bad/*; do
    if "$TOOLS/embed" "$bad" > "$WORK/out" 2> "$WORK/err"; then
        fail "$bad: accepted"
    else
        pass
    fi
done
"$TOOLS/embed" > "$WORK/none.c" && gcc -Isrc -fsyntax-only -Wall -Wextra -Wpedantic -Werror "$WORK/none.c" 2> "$WORK/err" &&
    pass || fail "$EMBED: no files" "$WORK/err"
"$TOOLS/embed" $EMBED/good/* > "$WORK/assets.c"
svg=$(sed -n 's/.*ASSET_PATH "\(icon[^"]*\)".*/\1/p' "$WORK/assets.c")
sed "s/url(\(\"*\)icon\.svg/url(\1$svg/" $EMBED/good/peil.css > "$WORK/want.css"
for cc in gcc clang; do
    # shellcheck disable=SC2086
    if ! $cc $FLAGS -Isrc "$WORK/assets.c" src/web/asset.c $EMBED/main.c -lz -o "$WORK/embed" 2> "$WORK/err"; then
        fail "$EMBED/good: $cc" "$WORK/err"
    elif "$WORK/embed" > "$WORK/got.css" 2> "$WORK/err" && diff "$WORK/want.css" "$WORK/got.css" > "$WORK/err"; then
        pass
    else
        fail "$EMBED/good: $cc: other output" "$WORK/err"
    fi
done
