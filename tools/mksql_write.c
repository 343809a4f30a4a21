// SPDX-License-Identifier: EUPL-1.2
/* mksql: the C that is written for statements. */
#include "mksql.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct type types[] = {
    { "int", "int64_t ", "i", "SQL_INT" },       { "text", "const char *", "t", "SQL_TEXT" },
    { "real", "double ", "r", "SQL_REAL" },      { "date", "int32_t ", "i", "SQL_DATE" },
    { "time", "int64_t ", "i", "SQL_TIME" },     { "bool", "bool ", "i", "SQL_BOOL" },
    { "blob", "struct blob ", "b", "SQL_BLOB" },
};

const struct type *type_find(const char *name)
{
    for (size_t i = 0; i < COUNT(types); i++)
        if (strcmp(types[i].name, name) == 0)
            return &types[i];
    return NULL;
}

static void print_params(const struct statement *s)
{
    if (s->params > FLAT_PARAMS)
        printf(", const struct sql_%s_args *args", s->args);
    else
        for (int i = 0; i < s->params; i++)
            printf(", %s%s", type_find(s->param[i].type)->c_type, s->param[i].name);
}

static void print_prototype(const struct statement *s)
{
    printf("enum err sql_%s%s(struct ctx *c", s->name, s->shape == SHAPE_EACH ? "_each" : "");
    print_params(s);
    if (s->shape == SHAPE_ROWS)
        printf(", struct sql_%s_row **ret_row, size_t *ret_n", s->rows);
    if (s->shape == SHAPE_ONE)
        printf(", struct sql_%s_row *ret_row", s->rows);
    if (s->shape == SHAPE_EACH)
        printf(",\n    enum err (*row)(struct ctx *c, void *arg, const struct sql_%s_row *r), void *arg",
               s->rows);
    printf(")");
}

static void print_struct(const char *kind, const struct statement *s, const struct field *f, int n)
{
    printf("struct sql_%s_%s {\n", s->name, kind);
    for (int i = 0; i < n; i++)
        printf("    %s%s;\n", type_find(f[i].type)->c_type, f[i].name);
    printf("};\n");
}

void write_header(const struct sql_file *f)
{
    for (int i = 0; i < f->statements; i++) {
        const struct statement *s = &f->statement[i];

        printf("\n/* %s\n%s */\n", f->name, s->doc);
        if (s->params > FLAT_PARAMS && strcmp(s->args, s->name) == 0)
            print_struct("args", s, s->param, s->params);
        if (s->columns > 0 && strcmp(s->rows, s->name) == 0)
            print_struct("row", s, s->column, s->columns);
        print_prototype(s);
        printf(" MUST_CHECK;\nextern const struct sql_statement sql_statement_%s;\n", s->name);
    }
}

void write_literal(const char *text, char mark)
{
    printf("        \"");
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\n')
            printf("%s", p[1] != '\0' ? " \"\n        \"" : "");
        else if (*p == '$' && isdigit((unsigned char)p[1]))
            putchar(mark);
        else if (*p == '"' || *p == '\\')
            printf("\\%c", *p);
        else
            putchar(*p);
    }
    printf("\",\n");
}

static bool is_write(const struct statement *s)
{
    static const char *const verbs[] = { "INSERT", "UPDATE", "DELETE" };

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strncmp(skip(s->text), verbs[i], strlen(verbs[i])) == 0)
            return true;
    return false;
}

static void print_statement(const struct statement *s)
{
    int total = s->params + (s->scoped ? SCOPE_PARAMS : 0);

    if (s->columns > 0) {
        printf("static const struct sql_column columns_%s[] = {\n", s->name);
        for (int i = 0; i < s->columns; i++)
            printf("    { %s, offsetof(struct sql_%s_row, %s) },\n", type_find(s->column[i].type)->code,
                   s->rows, s->column[i].name);
        printf("};\n");
    }
    if (total > 0) {
        printf("static const enum sql_type params_%s[] = { ", s->name);
        for (int i = 0; i < s->params; i++)
            printf("%s, ", type_find(s->param[i].type)->code);
        printf("%s};\n",
               s->scoped ? "SQL_INT, SQL_INT, SQL_INT, SQL_INT, SQL_INT, SQL_TIME, SQL_INT, SQL_INT " : "");
    }
    printf("const struct sql_statement sql_statement_%s = {\n    .id = SQL_ID_%s,\n    .name = \"%s\",\n    "
           ".text = {\n",
           s->name, s->name, s->name);
    write_literal(s->text, '?');
    write_literal(s->postgres[0] != '\0' ? s->postgres : s->text, '$');
    printf("    },\n    .params = %d,\n    .columns = %d,\n", total, s->columns);
    if (total > 0)
        printf("    .param = params_%s,\n", s->name);
    if (s->keys)
        printf("    .keys = true,\n");
    if (is_write(s))
        printf("    .writes = true,\n");
    if (s->scan[0] != '\0') {
        printf("    .scan =\n");
        write_literal(s->scan, '$');
    }
    if (s->columns > 0)
        printf("    .column = columns_%s,\n    .row_size = sizeof(struct sql_%s_row),\n", s->name, s->rows);
    printf("};\n");
}

static void print_values(const struct statement *s)
{
    const char *from = s->params > FLAT_PARAMS ? "args->" : "";

    if (s->params == 0 && !s->scoped)
        return;
    printf("    const union sql_value value_[] = {\n");
    for (int i = 0; i < s->params; i++) {
        const struct type *t = type_find(s->param[i].type);
        if (strcmp(t->name, "date") == 0)
            printf("        { .i = %s%s == DAY_NONE ? INT_NONE : %s%s },\n", from, s->param[i].name, from,
                   s->param[i].name);
        else
            printf("        { .%s = %s%s },\n", t->member, from, s->param[i].name);
    }
    if (s->scoped)
        printf("        { .i = c->scope->all }, { .i = c->scope->team }, { .i = c->scope->worker },\n"
               "        { .i = c->scope->office }, { .i = c->scope->account }, { .i = c->now },\n"
               "        { .i = c->scope->grants }, { .i = c->scope->blocks },\n");
    printf("    };\n");
}

static void print_function(const struct statement *s)
{
    const char *value = s->params > 0 || s->scoped ? "value_" : "NULL";

    if (s->shape == SHAPE_EACH) {
        printf("struct each_%s {\n    enum err (*row)(struct ctx *c, void *arg, const struct sql_%s_row "
               "*r);\n    void *arg;\n};\n",
               s->name, s->rows);
        printf("static enum err row_%s(struct ctx *c, void *arg, const void *r)\n{\n    struct each_%s *e = "
               "arg;\n"
               "    return e->row(c, e->arg, r);\n}\n",
               s->name, s->name);
    }
    print_prototype(s);
    printf("\n{\n");
    if (s->scoped)
        printf("    if (c->scope == NULL)\n        return FAIL(E_FORBIDDEN, \"%%s\", _(\"You may not see or "
               "do this.\"));\n");
    print_values(s);
    if (s->shape == SHAPE_NONE)
        printf("    return db_run(c, &sql_statement_%s, %s);\n", s->name, value);
    if (s->shape == SHAPE_ROWS)
        printf("    void *rows = NULL;\n    TRY(db_rows(c, &sql_statement_%s, %s, &rows, ret_n));\n    "
               "*ret_row = rows;\n"
               "    return OK;\n",
               s->name, value);
    if (s->shape == SHAPE_ONE)
        printf("    return db_one(c, &sql_statement_%s, %s, ret_row);\n", s->name, value);
    if (s->shape == SHAPE_EACH)
        printf("    struct each_%s each = { row, arg };\n    return db_each(c, &sql_statement_%s, %s, "
               "row_%s, &each);\n",
               s->name, s->name, value, s->name);
    printf("}\n\n");
}

void write_source(const struct sql_file *f)
{
    printf("/* made by mksql from %s */\n#include \"store/sql.h\"\n\n#include <stddef.h>\n\n", f->name);
    for (int i = 0; i < f->statements; i++) {
        print_statement(&f->statement[i]);
        print_function(&f->statement[i]);
    }
}
