// SPDX-License-Identifier: EUPL-1.2
#include "account/baseline.h"
#include "account/baseline_memory.h"
#include "base/date.h"
#include "base/text.h"
#include "register/request.h"
#include "register/right.h"
#include "register/session.h"
#include "store/sign.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REQUESTS = 1200, EDITED = 1000 };

/* A folder for the baselines of a test, and a key. */
struct place {
    char folder[64], baselines[80], key[80];
};

static void place_make(struct place *p)
{
    snprintf(p->folder, sizeof p->folder, "/tmp/peil-baseline-XXXXXX");
    CHECK(mkdtemp(p->folder) != NULL);
    snprintf(p->baselines, sizeof p->baselines, "%s/b", p->folder);
    snprintf(p->key, sizeof p->key, "%s/key", p->folder);
    setenv("PEIL_BASELINES", p->baselines, 1);
    setenv("PEIL_SIGN_KEY", p->key, 1);
}

static const char *file_of(struct ctx *c, const struct place *p, int number)
{
    const char *path = "";
    char text[120];

    snprintf(text, sizeof text, "%s/%04d.peil", p->baselines, number);
    CHECK(ctx_copy(c, text, &path) == OK);
    return path;
}

static void place_remove(struct ctx *c, const struct place *p)
{
    for (int i = 1; i < 10; i++)
        unlink(file_of(c, p, i));
    unlink(p->key);
    rmdir(p->baselines);
    rmdir(p->folder);
    unsetenv("PEIL_BASELINES");
    unsetenv("PEIL_SIGN_KEY");
}

struct made {
    struct request_id id[REQUESTS];
    size_t n;
};

static enum err add_all(struct ctx *c, void *arg)
{
    struct made *m = arg;

    for (size_t i = 0; i < m->n; i++) {
        struct request_form f = asked(c);

        f.received = c->today - 2 - (int32_t)(i % 300);
        f.channel = i % 3 == 0 ? "phone" : "web";
        TRY(request_add(c, &f, &m->id[i]));
    }
    return OK;
}

/* Old records are corrected: they were spoken to on a day before the baseline. */
static enum err edit_many(struct ctx *c, void *arg)
{
    struct made *m = arg;

    for (size_t i = 0; i < EDITED; i++) {
        struct request_change change = { .id = m->id[i], .version = -1, .e = EVENT_NONE };
        change.e.kind = KIND_CALL_REACHED;
        change.e.occurred_at = time_of_nl_day(date_from_civil(2024, 6, 30), 10 * 3600) + (int64_t)i;
        TRY(request_change(c, &change));
    }
    return OK;
}

static struct baseline_form form_of(struct ctx *c)
{
    return (struct baseline_form){ .name = "Nulmeting",
                                   .at = c->now,
                                   .from = time_of_nl_day(date_from_civil(2024, 1, 1), 0),
                                   .to = c->now };
}

static int64_t seal(struct ctx *c)
{
    struct baseline_form f = form_of(c);
    int64_t number = 0;

    CHECK(baseline_seal(c, &f, &number) == OK);
    CHECK_STR(c->err.text, "");
    return number;
}

TEST(baseline_stays_what_it_was)
{
    struct ctx *c = test_begin("2024-07-01");
    struct made *m = arena_alloc(c->arena, sizeof *m);
    struct baseline_changes d;
    struct baseline b, again;
    struct place p;
    struct stat st;

    place_make(&p);
    m->n = REQUESTS;
    CHECK(db_tx(c, add_all, m) == OK);
    CHECK_INT(seal(c), 1);
    CHECK(stat(p.key, &st) == 0 && (st.st_mode & 0777) == 0600);
    CHECK(baseline_open(c, 1, &b) == OK && b.key == BASELINE_OWN_KEY);
    char *bytes = arena_copy(c->arena, b.map.data, b.map.len);
    size_t len = b.map.len;
    CHECK(baseline_compare(c, &b, &d) == OK);
    CHECK(d.rows == 0 && d.texts == 0);

    ctx_set_now(c, time_of_nl_day(date_from_civil(2024, 9, 2), 12 * 3600));
    CHECK(db_tx(c, edit_many, m) == OK);
    CHECK(baseline_open(c, 1, &again) == OK);
    CHECK(again.map.len == len && memcmp(again.map.data, bytes, len) == 0);
    CHECK_STR(again.hash, b.hash);
    CHECK(baseline_compare(c, &again, &d) == OK);
    CHECK_INT((int64_t)d.rows, EDITED);
    for (size_t i = 0; i < d.n; i++) {
        CHECK(d.row[i].change == BASELINE_CHANGED && d.row[i].row >= 1 && d.row[i].row <= EDITED);
        CHECK(strncmp(d.row[i].new, "2024-06-30T08:", 14) == 0 && !text_is(d.row[i].old, d.row[i].new));
    }
    CHECK(d.texts > 0); /* the figures about calls are others now: old and new stand side by side */
    baseline_close(&b);
    baseline_close(&again);
    place_remove(c, &p);
    test_end(c);
}

/* A mistake that is taken back later, and a request that was written down too late. */
TEST(baseline_sees_what_was_taken_back)
{
    struct ctx *c = test_begin("2024-07-01");
    struct made *m = arena_alloc(c->arena, sizeof *m);
    struct baseline_changes d;
    struct baseline b;
    struct place p;
    struct request r;

    place_make(&p);
    m->n = 4;
    CHECK(add_all(c, m) == OK);
    struct request_change change = { .id = m->id[2], .version = -1, .e = EVENT_NONE };
    change.e.kind = KIND_CALL_REACHED;
    change.e.occurred_at = c->now;
    CHECK(request_change(c, &change) == OK);
    seal(c);
    ctx_set_now(c, c->now + 86400);
    CHECK(request_get(c, m->id[2], &r) == OK);
    change.e = EVENT_NONE;
    change.e.kind = KIND_UNDONE;
    change.e.occurred_at = c->now;
    change.e.number = r.event[r.events - 1].e.seq;
    CHECK(request_change(c, &change) == OK);
    m->n = 2; /* received before the baseline, written down after it */
    CHECK(add_all(c, m) == OK);
    CHECK(baseline_open(c, 1, &b) == OK);
    CHECK(baseline_compare(c, &b, &d) == OK);
    size_t changed = 0, fresh = 0;
    for (size_t i = 0; i < d.n; i++) {
        changed += d.row[i].change == BASELINE_CHANGED && d.row[i].row == 3;
        fresh += d.row[i].change == BASELINE_NEW;
    }
    CHECK(changed > 0);
    CHECK_INT((int64_t)fresh, 2);
    CHECK_INT((int64_t)d.rows, 3);
    baseline_close(&b);
    place_remove(c, &p);
    test_end(c);
}

static void write_byte(const char *path, off_t at, unsigned char byte)
{
    int fd = open(path, O_WRONLY);

    CHECK(pwrite(fd, &byte, 1, at) == 1);
    close(fd);
}

TEST(baseline_finds_a_flipped_byte)
{
    struct ctx *c = test_begin("2024-07-01");
    struct made *m = arena_alloc(c->arena, sizeof *m);
    struct baseline b;
    struct place p;

    place_make(&p);
    m->n = 20;
    CHECK(add_all(c, m) == OK);
    seal(c);
    const char *path = file_of(c, &p, 1);
    CHECK(baseline_open_file(c, path, &b) == OK);
    size_t len = b.map.len, hash_at = b.content.len;
    const unsigned char *bytes = (const unsigned char *)arena_copy(c->arena, b.map.data, len);
    baseline_close(&b);
    for (size_t i = 0; i < len; i += i < 4000 || i + 64 > hash_at ? 1 : 89) {
        struct arena_mark mark = arena_mark(c->arena);
        write_byte(path, (off_t)i, bytes[i] ^ (unsigned char)(1 + i % 255));
        CHECK(baseline_open_file(c, path, &b) == E_CORRUPT);
        err_clear(c);
        write_byte(path, (off_t)i, bytes[i]);
        arena_release(c->arena, mark);
    }
    CHECK(baseline_open_file(c, path, &b) == OK);
    baseline_close(&b);
    CHECK(truncate(path, (off_t)hash_at) == 0); /* without its seal */
    CHECK(baseline_open_file(c, path, &b) == E_CORRUPT);
    err_clear(c);
    place_remove(c, &p);
    test_end(c);
}

TEST(baseline_is_built_on_the_one_before)
{
    struct ctx *c = test_begin("2024-07-01");
    struct baseline b;
    struct baseline_line *line;
    struct place p;
    size_t n;

    place_make(&p);
    CHECK(baseline_list(c, &line, &n) == OK && n == 0);
    CHECK(baseline_open(c, 1, &b) == E_NOT_FOUND);
    err_clear(c);
    CHECK_INT(seal(c), 1);
    ctx_set_now(c, c->now + 60);
    CHECK_INT(seal(c), 2);
    CHECK_INT(seal(c), 3);
    CHECK(baseline_list(c, &line, &n) == OK && n == 3 && line[2].wrong == NULL);
    CHECK_STR(line[2].b.previous, line[1].b.hash);
    CHECK(rename(file_of(c, &p, 3), file_of(c, &p, 1)) == 0); /* the first one is exchanged */
    CHECK(baseline_open(c, 1, &b) == E_CORRUPT);
    err_clear(c);
    CHECK(baseline_open(c, 2, &b) == E_CORRUPT);
    err_clear(c);
    CHECK(baseline_list(c, &line, &n) == OK && n == 3 && line[0].wrong != NULL && line[1].wrong != NULL);
    CHECK(line[2].wrong != NULL && line[2].missing && !line[0].missing && !line[1].missing);
    CHECK(unlink(file_of(c, &p, 1)) == 0);
    CHECK(baseline_open(c, 2, &b) == E_CORRUPT);
    err_clear(c);
    place_remove(c, &p);
    test_end(c);
}

static bool is_missing(struct ctx *c, int64_t number, const char *want)
{
    struct baseline_line *line;
    struct baseline b;
    size_t n, found = 0;

    CHECK(baseline_list(c, &line, &n) == OK);
    for (size_t i = 0; i < n; i++)
        found += line[i].missing && line[i].b.number == number && strstr(line[i].wrong, want) != NULL;
    CHECK_INT(baseline_open(c, number, &b), E_CORRUPT);
    bool said = found == 1 && strstr(c->err.text, want) != NULL;
    err_clear(c);
    return said;
}

/* The last one, and all of them: what no other file can tell, the register does. */
TEST(baseline_that_was_taken_away_is_missed)
{
    struct ctx *c = test_begin("2024-07-01");
    struct baseline_form f = { .name = "Nog een", .at = c->now };
    int64_t *missing, number;
    struct place p;
    char aside[100];
    size_t n;

    place_make(&p);
    snprintf(aside, sizeof aside, "%s/aside", p.folder);
    for (int64_t i = 1; i <= 3; i++)
        CHECK_INT(seal(c), i);
    CHECK(baseline_memory_missing(c, &missing, &n) == OK && n == 0);
    CHECK_INT(rename(file_of(c, &p, 3), aside), 0);
    CHECK(is_missing(c, 3, "its file is missing"));
    CHECK(baseline_memory_missing(c, &missing, &n) == OK && n == 1 && missing[0] == 3);
    CHECK_INT(baseline_seal(c, &f, &number), E_CORRUPT); /* no other one takes its number */
    CHECK(strstr(c->err.text, "baseline 3 is missing") != NULL);
    err_clear(c);
    CHECK_INT(rename(aside, file_of(c, &p, 3)), 0); /* put back: all is well */
    CHECK(baseline_memory_missing(c, &missing, &n) == OK && n == 0);
    CHECK_INT(seal(c), 4);
    for (int i = 1; i <= 4; i++)
        CHECK_INT(unlink(file_of(c, &p, i)), 0);
    for (int64_t i = 1; i <= 4; i++)
        CHECK(is_missing(c, i, "its file is missing"));
    place_remove(c, &p);
    test_end(c);
}

/* Another one under the same number is not the one that was sealed here; the words blame nobody. A register
 * that came back from an older copy does not know the newest ones: that is no fault of theirs, and the next
 * seal remembers them. */
TEST(baseline_of_another_copy_is_told_apart)
{
    struct ctx *c =
        test_begin("2024-07-01"); /* the register that sealed it, and from here on its older copy */
    const char *hash;
    struct baseline b;
    struct place p;
    char aside[100];

    place_make(&p);
    snprintf(aside, sizeof aside, "%s/aside", p.folder);
    CHECK_INT(seal(c), 1);
    CHECK(baseline_open(c, 1, &b) == OK && b.remembered);
    baseline_close(&b);
    test_end(c);
    c = test_begin("2024-07-02");
    CHECK(baseline_open(c, 1, &b) == OK && !b.remembered);
    baseline_close(&b);
    CHECK_INT(seal(c), 2);
    CHECK(baseline_memory_hash(c, 1, &hash) == OK && hash != NULL);
    CHECK(baseline_open(c, 1, &b) == OK && b.remembered);
    baseline_close(&b);
    CHECK_INT(rename(file_of(c, &p, 1), aside), 0);
    CHECK_INT(unlink(file_of(c, &p, 2)), 0);
    test_end(c);
    c = test_begin("2024-07-03");
    CHECK_INT(seal(c), 1); /* this one remembers its own first one */
    CHECK_INT(rename(aside, file_of(c, &p, 1)), 0);
    CHECK_INT(baseline_open(c, 1, &b), E_CORRUPT);
    CHECK(strstr(c->err.text, "another baseline than the one that the register remembers") != NULL);
    CHECK(strstr(c->err.text, "older copy") != NULL);
    err_clear(c);
    place_remove(c, &p);
    test_end(c);
}

TEST(baseline_no_data_is_no_zero)
{
    struct ctx *c = test_begin("2024-07-01");
    const char *cell[TABLE_CELLS];
    struct baseline b;
    struct place p;
    size_t n, none = 0;

    place_make(&p);
    seal(c); /* an empty register */
    CHECK(baseline_open(c, 1, &b) == OK);
    struct table_walk w = table_walk(block_find(&b.content, "values"));
    CHECK(table_next(c, &w, cell, &n) && n == 16);
    while (table_next(c, &w, cell, &n)) {
        CHECK_INT((int64_t)n, 16);
        if (!text_is(cell[6], "no data"))
            continue;
        none++;
        CHECK(text_is(cell[5], "") && text_is(cell[9], "") && text_is(cell[10], "") && text_is(cell[11], ""));
    }
    CHECK(none > 0);
    baseline_close(&b);
    place_remove(c, &p);
    test_end(c);
}

TEST(baseline_rights)
{
    static const struct {
        enum role role;
        bool reads, rows, seals;
    } roles[] = { { ROLE_QUALITY, true, true, true },
                  { ROLE_BOARD, true, true, true },
                  { ROLE_ACCOUNT_MANAGER, true, false, false },
                  { ROLE_TEAM_LEAD, true, false, false },
                  { ROLE_ADVISORY_COUNCIL, false, false, false },
                  { ROLE_PARTNER, false, false, false } };
    struct ctx *c = test_begin("2024-07-01");
    struct made *m = arena_alloc(c->arena, sizeof *m);
    struct baseline_form f;
    struct baseline_line *line;
    struct session s;
    struct place p;
    int64_t number;
    size_t n;

    place_make(&p);
    m->n = 3;
    seal(c);
    ctx_set_now(c, c->now + 3600);
    CHECK(add_all(c, m) == OK);
    f = form_of(c);
    f.at = c->now + 1;
    CHECK(baseline_seal(c, &f, &number) == E_INVALID);
    err_clear(c);
    for (size_t i = 0; i < COUNT(roles); i++) {
        struct baseline_changes d = { .rows = 0 };
        struct baseline b;
        session_act_as(c, &s, roles[i].role, INT_NONE, INT_NONE);
        f = form_of(c);
        CHECK(role_may(roles[i].role, RIGHT_BASELINE) == roles[i].seals);
        CHECK(roles[i].seals || baseline_seal(c, &f, &number) == E_FORBIDDEN);
        err_clear(c);
        CHECK((baseline_list(c, &line, &n) == OK) == roles[i].reads);
        err_clear(c);
        CHECK((baseline_open(c, 1, &b) == OK) == roles[i].reads);
        err_clear(c);
        if (!roles[i].reads)
            continue;
        CHECK(baseline_compare(c, &b, &d) == OK);
        CHECK(d.may_see_rows == roles[i].rows && (d.n > 0) == (roles[i].rows && d.rows > 0));
        baseline_close(&b);
    }
    place_remove(c, &p);
    test_end(c);
}

/* Values from before the register carry their interval and their source, or they are refused. */
TEST(baseline_with_values_from_files)
{
    static const struct {
        const char *text, *wrong;
    } bad[] = { { "W1\t2023\t200\t41\t36\n", "\"upper\"" },
                { "W1\t2023\t200\t41\t36\t47\t", "\"source\"" },
                { "W1\t2023\t0\t41\t36\t47\tfile study\n", "\"n\"" },
                { "W1\t2023\t200\tforty\t36\t47\tfile study\n", "\"value\"" },
                { "W1\t2023\t200\t50\t36\t47\tfile study\n", "\"value\"" },
                { "\nW1\t2023\t200\t41\t36\t47\tfile study\tmore\n", "Line 2" } };
    struct ctx *c = test_begin("2024-07-01");
    struct baseline_form f = form_of(c);
    const char *cell[TABLE_CELLS];
    struct baseline b;
    struct place p;
    int64_t number;
    size_t n;

    place_make(&p);
    for (size_t i = 0; i < COUNT(bad); i++) {
        f.reconstructed = bad[i].text;
        CHECK(baseline_seal(c, &f, &number) == E_INVALID);
        CHECK(strstr(c->err.text, bad[i].wrong) != NULL);
        CHECK_STR(c->err.field, "files");
        err_clear(c);
    }
    f.reconstructed = "W1\t2023\t200\t41.5\t36\t47\tfile study of 200 closed "
                      "files\r\n\nH1\t2023\t200\t0.09\t0.06\t0.14\tfile study\n";
    CHECK(baseline_seal(c, &f, &number) == OK && number == 1);
    CHECK(baseline_open(c, 1, &b) == OK);
    struct table_walk w = table_walk(block_find(&b.content, "reconstructed"));
    CHECK(table_next(c, &w, cell, &n) && n == 7);
    CHECK(table_next(c, &w, cell, &n) && n == 7);
    CHECK_STR(cell[3], "41.5");
    CHECK_STR(cell[6], "file study of 200 closed files");
    CHECK(table_next(c, &w, cell, &n) && n == 7 && !table_next(c, &w, cell, &n));
    baseline_close(&b);
    place_remove(c, &p);
    test_end(c);
}
