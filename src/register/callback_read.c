// SPDX-License-Identifier: EUPL-1.2
/* Call-backs as lists, with their last day computed, and their figures. */
#include "base/text.h"
#include "register/callback_core.h"
#include "register/code.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/vault.h"

#include <stdlib.h>
#include <string.h>

static const struct code_name states[CALLBACK_STATES] = {
    [CALLBACK_OPEN] = { "open", N_("To be called") },
    [CALLBACK_REACHED] = { "reached", N_("Spoken") },
    [CALLBACK_UNREACHABLE] = { "unreachable", N_("Not reached") },
    [CALLBACK_WITHDRAWN] = { "withdrawn", N_("No longer needed") },
};

const char *callback_state_code(enum callback_state state)
{
    return states[state].code;
}

const char *callback_state_name(const struct ctx *c, enum callback_state state)
{
    return _(states[state].name);
}

static enum callback_state state_of(const char *code)
{
    for (size_t i = 0; i < CALLBACK_STATES; i++)
        if (text_is(states[i].code, code))
            return (enum callback_state)i;
    return CALLBACK_OPEN;
}

/* Takes the parts out of the sealed text; the name and number of a registered person come from there. */
static enum err open_text(struct ctx *c, const struct sql_callback_open_row *row, struct callback *b)
{
    const char *text = "", *part[CALLBACK_PARTS] = { "", "", "" };
    struct identity who = { 0 };

    if (row->note.data != NULL) {
        enum err e = vault_open(c, row->keeper, row->note, &text);
        if (e == E_NOT_FOUND) /* the key was destroyed */
            err_clear(c);
        else
            TRY(e);
    }
    char *copy = arena_copy(c->arena, text, strlen(text));
    if (copy == NULL)
        return FAIL(E_NOMEM, "%s", "");
    for (size_t i = 0; i < CALLBACK_PARTS; i++) {
        part[i] = copy;
        char *end = strchr(copy, CALLBACK_SEPARATOR);
        if (end == NULL)
            break;
        *end = '\0';
        copy = end + 1;
    }
    if (row->person != INT_NONE && person_get(c, row->person, &who) != OK)
        err_clear(c);
    b->name = who.name != NULL ? who.name : part[CALLBACK_NAME];
    b->phone = who.phone != NULL ? who.phone : part[CALLBACK_PHONE];
    b->note = part[CALLBACK_NOTE];
    return OK;
}

static enum err callback_of_row(struct ctx *c, const struct config *k,
                                const struct sql_callback_open_row *row, struct callback *b)
{
    *b = (struct callback){ .id = row->id,
                            .person = row->person,
                            .keeper = row->keeper,
                            .request = row->request,
                            .contact = row->contact,
                            .missed = row->missed,
                            .promised_at = row->promised_at,
                            .recorded_at = row->recorded_at,
                            .tried_at = row->tried_at,
                            .done_at = row->done_at,
                            .account = row->account,
                            .owner = row->owner,
                            .team = row->team,
                            .attempts = row->attempts,
                            .version = row->version,
                            .by_day = row->by_day,
                            .due = callback_due(k, row->promised_at, row->by_day),
                            .state = state_of(row->state),
                            .topic = row->topic,
                            .owner_name = row->owner_name != NULL ? row->owner_name : "" };
    b->late = (b->done_at == TIME_NONE ? c->today : time_nl_day(b->done_at)) > b->due;
    return open_text(c, row, b);
}

static int by_due(const void *a, const void *b)
{
    const struct callback *x = a, *y = b;

    if (x->due != y->due)
        return x->due < y->due ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static enum err all_of(struct ctx *c, const struct sql_callback_open_row *row, size_t n, bool first_due,
                       struct callback **ret_callback)
{
    const struct config *k;
    struct callback *b;

    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, n + 1, sizeof *b, (void *)&b));
    for (size_t i = 0; i < n; i++)
        TRY(callback_of_row(c, k, &row[i], &b[i]));
    if (first_due)
        qsort(b, n, sizeof *b, by_due);
    *ret_callback = b;
    return OK;
}

static enum err begin(struct ctx *c, const char *action, int64_t id)
{
    struct look look = { c->actor != NULL ? c->actor->account : INT_NONE, action, "callback", id };

    TRY(may(c, RIGHT_CONTACT));
    return read_log_add(c, &look);
}

enum err callback_get(struct ctx *c, int64_t id, struct callback *ret_callback)
{
    struct sql_callback_get_row row;
    struct sql_callback_open_row same;
    const struct config *k;

    TRY(begin(c, "view", id));
    TRY(config_get(c, &k));
    TRY(sql_callback_get(c, c->scope->all, c->scope->team, c->actor->account, id, &row));
    _Static_assert(sizeof row == sizeof same, "both select @columns");
    memcpy(&same, &row, sizeof same);
    return callback_of_row(c, k, &same, ret_callback);
}

enum err callback_open(struct ctx *c, struct callback **ret_callback, size_t *ret_n)
{
    struct sql_callback_open_row *row;

    TRY(begin(c, "list", INT_NONE));
    TRY(sql_callback_open(c, c->scope->all, c->scope->team, c->actor->account, &row, ret_n));
    return all_of(c, row, *ret_n, true, ret_callback);
}

enum err callback_between(struct ctx *c, int64_t from, int64_t to, struct callback **ret_callback,
                          size_t *ret_n)
{
    struct sql_callback_open_row *row;

    TRY(begin(c, "list", INT_NONE));
    struct sql_callback_between_args args = { c->scope->all, c->scope->team, c->actor->account, from, to };
    TRY(sql_callback_between(c, &args, &row, ret_n));
    return all_of(c, row, *ret_n, false, ret_callback);
}

enum err callback_of(struct ctx *c, const struct callback_about *about, struct callback **ret_callback,
                     size_t *ret_n)
{
    int64_t all = c->scope->all, team = c->scope->team, account = c->actor->account;
    struct sql_callback_open_row *row;

    TRY(may(c, RIGHT_CONTACT));
    if (about->person != INT_NONE)
        TRY(sql_callback_of_person(c, all, team, account, about->person, &row, ret_n));
    else if (about->request != INT_NONE)
        TRY(sql_callback_of_request(c, all, team, account, about->request, &row, ret_n));
    else
        TRY(sql_callback_of_contact(c, all, team, account, about->contact, &row, ret_n));
    return all_of(c, row, *ret_n, false, ret_callback);
}

enum err callback_history(struct ctx *c, const struct callback *b, const struct happening **ret_h,
                          size_t *ret_n)
{
    struct history_of what = { "callback", b->id, b->keeper, -1 };

    TRY(may(c, RIGHT_CONTACT));
    return history_all(c, &what, ret_h, ret_n);
}

enum err callback_figures(struct ctx *c, int64_t from, int64_t to, struct callback_figures *ret_f)
{
    struct sql_callback_counts_row *row;
    struct callback_figures f = { 0 };
    const struct config *k;
    size_t n;

    TRY(may(c, RIGHT_CONTACT));
    TRY(config_get(c, &k));
    TRY(sql_callback_counts(c, from, to, &row, &n));
    for (size_t i = 0; i < n; i++) {
        enum callback_state state = state_of(row[i].state);
        int32_t due = callback_due(k, row[i].promised_at, row[i].by_day);
        f.withdrawn += state == CALLBACK_WITHDRAWN;
        f.promised += state != CALLBACK_WITHDRAWN;
        f.unreachable += state == CALLBACK_UNREACHABLE;
        f.open += state == CALLBACK_OPEN;
        f.overdue += state == CALLBACK_OPEN && c->today > due;
        f.in_time += state == CALLBACK_REACHED && time_nl_day(row[i].done_at) <= due;
        f.late += state == CALLBACK_REACHED && time_nl_day(row[i].done_at) > due;
    }
    *ret_f = f;
    return OK;
}
