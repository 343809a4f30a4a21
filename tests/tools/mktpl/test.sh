# SPDX-License-Identifier: EUPL-1.2
# mktpl (in the expectations [[ ]] stands for the double braces): every bad page is refused at the right line; the good pages compile without a warning and give good/expected.html.
for page in tests/tools/mktpl/bad/*.html; do
    want=$(sed -n 's/^{{! expect \(.*\) }}$/\1/p' "$page" | sed 's/\[\[/{{/g; s/]]/}}/g')
    if "$TOOLS/mktpl" "$page" > "$WORK/out" 2> "$WORK/err"; then
        fail "$page: accepted"
    elif [ -s "$WORK/out" ] || ! grep -qF -- "$page:$want" "$WORK/err"; then
        fail "$page: want $want" "$WORK/err"
    else
        pass
    fi
done

mkdir -p "$WORK/web"
printf '#include "base/buf.h"\n#include "base/ctx.h"\nvoid show_days(struct ctx *c, struct buf *out, int32_t days);\n' > "$WORK/web/show.h"

for page in tests/tools/mktpl/bad_c/*.html; do
    want=$(sed -n 's/^{{! expect \(.*\) }}$/\1/p' "$page" | sed 's/\[\[/{{/g; s/]]/}}/g')
    "$TOOLS/mktpl" "$page" > "$WORK/bad.c" && "$TOOLS/mktpl" --header "$page" > "$WORK/web/tpl.h"
    # shellcheck disable=SC2086
    if gcc $FLAGS -fsyntax-only -I"$WORK" -Isrc "$WORK/bad.c" 2> "$WORK/err"; then
        fail "$page: compiles"
    elif ! grep -q -- "$page:$want" "$WORK/err"; then
        fail "$page: want $want" "$WORK/err"
    else
        pass
    fi
done

GOOD=tests/tools/mktpl/good
"$TOOLS/mktpl" --header $GOOD/page.html $GOOD/frame.html > "$WORK/web/tpl.h"
"$TOOLS/mktpl" $GOOD/page.html > "$WORK/page.c"
"$TOOLS/mktpl" $GOOD/frame.html > "$WORK/frame.c"
printf '#include <stddef.h>\nextern const unsigned char catalogue_nl[];\nextern const size_t catalogue_nl_len;
const unsigned char catalogue_nl[8] = { 0 };\nconst size_t catalogue_nl_len = 0;\n' > "$WORK/catalogue.c"
for cc in gcc clang; do
    # shellcheck disable=SC2086
    if ! $cc $FLAGS -I"$WORK" -Isrc -I$GOOD "$WORK"/page.c "$WORK"/frame.c "$WORK"/catalogue.c $GOOD/main.c src/web/tpl_rt.c \
        src/base/*.c -lm -lpthread -o "$WORK/page" 2> "$WORK/err"; then
        fail "$GOOD: $cc" "$WORK/err"
    elif "$WORK/page" > "$WORK/page.html" && diff -u $GOOD/expected.html "$WORK/page.html" > "$WORK/err"; then
        pass
    else
        fail "$GOOD: $cc: other output" "$WORK/err"
    fi
done

# The translator sees every text once.
xgettext -L C --keyword=N_ --omit-header --no-location -o "$WORK/page.pot" "$WORK/page.c" "$WORK/frame.c"
if [ "$(grep -c '^msgid' "$WORK/page.pot")" = 16 ] && grep -q '"{1} visits"' "$WORK/page.pot" &&
    ! grep -q '^#.* c-format' "$WORK/page.pot"; then
    pass
else
    fail "$GOOD: texts for the translator" "$WORK/page.pot"
fi
