// SPDX-License-Identifier: EUPL-1.2
/* The expected period (verwachte periode) of everyone who waits, as anybody may get it: list, request,
 * letter, text message, export, page and command line all ask here.
 *
 * There is one gate: expectation_gate decides, when the expectation is made, whether a period may be told. A
 * period never exists without how often such periods were right, and where too few were right, or too little
 * was checked, no days are written to the register at all: what is not there cannot be shown by mistake.
 *
 * Nobody waits for it: it is made behind the reader (web/expectation_behind.h) or by `peil forecast`, and
 * read from the register. */
#ifndef PEIL_ACCOUNT_EXPECTATION_H
#define PEIL_ACCOUNT_EXPECTATION_H

#include "account/calibration_store.h"
#include "register/call_turn.h"
#include "register/message.h"
#include "register/window_told.h"

enum expectation_state {
    EXPECTATION_MAKING,    /* not computed yet, or too long ago */
    EXPECTATION_TOLD,      /* `said` holds the period and its hit rate */
    EXPECTATION_FEW,       /* too little is known of how often it is right */
    EXPECTATION_MISSED,    /* withdrawn: too few were right */
    EXPECTATION_FAR,       /* later than can be followed */
    EXPECTATION_EMERGENCY, /* goes before everybody: no period */
    EXPECTATION_STATES
};
struct expectation {
    enum expectation_state state;
    struct window_said said; /* days; zero unless EXPECTATION_TOLD */
};
extern const char *const expectation_state_code[EXPECTATION_STATES];
/* The one gate. w: ticks after day0, as forecast_make gave it; rounded to whole weeks. */
void expectation_gate(const struct calibration *k, int64_t urgency, int16_t stream, const struct window *w,
                      int32_t day0, struct expectation *ret_expectation);

/* A sentence for who reads it, B1: the period with its hit rate, or why there is none. In the arena. */
enum err expectation_text(struct ctx *c, const struct expectation *e, const char **ret_text) MUST_CHECK;
/* "4 maart 2024 tot en met 24 maart 2024", or a word or two on why there is none: for a column. */
enum err expectation_short(struct ctx *c, const struct expectation *e, const char **ret_text) MUST_CHECK;
/* "8 out of 10 are right"; "" when there is no period. */
enum err expectation_sure(struct ctx *c, const struct expectation *e, const char **ret_text) MUST_CHECK;
/* How often, in tenths that a resident understands: 8 for 0.75 up to 0.85; rounded down from 0.95 to 9. */
int64_t expectation_tenths(int64_t hit_rate);

enum { EXPECTATION_FRESH_DAYS = 3 }; /* older is EXPECTATION_MAKING */
/* Of a request within scope that waits; EXPECTATION_MAKING when nothing was made of it yet. Rights:
 * RIGHT_REQUEST. */
enum err expectation_of(struct ctx *c, struct request_id id, struct expectation *ret_expectation) MUST_CHECK;

struct expected_row {
    int64_t request, list;
    int16_t stream;
    struct expectation e;
};
/* Of everyone who waits, ascending by request; team INT_NONE: all that the user sees. Rights:
 * RIGHT_WAITING_LIST. */
enum err expectation_waiting(struct ctx *c, int64_t team, const struct expected_row **ret_row,
                             size_t *ret_n) MUST_CHECK;
/* EXPECTATION_MAKING for one that is not there. */
struct expectation expectation_find(const struct expected_row *row, size_t n, int64_t request);

/* ── A list ───────────────────────────────────────────────────────────────────────────────────────────────
 */

struct expected_size {
    int32_t day; /* a Monday */
    double p[5]; /* P10 P25 P50 P75 P90; all the same up to today: what it was */
};
struct expected_driver {
    const char *name; /* arrivals_week, starts_week, urgent_share, presence_share, absence_share, ... */
    double value;
};
struct expected_list {
    int64_t list;
    const char *name; /* of the team; "the whole city" */
    bool there;
    int32_t day;
    int64_t made_at, waiting;
    const struct expected_size *size;
    size_t sizes;
    const struct expected_driver *driver;
    size_t drivers;
    const struct expected_row *newcomer; /* of who would ask today, by stream */
    size_t newcomers;
    struct calibration_kept kept;
};
enum { EXPECTATION_DRIVERS = 28 };
/* The driver that is there when the list is clearly followed in another order than its rule: who has waited
 * longer than so many days goes before all but emergencies; -1: nobody does (forecast/order_found.h). */
#define EXPECTATION_ORDER "order_days"
/* The same in a sentence or two, without blame; "" where the rule is followed. */
enum err expectation_order_text(struct ctx *c, int64_t list, double days, const char **ret_text) MUST_CHECK;
/* The same of a list as it was made last. No rights. */
enum err expectation_order_of(struct ctx *c, int64_t list, const char **ret_text) MUST_CHECK;
/* The list of a team as the order of the list has it: the city's when there is one list. */
enum err expectation_list_id(struct ctx *c, int64_t team, int64_t *ret_list) MUST_CHECK;
enum err expectation_list_name(struct ctx *c, int64_t list, const char **ret_name) MUST_CHECK;
/* Numbers only, so for everybody: no rights are asked. */
enum err expectation_list_get(struct ctx *c, int64_t list, struct expected_list *ret_list) MUST_CHECK;
/* The value of a driver; NaN: unknown. */
double expectation_driver(const struct expected_list *l, const char *name);
enum {
    EXPECTATION_LEAST = 10
}; /* requests in the last half year or so: fewer say nothing of a list to come */
/* Fewer came than that; *ret_came: how many. */
bool expectation_few(const struct expected_list *l, int64_t *ret_came);
/* All lists, by id. No rights. */
enum err expectation_lists(struct ctx *c, const int64_t **ret_list, size_t *ret_n) MUST_CHECK;
/* Whether people wait while nothing was made yet, so that it is about to be. No rights. */
enum err expectation_making(struct ctx *c, bool *ret_making) MUST_CHECK;
/* The one on which most people wait; INT_NONE: none yet. */
enum err expectation_list_longest(struct ctx *c, int64_t *ret_list) MUST_CHECK;

/* ── Telling ──────────────────────────────────────────────────────────────────────────────────────────────
 */

struct expectation_offer {
    struct expectation now;         /* what is expected now */
    const struct window_told *last; /* told last; NULL: none */
    enum window_revise revise;      /* against `last` */
    bool again;                     /* what was told holds: `said` is that */
    bool may;                       /* there is something to tell: `said` */
    struct window_said said;
};
/* What to tell this resident now, of a request that request_get has given. */
enum err expectation_offer_get(struct ctx *c, const struct request *q,
                               struct expectation_offer *ret_offer) MUST_CHECK;

struct expectation_tell_form {
    struct request_id request;
    int64_t version;
    int32_t from, to; /* as the user saw them */
    const char *channel, *understood;
};
/* Writes down that it was told: what the user saw, as long as that is still what is expected (a week of
 * difference at either side may have come up since). E_CONFLICT on field "period" when it is not, or when
 * periods are withdrawn meanwhile. Rights: window_may. */
enum err expectation_tell(struct ctx *c, const struct expectation_tell_form *f, int64_t *ret_seq) MUST_CHECK;

/* A call of the round in which the period was told too, all or nothing. tell NULL: it was not told; its
 * request and version are those of the call. */
enum err expectation_call(struct ctx *c, const struct call_turn_form *call,
                          const struct expectation_tell_form *tell, struct request_id *ret_next) MUST_CHECK;

/* A letter or text message that tells the period: it is sent and told, all or nothing; the message is that
 * event. tell NULL: it tells none. */
enum err expectation_letter(struct ctx *c, const struct message_form *m,
                            const struct expectation_tell_form *tell, int64_t *ret_message) MUST_CHECK;
/* What a letter tells of an offer. */
struct letter_period expectation_letter_period(const struct expectation_offer *o);

/* Tell before the date: who was told a period that will be missed, or that can be said better now. */
enum tell_why {
    TELL_MISSED,    /* what was told will be missed, or its time is over */
    TELL_WITHDRAWN, /* periods were withdrawn and the told one ends within two weeks: call, without a date */
    TELL_BETTER,    /* a clearly better one can be told */
    TELL_AGAIN,     /* it was not clear to the resident */
    TELL_FIRST      /* waits, and was never told one although there is one */
};
struct tell_row {
    int64_t request, person, urgency, team, received_at;
    enum tell_why why;
    const struct window_told *told; /* NULL: TELL_FIRST */
    struct expectation now;
};
/* In the order of `why`, then the end of what was told. Rights: RIGHT_WAITING_LIST; within scope; logged. */
enum err expectation_to_tell(struct ctx *c, int64_t team, const struct tell_row **ret_row,
                             size_t *ret_n) MUST_CHECK;

/* ── Making ───────────────────────────────────────────────────────────────────────────────────────────────
 */

/* What was made last of each list, for who makes it again and again: a list of which nothing changed since is
 * passed over. Zero at first. */
enum { EXPECTATION_REMEMBERED = 64 };
struct expectation_memory {
    struct {
        int64_t list;
        uint64_t mark;
    } of[EXPECTATION_REMEMBERED];
    size_t n;
};
/* How far the making is, for another thread that asks. lists 0: nothing is being made. */
struct expectation_progress {
    atomic_size_t lists, ready; /* of this time */
    atomic_size_t weeks, back;  /* of the lists under way: to look back over, and done */
};
struct expectation_how {
    uint64_t seed;                         /* 0: 1. The same register, day and seed give the same periods */
    uint32_t replications;                 /* 0: 2000 */
    unsigned threads;                      /* lists that are looked back over at the same time, else of one */
    struct expectation_memory *memory;     /* NULL: every list is made */
    struct expectation_progress *progress; /* NULL: nobody asks */
    int64_t list;                          /* only this one; INT_NONE: all */
    bool
        calibrate; /* also looks back over the past where that was not done this week; takes seconds a list */
    bool whole;    /* looks back again, though it was done this week */
    const atomic_bool *stop; /* looking back is given up when this becomes true; NULL */
};
/* A list as it was made, for who shows it. */
struct expectation_made {
    int64_t list;
    const char *name;
    int32_t day;
    enum forecast_way way;
    const struct expected_row *row, *newcomer; /* newcomer: by stream, without a request */
    size_t n, newcomers;
    const struct calibration_kept *kept;
    const struct expected_driver *driver;
    size_t drivers;
};
/* Makes the expectation of a day, from what was known at its end, and writes nothing. Each list in turn; what
 * it points to lives until `show` returns. Rights: RIGHT_FIGURES. */
enum err expectation_show(struct ctx *c, const struct expectation_how *how, int32_t day,
                          enum err (*show)(struct ctx *c, void *arg, const struct expectation_made *made),
                          void *arg) MUST_CHECK;
/* Makes the expectation of today for every list and writes what changed. *ret_changed: whether anything did.
 * Rights: RIGHT_FIGURES. */
enum err expectation_make(struct ctx *c, const struct expectation_how *how, bool *ret_changed) MUST_CHECK;
/* And shows each list as it was written. */
enum err expectation_make_show(struct ctx *c, const struct expectation_how *how,
                               enum err (*show)(struct ctx *c, void *arg,
                                                const struct expectation_made *made),
                               void *arg, bool *ret_changed) MUST_CHECK;

#endif
