// SPDX-License-Identifier: EUPL-1.2
#include "register/regie.h"

#include "base/buf.h"
#include "register/event.h"
#include "register/right.h"

#include <string.h>

const struct code_name regie_holders[] = {
    { REGIE_RESIDENT, N_("The resident") },
    { REGIE_WORKER, N_("The worker") },
    { REGIE_CASE_DIRECTOR, N_("A case director of another organisation") },
    { REGIE_PROCESS_DIRECTOR, N_("The process director") },
};
const size_t regie_holder_count = COUNT(regie_holders);
const struct code_name regie_reasons[] = {
    { "agreed", N_("Agreed with the resident") }, { "more_help", N_("Several organisations help") },
    { "stagnation", N_("Cooperation is stuck") }, { "safety", N_("Someone is in danger") },
    { "better", N_("It goes better") },           { "other", N_("Another reason") },
};
const size_t regie_reason_count = COUNT(regie_reasons);

/* ── Playing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

/* The case while its events pass by. */
struct play {
    const struct event *decided; /* what somebody decided and still stands; NULL */
    int64_t worker;
    bool open, asked;
};

static const char *holder_code(const char *code)
{
    for (size_t i = 0; i < regie_holder_count; i++)
        if (text_is(regie_holders[i].code, code))
            return regie_holders[i].code;
    return NULL;
}

static bool ends(enum kind kind)
{
    return kind == KIND_CLOSED || kind == KIND_REDIRECTED || kind == KIND_MERGED;
}

static void pass(struct play *p, const struct event *e)
{
    bool gets = e->kind == KIND_ALLOCATED || e->kind == KIND_WORKER_CHANGED ||
                (e->kind == KIND_FIRST_TALK && e->worker != INT_NONE);
    int64_t before = p->worker;

    if (e->kind == KIND_REGISTERED)
        p->open = true;
    if (gets)
        p->worker = e->worker;
    if (e->kind == KIND_GIVEN_BACK)
        p->worker = INT_NONE;
    if (p->worker != before && p->decided != NULL && text_is(p->decided->activity, REGIE_WORKER))
        p->decided = NULL; /* another worker: that decision has lapsed */
    if (e->kind == KIND_REGIE_CHANGED && holder_code(e->activity) != NULL)
        p->decided = e;
    if (ends(e->kind))
        p->open = false;
}

static struct regie holds(const struct play *p, int64_t from)
{
    struct regie r = { .worker = INT_NONE, .from = from, .until = TIME_NONE };

    if (!p->open)
        return r;
    if (p->decided == NULL) {
        r.holder = p->worker != INT_NONE ? REGIE_WORKER : REGIE_RESIDENT;
        r.worker = p->worker;
        return r;
    }
    r.seq = p->decided->seq;
    r.holder = holder_code(p->decided->activity);
    if (text_is(r.holder, REGIE_WORKER)) {
        r.worker = p->decided->worker != INT_NONE ? p->decided->worker : p->worker;
        r.broken = r.worker == INT_NONE;
    }
    return r;
}

static bool same(const struct regie *a, const struct regie *b)
{
    return a->holder == b->holder && a->worker == b->worker && a->seq == b->seq;
}

void regie_play(const struct event *event, size_t n, struct regie ret_regie[REGIE_MOST], size_t *ret_n)
{
    struct play p = { .worker = INT_NONE };
    struct regie before = { .worker = INT_NONE };
    size_t count = 0;

    for (size_t i = 0; i < n; i++) {
        if (event[i].undone)
            continue;
        pass(&p, &event[i]);
        struct regie now = holds(&p, event[i].occurred_at);
        if (same(&before, &now))
            continue;
        if (count > 0 && ret_regie[count - 1].until == TIME_NONE)
            ret_regie[count - 1].until = now.from;
        before = now;
        if (now.holder == NULL)
            continue;
        if (count == REGIE_MOST) {
            memmove(ret_regie, ret_regie + 1, (REGIE_MOST - 1) * sizeof *ret_regie);
            count--;
        }
        ret_regie[count++] = now;
    }
    *ret_n = count;
}

/* ── For a page ───────────────────────────────────────────────────────────────────────────────────────────
 */

enum err regie_worker_name(struct ctx *c, int64_t worker, const char **ret_name)
{
    struct sql_regie_worker_row *row;
    size_t n;

    *ret_name = "";
    TRY(sql_regie_worker(c, worker, &row, &n));
    if (n > 0)
        *ret_name = row[0].name;
    return OK;
}

enum err regie_choices(struct ctx *c, const struct request *r, const struct regie_choice **ret_choice,
                       size_t *ret_n)
{
    struct sql_regie_workers_row *row;
    struct regie_choice *x;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(sql_regie_workers(c, r->now.team, &row, ret_n));
    TRY(ctx_alloc(c, *ret_n + 1, sizeof *x, (void *)&x));
    for (size_t i = 0; i < *ret_n; i++)
        x[i] = (struct regie_choice){ row[i].id, row[i].name };
    *ret_choice = x;
    return OK;
}

/* The note of a decision: the name of a director on the first line, then why. */
static enum err fill_note(struct ctx *c, const struct request *r, int64_t seq, struct regie_line *line)
{
    for (size_t i = 0; i < r->events; i++) {
        const struct request_event *e = &r->event[i];
        if (e->e.seq != seq || e->note == NULL)
            continue;
        size_t n = strcspn(e->note, "\n");
        char *name = arena_copy(c->arena, e->note, n);
        if (name == NULL)
            return FAIL(E_NOMEM, "%s", "");
        if (line->name[0] == '\0')
            line->name = name;
        line->why = e->note + n + (e->note[n] == '\n');
    }
    return OK;
}

enum err regie_of(struct ctx *c, const struct request *r, const struct regie_line **ret_line, size_t *ret_n)
{
    struct regie play[REGIE_MOST];
    struct regie_line *line;
    struct event *event;
    size_t n;

    TRY(ctx_alloc(c, r->events + 1, sizeof *event, (void *)&event));
    for (size_t i = 0; i < r->events; i++)
        event[i] = r->event[i].e;
    regie_play(event, r->events, play, &n);
    TRY(ctx_alloc(c, n + 1, sizeof *line, (void *)&line));
    for (size_t i = 0; i < n; i++) {
        const struct regie *from = &play[n - 1 - i];
        line[i] =
            (struct regie_line){ .holder = code_text(c, regie_holders, regie_holder_count, from->holder),
                                 .name = "",
                                 .from = from->from,
                                 .until = from->until,
                                 .current = from->until == TIME_NONE };
        if (from->worker != INT_NONE)
            TRY(regie_worker_name(c, from->worker, &line[i].name));
        TRY(fill_note(c, r, from->seq, &line[i]));
    }
    *ret_line = line;
    *ret_n = n;
    return OK;
}

/* ── Deciding ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_form(struct ctx *c, const struct regie_form *f)
{
    bool director = text_is(f->holder, REGIE_CASE_DIRECTOR) || text_is(f->holder, REGIE_PROCESS_DIRECTOR);

    if (!code_known(regie_holders, regie_holder_count, f->holder))
        return FAIL_FIELD("holder", "%s", _("Choose who directs the case."));
    if (!code_known(regie_reasons, regie_reason_count, f->reason))
        return FAIL_FIELD("reason", "%s", _("Choose one of the list."));
    if (director && text_empty(f->name))
        return FAIL_FIELD("name", "%s", _("Fill in who this is, and of which organisation."));
    if (f->day == DAY_NONE || f->day > c->today)
        return FAIL_FIELD("day", "%s", _("Fill in the day on which this began, today at the latest."));
    return OK;
}

static enum err change(struct ctx *c, void *arg)
{
    const struct regie_form *f = arg;
    struct request_change ch = { .id = f->request, .version = f->seen, .e = EVENT_NONE };
    struct sql_request_get_row row;
    struct buf note = { 0 };
    const char *text;

    TRY(sql_request_get(c, f->request.v, &row));
    ch.e.kind = KIND_REGIE_CHANGED;
    ch.e.occurred_at = f->day == c->today ? c->now : time_of_nl_day(f->day, 12 * 3600);
    ch.e.activity = holder_code(f->holder);
    ch.e.reason = f->reason;
    if (text_is(f->holder, REGIE_WORKER))
        ch.e.worker = f->worker != INT_NONE ? f->worker : row.worker;
    if (text_is(f->holder, REGIE_WORKER) && ch.e.worker == INT_NONE)
        return FAIL_FIELD("worker", "%s", _("No worker has this case. Choose who directs it."));
    if (!text_empty(f->name) || !text_empty(f->why)) {
        buf_printf(&note, "%s\n%s", text_empty(f->name) ? "" : f->name, text_empty(f->why) ? "" : f->why);
        enum err e = ctx_copy(c, buf_text(&note), &text);
        buf_free(&note);
        TRY(e);
        ch.note = text;
    }
    return request_change(c, &ch);
}

enum err regie_change(struct ctx *c, const struct regie_form *f)
{
    struct regie_form copy = *f;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(check_form(c, f));
    return db_tx(c, change, &copy);
}
