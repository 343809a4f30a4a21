// SPDX-License-Identifier: EUPL-1.2
/* A register of the first version (only the first step of the schema, rows written with its own SQL) opened
 * by this program. */
#include "register/extract.h"
#include "register/integrity.h"
#include "register/search.h"
#include "register/upgrade.h"
#include "register/waiting_list.h"
#include "store/migrate.h"
#include "store/sql.h"
#include "unit/test.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FIRST "0001-register.sql"

/* One request as the first version wrote it: its events in order, a day apart, from 1 January 2024 nine
 * o'clock on. "kind", "kind:reason", "triaged=4" (urgency), "allocated@1" (worker), "paused>until". */
static const struct old {
    const char *name; /* NULL: imported without a person */
    const char *events;
    bool waiting;
    const char *state; /* that the first version stored */
    int64_t urgency;
    int reached, started, ended, paused; /* number of the event that says so, from 0; -1: none */
    int attempts;
    bool listed, has_worker;
} olds[] = {
    { "Anna Bakker", "registered safety_checked triaged=2 queued", true, "waiting", 2, 0, -1, -1, -1, 0,
      false, false },
    { "Bram Visser", "registered queued call_reached call_attempted call_listed", true, "waiting", 0, 2, -1,
      -1, -1, 1, true, false },
    { "Carla Smit", "registered triaged=2 queued triaged=4:worse", true, "waiting", 4, 0, -1, -1, -1, 0,
      false, false },
    { "Dirk Mulder", "registered queued bridged:group paused:hospital>2024-02-01T08:00:00Z", true, "paused",
      0, 0, -1, -1, 3, 0, false, false },
    { "Els de Boer", "registered triaged=3 queued allocated@1", true, "allocated", 3, 0, -1, -1, -1, 0, false,
      true },
    { "Fatima Aydin", "registered triaged=2 queued allocated@1 first_talk@1 plan_agreed help_started:team",
      false, "support", 2, 4, 4, -1, -1, 0, false, true },
    { "Gijs Peters",
      "registered queued allocated@1 first_talk@1 plan_agreed help_started:specialist evaluated "
      "closed:helped",
      false, "closed", 0, 3, 3, 7, -1, 0, false, true },
    { "Hanna Jansen", "registered queued closed:withdrawn", false, "closed", 0, 0, -1, 2, -1, 0, false,
      false },
    { "Ilse Vos", "registered queued redirected:elsewhere", false, "redirected", 0, 0, -1, 2, -1, 0, false,
      false },
    { NULL, "registered activity activity closed:end_of_data", false, "closed", 0, 0, -1, 3, -1, 0, false,
      false },
};

static void script(struct ctx *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void script(struct ctx *c, const char *format, ...)
{
    char sql[1200];
    va_list args;

    va_start(args, format);
    vsnprintf(sql, sizeof sql, format, args);
    va_end(args);
    if (!CHECK(db_script(c, sql, false) == OK))
        test_skip("%s", c->err.text);
}

/* '2024-01-0<n + 1>T09:00:00Z' or NULL */
static const char *when(int n, char text[40])
{
    snprintf(text, 40, n < 0 ? "NULL" : "'2024-01-%02dT09:00:00Z'", n + 1);
    return text;
}

static void put_event(struct ctx *c, int request, int n, const char *word, size_t len)
{
    char one[80], at[40], urgency[12] = "NULL", worker[12] = "NULL", reason[40] = "NULL", until[40] = "NULL";
    char *p;

    snprintf(one, sizeof one, "%.*s", (int)len, word);
    if ((p = strchr(one, '>')) != NULL) {
        snprintf(until, sizeof until, "'%s'", p + 1);
        *p = '\0';
    }
    if ((p = strchr(one, ':')) != NULL) {
        snprintf(reason, sizeof reason, "'%s'", p + 1);
        *p = '\0';
    }
    if ((p = strchr(one, '@')) != NULL) {
        snprintf(worker, sizeof worker, "%s", p + 1);
        *p = '\0';
    }
    if ((p = strchr(one, '=')) != NULL) {
        snprintf(urgency, sizeof urgency, "%s", p + 1);
        *p = '\0';
    }
    script(c,
           "INSERT INTO event (request, seq, kind, occurred_at, recorded_at, team, worker, urgency, reason, "
           "until) "
           "VALUES (%d, %d, '%s', %s, %s, %s, %s, %s, %s, %s)",
           request, n + 1, one, when(n, at), at, n == 0 ? "1" : "NULL", worker, urgency, reason, until);
}

static void put_request(struct ctx *c, int id, const struct old *o)
{
    char person[24] = "NULL", at[4][40], heard[40];
    const char *word = o->events;
    int n = 0;

    if (o->name != NULL) {
        struct identity who = { .name = o->name, .phone = "06-55501234" };
        int64_t number = INT_NONE;
        CHECK(person_add(c, &who, &number) == OK);
        snprintf(person, sizeof person, "%lld", (long long)number);
    }
    script(c,
           "INSERT INTO request (id, person, received_at, recorded_at, neighbourhood) "
           "VALUES (%d, %s, %s, %s, 1)",
           id, person, when(0, at[0]), at[0]);
    while (*word != '\0') {
        size_t len = strcspn(word, " ");
        put_event(c, id, n++, word, len);
        word += len + (word[len] == ' ');
    }
    script(c,
           "INSERT INTO standing (request, version, state, waiting, person, team, neighbourhood, worker, "
           "urgency, "
           "received_at, heard_at, attempts, listed, paused_at, started_at, ended_at) "
           "VALUES (%d, %d, '%s', %d, %s, 1, 1, %s, %lld, %s, %s, %d, %d, %s, %s, %s)",
           id, n, o->state, o->waiting, person, o->has_worker ? "1" : "NULL", (long long)o->urgency,
           when(0, at[0]), when(o->reached, heard), o->attempts, o->listed, when(o->paused, at[1]),
           when(o->started, at[2]), when(o->ended, at[3]));
}

static struct ctx *old_register(void)
{
    struct ctx *c = test_begin_old("2024-03-01", FIRST);

    script(c, "INSERT INTO team (id, name) VALUES (1, 'Oost')");
    script(c, "INSERT INTO neighbourhood (id, name, team) VALUES (1, 'Brouwhuis', 1)");
    script(c, "INSERT INTO worker (id, name, team, discipline) VALUES (1, 'Karin', 1, 'sociaal werker')");
    for (size_t i = 0; i < COUNT(olds); i++)
        put_request(c, (int)i + 1, &olds[i]);
    return c;
}

static int64_t different(struct ctx *c)
{
    struct integrity r;

    if (!CHECK_INT(integrity_check(c, &r), OK))
        return -1;
    CHECK_INT(r.requests, COUNT(olds));
    CHECK_INT(r.persons, COUNT(olds) - 1);
    CHECK_INT(r.no_events + r.unreadable + r.keyless + r.no_regie, 0);
    return r.different;
}

/* Every request in the list, the search and what is measured. */
static void check_all_there(struct ctx *c)
{
    struct waiting_filter f = {
        .team = INT_NONE, .neighbourhood = INT_NONE, .urgency = INT_NONE, .part = WAITING_ALL, .page = 1
    };
    struct register_extract x;
    struct waiting_page list;
    int64_t waiting = 0;

    for (size_t i = 0; i < COUNT(olds); i++) {
        struct found found;
        waiting += olds[i].waiting;
        if (olds[i].name == NULL)
            continue;
        CHECK_INT(search_person(c, olds[i].name, &found), OK);
        if (CHECK_INT((int64_t)found.n, 1) && CHECK_INT((int64_t)found.person[0].n, 1))
            CHECK_INT(found.person[0].request[0].id, (int64_t)i + 1);
    }
    CHECK_INT(waiting_list_get(c, &f, &list), OK);
    CHECK_INT(list.total, waiting);
    f.part = WAITING_PARKED;
    CHECK_INT(waiting_list_get(c, &f, &list), OK);
    CHECK_INT(list.total, 1);
    CHECK_INT(extract_read(c, c->now, &x), OK);
    CHECK_INT((int64_t)x.x.n, COUNT(olds));
}

TEST(upgrade_of_a_register_of_the_first_version)
{
    struct ctx *c = old_register();
    struct sql_request_get_row row;
    struct request r;

    CHECK_INT(upgrade(c), OK);
    CHECK_INT(different(c), 0);
    check_all_there(c);
    CHECK_INT(sql_request_get(c, 6, &row), OK);
    CHECK(row.accepted); /* the first talk took the case */
    CHECK_INT(request_get(c, (struct request_id){ 3 }, &r), OK);
    CHECK(r.now.urgent_at != TIME_NONE && r.now.urgency == URGENCY_EMERGENCY);
    CHECK_INT(upgrade(c), OK); /* once is enough */
    CHECK_INT(different(c), 0);
    test_end(c);
}

/* Stopped after the schema: found by the check, and done at the next opening. */
TEST(upgrade_goes_on_after_a_crash)
{
    struct ctx *c = old_register();

    CHECK_INT(migrate(c), OK);
    CHECK(different(c) > 0);
    CHECK_INT(upgrade(c), OK);
    CHECK_INT(different(c), 0);
    check_all_there(c);
    test_end(c);
}

TEST(upgrade_of_a_new_register_does_nothing)
{
    struct ctx *c = test_begin("2024-03-01");
    struct sql_projection_get_row mark;

    CHECK_INT(sql_projection_get(c, "request", &mark), OK);
    CHECK(!mark.stale);
    CHECK_INT(upgrade(c), OK);
    test_end(c);
}
