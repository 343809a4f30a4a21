// SPDX-License-Identifier: EUPL-1.2
/* One timeline of a resident (tijdlijn): everything that happened and everything that was promised, over all
 * requests and other records that this user may see. It is filled by sources, one for each kind of record. A
 * source is a function that adds the entries of some persons and requests; add yours to the list in
 * timeline.c, nowhere else. */
#ifndef PEIL_REGISTER_TIMELINE_H
#define PEIL_REGISTER_TIMELINE_H

#include "register/request.h"

enum timeline_tone { TONE_PLAIN, TONE_GOOD, TONE_BAD };

struct timeline_entry {
    int64_t at;                      /* when it happened, or when it must be done */
    int64_t recorded_at;             /* TIME_NONE: not told */
    const char *title;               /* in the language of the user */
    const char *detail, *note, *who; /* a reason; free text; who wrote it down. NULL: none */
    bool withheld;                   /* there is a note that this user may not read */
    bool undone;                     /* was taken back */
    bool promise;                    /* still has to be done, at the latest at `at` */
    enum timeline_tone tone;
    int64_t request; /* INT_NONE: belongs to none */
    const char *url; /* where to see more; NULL: the request */
};

/* Whose timeline: all registrations of one person, and of their requests those that this user may see. */
struct timeline_of {
    const int64_t *person;
    size_t persons;
    const struct request *request;
    size_t requests;
};
struct timeline;
/* For a source. Texts live as long as the context's arena. */
enum err timeline_add(struct ctx *c, struct timeline *t, const struct timeline_entry *e) MUST_CHECK;
/* A source asks its own right first; without it, it adds nothing and returns OK. */
typedef enum err timeline_source(struct ctx *c, const struct timeline_of *of, struct timeline *t);

struct timeline_all {
    const struct timeline_entry *entry; /* what happened, the newest first */
    size_t n;
    const struct timeline_entry *promise; /* what must still be done, the first due first */
    size_t promises;
};
enum err timeline_read(struct ctx *c, const struct timeline_of *of, struct timeline_all *ret_all) MUST_CHECK;

#endif
