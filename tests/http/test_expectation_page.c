// SPDX-License-Identifier: EUPL-1.2
/* One gate for the expected period: told, it stands with how often it is right; withdrawn, its days stand
 * nowhere: list, file, request, call round, letters, text message, today, new request, forecast, command. */
#include "account/expectation.h"
#include "account/expectation_history.h"
#include "base/date.h"
#include "base/text.h"
#include "http/client.h"
#include "http/expectation_help.h"
#include "http/page.h"
#include "http/visit.h"
#include "register/request.h"
#include "store/sql.h"
#include "unit/test.h"
#include "web/expectation_behind.h"
#include "web/show.h"
#include "web/site.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { PLACES = 14 };

/* Whether a day stands in a text, in any form. */
static bool tells(struct ctx *c, const char *body, int32_t day)
{
    struct buf iso = { 0 };
    struct civil d = date_to_civil(day);
    char plain[40];

    buf_date(&iso, day);
    snprintf(plain, sizeof plain, "%d-%d-%d", d.day, d.month, d.year);
    bool found = strstr(body, day_text(c, day)) != NULL || strstr(body, long_day_text(c, day)) != NULL ||
                 strstr(body, plain) != NULL || strstr(body, buf_text(&iso)) != NULL;
    buf_free(&iso);
    return found;
}

/* Asks for every place; counts where the last day of the period stands. */
static int count_places(struct ctx *c, const struct expecting *m, int32_t day, int32_t newcomer, bool told)
{
    static const char *const places[PLACES] = { "/waiting?order=newest",
                                                "/waiting?format=csv&order=newest",
                                                "/requests/%lld",
                                                "/requests/%lld/period",
                                                "/calls/%lld",
                                                "/requests/%lld/letters/on-list?lang=en",
                                                "/requests/%lld/letters/window-text?lang=en",
                                                "/requests/%lld/letters/call-script?lang=en",
                                                "/requests/%lld/letters/window-changed?lang=en",
                                                "/waiting/tell",
                                                "/today",
                                                "/requests/new",
                                                "/forecast",
                                                "/calibration" };
    struct site_as as = { .role = ROLE_TEAM_LEAD, .team = m->team, .worker = INT_NONE };
    struct site_options opt = { .store = db_store(c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 20000, .workers = { 1, 2, 1 }, .loops = 1
    };
    struct answer a = { 0 };
    struct site *site;
    int found = 0;

    if (!CHECK_INT(site_start(c, &opt, &http, &site), OK))
        test_skip("%s", c->err.text);
    for (int i = 0; i < PLACES; i++) {
        char path[120], what[200];
        const char *id = strstr(places[i], "%lld"); /* the request */
        if (id != NULL)
            snprintf(path, sizeof path, "%.*s%lld%s", (int)(id - places[i]), places[i], (long long)m->request,
                     id + 4);
        else
            snprintf(path, sizeof path, "%s", places[i]);
        page_get(http_port(site_http(site)), path, &a);
        const char *body = buf_text(&a.body);
        bool here = tells(c, body, day) || tells(c, body, newcomer);
        snprintf(what, sizeof what, "%s: status %d, day %s", path, a.status, here ? "shown" : "not shown");
        test_check(a.status == 200, __FILE__, __LINE__, what);
        test_check(told || !here, __FILE__, __LINE__, what);
        /* never without how often it is right */
        bool sure = strstr(body, "out of 10") != NULL || strstr(body, "of 10") != NULL;
        test_check(!here || sure, __FILE__, __LINE__, what);
        found += here;
    }
    site_stop(site);
    client_free(&a);
    return found;
}

static int32_t newcomer_day(struct ctx *c, const struct expecting *m)
{
    struct expected_list l;
    int64_t list;

    CHECK_INT(expectation_list_id(c, m->team, &list), OK);
    CHECK_INT(expectation_list_get(c, list, &l), OK);
    for (size_t i = 0; i < l.newcomers; i++)
        if (l.newcomer[i].stream == expectation_stream(URGENCY_NORMAL, false))
            return l.newcomer[i].e.state == EXPECTATION_TOLD ? l.newcomer[i].e.said.to : DAY_NONE;
    return DAY_NONE;
}

/* Whether the page of the forecast says that it is being made, so that it looks again. */
static bool says_making(struct ctx *c, const char *path)
{
    struct site_as as = { .role = ROLE_TEAM_LEAD, .team = INT_NONE, .worker = INT_NONE };
    struct site_options opt = { .store = db_store(c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 20000, .workers = { 1, 2, 1 }, .loops = 1
    };
    struct answer a = { 0 };
    struct site *site;

    if (!CHECK_INT(site_start(c, &opt, &http, &site), OK))
        test_skip("%s", c->err.text);
    page_get(http_port(site_http(site)), path, &a);
    CHECK_INT(a.status, 200);
    bool making = strstr(buf_text(&a.body), "data-reload") != NULL;
    CHECK(making == (strstr(buf_text(&a.body), "There is no expectation yet") == NULL));
    site_stop(site);
    client_free(&a);
    return making;
}

/* An empty register has nothing to expect; one in which people wait has it in a moment. */
TEST(expectation_page_says_that_it_is_being_made)
{
    struct ctx *c = test_begin("2024-01-03");
    struct expecting m;

    ctx_set_now(c, time(NULL));
    CHECK(!says_making(c, "/forecast"));
    CHECK(!says_making(c, "/forecast/what-if"));
    expecting_list(c, &m);
    expecting_person(c, &m);
    CHECK(says_making(c, "/forecast"));
    CHECK(says_making(c, "/forecast/what-if"));
    test_end(c);
}

TEST(expectation_page_withdrawn_periods_stand_nowhere)
{
    struct ctx *c = test_begin("2024-01-03");
    struct expecting m;
    struct expectation e;

    ctx_set_now(c, time(NULL));
    expecting_list(c, &m);
    expecting_person(c, &m);
    expecting_calibrate(c, m.team, true, .82);
    expecting_make(c);
    CHECK_INT(expectation_of(c, (struct request_id){ m.request }, &e), OK);
    if (!CHECK_INT(e.state, EXPECTATION_TOLD))
        test_skip("no period");
    int32_t day = e.said.to, newcomer = newcomer_day(c, &m);
    CHECK(day > c->today + 14 && newcomer != DAY_NONE);
    CHECK_INT(e.said.hit_rate, 820);
    CHECK_INT(e.said.scored, 400);
    CHECK(count_places(c, &m, day, newcomer, true) >= 8);

    expecting_calibrate(c, m.team, false, .41);
    expecting_make(c);
    CHECK_INT(expectation_of(c, (struct request_id){ m.request }, &e), OK);
    CHECK_INT(e.state, EXPECTATION_MISSED);
    CHECK(e.said.from == 0 && e.said.to == 0 && e.said.scored == 0);
    CHECK_INT(newcomer_day(c, &m), DAY_NONE);
    CHECK_INT(count_places(c, &m, day, newcomer, false), 0);

    expecting_calibrate(c, m.team, true, .78); /* right again: they come back */
    expecting_make(c);
    CHECK_INT(expectation_of(c, (struct request_id){ m.request }, &e), OK);
    CHECK_INT(e.state, EXPECTATION_TOLD);
    test_end(c);
}

/* A team that follows another order than the rule reads so where its periods are, and nowhere else. */
static void look_for_order(struct ctx *c, const struct expecting *m, const char *text)
{
    static const char *const pages[] = { "/forecast", "/calibration" };
    struct site_as as = { .role = ROLE_TEAM_LEAD, .team = m->team, .worker = INT_NONE };
    struct site_options opt = { .store = db_store(c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 120000, .workers = { 1, 2, 1 }, .loops = 1
    };
    struct answer a = { 0 };
    struct site *site;

    if (!CHECK_INT(site_start(c, &opt, &http, &site), OK))
        test_skip("%s", c->err.text);
    for (int i = 0; i < 2; i++) {
        page_get(http_port(site_http(site)), pages[i], &a);
        const char *body = buf_text(&a.body), *said = strstr(body, "This team mostly");
        CHECK_INT(a.status, 200);
        CHECK((said != NULL) == (text != NULL));
        CHECK(text == NULL || strstr(body, text) != NULL);
        CHECK((said != NULL) == (strstr(body, "The rule is: first the class") != NULL));
    }
    site_stop(site);
    client_free(&a);
}

TEST(expectation_page_says_in_which_order_a_team_helps)
{
    struct ctx *c = test_begin("2024-01-03");
    struct expecting m;
    const char *text;

    ctx_set_now(c, time(NULL));
    expecting_list(c, &m);
    expecting_person(c, &m);
    expecting_calibrate(c, m.team, true, .82);
    expecting_make(c); /* in the order of asking, as the rule says within a class */
    look_for_order(c, &m, NULL);
    CHECK_INT(sql_expected_driver_insert(c, m.team, EXPECTATION_ORDER, 84), OK);
    look_for_order(c, &m, "who has waited longer than 12 weeks");
    CHECK_INT(sql_expected_driver_drop(c, m.team), OK);
    CHECK_INT(sql_expected_driver_insert(c, m.team, EXPECTATION_ORDER, -1), OK);
    look_for_order(c, &m, "goes by the class");
    CHECK_INT(expectation_order_text(c, 0, 84, &text), OK); /* the city is no team */
    CHECK(strncmp(text, "On this list", 12) == 0);
    test_end(c);
}

/* Telling goes through the same gate, and takes what the user saw. */
TEST(expectation_page_tells_only_what_holds)
{
    struct ctx *c = test_begin("2024-01-03");
    struct expecting m;
    struct expectation_offer o;
    struct request q;
    int64_t seq;

    ctx_set_now(c, time(NULL));
    expecting_list(c, &m);
    expecting_person(c, &m);
    expecting_calibrate(c, m.team, true, .82);
    expecting_make(c);
    struct request_id id = { m.request };
    CHECK_INT(request_get(c, id, &q), OK);
    CHECK_INT(expectation_offer_get(c, &q, &o), OK);
    CHECK(o.may && o.last == NULL);
    struct expectation_tell_form f = { .request = id,
                                       .version = q.now.version,
                                       .from = o.said.from,
                                       .to = o.said.to,
                                       .channel = "call",
                                       .understood = "yes" };
    struct expectation_tell_form other = f;
    other.to += 60; /* not what is expected */
    CHECK_INT(expectation_tell(c, &other, &seq), E_CONFLICT);
    err_clear(c);
    CHECK_INT(expectation_tell(c, &f, &seq), OK);
    CHECK_INT(request_get(c, id, &q), OK);
    CHECK_INT(expectation_offer_get(c, &q, &o), OK);
    CHECK(o.last != NULL && o.again && o.last->said.hit_rate == 820);
    expecting_calibrate(c, m.team, false, .41);
    expecting_make(c);
    f.version = -1;
    CHECK_INT(expectation_tell(c, &f, &seq), E_CONFLICT);
    err_clear(c);
    test_end(c);
}

/* Who was told a period that will not come true is listed; the order of urgency of telling holds. */
TEST(expectation_page_lists_who_must_hear_before_the_date)
{
    struct ctx *c = test_begin("2024-01-03");
    struct expecting m;
    const struct tell_row *row;
    size_t n, missed = 0;
    int64_t seq;

    ctx_set_now(c, time(NULL));
    expecting_list(c, &m);
    expecting_person(c, &m);
    expecting_calibrate(c, m.team, true, .82);
    expecting_make(c);
    struct window_form soon = { .request = { m.request },
                                .version = -1,
                                .said = { c->today, c->today + 1, c->today + 3, c->today, 820, 400 },
                                .channel = "call",
                                .understood = "yes",
                                .at = TIME_NONE };
    CHECK_INT(window_tell(c, &soon, &seq), OK);
    CHECK_INT(expectation_to_tell(c, INT_NONE, &row, &n), OK);
    for (size_t i = 0; i < n; i++) {
        missed += row[i].why == TELL_MISSED;
        if (i > 0)
            CHECK(row[i].why >= row[i - 1].why);
    }
    CHECK_INT((int64_t)missed, 1);
    CHECK(n > 1 && row[0].request == m.request && row[n - 1].why == TELL_FIRST);
    test_end(c);
}

static enum err count_told(struct ctx *c, void *arg, const struct expectation_made *made)
{
    int *n = arg;

    (void)c;
    for (size_t i = 0; i < made->n; i++)
        n[made->row[i].e.state]++;
    return OK;
}

/* The same seed gives the same periods, with one thread or two; another seed may not. */
TEST(expectation_page_same_seed_same_periods)
{
    struct ctx *c = test_begin("2024-01-03");
    struct expecting m;
    const struct expected_row *one, *two;
    size_t n, again;

    ctx_set_now(c, time(NULL));
    expecting_list(c, &m);
    expecting_calibrate(c, m.team, true, .82);
    expecting_make(c);
    CHECK_INT(expectation_waiting(c, INT_NONE, &one, &n), OK);
    struct expectation_how how = { .list = INT_NONE, .replications = 200, .threads = 2 };
    bool changed;
    CHECK_INT(expectation_make(c, &how, &changed), OK);
    CHECK(!changed);
    CHECK_INT(expectation_waiting(c, INT_NONE, &two, &again), OK);
    CHECK(n == again && n > 20);
    for (size_t i = 0; i < n; i++)
        CHECK(one[i].e.said.from == two[i].e.said.from && one[i].e.said.to == two[i].e.said.to);
    int state[EXPECTATION_STATES] = { 0 };
    CHECK_INT(expectation_show(c, &how, c->today, count_told, state), OK);
    CHECK_INT(state[EXPECTATION_TOLD], (int64_t)n);
    test_end(c);
}

/* Behind the readers a list of which nothing changed is passed over: what was taken away by hand stays away,
 * until somebody asks. */
TEST(expectation_is_not_made_again_when_nothing_changed)
{
    struct ctx *c = test_begin("2024-01-03");
    static struct expectation_memory memory;
    struct expectation_how how = { .list = INT_NONE, .replications = 200, .memory = &memory };
    const struct expected_row *row;
    struct expecting m;
    bool changed;
    size_t n, now;

    memory.n = 0;
    ctx_set_now(c, time(NULL));
    expecting_list(c, &m);
    expecting_calibrate(c, m.team, true, .82);
    CHECK_INT(expectation_make(c, &how, &changed), OK);
    CHECK(changed);
    CHECK_INT(expectation_waiting(c, INT_NONE, &row, &n), OK);
    CHECK(n > 20);
    CHECK_INT(sql_expected_drop(c, row[0].request), OK);
    CHECK_INT(expectation_make(c, &how, &changed), OK);
    CHECK(!changed);
    CHECK_INT(expectation_waiting(c, INT_NONE, &row, &now), OK);
    CHECK_INT((int64_t)now, (int64_t)n - 1);
    expecting_person(c, &m);
    CHECK_INT(expectation_make(c, &how, &changed), OK);
    CHECK(changed);
    CHECK_INT(expectation_waiting(c, INT_NONE, &row, &now), OK);
    CHECK_INT((int64_t)now, (int64_t)n + 1);
    expecting_calibrate(c, m.team, false, .5); /* looked back over again, with another result */
    CHECK_INT(expectation_make(c, &how, &changed), OK);
    CHECK(changed);
    test_end(c);
}

/* The gate by itself: no hit rate, too few, a withdrawn list or stream, a turn too far: no days. */
TEST(expectation_gate_lets_nothing_through_without_its_hit_rate)
{
    struct window w = { 10, 15, 24 }, far = { 10, WINDOW_LATER, WINDOW_LATER };
    struct calibration good, k;
    struct expectation e;
    int32_t day = date_from_civil(2024, 3, 4);

    calibration_start(FORECAST_RATE, &good);
    good.all = (struct calibration_stream){ { 1, 1 }, .8, 200, 20, true, CALIBRATION_TOLD };
    for (int i = 0; i < HISTORY_STREAMS_MAX; i++)
        good.stream[i] = (struct calibration_stream){ { 1, 1 }, NAN, 4, 3, true, CALIBRATION_TOLD };
    int16_t s = expectation_stream(URGENCY_NORMAL, false);
    expectation_gate(&good, URGENCY_NORMAL, s, &w, day, &e);
    CHECK_INT(e.state, EXPECTATION_TOLD);
    CHECK(e.said.from <= day + 10 && e.said.to >= day + 24 && e.said.hit_rate == 800 && e.said.scored == 200);
    CHECK_INT(date_weekday(e.said.to), 7);
    expectation_gate(&good, URGENCY_EMERGENCY, s, &w, day, &e);
    CHECK_INT(e.state, EXPECTATION_EMERGENCY);
    expectation_gate(&good, URGENCY_NORMAL, s, &far, day, &e);
    CHECK(e.state == EXPECTATION_FAR && e.said.to == 0);
    k = good;
    k.all.told = false;
    k.all.reason = CALIBRATION_MISSED;
    expectation_gate(&k, URGENCY_NORMAL, s, &w, day, &e);
    CHECK(e.state == EXPECTATION_MISSED && e.said.to == 0);
    k = good;
    k.stream[s].told = false;
    k.stream[s].reason = CALIBRATION_MISSED;
    expectation_gate(&k, URGENCY_NORMAL, s, &w, day, &e);
    CHECK(e.state == EXPECTATION_MISSED && e.said.to == 0);
    k = good;
    k.all.hit = NAN;
    expectation_gate(&k, URGENCY_NORMAL, s, &w, day, &e);
    CHECK(e.state == EXPECTATION_FEW && e.said.to == 0);
    calibration_start(FORECAST_RATE, &k);
    expectation_gate(&k, URGENCY_NORMAL, s, &w, day, &e);
    CHECK(e.state == EXPECTATION_FEW && e.said.to == 0);
    CHECK_INT(expectation_tenths(960), 9);
    CHECK_INT(expectation_tenths(749), 7);
    CHECK_INT(expectation_tenths(750), 8);
}

/* A letter that tells the period is the event too: taking it back takes back both. */
TEST(expectation_page_letter_tells_and_is_taken_back)
{
    struct ctx *c = test_begin("2024-01-03");
    struct expecting m;
    struct expectation_offer o;
    struct request_change undo = { .version = -1, .e = EVENT_NONE };
    struct message *sent;
    struct request q;
    int64_t id;
    size_t n;

    ctx_set_now(c, time(NULL));
    expecting_list(c, &m);
    expecting_person(c, &m);
    expecting_calibrate(c, m.team, true, .82);
    expecting_make(c);
    struct request_id request = { m.request };
    CHECK_INT(request_get(c, request, &q), OK);
    CHECK_INT(expectation_offer_get(c, &q, &o), OK);
    struct letter_period period = expectation_letter_period(&o);
    CHECK(period.from == o.said.from && period.tenths == 8 && period.old_from == DAY_NONE);
    struct message_form letter = { .request = request,
                                   .kind = letter_kinds[LETTER_ON_LIST].code,
                                   .way = "letter",
                                   .at = TIME_NONE,
                                   .lang = LANG_NL,
                                   .text = "U staat op de wachtlijst." };
    struct expectation_tell_form tell = { .version = -1, .from = o.said.from, .to = o.said.to };
    if (!CHECK_INT(expectation_letter(c, &letter, &tell, &id), OK))
        fprintf(stderr, "  %s\n", c->err.text);
    CHECK_INT(request_get(c, request, &q), OK);
    CHECK_INT(expectation_offer_get(c, &q, &o), OK);
    if (CHECK(o.last != NULL))
        CHECK_STR(o.last->channel, "letter");
    CHECK_INT(message_of_request(c, request, &sent, &n), OK);
    CHECK(n == 1 && !sent[0].taken_back);
    undo.id = request;
    undo.e.kind = KIND_UNDONE;
    undo.e.occurred_at = c->now;
    undo.e.number = o.last != NULL ? o.last->seq : 0;
    CHECK_INT(request_change(c, &undo), OK);
    CHECK_INT(message_of_request(c, request, &sent, &n), OK);
    CHECK(n == 1 && sent[0].taken_back);
    CHECK_INT(request_get(c, request, &q), OK);
    CHECK_INT(expectation_offer_get(c, &q, &o), OK);
    CHECK(o.last == NULL);
    test_end(c);
}

/* Days of the period are no fields of the form: looking again and sending keep them as they are. */
TEST(expectation_page_letter_with_a_period_is_sent)
{
    struct ctx *c = test_begin("2024-01-03");
    struct site_as as = { .role = ROLE_TEAM_LEAD, .worker = INT_NONE };
    struct expecting m;
    struct expectation_offer o;
    struct message *sent;
    struct request q;
    struct visit v;
    char path[80], body[200];
    size_t n;

    ctx_set_now(c, time(NULL));
    expecting_list(c, &m);
    expecting_person(c, &m);
    expecting_calibrate(c, m.team, true, .82);
    expecting_make(c);
    CHECK_INT(request_get(c, (struct request_id){ m.request }, &q), OK);
    CHECK_INT(expectation_offer_get(c, &q, &o), OK);
    as.team = m.team;
    snprintf(path, sizeof path, "/requests/%lld/letters/on-list", (long long)m.request);
    visit_begin(c, &as, &v);
    CHECK_INT(visit_ask(&v, path, "lang=en&step=show"), 200);
    CHECK(tells(c, buf_text(&v.a.body), o.said.to));
    snprintf(body, sizeof body,
             "lang=en&step=sent&way=letter&period_from=%d&period_to=%d&name=Jan&call_before=x&bridging=x&"
             "phone=088",
             o.said.from, o.said.to);
    if (!CHECK_INT(visit_ask(&v, path, body), 303))
        fprintf(stderr, "%s\n", buf_text(&v.a.body));
    visit_end(&v);
    CHECK_INT(message_of_request(c, (struct request_id){ m.request }, &sent, &n), OK);
    CHECK(n == 1 && tells(c, sent[0].text, o.said.to));
    test_end(c);
}

/* A call in vain tells nothing, and then nothing of the call is written either. */
TEST(expectation_page_call_and_period_are_one)
{
    struct ctx *c = test_begin("2024-01-03");
    struct expecting m;
    struct expectation_offer o;
    struct request_id next;
    struct request q;

    ctx_set_now(c, time(NULL));
    expecting_list(c, &m);
    expecting_person(c, &m);
    expecting_calibrate(c, m.team, true, .82);
    expecting_make(c);
    struct request_id request = { m.request };
    CHECK_INT(request_get(c, request, &q), OK);
    CHECK_INT(expectation_offer_get(c, &q, &o), OK);
    struct call_turn_form call = { .request = request,
                                   .version = q.now.version,
                                   .team = INT_NONE,
                                   .result = CALL_MISSED,
                                   .back_at = TIME_NONE,
                                   .next = DAY_NONE };
    struct expectation_tell_form tell = {
        .from = o.said.from, .to = o.said.to, .channel = "call", .understood = "no"
    };
    CHECK_INT(expectation_call(c, &call, &tell, &next), E_INVALID);
    CHECK_STR(c->err.field, "told");
    err_clear(c);
    call.result = CALL_REACHED;
    tell.to += 70; /* not what is expected: the call is not written down either */
    CHECK_INT(expectation_call(c, &call, &tell, &next), E_CONFLICT);
    err_clear(c);
    struct request again;
    CHECK_INT(request_get(c, request, &again), OK);
    CHECK_INT(again.now.version, q.now.version);
    tell.to -= 70;
    CHECK_INT(expectation_call(c, &call, &tell, &next), OK);
    CHECK_INT(request_get(c, request, &again), OK);
    CHECK_INT(again.now.version, q.now.version + 2);
    CHECK_INT(expectation_offer_get(c, &again, &o), OK);
    if (CHECK(o.last != NULL))
        CHECK_STR(o.last->understood, "no");
    test_end(c);
}

/* The thread behind makes it by itself, while others read and write. */
TEST(expectation_page_is_made_behind_the_reader)
{
    struct ctx *c = test_begin("2024-01-03");
    struct expecting m;
    struct expectation e = { .state = EXPECTATION_MAKING };
    struct expectation_behind *b;
    struct timespec pause = { .tv_nsec = 100000000 };

    ctx_set_now(c, time(NULL));
    expecting_list(c, &m);
    expecting_person(c, &m);
    CHECK_INT(store_start_writer(c, db_store(c->db)), OK);
    b = expectation_behind_start(db_store(c->db), 0);
    for (int i = 0; i < 6000 && e.state == EXPECTATION_MAKING;
         i++) { /* minutes with the sanitizers on a busy machine */
        nanosleep(&pause, NULL);
        CHECK_INT(expectation_of(c, (struct request_id){ m.request }, &e), OK);
    }
    expectation_behind_stop(b);
    store_stop_writer(db_store(c->db));
    CHECK(e.state != EXPECTATION_MAKING);
    struct calibration_kept kept;
    CHECK_INT(calibration_get(c, m.team, c->today, &kept), OK);
    CHECK(kept.there && kept.origins > 5); /* it looked back too */
    test_end(c);
}
