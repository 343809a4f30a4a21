// SPDX-License-Identifier: EUPL-1.2
/* The day of roles that see no residents, or only their own: incidents, own signals, own referrals, and a
 * complaint about the own work. */
#include "web/today.h"

#include "base/text.h"
#include "register/complaint.h"
#include "register/incident.h"
#include "register/referral.h"
#include "register/signal.h"
#include "web/panel.h"
#include "web/show.h"

#define OWN_DAYS 365

/* The first term that runs: its day decides. */
static const struct incident_term *running(const struct incident *v)
{
    const struct incident_term *first = NULL;

    for (size_t i = 0; i < v->terms; i++)
        if (v->term[i].running && (first == NULL || v->term[i].due < first->due))
            first = &v->term[i];
    return first;
}

enum err today_incidents(struct ctx *c, struct today_block *b)
{
    struct incident *v;
    size_t n;

    b->title = _("Incidents that are not finished");
    b->url = "/incidents";
    b->empty = _("Every incident has been finished.");
    b->count = 0;
    TRY(incident_list(c, true, c->today, c->today, &v, &n));
    for (size_t i = 0; i < n; i++) {
        const struct incident_term *term = running(&v[i]);
        b->count++;
        b->late = b->late || (term != NULL && term->late);
        struct today_row *row = today_row_add(b);
        if (row == NULL)
            continue;
        row->text = code_text(c, incident_kinds, incident_kind_count, v[i].kind);
        row->sub = term != NULL ? term->name : NULL;
        row->url = text_made(c, "/incidents/%lld", (long long)v[i].id);
        row->badge = term != NULL ? day_text(c, term->due) : NULL;
        row->look = term != NULL && term->late ? "danger" : "neutral";
    }
    return OK;
}

/* Of the advisory council and of partners: what they sent, and whether there is an answer. */
enum err today_own_signals(struct ctx *c, struct today_block *b)
{
    struct signal_filter f = { .from = c->today - OWN_DAYS, .to = c->today, .severity = INT_NONE };
    struct signal_view *v;
    size_t n;

    if (c->actor->role != ROLE_ADVISORY_COUNCIL && c->actor->role != ROLE_PARTNER)
        return OK; /* the others see all signals */
    b->title = _("Your signals");
    b->url = "/signals";
    b->empty = _("You have sent no signal in the last year.");
    b->count = 0;
    TRY(signal_list(c, &f, &v, &n));
    for (size_t i = 0; i < n; i++) {
        bool answered = v[i].now.answered_at != TIME_NONE;
        b->count++;
        b->late = b->late || v[i].late;
        struct today_row *row = today_row_add(b);
        if (row == NULL)
            continue;
        row->text = code_text(c, signal_topics, signal_topic_count, v[i].topic);
        row->sub = day_text(c, time_nl_day(v[i].received_at));
        row->url = text_made(c, "/signals/%lld", (long long)v[i].id);
        row->badge = answered ? _("Answered") : v[i].late ? _("Answer is late") : _("No answer yet");
        row->look = answered ? "success" : v[i].late ? "danger" : "neutral";
    }
    return OK;
}

/* Of a partner: the own referrals that are not closed. */
enum err today_own_referrals(struct ctx *c, struct today_block *b)
{
    struct referral_own *r;
    size_t n;

    if (c->actor->partner == INT_NONE) /* an account without an organisation */
        return OK;
    TRY(referral_own_list(c, NULL, &r, &n));
    b->title = _("Your referrals");
    b->url = "/referrals";
    b->empty = _("None of your referrals is open.");
    b->count = 0;
    for (size_t i = 0; i < n; i++) {
        if (r[i].state == REFERRAL_CLOSED)
            continue;
        b->count++;
        struct today_row *row = today_row_add(b);
        if (row == NULL)
            continue;
        row->text = resident_name(c, r[i].name);
        row->sub = day_text(c, r[i].day);
        row->url = text_made(c, "/referrals/%lld", (long long)r[i].id);
        row->badge = referral_state_name(c, r[i].state);
        row->look = "neutral";
    }
    return OK;
}

/* Who is complained of gets a copy (Awb 9:9). Nobody is told each day that there is none. */
enum err today_about_me(struct ctx *c, struct today_block *b)
{
    struct complaint_filter f = { .open = true, .page = 1 };
    struct complaint_row *row;
    size_t n;

    if (c->actor->worker == INT_NONE || role_may(c->actor->role, RIGHT_COMPLAINT_READ))
        return OK;
    TRY(complaint_list(c, &f, &row, &n));
    for (size_t i = 0; i < n; i++) {
        b->title = _("Complaints about your work");
        b->url = "/complaints";
        b->count = (int64_t)i + 1;
        struct today_row *to = today_row_add(b);
        if (to == NULL)
            continue;
        to->text = code_text(c, complaint_categories, complaint_category_count, row[i].category);
        TRY(ctx_copy(c, row[i].number, &to->sub));
        to->url = text_made(c, "/complaints/%lld", (long long)row[i].id.v);
    }
    return OK;
}
