// SPDX-License-Identifier: EUPL-1.2
/* mksql: heads, statements and definitions of an SQL file. */
#include "mksql.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void die(const char *file, int line, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(1);
}

void add(const struct sql_file *f, char *to, size_t size, const char *text, size_t len, int line)
{
    size_t have = strlen(to);

    if (have + len + 1 > size)
        die(f->name, line, "too long: %zu characters is the limit", size - 1);
    memcpy(to + have, text, len);
    to[have + len] = '\0';
}

static void add_line(const struct sql_file *f, char *to, size_t size, const char *text, int line)
{
    add(f, to, size, text, strlen(text), line);
    add(f, to, size, "\n", 1, line);
}

const char *skip(const char *p)
{
    while (isspace((unsigned char)*p))
        p++;
    return p;
}

bool is_word(char ch)
{
    return isalnum((unsigned char)ch) || ch == '_';
}

const char *word(const struct sql_file *f, const char *p, char *to, size_t size, int line)
{
    size_t n = 0;

    p = skip(p);
    while (is_word(*p)) {
        if (n + 1 >= size)
            die(f->name, line, "name too long");
        to[n++] = *p++;
    }
    to[n] = '\0';
    if (n == 0)
        die(f->name, line, "a name is missing near \"%s\"", p);
    return p;
}

/* "(a int, b text?)": the names and types; a question mark is for the reader: every value may be unknown. */
static const char *field_list(const struct sql_file *f, const char *p, struct field *list, int *count,
                              int line)
{
    p = skip(p);
    if (*p++ != '(')
        die(f->name, line, "( expected");
    p = skip(p);
    while (*p != ')') {
        if (*count == MAX_FIELDS)
            die(f->name, line, "more than %d names", MAX_FIELDS);
        struct field *k = &list[(*count)++];
        p = word(f, p, k->name, sizeof k->name, line);
        p = word(f, p, k->type, sizeof k->type, line);
        if (type_find(k->type) == NULL)
            die(f->name, line, "unknown type \"%s\"", k->type);
        for (int i = 0; i < *count - 1; i++)
            if (strcmp(list[i].name, k->name) == 0)
                die(f->name, line, "\"%s\" twice", k->name);
        p = skip(p);
        if (*p == '?')
            p = skip(p + 1);
        if (*p == ',')
            p = skip(p + 1);
        else if (*p != ')')
            die(f->name, line, ", or ) expected near \"%s\"", p);
    }
    return p + 1;
}

static const struct statement *earlier(const struct sql_file *f, const char *name, int line)
{
    for (int i = 0; i < f->statements - 1; i++)
        if (strcmp(f->statement[i].name, name) == 0)
            return &f->statement[i];
    die(f->name, line, "no earlier statement \"%s\"", name);
}

/* "like other": takes over the other's parameters, and its row and shape unless its own follow. */
static const char *parse_like(const struct sql_file *f, struct statement *s, const char *p, bool params)
{
    char name[sizeof s->name];
    const struct statement *other;

    p = skip(word(f, p, name, sizeof name, s->line));
    other = earlier(f, name, s->line);
    if (params) {
        memcpy(s->param, other->param, sizeof s->param);
        s->params = other->params;
        memcpy(s->args, other->args, sizeof s->args);
    }
    if (*p == '\0') {
        memcpy(s->column, other->column, sizeof s->column);
        s->columns = other->columns;
        s->shape = other->shape;
        memcpy(s->rows, other->rows, sizeof s->rows);
    }
    return p;
}

static void parse_head(const struct sql_file *f, struct statement *s, const char *p)
{
    p = skip(word(f, p, s->name, sizeof s->name, s->line));
    for (int i = 0; i < f->statements - 1; i++)
        if (strcmp(f->statement[i].name, s->name) == 0)
            die(f->name, s->line, "a second statement \"%s\"", s->name);
    memcpy(s->args, s->name, sizeof s->args);
    memcpy(s->rows, s->name, sizeof s->rows);
    bool own_params = *p == '(';
    if (own_params)
        p = skip(field_list(f, p, s->param, &s->params, s->line));
    if (strncmp(p, "like ", 5) == 0)
        p = parse_like(f, s, p + 5, !own_params);
    if (*p == '\0')
        return;
    if (strncmp(p, "->", 2) == 0)
        s->shape = SHAPE_ROWS;
    else if (strncmp(p, "=>", 2) == 0)
        s->shape = SHAPE_EACH;
    else
        die(f->name, s->line, "-> or => expected near \"%s\"", p);
    p = skip(p + 2);
    if (s->shape == SHAPE_ROWS && strncmp(p, "one", 3) == 0 && !is_word(p[3])) {
        s->shape = SHAPE_ONE;
        p += 3;
    }
    p = skip(field_list(f, p, s->column, &s->columns, s->line));
    if (*p != '\0')
        die(f->name, s->line, "nothing may follow the result columns");
    if (s->columns == 0)
        die(f->name, s->line, "no result columns: leave the arrow out");
}

static bool is_head(const char *line)
{
    const char *p = line + 3;

    if (strncmp(line, "-- ", 3) != 0 || !islower((unsigned char)*p))
        return false;
    while (islower((unsigned char)*p) || isdigit((unsigned char)*p) || *p == '_')
        p++;
    return *p == '(' || strncmp(p, " like ", 6) == 0;
}

/* Where the reader is. */
struct reader {
    struct sql_file *f;
    int line;
    char head[2000]; /* of the last statement, until it is complete */
    bool in_head, variant, defining;
};

static struct statement *last(struct sql_file *f)
{
    return f->statements > 0 ? &f->statement[f->statements - 1] : NULL;
}

static void start_define(struct reader *r, const char *name)
{
    struct sql_file *f = r->f;

    if (f->defines == MAX_DEFINES)
        die(f->name, r->line, "more than %d definitions", MAX_DEFINES);
    struct define *d = &f->define[f->defines++];
    *d = (struct define){ .name = "@" };
    name = word(f, name, d->name + 1, sizeof d->name - 1, r->line);
    if (skip(name)[0] != '\0')
        die(f->name, r->line, "nothing may follow the name of a definition");
    r->defining = true;
}

static void start_statement(struct reader *r, const char *head)
{
    struct sql_file *f = r->f;

    if (f->statements > 0)
        finish_statement(f, last(f));
    if (f->statements == MAX_STATEMENTS)
        die(f->name, r->line, "more than %d statements", MAX_STATEMENTS);
    f->statements++;
    *last(f) = (struct statement){ .line = r->line };
    r->head[0] = '\0';
    r->variant = false;
    r->in_head = true;
    add(f, r->head, sizeof r->head, head, strlen(head), r->line);
}

/* A reason must be given, or there is none. */
static bool reason(const struct reader *r, const char *line, const char *mark, const char **ret_reason)
{
    if (strncmp(line, mark, strlen(mark)) != 0)
        return false;
    *ret_reason = skip(line + strlen(mark));
    if (**ret_reason == '\0')
        die(r->f->name, r->line, "\"%s\" needs a reason", mark);
    return true;
}

static void read_comment(struct reader *r, struct statement *s, const char *line)
{
    const char *why;

    if (strncmp(line, "-- @postgres", 12) == 0)
        r->variant = true;
    else if (strncmp(line, "-- @keys", 8) == 0)
        s->keys = true;
    else if (strncmp(line, "-- @", 4) == 0)
        die(r->f->name, r->line, "unknown \"%s\"", line + 3);
    else if (reason(r, line, "-- unscoped:", &why))
        s->unscoped = true;
    else if (reason(r, line, "-- scan:", &why))
        add(r->f, s->scan, sizeof s->scan, why, strlen(why), r->line);
    else if (strncmp(line, "-- ", 3) == 0) {
        add(r->f, s->doc, sizeof s->doc, " * ", 3, r->line);
        add_line(r->f, s->doc, sizeof s->doc, line + 3, r->line);
    }
}

static void read_line(struct reader *r, const char *line)
{
    struct sql_file *f = r->f;

    if (strncmp(line, "-- @define ", 11) == 0) {
        start_define(r, line + 11);
        return;
    }
    if (r->defining) {
        struct define *d = &f->define[f->defines - 1];
        r->defining = skip(line)[0] != '\0';
        if (r->defining)
            add_line(f, d->text, sizeof d->text, skip(line), r->line);
        return;
    }
    if (is_head(line)) {
        start_statement(r, line + 3);
        return;
    }
    if (r->in_head && strncmp(line, "--   ", 5) == 0) {
        add(f, r->head, sizeof r->head, line + 4, strlen(line + 4), r->line);
        return;
    }
    struct statement *s = last(f);
    if (r->in_head)
        parse_head(f, s, r->head);
    r->in_head = false;
    if (strncmp(line, "--", 2) == 0) {
        if (s != NULL)
            read_comment(r, s, line);
    } else if (skip(line)[0] != '\0') {
        if (s == NULL)
            die(f->name, r->line, "a statement without a head");
        add_line(f, r->variant ? s->postgres : s->text, sizeof s->text, skip(line), r->line);
    }
}

void read_statements(const char *path, struct sql_file *ret_file)
{
    struct reader r = { .f = ret_file };
    char line[1000];
    FILE *in = fopen(path, "r");

    ret_file->name = path;
    ret_file->defines = ret_file->statements = 0;
    if (in == NULL)
        die(path, 0, "cannot be read");
    while (fgets(line, sizeof line, in) != NULL) {
        r.line++;
        if (strchr(line, '\n') == NULL && !feof(in))
            die(path, r.line, "line too long");
        line[strcspn(line, "\n")] = '\0';
        read_line(&r, line);
    }
    fclose(in);
    if (r.in_head)
        parse_head(ret_file, last(ret_file), r.head);
    if (ret_file->statements > 0)
        finish_statement(ret_file, last(ret_file));
}
