// SPDX-License-Identifier: EUPL-1.2
/* What the parts of the statement compiler share. mksql.c reads the command, mksql_parse.c the SQL files,
 * mksql_check.c expands and checks a statement, mksql_write.c writes C, mksql_schema.c the migrations. A
 * mistake in a file ends the program with file and line: nothing here returns errors. */
#ifndef PEIL_TOOLS_MKSQL_H
#define PEIL_TOOLS_MKSQL_H

#include <stdbool.h>
#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define FLAT_PARAMS 4 /* more parameters go into a struct */
#define MAX_FIELDS 40
#define MAX_DEFINES 20
#define MAX_STATEMENTS 200 /* of a file */
#define SCOPE_PARAMS 8     /* the values of @visible, after the statement's own */

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
    char scan[200]; /* why it may read a whole table */
    char doc[4000];
    char text[8000], postgres[8000];
};

struct define {
    char name[48], text[2000];
};
struct sql_file {
    const char *name;
    struct define define[MAX_DEFINES];
    int defines;
    struct statement statement[MAX_STATEMENTS];
    int statements;
};

/* ---- mksql_parse.c ---- */

__attribute__((noreturn, format(printf, 3, 4))) void die(const char *file, int line, const char *format, ...);
/* Reads a file; ends the program at the first mistake. */
void read_statements(const char *path, struct sql_file *ret_file);
const char *skip(const char *p); /* past white space */
bool is_word(char ch);
/* A name from the beginning of p into to[size]; returns what follows. */
const char *word(const struct sql_file *f, const char *p, char *to, size_t size, int line);
void add(const struct sql_file *f, char *to, size_t size, const char *text, size_t len, int line);

/* ---- mksql_check.c ---- */

/* Puts in definitions and the predicate of @visible, and refuses what must not be. */
void finish_statement(const struct sql_file *f, struct statement *s);

/* ---- mksql_write.c ---- */

struct type {
    const char *name, *c_type, *member, *code;
};
const struct type *type_find(const char *name); /* NULL: no such type */
void write_header(const struct sql_file *f);
void write_source(const struct sql_file *f);
/* The text as a C literal. SQLite numbers $2 ... $1 by first appearance, so it gets ?2 ... ?1: mark '?'. */
void write_literal(const char *text, char mark);

/* ---- mksql_schema.c ---- */

void write_schema(int n, char **path);

#endif
