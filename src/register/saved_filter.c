// SPDX-License-Identifier: EUPL-1.2
#include "register/saved_filter.h"

#include "base/text.h"
#include "register/right.h"
#include "store/sql.h"

#include <string.h>

static enum err check_user(struct ctx *c)
{
    TRY(may(c, RIGHT_LOGGED_IN));
    return c->actor->account == INT_NONE ? FAIL(E_NOT_FOUND, "%s", _("The command line has no account."))
                                         : OK;
}

enum err saved_filter_list(struct ctx *c, const char *page, struct saved_filter **ret_filter, size_t *ret_n)
{
    struct sql_saved_filters_row *row;
    struct saved_filter *f;
    size_t n = 0;

    *ret_n = 0;
    if (c->actor == NULL || c->actor->account == INT_NONE)
        return OK;
    TRY(sql_saved_filters(c, c->actor->account, c->actor->team, page, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *f, (void *)&f));
    for (size_t i = 0; i < n; i++)
        f[i] = (struct saved_filter){ .id = row[i].id,
                                      .page = page,
                                      .name = row[i].name,
                                      .query = row[i].query,
                                      .shared = row[i].team != INT_NONE,
                                      .own = row[i].account == c->actor->account,
                                      .who = row[i].who };
    *ret_filter = f;
    *ret_n = n;
    return OK;
}

enum err saved_filter_own(struct ctx *c, struct saved_filter **ret_filter, size_t *ret_n)
{
    struct sql_saved_filters_own_row *row;
    struct saved_filter *f;
    size_t n;

    TRY(check_user(c));
    TRY(sql_saved_filters_own(c, c->actor->account, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *f, (void *)&f));
    for (size_t i = 0; i < n; i++)
        f[i] = (struct saved_filter){ .id = row[i].id,
                                      .page = row[i].page,
                                      .name = row[i].name,
                                      .query = row[i].query,
                                      .shared = row[i].team != INT_NONE,
                                      .own = true };
    *ret_filter = f;
    *ret_n = n;
    return OK;
}

enum err saved_filter_get(struct ctx *c, int64_t id, struct saved_filter *ret_filter)
{
    struct sql_saved_filter_get_row row;

    TRY(check_user(c));
    TRY(sql_saved_filter_get(c, id, c->actor->account, &row));
    *ret_filter = (struct saved_filter){ .id = row.id,
                                         .page = row.page,
                                         .name = row.name,
                                         .query = row.query,
                                         .shared = row.team != INT_NONE,
                                         .own = true };
    return OK;
}

static enum err check_filter(struct ctx *c, const struct saved_filter *f)
{
    struct sql_saved_filter_named_row *row;
    size_t n;

    if (text_empty(f->name))
        return FAIL_FIELD("name", "%s", _("Give the filter a name."));
    if (text_characters(f->name) > FILTER_NAME)
        return FAIL_FIELD("name", _("This is too long: %d characters at most."), FILTER_NAME);
    if (f->shared && c->actor->team == INT_NONE)
        return FAIL_FIELD("shared", "%s", _("You have no team to share this with."));
    TRY(sql_saved_filter_named(c, c->actor->account, f->page, f->name, &row, &n));
    if (n > 0 && row[0].id != f->id)
        return FAIL_FIELD("name", "%s", _("You have a filter with this name already. Choose another name."));
    return OK;
}

struct change {
    const struct saved_filter *f;
    int64_t id;
};

static enum err insert(struct ctx *c, void *arg)
{
    struct change *ch = arg;
    const struct saved_filter *f = ch->f;
    struct sql_saved_filter_count_row count;
    struct sql_saved_filter_insert_row row;

    TRY(check_filter(c, f));
    TRY(sql_saved_filter_count(c, c->actor->account, f->page, &count));
    if (count.n >= FILTER_MAX)
        return FAIL_FIELD("name", _("You have %d filters on this page. Remove one first."), FILTER_MAX);
    struct sql_saved_filter_insert_args a = { .account = c->actor->account,
                                              .team = f->shared ? c->actor->team : INT_NONE,
                                              .page = f->page,
                                              .name = f->name,
                                              .query = f->query,
                                              .made_at = c->now };
    TRY(sql_saved_filter_insert(c, &a, &row));
    ch->id = row.id;
    return OK;
}

enum err saved_filter_add(struct ctx *c, const struct saved_filter *f, int64_t *ret_id)
{
    struct saved_filter copy = *f;
    struct change ch = { .f = &copy };

    TRY(check_user(c));
    copy.id = 0;
    if (text_empty(f->query) || strlen(f->query) > FILTER_QUERY)
        return FAIL(E_INVALID, "%s", _("Choose a filter first, then save it."));
    TRY(db_tx(c, insert, &ch));
    *ret_id = ch.id;
    return OK;
}

static enum err change(struct ctx *c, void *arg)
{
    struct change *ch = arg;
    struct saved_filter f;

    TRY(saved_filter_get(c, ch->f->id, &f));
    f.name = ch->f->name;
    f.shared = ch->f->shared;
    TRY(check_filter(c, &f));
    return sql_saved_filter_change(c, f.id, c->actor->account, f.name, f.shared ? c->actor->team : INT_NONE);
}

enum err saved_filter_change(struct ctx *c, const struct saved_filter *f)
{
    struct change ch = { .f = f };

    TRY(check_user(c));
    return db_tx(c, change, &ch);
}

static enum err take_away(struct ctx *c, void *arg)
{
    struct saved_filter f;

    TRY(saved_filter_get(c, *(int64_t *)arg, &f));
    return sql_saved_filter_remove(c, f.id, c->actor->account);
}

enum err saved_filter_remove(struct ctx *c, int64_t id)
{
    TRY(check_user(c));
    return db_tx(c, take_away, &id);
}
