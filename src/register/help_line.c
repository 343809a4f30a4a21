// SPDX-License-Identifier: EUPL-1.2
#include "register/help_line.h"

#include "base/date.h"
#include "base/text.h"
#include "register/course.h"
#include "register/event.h"
#include "store/sql.h"
#include "store/vault.h"

const struct code_name line_ends[] = {
    { "goals_reached", N_("The goals were reached") }, { "handed_over", N_("Taken over by other help") },
    { "own_wish", N_("At the wish of the resident") }, { "finished", N_("The group or course is finished") },
    { "stopped", N_("Stopped before the end") },       { "provider", N_("The provider could not go on") },
    { "closed", N_("The request was closed") },
};
const size_t line_end_count = COUNT(line_ends);
const struct code_name line_arrivals[] = {
    { "arrived", N_("The resident gets help there") },
    { "not_arrived", N_("The resident did not arrive there") },
    { "unknown", N_("Not known: may not be asked, or no answer") },
};
const size_t line_arrival_count = COUNT(line_arrivals);

/* ── Starting ─────────────────────────────────────────────────────────────────────────────────────────────
 */

struct starting {
    const struct line_form *f;
    int64_t person;
    int64_t line;
};

/* A group as help: who took part in it while waiting goes on as a participant that is helped. */
static enum err join_programme(struct ctx *c, const struct line_form *f, int64_t seq, int64_t line,
                               int64_t at)
{
    struct sql_participation_insert_row added;
    struct sql_participation_of_row *row;
    bool bridge = false;
    int64_t more;
    size_t n;

    TRY(sql_participation_of(c, f->request.v, &row, &n));
    for (size_t i = 0; i < n; i++)
        bridge = bridge || (row[i].programme == f->programme && row[i].bridge);
    if (bridge) {
        struct event e = event_now(c, KIND_BRIDGE_ENDED, at, 0);
        e.object = f->programme;
        e.reason = "own_turn";
        TRY(care_event_add(c, &(struct care_event){ f->request, -1, e, NULL }, &more));
    }
    struct sql_participation_insert_args p = { f->programme, f->request.v, seq, false, line };
    return sql_participation_insert(c, &p, &added);
}

enum err line_start_in(struct ctx *c, const struct line_form *f, int64_t person, int64_t *ret_line,
                       int64_t *ret_seq)
{
    struct sql_request_get_row row;
    struct sql_line_insert_row added;
    struct blob provider;
    int64_t seq;

    TRY(sql_request_get(c, f->request.v, &row));
    if (row.started_at == TIME_NONE)
        return FAIL(E_CONFLICT, "%s", _("Help starts after the first talk. Register that talk first."));
    struct event e = event_now(c, KIND_HELP_STARTED, care_moment(c, f->day, row.started_at), 0);
    e.reason = f->kind;
    e.number = f->main;
    TRY(care_event_add(c, &(struct care_event){ f->request, f->seen, e, NULL }, &seq));
    TRY(note_seal(c, person, f->provider, &provider));
    struct sql_line_insert_args line = { f->request.v, seq,         f->kind, f->partner,
                                         f->programme, f->decision, f->warm, provider };
    TRY(sql_line_insert(c, &line, &added));
    if (f->programme != INT_NONE)
        TRY(join_programme(c, f, seq, added.id, e.occurred_at));
    *ret_line = added.id;
    *ret_seq = seq;
    return care_store(c, f->request.v);
}

static enum err save_start(struct ctx *c, void *arg)
{
    struct starting *s = arg;
    int64_t seq;

    return line_start_in(c, s->f, s->person, &s->line, &seq);
}

enum err line_start(struct ctx *c, const struct line_form *f, int64_t *ret_line)
{
    struct starting s = { .f = f };
    struct request r;

    TRY(care_open(c, f->request, &r));
    if (text_empty(f->kind))
        return FAIL_FIELD("kind", "%s", _("Choose who gives the help."));
    if (f->day == DAY_NONE || f->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    if (r.now.started_at != TIME_NONE && f->day < time_nl_day(r.now.started_at))
        return FAIL_FIELD("day", "%s", _("Help starts after the first talk. Register that talk first."));
    s.person = r.person;
    TRY(db_tx(c, save_start, &s));
    *ret_line = s.line;
    return OK;
}

/* ── What happens to a line ───────────────────────────────────────────────────────────────────────────────
 */

struct line_step {
    struct request_id request;
    int64_t seen, line;
    enum kind kind;
    int32_t day;
    const char *reason, *note;
    bool open; /* the line must still run */
};

static enum err save_step(struct ctx *c, void *arg)
{
    const struct line_step *s = arg;
    const struct line_played *line = NULL;
    struct course course;
    struct care k;
    int64_t seq;

    TRY(course_read(c, s->request.v, &course));
    TRY(care_read(c, course.event, course.n, s->request.v, &k));
    for (size_t i = 0; i < k.lines; i++)
        if (k.line[i].id == s->line && !k.line[i].undone)
            line = &k.line[i];
    if (line == NULL)
        return FAIL(E_NOT_FOUND, "%s", _("This line of help does not exist."));
    if (s->open && line->ended_at != TIME_NONE)
        return FAIL(E_CONFLICT, "%s", _("This line of help has ended already."));
    if (s->day < time_nl_day(line->started_at))
        return FAIL_FIELD("day", "%s", _("This date is before the line of help started."));
    struct event e = event_now(c, s->kind, care_moment(c, s->day, line->started_at), 0);
    e.object = s->line;
    e.reason = s->reason;
    TRY(care_event_add(c, &(struct care_event){ s->request, s->seen, e, s->note }, &seq));
    return care_store(c, s->request.v);
}

static enum err step(struct ctx *c, struct line_step s)
{
    struct request r;

    TRY(care_open(c, s.request, &r));
    return db_tx(c, save_step, &s);
}

enum err line_stop(struct ctx *c, const struct line_end *e)
{
    if (text_empty(e->reason))
        return FAIL_FIELD("reason", "%s", _("Choose why this help ends."));
    if (e->day == DAY_NONE || e->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    return step(c, (struct line_step){ e->request, e->seen, e->line, KIND_HELP_ENDED, e->day, e->reason, NULL,
                                       true });
}

enum err line_make_main(struct ctx *c, struct request_id request, int64_t seen, int64_t line)
{
    return step(c, (struct line_step){ request, seen, line, KIND_MAIN_LINE, c->today, NULL, NULL, true });
}

enum err line_arrived(struct ctx *c, const struct line_arrival *a)
{
    if (text_empty(a->arrival))
        return FAIL_FIELD("arrival", "%s", _("Choose whether the resident arrived."));
    return step(c, (struct line_step){ a->request, a->seen, a->line, KIND_ARRIVAL_CHECKED, c->today,
                                       a->arrival, a->note, false });
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err fill_line(struct ctx *c, const struct request *r, const struct line_played *is,
                          const struct sql_line_all_row *row, int arrival_days, struct help_line *l)
{
    *l = (struct help_line){ .is = *is,
                             .partner = row->partner,
                             .programme = row->programme,
                             .warm = row->warm,
                             .decision = row->decision,
                             .arrival_by = DAY_NONE };
    if (line_is_referral(is->kind) && is->arrival == NULL)
        l->arrival_by = time_nl_day(is->started_at) + arrival_days;
    if (row->provider.data != NULL)
        TRY(vault_open(c, r->person, row->provider, &l->provider));
    return OK;
}

enum err line_all(struct ctx *c, const struct request *r, const struct care *k, struct help_line **ret_line,
                  size_t *ret_n)
{
    const struct config *config;
    struct sql_line_all_row *row;
    struct help_line *l;
    size_t rows, n = 0;

    *ret_n = 0;
    if (!r->content)
        return OK;
    TRY(config_get(c, &config));
    TRY(sql_line_all(c, r->id.v, &row, &rows));
    TRY(ctx_alloc(c, k->lines + 1, sizeof *l, (void *)&l));
    for (int ended = 0; ended < 2; ended++)
        for (size_t i = 0; i < k->lines && i < rows; i++)
            if (!k->line[i].undone && (k->line[i].ended_at != TIME_NONE) == ended)
                TRY(fill_line(c, r, &k->line[i], &row[i], config->arrival_days, &l[n++]));
    *ret_line = l;
    *ret_n = n;
    return OK;
}

enum err line_to_partner(struct ctx *c, const struct line_partner *to, const struct event *event, size_t n,
                         int64_t *ret_line)
{
    struct sql_line_all_row *row;
    struct care k;
    size_t rows;

    *ret_line = INT_NONE;
    TRY(care_read(c, event, n, to->request, &k));
    TRY(sql_line_all(c, to->request, &row, &rows));
    for (size_t i = 0; i < k.lines && i < rows; i++)
        if (!k.line[i].undone && row[i].partner == to->partner && line_is_referral(k.line[i].kind))
            *ret_line = k.line[i].id;
    return OK;
}
