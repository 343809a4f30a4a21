# SPDX-License-Identifier: EUPL-1.2
# unused: two files and a bench in a folder of their own; each name says what must be said of it.
UNUSED=$PWD/tools/unused.sh
mkdir -p "$WORK/unused/src/base" "$WORK/unused/tests/bench" "$WORK/unused/build/src/base" "$WORK/unused/build/gen"
(
    cd "$WORK/unused" || exit 1
    echo 'int asked(void) { return 1; } int own(void) { return 2; } int nobody(void) { return own(); } int benched(void) { return 3; }' > src/base/one.c
    echo 'int asked(void); static int hidden(void) { return asked(); } int main(void) { return hidden(); }' > src/base/two.c
    echo 'int benched(void); int bench(void) { return benched(); }' > tests/bench/bench.c
    echo 'int part_html(void) { return 0; }' > part.c
    gcc -c -o build/src/base/one.o src/base/one.c && gcc -c -o build/src/base/two.o src/base/two.c && gcc -c -o build/gen/tpl_part.o part.c
    "$UNUSED" build/src/base/*.o build/gen/*.o
) > "$WORK/unused/said" 2>&1 && fail "tests/tools/unused: accepted"
for name in own nobody; do
    grep -qx "src/base/one.c: unused: no other file uses $name: make it static, or delete it" "$WORK/unused/said" && pass || fail "tests/tools/unused: $name" "$WORK/unused/said"
done
[ "$(wc -l < "$WORK/unused/said")" -eq 2 ] && pass || fail "tests/tools/unused: more than own and nobody" "$WORK/unused/said"
(cd "$WORK/unused" && "$UNUSED" build/src/base/two.o) > "$WORK/unused/said" 2>&1 && pass || fail "tests/tools/unused: nothing wrong" "$WORK/unused/said"
