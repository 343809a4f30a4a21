// SPDX-License-Identifier: EUPL-1.2
/* Facts of several organisations as one. */
#ifndef PEIL_MEASURE_FACTS_JOIN_H
#define PEIL_MEASURE_FACTS_JOIN_H

#include "base/arena.h"
#include "measure/facts.h"

/* Rows behind each other. Names that are the same are one code; kinds and causes stand in the order of the
 * alphabet, as in one register. A set tells from the moment on from which all of them tell; when one does not
 * have it, nothing is known of it, because a sum of a part says nothing about the whole. Inhabitants of a
 * neighbourhood are known when nobody contradicts them. Numbers that stand for people stay apart: who is
 * known in two registers is two. False: no memory. */
bool facts_join(struct arena *a, const struct facts *f, size_t n, struct facts *ret_facts);

#endif
