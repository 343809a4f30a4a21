// SPDX-License-Identifier: EUPL-1.2
#include "account/capacity_list.h"

#include "forecast/capacity.h"
#include "forecast/erlang.h"
#include "register/config.h"
#include "register/phone.h"

#include <math.h>
#include <string.h>

const struct capacity_source capacity_source[CAPACITY_LINES] = {
    [CAPACITY_LOAD] = { "load", "\xce\xbb \xc3\x97 D \xc3\xb7 P",
                        "Little 1961, Operations Research 9:383-387" },
    [CAPACITY_STARTS] = { "starts", "s = P \xc3\xb7 D", "Little 1961, Operations Research 9:383-387" },
    [CAPACITY_WAIT] = { "wait", "ln(1 + l \xc3\x97 Q \xc3\xb7 s) \xc3\xb7 l",
                        "Whitt 2006, Operations Research 54:37-54, section 3" },
    [CAPACITY_NORM] = { "norm",
                        "C(P, \xce\xbb"
                        "D) \xc3\x97 exp(\xe2\x88\x92(P \xe2\x88\x92 \xce\xbb"
                        "D) "
                        "\xc3\x97 t \xc3\xb7 D) \xe2\x89\xa4 1 \xe2\x88\x92 p",
                        "Gross et al. 2008, Fundamentals of Queueing Theory, 4th ed., eq. 2.34 and 2.39" },
    [CAPACITY_CLEAR] = { "clear",
                         "(\xce\xbb + l \xc3\x97 Q \xc3\xb7 (exp(l \xc3\x97 w) \xe2\x88\x92 1)) "
                         "\xc3\x97 D",
                         "Whitt 2006, Operations Research 54:37-54" },
    [CAPACITY_EMPTY] = { "empty", "ln(1 + l \xc3\x97 Q \xc3\xb7 (s \xe2\x88\x92 \xce\xbb)) \xc3\xb7 l",
                         "Whitt 2006, Operations Research 54:37-54" },
    [CAPACITY_ERLANG_C] = { "erlang_c",
                            "1 \xe2\x88\x92 C(n, a) \xc3\x97 exp(\xe2\x88\x92(n \xe2\x88\x92 a) "
                            "\xc3\x97 t \xc3\xb7 h) \xe2\x89\xa5 p",
                            "Erlang 1917, Post Office Electrical Engineers' Journal 10:189-197" },
    [CAPACITY_ERLANG_A] = { "erlang_a", "M/M/n + M",
                            "Palm 1957, Tele 4:1-83; Garnett, Mandelbaum & Reiman "
                            "2002, M&SOM 4:208-227" },
};

static double driver_of(const struct expected_driver *driver, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(driver[i].name, name) == 0)
            return driver[i].value;
    return NAN;
}

enum err capacity_own(struct ctx *c, const struct expected_driver *driver, size_t drivers, double waiting,
                      struct capacity_asked *ret_own)
{
    double helped = driver_of(driver, drivers, "helped"), hours = driver_of(driver, drivers, "hours"),
           leave = driver_of(driver, drivers, "leave_rate");
    const struct config *k;

    TRY(config_get(c, &k));
    *ret_own = (struct capacity_asked){
        .demand = driver_of(driver, drivers, "arrivals_week"),
        .duration = driver_of(driver, drivers, "help_weeks"),
        .hours = hours > 0 ? hours : NAN,
        .caseload = hours > 0 ? helped / hours : NAN,
        .queue = waiting,
        .leave = isnan(leave) ? 0 : fmin(leave, .5),
        .share = .8,
        .within = k->norm_days[URGENCY_NORMAL] / 5.,
        .clear = 26,
    };
    return OK;
}

struct capacity_answer capacity_answer_of(const struct capacity_asked *q)
{
    struct capacity_answer a = { .places = q->hours * q->caseload };
    /* a share a week as a rate */
    struct capacity_load l = { q->demand, q->duration, a.places, q->queue, -log1p(-q->leave) };

    a.whole = isfinite(q->demand) && q->duration > 0 && isfinite(q->duration) && a.places > 0 &&
              isfinite(a.places) && isfinite(q->queue) && isfinite(l.leave);
    if (!a.whole)
        return a;
    a.load = capacity_load_of(&l);
    a.starts = capacity_starts(&l);
    a.wait = capacity_wait(&l);
    a.empty = capacity_clears_in(&l);
    a.norm_places = capacity_for_norm(&l, q->share, q->within);
    if (!(a.norm_places > 0))
        a.norm_places = NAN;
    a.norm_hours = a.norm_places / q->caseload;
    a.clear_places = capacity_to_clear(&l, q->clear);
    a.clear_hours = a.clear_places / q->caseload;
    return a;
}

/* ── The telephone ────────────────────────────────────────────────────────────────────────────────────────
 */

enum err capacity_phone_own(struct ctx *c, int32_t today, struct capacity_phone_own *ret_own)
{
    double calls[PHONE_HALF_HOURS] = { 0 };
    struct capacity_phone_own own = { .half_hour = -1 };
    const struct config *k;
    struct phone_day *d;

    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, 1, sizeof *d, (void *)&d));
    for (int32_t day = today - CAPACITY_PHONE_DAYS; day < today; day++) {
        if (!calendar_is_working(&k->calendar, day))
            continue;
        TRY(phone_day_get(c, day, d));
        own.days += d->n > 0;
        for (size_t i = 0; i < d->n; i++)
            calls[d->row[i].half_hour] += (double)d->row[i].sum.offered;
    }
    for (int i = 0; i < PHONE_HALF_HOURS; i++)
        if (calls[i] > 0 && (own.half_hour < 0 || calls[i] > calls[own.half_hour]))
            own.half_hour = i;
    own.asked = (struct capacity_phone){
        .calls = own.half_hour < 0 ? NAN : calls[own.half_hour] / (double)own.days,
        .handling = CAPACITY_HANDLING,
        .patience = CAPACITY_PATIENCE,
        .share = k->phone_share / 100.,
        .within = k->phone_seconds,
    };
    *ret_own = own;
    return OK;
}

struct capacity_phone_answer capacity_phone_answer_of(const struct capacity_phone *q)
{
    struct erlang_load l = { q->calls, CAPACITY_HALF_HOUR, q->handling };
    struct capacity_phone_answer a = { .traffic = q->calls * q->handling / CAPACITY_HALF_HOUR };

    a.level = a.level_a = a.wait = a.wait_a = a.lost = a.occupancy = NAN;
    if (!(q->calls > 0) || !(q->handling > 0))
        return a;
    a.need = erlang_agents(&l, q->within, q->share, 1);
    size_t n = q->agents >= 1 ? (size_t)q->agents : a.need;
    if (n > 0) {
        struct erlang_answer e = erlang_answer(&l, n, q->within);
        a.level = e.service_level;
        a.wait = e.asa;
        a.occupancy = e.occupancy;
    }
    if (!(q->patience > 0) || a.traffic > ERLANG_A_AGENTS_MAX)
        return a;
    a.need_a = erlang_a_agents(&l, q->patience, q->within, q->share);
    n = q->agents >= 1 ? (size_t)q->agents : a.need_a;
    if (n > 0) {
        struct erlang_a_answer e = erlang_a_answer(&l, n, q->patience, q->within);
        a.level_a = e.service_level;
        a.wait_a = e.wait;
        a.lost = e.p_abandon;
    }
    return a;
}
