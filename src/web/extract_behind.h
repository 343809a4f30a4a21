// SPDX-License-Identifier: EUPL-1.2
/* The extract and the standing histograms of the months while the server runs: kept up to date with what is
 * written to the register, on a thread behind the pages, for the pages that show figures of every request.
 * Each night everything is read and counted again; a difference is told on the health page and in the log,
 * and what was counted again goes before what stood here. */
#ifndef PEIL_WEB_EXTRACT_BEHIND_H
#define PEIL_WEB_EXTRACT_BEHIND_H

#include "base/buf.h"
#include "register/facts.h"
#include "register/month_live.h"

struct extract_behind;
/* path: a file that is kept up to date too (register/extract_keep.h); NULL: none; copied. NULL when memory or
 * threads are short: then whoever asks reads the register. */
struct extract_behind *extract_behind_start(struct store *store, const char *path);
void extract_behind_stop(struct extract_behind *b);

/* The extract of this moment, and the months of it. Others wait until it is given back, so always give it
 * back after OK. Rights: RIGHT_FIGURES. */
struct extract_held {
    const struct register_extract *x;
    struct month_live *months;
};
enum err extract_behind_hold(struct ctx *c, struct extract_behind *b,
                             struct extract_held *ret_held) MUST_CHECK;
void extract_behind_release(struct extract_behind *b);

/* The facts of this moment (register/facts.h) with requests from the extract; nothing is held afterwards.
 * Rights: RIGHT_FIGURES. */
enum err extract_behind_facts(struct ctx *c, struct extract_behind *b, const bool set[FACT_SETS],
                              struct register_facts *ret_facts) MUST_CHECK;

/* Counts again now; what it found is also told from then on. */
enum err extract_behind_recount(struct ctx *c, struct extract_behind *b,
                                struct month_recount *ret) MUST_CHECK;
/* One line for the health page; nothing before the first count. */
void extract_behind_tell(struct extract_behind *b, struct buf *out);

#endif
