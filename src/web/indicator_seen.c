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

struct seeing;
/* Where the records of a set are listed. */
struct source {
    enum right right;                                 /* without which nothing is listed */
    const char *url;                                  /* the page of one of them is url/id */
    const char *named;                                /* what is said of one without a number of its own */
    enum err (*see)(struct ctx *c, struct seeing *g); /* NULL: nowhere */
    bool whole;                                       /* asked at once: hundreds at most */
};
struct seeing {
    const struct config *config;
    enum fact_set set;
    const struct source *source;
    struct indicator_seen *row;
    size_t n, room;
    int32_t from, to; /* first and last day of the records, then of a piece of them */
    const struct indicator_record *record;
    size_t records;
};

static enum err room_for_one(struct ctx *c, struct seeing *g)
{
    struct indicator_seen *more;

    if (g->n < g->room)
        return OK;
    g->room = g->room > 0 ? g->room * 2 : 256;
    TRY(ctx_alloc(c, g->room, sizeof *more, (void *)&more));
    for (size_t i = 0; i < g->n; i++)
        more[i] = g->row[i];
    g->row = more;
    return OK;
}

/* Gives it its page, and the number that a list without numbers shows: "worker 7". */
static enum err add(struct ctx *c, struct seeing *g, const struct indicator_seen *one)
{
    char path[64], id[24];

    TRY(room_for_one(c, g));
    struct indicator_seen *row = &g->row[g->n++];
    *row = *one;
    *text_put_int(id, one->id < 0 ? -one->id : one->id) = '\0';
    if (text_empty(one->number) && g->source->named != NULL)
        row->number = filled_text(c, _(g->source->named), id, "");
    else
        TRY(ctx_copy(c, one->number, &row->number));
    snprintf(path, sizeof path, "%s/%s", g->source->url, id);
    return ctx_copy(c, path, &row->url);
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
                                            .number = k->number,
                                            .day = time_nl_day(k->received_at),
                                            .team = config_team_name(g->config, k->team),
                                            .what = filled_text(c, "{1}; {2}", urgency_name(c, k->urgency),
                                                                k->state) };
        TRY(add(c, g, &one));
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
                                                .number = row[i].number,
                                                .day = time_nl_day(row[i].received_at),
                                                .team = row[i].team,
                                                .what = indicator_code_name(c, row[i].category) };
            TRY(add(c, g, &one));
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
                                            .number = row[i].number,
                                            .day = time_nl_day(row[i].received_at),
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = code_text(c, signal_topics, signal_topic_count,
                                                              row[i].topic) };
        TRY(add(c, g, &one));
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
                                            .number = row[i].number,
                                            .day = time_nl_day(row[i].found_at),
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = indicator_code_name(c, row[i].kind) };
        TRY(add(c, g, &one));
    }
    return OK;
}

/* Of questions that were answered at once the id is turned negative. */
static enum err see_contacts(struct ctx *c, struct seeing *g)
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
            const struct indicator_seen one = { .id = g->set == FACT_ANSWER ? -row[i].id : row[i].id,
                                                .day = time_nl_day(row[i].occurred_at),
                                                .team = config_team_name(g->config, row[i].team),
                                                .what = indicator_code_name(c, row[i].channel) };
            TRY(add(c, g, &one));
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
        const struct indicator_seen one = { .id = row[i].id,
                                            .day = time_nl_day(row[i].promised_at),
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = callback_state_name(c, row[i].state) };
        TRY(add(c, g, &one));
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
        const struct indicator_seen one = { .id = row[i].id,
                                            .day = row[i].day,
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = row[i].place_name };
        if (row[i].id != INT_NONE)
            TRY(add(c, g, &one));
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
        const struct indicator_seen one = { .id = row[i].id,
                                            .number = row[i].number,
                                            .day = time_nl_day(row[i].occurred_at),
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = row[i].partner_name };
        TRY(add(c, g, &one));
    }
    return OK;
}

static enum err see_workers(struct ctx *c, struct seeing *g)
{
    struct worker *row;
    size_t n;

    TRY(worker_all(c, INT_NONE, &row, &n));
    for (size_t i = 0; i < n; i++) {
        const struct indicator_seen one = { .id = row[i].id,
                                            .day = row[i].f.started,
                                            .team = config_team_name(g->config, row[i].f.team),
                                            .what = code_text(c, worker_disciplines, worker_discipline_count,
                                                              row[i].f.discipline) };
        TRY(add(c, g, &one));
    }
    return OK;
}

static enum err see_vacancies(struct ctx *c, struct seeing *g)
{
    struct vacancy *row;
    size_t n;

    TRY(vacancy_all(c, INT_NONE, &row, &n));
    for (size_t i = 0; i < n; i++) {
        const struct indicator_seen one = { .id = row[i].id,
                                            .day = row[i].opened,
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = code_text(c, worker_disciplines, worker_discipline_count,
                                                              row[i].discipline) };
        TRY(add(c, g, &one));
        if (row[i].closed != DAY_NONE || !role_may(c->actor->role, RIGHT_STAFF_EDIT))
            g->row[g->n - 1].url = NULL;
    }
    return OK;
}

static enum err see_members_of(struct ctx *c, struct seeing *g, const struct transfer *t)
{
    struct member *row;
    size_t n;

    TRY(member_all(c, t, MEMBER_ALL, &row, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t team = row[i].f.team != INT_NONE ? row[i].f.team : t->team;
        const struct indicator_seen one = {
            .id = row[i].id, .day = t->starts, .team = config_team_name(g->config, team), .what = t->name
        };
        TRY(add(c, g, &one));
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
        const struct indicator_seen one = { .id = row[i].id,
                                            .day = row[i].starts,
                                            .team = config_team_name(g->config, row[i].team),
                                            .what = row[i].name };
        TRY(add(c, g, &one));
    }
    return OK;
}

static enum err see_agreements(struct ctx *c, struct seeing *g)
{
    struct agreement *row;
    size_t n;

    TRY(agreement_list(c, INT_NONE, &row, &n));
    for (size_t i = 0; i < n; i++) {
        const struct indicator_seen one = {
            .id = row[i].id, .day = row[i].starts_on, .team = "", .what = row[i].partner_name
        };
        TRY(add(c, g, &one));
    }
    return OK;
}

static const struct source of_requests = { RIGHT_REQUEST, "/requests", NULL, see_requests, true };
static const struct source source_of[FACT_SETS] = {
    [FACT_COMPLAINT] = { RIGHT_COMPLAINT_LIST, "/complaints", NULL, see_complaints, false },
    [FACT_SIGNAL] = { RIGHT_SIGNAL, "/signals", NULL, see_signals, false },
    [FACT_INCIDENT] = { RIGHT_INCIDENT, "/incidents", NULL, see_incidents, false },
    [FACT_SESSION] = { RIGHT_PLACE, "/presence", N_("consultation hour {1}"), see_sessions, false },
    [FACT_CONTACT] = { RIGHT_CONTACT, "/contacts", N_("contact {1}"), see_contacts, false },
    [FACT_ANSWER] = { RIGHT_REQUEST, "/contacts", N_("contact {1}"), see_contacts, false },
    [FACT_CALLBACK] = { RIGHT_CONTACT, "/callbacks", N_("call-back {1}"), see_callbacks, false },
    [FACT_REFERRAL] = { RIGHT_CONTACT, "/referrals/inbox", N_("referral {1}"), see_referrals, false },
    [FACT_STAFF] = { RIGHT_STAFF, "/staff", N_("worker {1}"), see_workers, true },
    [FACT_VACANCY] = { RIGHT_STAFF, "/staff/vacancies", N_("vacancy {1}"), see_vacancies, true },
    [FACT_TRANSFER] = { RIGHT_TRANSFER, "/transfers/members", N_("hand-over {1}"), see_members, true },
    [FACT_PROGRAMME] = { RIGHT_GROUP, "/groups", N_("group {1}"), see_groups, true },
    [FACT_AGREEMENT] = { RIGHT_PARTNER, "/agreements", N_("agreement {1}"), see_agreements, true },
    [FACT_STAFF_DAY] = { .right = RIGHT_ABSENCE },
    [FACT_CALL] = { .right = RIGHT_CONTACT },
    [FACT_EXPERIENCE] = { .right = RIGHT_FIGURES },
    [FACT_EXPERIENCE_QUESTION] = { .right = RIGHT_FIGURES },
    [FACT_INVITATION] = { .right = RIGHT_FIGURES },
    [FACT_STATEMENT] = { .right = RIGHT_FIGURES },
    [FACT_MIRROR] = { .right = RIGHT_FIGURES },
    [FACT_PANEL] = { .right = RIGHT_FIGURES },
    [FACT_PARTNER_ANSWER] = { .right = RIGHT_FIGURES },
    [FACT_PATTERN] = { .right = RIGHT_FIGURES },
    [FACT_IMPROVEMENT] = { .right = RIGHT_FIGURES },
    [FACT_PUBLISHED] = { .right = RIGHT_FIGURES },
    [FACT_ADVICE] = { .right = RIGHT_FIGURES },
    [FACT_WORK_SAMPLE] = { .right = RIGHT_FIGURES },
};

/* The others are read from requests, and listed by them. */
static enum right right_of(enum fact_set set)
{
    return source_of[set].right != RIGHT_NONE ? source_of[set].right : RIGHT_REQUEST;
}

bool indicator_seen_may(struct ctx *c, enum fact_set set)
{
    return role_may(c->actor->role, right_of(set)) && (!indicator_is_line(set) || indicator_line_may(c, set));
}

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const struct indicator_seen *)a)->id, y = ((const struct indicator_seen *)b)->id;

    return (x > y) - (x < y);
}

/* The days that the records are of, by the moment that every set has. */
static void days_of(const struct register_facts *f, struct seeing *g)
{
    const int64_t *at = f->f.set[g->set].column[FACT_AT];

    g->from = g->to = DAY_NONE;
    for (size_t i = 0; i < g->records && at != NULL; i++) {
        int32_t day = time_nl_day(at[g->record[i].row]);
        g->from = g->from == DAY_NONE || day < g->from ? day : g->from;
        g->to = g->to == DAY_NONE || day > g->to ? day : g->to;
    }
}

static enum err see_by_day(struct ctx *c, const struct register_facts *f, struct seeing *g)
{
    int32_t last, from;

    days_of(f, g);
    last = g->to;
    if (last == DAY_NONE)
        return OK;
    for (from = g->from; from <= last; from += PIECE_DAYS) {
        g->from = from;
        g->to = from + PIECE_DAYS - 1 < last ? from + PIECE_DAYS - 1 : last;
        TRY(g->source->see(c, g));
    }
    return OK;
}

static enum err see(struct ctx *c, const struct register_facts *f, const struct source *source,
                    struct seeing *g)
{
    g->source = source;
    if (source->see == NULL || g->records == 0)
        return OK;
    return source->whole ? source->see(c, g) : see_by_day(c, f, g);
}

enum err indicator_seen_get(struct ctx *c, const struct register_facts *f, enum fact_set set,
                            const struct indicator_record *record, size_t n, struct indicator_seen **ret_seen,
                            size_t *ret_n)
{
    struct seeing g = { .set = set, .record = record, .records = n };
    bool requests = indicator_of_requests(set);

    TRY(may(c, right_of(set)));
    TRY(config_get(c, &g.config));
    if (requests)
        TRY(see(c, f, &of_requests, &g));
    if (!requests || (set == FACT_ANSWER && role_may(c->actor->role, RIGHT_CONTACT)))
        TRY(see(c, f, &source_of[set], &g));
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
