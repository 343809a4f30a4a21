// SPDX-License-Identifier: EUPL-1.2
#include "register/allocation.h"

#include "base/date.h"
#include "base/text.h"
#include "register/batch.h"
#include "register/course.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"
#include "store/vault.h"

#include <string.h>

#define BULK_MAX 100 /* of the waiting list at once */

/* Index + 1 is the weight. */
static const struct code_name weight_names[] = {
    { "light", N_("Light") },
    { "short", N_("Short") },
    { "medium", N_("Medium") },
    { "heavy", N_("Heavy") },
};
const struct code_name give_back_reasons[] = {
    { "no_room", N_("No room in the team") },
    { "other_discipline", N_("Fits another discipline better") },
    { "known_privately", N_("Knows the resident privately") },
    { "absent_soon", N_("Will be away for long") },
    { "resident_wish", N_("The resident wants someone else") },
    { "other", N_("Another reason") },
};
const size_t give_back_reason_count = COUNT(give_back_reasons);

const char *weight_text(const struct ctx *c, int64_t weight)
{
    return weight >= WEIGHT_LIGHT && weight < WEIGHTS ? _(weight_names[weight - 1].name) : "";
}

int64_t weight_points(const struct config *k, int64_t weight)
{
    return k->weight_points[weight >= WEIGHT_LIGHT && weight < WEIGHTS ? weight : WEIGHT_SHORT];
}

/* ── Load and room ────────────────────────────────────────────────────────────────────────────────────────
 */

enum err load_read(struct ctx *c, const struct config *k, struct load **ret_load, size_t *ret_n)
{
    struct sql_allocation_sums_row *row;
    struct load *l;
    size_t n, m = 0;

    TRY(sql_allocation_sums(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *l, (void *)&l));
    for (size_t i = 0; i < n; i++) {
        if (m == 0 || l[m - 1].worker != row[i].worker)
            l[m++] = (struct load){ .worker = row[i].worker };
        l[m - 1].cases += row[i].cases;
        l[m - 1].points += row[i].cases * weight_points(k, row[i].weight);
    }
    *ret_load = l;
    *ret_n = m;
    return OK;
}

struct load load_of(const struct load *l, size_t n, int64_t worker)
{
    for (size_t i = 0; i < n; i++)
        if (l[i].worker == worker)
            return l[i];
    return (struct load){ .worker = worker };
}

int64_t room_of(const struct config *k, const struct worker *w, int64_t fte)
{
    return w->f.room != INT_NONE ? w->f.room : k->room_full_time * fte / 100;
}

/* ── The proposal ─────────────────────────────────────────────────────────────────────────────────────────
 */

/* What is the same for every request of a list. */
struct desk {
    const struct config *k;
    struct fte_book book;
    struct load *load; /* grows with what is proposed */
    size_t loads;
    const char *wanted;
};

static enum err desk_open(struct ctx *c, const char *wanted, struct desk *d)
{
    struct load *l;

    d->wanted = wanted;
    TRY(config_get(c, &d->k));
    TRY(fte_book_read(c, c->today, c->today, &d->book));
    TRY(load_read(c, d->k, &l, &d->loads));
    TRY(ctx_alloc(c, d->loads + d->book.workers + 1, sizeof *l, (void *)&d->load));
    memcpy(d->load, l, d->loads * sizeof *l);
    return OK;
}

/* What is known of this resident and this request. */
struct past {
    struct sql_allocation_knows_row *knows;
    struct sql_allocation_blocked_row *blocked;
    struct sql_co_worker_of_row *takes_part;
    struct course course; /* not played: who had it when is a matter of what was written down in turn */
    size_t n_knows, n_blocked, n_takes_part;
};

static enum err past_read(struct ctx *c, const struct sql_request_get_row *row, struct past *p)
{
    if (row->person != INT_NONE) {
        TRY(sql_allocation_knows(c, row->person, row->id, &p->knows, &p->n_knows));
        TRY(sql_allocation_blocked(c, row->person, &p->blocked, &p->n_blocked));
    }
    TRY(sql_co_worker_of(c, row->id, &p->takes_part, &p->n_takes_part));
    return course_begin(c, row->id, 0, &p->course);
}

static enum never never_of(const struct past *p, const struct worker *w, int32_t today)
{
    for (size_t i = 0; i < p->n_blocked; i++)
        if (p->blocked[i].worker == w->id)
            return NEVER_BLOCKED;
    if (!worker_serves(&w->f, today))
        return NEVER_NOT_IN_SERVICE;
    return w->f.ended != DAY_NONE ? NEVER_LEAVES : NEVER_NOT;
}

static bool gave_back(const struct past *p, int64_t worker)
{
    int64_t has = INT_NONE;

    for (size_t i = 0; i < p->course.n; i++) {
        const struct event *e = &p->course.event[i];
        if (e->kind == KIND_GIVEN_BACK && has == worker)
            return true;
        if (e->kind == KIND_ALLOCATED || e->kind == KIND_WORKER_CHANGED)
            has = e->worker;
    }
    return false;
}

static bool wish_met(const struct wish *w, const struct worker *worker)
{
    return text_is(w->gender, worker->f.gender);
}

static enum fit fit_of(const struct desk *d, const struct worker *w, const char *category)
{
    if (proposal_suits(w->f.discipline, category, d->wanted))
        return FIT_MAIN;
    for (size_t i = 0; i < worker_discipline_count; i++)
        if (codes_have(w->f.others, worker_disciplines[i].code) &&
            proposal_suits(worker_disciplines[i].code, category, d->wanted))
            return FIT_FURTHER;
    return FIT_NONE;
}

static bool is_absent(const struct desk *d, int64_t worker, int32_t today)
{
    for (size_t i = 0; i < d->book.absences; i++)
        if (d->book.absence[i].worker == worker && absence_covers(&d->book.absence[i], today, today))
            return true;
    return false;
}

static struct candidate candidate_of(struct ctx *c, const struct desk *d, const struct past *p,
                                     const struct proposal *of, const struct worker *w)
{
    struct load l = load_of(d->load, d->loads, w->id);
    struct candidate k = { .worker = w->id,
                           .never = never_of(p, w, c->today),
                           .fit = fit_of(d, w, of->category),
                           .gave_back = gave_back(p, w->id),
                           .absent = is_absent(d, w->id, c->today),
                           .language_asked = of->wish.language != NULL && !text_is(of->wish.language, "nl"),
                           .wish_asked = of->wish.gender != NULL,
                           .wish_met = wish_met(&of->wish, w),
                           .cases = l.cases,
                           .load = l.points,
                           .room = room_of(d->k, w, fte_of_worker(&d->book, w->id, c->today)) };

    k.speaks = k.language_asked && codes_have(w->f.languages, of->wish.language);
    for (size_t i = 0; i < p->n_knows; i++) /* who knows the resident stands before who knows the household */
        if (p->knows[i].worker == w->id && k.known == KNOWN_NOT)
            k.known = p->knows[i].near == 0 ? KNOWN_PERSON : KNOWN_HOUSEHOLD;
    for (size_t i = 0; i < p->n_takes_part; i++)
        k.takes_part = k.takes_part || p->takes_part[i].worker == w->id;
    return k;
}

static const struct worker *worker_in(const struct fte_book *b, int64_t id)
{
    for (size_t i = 0; i < b->workers; i++)
        if (b->worker[i].id == id)
            return &b->worker[i];
    return NULL;
}

/* Colleagues of the request's team, who has it now left out; a request without a team: everyone. */
static enum err rank(struct ctx *c, const struct desk *d, const struct past *past, struct proposal *p)
{
    struct candidate *k;
    int64_t weight = weight_points(d->k, p->weight);

    TRY(ctx_alloc(c, d->book.workers + 1, sizeof *k, (void *)&k));
    for (size_t i = 0; i < d->book.workers; i++) {
        const struct worker *w = &d->book.worker[i];
        bool left = w->f.ended != DAY_NONE && w->f.ended < c->today;
        bool other = p->team != INT_NONE && w->f.team != p->team;
        struct candidate one = candidate_of(c, d, past, p, w);
        if (left || w->id == p->worker || (other && !one.takes_part))
            continue;
        k[p->n++] = one;
    }
    proposal_sort(k, p->n, weight);
    TRY(ctx_alloc(c, p->n + 1, sizeof *p->colleague, (void *)&p->colleague));
    for (size_t i = 0; i < p->n; i++) {
        const struct worker *w = worker_in(&d->book, k[i].worker);
        p->colleague[i] =
            (struct colleague){ k[i], w->f.name, w->f.discipline, w->f.team,
                                k[i].never == NEVER_NOT ? proposal_points(&k[i], weight) : INT_NONE };
    }
    return OK;
}

/* Who is proposed first has this case in hand when the next one is looked at. */
static void take_room(struct desk *d, const struct proposal *p)
{
    if (p->n == 0 || p->colleague[0].k.never != NEVER_NOT)
        return;
    for (size_t i = 0; i < d->loads; i++)
        if (d->load[i].worker == p->colleague[0].k.worker) {
            d->load[i].cases++;
            d->load[i].points += weight_points(d->k, p->weight);
            return;
        }
    d->load[d->loads++] = (struct load){ p->colleague[0].k.worker, 1, weight_points(d->k, p->weight) };
}

static bool can_be_given(enum state state)
{
    return state_allows(state, KIND_ALLOCATED) || state_allows(state, KIND_WORKER_CHANGED);
}

static enum err propose_one(struct ctx *c, struct desk *d, int64_t request, struct proposal *p, bool *ret_can)
{
    struct sql_request_get_row row;
    struct past past = { 0 };
    const char **name;

    TRY(sql_request_get(c, request, &row));
    *p = (struct proposal){ .id = { request },
                            .version = row.version,
                            .weight = row.weight,
                            .team = row.team,
                            .worker = row.worker,
                            .urgency = row.urgency,
                            .category = row.category };
    if (!state_find(row.state, &p->state))
        return FAIL(E_CORRUPT, _("The register holds an unknown state \"%s\"."), row.state);
    *ret_can = can_be_given(p->state);
    if (!*ret_can)
        return OK;
    request_number(request, time_nl_day(row.received_at), p->number);
    TRY(person_names(c, &row.person, 1, &name));
    p->name = name[0];
    TRY(wish_get(c, &(struct request){ .id = { request }, .person = row.person }, &p->wish));
    TRY(past_read(c, &row, &past));
    return rank(c, d, &past, p);
}

enum err allocation_propose_for(struct ctx *c, const int64_t *request, size_t n, const char *wanted,
                                struct proposal **ret_proposal, size_t *ret_n)
{
    struct proposal *p;
    struct desk desk = { 0 };
    size_t m = 0;

    TRY(desk_open(c, wanted, &desk));
    TRY(ctx_alloc(c, n, sizeof *p, (void *)&p));
    for (size_t i = 0; i < n; i++) {
        bool can;
        TRY(propose_one(c, &desk, request[i], &p[m], &can));
        if (!can)
            continue;
        take_room(&desk, &p[m++]);
    }
    *ret_proposal = p;
    *ret_n = m;
    return OK;
}

enum err allocation_propose(struct ctx *c, const int64_t *request, size_t n, const char *wanted,
                            struct proposal **ret_proposal, size_t *ret_n)
{
    TRY(may(c, RIGHT_ALLOCATE));
    if (n == 0)
        return FAIL_FIELD("id", "%s", _("First choose one or more residents."));
    if (n > BULK_MAX)
        return FAIL_FIELD("id", "%s", _("Choose at most 100 residents at once."));
    TRY(allocation_propose_for(c, request, n, wanted, ret_proposal, ret_n));
    struct look look = { c->actor->account, "allocate", n == 1 ? "request" : "waiting_list",
                         n == 1 ? request[0] : INT_NONE };
    return read_log_add(c, &look);
}

/* ── Saving ───────────────────────────────────────────────────────────────────────────────────────────────
 */

struct saving {
    const struct allocation *a;
    size_t n;
    int64_t batch;
};

static const char *never_text(const struct ctx *c, enum never never)
{
    switch (never) {
    case NEVER_BLOCKED:
        return _("This colleague knows the resident privately. Choose someone else.");
    case NEVER_LEAVES:
        return _("This colleague leaves soon. Choose someone else.");
    default:
        return _("This colleague does not work here now. Choose someone else.");
    }
}

static enum err check_choice(struct ctx *c, const struct allocation *a, const struct proposal *p,
                             bool *ret_first)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct candidate *k = &p->colleague[i].k;
        if (k->worker != a->worker)
            continue;
        if (k->never != NEVER_NOT)
            return FAIL_FIELD("worker", "%s", never_text(c, k->never));
        *ret_first = i == 0;
        return OK;
    }
    if (a->worker == p->worker)
        return FAIL_FIELD("worker", "%s", _("This colleague has this case already."));
    return FAIL_FIELD("worker", "%s", _("Choose a colleague of this team."));
}

static enum err save_one(struct ctx *c, struct desk *d, const struct allocation *a, int64_t batch)
{
    struct request_change ch = {
        .id = { a->request }, .version = a->version, .e = EVENT_NONE, .note = a->note
    };
    struct proposal p;
    bool can, first = false;

    if (a->weight < WEIGHT_LIGHT || a->weight >= WEIGHTS)
        return FAIL_FIELD("weight", "%s", _("Choose how heavy this case is."));
    if (a->worker == INT_NONE)
        return FAIL_FIELD("worker", "%s", _("Choose a colleague."));
    TRY(propose_one(c, d, a->request, &p, &can));
    if (a->version != p.version || !can)
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed this request in the meantime. Look at the new state first."));
    TRY(check_choice(c, a, &p, &first));
    take_room(d, &p);
    ch.e.kind =
        p.worker == INT_NONE && state_allows(p.state, KIND_ALLOCATED) ? KIND_ALLOCATED : KIND_WORKER_CHANGED;
    ch.e.occurred_at = c->now;
    ch.e.worker = a->worker;
    ch.e.number = a->weight;
    ch.e.reason = a->reason != NULL ? a->reason : first ? "proposed" : "other_choice";
    TRY(request_change(c, &ch));
    return batch_put(c, batch, a->request, a->version + 1);
}

enum err allocation_put(struct ctx *c, const struct allocation *a, int64_t batch)
{
    struct desk desk = { 0 };

    TRY(desk_open(c, NULL, &desk));
    return save_one(c, &desk, a, batch);
}

static enum err save(struct ctx *c, void *arg)
{
    struct saving *s = arg;
    struct desk desk = { 0 };

    TRY(desk_open(c, NULL, &desk));
    TRY(batch_begin(c, "allocate", &s->batch));
    for (size_t i = 0; i < s->n; i++)
        TRY(save_one(c, &desk, &s->a[i], s->batch));
    return OK;
}

enum err allocation_save(struct ctx *c, const struct allocation *a, size_t n, int64_t *ret_batch)
{
    struct saving s = { .a = a, .n = n };

    TRY(may(c, RIGHT_ALLOCATE));
    if (n == 0)
        return FAIL_FIELD("id", "%s", _("First choose one or more residents."));
    TRY(db_tx(c, save, &s));
    *ret_batch = s.batch;
    return OK;
}

/* ── The worker's answer, and the weight ──────────────────────────────────────────────────────────────────
 */

/* The own case, or one of the team for who allocates. */
static enum err check_own(struct ctx *c, struct request_id id)
{
    struct sql_request_get_row row;

    if (!role_may(c->actor->role, RIGHT_ALLOCATE))
        TRY(may(c, RIGHT_CASE));
    TRY(sql_request_get(c, id.v, &row));
    if (row.worker == INT_NONE)
        return FAIL(E_CONFLICT, "%s", _("This request has no worker now."));
    if (!role_may(c->actor->role, RIGHT_ALLOCATE) && row.worker != c->actor->worker)
        return FAIL(E_FORBIDDEN, "%s", _("This is the case of a colleague."));
    return OK;
}

enum err allocation_accept(struct ctx *c, struct request_id id, int64_t version)
{
    struct request_change ch = { .id = id, .version = version, .e = EVENT_NONE };

    TRY(check_own(c, id));
    ch.e.kind = KIND_ACCEPTED;
    ch.e.occurred_at = c->now;
    ch.e.worker = c->actor->worker;
    return request_change(c, &ch);
}

enum err allocation_give_back(struct ctx *c, struct request_id id, int64_t version, const char *reason,
                              const char *note)
{
    struct request_change ch = { .id = id, .version = version, .e = EVENT_NONE, .note = note };

    TRY(check_own(c, id));
    if (!code_known(give_back_reasons, give_back_reason_count, reason))
        return FAIL_FIELD("reason", "%s", _("Choose a reason. This reason is counted in the reports."));
    if (text_is(reason, "other") && text_empty(note))
        return FAIL_FIELD("note", "%s", _("Write down which reason."));
    ch.e.kind = KIND_GIVEN_BACK;
    ch.e.occurred_at = c->now;
    ch.e.reason = reason;
    return request_change(c, &ch);
}

enum err allocation_weigh(struct ctx *c, struct request_id id, int64_t version, int64_t weight)
{
    struct request_change ch = { .id = id, .version = version, .e = EVENT_NONE };

    TRY(check_own(c, id));
    if (weight < WEIGHT_LIGHT || weight >= WEIGHTS)
        return FAIL_FIELD("weight", "%s", _("Choose how heavy this case is."));
    ch.e.kind = KIND_WEIGHED;
    ch.e.occurred_at = c->now;
    ch.e.number = weight;
    return request_change(c, &ch);
}
