// SPDX-License-Identifier: EUPL-1.2
/* What the files of the demo register share. */
#ifndef PEIL_REGISTER_DEMO_CORE_H
#define PEIL_REGISTER_DEMO_CORE_H

#include "register/demo.h"
#include "register/person.h"
#include "register/state.h"

enum { DEMO_PARTNERS = 19, DEMO_PLACES = 13 };

/* A group with what is remembered of it while the requests are written. */
struct demo_group {
    int64_t id;
    unsigned fits; /* bits of themes */
    uint8_t team, taken;
    int32_t starts, ends;
};
struct demo {
    const struct demo_options *o;
    struct town town;
    int64_t team[TOWN_TEAMS], hood[TOWN_HOODS];                   /* ids in the register */
    int64_t *worker;                                              /* id of every worker of the town */
    int64_t intake, office, lead[TOWN_TEAMS], helper[TOWN_TEAMS]; /* accounts that events are recorded by */
    int64_t *request;                                             /* id of every request */
    int64_t *person;                                              /* id of every request's person */
    int64_t partner[DEMO_PARTNERS], place[DEMO_PLACES];           /* in the order of their lists */
    struct demo_group *group;
    size_t groups;
    int64_t dpo; /* account of the data protection officer */
    const char *password;
    struct demo_login *login;
    size_t logins;
    int64_t events;
};

/* Teams, neighbourhoods, norms and closing days; before the simulation, which needs the calendar. Inside
 * db_tx. */
enum err demo_configure(struct ctx *c, struct demo *d) MUST_CHECK;
/* Workers and accounts. */
enum err demo_staff(struct ctx *c, struct demo *d) MUST_CHECK;

/* Employers, contracts, hours, absence and vacancies; after demo_staff. */
enum err demo_worker(struct ctx *c, struct demo *d) MUST_CHECK;
/* The hand-over list, wishes; after the requests. */
enum err demo_transfer(struct ctx *c, struct demo *d) MUST_CHECK;

/* Complaints, signals and incidents; after the requests. */
enum err demo_complaint(struct ctx *c, struct demo *d) MUST_CHECK;

/* Surveys and other counts from outside the register. */
enum err demo_outside(struct ctx *c, struct demo *d) MUST_CHECK;

/* Calls, contacts, call-backs, letters and the facts of intakes; after the requests. */
enum err demo_contact(struct ctx *c, struct demo *d) MUST_CHECK;
/* Partners with their agreements, places with their consultation hours, what became of those, referrals. In
 * this order, after the requests. */
enum err demo_partner(struct ctx *c, struct demo *d) MUST_CHECK;
enum err demo_place(struct ctx *c, struct demo *d) MUST_CHECK;
enum err demo_presence(struct ctx *c, struct demo *d) MUST_CHECK;
enum err demo_referral(struct ctx *c, struct demo *d) MUST_CHECK;

/* One event of a request with its note. */
struct demo_step {
    struct event e;
    const char *note; /* NULL */
};

/* Adds levels of escalation, who directs and seals to the n steps of request i, not in order yet. Returns how
 * many there are; at most `room`. */
size_t demo_people_steps(const struct demo *d, size_t i, struct demo_step *step, size_t n, size_t room);
/* Households, networks, joined persons, reasons to get in; after the requests. */
enum err demo_people(struct ctx *c, struct demo *d) MUST_CHECK;

/* Text of an identity; the strings are in `text`. */
struct demo_person {
    struct identity who;
    char text[640], birth[11];
};
/* The person who asks request i: name, birth date, phone number and so on by chance; members of a household
 * share name and address. `slip`: the same person written down a little differently. */
void demo_person_make(const struct town *t, size_t i, bool slip, struct demo_person *ret_p);
/* A name for a worker. */
void demo_worker_name(uint64_t seed, size_t i, char *text, size_t size);
bool demo_worker_woman(uint64_t seed, size_t i); /* that name is a woman's */

/* What the resident asks; a note with a step, NULL for most. All texts are constants. */
const char *demo_question(const struct town *t, size_t i);
const char *demo_note(const struct town_request *q, const struct town_event *e);

/* Adds weights, taking a case, and handing over by workers who left; in no order. At most `room` steps. */
size_t demo_allocation(const struct demo *d, size_t i, struct demo_step *step, size_t n, size_t room);
/* Adds what the town leaves out of the waiting to the n steps of request i, and puts all in the order of
 * recording. Returns how many there are; at most `room`. */
size_t demo_waiting(const struct demo *d, size_t i, struct demo_step *step, size_t n, size_t room);
/* Adds the expected periods that were told, and writes one down. */
size_t demo_window(const struct demo *d, size_t i, struct demo_step *step, size_t n, size_t room);
enum err demo_window_put(struct ctx *c, int64_t request, const struct event *e) MUST_CHECK;
/* The same for the help (demo_help.h). */
size_t demo_help(const struct demo *d, size_t i, struct demo_step *step, size_t n, size_t room);
/* For qsort of steps: by recording, then by happening, then by number. */
int demo_step_by_recording(const void *pa, const void *pb);
/* Puts steps in the order of recording and numbers them. */
void demo_steps_sort(struct demo_step *step, size_t n);
/* The groups, before the requests. Inside db_tx; arg: the demo. */
enum err demo_group(struct ctx *c, void *arg) MUST_CHECK;
/* Links requests that came back within the term to the earlier ones; after the requests. */
enum err demo_again(struct ctx *c, struct demo *d) MUST_CHECK;

/* Steps that fit in one request. */
enum { DEMO_STEPS = TOWN_EVENTS_MAX + 90 };
/* Adds the legal track of request i in the same way, and numbers the steps. */
size_t demo_law(const struct demo *d, size_t i, struct demo_step *step, size_t n, size_t room);

#endif
