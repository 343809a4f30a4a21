// SPDX-License-Identifier: EUPL-1.2
/* Texts, messages, and the C function that a page becomes. */
#include "mktpl.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *must(void *p)
{
    if (p == NULL) {
        fprintf(stderr, "mktpl: out of memory\n");
        exit(1);
    }
    return p;
}

void add(struct text *t, const char *s, size_t n)
{
    if (t->len + n + 1 > t->cap)
        t->s = must(realloc(t->s, t->cap = (t->len + n + 1) * 2));
    memcpy(t->s + t->len, s, n);
    t->s[t->len += n] = '\0';
}

void addf(struct text *t, const char *format, ...)
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

char *copy(const char *s, size_t n)
{
    return must(strndup(s, n));
}

int line_of(const struct mk *m, const char *at)
{
    int line = 1;
    for (const char *q = m->src; q < at; q++)
        line += *q == '\n';
    return line;
}

void fail(const struct mk *m, const char *at, const char *format, ...)
{
    va_list ap;
    fprintf(stderr, "%s:%d: ", m->file, line_of(m, at));
    va_start(ap, format);
    vfprintf(stderr, format, ap);
    va_end(ap);
    fputc('\n', stderr);
    exit(1);
}

bool listed(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *s = list; (s = strstr(s, name)) != NULL; s += n)
        if ((s == list || s[-1] == ' ') && (s[n] == ' ' || s[n] == '\0'))
            return n > 0;
    return false;
}

bool is_word(char ch)
{
    return isalnum((unsigned char)ch) || ch == '_';
}

bool inside(const struct mk *m, const char *list)
{
    for (int i = 0; i < m->st.depth; i++)
        if (listed(list, m->st.open[i].name))
            return true;
    return false;
}

static void line_directive(struct mk *m, const char *at)
{
    addf(&m->code, "#line %d \"%s\"\n", line_of(m, at), m->file);
}

void write_indent(struct mk *m)
{
    addf(&m->code, "%*s", 4 * m->indent, "");
}

/* Constant text as calls of at most 2000 bytes (ISO C promises literals of 4095). */
void flush(struct mk *m)
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

void literal(struct mk *m, const char *s, size_t n)
{
    if (m->blank != 0 && m->started)
        add(&m->lit, &m->blank, 1);
    m->blank = 0;
    m->started = true;
    add(&m->lit, s, n);
}

void statement(struct mk *m, const char *at, const char *format, ...)
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

void write_function(struct mk *m, const char *suffix)
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
