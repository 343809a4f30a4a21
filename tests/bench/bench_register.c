// SPDX-License-Identifier: EUPL-1.2
/* Makes the register of the bench: as many requests as asked, each of a resident with a sealed name, of whom
 * the last ones asked still wait. The same numbers give the same register, apart from its keys and its day.
 * Beside it, for the programs that Peil is compared with (tests/bench/peers): REGISTER.names, the name of
 * each person, and REGISTER.days, the working days; they have no vault and no calendar.
 *     bench_register REGISTER [REQUESTS WAITING] */
#include "base/log.h"
#include "base/rng.h"
#include "register/request.h"
#include "register/session.h"
#include "store/migrate.h"
#include "store/sql.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEAMS = 6, NEIGHBOURHOODS = 30, WORKERS = 40, BATCH = 2000, DAYS = 1096 };
#define LOGIN "bench"
#define PASSWORD "a password for the bench"

struct making {
    struct rng r;
    int64_t requests, waiting, done;
    int64_t source, team[TEAMS], hood[NEIGHBOURHOODS], worker[WORKERS];
    FILE *names;
};

static const char *const first_name[] = { "Anna",  "Bram",    "Cécile",  "Daan", "Emine", "Fatima",
                                          "Geert", "Hanneke", "Ibrahim", "José", "Karin", "Loes" };
static const char *const last_name[] = { "de Vries",    "Jansen", "van den Berg", "Bakker",       "Yılmaz",
                                         "O'Brien",     "Smits",  "El Amrani",    "van der Meer", "Kowalska",
                                         "Peters & Zn", "Müller", "Hendriks",     "Vermeulen",    "Nguyen" };

static const char *pick(struct rng *r, const char *const *list, size_t n)
{
    return list[rng_below(r, n)];
}

static enum err add_places(struct ctx *c, void *arg)
{
    struct making *m = arg;
    struct sql_worker_insert_row worker;
    struct sql_source_insert_row source;
    char name[40];

    for (int i = 0; i < TEAMS; i++) {
        snprintf(name, sizeof name, "Team %c", 'A' + i);
        TRY(team_find_or_add(c, name, &m->team[i]));
    }
    for (int i = 0; i < NEIGHBOURHOODS; i++) {
        snprintf(name, sizeof name, "Wijk %d \"Oost & West\"", i + 1);
        TRY(neighbourhood_find_or_add(c, name, m->team[i % TEAMS], &m->hood[i]));
    }
    for (int i = 0; i < WORKERS; i++) {
        snprintf(name, sizeof name, "Worker %d", i + 1);
        TRY(sql_worker_insert(c, name, m->team[i % TEAMS], NULL, &worker));
        m->worker[i] = worker.id;
    }
    TRY(setting_put(c, "municipality", "Bench"));
    TRY(sql_source_insert(c, "bench", &source));
    m->source = source.id;
    return OK;
}

static enum err add_person(struct ctx *c, struct making *m, int64_t *ret_person)
{
    char name[80], birth[16], phone[16];
    struct identity who = { .name = name, .birth = birth, .phone = phone };

    snprintf(name, sizeof name, "%s %s", pick(&m->r, first_name, COUNT(first_name)),
             pick(&m->r, last_name, COUNT(last_name)));
    date_iso(date_from_civil(1940, 1, 1) + (int32_t)rng_below(&m->r, 28000), birth);
    snprintf(phone, sizeof phone, "06%08" PRIu64, rng_below(&m->r, 100000000));
    TRY(person_add(c, &who, ret_person));
    fprintf(m->names, "%" PRId64 "\t%s\n", *ret_person, name);
    return OK;
}

static struct event at(enum kind kind, int64_t when)
{
    struct event e = EVENT_NONE;

    e.kind = kind;
    e.occurred_at = when;
    return e;
}

/* The events after the registration; `left` is how long ago the resident asked, in seconds. */
static size_t make_events(struct making *m, bool waits, int64_t asked, int64_t left, struct event event[8])
{
    struct rng *r = &m->r;
    size_t n = 0;

    event[n++] = at(KIND_SAFETY_CHECKED, asked);
    event[n] = at(KIND_TRIAGED, asked);
    event[n++].urgency = (int64_t)(1 + rng_choice(r, (double[]){ 30, 50, 18, 2 }, 4));
    event[n++] = at(KIND_QUEUED, asked);
    if (waits) {
        if (rng_below(r, 3) > 0)
            event[n++] = at(KIND_CALL_REACHED, asked + (int64_t)(rng_unit(r) * (double)left));
        if (rng_below(r, 10) == 0)
            event[n++] = at(KIND_CALL_LISTED, asked + left);
        return n;
    }
    event[n] = at(KIND_ALLOCATED, asked + left / 8);
    event[n++].worker = m->worker[rng_below(r, WORKERS)];
    event[n++] = at(KIND_FIRST_TALK, asked + left / 6);
    event[n] = at(KIND_CLOSED, asked + left / 3);
    event[n++].reason = "done";
    return n;
}

static enum err add_request(struct ctx *c, struct making *m)
{
    bool waits = m->done >= m->requests - m->waiting;
    /* what waits was asked in the last hundred days, the rest before */
    int64_t age = waits ? 100 * (m->requests - m->done) / m->waiting
                        : 100 + (DAYS - 100) * (m->requests - m->waiting - m->done) / m->requests;
    int64_t asked = c->now - age * SECONDS_A_DAY - (int64_t)rng_below(&m->r, SECONDS_A_DAY) - 3600;
    size_t hood = rng_below(&m->r, NEIGHBOURHOODS);
    struct request_imported done;
    struct event event[8];
    char key[24];

    snprintf(key, sizeof key, "%" PRId64, m->done + 1);
    struct request_import r = { .source = m->source,
                                .key = key,
                                .channel = "phone",
                                .route = "self",
                                .neighbourhood = m->hood[hood],
                                .team = m->team[hood % TEAMS],
                                .urgency = INT_NONE,
                                .received_at = asked,
                                .event = event };
    TRY(add_person(c, m, &r.person));
    r.events = make_events(m, waits, asked, c->now - asked - 3600, event);
    TRY(request_import(c, &r, &done));
    m->done++;
    return OK;
}

static enum err add_batch(struct ctx *c, void *arg)
{
    struct making *m = arg;

    for (int i = 0; i < BATCH && m->done < m->requests; i++) {
        struct arena_mark mark = arena_mark(c->arena);
        TRY(add_request(c, m));
        arena_release(c->arena, mark);
    }
    return OK;
}

static enum err write_days(struct ctx *c, const char *path)
{
    const struct config *k;
    char iso[16];
    FILE *f = fopen(path, "w");

    if (f == NULL)
        return FAIL(E_IO, "%s", path);
    TRY(config_get(c, &k));
    for (int32_t day = c->today - 2 * DAYS; day < c->today + DAYS; day++) {
        date_iso(day, iso);
        if (calendar_is_working(&k->calendar, day))
            fprintf(f, "%s\n", iso);
    }
    return fclose(f) == 0 ? OK : FAIL(E_IO, "%s", path);
}

static enum err make(struct ctx *c, struct making *m, const char *path)
{
    struct session session;
    struct account_form account = { .login = LOGIN,
                                    .name = "Bench",
                                    .password = PASSWORD,
                                    .role = ROLE_INTAKE,
                                    .team = INT_NONE,
                                    .worker = INT_NONE };
    char beside[1100];
    int64_t id;

    TRY(migrate(c));
    session_act_as(c, &session, ROLE_SYSTEM, INT_NONE, INT_NONE);
    TRY(db_tx(c, add_places, m));
    TRY(account_add(c, &account, &id));
    snprintf(beside, sizeof beside, "%s.names", path);
    m->names = fopen(beside, "w");
    if (m->names == NULL)
        return FAIL(E_IO, "%s", beside);
    while (m->done < m->requests)
        TRY(db_tx(c, add_batch, m));
    fclose(m->names);
    snprintf(beside, sizeof beside, "%s.days", path);
    return write_days(c, beside);
}

int main(int argc, char **argv)
{
    struct making m = { .requests = argc > 3 ? strtoll(argv[2], NULL, 10) : 200000,
                        .waiting = argc > 3 ? strtoll(argv[3], NULL, 10) : 10000 };
    struct store *store;
    struct arena arena;
    struct ctx c;

    if (argc < 2 || m.requests < 1 || m.waiting < 1 || m.waiting > m.requests)
        return fprintf(stderr, "bench_register REGISTER [REQUESTS WAITING]\n"), 2;
    rng_seed(&m.r, 7);
    arena_init(&arena, 256u << 20);
    ctx_init(&c, &arena, LANG_EN);
    enum err e = store_open(&c, argv[1], true, &store);
    if (e == OK)
        e = db_open(&c, store, &c.db);
    if (e == OK)
        e = make(&c, &m, argv[1]);
    if (e != OK)
        return fprintf(stderr, "%s (%s)\n", c.err.text, c.err.trace), 1;
    db_close(c.db);
    store_close(store);
    printf("login=" LOGIN "&password=" PASSWORD "\n");
    return 0;
}
