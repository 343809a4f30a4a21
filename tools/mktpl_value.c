// SPDX-License-Identifier: EUPL-1.2
/* Values, translations and filters: what they may be and how their place escapes them. */
#include "mktpl.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *skip_quoted(const char *q)
{
    char quote = *q++;
    while (*q != '\0' && *q != quote && *q != '\n')
        q += q[0] == '\\' && q[1] != '\0' ? 2 : 1;
    return *q == quote ? q + 1 : NULL;
}

const char *skip_blank(const char *q)
{
    while (isspace((unsigned char)*q))
        q++;
    return q;
}

/* Checks one expression (or a list) and returns the end of its first item: the comma, or blank if `by_blank`.
 */
const char *item_end(const struct mk *m, const char *at, const char *q, bool by_blank)
{
    int depth = 0;
    for (; *q != '\0'; q++) {
        if (*q == '"' || *q == '\'') {
            if ((q = skip_quoted(q)) == NULL)
                fail(m, at, "a quote is not closed");
            q--;
        } else if (*q == '(' || *q == '[') {
            depth++;
        } else if ((*q == ')' || *q == ']') && --depth < 0) {
            fail(m, at, "a bracket closes that was never opened");
        } else if (strchr(";{}#\\", *q) != NULL) {
            fail(m, at, "'%c' cannot stand in an expression", *q);
        } else if (depth == 0 && (*q == ',' || (by_blank && isspace((unsigned char)*q)))) {
            break;
        }
    }
    if (depth != 0)
        fail(m, at, "a bracket is not closed");
    return q;
}

void check_list(const struct mk *m, const char *at, const char *expr, int max, const char *what)
{
    int n = 0;
    for (const char *q = expr;; q++) {
        const char *end = item_end(m, at, q, false);
        if (skip_blank(q) == end)
            fail(m, at, "%s: an expression is missing", what);
        if (++n > max)
            fail(m, at, "%s takes %d expression%s", what, max, max == 1 ? "" : "s");
        if (*(q = end) == '\0')
            return;
    }
}

void check_one(const struct mk *m, const char *at, const char *expr, const char *what)
{
    check_list(m, at, expr, 1, what);
}

/* The escaping that belongs to the place; fails where there is none. */
static const char *escape_here(struct mk *m, const char *at, bool whole_url)
{
    struct state *s = &m->st;

    if (s->place == IN_TEXT && !whole_url)
        return "html";
    if (s->place == IN_TAG || s->place == AFTER_ATTR)
        fail(m, at, "a value cannot be a name or an unquoted value in <%s>: write name=\"{{...}}\"", s->tag);
    if (s->kind == CLOSED)
        fail(m, at, "a value cannot stand in %s: there is no safe way to write it there", s->attr);
    if (whole_url && (s->kind != URL || s->url != URL_START))
        fail(m, at, "{{url ...}} stands only at the very start of a URL attribute");
    if (strcmp(s->attr, "content") == 0)
        m->content = true;
    if (s->kind != URL)
        return "html";
    if (s->url == URL_START && !whole_url)
        fail(m, at, "a value that starts the URL in %s must be written {{url ...}}", s->attr);
    if (s->url == URL_SCHEME || s->url == URL_HOST)
        fail(m, at, "a value cannot be part of the scheme or host in %s", s->attr);
    s->url = URL_PATH;
    return whole_url ? "url" : "part";
}

/* The number of the place that remembers the translation. `msgid` is C source with its quotes. */
static size_t text_site(struct mk *m, const char *msgid)
{
    const char *note = strchr(msgid, '%') != NULL ? "/* xgettext:no-c-format */ " : "";
    size_t i = 0;
    while (i < m->n_texts && strcmp(m->texts[i], msgid) != 0)
        i++;
    if (i == MAX_TEXTS)
        exit(1);
    if (i == m->n_texts) {
        m->texts[m->n_texts++] = copy(msgid, strlen(msgid));
        addf(&m->lift, "    static struct text_site t%zu_ = { %s.english = N_(%s) };\n", i, note, msgid);
    }
    return i;
}

/* One string, or several side by side when `joined`; returns what follows. */
static const char *read_msgid(struct mk *m, const char *at, const char *q, bool joined, char **ret_msgid)
{
    const char *start = q = skip_blank(q), *end = q;
    while (*q == '"' && (joined || q == start)) {
        end = skip_quoted(q);
        if (end == NULL)
            fail(m, at, "the text is not closed on its line");
        q = skip_blank(end);
    }
    if (end - start <= 2)
        fail(m, at, "a text to translate is missing: {{_ \"English text\"}}");
    *ret_msgid = copy(start, (size_t)(end - start));
    return end;
}

static unsigned slots_in(const struct mk *m, const char *at, const char *msgid, int n_args)
{
    unsigned used = 0;
    for (const char *q = msgid; (q = strchr(q, '{')) != NULL; q++) {
        if (!isdigit((unsigned char)q[1]) || q[2] != '}' || q[1] == '0')
            fail(m, at, "'{' in a text only begins a slot {1} .. {9}");
        if (q[1] - '0' > n_args)
            fail(m, at, "the text has {%c}, but there are %d expressions", q[1], n_args);
        used |= 1u << (q[1] - '0');
    }
    return used;
}

/* {{_ "text" a, b}} and {{_n "one" "many" n, b}} */
void translation(struct mk *m, const char *at, const char *q, bool plural)
{
    char *one, *many = NULL;
    struct text args = { 0 };
    int n = 0;

    q = read_msgid(m, at, q, !plural, &one);
    if (plural)
        q = read_msgid(m, at, q, false, &many);
    for (q = skip_blank(q); *q != '\0';) {
        const char *end = item_end(m, at, q, false);
        if (++n > MAX_ARGS || end == q)
            fail(m, at, "a text takes up to %d expressions, with commas between", MAX_ARGS);
        addf(&args, "%sTPL_ARG((%.*s))", n > 1 ? ", " : "", (int)(end - q), q);
        q = *end == ',' ? skip_blank(end + 1) : end;
    }
    unsigned used = slots_in(m, at, one, n) | (plural ? slots_in(m, at, many, n) : 0);
    for (int i = plural ? 2 : 1; i <= n; i++)
        if ((used >> i & 1) == 0)
            fail(m, at, "expression %d has no slot {%d} in the text", i, i);
    const char *escape = escape_here(m, at, false);
    if (plural && n == 0)
        fail(m, at, "{{_n}} needs a number: {{_n \"{1} person\" \"{1} people\" n}}");
    if (n == 0) {
        if (strcmp(escape, "html") == 0)
            statement(m, at, "tpl_text(out, c->lang, &t%zu_);", text_site(m, one));
        else
            statement(m, at, "tpl_%s(out, text_of(c->lang, &t%zu_));", escape, text_site(m, one));
        return;
    }
    size_t first = text_site(m, one), other = plural ? text_site(m, many) : first;
    const char *place = strcmp(escape, "html") == 0 ? "TPL_HTML" : "TPL_PART";
    statement(m, at, "{ const struct tpl_arg a_[] = { %s };", args.s);
    if (plural) /* numbers are counts there */
        place = strcmp(escape, "html") == 0 ? "tpl_counts(c->lang)" : "TPL_PART";
    if (plural)
        addf(&m->code,
             "    tpl_slots(out, %s, text_of(c->lang, tpl_is_one(a_) ? &t%zu_ : &t%zu_), a_, %d); }\n", place,
             first, other, n);
    else
        addf(&m->code, "    tpl_slots(out, %s, text_of(c->lang, &t%zu_), a_, %d); }\n", place, first, n);
}

/* "name expr" calls a filter; "name + expr" and "name->member" are expressions. */
static const char *filter_argument(const char *q)
{
    const char *end = q;
    while (is_word(*end))
        end++;
    if (end == q || isdigit((unsigned char)*q) || !isspace((unsigned char)*end))
        return NULL;
    const char *arg = skip_blank(end);
    bool unary = strchr("*&-~!", *arg) != NULL && arg[0] != '\0' && arg[1] != arg[0] && arg[1] != '=' &&
                 !isspace((unsigned char)arg[1]);
    if (isalnum((unsigned char)*arg) || strchr("_\"'(", *arg) != NULL || unary)
        return arg;
    return NULL;
}

void value(struct mk *m, const char *at, const char *expr)
{
    const char *arg = filter_argument(expr);
    if (arg != NULL && strncmp(expr, "url", 3) == 0 && isspace((unsigned char)expr[3])) {
        check_one(m, at, arg, "{{url}}");
        escape_here(m, at, true);
        statement(m, at, "tpl_url(out, (%s));", arg);
    } else if (arg != NULL && strncmp(expr, "sizeof", 6) != 0) {
        int name = (int)strcspn(expr, " \t\n");
        check_list(m, at, arg, MAX_ARGS, "a filter");
        if (strcmp(escape_here(m, at, false), "html") != 0)
            fail(m, at, "the filter %.*s cannot stand in a URL", name, expr);
        m->uses_show = true;
        statement(m, at, "show_%.*s(c, out, %s);", name, expr, arg);
    } else {
        check_one(m, at, expr, "{{...}}");
        statement(m, at, "tpl_%s(out, (%s));", escape_here(m, at, false), expr);
    }
}
