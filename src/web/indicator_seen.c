// SPDX-License-Identifier: EUPL-1.2
#include "web/indicator_seen.h"

#include "account/indicator_series.h"
#include "base/date.h"
#include "base/text.h"
#include "register/agreement.h"
#include "register/callback.h"
#include "register/complaint.h"
#include "register/config.h"
#include "register/contact.h"
#include "register/group.h"
#include "register/incident.h"
#include "register/partner.h"
#include "register/presence.h"
#include "register/referral.h"
#include "register/request_choice.h"
#include "register/signal.h"
#include "register/transfer.h"
#include "register/vacancy.h"
#include "register/worker.h"
#include "web/show.h"

#include <stdio.h>
#include <stdlib.h>

/* Lists are asked for a month at a time: each of them has a length that it does not pass. */
enum { PIECE_DAYS = 31 };

struct seeing {
    const struct config *config;
    struct indicator_seen *row;
    size_t n, room;
    int32_t from, to; /* first and last day of the records, then of a piece of them */
    const struct indicator_record *record;
    size_t records;
};

/* The right without which nothing of this set is listed. */
static enum right right_of(enum fact_set set)
{
    switch (set) {
    case FACT_COMPLAINT:
        return RIGHT_COMPLAINT_LIST;
    case FACT_SIGNAL:
        return RIGHT_SIGNAL;
    case FACT_INCIDENT:
        return RIGHT_INCIDENT;
    case FACT_SESSION:
        return RIGHT_PLACE;
    case FACT_STAFF:
    case FACT_VACANCY:
        return RIGHT_STAFF;
    case FACT_STAFF_DAY:
        return RIGHT_ABSENCE;
    case FACT_TRANSFER:
        return RIGHT_TRANSFER;
    case FACT_PROGRAMME:
        return RIGHT_GROUP;
    case FACT_AGREEMENT:
        return RIGHT_PARTNER;
    case FACT_EXPERIENCE:
    case FACT_EXPERIENCE_QUESTION:
    case FACT_INVITATION:
    case FACT_STATEMENT:
    case FACT_MIRROR:
    case FACT_PANEL:
    case FACT_PARTNER_ANSWER:
    case FACT_PATTERN:
    case FACT_IMPROVEMENT:
    case FACT_PUBLISHED:
    case FACT_ADVICE:
    case FACT_WORK_SAMPLE:
        return RIGHT_FIGURES;
    case FACT_CALL:
    case FACT_CONTACT:
    case FACT_CALLBACK:
    case FACT_REFERRAL:
        return RIGHT_CONTACT;
    default:
        return RIGHT_REQUEST;
    }
}

bool indicator_seen_may(struct ctx *c, enum fact_set set)
{
    return role_may(c->actor->role, right_of(set)) && (!indicator_is_line(set) || indicator_line_may(c, set));
}

static enum err add(struct ctx *c, struct seeing *g, const struct indicator_seen *one, const char *number,
                    const char *url)
{
    if (g->n == g->room) {
        struct indicator_seen *more;
        g->room = g->room > 0 ? g->room * 2 : 256;
        TRY(ctx_alloc(c, g->room, sizeof *more, (void *)&more));
        for (size_t i = 0; i < g->n; i++)
            more[i] = g->row[i];
        g->row = more;
    }
    struct indicator_seen *row = &g->row[g->n++];
    char path[64];

    *row = *one;
    TRY(ctx_copy(c, number, &row->number));
    if (url == NULL)
        return OK;
    snprintf(path, sizeof path, "%s/%lld", url, (long long)(one->id < 0 ? -one->id : one->id));
    return ctx_copy(c, path, &row->url);
}

/* "7": lists whose records have no number of their own show it. */
static const char *plain_number(int64_t id, char text[24])
{
    *text_put_int(text, id) = '\0';
    return text;
}

static enum err see_requests(struct ctx *c, struct seeing *g)
{
    struct request_choice *choice;
    int64_t *id;
    size_t n = 0, seen;

    TRY(ctx_alloc(c, g->records + 1, sizeof *id, (void *)&id));
    for (size_t i = 0; i < g->records; i++)
        if (g->record[i].record > 0 && (n == 0 || id[n - 1] != g->record[i].record))
            id[n++] = g->record[i].record;
    TRY(request_choice(c, id, n, &choice, &seen));
    for (size_t i = 0; i < seen; i++) {
        const struct request_choice *k = &choice[i];
        const struct indicator_seen one = { .id = k->request,
                                            .day = time_nl_day(k->received_at),
                                            .team = config_team_name(g->config, k->team),
                                            .what = filled_text(c, "{1}; {2}", urgency_name(c, k->urgency),
                                                                k->state) };
        TRY(add(c, g, &one, k->number, "/requests"));
    }
    return OK;
}

static enum err see_complaints(struct ctx *c, struct seeing *g)
{
    struct complaint_row *row;
    size_t n = COMPLAINT_PAGE;

    for (int64_t page = 1; n == COMPLAINT_PAGE; page++) {
        const struct complaint_filter f = { .from = g->from, .to = g->to, .page = page };
        TRY(complaint_list(c, &f, &row, &n));
        for (size_t i = 0; i < n; i++) {
            const struct indicator_seen one = { .id = row[i].id.v,
                                                .day = time_nl_day(row[i].received_at),
                                                .team = row[i].team,
                                                .what = indicator_code_name(c, row[i].category) };
            TRY(add(c, g, &one, row[i].number, "/complaints"));
        }
    }
    return OK;
}

static enum err see_signals(struct ctx *c, struct seeing *g)
{
    const struct signal_filter f = { .from = g->from, .to = g->to, .severity = INT_NONE };
    struct signal_view *row;
    size_t n;

    TRY(signal_list(c, &f, &row, &n));
    for (size_t i = 0; i < n; i++) {
        const struct indicator_seen one = { .id = row[i].id,
                                            .day = time_nl_day(row[i].received_at),
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = code_text(c, signal_topics, signal_topic_count,
                                                              row[i].topic) };
        TRY(add(c, g, &one, row[i].number, "/signals"));
    }
    return OK;
}

static enum err see_incidents(struct ctx *c, struct seeing *g)
{
    struct incident *row;
    size_t n;

    TRY(incident_list(c, false, g->from, g->to, &row, &n));
    for (size_t i = 0; i < n; i++) {
        const struct indicator_seen one = { .id = row[i].id,
                                            .day = time_nl_day(row[i].found_at),
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = indicator_code_name(c, row[i].kind) };
        TRY(add(c, g, &one, row[i].number, "/incidents"));
    }
    return OK;
}

/* Of questions that were answered at once the id is turned negative. */
static enum err see_contacts(struct ctx *c, struct seeing *g, bool answers)
{
    enum { AT_ONCE = 500 };
    struct contact *row;
    size_t n = AT_ONCE;

    for (int64_t skip = 0; n == AT_ONCE; skip += AT_ONCE) {
        const struct contact_period f = { .from = time_of_nl_day(g->from, 0),
                                          .to = time_of_nl_day(g->to + 1, 0),
                                          .max = AT_ONCE,
                                          .skip = skip };
        TRY(contact_list(c, &f, &row, &n));
        for (size_t i = 0; i < n; i++) {
            char number[24];
            const struct indicator_seen one = { .id = answers ? -row[i].id : row[i].id,
                                                .day = time_nl_day(row[i].occurred_at),
                                                .team = config_team_name(g->config, row[i].team),
                                                .what = indicator_code_name(c, row[i].channel) };
            TRY(add(c, g, &one, filled_text(c, _("contact {1}"), plain_number(row[i].id, number), ""),
                    "/contacts"));
        }
    }
    return OK;
}

static enum err see_callbacks(struct ctx *c, struct seeing *g)
{
    struct callback *row;
    size_t n;

    TRY(callback_between(c, time_of_nl_day(g->from, 0), time_of_nl_day(g->to + 1, 0), &row, &n));
    for (size_t i = 0; i < n; i++) {
        char number[24];
        const struct indicator_seen one = { .id = row[i].id,
                                            .day = time_nl_day(row[i].promised_at),
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = callback_state_name(c, row[i].state) };
        TRY(add(c, g, &one, filled_text(c, _("call-back {1}"), plain_number(row[i].id, number), ""),
                "/callbacks"));
    }
    return OK;
}

static enum err see_sessions(struct ctx *c, struct seeing *g)
{
    const struct presence_filter f = { .from = g->from, .to = g->to, .place = INT_NONE, .team = INT_NONE };
    struct presence *row;
    size_t n;

    TRY(presence_list(c, &f, &row, &n));
    for (size_t i = 0; i < n; i++) {
        char number[24];
        const struct indicator_seen one = { .id = row[i].id,
                                            .day = row[i].day,
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = row[i].place_name };
        if (row[i].id != INT_NONE)
            TRY(add(c, g, &one,
                    filled_text(c, _("consultation hour {1}"), plain_number(row[i].id, number), ""),
                    "/presence"));
    }
    return OK;
}

static enum err see_referrals(struct ctx *c, struct seeing *g)
{
    const struct referral_filter f = { .from = g->from, .to = g->to, .partner = INT_NONE };
    struct referral *row;
    size_t n;

    TRY(referral_list(c, &f, &row, &n));
    for (size_t i = 0; i < n; i++) {
        char number[24];
        const struct indicator_seen one = { .id = row[i].id,
                                            .day = time_nl_day(row[i].occurred_at),
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = row[i].partner_name };
        TRY(add(c, g, &one,
                row[i].number[0] != '\0'
                    ? row[i].number
                    : filled_text(c, _("referral {1}"), plain_number(row[i].id, number), ""),
                "/referrals/inbox"));
    }
    return OK;
}

static enum err see_workers(struct ctx *c, struct seeing *g)
{
    struct worker *row;
    size_t n;

    TRY(worker_all(c, INT_NONE, &row, &n));
    for (size_t i = 0; i < n; i++) {
        char number[24];
        const struct indicator_seen one = { .id = row[i].id,
                                            .day = row[i].f.started,
                                            .team = config_team_name(g->config, row[i].f.team),
                                            .what = code_text(c, worker_disciplines, worker_discipline_count,
                                                              row[i].f.discipline) };
        TRY(add(c, g, &one, filled_text(c, _("worker {1}"), plain_number(row[i].id, number), ""), "/staff"));
    }
    return OK;
}

static enum err see_vacancies(struct ctx *c, struct seeing *g)
{
    struct vacancy *row;
    size_t n;

    TRY(vacancy_all(c, INT_NONE, &row, &n));
    for (size_t i = 0; i < n; i++) {
        char number[24];
        const struct indicator_seen one = { .id = row[i].id,
                                            .day = row[i].opened,
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = code_text(c, worker_disciplines, worker_discipline_count,
                                                              row[i].discipline) };
        TRY(add(c, g, &one, filled_text(c, _("vacancy {1}"), plain_number(row[i].id, number), ""),
                row[i].closed == DAY_NONE && role_may(c->actor->role, RIGHT_STAFF_EDIT) ? "/staff/vacancies"
                                                                                        : NULL));
    }
    return OK;
}

static enum err see_members_of(struct ctx *c, struct seeing *g, const struct transfer *t)
{
    struct member *row;
    size_t n;

    TRY(member_all(c, t, MEMBER_ALL, &row, &n));
    for (size_t i = 0; i < n; i++) {
        char number[24];
        int64_t team = row[i].f.team != INT_NONE ? row[i].f.team : t->team;
        const struct indicator_seen one = {
            .id = row[i].id, .day = t->starts, .team = config_team_name(g->config, team), .what = t->name
        };
        TRY(add(c, g, &one, filled_text(c, _("hand-over {1}"), plain_number(row[i].id, number), ""),
                "/transfers/members"));
    }
    return OK;
}

static enum err see_members(struct ctx *c, struct seeing *g)
{
    struct transfer_line *list;
    size_t n;

    TRY(transfer_all(c, &list, &n));
    for (size_t i = 0; i < n; i++)
        TRY(see_members_of(c, g, &list[i].t));
    return OK;
}

static enum err see_groups(struct ctx *c, struct seeing *g)
{
    struct group *row;
    size_t n;

    TRY(group_all(c, &row, &n));
    for (size_t i = 0; i < n; i++) {
        char number[24];
        const struct indicator_seen one = { .id = row[i].id,
                                            .day = row[i].starts,
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = row[i].name };
        TRY(add(c, g, &one, filled_text(c, _("group {1}"), plain_number(row[i].id, number), ""), "/groups"));
    }
    return OK;
}

static enum err see_agreements(struct ctx *c, struct seeing *g)
{
    struct agreement *row;
    size_t n;

    TRY(agreement_list(c, INT_NONE, &row, &n));
    for (size_t i = 0; i < n; i++) {
        char number[24];
        const struct indicator_seen one = {
            .id = row[i].id, .day = row[i].starts_on, .team = "", .what = row[i].partner_name
        };
        TRY(add(c, g, &one, filled_text(c, _("agreement {1}"), plain_number(row[i].id, number), ""),
                "/agreements"));
    }
    return OK;
}

/* Of these the whole list is asked: they are hundreds at most. */
static enum err see_whole(struct ctx *c, struct seeing *g, enum fact_set set, bool *ret_seen)
{
    *ret_seen = true;
    switch (set) {
    case FACT_STAFF:
        return see_workers(c, g);
    case FACT_VACANCY:
        return see_vacancies(c, g);
    case FACT_TRANSFER:
        return see_members(c, g);
    case FACT_PROGRAMME:
        return see_groups(c, g);
    case FACT_AGREEMENT:
        return see_agreements(c, g);
    default:
        *ret_seen = false;
        return OK;
    }
}

static enum err see_piece(struct ctx *c, struct seeing *g, enum fact_set set)
{
    switch (set) {
    case FACT_COMPLAINT:
        return see_complaints(c, g);
    case FACT_SIGNAL:
        return see_signals(c, g);
    case FACT_INCIDENT:
        return see_incidents(c, g);
    case FACT_SESSION:
        return see_sessions(c, g);
    case FACT_CONTACT:
    case FACT_ANSWER:
        return see_contacts(c, g, set == FACT_ANSWER);
    case FACT_CALLBACK:
        return see_callbacks(c, g);
    case FACT_REFERRAL:
        return see_referrals(c, g);
    default:
        return OK;
    }
}

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const struct indicator_seen *)a)->id, y = ((const struct indicator_seen *)b)->id;

    return (x > y) - (x < y);
}

/* The days that the records are of, by the moment that every set has. */
static void days_of(const struct register_facts *f, enum fact_set set, struct seeing *g)
{
    const int64_t *at = f->f.set[set].column[FACT_AT];

    g->from = g->to = DAY_NONE;
    for (size_t i = 0; i < g->records && at != NULL; i++) {
        int32_t day = time_nl_day(at[g->record[i].row]);
        g->from = g->from == DAY_NONE || day < g->from ? day : g->from;
        g->to = g->to == DAY_NONE || day > g->to ? day : g->to;
    }
}

static enum err see_by_day(struct ctx *c, const struct register_facts *f, enum fact_set set, struct seeing *g)
{
    int32_t last, from;

    days_of(f, set, g);
    last = g->to;
    if (last == DAY_NONE)
        return OK;
    for (from = g->from; from <= last; from += PIECE_DAYS) {
        g->from = from;
        g->to = from + PIECE_DAYS - 1 < last ? from + PIECE_DAYS - 1 : last;
        TRY(see_piece(c, g, set));
    }
    return OK;
}

enum err indicator_seen_get(struct ctx *c, const struct register_facts *f, enum fact_set set,
                            const struct indicator_record *record, size_t n, struct indicator_seen **ret_seen,
                            size_t *ret_n)
{
    struct seeing g = { .record = record, .records = n };
    bool whole = false;

    TRY(may(c, right_of(set)));
    TRY(config_get(c, &g.config));
    if (n > 0)
        TRY(see_whole(c, &g, set, &whole));
    if (indicator_of_requests(set) && n > 0)
        TRY(see_requests(c, &g));
    if ((!whole && !indicator_of_requests(set)) ||
        (set == FACT_ANSWER && role_may(c->actor->role, RIGHT_CONTACT)))
        TRY(see_by_day(c, f, set, &g));
    if (g.n > 1)
        qsort(g.row, g.n, sizeof *g.row, by_id);
    *ret_seen = g.row;
    *ret_n = g.n;
    return OK;
}

const struct indicator_seen *indicator_seen_find(const struct indicator_seen *seen, size_t n, int64_t id)
{
    const struct indicator_seen key = { .id = id };

    return n > 0 ? bsearch(&key, seen, n, sizeof *seen, by_id) : NULL;
}
