// SPDX-License-Identifier: EUPL-1.2
/* Lines of help (hulplijn): who gives help, from when to when. Several can run at once; one is the main line.
 * A line that sends the resident on (general, specialist, elsewhere) is followed until we know that they
 * arrived there (warme overdracht). */
#ifndef PEIL_REGISTER_HELP_LINE_H
#define PEIL_REGISTER_HELP_LINE_H

#include "register/care.h"

extern const struct code_name line_ends[], line_arrivals[];
extern const size_t line_end_count, line_arrival_count;

struct line_form {
    struct request_id request;
    int64_t seen;
    const char *kind;     /* of line_kinds */
    const char *provider; /* who gives it, as typed; NULL */
    int64_t partner;      /* of the directory; INT_NONE */
    int64_t programme;    /* a group of ours; INT_NONE */
    int32_t day;          /* start */
    bool main;            /* is to be the main line; the first line always is */
    bool warm;            /* handed over in person with the resident */
    bool decision;        /* specialist: with a decision (beschikking) */
};
/* Rights: RIGHT_CASE. E_CONFLICT before the first talk or after closing. */
enum err line_start(struct ctx *c, const struct line_form *f, int64_t *ret_line) MUST_CHECK;
struct line_end {
    struct request_id request;
    int64_t seen, line;
    int32_t day;
    const char *reason; /* of line_ends */
};
enum err line_stop(struct ctx *c, const struct line_end *e) MUST_CHECK;
/* Makes an open line the main line. */
enum err line_make_main(struct ctx *c, struct request_id request, int64_t seen, int64_t line) MUST_CHECK;
/* Whether the resident arrived where we sent them. */
struct line_arrival {
    struct request_id request;
    int64_t seen, line;
    const char *arrival; /* of line_arrivals */
    const char *note;
};
enum err line_arrived(struct ctx *c, const struct line_arrival *a) MUST_CHECK;

struct help_line {
    struct line_played is;
    const char *provider; /* NULL: not written down */
    int64_t partner, programme;
    bool warm, decision;
    int32_t arrival_by; /* day on which to ask about arrival; DAY_NONE: not needed (any more) */
};
/* The lines of a request, open ones first; none when the content is not open. */
enum err line_all(struct ctx *c, const struct request *r, const struct care *k, struct help_line **ret_line,
                  size_t *ret_n) MUST_CHECK;

/* The last line of help that brings this resident to this partner; INT_NONE: none. Events as standing_replay
 * left them. The caller has checked the request. */
struct line_partner {
    int64_t request, partner;
};
enum err line_to_partner(struct ctx *c, const struct line_partner *to, const struct event *event, size_t n,
                         int64_t *ret_line) MUST_CHECK;

/* Inside db_tx, for files of this concept: starts a line for a request that was checked. */
enum err line_start_in(struct ctx *c, const struct line_form *f, int64_t person, int64_t *ret_line,
                       int64_t *ret_seq) MUST_CHECK;

#endif
