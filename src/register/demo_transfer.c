// SPDX-License-Identifier: EUPL-1.2
/* The transition of the made-up municipality: 640 residents of specialist providers are handed over before 30
 * June 2022 (178 days after the first day), slowly at first, then quickly, with the last ones after the day.
 */
#include "base/date.h"
#include "base/rng.h"
#include "base/text.h"
#include "register/allocation.h"
#include "register/demo_core.h"
#include "register/transfer.h"
#include "register/worker.h"
#include "store/sql.h"

#include <math.h>
#include <stdio.h>

enum { DAYS = 178, RESIDENTS = 640 };

struct making {
    struct demo *d;
    struct rng rng;
    int64_t list;
    int32_t due, now;
};

/* A day of the S-curve: 97 % on or before the day, the rest within three months after it. */
static int32_t outcome_day(struct making *m)
{
    double u = rng_unit(&m->rng);

    if (u >= .97)
        return m->due + 5 + (int32_t)rng_below(&m->rng, 85);
    double x = log((u / .97 + .004) / (1.004 - u / .97)) / 9 + .56; /* logistic */
    return m->d->o->from + (int32_t)fmin(DAYS, fmax(3, x * DAYS));
}

static const char *choose_outcome(struct making *m)
{
    static const double share[] = { 90, 5.5, 2.2, 1.7, .6 };

    return transfer_outcomes[rng_choice(&m->rng, share, COUNT(share))].code;
}

static void agree(struct making *m, int32_t day, struct member_facts *f)
{
    int32_t first = day - 10 - (int32_t)rng_below(&m->rng, 20);

    first = first < m->d->o->from ? m->d->o->from : first;
    f->agreed_provider = first;
    f->agreed_resident = first + (int32_t)rng_below(&m->rng, 6);
    f->agreed_team = first + 3 + (int32_t)rng_below(&m->rng, 5);
    if (f->agreed_team > day)
        f->agreed_team = day;
    if (f->agreed_resident > day)
        f->agreed_resident = day;
}

static struct member_facts facts_of(struct making *m, size_t i)
{
    int32_t day = outcome_day(m), letter = m->d->o->from + 10 + (int32_t)rng_below(&m->rng, 60);
    struct member_facts f = { .request = INT_NONE,
                              .team = m->d->team[i % TOWN_TEAMS],
                              .original = m->d->o->from - 30 - (int32_t)rng_below(&m->rng, 700),
                              .waits_until = DAY_NONE,
                              .agreed_resident = DAY_NONE,
                              .agreed_provider = DAY_NONE,
                              .agreed_team = DAY_NONE,
                              .informed = letter <= m->now ? letter : DAY_NONE,
                              .outcome_on = DAY_NONE,
                              .kept_worker = INT_NONE,
                              .exception_until = DAY_NONE };

    if (rng_below(&m->rng, 40) == 0 && f.informed != DAY_NONE) {
        f.informed = DAY_NONE;
        f.not_informed = transfer_not_informed[rng_below(&m->rng, 3)].code;
    }
    if (rng_below(&m->rng, 30) == 0)
        f.waits_until = m->d->o->from + 60;
    if (day <= m->now) {
        f.outcome = choose_outcome(m);
        f.outcome_on = day;
        agree(m, day, &f);
        f.kept_worker = text_is(f.outcome, "transferred") ? rng_unit(&m->rng) < .88 : INT_NONE;
    } else if (m->now > m->due && rng_below(&m->rng, 3) > 0) {
        f.exception = transfer_exceptions[rng_below(&m->rng, 4)].code;
        f.exception_until = day;
    }
    return f;
}

static enum err put_facts(struct ctx *c, const struct making *m, int64_t member, const struct member_facts *f)
{
    struct sql_transfer_member_put_args a = { member,
                                              1,
                                              f->request,
                                              f->team,
                                              f->original,
                                              f->waits_until,
                                              f->agreed_resident,
                                              f->agreed_provider,
                                              f->agreed_team,
                                              f->informed,
                                              f->not_informed,
                                              f->outcome,
                                              f->outcome_on,
                                              f->kept_worker,
                                              f->exception,
                                              f->exception_until };
    struct sql_transfer_member_put_row *row;
    struct happening h = HAPPENING_NONE;
    struct history_of what = { "transfer_member", member, INT_NONE, -1 };
    int64_t now = c->now;
    size_t n;

    TRY(sql_transfer_member_keep(c, member, c->now, m->d->lead[0]));
    TRY(sql_transfer_member_put(c, &a, &row, &n));
    TRY(sql_transfer_member_keep(c, member, c->now, m->d->lead[0]));
    if (f->outcome == NULL)
        return OK;
    ctx_set_now(c, time_of_nl_day(f->outcome_on, 14 * 3600));
    h.kind = "outcome";
    h.reason = f->outcome;
    h.team = f->team;
    h.account = m->d->lead[0];
    enum err e = history_add(c, &what, &h, NULL);
    ctx_set_now(c, now);
    return e;
}

static enum err put_member(struct ctx *c, struct making *m, size_t i)
{
    struct sql_transfer_member_insert_row added;
    struct member_facts f = facts_of(m, i);
    char name[120], birth[11], phone[24], key[24];
    struct identity who = { .name = name, .birth = birth, .phone = phone };
    int64_t person;

    demo_worker_name(m->d->o->seed, 2000000 + i, name, sizeof name);
    date_iso(m->d->o->from - (int32_t)(365.25 * (4 + 75 * rng_unit(&m->rng))), birth);
    snprintf(phone, sizeof phone, "06-555%05d", (int)rng_below(&m->rng, 100000));
    snprintf(key, sizeof key, "SZ-%05d", (int)(10000 + i * 7));
    TRY(person_add(c, &who, &person));
    struct sql_transfer_member_insert_args a = { m->list, person,     INT_NONE,      f.team,
                                                 key,     f.original, f.waits_until, INT_NONE };
    TRY(sql_transfer_member_insert(c, &a, &added));
    return put_facts(c, m, added.id, &f);
}

static enum err put_list(struct ctx *c, void *arg)
{
    struct making *m = arg;
    struct sql_transfer_insert_row added;
    int64_t from, to;
    char name[80];
    struct civil due = date_to_civil(m->due);

    TRY(employer_find_or_add(c, "Specialistische aanbieders", "provider", &from));
    TRY(employer_find_or_add(c, "Sociale Teams Helmond", "own", &to));
    snprintf(name, sizeof name, "Overdracht vóór %d-%d-%d", due.day, due.month, due.year);
    struct sql_transfer_insert_args row = {
        name, from, to, INT_NONE, m->d->o->from, m->due, c->now, INT_NONE
    };
    TRY(sql_transfer_insert(c, &row, &added));
    m->list = added.id;
    size_t n = (size_t)llround(RESIDENTS * m->d->o->scale);
    for (size_t i = 0; i < n; i++) {
        struct arena_mark mark = arena_mark(c->arena);
        TRY(put_member(c, m, i));
        arena_release(c->arena, mark);
    }
    return OK;
}

/* Wishes of residents who wait, and colleagues who take part. */
static enum err put_wishes(struct ctx *c, void *arg)
{
    struct making *m = arg;
    struct sql_caseload_cases_row *row;
    size_t n;

    for (size_t w = 0; w < m->d->town.workers; w += 9) {
        TRY(sql_caseload_cases(c, m->d->worker[w], &row, &n));
        for (size_t i = 0; i < n; i++) {
            struct sql_wish_insert_args a = { row[i].request, c->now, m->d->intake, NULL,
                                              NULL,           NULL,   NULL,         { NULL, 0 } };
            a.gender = i % 3 == 0 ? "woman" : NULL;
            a.language = i % 3 == 1 ? worker_languages[4 + i % 4].code : NULL;
            a.moment = wish_moments[i % 4].code;
            TRY(sql_wish_insert(c, &a));
        }
    }
    return OK;
}

enum err demo_transfer(struct ctx *c, struct demo *d)
{
    struct making m = { .d = d, .due = d->o->from + DAYS, .now = time_nl_day(d->town.param.now) };

    rng_seed(&m.rng, d->o->seed * 0xc2b2ae3d27d4eb4fu + 23);
    TRY(db_tx(c, put_list, &m));
    return db_tx(c, put_wishes, &m);
}
