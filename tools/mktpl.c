// SPDX-License-Identifier: EUPL-1.2
/* Compiles page templates into C functions.
 *     mktpl page.html > tpl_page.c           mktpl --header a.html b.html > tpl.h
 * The compiler follows the HTML while it reads, so that the place of a value decides its escaping and a value
 * in a place that has no safe escaping does not compile. The syntax is described in docs/templates.md; what
 * the generated code calls is in src/web/tpl_rt.h. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define MAX_DEPTH 64  /* open elements */
#define MAX_BLOCKS 32 /* open {{#...}} */
#define MAX_SEEN 512  /* ids of a page, attributes of a tag */
#define MAX_TEXTS 256 /* translations lifted out of loops */
#define MAX_ARGS 9    /* {1} .. {9} */

struct text {
    char *s;
    size_t len, cap;
};

enum place { IN_TEXT, IN_TAG, AFTER_ATTR, IN_VALUE };
enum kind { PLAIN, URL, ID, WORDS, CLOSED, BANNED }; /* of an attribute; CLOSED takes no values */
enum url { URL_START, URL_SLASH, URL_SCHEME, URL_HOST, URL_PATH };

struct element {
    char name[24];
    int line;
    bool verbatim; /* inside a name or code: words need no translation */
};

/* Where the reader is in the HTML; branches save, restore and compare it. */
struct state {
    enum place place;
    enum kind kind;
    enum url url;
    char tag[24], attr[48];
    int depth;
    struct element open[MAX_DEPTH];
};

struct seen {
    char *name;
    bool hidden; /* belongs to another branch */
};

enum block_kind { BLOCK_IF, BLOCK_EACH, BLOCK_WRAP };
struct block {
    enum block_kind kind;
    bool has_else, joined;
    const char *at, *call;
    struct state entry, join;
    size_t ids_from, attrs_from;
};

struct mk {
    const char *file, *src, *p;
    struct text out, protos, structs, includes; /* of the file */
    struct text code, lit, lift;                /* of the function */
    char *page, *params;
    const char *page_at, *value_at;
    char scheme[12];
    char blank, last; /* white space not written yet; last byte of the URL */
    bool started, framed, uses_show, refresh, content;
    int words, each_depth, indent;
    struct state st;
    struct block blocks[MAX_BLOCKS];
    struct seen ids[MAX_SEEN], attrs[MAX_SEEN];
    size_t n_blocks, n_ids, n_attrs, n_texts;
    char *texts[MAX_TEXTS];
};

static void *must(void *p)
{
    if (p == NULL) {
        fprintf(stderr, "mktpl: out of memory\n");
        exit(1);
    }
    return p;
}

static void add(struct text *t, const char *s, size_t n)
{
    if (t->len + n + 1 > t->cap)
        t->s = must(realloc(t->s, t->cap = (t->len + n + 1) * 2));
    memcpy(t->s + t->len, s, n);
    t->s[t->len += n] = '\0';
}

__attribute__((format(printf, 2, 3))) static void addf(struct text *t, const char *format, ...)
{
    char *s = NULL;
    va_list ap;
    va_start(ap, format);
    int n = vasprintf(&s, format, ap);
    va_end(ap);
    must(n < 0 ? NULL : s);
    add(t, s, (size_t)n);
    free(s);
}

static char *copy(const char *s, size_t n)
{
    return must(strndup(s, n));
}

static int line_of(const struct mk *m, const char *at)
{
    int line = 1;
    for (const char *q = m->src; q < at; q++)
        line += *q == '\n';
    return line;
}

__attribute__((noreturn, format(printf, 3, 4))) static void fail(const struct mk *m, const char *at,
                                                                 const char *format, ...)
{
    va_list ap;
    fprintf(stderr, "%s:%d: ", m->file, line_of(m, at));
    va_start(ap, format);
    vfprintf(stderr, format, ap);
    va_end(ap);
    fputc('\n', stderr);
    exit(1);
}

static bool listed(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *s = list; (s = strstr(s, name)) != NULL; s += n)
        if ((s == list || s[-1] == ' ') && (s[n] == ' ' || s[n] == '\0'))
            return n > 0;
    return false;
}

static bool is_word(char ch)
{
    return isalnum((unsigned char)ch) || ch == '_';
}

static bool is_void(const char *tag)
{
    return listed("area base br col embed hr img input link meta source track wbr", tag);
}

static bool inside(const struct mk *m, const char *list)
{
    for (int i = 0; i < m->st.depth; i++)
        if (listed(list, m->st.open[i].name))
            return true;
    return false;
}

/* ---- writing the function ---- */

static void line_directive(struct mk *m, const char *at)
{
    addf(&m->code, "#line %d \"%s\"\n", line_of(m, at), m->file);
}

static void write_indent(struct mk *m)
{
    addf(&m->code, "%*s", 4 * m->indent, "");
}

/* Constant text as calls of at most 2000 bytes (ISO C promises literals of 4095). */
static void flush(struct mk *m)
{
    size_t piece = 0;

    if (m->blank != 0 && m->started)
        add(&m->lit, &m->blank, 1);
    m->blank = 0;
    for (size_t i = 0; i < m->lit.len; i++) {
        char ch = m->lit.s[i];
        if (piece == 0) {
            write_indent(m);
            addf(&m->code, "buf_lit(out, \"");
        }
        piece++;
        if (ch == '\n')
            addf(&m->code, "\\n");
        else if (ch == '"' || ch == '\\' || (ch == '?' && i > 0 && m->lit.s[i - 1] == '?'))
            addf(&m->code, "\\%c", ch);
        else
            add(&m->code, &ch, 1);
        bool boundary = i + 1 == m->lit.len || (m->lit.s[i + 1] & 0xC0) != 0x80;
        if (i + 1 == m->lit.len || (piece >= 2000 && boundary)) {
            addf(&m->code, "\");\n");
            piece = 0;
        } else if (ch == '\n') {
            addf(&m->code, "\"\n%*s\"", 4 * m->indent + 13, "");
        }
    }
    m->lit.len = 0;
}

static void literal(struct mk *m, const char *s, size_t n)
{
    if (m->blank != 0 && m->started)
        add(&m->lit, &m->blank, 1);
    m->blank = 0;
    m->started = true;
    add(&m->lit, s, n);
}

__attribute__((format(printf, 3, 4))) static void statement(struct mk *m, const char *at, const char *format,
                                                            ...)
{
    char *s = NULL;
    va_list ap;
    flush(m);
    m->started = true;
    va_start(ap, format);
    int n = vasprintf(&s, format, ap);
    va_end(ap);
    line_directive(m, at);
    write_indent(m);
    must(n < 0 ? NULL : s);
    addf(&m->code, "%s\n", s);
    free(s);
}

/* Parameters that a page does not use are no warning. */
static void write_unused(struct mk *m)
{
    const char *q = m->params + strlen(m->params);

    while (q > m->params) {
        const char *last = q;
        while (last > m->params && !is_word(last[-1]))
            last--;
        const char *first = last;
        while (first > m->params && is_word(first[-1]))
            first--;
        addf(&m->out, "    (void)%.*s;\n", (int)(last - first), first);
        while (q > m->params && *--q != ',')
            ;
    }
}

static void write_function(struct mk *m, const char *suffix)
{
    const char *comma = m->params[0] != '\0' ? ", " : "";

    flush(m);
    addf(&m->protos, "enum err %s%s(struct ctx *c, struct buf *out%s%s) MUST_CHECK;\n", m->page, suffix,
         comma, m->params);
    addf(&m->out, "\n#line %d \"%s\"\n", line_of(m, m->page_at), m->file);
    addf(&m->out, "enum err %s%s(struct ctx *c, struct buf *out%s%s)\n{\n", m->page, suffix, comma,
         m->params);
    write_unused(m);
    addf(&m->out, "%s%s", m->lift.len > 0 ? m->lift.s : "", m->code.len > 0 ? m->code.s : "");
    addf(&m->out,
         "    return out->failed ? FAIL(E_NOMEM, \"%%s\", text_in(c->lang, err_text(E_NOMEM))) : OK;\n}\n");
    m->code.len = m->lift.len = 0;
    if (m->code.s != NULL)
        m->code.s[0] = '\0';
    if (m->lift.s != NULL)
        m->lift.s[0] = '\0';
    m->n_texts = 0;
}

/* ---- expressions inside {{ }} ---- */

static const char *skip_quoted(const char *q)
{
    char quote = *q++;
    while (*q != '\0' && *q != quote && *q != '\n')
        q += q[0] == '\\' && q[1] != '\0' ? 2 : 1;
    return *q == quote ? q + 1 : NULL;
}

static const char *skip_blank(const char *q)
{
    while (isspace((unsigned char)*q))
        q++;
    return q;
}

/* Checks one expression (or a list) and returns the end of its first item: the comma, or blank if `by_blank`.
 */
static const char *item_end(const struct mk *m, const char *at, const char *q, bool by_blank)
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

static void check_list(const struct mk *m, const char *at, const char *expr, int max, const char *what)
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

static void check_one(const struct mk *m, const char *at, const char *expr, const char *what)
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

/* The call that translates; inside loops a constant of the function. `msgid` is C source with its quotes. */
static char *translated(struct mk *m, const char *msgid)
{
    char *call = NULL;
    const char *note = strchr(msgid, '%') != NULL ? "/* xgettext:no-c-format */ " : "";
    if (m->each_depth == 0) {
        if (asprintf(&call, "%stext_in(c->lang, %s)", note, msgid) < 0)
            exit(1);
        return call;
    }
    size_t i = 0;
    while (i < m->n_texts && strcmp(m->texts[i], msgid) != 0)
        i++;
    if (i == MAX_TEXTS || asprintf(&call, "t%zu_", i) < 0)
        exit(1);
    if (i == m->n_texts) {
        m->texts[m->n_texts++] = copy(msgid, strlen(msgid));
        addf(&m->lift, "    %sconst char *const t%zu_ = text_in(c->lang, %s);\n", note, i, msgid);
    }
    return call;
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
static void translation(struct mk *m, const char *at, const char *q, bool plural)
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
        statement(m, at, "tpl_%s(out, %s);", escape, translated(m, one));
        return;
    }
    char *first = translated(m, one), *other = plural ? translated(m, many) : NULL;
    const char *place = strcmp(escape, "html") == 0 ? "TPL_HTML" : "TPL_PART";
    statement(m, at, "{ const struct tpl_arg a_[] = { %s };", args.s);
    if (plural)
        addf(&m->code, "    tpl_slots(out, %s, tpl_is_one(a_) ? %s : %s, a_, %d); }\n", place, first, other,
             n);
    else
        addf(&m->code, "    tpl_slots(out, %s, %s, a_, %d); }\n", place, first, n);
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

static void value(struct mk *m, const char *at, const char *expr)
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

/* ---- blocks ---- */

static bool same_elements(const struct state *a, const struct state *b)
{
    if (a->depth != b->depth)
        return false;
    for (int i = 0; i < a->depth; i++)
        if (strcmp(a->open[i].name, b->open[i].name) != 0)
            return false;
    return true;
}

static bool in_tag(const struct state *s)
{
    return s->place == IN_TAG || s->place == AFTER_ATTR;
}

/* Two branches meet: what follows must not depend on the way that was taken. */
static void meet(const struct mk *m, const char *at, struct state *to, const struct state *from)
{
    if (in_tag(to) && in_tag(from)) {
        to->place = AFTER_ATTR;
        return;
    }
    if (!same_elements(to, from))
        fail(m, at, "the branches leave different elements open");
    if (to->place != from->place || (to->place == IN_VALUE && to->url != from->url))
        fail(m, at, "the branches leave the page in different places");
}

static void hide(struct seen *list, size_t from, size_t to, bool hidden)
{
    for (; from < to; from++)
        list[from].hidden = hidden;
}

static void end_branch(struct mk *m, struct block *b, const char *at)
{
    if (b->joined)
        meet(m, at, &b->join, &m->st);
    else
        b->join = m->st;
    b->joined = true;
    hide(m->ids, b->ids_from, m->n_ids, true);
    hide(m->attrs, b->attrs_from, m->n_attrs, true);
}

static struct block *open_block(struct mk *m, const char *at, enum block_kind kind)
{
    if (m->n_blocks == MAX_BLOCKS)
        fail(m, at, "blocks are nested too deeply");
    if (m->st.place == IN_VALUE && m->st.url == URL_SCHEME)
        fail(m, at, "a block cannot begin inside the scheme of a URL");
    if (kind == BLOCK_EACH && in_tag(&m->st))
        fail(m, at, "{{#each}} cannot stand among attributes");
    struct block *b = &m->blocks[m->n_blocks++];
    *b = (struct block){ .kind = kind, .at = at, .entry = m->st, .ids_from = m->n_ids };
    b->attrs_from = m->st.place == IN_TEXT ? 0 : m->n_attrs;
    return b;
}

static void close_block(struct mk *m, const char *at)
{
    if (m->n_blocks == 0)
        fail(m, at, "{{/}} closes nothing");
    struct block *b = &m->blocks[m->n_blocks - 1];
    flush(m);
    end_branch(m, b, at);
    if (!b->has_else)
        meet(m, at, &b->join, &b->entry);
    hide(m->ids, b->ids_from, m->n_ids, false);
    hide(m->attrs, b->attrs_from, m->n_attrs, false);
    m->st = b->join;
    m->n_blocks--;
    m->each_depth -= b->kind == BLOCK_EACH;
    if (b->kind == BLOCK_WRAP) {
        statement(m, b->at, "TRY(%s);", b->call);
        return;
    }
    m->indent--;
    write_indent(m);
    addf(&m->code, "}\n");
}

static void other_branch(struct mk *m, const char *at, const char *cond)
{
    struct block *b = m->n_blocks > 0 ? &m->blocks[m->n_blocks - 1] : NULL;
    if (b == NULL || b->kind != BLOCK_IF || b->has_else)
        fail(m, at, "{{#else}} and {{#elif}} belong to an {{#if}} and {{#else}} comes last");
    flush(m);
    end_branch(m, b, at);
    m->st = b->entry;
    b->has_else = cond == NULL;
    m->indent--;
    if (cond == NULL) {
        statement(m, at, "} else {");
    } else {
        check_one(m, at, cond, "{{#elif}}");
        statement(m, at, "} else if (%s) {", cond);
    }
    m->indent++;
}

static void each(struct mk *m, const char *at, const char *q)
{
    const char *var = q, *var_end = item_end(m, at, var, true);
    const char *rows = skip_blank(var_end), *rows_end = item_end(m, at, rows, true);
    const char *n = skip_blank(rows_end), *end = item_end(m, at, n, true);
    int len = (int)(var_end - var);

    if (len == 0 || rows == rows_end || n == end || *end != '\0')
        fail(m, at, "write {{#each row rows n}}; an expression with blanks goes in brackets");
    open_block(m, at, BLOCK_EACH);
    m->each_depth++;
    statement(m, at,
              "for (size_t %.*s_i = 0, %.*s_n = (%s) > 0 ? (size_t)(%s) : 0; %.*s_i < %.*s_n; %.*s_i++) {",
              len, var, len, var, n, n, len, var, len, var, len, var);
    m->indent++;
    write_indent(m);
    addf(&m->code, "__typeof__(&(%.*s)[0]) %.*s = &(%.*s)[%.*s_i];\n", (int)(rows_end - rows), rows, len, var,
         (int)(rows_end - rows), rows, len, var);
    write_indent(m);
    addf(&m->code, "(void)%.*s;\n", len, var);
}

/* "name_html expr, expr" as a C call, with _before or _after behind the name. */
static char *page_call(struct mk *m, const char *at, const char *q, const char *suffix)
{
    char *call = NULL;
    q = skip_blank(q);
    int name = (int)strspn(q, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
    const char *args = skip_blank(q + name);
    if (name == 0 || (*args != '\0' && args == q + name))
        fail(m, at, "the name of a page is missing");
    if (m->st.place != IN_TEXT || inside(m, "title textarea"))
        fail(m, at, "a page can only be called between elements");
    if (*args != '\0')
        check_list(m, at, args, 20, "a page");
    if (asprintf(&call, "%.*s%s(c, out%s%s)", name, q, suffix, *args != '\0' ? ", " : "", args) < 0)
        exit(1);
    return call;
}

static void wrap(struct mk *m, const char *at, const char *q)
{
    statement(m, at, "TRY(%s);", page_call(m, at, q, "_before"));
    char *after = page_call(m, at, q, "_after");
    open_block(m, at, BLOCK_WRAP)->call = after;
}

static void slot(struct mk *m, const char *at)
{
    if (m->n_blocks > 0 || m->st.place != IN_TEXT || inside(m, "title textarea") || m->framed)
        fail(m, at, "{{slot}} stands once, between elements and outside blocks");
    write_function(m, "_before");
    m->framed = true;
    m->page_at = at;
}

static void hash_directive(struct mk *m, const char *at, const char *q)
{
    size_t n = strcspn(q, " \t\n");
    const char *rest = skip_blank(q + n);
    if (n == 3 && strncmp(q, "#if", n) == 0) {
        check_one(m, at, rest, "{{#if}}");
        open_block(m, at, BLOCK_IF);
        statement(m, at, "if (%s) {", rest);
        m->indent++;
    } else if (n == 5 && strncmp(q, "#elif", n) == 0) {
        other_branch(m, at, rest);
    } else if (n == 5 && strncmp(q, "#else", n) == 0 && *rest == '\0') {
        other_branch(m, at, NULL);
    } else if (n == 5 && strncmp(q, "#each", n) == 0) {
        each(m, at, rest);
    } else if (n == 5 && strncmp(q, "#wrap", n) == 0) {
        wrap(m, at, rest);
    } else {
        fail(m, at, "unknown {{%s}}: there are #if #elif #else #each #wrap", q);
    }
}

/* A block directive or comment alone on its line leaves no empty line behind. */
static void skip_line_end(struct mk *m, const char *at)
{
    const char *before = at, *after = m->p;
    while (before > m->src && (before[-1] == ' ' || before[-1] == '\t'))
        before--;
    while (*after == ' ' || *after == '\t' || *after == '\r')
        after++;
    if (m->st.place == IN_TEXT && !inside(m, "pre textarea") && (before == m->src || before[-1] == '\n') &&
        *after == '\n')
        m->p = skip_blank(after);
}

static void directive(struct mk *m)
{
    const char *at = m->p, *end = at + 2;

    if (at[2] == '!') {
        if ((end = strstr(at, "}}")) == NULL)
            fail(m, at, "a comment is not closed");
        m->p = end + 2;
        skip_line_end(m, at);
        return;
    }
    while (*end != '\0' && strncmp(end, "}}", 2) != 0)
        if (*end == '"' || *end == '\'') {
            if ((end = skip_quoted(end)) == NULL)
                fail(m, at, "a quote is not closed on its line");
        } else {
            end++;
        }
    if (*end == '\0')
        fail(m, at, "{{ is not closed");
    m->p = end + 2;
    const char *start = skip_blank(at + 2);
    while (end > start && isspace((unsigned char)end[-1]))
        end--;
    char *q = copy(start, (size_t)(end > start ? end - start : 0));
    for (char *s = q; *s != '\0'; s++) /* a line break inside {{ }} is a blank */
        *s = *s == '\n' || *s == '\r' ? ' ' : *s;
    if (q[0] == '#') {
        hash_directive(m, at, q);
        skip_line_end(m, at);
    } else if (strcmp(q, "/") == 0) {
        close_block(m, at);
        skip_line_end(m, at);
    } else if (q[0] == '>') {
        statement(m, at, "TRY(%s);", page_call(m, at, q + 1, ""));
    } else if (strcmp(q, "slot") == 0) {
        slot(m, at);
    } else if (q[0] == '_' && (q[1] == ' ' || q[1] == '"')) {
        translation(m, at, q + 1, false);
    } else if (strncmp(q, "_n ", 3) == 0) {
        translation(m, at, q + 2, true);
    } else {
        value(m, at, q);
    }
    m->words = 0;
}

/* ---- HTML ---- */

static void remember(struct mk *m, struct seen *list, size_t *n, const char *name, size_t len,
                     const char *what)
{
    for (size_t i = 0; i < *n; i++)
        if (!list[i].hidden && strlen(list[i].name) == len && strncasecmp(list[i].name, name, len) == 0)
            fail(m, m->p, "the %s %.*s stands here twice", what, (int)len, name);
    if (*n == MAX_SEEN)
        fail(m, m->p, "too many of one kind: %s", what);
    list[(*n)++] = (struct seen){ .name = copy(name, len) };
}

static bool has_attr(const struct mk *m, const char *name)
{
    for (size_t i = 0; i < m->n_attrs; i++)
        if (strcasecmp(m->attrs[i].name, name) == 0)
            return true;
    return false;
}

static enum kind kind_of(const char *attr)
{
    if (strcasecmp(attr, "style") == 0 || strcasecmp(attr, "srcdoc") == 0 || strncasecmp(attr, "on", 2) == 0)
        return BANNED;
    if (listed("href src action formaction poster cite data xlink:href manifest background longdesc", attr))
        return URL;
    if (strcmp(attr, "id") == 0)
        return ID;
    if (listed("alt title placeholder label summary aria-label aria-description aria-valuetext", attr))
        return WORDS;
    if (listed("srcset imagesrcset ping http-equiv sandbox attributename from to values by", attr))
        return CLOSED;
    return PLAIN;
}

static void attribute(struct mk *m)
{
    size_t n = 0;
    while (isalnum((unsigned char)m->p[n]) || (m->p[n] != '\0' && strchr("-_:.", m->p[n]) != NULL))
        n++;
    if (n == 0 || n >= sizeof m->st.attr)
        fail(m, m->p, "this cannot stand in <%s>", m->st.tag);
    if (m->st.place != IN_TAG)
        fail(m, m->p, "a blank is missing before this attribute");
    for (size_t i = 0; i <= n; i++)
        m->st.attr[i] = (char)(i < n ? tolower((unsigned char)m->p[i]) : '\0');
    m->st.kind = kind_of(m->st.attr);
    if (m->st.kind == BANNED)
        fail(m, m->p, "%s is not allowed: no inline script, style or document", m->st.attr);
    remember(m, m->attrs, &m->n_attrs, m->p, n, "attribute");
    m->refresh |= strcmp(m->st.attr, "http-equiv") == 0;
    literal(m, " ", 1);
    literal(m, m->p, n);
    m->p += n;
    m->st.place = AFTER_ATTR;
    if (m->p[0] != '=')
        return;
    if (m->p[1] != '"')
        fail(m, m->p, "the value of %s must stand in double quotes", m->st.attr);
    literal(m, "=\"", 2);
    m->p += 2;
    m->st.place = IN_VALUE;
    m->st.url = URL_START;
    m->value_at = m->p;
    m->words = 0;
}

static void end_value(struct mk *m)
{
    struct block *b = m->n_blocks > 0 ? &m->blocks[m->n_blocks - 1] : NULL;
    size_t n = (size_t)(m->p - m->value_at);

    if (b != NULL && b->entry.place == IN_VALUE)
        fail(m, m->p, "a branch cannot end the attribute it stands in");
    if (m->st.kind == URL && m->st.url == URL_SCHEME)
        fail(m, m->p, "a URL starts with / # ? . or https: mailto: tel:");
    if (m->st.kind == ID) {
        remember(m, m->ids, &m->n_ids, m->value_at, n, "id");
        if (m->each_depth > 0 && memmem(m->value_at, n, "{{", 2) == NULL)
            fail(m, m->p, "this id is repeated by the loop: give it a value, id=\"row-{{row->id}}\"");
    }
    if (strcmp(m->st.attr, "translate") == 0 && n == 2 && strncmp(m->value_at, "no", 2) == 0)
        m->st.open[m->st.depth].verbatim = true;
    literal(m, "\"", 1);
    m->p++;
    m->st.place = AFTER_ATTR;
}

static void url_byte(struct mk *m, char ch)
{
    struct state *s = &m->st;
    size_t n = strlen(m->scheme);

    if (s->url == URL_START) {
        m->scheme[0] = '\0';
        n = 0;
        if (!isalpha((unsigned char)ch) && strchr("/#?.", ch) == NULL)
            fail(m, m->p, "a URL starts with / # ? . or https: mailto: tel:");
        s->url = ch == '/' ? URL_SLASH : isalpha((unsigned char)ch) ? URL_SCHEME : URL_PATH;
    } else if (s->url == URL_SLASH) {
        s->url = ch == '/' ? URL_HOST : URL_PATH;
    } else if (s->url == URL_HOST && ch == '/' && m->last != '/' && m->last != ':') {
        s->url = URL_PATH;
    }
    if (s->url == URL_SCHEME && ch != ':' && n + 1 < sizeof m->scheme) {
        m->scheme[n] = ch;
        m->scheme[n + 1] = '\0';
    } else if (s->url == URL_SCHEME) {
        if (!listed("http https mailto tel", m->scheme))
            fail(m, m->p, "a URL starts with / # ? . or https: mailto: tel:");
        s->url = m->scheme[0] == 'h' ? URL_HOST : URL_PATH;
    }
    m->last = ch;
}

static void end_tag_open(struct mk *m)
{
    static const struct {
        const char *tag, *attr;
    } needs[] = { { "img", "alt" }, { "html", "lang" }, { "iframe", "title" }, { "script", "src" } };
    bool closed = m->p[0] == '/';

    if (m->n_blocks > 0 && m->blocks[m->n_blocks - 1].entry.place != IN_TEXT)
        fail(m, m->p, "a branch cannot end the tag it stands in");
    if (closed && (m->p[1] != '>' || (!is_void(m->st.tag) && !inside(m, "svg math"))))
        fail(m, m->p, "<%s/> is not HTML: write <%s></%s>", m->st.tag, m->st.tag, m->st.tag);
    for (size_t i = 0; i < COUNT(needs); i++)
        if (strcmp(needs[i].tag, m->st.tag) == 0 && !has_attr(m, needs[i].attr))
            fail(m, m->p, "<%s> needs %s", needs[i].tag, needs[i].attr);
    if (m->refresh && m->content)
        fail(m, m->p, "a value cannot stand in content beside http-equiv");
    m->p += closed ? 2 : 1;
    m->st.place = IN_TEXT;
    m->words = 0;
    if (is_void(m->st.tag)) {
        literal(m, ">", 1);
        return;
    }
    literal(m, closed ? "/>" : ">", closed ? 2 : 1);
    m->st.depth += !closed;
    if (strcmp(m->st.tag, "script") == 0 && strncmp(m->p, "</script>", 9) != 0)
        fail(m, m->p, "no inline script: <script src=\"...\"></script>");
    if (listed("pre textarea", m->st.tag) && *m->p != '\n') /* browsers drop the first line break */
        literal(m, "\n", 1);
}

static void check_nesting(const struct mk *m, const char *tag)
{
    if (listed("style xmp plaintext noembed noframes", tag))
        fail(m, m->p, "<%s> is not allowed", tag);
    if (inside(m, "title textarea"))
        fail(m, m->p, "only text can stand inside <title> and <textarea>");
    if (listed("a form button label option", tag) && inside(m, tag))
        fail(m, m->p, "<%s> cannot stand inside <%s>", tag, tag);
    if (inside(m, "p") &&
        listed("address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 "
               "h4 h5 h6 header hr main nav ol p pre section table ul",
               tag))
        fail(m, m->p, "<%s> cannot stand inside <p>: browsers would end the paragraph", tag);
    if (m->st.depth + 1 == MAX_DEPTH)
        fail(m, m->p, "elements are nested too deeply");
}

static void tag_open(struct mk *m, size_t n)
{
    struct state *s = &m->st;

    snprintf(s->tag, sizeof s->tag, "%.*s", (int)n, m->p + 1);
    check_nesting(m, s->tag);
    bool verbatim = (s->depth > 0 && s->open[s->depth - 1].verbatim) || listed("code kbd samp var", s->tag);
    s->open[s->depth] = (struct element){ .line = line_of(m, m->p), .verbatim = verbatim };
    snprintf(s->open[s->depth].name, sizeof s->open[0].name, "%s", s->tag);
    m->n_attrs = 0;
    m->refresh = m->content = false;
    literal(m, m->p, n + 1);
    m->p += n + 1;
    s->place = AFTER_ATTR;
}

static void tag_close(struct mk *m, size_t n)
{
    struct state *s = &m->st;
    const struct element *e = s->depth > 0 ? &s->open[s->depth - 1] : NULL;

    if (m->p[2 + n] != '>')
        fail(m, m->p, "a closing tag holds only its name");
    if (e == NULL)
        fail(m, m->p, "</%.*s> closes nothing", (int)n, m->p + 2);
    if (strlen(e->name) != n || strncmp(e->name, m->p + 2, n) != 0)
        fail(m, m->p, "</%.*s> stands where <%s> of line %d must be closed", (int)n, m->p + 2, e->name,
             e->line);
    s->depth--;
    literal(m, m->p, n + 3);
    m->p += n + 3;
    m->words = 0;
}

static void markup(struct mk *m)
{
    bool closing = m->p[1] == '/';
    const char *name = m->p + (closing ? 2 : 1);
    size_t n = 0;

    if (strncmp(m->p, "<!--", 4) == 0) {
        const char *end = strstr(m->p, "-->"), *value_in = strstr(m->p, "{{");
        if (end == NULL || (value_in != NULL && value_in < end))
            fail(m, m->p, "%s",
                 end == NULL ? "a comment is not closed" : "no {{ }} in a comment: use {{! ... }}");
        m->p = end + 3;
        return;
    }
    if (strncasecmp(m->p, "<!doctype html>", 15) == 0) {
        literal(m, m->p, 15);
        m->p += 15;
        return;
    }
    while (isalnum((unsigned char)name[n]) || (n > 0 && name[n] == '-'))
        n++;
    if (n == 0 || n >= sizeof m->st.tag)
        fail(m, m->p,
             strncmp(name, "{{", 2) == 0 ? "a value cannot be a tag name" : "write &lt; for a bare '<'");
    if (closing)
        tag_close(m, n);
    else
        tag_open(m, n);
}

static void entity(struct mk *m)
{
    size_t n = 1;
    while (isalnum((unsigned char)m->p[n]) || (n == 1 && m->p[n] == '#'))
        n++;
    if (n == 1 || m->p[n] != ';')
        fail(m, m->p, "write &amp; for a bare '&'");
    literal(m, m->p, n + 1);
    m->p += n + 1;
    m->words = 0;
}

/* A word that nobody can translate is a mistake. */
static void check_word(struct mk *m, char ch)
{
    const struct state *s = &m->st;
    bool letter = isalpha((unsigned char)ch) || (ch & 0x80) != 0;
    bool counts = s->place == IN_TEXT ? s->depth == 0 || !s->open[s->depth - 1].verbatim
                                      : s->kind == WORDS && !s->open[s->depth].verbatim;
    m->words = letter && counts ? m->words + 1 : 0;
    if (m->words == 2 && isalpha((unsigned char)ch))
        fail(m, m->p,
             "words must be translated: {{_ \"...\"}}, or stand in an element with translate=\"no\"");
}

static void text_byte(struct mk *m)
{
    char ch = *m->p;
    if (isspace((unsigned char)ch) && !inside(m, "pre textarea")) {
        if (m->started && m->blank != '\n')
            m->blank = ch == '\n' ? '\n' : ' ';
        m->words = 0;
        m->p++;
        return;
    }
    check_word(m, ch);
    literal(m, m->p++, 1);
}

static void byte(struct mk *m)
{
    char ch = *m->p;

    if (m->st.place == IN_TEXT) {
        if (ch == '<')
            markup(m);
        else if (ch == '&')
            entity(m);
        else
            text_byte(m);
    } else if (m->st.place == IN_VALUE) {
        if (ch == '"') {
            end_value(m);
            return;
        }
        check_word(m, ch);
        if (m->st.kind == URL)
            url_byte(m, ch);
        if (ch == '&')
            entity(m);
        else
            literal(m, m->p++, 1);
    } else if (ch == '>' || ch == '/') {
        end_tag_open(m);
    } else if (isspace((unsigned char)ch)) {
        m->st.place = IN_TAG;
        m->p++;
    } else {
        attribute(m);
    }
}

/* ---- the file ---- */

static void end_page(struct mk *m)
{
    if (m->page == NULL)
        return;
    if (m->n_blocks > 0)
        fail(m, m->blocks[m->n_blocks - 1].at, "this block is never closed");
    if (m->st.place != IN_TEXT)
        fail(m, m->p, "the page ends inside <%s>", m->st.tag);
    if (m->st.depth > 0)
        fail(m, m->p, "<%s> of line %d is never closed", m->st.open[m->st.depth - 1].name,
             m->st.open[m->st.depth - 1].line);
    m->blank = 0;
    write_function(m, m->framed ? "_after" : "");
}

static void declare_structs(struct mk *m)
{
    if (strstr(m->params, "enum ") != NULL && strstr(m->params, "enum lang ") == NULL)
        fail(m, m->page_at,
             "a page takes pointers to structs, text and integers; put the enum in its struct");
    for (const char *q = m->params; (q = strstr(q, "struct ")) != NULL; q += 7) {
        char line[128];
        int n = (int)strspn(q + 7, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
        snprintf(line, sizeof line, "struct %.*s;\n", n, q + 7);
        if (m->structs.s == NULL || strstr(m->structs.s, line) == NULL)
            addf(&m->structs, "%s", line);
    }
}

/* @page name(parameters) */
static void begin_page(struct mk *m, const char *line, size_t n)
{
    const char *open = memchr(line, '(', n);
    const char *close = memrchr(line, ')', n);

    end_page(m);
    m->page_at = m->p;
    if (open == NULL || close == NULL || close < open || open == line)
        fail(m, m->p, "write @page name(parameters)");
    m->page = copy(line, (size_t)(open - line));
    m->params = copy(open + 1, (size_t)(close - open - 1));
    if (strcmp(m->params, "void") == 0)
        m->params[0] = '\0';
    declare_structs(m);
    m->st.place = IN_TEXT;
    m->st.depth = 0;
    m->n_ids = 0;
    m->blank = 0;
    m->started = m->framed = false;
    m->indent = 1;
}

static bool at_line(struct mk *m)
{
    const char *end = m->p + strcspn(m->p, "\n");

    if (m->p > m->src && m->p[-1] != '\n')
        return false;
    if (strncmp(m->p, "@page ", 6) == 0) {
        const char *start = m->p + 5 + strspn(m->p + 5, " ");
        begin_page(m, start, (size_t)(end - start));
    } else if (strncmp(m->p, "@include ", 9) == 0) {
        addf(&m->includes, "#include %.*s\n", (int)(end - m->p - 9), m->p + 9);
    } else {
        return false;
    }
    m->p = end;
    return true;
}

static void compile(struct mk *m)
{
    while (*m->p != '\0') {
        if (*m->p == '@' && m->st.place == IN_TEXT && at_line(m))
            continue;
        if (m->page == NULL && !isspace((unsigned char)*m->p) && strncmp(m->p, "{{!", 3) != 0)
            fail(m, m->p, "before the first @page only comments and @include can stand");
        if (strncmp(m->p, "{{", 2) == 0)
            directive(m);
        else if (m->page == NULL)
            m->p++;
        else
            byte(m);
    }
    end_page(m);
    if (m->page == NULL)
        fail(m, m->p, "the file holds no @page");
}

static void load(struct mk *m, const char *file)
{
    FILE *f = fopen(file, "rb");
    struct text t = { 0 };
    char block[8192];
    size_t n;

    if (f == NULL) {
        perror(file);
        exit(1);
    }
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        add(&t, block, n);
    add(&t, "", 0);
    fclose(f);
    if (strlen(t.s) != t.len) {
        fprintf(stderr, "%s:1: the file holds a NUL byte\n", file);
        exit(1);
    }
    m->file = file;
    m->src = m->p = t.s;
}

static const char *or_empty(const struct text *t)
{
    return t->s != NULL ? t->s : "";
}

static void write_page(const char *file)
{
    struct mk *m = must(calloc(1, sizeof *m));
    load(m, file);
    compile(m);
    printf("// SPDX-License-Identifier: EUPL-1.2\n/* Made by mktpl from %s: edit that. */\n", file);
    printf("#include \"web/tpl.h\"\n\n%s%s#include \"web/tpl_rt.h\"\n\n#include <stddef.h>\n",
           or_empty(&m->includes), m->uses_show ? "#include \"web/show.h\"\n" : "");
    fputs(or_empty(&m->out), stdout);
}

static void write_header(int n, char **file)
{
    struct text structs = { 0 }, protos = { 0 };
    for (int i = 0; i < n; i++) {
        struct mk *m = must(calloc(1, sizeof *m));
        load(m, file[i]);
        compile(m);
        addf(&structs, "%s", or_empty(&m->structs));
        addf(&protos, "\n/* %s */\n%s", file[i], or_empty(&m->protos));
    }
    printf("// SPDX-License-Identifier: EUPL-1.2\n/* Made by mktpl: one function a page. */\n"
           "#ifndef PEIL_WEB_TPL_H\n#define PEIL_WEB_TPL_H\n\n#include \"base/buf.h\"\n#include "
           "\"base/ctx.h\"\n\n"
           "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n%s%s\n#endif\n",
           or_empty(&structs), or_empty(&protos));
}

int main(int argc, char **argv)
{
    if (argc >= 2 && strcmp(argv[1], "--header") == 0) {
        write_header(argc - 2, argv + 2);
    } else if (argc == 2) {
        write_page(argv[1]);
    } else {
        fprintf(stderr, "usage: mktpl page.html > page.c | mktpl --header page.html... > tpl.h\n");
        return 2;
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
