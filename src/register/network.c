// SPDX-License-Identifier: EUPL-1.2
#include "register/network.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/history.h"
#include "register/person_link.h"
#include "register/right.h"
#include "store/sql.h"
#include "store/vault.h"

#include <string.h>

#define SEPARATOR '\x1f'
#define FIELDS 6
#define HELPERS_MOST 100

const struct code_name network_kinds[] = {
    { "informal_carer", N_("Informal carer") },
    { "family", N_("Family") },
    { "friend", N_("Friend or acquaintance") },
    { "neighbour", N_("Neighbour") },
    { "volunteer", N_("Volunteer") },
    { "guardian", N_("Guardian (curator)") },
    { "mentor", N_("Mentor") },
    { "administrator", N_("Administrator of money") },
    { "authorised", N_("Authorised by the resident") },
    { "client_supporter", N_("Client supporter") },
    { "confidant", N_("Confidant") },
    { "gp", N_("Family doctor") },
    { "school", N_("School") },
    { "provider", N_("Other help or organisation") },
};
const size_t network_kind_count = COUNT(network_kinds);
const struct code_name network_told[] = {
    { "nothing", N_("Nothing") },
    { "that", N_("That there is help, not what about") },
    { "agreements", N_("Agreements that concern them") },
    { "all", N_("Everything") },
};
const size_t network_told_count = COUNT(network_told);
const struct code_name network_messages[] = {
    { NETWORK_NONE, N_("Messages go to the resident") },
    { NETWORK_ALSO, N_("Messages go to both") },
    { NETWORK_INSTEAD, N_("Messages go to this person, not to the resident") },
};
const size_t network_message_count = COUNT(network_messages);

/* ── What is sealed ───────────────────────────────────────────────────────────────────────────────────────
 */

static enum err seal(struct ctx *c, int64_t person, const struct helper_form *f, struct blob *ret_sealed)
{
    const char *const text[FIELDS] = { f->name, f->organisation, f->phone, f->email, f->note, f->address };
    struct buf b = { 0 };

    for (size_t i = 0; i < FIELDS; i++) {
        buf_str(&b, text[i]);
        if (i + 1 < FIELDS)
            buf_char(&b, SEPARATOR);
    }
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : vault_seal(c, person, buf_text(&b), ret_sealed);
    buf_free(&b);
    return e;
}

static enum err open_sealed(struct ctx *c, struct helper *h, struct blob sealed)
{
    const char **const to[FIELDS] = {
        &h->name, &h->organisation, &h->phone, &h->email, &h->note, &h->address
    };
    const char *text;
    enum err e = vault_open(c, h->person, sealed, &text);

    if (e == E_NOT_FOUND) {
        err_clear(c); /* erased with the resident */
        return OK;
    }
    TRY(e);
    char *p = arena_copy(c->arena, text, strlen(text));
    if (p == NULL)
        return FAIL(E_NOMEM, "%s", "");
    for (size_t i = 0; i < FIELDS && p != NULL; i++) {
        char *end = strchr(p, SEPARATOR);
        if (end != NULL)
            *end = '\0';
        *to[i] = *p != '\0' ? p : NULL;
        p = end != NULL ? end + 1 : NULL;
    }
    return OK;
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err fill(struct ctx *c, const struct sql_network_by_person_row *row, struct helper *h)
{
    *h = (struct helper){ .id = row->id,
                          .version = row->version,
                          .person = row->person,
                          .kind = row->kind,
                          .told = row->told,
                          .message = row->message,
                          .starts_on = row->starts_on,
                          .ends_on = row->ends_on,
                          .agreed_on = row->agreed_on,
                          .now = row->starts_on <= c->today &&
                                 (row->ends_on == DAY_NONE || row->ends_on > c->today) };
    return open_sealed(c, h, row->sealed);
}

enum err network_of(struct ctx *c, int64_t person, const struct helper **ret_helper, size_t *ret_n)
{
    struct helper *h;
    const int64_t *all;
    size_t group, n = 0;

    TRY(person_link_group(c, person, &all, &group));
    TRY(ctx_alloc(c, HELPERS_MOST, sizeof *h, (void *)&h));
    for (int now = 1; now >= 0; now--)
        for (size_t i = 0; i < group; i++) {
            struct sql_network_by_person_row *row;
            size_t rows;
            TRY(sql_network_by_person(c, all[i], &row, &rows));
            for (size_t k = 0; k < rows && n < HELPERS_MOST; k++) {
                TRY(fill(c, &row[k], &h[n]));
                n += h[n].now == (now == 1);
            }
        }
    *ret_helper = h;
    *ret_n = n;
    return OK;
}

enum err network_get(struct ctx *c, int64_t id, struct helper *ret_helper)
{
    struct sql_network_get_row row;

    TRY(may(c, RIGHT_REQUEST));
    TRY(sql_network_get(c, id, &row));
    TRY(person_check(c, row.person));
    struct sql_network_by_person_row same = { row.id,        row.version, row.person, row.kind,
                                              row.starts_on, row.ends_on, row.told,   row.agreed_on,
                                              row.message,   row.sealed };
    return fill(c, &same, ret_helper);
}

enum err network_addressee(struct ctx *c, int64_t person, struct addressee *ret_addressee)
{
    struct addressee a = { .resident = true, .helper = { .id = INT_NONE } };
    const struct helper *h;
    size_t n;

    TRY(network_of(c, person, &h, &n));
    for (size_t i = 0; i < n; i++)
        if (h[i].now && !text_is(h[i].message, NETWORK_NONE)) {
            a.helper = h[i];
            a.resident = !text_is(h[i].message, NETWORK_INSTEAD);
            break;
        }
    *ret_addressee = a;
    return OK;
}

/* ── Changing ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_form(struct ctx *c, const struct helper_form *f)
{
    bool gets = !text_is(f->message, NETWORK_NONE);

    if (!code_known(network_kinds, network_kind_count, f->kind))
        return FAIL_FIELD("kind", "%s", _("Choose one of the list."));
    if (text_empty(f->name) && text_empty(f->organisation))
        return FAIL_FIELD("name", "%s", _("Fill in a name or an organisation."));
    if (!code_known(network_told, network_told_count, f->told))
        return FAIL_FIELD("told", "%s", _("Choose what may be told."));
    if (!code_known(network_messages, network_message_count, f->message))
        return FAIL_FIELD("message", "%s", _("Choose who gets the messages."));
    if (!text_is(f->told, "nothing") && f->agreed_on == DAY_NONE)
        return FAIL_FIELD("agreed_on", "%s", _("Fill in when the resident agreed to this."));
    if (f->agreed_on != DAY_NONE && f->agreed_on > c->today)
        return FAIL_FIELD("agreed_on", "%s", _("This date is in the future."));
    if (gets && text_is(f->told, "nothing"))
        return FAIL_FIELD("told", "%s", _("Who gets the messages hears what is in them."));
    if (gets && text_empty(f->phone) && text_empty(f->email) && text_empty(f->address))
        return FAIL_FIELD("phone", "%s",
                          _("Fill in a phone number, e-mail address or address for the messages."));
    if (f->starts_on == DAY_NONE || f->starts_on > c->today)
        return FAIL_FIELD("starts_on", "%s", _("Fill in since when, today at the latest."));
    if (f->ends_on != DAY_NONE && f->ends_on < f->starts_on)
        return FAIL_FIELD("ends_on", "%s", _("This is before the day on which it began."));
    return OK;
}

/* Messages to two helpers would go wrong sooner or later. */
static enum err check_only(struct ctx *c, const struct helper_form *f)
{
    const struct helper *h;
    size_t n;

    if (text_is(f->message, NETWORK_NONE))
        return OK;
    TRY(network_of(c, f->person, &h, &n));
    for (size_t i = 0; i < n; i++)
        if (h[i].now && h[i].id != f->id && !text_is(h[i].message, NETWORK_NONE))
            return FAIL_FIELD("message", _("%s gets the messages already. Change that first."),
                              h[i].name != NULL ? h[i].name : h[i].organisation);
    return OK;
}

struct putting {
    const struct helper_form *f;
    int64_t id;
};

static enum err insert(struct ctx *c, struct putting *p, struct blob sealed)
{
    const struct helper_form *f = p->f;
    struct sql_network_insert_row added;
    struct sql_network_insert_args row = { f->person, f->kind,      f->starts_on, f->ends_on,
                                           f->told,   f->agreed_on, f->message,   sealed };

    TRY(sql_network_insert(c, &row, &added));
    p->id = added.id;
    return OK;
}

static enum err put(struct ctx *c, void *arg)
{
    struct putting *p = arg;
    const struct helper_form *f = p->f;
    struct happening h = HAPPENING_NONE;
    struct sql_network_get_row old = { .person = f->person };
    struct blob sealed;
    int64_t version;

    if (f->id != INT_NONE)
        TRY(sql_network_get(c, f->id, &old));
    TRY(person_check(c, old.person));
    struct helper_form own = *f;
    own.person = old.person;
    TRY(check_only(c, &own));
    TRY(seal(c, old.person, f, &sealed));
    p->id = f->id;
    if (f->id == INT_NONE)
        TRY(insert(c, p, sealed));
    struct history_of of = { "network", p->id, old.person, f->id == INT_NONE ? 0 : f->seen };
    h.kind = f->id == INT_NONE                                   ? "added"
             : f->ends_on != DAY_NONE && old.ends_on == DAY_NONE ? "ended"
                                                                 : "changed";
    h.reason = f->told;
    TRY(history_add(c, &of, &h, &version));
    if (f->id == INT_NONE)
        return OK;
    struct sql_network_update_args row = { p->id,   version,      f->kind,    f->starts_on, f->ends_on,
                                           f->told, f->agreed_on, f->message, sealed };
    return sql_network_update(c, &row);
}

enum err network_put(struct ctx *c, const struct helper_form *f, int64_t *ret_id)
{
    struct putting p = { .f = f };

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(check_form(c, f));
    TRY(db_tx(c, put, &p));
    *ret_id = p.id;
    return OK;
}
