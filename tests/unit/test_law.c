// SPDX-License-Identifier: EUPL-1.2
/* The legal track played from events, against a second, slow way: each event by itself, looking back at all
 * that were accepted before it. */
#include "register/law.h"
#include "unit/test.h"

#include "base/rng.h"
#include "base/text.h"

#include <string.h>

enum { EVENTS = 18 };

static const enum kind legal[] = {
    KIND_WMO_REPORTED,      KIND_PERSONAL_PLAN, KIND_WMO_RESEARCHED, KIND_ACCOUNT_SENT,
    KIND_LATE_LETTER,       KIND_FAMILY_PLAN,   KIND_WRITTEN_ASKED,  KIND_WRITTEN_SENT,
    KIND_APPLIED,           KIND_APPLIED,       KIND_APPLIED,        KIND_SUSPENDED,
    KIND_COMPLETION_ASKED,  KIND_COMPLETED,     KIND_RUNS_AGAIN,     KIND_POSTPONED,
    KIND_DECIDED,           KIND_DECIDED,       KIND_REVIEWED,       KIND_DEFAULT_NOTICE,
    KIND_DEFAULT_NOTICE,    KIND_OBJECTED,      KIND_OBJECTED,       KIND_EXTENDED,
    KIND_OBJECTION_DECIDED, KIND_PENALTY_PAID,  KIND_PENALTY_PAID,   KIND_UNDONE,
    KIND_SUPPORTER_TOLD,
};

static const char *random_reason(struct rng *r, enum kind kind)
{
    switch (kind) {
    case KIND_APPLIED:
        return rng_below(r, 12) == 0 ? "no such thing"
                                     : law_provisions[rng_below(r, law_provision_count)].code;
    case KIND_SUSPENDED:
        return rng_below(r, 12) == 0 ? "no such thing" : law_grounds[rng_below(r, law_ground_count)].code;
    case KIND_DECIDED:
        return law_results[rng_below(r, law_result_count)].code;
    case KIND_OBJECTION_DECIDED:
        return law_objection_results[rng_below(r, law_objection_result_count)].code;
    case KIND_FAMILY_PLAN:
        return rng_below(r, 2) == 0 ? "declined" : "wanted";
    default:
        return NULL;
    }
}

/* An event that was recorded before, of one of two kinds; 1 when there is none. */
static int64_t random_seq(struct rng *r, const struct event *event, size_t n, enum kind a, enum kind b)
{
    int64_t found = 1;
    uint64_t seen = 0;

    for (size_t i = 0; i < n; i++)
        if ((event[i].kind == a || event[i].kind == b) && rng_below(r, ++seen) == 0)
            found = event[i].seq;
    return found;
}

static size_t random_history(struct rng *r, struct event *event)
{
    size_t n = 2 + rng_below(r, EVENTS - 1);
    int64_t first = time_of_nl_day(date_from_civil(2023, 11, 1) + (int32_t)rng_below(r, 400), 9 * 3600);

    for (size_t i = 0; i < n; i++) {
        struct event e = EVENT_NONE;
        e.kind = i == 0 ? KIND_REGISTERED : legal[rng_below(r, COUNT(legal))];
        if (i == 1 && rng_below(r, 3) != 0)
            e.kind = KIND_WMO_REPORTED;
        e.seq = (int64_t)i + 1;
        e.occurred_at = i == 0 ? first : first + (int64_t)(i * 2 + rng_below(r, 12)) * SECONDS_A_DAY;
        e.recorded_at = e.occurred_at;
        e.reason = random_reason(r, e.kind);
        e.object = random_seq(r, event, i, KIND_APPLIED, KIND_APPLIED);
        if (e.kind == KIND_COMPLETED || e.kind == KIND_RUNS_AGAIN)
            e.number = random_seq(r, event, i, KIND_SUSPENDED, KIND_COMPLETION_ASKED);
        if (e.kind == KIND_UNDONE)
            e.number = 1 + (int64_t)rng_below(r, i);
        if ((e.kind == KIND_SUSPENDED || e.kind == KIND_COMPLETION_ASKED || e.kind == KIND_POSTPONED) &&
            rng_below(r, 3) != 0)
            e.until = e.occurred_at + (int64_t)(1 + rng_below(r, 20)) * SECONDS_A_DAY;
        event[i] = e;
    }
    return n;
}

/* ── The slow way ─────────────────────────────────────────────────────────────────────────────────────────
 */

struct slow {
    const struct event *event;
    size_t n;
    bool taken[EVENTS + 2];
};

/* The first accepted event of this kind about this application (0: about any) before place `end`; NULL. */
static const struct event *earlier(const struct slow *s, size_t end, enum kind kind, int64_t object)
{
    for (size_t i = 0; i < end; i++)
        if (s->taken[i] && s->event[i].kind == kind && (object == 0 || s->event[i].object == object))
            return &s->event[i];
    return NULL;
}

static size_t how_many(const struct slow *s, size_t end, enum kind kind, int64_t object)
{
    size_t found = 0;

    for (size_t i = 0; i < end; i++)
        found += s->taken[i] && s->event[i].kind == kind && s->event[i].object == object;
    return found;
}

static const struct event *accepted(const struct slow *s, size_t end, int64_t seq)
{
    for (size_t i = 0; i < end; i++)
        if (s->taken[i] && s->event[i].seq == seq)
            return &s->event[i];
    return NULL;
}

/* Notices about the objection: those after the decision. */
static size_t later_notices(const struct slow *s, size_t end, int64_t object)
{
    size_t found = 0;

    for (size_t i = 0; i < end; i++)
        if (s->taken[i] && s->event[i].kind == KIND_DEFAULT_NOTICE && s->event[i].object == object)
            found += earlier(s, i, KIND_DECIDED, object) != NULL;
    return found;
}

static bool slow_again(const struct slow *s, size_t i)
{
    const struct event *e = &s->event[i], *pause = accepted(s, i, e->number);

    if (pause == NULL || (pause->kind != KIND_SUSPENDED && pause->kind != KIND_COMPLETION_ASKED) ||
        pause->object != e->object)
        return false;
    for (size_t k = 0; k < i; k++)
        if (s->taken[k] && (s->event[k].kind == KIND_COMPLETED || s->event[k].kind == KIND_RUNS_AGAIN) &&
            s->event[k].number == e->number)
            return false;
    return true;
}

static bool slow_application(const struct slow *s, size_t i)
{
    const struct event *e = &s->event[i], *applied = accepted(s, i, e->object);
    const struct event *decided = earlier(s, i, KIND_DECIDED, e->object);
    const struct event *objected = earlier(s, i, KIND_OBJECTED, e->object);
    bool objecting = objected != NULL && earlier(s, i, KIND_OBJECTION_DECIDED, e->object) == NULL;
    bool decision = decided != NULL && !text_is(decided->reason, "withdrawn");
    const struct law_ground *g = law_ground_find(e->kind == KIND_COMPLETION_ASKED ? "completion" : e->reason);

    if (applied == NULL || applied->kind != KIND_APPLIED)
        return false;
    switch (e->kind) {
    case KIND_SUSPENDED:
    case KIND_COMPLETION_ASKED:
        return g != NULL && (g->objection ? objecting : decided == NULL);
    case KIND_COMPLETED:
    case KIND_RUNS_AGAIN:
        return slow_again(s, i);
    case KIND_POSTPONED:
        return decided == NULL && how_many(s, i, KIND_POSTPONED, e->object) == 0;
    case KIND_DECIDED:
        return decided == NULL;
    case KIND_REVIEWED:
        return decision;
    case KIND_DEFAULT_NOTICE:
        return decided == NULL ? how_many(s, i, KIND_DEFAULT_NOTICE, e->object) == 0
                               : objecting && later_notices(s, i, e->object) == 0;
    case KIND_PENALTY_PAID:
        return how_many(s, i, KIND_PENALTY_PAID, e->object) < how_many(s, i, KIND_DEFAULT_NOTICE, e->object);
    case KIND_OBJECTED:
        return decision && objected == NULL;
    case KIND_EXTENDED:
        return objecting && how_many(s, i, KIND_EXTENDED, e->object) == 0;
    default:
        return objecting;
    }
}

static bool slow_accepts(const struct slow *s, size_t i)
{
    const struct event *e = &s->event[i];
    bool reported = earlier(s, i, KIND_WMO_REPORTED, 0) != NULL;
    bool sent = earlier(s, i, KIND_ACCOUNT_SENT, 0) != NULL;
    bool first = earlier(s, i, e->kind, 0) == NULL;
    const struct law_provision *p;

    switch (e->kind) {
    case KIND_REGISTERED:
    case KIND_UNDONE:
    case KIND_SUPPORTER_TOLD:
    case KIND_FAMILY_PLAN:
        return true;
    case KIND_WMO_REPORTED:
    case KIND_WRITTEN_ASKED:
        return first;
    case KIND_PERSONAL_PLAN:
    case KIND_ACCOUNT_SENT:
        return reported && first;
    case KIND_WMO_RESEARCHED:
    case KIND_LATE_LETTER:
        return reported && first && !sent;
    case KIND_WRITTEN_SENT:
        return first && earlier(s, i, KIND_WRITTEN_ASKED, 0) != NULL;
    case KIND_APPLIED:
        return law_provision_find(e->reason, &p) && (p->act != LAW_WMO || reported);
    default:
        return slow_application(s, i);
    }
}

static int64_t slow_play(struct slow *s, const struct event *event, size_t n)
{
    int64_t refused = 0;

    *s = (struct slow){ .event = event, .n = n };
    for (size_t i = 0; i < n; i++) {
        s->taken[i] = !event[i].undone && slow_accepts(s, i);
        if (!event[i].undone && !s->taken[i] && refused == 0)
            refused = event[i].seq;
    }
    return refused;
}

static int64_t when(const struct slow *s, enum kind kind, int64_t object)
{
    const struct event *e = earlier(s, s->n, kind, object);

    return e != NULL ? e->occurred_at : TIME_NONE;
}

static bool same_application(const struct slow *s, const struct law_application *a, int64_t seq)
{
    bool ok = CHECK_INT(a->seq, seq);

    ok = CHECK_INT(a->decided_at, when(s, KIND_DECIDED, seq)) && ok;
    ok = CHECK_INT(a->objected_at, when(s, KIND_OBJECTED, seq)) && ok;
    ok = CHECK_INT(a->objection_decided_at, when(s, KIND_OBJECTION_DECIDED, seq)) && ok;
    ok = CHECK_INT(a->postponed_at, when(s, KIND_POSTPONED, seq)) && ok;
    ok = CHECK_INT(a->extended_at, when(s, KIND_EXTENDED, seq)) && ok;
    return ok;
}

/* The definitions, said once more: decided when all that was applied for was decided. */
static bool same_as_slow(const struct slow *s, const struct law *l)
{
    size_t applications = 0, decided = 0;
    bool youth = false, ok = true;
    enum law_track track = TRACK_NONE;
    enum law_stage stage = STAGE_NONE;

    for (size_t i = 0; i < s->n; i++) {
        const struct law_provision *p;
        if (!s->taken[i] || s->event[i].kind != KIND_APPLIED)
            continue;
        ok = CHECK(applications < l->applications) && ok;
        ok = ok && same_application(s, &l->application[applications], s->event[i].seq);
        applications++;
        decided += when(s, KIND_DECIDED, s->event[i].seq) != TIME_NONE;
        youth = youth || (law_provision_find(s->event[i].reason, &p) && p->act == LAW_YOUTH);
    }
    bool reported = when(s, KIND_WMO_REPORTED, 0) != TIME_NONE;
    bool known = when(s, KIND_WMO_RESEARCHED, 0) != TIME_NONE || when(s, KIND_ACCOUNT_SENT, 0) != TIME_NONE;
    if (reported)
        track = TRACK_WMO;
    else if (applications > 0)
        track = youth ? TRACK_YOUTH : TRACK_OTHER;
    if (reported)
        stage = known ? STAGE_RESEARCHED : STAGE_OPEN;
    if (applications > 0)
        stage = decided == applications ? STAGE_DECIDED : STAGE_APPLIED;
    ok = CHECK_INT((int64_t)l->applications, (int64_t)applications) && ok;
    ok = CHECK_INT(l->track, track) && ok;
    ok = CHECK_INT(l->stage, stage) && ok;
    ok = CHECK_INT(l->letter_at, when(s, KIND_LATE_LETTER, 0)) && ok;
    return CHECK_INT(l->account_at, when(s, KIND_ACCOUNT_SENT, 0)) && ok;
}

TEST_LONG(law_track_like_the_slow_way)
{
    struct ctx *c = test_begin_bare();
    struct event event[EVENTS + 2];
    int64_t stage[STAGES] = { 0 }, refusals = 0;
    struct rng r;

    rng_seed(&r, 50);
    for (int turn = 0; turn < 100000; turn++) {
        struct arena_mark mark = arena_mark(c->arena);
        size_t n = random_history(&r, event);
        struct standing now;
        struct slow slow;
        struct law l;
        int64_t refused;
        refused = standing_replay(event, n, &now);
        CHECK(law_replay(c, event, n, &l, &refused) == OK);
        bool ok = CHECK_INT(refused, slow_play(&slow, event, n));
        if (!same_as_slow(&slow, &l) || !ok) {
            CHECK_INT(turn, -1);
            return;
        }
        stage[l.stage]++;
        refusals += refused != 0;
        arena_release(c->arena, mark);
    }
    /* the histories went everywhere */
    for (int i = 0; i < STAGES; i++)
        CHECK(stage[i] > 1000);
    CHECK(refusals > 10000 && refusals < 100000);
}

/* ── Order of recording ───────────────────────────────────────────────────────────────────────────────────
 */

/* The same events, written down in another order: their numbers and what refers to them change with it. */
static void record_otherwise(struct rng *r, struct event *event, size_t n)
{
    int64_t number[EVENTS + 3];

    for (size_t i = 0; i < n; i++)
        number[i + 1] = (int64_t)i + 1;
    for (size_t i = n; i > 2; i--) { /* the registration stays the first */
        size_t k = 2 + rng_below(r, i - 1);
        int64_t swap = number[i];
        number[i] = number[k];
        number[k] = swap;
    }
    for (size_t i = 0; i < n; i++) {
        struct event *e = &event[i];
        bool refers = e->kind == KIND_COMPLETED || e->kind == KIND_RUNS_AGAIN;
        e->seq = number[e->seq];
        e->object = e->object > 0 ? number[e->object] : e->object;
        e->number = refers && e->number > 0 ? number[e->number] : e->number;
    }
}

static size_t distinct_history(struct rng *r, struct event *event)
{
    size_t n = random_history(r, event);

    for (size_t i = 0; i < n; i++) { /* nothing at the same moment, nothing taken back */
        event[i].occurred_at += (int64_t)i * 60;
        if (event[i].kind == KIND_UNDONE)
            event[i].kind = KIND_NOTE;
    }
    return n;
}

TEST(law_order_of_recording_changes_no_term)
{
    struct ctx *c = test_begin_bare();
    struct law_options o = LAW_OPTIONS_DEFAULT;
    struct event event[EVENTS + 2];
    struct calendar k;
    struct rng r;

    calendar_init(&k, &(struct calendar_rule){ 0 });
    CHECK(penalty_rates_parse(PENALTY_DEFAULT, &o.penalty));
    rng_seed(&r, 51);
    for (int turn = 0; turn < 30000; turn++) {
        struct arena_mark mark = arena_mark(c->arena);
        size_t n = distinct_history(&r, event), terms[2];
        struct law_term *term[2];
        int64_t now = event[0].occurred_at + (int64_t)rng_below(&r, 200) * SECONDS_A_DAY, refused;
        for (int i = 0; i < 2; i++) {
            struct standing s;
            struct law l;
            refused = standing_replay(event, n, &s);
            CHECK(law_replay(c, event, n, &l, &refused) == OK);
            CHECK(law_terms(c, &k, &o, &l, now, &term[i], &terms[i]) == OK);
            record_otherwise(&r, event, n);
        }
        int64_t due[2] = { 0 }, party[2] = { 0 }, over[2] = { 0 }, euros[2] = { 0 };
        for (int i = 0; i < 2; i++)
            for (size_t t = 0; t < terms[i]; t++) {
                const struct term_state *s = &term[i][t].now;
                due[i] += s->due * (1 + (int64_t)term[i][t].kind);
                party[i] += s->party[0] + 1000 * s->party[1] + 100000 * s->party[2] + 10000000 * s->party[3];
                over[i] += term[i][t].overdue;
                euros[i] += term[i][t].penalty.euros;
                int64_t sum = s->party[0] + s->party[1] + s->party[2] + s->party[3];
                CHECK_INT(sum, s->total);
            }
        if (!CHECK_INT((int64_t)terms[0], (int64_t)terms[1]) || !CHECK_INT(due[0], due[1]) ||
            !CHECK_INT(party[0], party[1]) || !CHECK_INT(over[0], over[1]) || !CHECK_INT(euros[0], euros[1]))
            return;
        arena_release(c->arena, mark);
    }
}
