// SPDX-License-Identifier: EUPL-1.2
/* A second signature and errata beside a sealed baseline: who may, what is checked, and that the baseline
 * itself stays as it is. */
#include "account/baseline_note.h"
#include "base/date.h"
#include "base/text.h"
#include "register/session.h"
#include "unit/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct beside {
    struct ctx *c;
    struct baseline b;
    char folder[40], notes[60], key[60], file[60], note[3][80];
};

static const char password[] = "een lang wachtwoord";

static void add_account(struct ctx *c, const char *login, const char *name, enum role role)
{
    struct account_form f = {
        .login = login, .name = name, .password = password, .role = role, .team = INT_NONE, .worker = INT_NONE
    };
    int64_t id;

    CHECK_INT(account_add(c, &f, &id), OK);
}

static void begin(struct beside *p, struct session *s)
{
    struct baseline_form form = { .name = "Nulmeting" };
    int64_t number;

    *p = (struct beside){ .c = test_begin("2024-07-01"), .folder = "/tmp/peil-note-XXXXXX" };
    CHECK(mkdtemp(p->folder) != NULL);
    snprintf(p->notes, sizeof p->notes, "%s/0001.notes", p->folder);
    snprintf(p->key, sizeof p->key, "%s/key", p->folder);
    snprintf(p->file, sizeof p->file, "%s/0001.peil", p->folder);
    for (int i = 0; i < 3; i++)
        snprintf(p->note[i], sizeof p->note[i], "%s/%04d.note", p->notes, i + 1);
    setenv("PEIL_BASELINES", p->folder, 1);
    setenv("PEIL_SIGN_KEY", p->key, 1);
    add_account(p->c, "kwaliteit", "Kim Kwaliteit", ROLE_QUALITY);
    add_account(p->c, "bestuur", "Bas Bestuur", ROLE_BOARD);
    add_account(p->c, "teamleider", "Tom Teamleider", ROLE_TEAM_LEAD);
    CHECK_INT(session_login(p->c, "kwaliteit", password, s), OK);
    p->c->actor = &s->actor;
    form.at = p->c->now;
    form.from = p->c->now - 86400;
    form.to = p->c->now;
    CHECK_INT(baseline_seal(p->c, &form, &number), OK);
    CHECK_INT(baseline_open(p->c, 1, &p->b), OK);
}

static void end(struct beside *p)
{
    baseline_close(&p->b);
    for (int i = 0; i < 3; i++)
        unlink(p->note[i]);
    rmdir(p->notes);
    unlink(p->file);
    unlink(p->key);
    rmdir(p->folder);
    unsetenv("PEIL_BASELINES");
    unsetenv("PEIL_SIGN_KEY");
    test_end(p->c);
}

static void as(struct beside *p, struct session *s, const char *login)
{
    CHECK_INT(session_login(p->c, login, password, s), OK);
    p->c->actor = &s->actor;
}

TEST(baseline_note_second_person_signs)
{
    struct session quality, board, lead;
    struct baseline_note *note;
    struct beside p;
    size_t n;

    begin(&p, &quality);
    CHECK_STR(p.b.sealed_by, "Kim Kwaliteit");
    CHECK_INT(baseline_cosign(p.c, &p.b, password), E_CONFLICT); /* the same person twice is one person */
    err_clear(p.c);
    as(&p, &lead, "teamleider");
    CHECK_INT(baseline_cosign(p.c, &p.b, password), E_FORBIDDEN);
    err_clear(p.c);
    as(&p, &board, "bestuur");
    CHECK_INT(baseline_cosign(p.c, &p.b, "een ander wachtwoord"), E_INVALID);
    CHECK_STR(p.c->err.field, "password");
    err_clear(p.c);
    CHECK_INT(baseline_notes(p.c, &p.b, &note, &n), OK);
    CHECK_INT((int64_t)n, 0);
    CHECK_INT(baseline_cosign(p.c, &p.b, password), OK);
    CHECK_INT(baseline_cosign(p.c, &p.b, password), E_CONFLICT);
    err_clear(p.c);
    CHECK_INT(baseline_notes(p.c, &p.b, &note, &n), OK);
    if (CHECK_INT((int64_t)n, 1)) {
        CHECK_STR(note[0].who, "Bas Bestuur");
        CHECK_STR(note[0].role, "board");
        CHECK_INT((int64_t)strlen(note[0].public_key), 64);
        CHECK(!text_is(note[0].public_key, p.b.public_key)); /* not the register's own */
    }
    end(&p);
}

static bool flip(const char *path, long at)
{
    int fd = open(path, O_RDWR);
    char byte = 0;
    bool done = fd >= 0 && pread(fd, &byte, 1, at) == 1;

    byte = (char)(byte ^ 1);
    done = done && pwrite(fd, &byte, 1, at) == 1;
    if (fd >= 0)
        close(fd);
    return done;
}

TEST(baseline_note_errata_never_change_the_baseline)
{
    const struct baseline_erratum one = { "T1 a", "80 %", "81 %", "Twee dagen van de centrale ontbraken." },
                                  two = { "Population", "3.905", "3.950", "Typefout\tin de bron." },
                                  none = { "", "", "", "" };
    struct session quality, lead;
    struct baseline_note *note;
    const char *hash;
    struct beside p;
    int64_t number;
    size_t n, wrong = 0, tries = 0;

    begin(&p, &quality);
    CHECK_INT(ctx_copy(p.c, p.b.hash, &hash), OK);
    CHECK_INT(baseline_erratum_add(p.c, &p.b, &none, &number), E_INVALID);
    err_clear(p.c);
    CHECK_INT(baseline_erratum_add(p.c, &p.b, &one, &number), OK);
    CHECK_INT(baseline_erratum_add(p.c, &p.b, &two, &number), OK);
    CHECK_INT(number, 2);
    CHECK_INT(baseline_notes(p.c, &p.b, &note, &n), OK);
    if (CHECK_INT((int64_t)n, 2)) {
        CHECK_STR(note[0].was, "80 %");
        CHECK_STR(note[0].is, "81 %");
        CHECK_STR(note[1].why, "Typefout in de bron.");
        CHECK_STR(note[1].who, "Kim Kwaliteit");
        CHECK(note[1].at == p.c->now);
    }
    baseline_close(&p.b);
    CHECK_INT(baseline_open(p.c, 1, &p.b), OK);
    CHECK_STR(p.b.hash, hash);
    as(&p, &lead, "teamleider");
    CHECK_INT(baseline_erratum_add(p.c, &p.b, &one, &number), E_FORBIDDEN);
    err_clear(p.c);
    CHECK_INT(baseline_notes(p.c, &p.b, &note, &n), OK); /* who may see figures sees them */
    /* one flipped byte anywhere is found */
    for (long at = 0; at < 400; at += 7, tries++) {
        if (!CHECK(flip(p.note[0], at)))
            break;
        wrong += baseline_notes(p.c, &p.b, &note, &n) == E_CORRUPT;
        err_clear(p.c);
        CHECK(flip(p.note[0], at));
    }
    CHECK_INT((int64_t)wrong, (int64_t)tries);
    /* the last one may not be taken away either: the register remembers it */
    CHECK_INT(rename(p.note[1], p.note[2]), 0);
    CHECK_INT(baseline_notes(p.c, &p.b, &note, &n), E_CORRUPT);
    err_clear(p.c);
    char aside[90];
    snprintf(aside, sizeof aside, "%s.aside", p.folder);
    CHECK_INT(rename(p.note[2], aside), 0);
    CHECK_INT(baseline_notes(p.c, &p.b, &note, &n), E_CORRUPT);
    CHECK(strstr(p.c->err.text, "2") != NULL);
    err_clear(p.c);
    as(&p, &quality, "kwaliteit"); /* and nothing is put in its place */
    CHECK_INT(baseline_erratum_add(p.c, &p.b, &one, &number), E_CORRUPT);
    err_clear(p.c);
    CHECK_INT(rename(aside, p.note[1]), 0);
    CHECK_INT(baseline_notes(p.c, &p.b, &note, &n), OK);
    /* and so is one that was taken out of the middle */
    CHECK_INT(unlink(p.note[0]), 0);
    CHECK_INT(baseline_notes(p.c, &p.b, &note, &n), E_CORRUPT);
    CHECK(strstr(p.c->err.text, "1") != NULL);
    end(&p);
}
