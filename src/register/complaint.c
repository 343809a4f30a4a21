// SPDX-License-Identifier: EUPL-1.2
#include "register/complaint.h"

#include "register/complaint_core.h"
#include "register/config.h"
#include "register/event.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"
#include "store/vault.h"

#include <stdio.h>

static void number_of(int64_t id, int64_t received_at, char number[24])
{
    snprintf(number, 24, "K-%d-%lld", date_to_civil(time_nl_day(received_at)).year, (long long)id);
}

/* ── A new complaint ──────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_form(struct ctx *c, const struct complaint_form *f)
{
    if (text_empty(f->about))
        return FAIL_FIELD("about", "%s", _("Write down what the complaint is about."));
    if (f->received == DAY_NONE)
        return FAIL_FIELD("received", "%s", _("Fill in on which day the complaint came in."));
    if (f->received > c->today)
        return FAIL_FIELD("received", "%s", _("This date is in the future."));
    if (f->received < c->today - 3660)
        return FAIL_FIELD("received", "%s", _("This date is more than ten years ago."));
    if (!code_known(complaint_regimes, complaint_regime_count, f->regime))
        return FAIL_FIELD("regime", "%s", _("Choose which rules hold for this complaint."));
    if (!code_known(complaint_categories, complaint_category_count, f->category))
        return FAIL_FIELD("category", "%s", _("Choose what the complaint is about."));
    return OK;
}

struct adding {
    const struct complaint_form *f;
    int64_t id;
};

static enum err insert(struct ctx *c, void *arg)
{
    struct adding *a = arg;
    const struct complaint_form *f = a->f;
    int64_t keeper = f->person,
            received = f->received == c->today ? c->now : time_of_nl_day(f->received, 9 * 3600);
    struct sql_complaint_insert_row added;
    struct happening h = HAPPENING_NONE;
    struct blob about;

    if (keeper == INT_NONE)
        TRY(person_add(c, &f->who, &keeper));
    TRY(note_seal(c, keeper, f->about, &about));
    struct sql_complaint_insert_args row = { keeper,     f->request, f->regime,         f->category,
                                             f->channel, f->serious, f->team,           f->worker,
                                             received,   c->now,     c->actor->account, about };
    TRY(sql_complaint_insert(c, &row, &added));
    a->id = added.id;
    h.kind = complaint_steps.step[COMPLAINT_RECEIVED].code;
    h.reason = f->category;
    h.occurred_at = received;
    struct history_of what = { "complaint", added.id, keeper, 0 };
    TRY(history_add(c, &what, &h, NULL));
    struct sql_complaint_state_args state = {
        added.id, 1, complaint_steps.state[COMPLAINT_OPEN].code, f->category, NULL, NULL, INT_NONE, TIME_NONE
    };
    return sql_complaint_state(c, &state);
}

enum err complaint_add(struct ctx *c, const struct complaint_form *f, struct complaint_id *ret_id)
{
    struct adding a = { .f = f };

    TRY(may(c, RIGHT_COMPLAINT_ENTER));
    TRY(check_form(c, f));
    TRY(db_tx(c, insert, &a));
    ret_id->v = a.id;
    return OK;
}

/* ── Who sees it ──────────────────────────────────────────────────────────────────────────────────────────
 */

enum complaint_view complaint_view_of(const struct ctx *c, int64_t worker, int64_t team, bool closed)
{
    const struct actor *a = c->actor;

    if (role_may(a->role, RIGHT_COMPLAINT))
        return COMPLAINT_WHOLE;
    if (worker != INT_NONE && a->worker == worker)
        return COMPLAINT_ABOUT_ME;
    if (role_may(a->role, RIGHT_COMPLAINT_READ))
        return COMPLAINT_NAMELESS;
    if (a->role == ROLE_TEAM_LEAD && closed && (a->team == INT_NONE || a->team == team))
        return COMPLAINT_NAMELESS;
    return COMPLAINT_HIDDEN;
}

/* ── Its terms ────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Which of the three regimes; complaint_add lets no other in. */
static enum complaint_regime regime_of(const char *code)
{
    for (size_t i = 0; i < COMPLAINT_REGIMES; i++)
        if (text_is(complaint_regimes[i].code, code))
            return (enum complaint_regime)i;
    return COMPLAINT_AWB;
}

void complaint_fill_terms(const struct config *k, const struct law_options *o, int64_t now,
                          struct complaint *p)
{
    struct complaint_clock q = COMPLAINT_CLOCK_NONE;
    bool settled = p->now.refused_at != TIME_NONE;

    q.regime = regime_of(p->regime);
    q.committee = p->now.committee_at != TIME_NONE;
    q.received_at = p->received_at;
    q.extended_at = p->now.extended_at;
    q.agreed_at = p->now.agreed_at;
    q.agreed_to = p->now.agreed_to;
    q.ruled_at = p->now.ruled_at;
    q.refused_at = p->now.refused_at;
    q.answered_at = settled ? TIME_NONE : p->now.decided_at;
    if (q.regime == COMPLAINT_YOUTH && q.ruled_at != TIME_NONE)
        q.answered_at = p->now.answered_at;
    else if (q.regime == COMPLAINT_YOUTH)
        q.refused_at = p->now.decided_at; /* solved or withdrawn before a ruling */
    p->terms = complaint_terms(&k->calendar, o, &q, now, p->term);
    if (q.regime == COMPLAINT_AWB && !settled)
        p->terms = 1; /* that one may refuse within four weeks is no term that runs */
}

/* ── Reading one ──────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err open_texts(struct ctx *c, struct complaint *p, struct blob about)
{
    struct identity who = { 0 };

    if (p->view >= COMPLAINT_ABOUT_ME && about.data != NULL)
        TRY(vault_open(c, p->keeper, about, &p->about));
    if (p->view != COMPLAINT_WHOLE)
        return OK;
    TRY(person_get(c, p->keeper, &who));
    p->name = who.name;
    p->phone = who.phone;
    p->email = who.email;
    return OK;
}

enum err complaint_read(struct ctx *c, int64_t id, struct complaint *p)
{
    struct sql_complaint_get_row row;

    TRY(sql_complaint_get(c, id, &row));
    *p = (struct complaint){ .id = { row.id },
                             .view = complaint_view_of(c, row.worker, row.team, row.closed_at != TIME_NONE),
                             .regime = row.regime,
                             .channel = row.channel,
                             .worker_name = row.worker_name,
                             .handler_name = row.handler_name,
                             .keeper = row.keeper,
                             .request = row.request,
                             .team = row.team,
                             .worker = row.worker,
                             .received_at = row.received_at,
                             .recorded_at = row.recorded_at,
                             .serious = row.serious };
    if (p->view == COMPLAINT_HIDDEN)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    number_of(row.id, row.received_at, p->number);
    struct history_of what = { "complaint", id, p->view == COMPLAINT_WHOLE ? row.keeper : INT_NONE, -1 };
    TRY(history_all(c, &what, &p->step, &p->steps));
    complaint_replay(p->step, p->steps, &p->now);
    p->category = p->now.category;
    return open_texts(c, p, row.about);
}

enum err complaint_get(struct ctx *c, struct complaint_id id, struct complaint *ret_complaint)
{
    struct law_options o;
    const struct config *k;
    struct complaint p;

    TRY(may(c, RIGHT_COMPLAINT_LIST));
    TRY(complaint_read(c, id.v, &p));
    TRY(config_get(c, &k));
    TRY(law_options_get(c, &o));
    complaint_fill_terms(k, &o, c->now, &p);
    if (p.view != COMPLAINT_WHOLE)
        p.request = INT_NONE; /* whose file it is about would tell who complained */
    struct look look = { c->actor->account, "view", "complaint", id.v };
    TRY(read_log_add(c, &look));
    *ret_complaint = p;
    return OK;
}
