// SPDX-License-Identifier: EUPL-1.2
/* Searching a person among many, on one core: the distribution of the time of person_search over all kinds of
 * what a caller says, and the memory of the index.
 *     bench_search REGISTER [PERSONS QUERIES]
 * Makes the register when it is not there (200,000 persons, of whom one in twenty waits). Family names follow
 * a Zipf distribution over 60,000 made-up ones with the usual particles, so that the most common one has
 * thousands of bearers and most are rare. */
#include "base/log.h"
#include "base/rng.h"
#include "register/request.h"
#include "register/session.h"
#include "store/migrate.h"
#include "store/name_index.h"
#include "store/sql.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { FAMILIES = 60000, BATCH = 2000 };

static const char *const first_name[] = { "Anna",    "Bram",  "Cécile", "Daan",  "Emine",  "Fatima",  "Geert",
                                          "Hanneke", "Ilias", "José",   "Karin", "Loes",   "Mohamed", "Naima",
                                          "Özlem",   "Piotr", "Rachid", "Sanne", "Tineke", "Yusuf",   "Zoë" };
static const char *const particle[] = { "", "", "", "van ", "van de ", "van den ", "de ", "el ", "van der " };
static const char *const head[] = { "Jan", "Meij", "Ver",  "Kuij", "Smi", "Bak", "Hen", "Dij", "Kow", "Yıl",
                                    "Bou", "Sch",  "Raai", "Wil",  "Pee", "Bos", "Ams", "Swi", "Vli", "Zan" };
static const char *const middle[] = { "ma", "len", "hoe", "der", "kker", "ster", "al", "dri", "ter", "vel",
                                      "ze", "rie", "bo",  "nij", "kel",  "ssen", "os", "mer", "ga",  "lui" };
static const char *const tail[] = { "sen",  "s", "man", "kamp", "huis", "ski",  "maz", "t",  "vens", "ers",
                                    "donk", "d", "er",  "i",    "sma",  "stra", "ov",  "en", "a",    "zid" };

struct making {
    struct rng r;
    int64_t persons, done, source;
    double zipf[FAMILIES]; /* cumulative */
};

#define PICK(r, list) (list)[rng_below((r), COUNT(list))]

static void family_name(size_t i, char text[80])
{
    snprintf(text, 80, "%s%s%s%s", particle[i % COUNT(particle)], head[i % COUNT(head)],
             i < 1000 ? "" : middle[i / 20 % COUNT(middle)], tail[i / 400 % COUNT(tail)]);
    if (i >= 8000)
        snprintf(text + strlen(text), 80 - strlen(text), "%s", middle[i / 8000 % COUNT(middle)]);
}

static size_t family(struct making *m)
{
    double u = rng_unit(&m->r) * m->zipf[FAMILIES - 1];
    size_t low = 0, high = FAMILIES - 1;

    while (low < high) {
        size_t half = (low + high) / 2;
        if (m->zipf[half] < u)
            low = half + 1;
        else
            high = half;
    }
    return low;
}

static enum err add_one(struct ctx *c, struct making *m)
{
    char name[120], last[80], birth[11], phone[16], key[24];
    struct identity who = { .name = name, .birth = birth, .phone = phone };
    struct event event[2] = { EVENT_NONE, EVENT_NONE };
    struct request_imported done;

    family_name(family(m), last);
    snprintf(name, sizeof name, "%s %s", PICK(&m->r, first_name), last);
    date_iso(date_from_civil(1930, 1, 1) + (int32_t)rng_below(&m->r, 33000), birth);
    snprintf(phone, sizeof phone, "06%08" PRIu64, rng_below(&m->r, 100000000));
    snprintf(key, sizeof key, "%" PRId64, m->done + 1);
    struct request_import r = { .source = m->source,
                                .key = key,
                                .neighbourhood = INT_NONE,
                                .team = INT_NONE,
                                .urgency = URGENCY_NORMAL,
                                .received_at = c->now - 86400 * (int64_t)(1 + rng_below(&m->r, 900)),
                                .event = event,
                                .events = m->done % 20 == 0 ? 0 : 1 };
    event[0].kind = KIND_CLOSED;
    event[0].occurred_at = r.received_at + 3600;
    event[0].reason = "done";
    TRY(person_add(c, &who, &r.person));
    TRY(request_import(c, &r, &done));
    m->done++;
    return OK;
}

static enum err add_batch(struct ctx *c, void *arg)
{
    struct making *m = arg;

    for (int i = 0; i < BATCH && m->done < m->persons; i++) {
        struct arena_mark mark = arena_mark(c->arena);
        TRY(add_one(c, m));
        arena_release(c->arena, mark);
    }
    return OK;
}

static enum err make(struct ctx *c, struct making *m)
{
    struct sql_source_insert_row source;

    TRY(migrate(c));
    TRY(sql_source_insert(c, "bench", &source));
    m->source = source.id;
    while (m->done < m->persons)
        TRY(db_tx(c, add_batch, m));
    return OK;
}

/* What a call taker types: whole names, beginnings, names written as they sound, numbers, birth dates. */
static void query(struct making *m, char text[200])
{
    char last[80];
    size_t i = rng_below(&m->r, 3) == 0 ? rng_below(&m->r, FAMILIES) : family(m), n;

    family_name(i, last);
    switch (rng_below(&m->r, 7)) {
    case 0:
        snprintf(text, 200, "%s %s", PICK(&m->r, first_name), last);
        break;
    case 1:
        snprintf(text, 200, "%s", last);
        break;
    case 2: /* the beginning of the last word */
        n = strlen(last);
        last[n > 4 ? n - n / 4 : n] = '\0';
        snprintf(text, 200, "%s", last);
        break;
    case 3: /* as it sounds */
        for (char *p = last; *p != '\0'; p++)
            *p = *p == 'v' ? 'f' : *p == 'z' ? 's' : *p == 'c' ? 'k' : *p;
        snprintf(text, 200, "%s", last);
        break;
    case 4:
        snprintf(text, 200, "06%04" PRIu64, rng_below(&m->r, 10000));
        break;
    case 5:
        snprintf(text, 200, "%" PRIu64 "-%" PRIu64 "-19%02" PRIu64, 1 + rng_below(&m->r, 28),
                 1 + rng_below(&m->r, 12), 30 + rng_below(&m->r, 70));
        break;
    default: /* one or two letters find the most */
        snprintf(text, 200, "%.*s", (int)(1 + rng_below(&m->r, 2)), PICK(&m->r, first_name));
        break;
    }
}

static double seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void show(const char *what, double *ms, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += ms[i];
    qsort(ms, n, sizeof *ms, by_value);
    printf("%-6s  mean %.2f ms, p50 %.2f, p90 %.2f, p99 %.2f, max %.2f\n", what, sum / (double)n, ms[n / 2],
           ms[n * 9 / 10], ms[n * 99 / 100], ms[n - 1]);
}

static enum err measure(struct ctx *c, struct making *m, size_t queries)
{
    double *ms = malloc(queries * sizeof *ms), from = seconds(CLOCK_MONOTONIC);
    double *cpu = malloc(queries * sizeof *cpu), busy;
    struct rusage use;
    size_t found = 0, none = 0, slowest = 0;
    char slow_text[200] = "";

    if (ms == NULL || cpu == NULL)
        return FAIL(E_NOMEM, "%s", "");
    TRY(person_index(c));
    printf("index   %.1f s, %.1f MB for %" PRId64 " persons\n", seconds(CLOCK_MONOTONIC) - from,
           (double)name_index_size(db_store(c->db)) / 1e6, m->persons);
    for (size_t i = 0; i < queries; i++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct person_match *match;
        char text[200];
        size_t n;
        query(m, text);
        from = seconds(CLOCK_MONOTONIC);
        busy = seconds(CLOCK_THREAD_CPUTIME_ID);
        TRY(person_search(c, text, &match, &n));
        ms[i] = (seconds(CLOCK_MONOTONIC) - from) * 1e3;
        cpu[i] = (seconds(CLOCK_THREAD_CPUTIME_ID) - busy) * 1e3;
        if (i == 0 || cpu[i] > cpu[slowest]) {
            slowest = i;
            memcpy(slow_text, text, sizeof text);
        }
        found += n;
        none += n == 0;
        arena_release(c->arena, mark);
    }
    printf("search  %zu queries, %.1f found each, %zu found nobody; slowest: %.1f ms, \"%s\" (number %zu)\n",
           queries, (double)found / (double)queries, none, cpu[slowest], slow_text, slowest + 1);
    show("clock", ms, queries);
    show("core", cpu, queries); /* without what other programs took from the core */
    getrusage(RUSAGE_SELF, &use);
    printf("memory  %.0f MB resident at most (with making the register, when it was made)\n",
           (double)use.ru_maxrss / 1024);
    free(ms);
    free(cpu);
    return OK;
}

int main(int argc, char **argv)
{
    static struct making m;
    struct session session;
    struct sql_extract_size_row size;
    struct store *store;
    struct arena arena;
    struct ctx c;

    m.persons = argc > 2 ? strtoll(argv[2], NULL, 10) : 200000;
    size_t queries = argc > 3 ? strtoull(argv[3], NULL, 10) : 5000;
    if (argc < 2 || m.persons < 1 || queries < 1)
        return fprintf(stderr, "bench_search REGISTER [PERSONS QUERIES]\n"), 2;
    rng_seed(&m.r, 11);
    for (size_t i = 0; i < FAMILIES; i++)
        m.zipf[i] = (i > 0 ? m.zipf[i - 1] : 0) + 1 / pow((double)i + 2, 0.9);
    arena_init(&arena, 64u << 20);
    ctx_init(&c, &arena, LANG_EN);
    enum err e = store_open(&c, argv[1], true, &store);
    if (e == OK)
        e = db_open(&c, store, &c.db);
    if (e == OK)
        e = migrate(&c);
    session_act_as(&c, &session, ROLE_SYSTEM, INT_NONE, INT_NONE);
    if (e == OK)
        e = sql_extract_size(&c, &size);
    if (e == OK && size.requests == 0)
        e = make(&c, &m);
    if (e == OK)
        e = measure(&c, &m, queries);
    if (e != OK)
        return fprintf(stderr, "%s (%s)\n", c.err.text, c.err.trace), 1;
    db_close(c.db);
    store_close(store);
    return 0;
}
