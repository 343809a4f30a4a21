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
 *                                                                      earlier statement of the file
 *   -- waiting_person(person int) like waiting_by_team                  only its row and shape
 *   -- waiting_count like waiting_by_team -> one (n int)               only its parameters
 * A head goes on in lines that begin with `--` and three blanks. `-- @define columns` names the lines below
 * it, up to an empty line; `@columns` in a later statement of the file stands for them. `-- @postgres` starts
 * a variant for that engine, `-- @keys` is for the key store. Comments below the head are documentation;
 * two of them are read:
 *   -- unscoped: reason     may read residents' tables without @visible(alias)
 *   -- scan: reason         may read a whole table (tests/store/test_plans.c)
 */
#include "mksql.h"

#include <stdio.h>
#include <string.h>

static int header(int n, char **path, struct sql_file *f)
{
    printf("/* made by mksql */\n#ifndef PEIL_STORE_SQL_H\n#define PEIL_STORE_SQL_H\n\n"
           "#include \"base/date.h\"\n#include \"base/text.h\"\n#include \"store/db.h\"\n");
    for (int i = 0; i < n; i++) {
        read_statements(path[i], f);
        write_header(f);
    }
    printf("\nenum sql_id {\n");
    for (int i = 0; i < n; i++) {
        read_statements(path[i], f);
        for (int k = 0; k < f->statements; k++)
            printf("    SQL_ID_%s,\n", f->statement[k].name);
    }
    printf("    SQL_IDS\n};\n\nextern const struct sql_statement *const sql_all[SQL_IDS];\n\n#endif\n");
    return 0;
}

static int all(int n, char **path, struct sql_file *f)
{
    printf("#include \"store/sql.h\"\n\nconst struct sql_statement *const sql_all[] = {\n");
    for (int i = 0; i < n; i++) {
        read_statements(path[i], f);
        for (int k = 0; k < f->statements; k++)
            printf("    &sql_statement_%s,\n", f->statement[k].name);
    }
    printf("};\n");
    return 0;
}

int main(int argc, char **argv)
{
    static struct sql_file file;

    if (argc > 2 && strcmp(argv[1], "--header") == 0)
        return header(argc - 2, argv + 2, &file);
    if (argc > 2 && strcmp(argv[1], "--all") == 0)
        return all(argc - 2, argv + 2, &file);
    if (argc > 2 && strcmp(argv[1], "--schema") == 0) {
        write_schema(argc - 2, argv + 2);
        return 0;
    }
    if (argc != 2 || argv[1][0] == '-') {
        fprintf(stderr, "usage: mksql FILE | mksql --header|--all|--schema FILE...\n");
        return 2;
    }
    read_statements(argv[1], &file);
    write_source(&file);
    return 0;
}
