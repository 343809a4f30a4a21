// SPDX-License-Identifier: EUPL-1.2
#include "register/agreement.h"

#include "unit/place_help.h"
#include "unit/test.h"

#include <stdio.h>
#include <string.h>

TEST(partner_stages_over_time)
{
    struct ctx *c = test_begin("2024-01-10");
    struct town_of_test t;
    struct partner p;
    struct partner_month *m;
    size_t n;

    town_make(c, &t); /* both partners: acquaintance in January */
    ctx_set_now(c, time_of_nl_day(test_day("2024-04-15"), 12 * 3600));
    CHECK_INT(partner_reach(c, &(struct partner_step){ t.other, 1, "agreed", test_day("2024-04-02") }), OK);
    CHECK_INT(partner_reach(c, &(struct partner_step){ t.other, 1, "agreed", test_day("2024-04-02") }),
              E_CONFLICT);
    err_clear(c);
    /* written down later, but reached before: the stage of today stays */
    CHECK_INT(partner_reach(c, &(struct partner_step){ t.other, 2, "talking", test_day("2024-02-20") }), OK);
    CHECK_INT(partner_reach(c, &(struct partner_step){ t.other, -1, "friends", c->today }), E_INVALID);
    err_clear(c);
    CHECK_INT(partner_reach(c, &(struct partner_step){ t.other, -1, "agreed", c->today + 1 }), E_INVALID);
    err_clear(c);
    CHECK_INT(partner_get(c, t.other, &p), OK);
    CHECK_STR(p.stage, "agreed");
    CHECK_INT(partner_end(c, t.partner, -1, test_day("2024-03-10")), OK);
    CHECK_INT(partner_months(c, test_day("2023-12-01"), test_day("2024-12-31"), &m, &n), OK);
    CHECK_INT((int64_t)n, 5); /* until the month of today */
    static const int64_t want[5][PARTNER_STAGES] = {
        { 0, 0, 0, 0 }, { 2, 0, 0, 0 }, { 1, 1, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, 0, 1 }
    };
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < PARTNER_STAGES; k++)
            CHECK_INT(m[i].n[k], want[i][k]);
    test_end(c);
}

TEST(partner_contact_persons_are_sealed)
{
    struct ctx *c = test_begin("2024-01-10");
    struct town_of_test t;
    struct partner p;
    struct partner_contact *k;
    struct session s;
    size_t n;

    town_make(c, &t);
    struct partner_contact add = { .name = "Zebedea Uniquecontact",
                                   .function = "Intern begeleider",
                                   .phone = "0492-555123" };
    CHECK_INT(partner_contact_add(c, t.partner, &(struct partner_contact){ .phone = "1" }), E_INVALID);
    CHECK_STR(c->err.field, "contact_name");
    err_clear(c);
    CHECK_INT(partner_contact_add(c, t.partner, &add), OK);
    CHECK_INT(partner_get(c, t.partner, &p), OK);
    CHECK_INT(partner_contacts(c, &p, &k, &n), OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_STR(k[0].name, "Zebedea Uniquecontact");
    CHECK_STR(k[0].phone, "0492-555123");
    CHECK(k[0].email == NULL);
    act(c, &s, ROLE_ACCOUNT_MANAGER, INT_NONE, INT_NONE);
    CHECK_INT(partner_contacts(c, &p, &k, &n), OK);
    CHECK_INT((int64_t)n, 0); /* no persons */
    act(c, &s, ROLE_TEAM_LEAD, INT_NONE, t.east);
    CHECK_INT(partner_contact_end(c, t.partner, 1), OK);
    CHECK_INT(partner_contacts(c, &p, &k, &n), OK);
    CHECK_INT((int64_t)n, 0);
    if (store_kind(db_store(c->db)) == DB_SQLITE) {
        CHECK(db_script(c, "PRAGMA wal_checkpoint(TRUNCATE)", false) == OK);
        FILE *file = fopen(test_url(c), "rb");
        static char all[4 << 20];
        size_t bytes = fread(all, 1, sizeof all, file);
        fclose(file);
        CHECK(bytes > 1000 && memmem(all, bytes, "Uniquecontact", 13) == NULL);
    }
    test_end(c);
}

TEST(partner_save_checks_and_conflicts)
{
    struct ctx *c = test_begin("2024-01-10");
    struct town_of_test t;
    struct partner_area *area;
    struct session s;
    int64_t id;
    size_t n;

    town_make(c, &t);
    struct partner_form f = { .id = INT_NONE, .name = "LEVgroep", .kind = "welfare" };
    CHECK_INT(partner_save(c, &f, &id), E_INVALID);
    CHECK_STR(c->err.field, "name");
    err_clear(c);
    f.name = "GOH";
    f.kind = "band";
    CHECK_INT(partner_save(c, &f, &id), E_INVALID);
    CHECK_STR(c->err.field, "kind");
    err_clear(c);
    f.kind = "clients";
    f.neighbourhood = &t.fonkel;
    f.neighbourhoods = 1;
    CHECK_INT(partner_save(c, &f, &id), OK);
    CHECK_INT(partner_areas(c, id, &area, &n), OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_STR(area[0].name, "De Fonkel");
    f.id = id;
    f.version = 1;
    f.name = "GOH Helmond";
    CHECK_INT(partner_save(c, &f, &id), OK);
    CHECK_INT(partner_save(c, &f, &id), E_CONFLICT);
    err_clear(c);
    act(c, &s, ROLE_SOCIAL_WORKER, INT_NONE, t.east);
    CHECK_INT(partner_save(c, &f, &id), E_FORBIDDEN);
    test_end(c);
}

static struct agreement_form good_agreement(struct ctx *c, const struct town_of_test *t)
{
    return (struct agreement_form){ .id = INT_NONE,
                                    .partner = t->other,
                                    .text = "Samen een groep",
                                    .norm = "Binnen 10 dagen",
                                    .owner = t->account,
                                    .starts_on = c->today,
                                    .review_on = c->today + 90 };
}

TEST(agreement_rejects_wrong_input)
{
    struct ctx *c = test_begin("2024-01-10");
    struct town_of_test t;
    int64_t id;

    town_make(c, &t);
    struct agreement_form good = good_agreement(c, &t);
    struct {
        struct agreement_form f;
        const char *field;
    } bad[] = {
        { good, "text" }, { good, "norm" }, { good, "owner" }, { good, "starts_on" }, { good, "review_on" }
    };
    bad[0].f.text = "";
    bad[1].f.norm = "";
    bad[2].f.owner = INT_NONE;
    bad[3].f.starts_on = DAY_NONE;
    bad[4].f.review_on = good.starts_on;
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_INT(agreement_save(c, &bad[i].f, &id), E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    test_end(c);
}

TEST(agreement_is_judged_and_comes_back)
{
    struct ctx *c = test_begin("2024-01-10");
    struct town_of_test t;
    struct agreement *due, a;
    struct partner p;
    const struct happening *h;
    struct session s;
    int64_t id = 0;
    size_t n;

    town_make(c, &t);
    struct agreement_form f = good_agreement(c, &t);
    CHECK_INT(agreement_save(c, &f, &id), OK);
    CHECK_INT(partner_get(c, t.other, &p), OK);
    CHECK_STR(p.stage, "agreed"); /* an agreement is the last stage */
    CHECK_INT(agreement_due(c, c->today, INT_NONE, &due, &n), OK);
    CHECK_INT((int64_t)n, 0);
    ctx_set_now(c, time_of_nl_day(test_day("2024-04-20"), 12 * 3600));
    CHECK_INT(agreement_due(c, c->today, t.account, &due, &n), OK);
    CHECK_INT((int64_t)n, 1);
    struct agreement_judgement j = { id, 1, AGREEMENT_NOT_KEPT, c->today, c->today + 90, NULL };
    CHECK_INT(agreement_judge(c, &j), E_INVALID);
    CHECK_STR(c->err.field, "remark"); /* not kept needs a word */
    err_clear(c);
    j.remark = "Twee maanden geen overleg";
    CHECK_INT(agreement_judge(c, &j), OK);
    CHECK_INT(agreement_judge(c, &j), E_CONFLICT);
    err_clear(c);
    CHECK_INT(agreement_get(c, id, &a), OK);
    CHECK_INT(a.kept, AGREEMENT_NOT_KEPT);
    CHECK_INT(a.review_on, c->today + 90);
    CHECK_INT(agreement_history(c, id, &h, &n), OK);
    CHECK_INT((int64_t)n, 2);
    CHECK_STR(h[1].note, "Twee maanden geen overleg");
    act(c, &s, ROLE_ACCOUNT_MANAGER, INT_NONE, INT_NONE);
    CHECK_INT(agreement_history(c, id, &h, &n), OK);
    CHECK(h[1].note == NULL); /* agreements, but no free text */
    CHECK_INT(agreement_judge(c, &j), E_FORBIDDEN);
    err_clear(c);
    act(c, &s, ROLE_BOARD, INT_NONE, INT_NONE);
    CHECK_INT(agreement_end(c, id, -1, c->today), OK);
    CHECK_INT(agreement_end(c, id, -1, c->today), E_CONFLICT);
    err_clear(c);
    CHECK_INT(agreement_due(c, c->today + 400, INT_NONE, &due, &n), OK);
    CHECK_INT((int64_t)n, 0);
    test_end(c);
}
