// SPDX-License-Identifier: EUPL-1.2
/* What figures are made of while the server runs: the same page as from the whole register, the file beside
 * it, and what counting again finds. */
#include "web/extract_behind.h"

#include "base/date.h"
#include "base/rng.h"
#include "measure/extract_file.h"
#include "register/config.h"
#include "register/request.h"
#include "store/file.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"
#include "web/behind.h"
#include "web/figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Somebody asks, and most of them have a first talk after a while. */
static void add_some(struct ctx *c, struct rng *r, const int64_t team[2], int n)
{
    int started = 0;

    for (int i = 0; i < n; i++) {
        struct request_form f = asked(c);

        f.who.phone = "06-55501234";
        f.received = c->today - 60 - (int32_t)rng_below(r, 90);
        f.team = team[rng_below(r, 2)];
        struct request_change ch = { .version = -1, .e = EVENT_NONE };
        CHECK(request_add(c, &f, &ch.id) == OK);
        ch.e.kind = KIND_FIRST_TALK;
        ch.e.occurred_at = c->now;
        started += rng_below(r, 4) > 0 && request_change(c, &ch) == OK;
        err_clear(c);
    }
    CHECK(started > 0);
}

/* The page of a team (0: all), from what follows the register and from the whole register. */
static void check_page(struct ctx *c, struct extract_behind *b, int64_t team)
{
    struct buf live = { 0 }, whole = { 0 };
    char key[BEHIND_KEY];

    snprintf(key, sizeof key, "%lld 3 %d", (long long)team, c->today);
    CHECK(figures_make(c, b, key, &live) == OK);
    CHECK(figures_make(c, NULL, key, &whole) == OK);
    CHECK_STR(buf_text(&live), buf_text(&whole));
    CHECK(live.len > 2000);
    buf_free(&live);
    buf_free(&whole);
}

static bool tells(struct extract_behind *b, const char *what)
{
    struct buf text = { 0 };

    extract_behind_tell(b, &text);
    bool found = text.len > 0 && strstr(buf_text(&text), what) != NULL;
    buf_free(&text);
    return found;
}

TEST(extract_behind_makes_the_same_page)
{
    struct ctx *c = test_begin("2024-07-01");
    struct extract_behind *b = extract_behind_start(db_store(c->db), NULL);
    const int64_t team[2] = { asked_team(c, "Oost"), asked_team(c, "West") };
    struct rng r;

    rng_seed(&r, 5);
    CHECK(b != NULL);
    for (int turn = 0; turn < 3; turn++) {
        add_some(c, &r, team, 60);
        for (int64_t i = 0; i < 3; i++)
            check_page(c, b, i == 0 ? 0 : team[i - 1]);
    }
    extract_behind_stop(b);
    test_end(c);
}

TEST(extract_behind_tells_what_counting_again_finds)
{
    struct ctx *c = test_begin("2024-07-01");
    struct extract_behind *b = extract_behind_start(db_store(c->db), NULL);
    const int64_t team[2] = { asked_team(c, "Oost"), asked_team(c, "West") };
    struct month_recount found;
    struct rng r;

    rng_seed(&r, 6);
    CHECK(b != NULL);
    CHECK(!tells(b, "figures"));
    add_some(c, &r, team, 40);
    CHECK(extract_behind_recount(c, b, &found) == OK);
    CHECK(found.rows == 40 && found.numbers > 1000 && found.rows_differ == 0 && found.numbers_differ == 0);
    CHECK(tells(b, ": 40 rows, ") && tells(b, " 0 and 0 differ\n") && !tells(b, "differed"));
    /* behind the back of everybody */
    CHECK(db_script(c, "UPDATE request SET received_at = '2024-01-15T10:00:00Z' WHERE id = 3", false) == OK);
    CHECK(extract_behind_recount(c, b, &found) == OK);
    CHECK(tells(b, "figures differed ") && tells(b, ": 1 rows, "));
    check_page(c, b, 0); /* the whole register counts */
    CHECK(extract_behind_recount(c, b, &found) == OK);
    CHECK(found.rows_differ == 0 && found.numbers_differ == 0);
    CHECK(tells(b, "figures differed ")); /* it is not forgotten */
    extract_behind_stop(b);
    test_end(c);
}

/* Requests in the file, or contacts. */
static size_t rows_in(struct ctx *c, const char *path, enum fact_set set)
{
    struct arena_mark mark = arena_mark(c->arena);
    struct extract_file got;
    struct file_map m;
    size_t n = 0;

    if (file_map(c, path, &m) == OK) {
        bool right = extract_file_get(m.data, m.len, c->arena, &got) && got.facts != NULL;
        n = right ? got.facts->set[set].n : SIZE_MAX;
        file_unmap(&m);
    }
    err_clear(c);
    arena_release(c->arena, mark);
    return n;
}

/* Waits as long as it takes. */
static void wait_for_rows(struct ctx *c, const char *path, enum fact_set set, size_t rows)
{
    const struct timespec moment = { 0, 100000000 };
    size_t n = 0;

    for (int i = 0; i < 6000 && (n = rows_in(c, path, set)) != rows; i++)
        nanosleep(&moment, NULL);
    CHECK_INT((int64_t)n, (int64_t)rows);
}

/* No request has news of it. */
static void add_contact(struct ctx *c)
{
    const struct contact_form f = asked_call("money", c->now - 600);
    int64_t id;

    CHECK(contact_add(c, &f, &id) == OK);
    CHECK_STR(c->err.text, "");
}

TEST(extract_behind_keeps_a_file)
{
    struct ctx *c = test_begin("2024-07-01");
    char folder[] = "/tmp/peil-behind-XXXXXX", path[64];
    const int64_t team[2] = { asked_team(c, "Oost"), asked_team(c, "West") };
    struct rng r;

    rng_seed(&r, 7);
    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/x", folder);
    if (!CHECK(store_start_writer(c, db_store(c->db)) == OK))
        return;
    add_some(c, &r, team, 10);
    struct extract_behind *b = extract_behind_start(db_store(c->db), path);
    CHECK(b != NULL);
    wait_for_rows(c, path, FACT_REQUEST, 10);
    add_some(c, &r, team, 5);
    wait_for_rows(c, path, FACT_REQUEST, 15);
    wait_for_rows(c, path, FACT_CONTACT, 0);
    add_contact(c);
    wait_for_rows(c, path, FACT_CONTACT, 1);
    extract_behind_stop(b);
    store_stop_writer(db_store(c->db));
    unlink(path);
    rmdir(folder);
    test_end(c);
}
