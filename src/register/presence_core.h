// SPDX-License-Identifier: EUPL-1.2
/* What the files of presence share. */
#ifndef PEIL_REGISTER_PRESENCE_CORE_H
#define PEIL_REGISTER_PRESENCE_CORE_H

#include "register/presence.h"
#include "store/sql.h"

/* Rows of presence_get and presence_between have the same columns. */
#define PRESENCE(row)                                                                                        \
    ((struct presence){ .id = (row).id,                                                                      \
                        .version = (row).version,                                                            \
                        .hour = (row).hour,                                                                  \
                        .place = (row).place,                                                                \
                        .neighbourhood = (row).neighbourhood,                                                \
                        .team = (row).team,                                                                  \
                        .place_name = (row).place_name,                                                      \
                        .day = (row).day,                                                                    \
                        .starts = (row).starts,                                                              \
                        .ends = (row).ends,                                                                  \
                        .state = (row).state,                                                                \
                        .reason = (row).reason,                                                              \
                        .by_whom = (row).by_whom,                                                            \
                        .told_at = (row).told_at,                                                            \
                        .moved_to = (row).moved_to,                                                          \
                        .signal = INT_NONE,                                                                  \
                        .held_from = (row).held_from,                                                        \
                        .held_to = (row).held_to,                                                            \
                        .visitors = (row).visitors,                                                          \
                        .workers = (row).workers,                                                            \
                        .solved = (row).solved,                                                              \
                        .requests = (row).requests,                                                          \
                        .unhandled = (row).unhandled,                                                        \
                        .questions = (row).questions })

/* Inside db_tx: one step in the history of a session; and its row as it stands now. */
enum err presence_step(struct ctx *c, struct presence *p, int64_t seen, const struct happening *h) MUST_CHECK;
enum err presence_put(struct ctx *c, const struct presence *p) MUST_CHECK;
/* Inside db_tx: a session that was held with unhandled questions is raised; without them it is not. */
enum err presence_raise(struct ctx *c, int64_t id) MUST_CHECK;
/* Inside db_tx: ends every plan of a place that is closed from that day on. */
enum err hour_end_place(struct ctx *c, int64_t place, int32_t last_day) MUST_CHECK;
/* Without rights, for the sessions that everybody may know of. */
enum err breaks_read(struct ctx *c, int64_t place, struct place_break **ret_break, size_t *ret_n) MUST_CHECK;
/* Are these two times of a day, the second one later? */
enum err presence_check_times(struct ctx *c, int64_t starts, int64_t ends) MUST_CHECK;

#endif
