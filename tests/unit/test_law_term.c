// SPDX-License-Identifier: EUPL-1.2
/* The terms of a request, computed by hand; the article and the sums stand beside them. */
#include "register/law.h"
#include "unit/test.h"

#include "base/text.h"

#include <string.h>

static int64_t noon(int ymd)
{
    return ymd == 0 ? TIME_NONE
                    : time_of_nl_day(date_from_civil(ymd / 10000, ymd / 100 % 100, ymd % 100), 12 * 3600);
}

struct told {
    enum kind kind;
    int day;
    const char *reason;
    int64_t object, number;
    int until;
};

static const struct law_term *term_of(const struct law_term *t, size_t n, enum law_kind kind)
{
    for (size_t i = 0; i < n; i++)
        if (t[i].kind == kind)
            return &t[i];
    test_check(false, __FILE__, __LINE__, "the term is there");
    return NULL;
}

static void tell(struct ctx *c, const struct told *told, size_t n, int now, struct law *l,
                 struct law_term **ret_term, size_t *ret_n)
{
    struct law_options o = LAW_OPTIONS_DEFAULT;
    struct event *event;
    struct standing s;
    struct calendar k;
    int64_t refused;

    calendar_init(&k, &(struct calendar_rule){ 0 });
    CHECK(penalty_rates_parse(PENALTY_DEFAULT, &o.penalty));
    CHECK(ctx_alloc(c, n, sizeof *event, (void *)&event) == OK);
    for (size_t i = 0; i < n; i++) {
        event[i] = EVENT_NONE;
        event[i].kind = told[i].kind;
        event[i].seq = (int64_t)i + 1;
        event[i].occurred_at = noon(told[i].day);
        event[i].reason = told[i].reason;
        event[i].object = told[i].object;
        event[i].number = told[i].number != 0 ? told[i].number : INT_NONE;
        event[i].until = noon(told[i].until);
    }
    refused = standing_replay(event, n, &s);
    CHECK_INT(refused, 0);
    CHECK(law_replay(c, event, n, l, &refused) == OK);
    CHECK_INT(refused, 0);
    CHECK(law_terms(c, &k, &o, l, noon(now), ret_term, ret_n) == OK);
}

/* A whole track. Asked on Monday 8 January 2024, so six weeks until Monday 19 February; the account went out
 * on the 15th; applied on the 20th; two weeks until 5 March; on the 27th asked to complete before 8 March,
 * done on 6 March: 28 February to 5 March stand still, 7 days, so 12 March; decided on 15 March, three days
 * late; objection possible until Friday 26 April; it came on 2 April, with a committee: twelve weeks from 26
 * April are 19 July; six weeks more, said on 1 July: 30 August. */
TEST(law_terms_by_hand)
{
    static const struct told told[] = {
        { KIND_REGISTERED, 20240108, NULL, 0, 0, 0 },
        { KIND_WMO_REPORTED, 20240108, NULL, 0, 0, 0 },
        { KIND_INFORMED, 20240109, "receipt", 0, 0, 0 },
        { KIND_ACCOUNT_SENT, 20240215, NULL, 0, 0, 0 },
        { KIND_APPLIED, 20240220, "wmo_household", 0, 0, 0 },
        { KIND_COMPLETION_ASKED, 20240227, NULL, 5, 0, 20240308 },
        { KIND_COMPLETED, 20240306, NULL, 5, 6, 0 },
        { KIND_DECIDED, 20240315, "partly", 5, 0, 20250315 },
        { KIND_OBJECTED, 20240402, NULL, 5, 1, 0 },
        { KIND_EXTENDED, 20240701, NULL, 5, 0, 0 },
    };
    static const struct {
        enum law_kind kind;
        int due;
        enum term_verdict verdict;
    } want[] = {
        { LAW_RECEIPT, 20240110, TERM_KEPT },   { LAW_PERSONAL_PLAN, 20240115, TERM_OVER },
        { LAW_RESEARCH, 20240219, TERM_KEPT },  { LAW_DECISION_WMO, 20240312, TERM_NOT_KEPT },
        { LAW_OBJECTING, 20240426, TERM_KEPT }, { LAW_OBJECTION_COMMITTEE, 20240830, TERM_RUNNING },
        { LAW_REVIEW, 20250315, TERM_RUNNING },
    };
    struct ctx *c = test_begin_bare();
    struct law_term *term;
    struct law l;
    size_t n;

    tell(c, told, COUNT(told), 20240710, &l, &term, &n);
    CHECK_INT(l.track, TRACK_WMO);
    CHECK_INT(l.stage, STAGE_DECIDED);
    CHECK_INT((int64_t)n, (int64_t)COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        const struct law_term *t = term_of(term, n, want[i].kind);
        if (t == NULL)
            continue;
        CHECK_INT(test_ymd(t->now.due), want[i].due);
        CHECK_INT(t->now.verdict, want[i].verdict);
        CHECK(!t->overdue); /* the seven days for a personal plan are a right, not a duty */
    }
    const struct law_term *d = term_of(term, n, LAW_DECISION_WMO);
    CHECK_INT(d->now.party[PARTY_RESIDENT], 7);
    CHECK_INT(d->now.party[PARTY_MUNICIPALITY], 17);
    CHECK_INT(d->now.total, 24);
}

/* Awb 4:14: a letter with another day moves the eight weeks, not the two weeks that the Wmo sets. */
TEST(law_postponement_moves_only_what_no_law_sets)
{
    struct told told[] = {
        { KIND_REGISTERED, 20240102, NULL, 0, 0, 0 },
        { KIND_WMO_REPORTED, 20240102, NULL, 0, 0, 0 },
        { KIND_APPLIED, 20240102, "youth_treatment", 0, 0, 0 },
        { KIND_POSTPONED, 20240110, NULL, 3, 0, 20240326 },
    };
    struct ctx *c = test_begin_bare();
    struct law_term *term;
    struct law l;
    size_t n;

    tell(c, told, COUNT(told), 20240301, &l, &term, &n);
    CHECK_INT(test_ymd(term_of(term, n, LAW_DECISION_OTHER)->now.due), 20240326);
    told[2].reason = "wmo_household";
    tell(c, told, COUNT(told), 20240301, &l, &term, &n);
    CHECK_INT(test_ymd(term_of(term, n, LAW_DECISION_WMO)->now.due), 20240116);
    CHECK(term_of(term, n, LAW_DECISION_WMO)->overdue);
}

/* The research has no pause: the resident who asks to wait is named, the six weeks run on. What ends before
 * that is neither kept nor late; what was late before it ended stays late. */
TEST(law_research_has_no_pause_and_ends_with_the_request)
{
    struct told told[] = {
        { KIND_REGISTERED, 20240102, NULL, 0, 0, 0 },         { KIND_WMO_REPORTED, 20240102, NULL, 0, 0, 0 },
        { KIND_PAUSED, 20240110, "holiday", 0, 0, 20240131 }, { KIND_RESUMED, 20240131, NULL, 0, 0, 0 },
        { KIND_CLOSED, 20240205, "withdrawn", 0, 0, 0 },
    };
    struct ctx *c = test_begin_bare();
    struct law_term *term;
    struct law l;
    size_t n;

    tell(c, told, 4, 20240214, &l, &term, &n);
    const struct law_term *t = term_of(term, n, LAW_RESEARCH);
    CHECK_INT(test_ymd(t->now.due), 20240213);
    CHECK_INT(t->now.party[PARTY_RESIDENT], 20); /* 11 to 30 January */
    CHECK_INT(t->now.stood, 0);
    CHECK(t->overdue && law_term_runs(t) && t == &term[1] - (term[0].kind == LAW_RESEARCH));
    tell(c, told, 5, 20240301, &l, &term, &n);
    t = term_of(term, n, LAW_RESEARCH);
    CHECK(t->dropped && !t->overdue && !law_term_runs(t));
    told[4].day = 20240220;
    tell(c, told, 5, 20240301, &l, &term, &n);
    t = term_of(term, n, LAW_RESEARCH);
    CHECK(!t->dropped && t->now.verdict == TERM_NOT_KEPT);
}

/* Applied on 3 April 2024: two weeks end on the 17th; notice on the 22nd: decide before 7 May; from that day
 * on a penalty. A notice that comes too early starts nothing. */
TEST(law_default_notice_and_penalty)
{
    struct told told[] = {
        { KIND_REGISTERED, 20240102, NULL, 0, 0, 0 },
        { KIND_WMO_REPORTED, 20240102, NULL, 0, 0, 0 },
        { KIND_APPLIED, 20240403, "wmo_transport", 0, 0, 0 },
        { KIND_DEFAULT_NOTICE, 20240422, NULL, 3, 0, 0 },
        { KIND_DECIDED, 20240521, "granted", 3, 0, 0 },
    };
    struct ctx *c = test_begin_bare();
    struct law_term *term;
    struct law l;
    size_t n;

    tell(c, told, 4, 20240510, &l, &term, &n);
    const struct law_term *t = term_of(term, n, LAW_DEFAULT);
    CHECK_INT(test_ymd(t->now.due), 20240506);
    CHECK(t->overdue && t->penalty.running);
    CHECK_INT(t->penalty.euros, 4 * 23);
    tell(c, told, 5, 20240601, &l, &term, &n);
    CHECK_INT(term_of(term, n, LAW_DEFAULT)->penalty.euros, 14 * 23);
    CHECK_INT(test_ymd(term_of(term, n, LAW_PENALTY)->now.due), 20240603); /* two weeks after 20 May */
    told[3].day = 20240417;
    tell(c, told, 4, 20240510, &l, &term, &n);
    t = term_of(term, n, LAW_DEFAULT);
    CHECK(t->penalty.early && !t->overdue && !law_term_runs(t));
}

/* Jeugdwet 4.1.3: no family group plan, said on 8 January 2024: a plan before 20 February; in writing within
 * fourteen days of asking on 1 February. */
TEST(law_youth_plan)
{
    struct told told[] = {
        { KIND_REGISTERED, 20240102, NULL, 0, 0, 0 },
        { KIND_FAMILY_PLAN, 20240105, "wanted", 0, 0, 0 },
        { KIND_FAMILY_PLAN, 20240108, "declined", 0, 0, 0 },
        { KIND_FIRST_TALK, 20240110, NULL, 0, 0, 0 },
        { KIND_WRITTEN_ASKED, 20240201, NULL, 0, 0, 0 },
        { KIND_WRITTEN_SENT, 20240216, NULL, 0, 0, 0 },
        { KIND_PLAN_AGREED, 20240219, NULL, 0, 0, 0 },
    };
    struct ctx *c = test_begin_bare();
    struct law_term *term;
    struct law l;
    size_t n;

    tell(c, told, 5, 20240210, &l, &term, &n);
    CHECK_INT(test_ymd(term_of(term, n, LAW_YOUTH_PLAN)->now.due), 20240219);
    CHECK_INT(test_ymd(term_of(term, n, LAW_YOUTH_WRITTEN)->now.due), 20240215);
    tell(c, told, COUNT(told), 20240301, &l, &term, &n);
    CHECK_INT(term_of(term, n, LAW_YOUTH_PLAN)->now.verdict, TERM_KEPT);
    CHECK_INT(term_of(term, n, LAW_YOUTH_WRITTEN)->now.verdict, TERM_NOT_KEPT);
    CHECK_INT(l.track, TRACK_NONE);
}

/* A report is past its six weeks today exactly when the cutoff says so. */
TEST(law_letter_cutoff_agrees_with_the_term)
{
    struct calendar k;

    calendar_init(&k, &(struct calendar_rule){ 0 });
    for (int32_t today = date_from_civil(2023, 12, 1); today < date_from_civil(2025, 6, 1); today++) {
        int64_t cutoff = law_research_cutoff(&k, today);
        for (int32_t asked = today - 60; asked <= today; asked++) {
            int64_t at = time_of_nl_day(asked, 9 * 3600);
            if (!CHECK_INT(at < cutoff, law_research_due(&k, at) < today))
                return;
        }
    }
}

TEST(law_every_code_has_a_name)
{
    struct ctx *c = test_begin_bare();

    c->lang = LANG_NL;
    for (int i = 0; i < LAW_KINDS; i++) {
        CHECK(law_rule((enum law_kind)i)->code != NULL && law_rule((enum law_kind)i)->article != NULL);
        CHECK(strcmp(law_kind_name(c, (enum law_kind)i), law_rule((enum law_kind)i)->name) != 0);
    }
    for (size_t i = 0; i < law_provision_count; i++)
        CHECK(!text_is(law_code_name(c, law_provisions[i].code), law_provisions[i].code));
    for (size_t i = 0; i < law_ground_count; i++)
        CHECK(!text_is(law_code_name(c, law_grounds[i].code), law_grounds[i].code));
    CHECK_STR(law_code_name(c, "unheard_of"), "unheard_of");
}
