// SPDX-License-Identifier: EUPL-1.2
#include "store/migrate.h"

#include "base/text.h"
#include "store/sql.h"

#include <sodium.h>
#include <string.h>

static void checksum(const struct migration *m, char hex[33])
{
    unsigned char hash[16];

    crypto_generichash(hash, sizeof hash, (const unsigned char *)m->sql[DB_SQLITE], strlen(m->sql[DB_SQLITE]),
                       NULL, 0);
    sodium_bin2hex(hex, 33, hash, sizeof hash);
}

static enum err apply(struct ctx *c, void *arg)
{
    const struct migration *m = arg;
    char hex[33];

    checksum(m, hex);
    TRY(db_script(c, m->sql[store_kind(db_store(c->db))], false));
    return sql_migration_insert(c, m->name, hex, c->now);
}

/* The list of steps and the key store exist before anything else; both scripts may run again. */
static enum err prepare(struct ctx *c)
{
    enum db_engine_kind kind = store_kind(db_store(c->db));

    TRY(db_script(c, migrations[0].sql[kind], false));
    return db_script(c, migrations[migration_count - 1].sql[kind], true);
}

static const struct sql_migration_all_row *find(const struct sql_migration_all_row *row, size_t n,
                                                const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (text_is(row[i].name, name))
            return &row[i];
    return NULL;
}

static enum err check_known(struct ctx *c, const struct sql_migration_all_row *done, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool known = false;
        for (size_t k = 1; k + 1 < migration_count; k++)
            known = known || text_is(done[i].name, migrations[k].name);
        if (!known)
            return FAIL(E_CORRUPT, "%s", _("This register was made by a newer version of Peil."));
    }
    return OK;
}

enum err migrate_until(struct ctx *c, const char *last)
{
    struct sql_migration_all_row *done;
    size_t n;

    TRY(prepare(c));
    TRY(sql_migration_all(c, &done, &n));
    TRY(check_known(c, done, n));
    for (size_t i = 1; i + 1 < migration_count; i++) {
        const struct sql_migration_all_row *before = find(done, n, migrations[i].name);
        char hex[33];
        checksum(&migrations[i], hex);
        if (before != NULL && !text_is(before->checksum, hex))
            return FAIL(E_CORRUPT, _("Step %s of this register differs from this program's."),
                        migrations[i].name);
        if (before == NULL) {
            struct migration step = migrations[i];
            TRY(db_tx(c, apply, &step));
        }
        if (text_is(migrations[i].name, last))
            break;
    }
    return OK;
}

enum err migrate(struct ctx *c)
{
    return migrate_until(c, NULL);
}
