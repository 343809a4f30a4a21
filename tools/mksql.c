// SPDX-License-Identifier: EUPL-1.2
/* mksql: typed statements from SQL files.
 *
 *   mksql --header a.sql b.sql ...   the header: row structs, argument structs, functions, statement numbers
 *   mksql a.sql                      the C source of one file
 *   mksql --all a.sql b.sql ...      the table of all statements (for tests)
 *   mksql --schema 0001-x.sql ...    the migrations, once for each engine
 *
 * A statement stands under its typed head:
 *   -- waiting_by_team(team int, day date?) -> (id int, name text)      rows in the arena
 *   -- request_by_id(id int) -> one (id int, number text)              exactly one row, else E_NOT_FOUND
 *   -- extract_rows(at time) => (id int, received time)                streamed, one callback a row
 *   -- event_insert(request int, kind text)                            no result
 *   -- waiting_by_heard like waiting_by_team                           parameters, row and shape of an
 * earlier statement
 *   -- waiting_person(person int) like waiting_by_team                  only its row and shape
 *   -- waiting_count like waiting_by_team -> one (n int)               only its parameters
 * `-- @define columns` names the lines below it, up to an empty line; `@columns` in a later statement of the
 * file stands for them. Comments below the head are documentation; `-- unscoped: reason` there takes a
 * statement out of the rule that whatever reads residents' tables holds @visible(alias). `-- @postgres`
 * starts a variant for that engine.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FLAT_PARAMS 4
#define MAX_FIELDS 40
#define COUNT(a) (sizeof(a) / sizeof(a)[0])

enum shape { SHAPE_NONE, SHAPE_ROWS, SHAPE_ONE, SHAPE_EACH };
struct field {
    char name[48], type[8];
};
struct statement {
    char name[80];
    char args[80], rows[80]; /* whose structs it uses: its own name, or that of the one it is like */
    int line;
    enum shape shape;
    struct field param[MAX_FIELDS], column[MAX_FIELDS];
    int params, columns;
    bool unscoped, scoped, keys;
    char doc[4000];
    char text[8000], postgres[8000];
};

static const char *file_name;
static struct define {
    char name[48], text[2000];
} defines[20];
static int define_count;

static void die(int line, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    fprintf(stderr, "%s:%d: ", file_name, line);
    vfprintf(stderr, format, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(1);
}

static const struct type {
    const char *name, *c_type, *member, *code;
} types[] = {
    { "int", "int64_t ", "i", "SQL_INT" },       { "text", "const char *", "t", "SQL_TEXT" },
    { "real", "double ", "r", "SQL_REAL" },      { "date", "int32_t ", "i", "SQL_DATE" },
    { "time", "int64_t ", "i", "SQL_TIME" },     { "bool", "bool ", "i", "SQL_BOOL" },
    { "blob", "struct blob ", "b", "SQL_BLOB" },
};

static const struct type *type_of(const char *name, int line)
{
    for (size_t i = 0; i < COUNT(types); i++)
        if (strcmp(types[i].name, name) == 0)
            return &types[i];
    die(line, "unknown type \"%s\"", name);
    return NULL;
}

static void add(char *to, size_t size, const char *text, int line)
{
    if (strlen(to) + strlen(text) + 1 > size)
        die(line, "statement too long");
    memcpy(to + strlen(to), text, strlen(text) + 1);
}

static const char *skip(const char *p)
{
    while (isspace((unsigned char)*p))
        p++;
    return p;
}

static const char *word(const char *p, char *to, size_t size, int line)
{
    size_t n = 0;

    p = skip(p);
    while (isalnum((unsigned char)*p) || *p == '_') {
        if (n + 1 >= size)
            die(line, "name too long");
        to[n++] = *p++;
    }
    to[n] = '\0';
    if (n == 0)
        die(line, "a name is missing near \"%s\"", p);
    return p;
}

/* "(a int, b text?)": the names and types; a question mark is for the reader: every value may be unknown. */
static const char *field_list(const char *p, struct field *list, int *count, int line)
{
    p = skip(p);
    if (*p++ != '(')
        die(line, "( expected");
    p = skip(p);
    while (*p != ')') {
        if (*count == MAX_FIELDS)
            die(line, "too many names");
        struct field *f = &list[(*count)++];
        p = word(p, f->name, sizeof f->name, line);
        p = word(p, f->type, sizeof f->type, line);
        type_of(f->type, line);
        p = skip(p);
        if (*p == '?')
            p = skip(p + 1);
        if (*p == ',')
            p = skip(p + 1);
        else if (*p != ')')
            die(line, ", or ) expected near \"%s\"", p);
    }
    return p + 1;
}

/* "like other": takes over the other's parameters, and its row and shape unless its own follow. */
static const char *parse_like(struct statement *s, const char *p, bool params, const struct statement *list, int n)
{
    char other[80];

    p = skip(word(p, other, sizeof other, s->line));
    for (int i = 0; i < n; i++)
        if (strcmp(list[i].name, other) == 0) {
            if (params) {
                memcpy(s->param, list[i].param, sizeof s->param);
                s->params = list[i].params;
                strcpy(s->args, list[i].args);
            }
            if (*p == '\0') {
                memcpy(s->column, list[i].column, sizeof s->column);
                s->columns = list[i].columns;
                s->shape = list[i].shape;
                strcpy(s->rows, list[i].rows);
            }
            return p;
        }
    die(s->line, "no earlier statement \"%s\"", other);
    return p;
}

static void parse_head(struct statement *s, const char *p, const struct statement *list, int n)
{
    p = skip(word(p, s->name, sizeof s->name, s->line));
    strcpy(s->args, s->name);
    strcpy(s->rows, s->name);
    bool own_params = *p == '(';
    if (own_params)
        p = skip(field_list(p, s->param, &s->params, s->line));
    if (strncmp(p, "like ", 5) == 0)
        p = parse_like(s, p + 5, !own_params, list, n);
    if (*p == '\0')
        return;
    if (strncmp(p, "->", 2) == 0)
        s->shape = SHAPE_ROWS;
    else if (strncmp(p, "=>", 2) == 0)
        s->shape = SHAPE_EACH;
    else
        die(s->line, "-> or => expected near \"%s\"", p);
    p = skip(p + 2);
    if (strncmp(p, "one", 3) == 0) {
        s->shape = SHAPE_ONE;
        p += 3;
    }
    p = skip(field_list(p, s->column, &s->columns, s->line));
    if (*p != '\0')
        die(s->line, "nothing may follow the result columns");
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

static bool has_word(const char *text, const char *w)
{
    size_t n = strlen(w);

    for (const char *p = text; (p = strstr(p, w)) != NULL; p += n)
        if ((p == text || !(isalnum((unsigned char)p[-1]) || p[-1] == '_' || p[-1] == '.')) &&
            !(isalnum((unsigned char)p[n]) || p[n] == '_' || p[n] == '.'))
            return true;
    return false;
}

/* Tables that hold something about a resident: whatever reads or changes them carries the predicate. */
static void check_scope(const struct statement *s)
{
    static const char *const residents[] = { "FROM person",     "FROM identity",   "FROM request",
                                             "FROM event",      "FROM standing",   "FROM call_list",
                                             "JOIN person",     "JOIN identity",   "JOIN request",
                                             "JOIN event",      "JOIN standing",   "JOIN call_list",
                                             "UPDATE person",   "UPDATE identity", "UPDATE standing",
                                             "UPDATE call_list" };

    if (s->unscoped || s->scoped)
        return;
    for (size_t i = 0; i < COUNT(residents); i++)
        if (has_word(s->text, residents[i]))
            die(s->line, "%s: \"%s\" without @visible(alias) or \"-- unscoped: reason\"", s->name,
                residents[i]);
}

/* @visible(a) becomes the one authorisation predicate; its three values are bound by the generated function.
 */
static void expand_visible(struct statement *s, char *text, size_t size)
{
    char out[8000] = "", alias[32], predicate[400];
    const char *p = text, *at;

    while ((at = strstr(p, "@visible(")) != NULL) {
        strncat(out, p, (size_t)(at - p));
        p = word(at + 9, alias, sizeof alias, s->line);
        if (*p++ != ')')
            die(s->line, "@visible(alias)");
        snprintf(predicate, sizeof predicate, "($%d = 1 OR %s.team = $%d OR %s.worker = $%d)", s->params + 1,
                 alias, s->params + 2, alias, s->params + 3);
        strcat(out, predicate);
        s->scoped = true;
    }
    strcat(out, p);
    if (strlen(out) + 1 > size)
        die(s->line, "statement too long");
    memcpy(text, out, strlen(out) + 1);
}

static void expand_defines(struct statement *s, char *text, size_t size)
{
    for (int i = 0; i < define_count; i++) {
        char *at = strstr(text, defines[i].name), rest[8000];
        if (at == NULL || isalnum((unsigned char)at[strlen(defines[i].name)]))
            continue;
        strcpy(rest, at + strlen(defines[i].name));
        *at = '\0';
        add(text, size, defines[i].text, s->line);
        add(text, size, rest, s->line);
    }
}

static void finish(struct statement *s)
{
    expand_defines(s, s->text, sizeof s->text);
    expand_defines(s, s->postgres, sizeof s->postgres);
    if (skip(s->text)[0] == '\0')
        die(s->line, "%s: no statement below the head", s->name);
    expand_visible(s, s->text, sizeof s->text);
    expand_visible(s, s->postgres, sizeof s->postgres);
    check_scope(s);
}

static int read_statements(const char *path, struct statement *list, int max)
{
    char line[1000], head[2000] = "";
    int n = 0, number = 0;
    bool in_head = false, variant = false, defining = false;
    FILE *f = fopen(path, "r");

    file_name = path;
    define_count = 0;
    if (f == NULL)
        die(0, "cannot be read");
    while (fgets(line, sizeof line, f) != NULL) {
        struct statement *s = n > 0 ? &list[n - 1] : NULL;
        number++;
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "-- @define ", 11) == 0) {
            if (define_count == (int)COUNT(defines))
                die(number, "too many definitions");
            struct define *d = &defines[define_count++];
            d->text[0] = '\0';
            snprintf(d->name, sizeof d->name, "@%.40s", line + 11);
            defining = true;
        } else if (defining) {
            defining = skip(line)[0] != '\0';
            add(defines[define_count - 1].text, sizeof defines[0].text, skip(line), number);
            add(defines[define_count - 1].text, sizeof defines[0].text, defining ? "\n" : "", number);
        } else if (is_head(line)) {
            if (s != NULL)
                finish(s);
            if (n == max)
                die(number, "too many statements");
            s = &list[n++];
            memset(s, 0, sizeof *s);
            s->line = number;
            variant = false;
            head[0] = '\0';
            add(head, sizeof head, line + 3, number);
            in_head = true;
        } else if (in_head && strncmp(line, "--   ", 5) == 0) {
            add(head, sizeof head, line + 4, number);
        } else {
            if (in_head)
                parse_head(s, head, list, n - 1);
            in_head = false;
            if (strncmp(line, "-- @postgres", 12) == 0)
                variant = true;
            else if (s != NULL && strncmp(line, "-- @keys", 8) == 0)
                s->keys = true;
            else if (s != NULL && strncmp(line, "-- unscoped: ", 13) == 0)
                s->unscoped = true;
            else if (s != NULL && strncmp(line, "-- ", 3) == 0) {
                add(s->doc, sizeof s->doc, " * ", number);
                add(s->doc, sizeof s->doc, line + 3, number);
                add(s->doc, sizeof s->doc, "\n", number);
            } else if (s != NULL && strncmp(line, "--", 2) != 0 && skip(line)[0] != '\0') {
                add(variant ? s->postgres : s->text, sizeof s->text, skip(line), number);
                add(variant ? s->postgres : s->text, sizeof s->text, "\n", number);
            }
        }
    }
    if (n > 0)
        finish(&list[n - 1]);
    fclose(f);
    return n;
}

static void print_params(const struct statement *s)
{
    if (s->params > FLAT_PARAMS)
        printf(", const struct sql_%s_args *args", s->args);
    else
        for (int i = 0; i < s->params; i++)
            printf(", %s%s", type_of(s->param[i].type, s->line)->c_type, s->param[i].name);
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
        printf("    %s%s;\n", type_of(f[i].type, s->line)->c_type, f[i].name);
    printf("};\n");
}

static void print_header(const struct statement *s, int n)
{
    for (int i = 0; i < n; i++, s++) {
        printf("\n/* %s\n%s */\n", file_name, s->doc);
        if (s->params > FLAT_PARAMS && strcmp(s->args, s->name) == 0)
            print_struct("args", s, s->param, s->params);
        if (s->columns > 0 && strcmp(s->rows, s->name) == 0)
            print_struct("row", s, s->column, s->columns);
        print_prototype(s);
        printf(" MUST_CHECK;\nextern const struct sql_statement sql_statement_%s;\n", s->name);
    }
}

/* The text as a C literal; SQLite numbers $2 ... $1 by first appearance, so it gets ?2 ... ?1. */
static void print_text(const char *text, char mark)
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

static void print_statement(const struct statement *s)
{
    int total = s->params + (s->scoped ? 3 : 0);

    if (s->columns > 0) {
        printf("static const struct sql_column columns_%s[] = {\n", s->name);
        for (int i = 0; i < s->columns; i++)
            printf("    { %s, offsetof(struct sql_%s_row, %s) },\n",
                   type_of(s->column[i].type, s->line)->code, s->rows, s->column[i].name);
        printf("};\n");
    }
    if (total > 0) {
        printf("static const enum sql_type params_%s[] = { ", s->name);
        for (int i = 0; i < s->params; i++)
            printf("%s, ", type_of(s->param[i].type, s->line)->code);
        printf("%s};\n", s->scoped ? "SQL_BOOL, SQL_INT, SQL_INT " : "");
    }
    printf("const struct sql_statement sql_statement_%s = {\n    .id = SQL_ID_%s,\n    .name = \"%s\",\n    "
           ".text = {\n",
           s->name, s->name, s->name);
    print_text(s->text, '?');
    print_text(s->postgres[0] != '\0' ? s->postgres : s->text, '$');
    printf("    },\n    .params = %d,\n    .columns = %d,\n", total, s->columns);
    if (total > 0)
        printf("    .param = params_%s,\n", s->name);
    if (s->keys)
        printf("    .keys = true,\n");
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
        const struct type *t = type_of(s->param[i].type, s->line);
        if (strcmp(t->name, "date") == 0)
            printf("        { .i = %s%s == DAY_NONE ? INT_NONE : %s%s },\n", from, s->param[i].name, from,
                   s->param[i].name);
        else
            printf("        { .%s = %s%s },\n", t->member, from, s->param[i].name);
    }
    if (s->scoped)
        printf("        { .i = c->scope->all }, { .i = c->scope->team }, { .i = c->scope->worker },\n");
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

/* The schema is written once, in SQLite's words; these are PostgreSQL's. */
static void print_schema(const char *path, bool postgres)
{
    static const struct {
        const char *from, *to;
    } words[] = {
        { "INTEGER PRIMARY KEY", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY" },
        { "INTEGER", "BIGINT" },
        { "REAL", "DOUBLE PRECISION" },
        { "BLOB", "BYTEA" },
        { "TEXT", "TEXT COLLATE \"C\"" },
        { ") STRICT, WITHOUT ROWID;", ");" },
        { ") STRICT;", ");" },
    };
    char line[1000], section = 'b';
    FILE *f = fopen(path, "r");

    file_name = path;
    if (f == NULL)
        die(0, "cannot be read");
    while (fgets(line, sizeof line, f) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "-- @", 4) == 0)
            section = line[4]; /* @sqlite, @postgres, @both */
        if (line[0] == '\0' || strncmp(line, "--", 2) == 0 || (section == 's' && postgres) ||
            (section == 'p' && !postgres))
            continue;
        printf("        \"");
        for (const char *p = line; *p != '\0';) {
            size_t w = COUNT(words);
            if (postgres && section == 'b')
                for (w = 0; w < COUNT(words); w++)
                    if (strncmp(p, words[w].from, strlen(words[w].from)) == 0)
                        break;
            const char *piece = w < COUNT(words) ? words[w].to : p;
            size_t n = w < COUNT(words) ? strlen(piece) : 1;
            for (size_t i = 0; i < n; i++)
                printf("%s%c", piece[i] == '"' || piece[i] == '\\' ? "\\" : "", piece[i]);
            p += w < COUNT(words) ? strlen(words[w].from) : 1;
        }
        printf("\\n\"\n");
    }
    fclose(f);
}

static int schema(int n, char **path)
{
    printf("#include \"store/migrate.h\"\n\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\nconst "
           "struct migration migrations[] = {\n");
    for (int i = 0; i < n; i++) {
        const char *base = strrchr(path[i], '/');
        printf("    { \"%s\", {\n", base != NULL ? base + 1 : path[i]);
        print_schema(path[i], false);
        printf("        ,\n");
        print_schema(path[i], true);
        printf("    } },\n");
    }
    printf("};\nconst size_t migration_count = %d;\n", n);
    return 0;
}

int main(int argc, char **argv)
{
    static struct statement list[200];
    bool header = argc > 1 && strcmp(argv[1], "--header") == 0,
         all = argc > 1 && strcmp(argv[1], "--all") == 0;

    if (argc > 1 && strcmp(argv[1], "--schema") == 0)
        return schema(argc - 2, argv + 2);
    if (argc < 2) {
        fprintf(stderr, "usage: mksql [--header | --all | --schema] FILE...\n");
        return 2;
    }
    if (header)
        printf("/* made by mksql */\n#ifndef PEIL_STORE_SQL_H\n#define PEIL_STORE_SQL_H\n\n#include "
               "\"base/date.h\"\n"
               "#include \"base/text.h\"\n#include \"store/db.h\"\n");
    if (all)
        printf("#include \"store/sql.h\"\n\nconst struct sql_statement *const sql_all[] = {\n");
    for (int i = header || all ? 2 : 1; i < argc; i++) {
        int n = read_statements(argv[i], list, COUNT(list));
        if (header) {
            print_header(list, n);
        } else if (all) {
            for (int k = 0; k < n; k++)
                printf("    &sql_statement_%s,\n", list[k].name);
        } else {
            printf("/* made by mksql from %s */\n#include \"store/sql.h\"\n\n#include <stddef.h>\n\n",
                   argv[i]);
            for (int k = 0; k < n; k++) {
                print_statement(&list[k]);
                print_function(&list[k]);
            }
        }
    }
    if (header) {
        printf("\nenum sql_id {\n");
        for (int i = 2; i < argc; i++) {
            int n = read_statements(argv[i], list, COUNT(list));
            for (int k = 0; k < n; k++)
                printf("    SQL_ID_%s,\n", list[k].name);
        }
        printf("    SQL_IDS\n};\n\nextern const struct sql_statement *const sql_all[SQL_IDS];\n\n#endif\n");
    }
    if (all)
        printf("};\n");
    return 0;
}
