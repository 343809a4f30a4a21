// SPDX-License-Identifier: EUPL-1.2
/* The phone and the desk of the made-up municipality: calls by half hour with a peak on Monday morning, the
 * first one on 3 January 2022 at 09:03 when the demo begins there; contacts with their questions, of which
 * many in the first months are about decisions that came too late; call-backs, letters, and what was asked at
 * the intake. Numbers: 330 calls a week, 620 in January 2022; answered in 30 seconds 41, 72, 81 %; lost 19,
 * 6, 4 %; failure demand 42, 24, 15 %. */
#include "base/rng.h"
#include "base/text.h"
#include "register/contact.h"
#include "register/demo_core.h"
#include "register/event.h"
#include "register/message.h"
#include "register/phone.h"
#include "register/request.h"
#include "register/right.h"
#include "store/sql.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { OPENS = 18, CLOSES = 34 }; /* half hours: 9:00 to 17:00 */
#define FIRST_CALL date_from_civil(2022, 1, 3)
#define LOGGED 0.55 /* share of the answered calls that are written down */

/* A value that changes over time, straight between points. */
struct point {
    int year, month;
    double v;
};
static double at(const struct point *p, size_t n, int32_t day)
{
    double before = p[0].v;
    int32_t from = date_from_civil(p[0].year, p[0].month, 1);

    for (size_t i = 1; i < n; i++) {
        int32_t to = date_from_civil(p[i].year, p[i].month, 1);
        if (day < to)
            return day <= from ? before
                               : before + (p[i].v - before) * (double)(day - from) / (double)(to - from);
        before = p[i].v;
        from = to;
    }
    return before;
}
static const struct point calls_a_week[] = {
    { 2022, 1, 620 }, { 2022, 2, 560 }, { 2022, 3, 420 }, { 2022, 5, 330 }, { 2024, 7, 330 }
};
static const struct point in_time[] = {
    { 2022, 1, .41 }, { 2022, 3, .55 }, { 2022, 7, .72 }, { 2023, 7, .74 }, { 2024, 6, .81 }
};
static const struct point lost[] = { { 2022, 1, .19 }, { 2022, 3, .12 }, { 2022, 7, .06 }, { 2024, 6, .04 } };
static const struct point failing[] = { { 2022, 1, .42 }, { 2022, 3, .34 }, { 2022, 7, .25 },
                                        { 2023, 6, .24 }, { 2024, 1, .22 }, { 2024, 6, .15 } };
#define AT(list, day) at((list), COUNT(list), (day))

/* In the order of contact_failures: while decisions were late, and afterwards. */
static const double failure_early[] = { 68, 8, 8, 5, 6, 4, 1 }, failure_later[] = { 6, 22, 14, 8, 38, 8, 4 };
static const double heard_weight[] = { 14, 6, 4, 9, 16, 10, 9, 12, 3, 3, 5, 2, 7 };
static const double topic_weight[] = { 14, 9, 9, 4, 8, 8, 5, 5, 15, 7, 3, 3, 4, 3, 2, 1 };
static const double asker_weight[] = { 74, 11, 8, 6, 1 };

/* A day of the demo that is being put in. */
struct desk {
    struct demo *d;
    struct rng r;
    struct actor actor;
    int32_t day, to;
    int64_t import, keeper, calls;
    size_t next; /* first request that was asked on this day or later */
};

static bool is_open(struct ctx *c, int32_t day)
{
    const struct config *k;

    if (config_get(c, &k) != OK)
        return false;
    return calendar_is_working(&k->calendar, day);
}

/* ── Calls ────────────────────────────────────────────────────────────────────────────────────────────────
 */

static double share_of_day(int32_t day)
{
    static const double weekday[] = { 1.25, 1.10, .95, .95, .75, 0, 0 };

    return weekday[date_weekday(day) - 1] / 5.0;
}

static double share_of_half_hour(int32_t day, int half)
{
    double v = half < 20 ? 1.9 : half < 24 ? 1.3 : half < 26 ? .8 : half < 30 ? 1.0 : .7;

    return (half < 20 && date_weekday(day) == 1 ? v * 1.6 : v) / 16.6;
}

static enum err put_call(struct ctx *c, struct desk *k, int64_t offered, bool *ret_answered)
{
    double gone = AT(lost, k->day),
           share = AT(in_time, k->day) / (1 - gone); /* of those who stay on the line */
    bool abandoned = rng_unit(&k->r) < gone;
    double wait = abandoned ? 3 + rng_exponential(&k->r, 70) : rng_exponential(&k->r, -30 / log(1 - share));
    struct phone_call call = { .import = k->import,
                               .keeper = k->keeper,
                               .offered_at = offered,
                               .answered_at = TIME_NONE,
                               .seconds = (int64_t)(wait < 900 ? wait : 900),
                               .abandoned = abandoned,
                               .queue = "aanmelden en advies" };
    char key[64], caller[24];
    bool is_new;

    snprintf(key, sizeof key, "demo:%lld/%llu", (long long)offered, (unsigned long long)rng_next(&k->r));
    snprintf(caller, sizeof caller, "06-555%05d", (int)rng_below(&k->r, 100000));
    call.key = key;
    if (abandoned && rng_unit(&k->r) < .8)
        call.caller = caller;
    if (!abandoned)
        call.answered_at = offered + call.seconds;
    *ret_answered = !abandoned;
    k->calls++;
    return phone_call_put(c, &call, &is_new);
}

/* ── Contacts ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const char *const short_answer[] = { "Uitgelegd hoe het werkt. Kan zo verder.",
                                            "Nummer van het wijkhuis gegeven.",
                                            "Folder gestuurd en website genoemd.",
                                            "Gevraagd of het veilig is thuis: ja.",
                                            "Zoekt zelf verder; belt terug als het niet lukt." };

struct contact_made {
    int64_t at, person, request; /* INT_NONE */
    const char *topic, *outcome, *failure, *asker;
    bool tally;
};

static enum err put_contact(struct ctx *c, struct desk *k, const struct contact_made *m, int64_t *ret_id)
{
    bool asked = rng_unit(&k->r) < .38 && !m->tally;
    const char *heard = contact_heards[rng_choice(&k->r, heard_weight, COUNT(heard_weight))].code;
    struct sql_contact_insert_row added;
    struct blob text = { NULL, 0 };
    size_t pick = rng_below(&k->r, COUNT(short_answer));

    if (m->person != INT_NONE && text_is(m->outcome, "answered"))
        TRY(note_seal(c, m->person, short_answer[pick], &text));
    struct sql_contact_insert_args row = { m->at,
                                           m->at,
                                           k->d->intake,
                                           INT_NONE,
                                           k->d->hood[rng_below(&k->r, TOWN_HOODS)],
                                           m->person,
                                           m->person,
                                           "phone",
                                           m->asker,
                                           m->tally,
                                           asked ? heard : NULL,
                                           NULL,
                                           m->failure,
                                           INT_NONE };
    TRY(sql_contact_insert(c, &row, &added));
    struct sql_contact_question_insert_args question = {
        added.id, 1, m->topic, m->outcome, m->request, text
    };
    TRY(sql_contact_question_insert(c, &question));
    *ret_id = added.id;
    return OK;
}

/* Someone whose request waits on this day; -1 when nobody comes to mind. */
static int64_t someone_waiting(struct desk *k)
{
    for (int tries = 0; tries < 12 && k->next > 0; tries++) {
        size_t back = (size_t)rng_below(&k->r, k->next < 900 ? k->next : 900);
        size_t i = k->next - 1 - back;
        const struct town_request *q = &k->d->town.request[i];
        int64_t noon = time_of_nl_day(k->day, 12 * 3600);
        if (q->recorded_at < noon && (q->started_at == TIME_NONE || q->started_at > noon) &&
            (q->ended_at == TIME_NONE || q->ended_at > noon))
            return (int64_t)i;
    }
    return -1;
}

static enum err put_promise(struct ctx *c, struct desk *k, const struct contact_made *m, int64_t contact)
{
    static const char *const note[] = { "Wil weten wanneer het gesprek is.", "Heeft een vraag over de brief.",
                                        "Belt over het besluit van de gemeente.",
                                        "Wil iets veranderen in het plan." };
    struct callback_promise p = { .person = m->person,
                                  .request = INT_NONE,
                                  .contact = contact,
                                  .missed = INT_NONE,
                                  .promised_at = m->at,
                                  .by_day = DAY_NONE,
                                  .owner = rng_below(&k->r, 3) == 0 ? k->d->intake : INT_NONE,
                                  .topic = m->topic,
                                  .note = note[rng_below(&k->r, COUNT(note))] };
    struct callback_attempt a = { .seen = 1 };
    double prompt = k->to - k->day < 10 ? .45 : .8; /* at the end some are still open */
    double hours = rng_unit(&k->r) < prompt ? 4 + 40 * rng_unit(&k->r)
                                            : 60 + (k->to - k->day < 10 ? 400 : 120) * rng_unit(&k->r);
    int64_t end = time_of_nl_day(k->to, 17 * 3600), done = m->at + (int64_t)(hours * 3600);
    int64_t now = c->now;

    p.request = m->request;
    ctx_set_now(c, m->at);
    enum err e = callback_put(c, &p, &a.id);
    if (e == OK && rng_unit(&k->r) < .25 && m->at + 3 * 3600 < end) {
        ctx_set_now(c, m->at + 3 * 3600);
        a.result = CALL_RESULT_NOT_REACHED;
        e = callback_try(c, &a);
        a.seen++;
    }
    if (e == OK && done < end) {
        ctx_set_now(c, done);
        a.result = rng_unit(&k->r) < .04 ? CALL_RESULT_WITHDRAWN : CALL_RESULT_REACHED;
        a.note = a.result == CALL_RESULT_WITHDRAWN ? "Is al opgelost." : NULL;
        e = callback_try(c, &a);
    }
    ctx_set_now(c, now);
    return e;
}

/* What a caller asks: in vain things first, else a question of any kind. */
static struct contact_made make_contact(struct desk *k, int64_t when)
{
    /* one in eight contacts is a new request, which is none of it */
    bool fails = rng_unit(&k->r) < AT(failing, k->day) * 1.14, early = k->day < date_from_civil(2022, 3, 8);
    struct contact_made m = { .at = when, .person = INT_NONE, .request = INT_NONE, .outcome = "answered" };
    int64_t i = rng_unit(&k->r) < (fails ? .7 : .2) ? someone_waiting(k) : -1;

    m.asker = contact_askers[rng_choice(&k->r, asker_weight, COUNT(asker_weight))].code;
    m.topic = contact_topics[rng_choice(&k->r, topic_weight, COUNT(topic_weight))].code;
    if (i >= 0)
        m.person = k->d->person[i];
    if (fails) {
        size_t cause = early ? rng_choice(&k->r, failure_early, COUNT(failure_early))
                             : rng_choice(&k->r, failure_later, COUNT(failure_later));
        m.failure = contact_failures[cause].code;
        m.topic = cause == 0 || cause == 2 ? "decision" : "own_request";
    }
    double u = rng_unit(&k->r);
    if (m.person != INT_NONE && u < .2)
        m.outcome = "callback";
    else if (u < .35)
        m.outcome = "referred";
    if (m.person == INT_NONE)
        m.tally = rng_unit(&k->r) < .6;
    if (text_is(m.asker, "provider") && k->to - k->day < 20 && u > .6) {
        m.outcome = "open";
        m.tally = false;
    }
    return m;
}

static enum err put_call_and_contact(struct ctx *c, struct desk *k, int64_t when)
{
    struct contact_made m;
    bool answered;
    int64_t id;

    TRY(put_call(c, k, when, &answered));
    if (!answered || rng_unit(&k->r) >= LOGGED)
        return OK;
    m = make_contact(k, when + 60);
    TRY(put_contact(c, k, &m, &id));
    return text_is(m.outcome, "callback") ? put_promise(c, k, &m, id) : OK;
}

/* Requests that came by phone came in a call. */
static enum err put_request_contact(struct ctx *c, struct desk *k, size_t i)
{
    const struct town_request *q = &k->d->town.request[i];
    struct contact_made m = { .at = q->recorded_at,
                              .person = k->d->person[i],
                              .request = (int64_t)i + 1,
                              .topic = contact_topics[q->theme < 11 ? q->theme : 15].code,
                              .outcome = "request",
                              .asker = rng_unit(&k->r) < .8 ? "resident" : "carer" };
    int64_t id;

    return q->route == 0 ? put_contact(c, k, &m, &id) : OK;
}

/* ── Intake and letters ───────────────────────────────────────────────────────────────────────────────────
 */

static const char *home_of(const struct town_request *q, struct rng *r)
{
    if (q->theme >= TOWN_UPBRINGING && q->theme <= TOWN_SCHOOL_TROUBLE)
        return rng_unit(r) < .6 ? "family" : "single_parent";
    return rng_unit(r) < .45 ? "alone" : rng_unit(r) < .6 ? "partner" : "others";
}

static enum err put_intake(struct ctx *c, struct desk *k, size_t i)
{
    const struct town_request *q = &k->d->town.request[i];
    struct rng *r = &k->r;
    const char *home = home_of(q, r);
    bool kids = text_is(home, "family") || text_is(home, "single_parent");
    struct sql_intake_insert_args row = {
        .request = (int64_t)i + 1,
        .home = home,
        .children = kids               ? rng_unit(r) < .85 ? "yes" : "worries"
                    : rng_unit(r) < .5 ? "no"
                                       : "unneeded",
        .carer = q->theme <= TOWN_MOBILITY ? rng_unit(r) < .5 ? "yes" : "overloaded" : "unneeded",
        .interpreter = rng_unit(r) < .07   ? "ar"
                       : rng_unit(r) < .04 ? "pl"
                                           : "no",
        .reading = rng_unit(r) < .12 ? "yes" : "unneeded",
        .other_help = rng_unit(r) < .4   ? "none"
                      : rng_unit(r) < .5 ? "home_care"
                                         : "several",
        .consent = q->route >= 3 && q->route <= 5 ? rng_unit(r) < .9 ? "yes" : "no" : NULL,
        .heard =
            rng_unit(r) < .45 ? contact_heards[rng_choice(r, heard_weight, COUNT(heard_weight))].code : NULL,
        .wait_until = DAY_NONE,
    };

    return rng_unit(r) < .88 ? sql_intake_insert(c, &row) : OK;
}

static enum err put_letter(struct ctx *c, struct desk *k, size_t i, enum letter letter, int64_t when)
{
    struct sql_message_insert_row added;
    struct sql_message_insert_args row = { .person = k->d->person[i],
                                           .request = (int64_t)i + 1,
                                           .kind = letter_kinds[letter].code,
                                           .way = letter_kinds[letter].way == WAY_TEXT ? "text" : "letter",
                                           .sent_at = when,
                                           .recorded_at = when,
                                           .account = k->d->intake,
                                           .language = rng_unit(&k->r) < .95 ? "nl" : "en" };

    return when < time_of_nl_day(k->to + 1, 0) ? sql_message_insert(c, &row, &added) : OK;
}

static bool ends_before(const struct town_request *q, int64_t when)
{
    return (q->started_at != TIME_NONE && q->started_at < when) ||
           (q->ended_at != TIME_NONE && q->ended_at < when);
}

/* Who may not get a letter gets none. */
static enum err may_write(struct ctx *c, int64_t person, bool *ret_may)
{
    struct safe_contact safe;
    struct identity who;

    TRY(person_get(c, person, &who));
    safe_contact_read(who.safe_contact, &safe);
    *ret_may = safe_contact_verdict(&safe, WAY_LETTER, 12 * 60) != SAFE_STOP;
    return OK;
}

static enum err put_letters(struct ctx *c, struct desk *k, size_t i)
{
    const struct town_request *q = &k->d->town.request[i];
    bool windows = k->day >= date_from_civil(2024, 2, 1), writes;
    int64_t first = q->recorded_at + 86400, second = q->recorded_at + 8 * 86400;

    TRY(may_write(c, k->d->person[i], &writes));
    if (!writes || rng_unit(&k->r) >= .95)
        return OK;
    TRY(put_letter(c, k, i, LETTER_RECEIVED, first));
    if (ends_before(q, second))
        return OK;
    if (windows ? rng_unit(&k->r) < .96 : rng_unit(&k->r) < .3)
        TRY(put_letter(c, k, i, LETTER_ON_LIST, second));
    if (q->allocated_at != TIME_NONE && rng_unit(&k->r) < .7)
        TRY(put_letter(c, k, i, LETTER_TURN, q->allocated_at));
    if (q->end == TOWN_HELPED && q->ended_at != TIME_NONE)
        TRY(put_letter(c, k, i, LETTER_CLOSED, q->ended_at));
    return OK;
}

/* ── Day by day ───────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err put_calls(struct ctx *c, struct desk *k)
{
    double day = AT(calls_a_week, k->day) * share_of_day(k->day) * k->d->o->scale;
    int64_t opening = time_of_nl_day(k->day, OPENS * 1800);

    if (k->day == FIRST_CALL)
        opening += 3 * 60;
    if (k->day == FIRST_CALL)
        TRY(put_call_and_contact(c, k, opening));
    for (int half = OPENS; half < CLOSES; half++) {
        int64_t from = time_of_nl_day(k->day, half * 1800);
        uint64_t n = rng_poisson(&k->r, day * share_of_half_hour(k->day, half));
        for (uint64_t i = 0; i < n; i++) {
            int64_t when = from + (int64_t)rng_below(&k->r, 1800);
            if (when >= opening && when < c->now)
                TRY(put_call_and_contact(c, k, when));
        }
    }
    return OK;
}

static enum err put_day(struct ctx *c, void *arg)
{
    struct desk saved = *(struct desk *)arg, *k = &saved;
    struct arena_mark mark = arena_mark(c->arena);

    for (; k->next < k->d->town.n && time_nl_day(k->d->town.request[k->next].recorded_at) <= k->day;
         k->next++) {
        TRY(put_intake(c, k, k->next));
        TRY(put_letters(c, k, k->next));
        TRY(put_request_contact(c, k, k->next));
    }
    if (is_open(c, k->day))
        TRY(put_calls(c, k));
    arena_release(c->arena, mark);
    *(struct desk *)arg = saved; /* only now: the body may be run again */
    return OK;
}

static enum err begin_import(struct ctx *c, void *arg)
{
    struct desk *k = arg;

    return phone_import_begin(c, "telefooncentrale.csv", &k->import, &k->keeper);
}

static enum err end_import(struct ctx *c, void *arg)
{
    const struct desk *k = arg;
    struct phone_import_counts n = { .lines = k->calls, .added = k->calls };

    return phone_import_end(c, k->import, &n);
}

enum err demo_contact(struct ctx *c, struct demo *d)
{
    struct desk k = { .d = d, .actor = *c->actor, .day = d->o->from, .to = d->o->to };
    const struct actor *me = c->actor;
    enum err e;

    rng_seed(&k.r, d->o->seed * 0x9e3779b97f4a7c15u + 77);
    k.actor.account = d->intake;
    c->actor = &k.actor;
    e = person_index(c);
    if (e == OK)
        e = db_tx(c, begin_import, &k);
    for (; e == OK && k.day <= d->o->to; k.day++)
        e = db_tx(c, put_day, &k);
    if (e == OK)
        e = db_tx(c, end_import, &k);
    c->actor = me;
    return e;
}
