// SPDX-License-Identifier: EUPL-1.2
/* Branches, loops, frames and calls of other pages. */
#include "mktpl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool same_elements(const struct state *a, const struct state *b)
{
    if (a->depth != b->depth)
        return false;
    for (int i = 0; i < a->depth; i++)
        if (strcmp(a->open[i].name, b->open[i].name) != 0)
            return false;
    return true;
}

bool in_tag(const struct state *s)
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

void close_block(struct mk *m, const char *at)
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
char *page_call(struct mk *m, const char *at, const char *q, const char *suffix)
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

void slot(struct mk *m, const char *at)
{
    if (m->n_blocks > 0 || m->st.place != IN_TEXT || inside(m, "title textarea") || m->framed)
        fail(m, at, "{{slot}} stands once, between elements and outside blocks");
    write_function(m, "_before");
    m->framed = true;
    m->page_at = at;
}

void hash_directive(struct mk *m, const char *at, const char *q)
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
