// SPDX-License-Identifier: EUPL-1.2
/* The extract in memory, following the register: after the first reading only requests with new events are
 * read again, and what stands here is what a full reading of the same moment gives (extract_read), with codes
 * in another order. Which requests have news is told by the number of their events, so that nothing is
 * missed, whoever wrote it and whenever it happened. One user at a time. */
#ifndef PEIL_REGISTER_EXTRACT_LIVE_H
#define PEIL_REGISTER_EXTRACT_LIVE_H

#include "register/extract.h"

struct extract_live;
struct extract_live *extract_live_make(void); /* NULL: no memory. Empty until the first update */
void extract_live_free(struct extract_live *l);

struct extract_news {
    size_t changed; /* requests that came or have news */
    bool whole;     /* everything was read: the first time, or names or clock had changed */
};
/* Brings it to the moment c->now. A failure leaves it empty: the next update reads everything. Memory: its
 * own, about 250 bytes a request, and while everything is read as much again. Rights: RIGHT_FIGURES. */
enum err extract_live_update(struct ctx *c, struct extract_live *l, struct extract_news *ret_news) MUST_CHECK;
/* Keeps the facts of each request too (measure/facts.h), for facts_read_live; before the first update. About
 * 100 bytes a request more. With extract_live_update_facts those that change without an event, such as how
 * long somebody waits, are of this moment as well. */
void extract_live_keep_facts(struct extract_live *l);
enum err extract_live_update_facts(struct ctx *c, struct extract_live *l,
                                   struct extract_news *ret_news) MUST_CHECK;
struct facts_packs;
const struct facts_packs *extract_live_facts(const struct extract_live *l); /* NULL: they are not kept */
/* Until the next update. */
const struct register_extract *extract_live_get(const struct extract_live *l);
/* Whether this row may differ from what it was before the last update: by its own events, or because it was
 * joined with another or taken apart. */
bool extract_live_touched(const struct extract_live *l, size_t row);

#endif
