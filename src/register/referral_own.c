// SPDX-License-Identifier: EUPL-1.2
/* What a partner does and sees. Every read goes through referral_own or referral_own_get, which ask for the
 * partner of the account and for consent; nothing else of a resident can be reached from here. */
#include "base/text.h"
#include "register/referral_core.h"
#include "register/right.h"
#include "store/read_log.h"

#include <string.h>

static const char *const state_names[REFERRAL_STATES] = { N_("Received"), N_("On the waiting list"),
                                                          N_("In conversation"), N_("Closed") };

const char *referral_state_name(const struct ctx *c, enum referral_state state)
{
    return _(state_names[state]);
}

static enum err own_partner(struct ctx *c, int64_t *ret_partner)
{
    TRY(may(c, RIGHT_REFERRAL));
    if (c->actor->partner == INT_NONE)
        return FAIL(
            E_CONFLICT, "%s",
            _("This account belongs to no organisation yet. Ask the administrator of the municipality."));
    *ret_partner = c->actor->partner;
    return OK;
}

enum err referral_own_partner(struct ctx *c, const char **ret_name)
{
    struct sql_partner_get_row row;

    TRY(may(c, RIGHT_REFERRAL));
    *ret_name = "";
    if (c->actor->partner == INT_NONE)
        return OK;
    TRY(sql_partner_get(c, c->actor->partner, &row));
    *ret_name = row.name;
    return OK;
}

/* ── Seeing ───────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum referral_state state_of(enum state state, int64_t urgency)
{
    switch (state) {
    case STATE_NEW:
    case STATE_REGISTERED:
    case STATE_TRIAGED:
        return REFERRAL_RECEIVED;
    case STATE_WAITING:
    case STATE_PAUSED:
    case STATE_ALLOCATED:
        return urgency == URGENCY_UNKNOWN ? REFERRAL_RECEIVED : REFERRAL_WAITING;
    case STATE_CLOSED:
    case STATE_REDIRECTED:
        return REFERRAL_CLOSED;
    default:
        return REFERRAL_TALKING;
    }
}

static enum err fill(struct ctx *c, const struct sql_referral_own_row *row, const char *name,
                     struct referral_own *o)
{
    enum state state;

    if (!state_find(row->state, &state))
        return FAIL(E_CORRUPT, _("The register holds an unknown state \"%s\"."), row->state);
    *o = (struct referral_own){ .id = row->id,
                                .version = row->version,
                                .name = name,
                                .day = time_nl_day(row->occurred_at),
                                .state = state_of(state, row->urgency),
                                .multi_problem = row->multi_problem,
                                .stays = row->stays,
                                .answered =
                                    row->answered_at == TIME_NONE ? DAY_NONE : time_nl_day(row->answered_at),
                                .answer = row->answer };
    request_number(row->request, time_nl_day(row->received_at), o->number);
    return OK;
}

/* Every word begins a word of the name, or the number. */
static bool words_begin(const char *name, const char *words)
{
    while (*words != '\0') {
        size_t n = strcspn(words, " ");
        const char *p = name;
        while (p != NULL && strncmp(p, words, n) != 0)
            p = strchr(p, ' ') != NULL ? strchr(p, ' ') + 1 : NULL;
        if (p == NULL)
            return false;
        words += n;
        words += strspn(words, " ");
    }
    return true;
}

static bool found(const struct referral_own *o, const char *words)
{
    char folded[256], asked[256];

    if (text_empty(words))
        return true;
    text_fold(folded, sizeof folded, o->name);
    text_fold(asked, sizeof asked, words);
    return words_begin(folded, asked) || strncmp(o->number, words, strlen(words)) == 0;
}

static enum err log_look(struct ctx *c, const char *action, int64_t id)
{
    return read_log_add(c, &(struct look){ c->actor->account, action, "referral", id });
}

enum err referral_own_list(struct ctx *c, const char *words, struct referral_own **ret_row, size_t *ret_n)
{
    struct sql_referral_own_row *row;
    struct referral_own *o;
    const char **name;
    int64_t partner, *person;
    size_t n, kept = 0;

    TRY(own_partner(c, &partner));
    TRY(sql_referral_own(c, partner, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    TRY(ctx_alloc(c, n + 1, sizeof *o, (void *)&o));
    for (size_t i = 0; i < n; i++)
        person[i] = row[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++) {
        TRY(fill(c, &row[i], name[i], &o[kept]));
        kept += found(&o[kept], words);
    }
    *ret_row = o;
    *ret_n = kept;
    return log_look(c, text_empty(words) ? "list" : "search", INT_NONE);
}

/* One own referral with consent, and the person it is about. */
static enum err own_get(struct ctx *c, int64_t id, struct referral_own *ret_own, int64_t *ret_person)
{
    struct sql_referral_own_get_row got;
    const char **name;
    int64_t partner;

    TRY(own_partner(c, &partner));
    TRY(sql_referral_own_get(c, partner, id, &got));
    TRY(person_names(c, &got.person, 1, &name));
    struct sql_referral_own_row row = { got.id,         got.version,       got.request, got.occurred_at,
                                        got.consent,    got.multi_problem, got.stays,   got.answered_at,
                                        got.answer,     got.person,        got.state,   got.urgency,
                                        got.received_at };
    TRY(fill(c, &row, name[0], ret_own));
    *ret_person = got.person;
    return log_look(c, "view", id);
}

enum err referral_own_get(struct ctx *c, int64_t id, struct referral_own *ret_referral)
{
    int64_t person;

    return own_get(c, id, ret_referral, &person);
}

/* ── Doing ────────────────────────────────────────────────────────────────────────────────────────────────
 */

struct adding {
    const struct referral_form *f;
    int64_t partner, id;
};

/* The code of the way in, by the kind of partner. */
static const char *route_of(const char *kind)
{
    return text_is(kind, "school") ? "school" : text_is(kind, "gp") ? "gp" : "partner";
}

static enum err add(struct ctx *c, void *arg)
{
    struct adding *a = arg;
    const struct referral_form *f = a->f;
    struct sql_partner_get_row partner;
    struct referral_link l = { .partner = a->partner,
                               .multi_problem = f->multi_problem,
                               .stays = f->stays,
                               .day = f->day,
                               .consent = f->consent };
    struct request_form request = { .person = INT_NONE,
                                    .who = f->who,
                                    .question = f->question,
                                    .received = f->day,
                                    .channel = "web",
                                    .neighbourhood = f->neighbourhood,
                                    .team = INT_NONE,
                                    .urgency = URGENCY_UNKNOWN };

    TRY(sql_partner_get(c, a->partner, &partner));
    if (partner.ended_on != DAY_NONE)
        return FAIL(E_CONFLICT, "%s", _("We do not work together any more. Call us, please."));
    request.route = route_of(partner.kind);
    TRY(request_take(c, &request, &l.request));
    struct sql_referral_person_row row;
    TRY(sql_referral_person(c, l.request.v, &row));
    return referral_insert(c, &l, row.person, &a->id);
}

enum err referral_add(struct ctx *c, const struct referral_form *f, int64_t *ret_id)
{
    struct adding a = { .f = f };

    TRY(own_partner(c, &a.partner));
    if (text_empty(f->who.name) && text_empty(f->who.phone))
        return FAIL_FIELD("name", "%s",
                          _("Fill in a name or a phone number, so that we can reach the resident."));
    if (text_empty(f->question))
        return FAIL_FIELD("question", "%s", _("Write down what the resident asks."));
    if (f->day == DAY_NONE)
        return FAIL_FIELD("day", "%s", _("Fill in when the resident asked for help."));
    if (f->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    TRY(consent_check(c, &f->consent));
    TRY(db_tx(c, add, &a));
    *ret_id = a.id;
    return OK;
}

static enum err withdraw(struct ctx *c, void *arg)
{
    struct consent_change *g = arg;
    struct referral_own own;

    TRY(own_get(c, g->id, &own, &g->person));
    return consent_put(c, g);
}

enum err referral_own_withdraw(struct ctx *c, int64_t id, int64_t version, const struct consent *k)
{
    struct consent no = { .given = false, .given_by = k->given_by, .how = k->how, .day = k->day };
    struct consent_change g = { .id = id, .version = version, .consent = &no };

    TRY(may(c, RIGHT_REFERRAL));
    TRY(consent_check(c, &no));
    return db_tx(c, withdraw, &g);
}
