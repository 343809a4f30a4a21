// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "exchange/transfer_csv.h"
#include "register/session.h"
#include "unit/staff.h"
#include "unit/test.h"

#include <stdio.h>

static struct transfer make_list(struct ctx *c, const struct staff_town *t)
{
    struct transfer_form f = { "List", "De Zijde", "Ours", t->oost, c->today - 60, c->today + 29 };
    struct transfer list = { 0 };
    int64_t id;

    CHECK(transfer_add(c, &f, &id) == OK);
    CHECK(transfer_get(c, id, &list) == OK);
    return list;
}

static size_t members(struct ctx *c, const struct transfer *t, struct member **ret_member)
{
    size_t n = 0;

    CHECK(member_all(c, t, MEMBER_ALL, ret_member, &n) == OK);
    return n;
}

/* What a spreadsheet gives when it is copied: tabs, quotes, dates as people type them; wrong lines among
 * them. */
TEST(transfer_csv_reports_every_bad_line)
{
    struct ctx *c = test_begin("2022-06-01");
    struct staff_town t;
    struct transfer_csv_result r;
    struct member *m;

    staff_town_make(c, &t);
    struct transfer list = make_list(c, &t);
    struct request_id known = staff_request(c, &t);
    char text[800];
    snprintf(text, sizeof text,
             "Nummer\tNaam\tGeboortedatum\tGevraagd\tWacht_tot\tTeam\tAanmelding\n"
             "Z-1\t\"Jansen, Piet\"\t3-4-1950\t31-1-2022\t\t\t\n"
             "Z-2\tFatma Yilmaz\t\t15-02-2022\t1-7-2022\tWest\t\n"
             "Z-3\t\t\t15-02-2022\t\t\t\n"         /* 4: nobody */
             "Z-4\tAn\t\t31-2-2022\t\t\t\n"        /* 5: no such day */
             "Z-5\tBo\t\t1-1-2099\t\t\t\n"         /* 6: the future */
             "Z-6\tCo\t\t1-3-2022\t\tZuid\t\n"     /* 7: no such team */
             "Z-7\tDo\t\t\t\t\t\n"                 /* 8: when? */
             "Z-8\t\t\t1-3-2022\t\t\t2022-99999\n" /* 9: no such request */
             "Z-9\t\t\t1-3-2022\t\t\t2022-%lld\n"
             "Z-1\tPiet\t\t31-1-2022\t\t\t\n", /* again */
             (long long)known.v);
    CHECK(transfer_csv_add(c, &list, text, true, &r) == OK);
    CHECK_INT(r.added, 3);
    CHECK_INT((int64_t)members(c, &list, &m), 0); /* a dry run keeps nothing */
    CHECK(transfer_csv_add(c, &list, text, false, &r) == OK);
    CHECK_INT(r.lines, 10);
    CHECK_INT(r.added, 3);
    CHECK_INT(r.known, 1);
    static const int64_t bad[] = { 4, 5, 6, 7, 8, 9 };
    CHECK_INT((int64_t)r.n_bad, COUNT(bad));
    for (size_t i = 0; i < r.n_bad && i < COUNT(bad); i++) {
        CHECK_INT(r.bad[i].line, bad[i]);
        CHECK(r.bad[i].reason != NULL && r.bad[i].reason[0] != '\0');
    }
    CHECK_INT((int64_t)members(c, &list, &m), 3);
    CHECK_STR(m[0].name, "Jansen, Piet");
    CHECK_INT(m[0].f.original, date_from_civil(2022, 1, 31));
    CHECK_INT(m[0].f.team, t.oost); /* of the list */
    CHECK_INT(m[1].f.waits_until, date_from_civil(2022, 7, 1));
    CHECK_INT(m[1].f.team, t.west);
    CHECK_INT(m[2].f.request, known.v);
    CHECK_STR(m[2].name, "Jan de Vries");
    CHECK(transfer_csv_add(c, &list, text, false, &r) == OK); /* the same list again adds nobody */
    CHECK_INT(r.added, 0);
    CHECK_INT(r.known, 4);
    test_end(c);
}

TEST(transfer_csv_refuses_what_is_no_list)
{
    struct ctx *c = test_begin("2022-06-01");
    struct staff_town t;
    struct transfer_csv_result r;
    struct session s;

    staff_town_make(c, &t);
    struct transfer list = make_list(c, &t);
    static const char *const bad[] = { "", "just some words\nand more\n", "naam;telefoon\nPiet;06\n",
                                       "naam;gevraagd\n\"Piet;1-2-2022\n" };
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK(transfer_csv_add(c, &list, bad[i], false, &r) == E_INVALID);
        CHECK_STR(c->err.field, "csv");
        err_clear(c);
    }
    for (int role = 0; role < ROLE_SYSTEM; role++) {
        session_act_as(c, &s, (enum role)role, t.oost, INT_NONE);
        bool can = role_may((enum role)role, RIGHT_TRANSFER) && role_may((enum role)role, RIGHT_ALLOCATE);
        CHECK((transfer_csv_add(c, &list, "naam;gevraagd\nPiet;1-2-2022\n", true, &r) == OK) == can);
        err_clear(c);
    }
    test_end(c);
}
