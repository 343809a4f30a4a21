// SPDX-License-Identifier: EUPL-1.2
/* The order of the waiting list (volgorde van de wachtlijst): the one definition, for the list, for whose
 * turn it is, for proposals to allocate and for what is expected (docs/decisions/0008-order-of-the-list.md).
 *
 *  1. An emergency comes first, whoever asked first before the others.
 *  2. The rest stands in classes: soon, normal, can wait. Who was not judged yet stands with normal.
 *  3. Ageing: near the end of the norm (within `near_days` working days of it) a request moves up one class,
 *     and another one each time as long again has passed. Nobody moves up to the emergencies.
 *  4. Within a class: who has waited longest, measured in the own norm: six days of three come before fifteen
 *     days of ten. At the same share, who asked first.
 * The norm of rule 3 and 4 is that of the class, in working days; a Wmo report counts with at most
 * `wmo_days`, because its research must be finished six weeks after asking. Waiting is gross: a pause does
 * not change the place. Each class is in the order of asking by itself, so that the list can be merged from
 * one index. */
#ifndef PEIL_REGISTER_LIST_ORDER_H
#define PEIL_REGISTER_LIST_ORDER_H

#include "register/config.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the place of a request depends on. */
struct turn_facts {
    int64_t request, urgency, received_at;
    bool wmo; /* a Wmo report (melding) */
};
struct turn {
    int rank; /* class after ageing: 1 can wait .. 3 soon, 4 emergency */
    int norm; /* working days, at least 1 */
    int64_t received_at, request;
};
struct turn turn_of(const struct config *k, const struct turn_facts *f, int32_t today);
/* < 0: a stands before b; 0 only for the same request. Both made for this day; time is counted to its end, so
 * that the order stays the same all day. */
int turn_compare(const struct turn *a, const struct turn *b, int32_t today);

/* The list as streams, each of which is in order when it is read in the order of asking. */
struct turn_stream {
    int64_t urgency;
    bool wmo;
};
enum { TURN_STREAMS = 2 * URGENCIES };
size_t turn_streams(struct turn_stream ret_stream[TURN_STREAMS]);

/* Which requests of a stream stand before `t`: those received before *ret_before, and those received at that
 * moment with a lower id than *ret_id. */
void turn_cutoff(const struct config *k, const struct turn *t, const struct turn_stream *s, int32_t today,
                 int64_t *ret_before, int64_t *ret_id);

#endif
