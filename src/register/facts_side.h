// SPDX-License-Identifier: EUPL-1.2
/* What stands beside the events of a request (lines of help, plans, closings, goals, scores), read once and
 * walked through in the order of requests. Not for other layers. */
#ifndef PEIL_REGISTER_FACTS_SIDE_H
#define PEIL_REGISTER_FACTS_SIDE_H

#include "register/care.h"
#include "register/facts_table.h"

/* One row beside an event. code and other are of the small dictionaries of struct fact_side. */
struct side_row {
    int64_t request, id;
    int32_t seq, number;
    int8_t code, other;
};
struct side_list {
    struct side_row *row; /* by request, seq */
    size_t n, room, at;
};
struct fact_side {
    struct side_list line, plan, closing, goal, area, carer;
    struct dictionary word; /* behind code and other */
    /* for the request that is being read */
    struct line_played *lines;
    struct plan_played *plans;
    size_t line_room, plan_room;
};
struct fact_care {
    struct care_played played;
    struct line_played *line;
    size_t lines;
    struct plan_played *plan;
    size_t plans;
};
/* The lines and plans of a request with events, played. Its memory is used again for the next request. */
enum err side_care(struct ctx *c, struct fact_side *side, const struct extract_hook_row *r,
                   struct fact_care *ret_care) MUST_CHECK;
/* What an answer of direct_now is in the extract. */
uint32_t side_help_flags(const char *direct);
/* Lines and plans alone; of all requests, or of these (ascending). */
enum err side_read_help(struct ctx *c, struct fact_side **ret_side) MUST_CHECK;
enum err side_read_help_of(struct ctx *c, const int64_t *id, size_t n,
                           struct fact_side **ret_side) MUST_CHECK;
/* The rows of a request; requests must be asked for in ascending order. */
size_t side_of(struct side_list *l, int64_t request, const struct side_row **ret_row);

#endif
