// SPDX-License-Identifier: EUPL-1.2
/* Two people who change the same thing: who comes second reads who did what meanwhile, keeps what was typed,
 * and can save it again. */
#include "base/text.h"
#include "http/visit.h"
#include "register/absence.h"
#include "register/complaint.h"
#include "register/household.h"
#include "register/incident.h"
#include "register/request.h"
#include "register/setting.h"
#include "register/signal.h"
#include "unit/place_help.h"
#include "unit/staff.h"

#include <stdio.h>

struct pair_of_people {
    struct ctx *c;
    struct visit v;
};

/* "first" and "second" have the role; the team is that of a team lead. */
static void begin(struct pair_of_people *p, enum role role, int64_t team)
{
    staff_account(p->c, "first", role, team, INT_NONE);
    staff_account(p->c, "second", role, team, INT_NONE);
    visit_begin(p->c, NULL, &p->v);
}

static void end(struct pair_of_people *p)
{
    visit_end(&p->v);
    test_end(p->c);
}

struct twice {
    const char *path;
    const char *version;        /* the field, with what both saw: "seen=1" */
    const char *first, *second; /* what they send else */
    const char *told, *kept;    /* what the second reads, and what of the own is still there */
    const char *now;            /* the field for the next try, as it stands on the page */
    const char *again;          /* the version that is */
};

/* What this user gets for a form of this version. */
static int send(struct pair_of_people *p, const char *path, const char *version, const char *more)
{
    struct buf body = { 0 };

    buf_printf(&body, "%s&%s", version, more);
    int status = visit_ask(&p->v, path, buf_text(&body));
    buf_free(&body);
    return status;
}

static void check_twice(struct pair_of_people *p, const struct twice *t)
{
    visit_log_in(&p->v, "first");
    if (!CHECK_INT(send(p, t->path, t->version, t->first), 303))
        return;
    visit_log_in(&p->v, "second");
    CHECK_INT(send(p, t->path, t->version, t->second), 409);
    CHECK(visit_says(&p->v, "data-news"));
    CHECK(visit_says(&p->v, "first")); /* who */
    CHECK(visit_says(&p->v, t->told)); /* what */
    CHECK(visit_says(&p->v, t->kept));
    CHECK(visit_says(&p->v, t->now));
    CHECK_INT(send(p, t->path, t->again, t->second), 303);
    CHECK(!visit_says(&p->v, "data-news"));
}

TEST(two_people_at_one_complaint)
{
    struct pair_of_people p = { .c = test_begin("2024-03-05") };
    struct complaint_form f = { .person = INT_NONE,
                                .who = { .name = "Jan de Vries" },
                                .request = INT_NONE,
                                .about = "Nobody called",
                                .regime = "awb",
                                .category = "unreachable",
                                .team = INT_NONE,
                                .worker = INT_NONE,
                                .received = p.c->today };
    struct complaint_id id;

    CHECK_INT(complaint_add(p.c, &f, &id), OK);
    begin(&p, ROLE_COMPLAINTS, INT_NONE);
    check_twice(&p, &(struct twice){ "/complaints/1", "seen=1", "step=acknowledged&date=5-3-2024",
                                     "step=note&date=5-3-2024&note=Asked+Jan", "Receipt confirmed</strong>",
                                     "Asked Jan", "name=\"seen\" value=\"2\"", "seen=2" });
    CHECK_INT(visit_ask(&p.v, "/complaints/1", "seen=3&step=note&date=5-3-2024&note="), 422);
    CHECK(!visit_says(&p.v, "data-news")); /* wrong, but nobody else did anything */
    end(&p);
}

TEST(two_people_at_one_signal)
{
    struct pair_of_people p = { .c = test_begin("2024-03-05") };
    struct signal_form f = { .about = "No walk-in hour",
                             .topic = "walk_in",
                             .source = "partner",
                             .teller = "",
                             .severity = 2,
                             .neighbourhood = INT_NONE,
                             .team = INT_NONE,
                             .place = INT_NONE };
    int64_t id;

    CHECK_INT(signal_add(p.c, &f, &id), OK);
    begin(&p, ROLE_QUALITY, INT_NONE);
    check_twice(&p, &(struct twice){ "/signals/1", "seen=1", "step=judged&verdict=pattern&severity=2",
                                     "step=note&note=Asked+school", "It is a pattern</li>", "Asked school",
                                     "name=\"seen\" value=\"2\"", "seen=2" });
    end(&p);
}

TEST(two_people_at_one_incident)
{
    struct pair_of_people p = { .c = test_begin("2024-03-05") };
    struct incident_form f = { "Letter to the wrong address", "privacy", 1, false, p.c->today, INT_NONE };
    int64_t id;

    CHECK_INT(incident_add(p.c, &f, &id), OK);
    begin(&p, ROLE_QUALITY, INT_NONE);
    check_twice(&p, &(struct twice){ "/incidents/1", "seen=1", "step=family&date=5-3-2024",
                                     "step=note&date=5-3-2024&note=Envelope",
                                     "Told to the resident or the family</strong>", "Envelope",
                                     "name=\"seen\" value=\"2\"", "seen=2" });
    end(&p);
}

TEST(two_people_at_one_partner_and_one_place)
{
    struct pair_of_people p = { .c = test_begin("2024-03-05") };
    struct town_of_test t;
    char path[60], first[120], second[120];

    town_make(p.c, &t);
    begin(&p, ROLE_TEAM_LEAD, INT_NONE);
    snprintf(path, sizeof path, "/partners/%lld/change", (long long)t.partner);
    check_twice(&p, &(struct twice){ path, "version=1", "name=School+North&kind=school",
                                     "name=School+South&kind=school", "School North", "School South",
                                     "name=\"version\" value=\"2\"", "version=2" });
    snprintf(path, sizeof path, "/places/%lld/change", (long long)t.school);
    snprintf(first, sizeof first, "kind=school&name=New+name&neighbourhood=%lld", (long long)t.brouwhuis);
    snprintf(second, sizeof second, "kind=school&name=Other+name&neighbourhood=%lld", (long long)t.brouwhuis);
    check_twice(&p, &(struct twice){ path, "version=1", first, second, "New name", "Other name",
                                     "name=\"version\" value=\"2\"", "version=2" });
    end(&p);
}

TEST(two_people_at_one_worker_and_one_absence)
{
    struct pair_of_people p = { .c = test_begin("2024-01-03") };
    struct staff_town t;
    char path[60], first[200], second[200];
    int64_t id;

    staff_town_make(p.c, &t);
    struct absence_form f = { t.anna, "leave", p.c->today, p.c->today + 5, DAY_NONE };
    CHECK_INT(absence_add(p.c, &f, &id), OK);
    begin(&p, ROLE_TEAM_LEAD, t.oost);
    snprintf(path, sizeof path, "/staff/absence/%lld", (long long)id);
    check_twice(&p, &(struct twice){ path, "version=1", "kind=leave&from=3-1-2024&until=12-1-2024",
                                     "kind=leave&from=4-1-2024&until=8-1-2024", "12 Jan 2024", "4-1-2024",
                                     "name=\"version\" value=\"2\"", "version=2" });
    snprintf(path, sizeof path, "/staff/%lld/edit", (long long)t.anna);
    snprintf(first, sizeof first, "name=Anna+Bos&team=%lld&discipline=social_worker&languages=nl",
             (long long)t.oost);
    snprintf(second, sizeof second, "name=Anna+Smit&team=%lld&discipline=social_worker&languages=nl",
             (long long)t.oost);
    check_twice(&p, &(struct twice){ path, "version=1", first, second, "Anna Bos", "Anna Smit",
                                     "name=\"version\" value=\"2\"", "version=2" });
    end(&p);
}

TEST(two_people_at_one_household_and_level)
{
    struct pair_of_people p = { .c = test_begin("2024-01-03") };
    struct staff_town t;
    struct request r;
    char path[60], seen[40], now[60], again[40];

    staff_town_make(p.c, &t);
    struct request_id id = staff_case(p.c, &t, t.anna, 2);
    CHECK_INT(request_get(p.c, id, &r), OK);
    struct household_form h = { .person = r.person,
                                .known = INT_NONE,
                                .seen = 0,
                                .role = "child",
                                .own_role = "adult",
                                .from = p.c->today,
                                .who = { .name = "Piet" } };
    CHECK_INT(household_add(p.c, &h), OK);
    begin(&p, ROLE_TEAM_LEAD, INT_NONE);
    snprintf(path, sizeof path, "/persons/%lld/household", (long long)r.person);
    check_twice(&p, &(struct twice){ path, "seen=2", "name=Kees&role=child&from=3-1-2024",
                                     "name=Truus&role=child&from=3-1-2024", "Someone came to live there",
                                     "Truus", "name=\"seen\" value=\"3\"", "seen=3" });
    snprintf(path, sizeof path, "/requests/%lld/ave", (long long)id.v);
    snprintf(seen, sizeof seen, "seen=%lld", (long long)r.now.version);
    snprintf(again, sizeof again, "seen=%lld", (long long)r.now.version + 1);
    snprintf(now, sizeof now, "name=\"seen\" value=\"%lld\"", (long long)r.now.version + 1);
    check_twice(
        &p, &(struct twice){
                path, seen,
                "level=2&reason=stagnation&route=own_team&review=31-12-2099&day=3-1-2024&why=First+reason",
                "level=3&reason=stagnation&route=own_team&review=31-12-2099&day=3-1-2024&why=Second+reason",
                "This happened in the meantime", "Second reason", now, again });
    end(&p);
}

static void put_settings(struct ctx *c, const char *changed, const char *value, bool more, struct buf *b)
{
    struct setting_value *v;
    size_t n;

    CHECK_INT(setting_all(c, &v, &n), OK);
    for (size_t i = 0; i < n; i++) {
        const char *name = v[i].setting->name, *now = v[i].value;
        bool other = text_is(name, changed) || (more && text_is(name, "norm.referrer"));
        if (v[i].setting->kind == SETTING_LINES)
            continue;
        now = now[0] == '\0' ? "x" : now; /* a name that was not filled in */
        buf_printf(b, "&%s=%s&seen.%s=%s", name, other ? value : now, name, now);
    }
}

/* What the second did not touch is neither told nor undone. */
TEST(two_people_at_the_settings)
{
    struct pair_of_people p = { .c = test_begin("2024-01-03") };
    struct buf first = { 0 }, second = { 0 };
    struct town_of_test t;
    int64_t now;
    char path[60], seen[80], now_seen[80], first_hood[80], second_hood[80];

    town_make(p.c, &t);
    put_settings(p.c, "norm.contact", "7", true, &first);
    put_settings(p.c, "norm.contact", "9", false, &second);
    begin(&p, ROLE_BOARD, INT_NONE);
    check_twice(&p, &(struct twice){ "/settings/values", "", buf_text(&first), buf_text(&second),
                                     "\xe2\x86\x92 7</li>", "value=\"9\"",
                                     "name=\"seen.norm.contact\" value=\"7\"", "seen.norm.contact=7" });
    CHECK_INT(setting_number(p.c, "norm.contact", &now), OK);
    CHECK_INT(now, 9);
    CHECK_INT(setting_number(p.c, "norm.referrer", &now), OK);
    CHECK_INT(now, 7);
    snprintf(path, sizeof path, "/settings/neighbourhoods/%lld/change", (long long)t.brouwhuis);
    snprintf(seen, sizeof seen, "seen=Brouwhuis|%lld|", (long long)t.east);
    snprintf(now_seen, sizeof now_seen, "seen=Brouwhuis|%lld|5000", (long long)t.east);
    snprintf(first_hood, sizeof first_hood, "name=Brouwhuis&team=%lld&inhabitants=5000", (long long)t.east);
    snprintf(second_hood, sizeof second_hood, "name=Brouwhuis&team=%lld&inhabitants=6000", (long long)t.east);
    check_twice(&p, &(struct twice){ path, seen, first_hood, second_hood, "\xe2\x86\x92 5000</li>",
                                     "value=\"6000\"", "|5000\"", now_seen });
    buf_free(&first);
    buf_free(&second);
    end(&p);
}
