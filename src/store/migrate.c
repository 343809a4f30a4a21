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

/* The list of steps exists before anything else; its script may run again, and so may that of the key store.
 */
static enum err make_list(struct ctx *c)
{
    return db_script(c, migrations[0].sql[store_kind(db_store(c->db))], false);
}

/* A new register gets its key store before its first step. One that has had steps has keys, and would look
 * erased with an empty store in their place. */
static enum err make_key_store(struct ctx *c, bool is_new)
{
    struct sql_key_store_row store;

    TRY(sql_key_store(c, &store));
    if (!is_new && !store.found)
        return FAIL(
            E_IO,
            _("The table with the keys of residents, %s, is not there: without it no name and no note can be "
              "read. Put it back from the back-up of the keys, and start again."),
            store.name);
    return db_script(c, migrations[migration_count - 1].sql[store_kind(db_store(c->db))], true);
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

    TRY(make_list(c));
    TRY(sql_migration_all(c, &done, &n));
    TRY(check_known(c, done, n));
    TRY(make_key_store(c, n == 0));
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
