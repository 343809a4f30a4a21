// SPDX-License-Identifier: EUPL-1.2
/* Compiles page templates into C functions.
 *     mktpl page.html > tpl_page.c           mktpl --header a.html b.html > tpl.h
 * The compiler follows the HTML while it reads, so that the place of a value decides its escaping and a value
 * in a place that has no safe escaping does not compile. The syntax is described in docs/templates.md; what
 * the generated code calls is in src/web/tpl_rt.h. */
#include "mktpl.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
