// SPDX-License-Identifier: EUPL-1.2
/* What looks like a fault and is none: strcpy(a, b) in a comment, malloc() too. */
static const int table[] = { 1, 2 };
static const char *const names[] = { "strcpy(", "%5.1f of SELECTed" };
static const struct {
    const char *name;
    int n;
} list[] = { { "a", 1 } };
static int helper(const char *s);
static inline int quick(void)
{
    return 1;
}
__attribute__((format(printf, 1, 2))) static void say(const char *format, ...);

static int helper(const char *s)
{
    const char *text = "please update the settings"; /* "free(p)" */
    char quote = '"', other = '\'';

    buf_printf(out, "%.3f", 1.5);
    buf_fixed(out, my_free(arena_free(s)), names[0][0] == '%', 'f');
    snprintf(to, size, "100 %% of %d", table[0]);
    return text_is(text, s) && quote != other;
}
