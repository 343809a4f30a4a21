// SPDX-License-Identifier: EUPL-1.2
#include "register/referral.h"

#include "base/text.h"
#include "register/clock.h"
#include "register/referral_core.h"
#include "register/right.h"
#include "register/setting.h"
#include "store/read_log.h"

const struct code_name consent_givers[] = {
    { "resident", N_("The resident") },
    { "parent", N_("A parent") },
    { "representative", N_("A representative") },
};
const size_t consent_giver_count = COUNT(consent_givers);
const struct code_name consent_ways[] = {
    { "spoken", N_("In a talk") },
    { "phone", N_("By phone") },
    { "written", N_("In writing") },
};
const size_t consent_way_count = COUNT(consent_ways);
const struct code_name referral_answers[] = {
    { "on_list", N_("The resident is on our waiting list") },
    { "talking", N_("We talk with the resident") },
    { "advice", N_("We gave advice") },
    { "elsewhere", N_("The resident gets help elsewhere") },
    { "no_contact", N_("We could not reach the resident") },
    { "not_wanted", N_("The resident does not want help from us") },
};
const size_t referral_answer_count = COUNT(referral_answers);
const struct code_name referral_arrivals[] = {
    { "yes", N_("Yes, the resident arrived") },
    { "no", N_("No, the resident did not arrive") },
    { "unknown", N_("Not known") },
};
const size_t referral_arrival_count = COUNT(referral_arrivals);
static const struct code_name steps[] = {
    { "referred", N_("Referred") },
    { "consent", N_("The resident agrees") },
    { "withdrawn", N_("Consent withdrawn") },
    { "answered", N_("Answered the referrer") },
    { "checked", N_("Asked whether the resident arrived") },
    { "unchecked", N_("The answer about arrival was taken back") },
};

const char *referral_step_name(const struct ctx *c, const char *code)
{
    return code_text(c, steps, COUNT(steps), code);
}

int64_t referral_moment(const struct ctx *c, int32_t day)
{
    int64_t noon = time_of_nl_day(day, 12 * 3600);

    return day == c->today && noon > c->now ? c->now : noon;
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

/* What the clocks need. */
struct norms {
    const struct config *config;
    int64_t answer, arrival; /* working days, days */
};

static enum err norms_get(struct ctx *c, struct norms *ret_norms)
{
    TRY(config_get(c, &ret_norms->config));
    TRY(setting_number(c, "norm.referrer", &ret_norms->answer));
    return setting_number(c, "norm.arrival", &ret_norms->arrival);
}

static enum err finish(struct ctx *c, const struct norms *k, int64_t received_at, const char *state,
                       struct referral *r)
{
    int32_t day = time_nl_day(r->occurred_at);

    if (!state_find(state, &r->state))
        return FAIL(E_CORRUPT, _("The register holds an unknown state \"%s\"."), state);
    request_number(r->request, time_nl_day(received_at), r->number);
    r->due = r->out ? day + (int32_t)k->arrival
                    : calendar_add_working(&k->config->calendar, day, (int32_t)k->answer);
    r->late = c->today > r->due &&
              (r->out ? r->checked_at == TIME_NONE : r->consent && r->answered_at == TIME_NONE);
    int32_t norm = calendar_add_working(&k->config->calendar, time_nl_day(received_at),
                                        k->config->norm_days[r->urgency]);
    r->stuck = !r->out && r->stays && state_waits(r->state) && c->today > norm;
    r->name = "";
    return OK;
}

static enum err name_all(struct ctx *c, struct referral *r, size_t n)
{
    const char **name;
    int64_t *person;

    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = r[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++)
        r[i].name = name[i];
    return OK;
}

static bool in_part(const struct referral *r, enum referral_part part)
{
    switch (part) {
    case REFERRAL_OPEN:
        return r->out ? r->checked_at == TIME_NONE : r->consent && r->answered_at == TIME_NONE;
    case REFERRAL_LATE:
        return r->late;
    case REFERRAL_STUCK:
        return r->stuck;
    default:
        return true;
    }
}

enum err referral_list(struct ctx *c, const struct referral_filter *f, struct referral **ret_row,
                       size_t *ret_n)
{
    int64_t first = time_of_nl_day(f->from, 0), last = time_of_nl_day(f->to + 1, 0) - 1;
    struct sql_referral_between_row *row;
    struct norms k;
    size_t n, kept = 0;

    TRY(may(c, RIGHT_CONTACT));
    TRY(norms_get(c, &k));
    struct sql_referral_between_args asked = { f->out ? "out" : "in", first, last, f->partner,
                                               f->part == REFERRAL_OPEN };
    TRY(sql_referral_between(c, &asked, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_row, (void *)ret_row));
    for (size_t i = 0; i < n; i++) {
        struct referral *r = &(*ret_row)[kept];
        *r = REFERRAL(row[i]);
        TRY(finish(c, &k, row[i].received_at, row[i].state, r));
        kept += in_part(r, f->part);
    }
    *ret_n = kept;
    TRY(name_all(c, *ret_row, kept));
    return read_log_add(c, &(struct look){ c->actor->account, "list", "referral", INT_NONE });
}

enum err referral_of_request(struct ctx *c, struct request_id request, struct referral **ret_row,
                             size_t *ret_n)
{
    struct sql_referral_of_request_row *row;
    struct norms k;
    size_t n;

    TRY(may(c, RIGHT_CONTACT));
    TRY(norms_get(c, &k));
    TRY(sql_referral_of_request(c, request.v, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_row, (void *)ret_row));
    for (size_t i = 0; i < n; i++) {
        (*ret_row)[i] = REFERRAL(row[i]);
        TRY(finish(c, &k, row[i].received_at, row[i].state, &(*ret_row)[i]));
    }
    *ret_n = n;
    return name_all(c, *ret_row, n);
}

enum err referral_get(struct ctx *c, int64_t id, struct referral *ret_referral)
{
    struct sql_referral_get_row row;
    struct norms k;

    TRY(may(c, RIGHT_CONTACT));
    TRY(norms_get(c, &k));
    TRY(sql_referral_get(c, id, &row));
    *ret_referral = REFERRAL(row);
    TRY(finish(c, &k, row.received_at, row.state, ret_referral));
    TRY(name_all(c, ret_referral, 1));
    return read_log_add(c, &(struct look){ c->actor->account, "view", "referral", id });
}

enum err referral_history(struct ctx *c, const struct referral *r, const struct happening **ret_h,
                          size_t *ret_n)
{
    struct history_of what = { "referral", r->id, r->person, -1 };

    TRY(may(c, RIGHT_CONTACT));
    return history_all(c, &what, ret_h, ret_n);
}

enum err referral_consents(struct ctx *c, int64_t id, struct consent_step **ret_step, size_t *ret_n)
{
    struct sql_referral_consents_row *row;
    size_t n;

    TRY(may(c, RIGHT_CONTACT));
    TRY(sql_referral_consents(c, id, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_step, (void *)ret_step));
    for (size_t i = 0; i < n; i++)
        (*ret_step)[i] = (struct consent_step){
            { row[i].given, row[i].given_by, row[i].how, time_nl_day(row[i].occurred_at) },
            row[i].recorded_at,
            row[i].who,
        };
    *ret_n = n;
    return OK;
}

/* ── Consent ──────────────────────────────────────────────────────────────────────────────────────────────
 */

enum err consent_check(struct ctx *c, const struct consent *k)
{
    if (!code_known(consent_givers, consent_giver_count, k->given_by))
        return FAIL_FIELD("given_by", "%s", _("Choose who said so."));
    if (!code_known(consent_ways, consent_way_count, k->how))
        return FAIL_FIELD("how", "%s", _("Choose how that was said."));
    if (k->day == DAY_NONE)
        return FAIL_FIELD("consent_day", "%s", _("Fill in on which day that was said."));
    if (k->day > c->today)
        return FAIL_FIELD("consent_day", "%s", _("This date is in the future."));
    return OK;
}

enum err referral_put(struct ctx *c, const struct referral *r)
{
    struct sql_referral_put_args row = { r->id,          r->version, r->consent,    r->stays,
                                         r->answered_at, r->answer,  r->checked_at, r->arrival };

    return sql_referral_put(c, &row);
}

enum err referral_step(struct ctx *c, struct referral *r, int64_t seen, const struct happening *h)
{
    struct history_of what = { "referral", r->id, r->person, seen };

    return history_add(c, &what, h, &r->version);
}

static enum err consent_insert(struct ctx *c, int64_t id, const struct consent *k)
{
    struct sql_referral_consent_insert_args row = {
        id, k->given, k->given_by, k->how, referral_moment(c, k->day), c->now, c->actor->account
    };

    return sql_referral_consent_insert(c, &row);
}

enum err consent_put(struct ctx *c, const struct consent_change *g)
{
    struct sql_referral_facts_row row;
    struct happening h = HAPPENING_NONE;

    TRY(sql_referral_facts(c, g->id, &row));
    struct referral r = { .id = g->id,
                          .person = g->person,
                          .stays = row.stays,
                          .answered_at = row.answered_at,
                          .answer = row.answer,
                          .checked_at = row.checked_at,
                          .arrival = row.arrival,
                          .consent = g->consent->given };
    h.kind = g->consent->given ? "consent" : "withdrawn";
    h.reason = g->consent->how;
    h.occurred_at = referral_moment(c, g->consent->day);
    TRY(referral_step(c, &r, g->version, &h));
    TRY(consent_insert(c, g->id, g->consent));
    return referral_put(c, &r);
}

static enum err change_consent(struct ctx *c, void *arg)
{
    struct consent_change *g = arg;
    struct sql_referral_get_row row;

    TRY(sql_referral_get(c, g->id, &row)); /* within scope */
    g->person = row.person;
    return consent_put(c, g);
}

enum err referral_consent(struct ctx *c, int64_t id, int64_t version, const struct consent *k)
{
    struct consent_change g = { .id = id, .version = version, .consent = k };

    TRY(may(c, RIGHT_CONTACT));
    TRY(consent_check(c, k));
    return db_tx(c, change_consent, &g);
}

/* ── Answer ──────────────────────────────────────────────────────────────────────────────────────
 */

static enum err give_answer(struct ctx *c, void *arg)
{
    const struct referral_answer *a = arg;
    struct sql_referral_get_row row;
    struct happening h = HAPPENING_NONE;

    TRY(sql_referral_get(c, a->id, &row));
    struct referral r = REFERRAL(row);
    if (r.out)
        return FAIL(E_CONFLICT, "%s", _("This referral is ours: there is no referrer to answer."));
    if (!r.consent)
        return FAIL(
            E_CONFLICT, "%s",
            _("The resident does not agree that the referrer hears about it. Tell the referrer nothing."));
    if (a->day < time_nl_day(r.occurred_at))
        return FAIL_FIELD("day", "%s", _("This day is before the referral."));
    h.kind = "answered";
    h.reason = a->answer;
    h.note = a->note;
    h.occurred_at = referral_moment(c, a->day);
    if (h.occurred_at < r.occurred_at)
        h.occurred_at = r.occurred_at;
    TRY(referral_step(c, &r, a->version, &h));
    r.answered_at = r.answered_at == TIME_NONE ? h.occurred_at : r.answered_at; /* the first answer counts */
    r.answer = a->answer;
    return referral_put(c, &r);
}

enum err referral_give_answer(struct ctx *c, const struct referral_answer *a)
{
    struct referral_answer copy = *a;

    TRY(may(c, RIGHT_CONTACT));
    if (!code_known(referral_answers, referral_answer_count, a->answer))
        return FAIL_FIELD("answer", "%s", _("Choose what you told the referrer."));
    if (a->day == DAY_NONE || a->day > c->today)
        return FAIL_FIELD("day", "%s", _("Fill in the day of the answer, today or earlier."));
    return db_tx(c, give_answer, &copy);
}

/* ── A new one ────────────────────────────────────────────────────────────────────────────────────────────
 */

enum err referral_insert(struct ctx *c, const struct referral_link *l, int64_t person, int64_t *ret_id)
{
    struct sql_referral_insert_args row = { .version = 1,
                                            .direction = l->out ? "out" : "in",
                                            .partner = l->partner,
                                            .request = l->request.v,
                                            .occurred_at = referral_moment(c, l->day),
                                            .recorded_at = c->now,
                                            .account = c->actor->account,
                                            .consent = l->consent.given,
                                            .multi_problem = l->multi_problem,
                                            .stays = l->stays,
                                            .warm = l->warm };
    struct sql_referral_insert_row added;
    struct happening h = HAPPENING_NONE;

    TRY(sql_referral_insert(c, &row, &added));
    struct referral r = { .id = added.id, .person = person };
    h.kind = "referred";
    h.occurred_at = row.occurred_at;
    h.note = l->note;
    TRY(referral_step(c, &r, -1, &h));
    *ret_id = added.id;
    return consent_insert(c, added.id, &l->consent);
}

struct linking {
    const struct referral_link *l;
    int64_t id;
};

static enum err link_request(struct ctx *c, void *arg)
{
    struct linking *g = arg;
    struct sql_request_get_row request;
    struct sql_partner_get_row partner;

    TRY(sql_request_get(c, g->l->request.v, &request)); /* within scope */
    TRY(sql_partner_get(c, g->l->partner, &partner));
    if (partner.ended_on != DAY_NONE)
        return FAIL_FIELD("partner", "%s", _("We do not work with this partner any more."));
    if (g->l->out && g->l->day < time_nl_day(request.received_at))
        return FAIL_FIELD("day", "%s", _("This date is before the resident asked for help."));
    TRY(referral_insert(c, g->l, request.person, &g->id));
    if (!g->l->out)
        return OK;
    struct request_change ch = { .id = g->l->request, .version = -1, .e = EVENT_NONE };
    ch.e.kind = KIND_REFERRED_ON;
    ch.e.occurred_at = referral_moment(c, g->l->day);
    if (ch.e.occurred_at < request.received_at)
        ch.e.occurred_at = request.received_at;
    ch.e.object = g->id;
    return request_change(c, &ch);
}

enum err referral_link(struct ctx *c, const struct referral_link *l, int64_t *ret_id)
{
    struct linking g = { .l = l };

    TRY(may(c, RIGHT_CONTACT));
    if (l->partner == INT_NONE)
        return FAIL_FIELD("partner", "%s", _("Choose the partner."));
    if (l->day == DAY_NONE || l->day > c->today)
        return FAIL_FIELD("day", "%s", _("Fill in the day, today or earlier."));
    TRY(consent_check(c, &l->consent));
    if (l->out && !l->consent.given)
        return FAIL_FIELD(
            "given", "%s",
            _("Without consent of the resident you may tell others nothing. Ask the resident first."));
    TRY(db_tx(c, link_request, &g));
    *ret_id = g.id;
    return OK;
}
