// SPDX-License-Identifier: EUPL-1.2
/* The help of made-up residents: steps that the town leaves out, and the rows that belong to steps. */
#ifndef PEIL_REGISTER_DEMO_HELP_H
#define PEIL_REGISTER_DEMO_HELP_H

#include "register/demo_core.h"

struct demo_goal {
    const char *what, *for_whom, *tasks;
};
/* Texts; r: a random number. All are constants. */
const struct demo_goal *demo_goal(uint8_t theme, uint64_t r);
const char *demo_next_step(uint64_t r);
const char *demo_talk_note(uint64_t r);
const char *demo_evaluation_note(uint64_t r);
const char *demo_aftercare_note(size_t result);
const char *demo_provider(uint8_t help, uint64_t r);

/* What is remembered of one request while its steps are written. */
struct demo_case {
    struct demo *d;
    size_t i;
    int64_t request, person;
    int64_t plan;         /* seq of the plan; 0: none yet */
    int64_t line, second; /* ids of the lines; 0 */
    size_t ended;         /* lines that have ended */
    int64_t bridge;       /* group of the bridge; 0 */
    size_t goals;
    const char *main; /* kind of the main line */
    struct rng rng;
};
void demo_case_begin(struct demo *d, size_t i, int64_t request, int64_t person, struct demo_case *k);
/* Inside db_tx, around appending step `e`: fills in what it is about, and adds the rows that belong to it. */
void demo_case_before(struct demo_case *k, struct event *e);
enum err demo_case_after(struct ctx *c, struct demo_case *k, const struct event *e) MUST_CHECK;

/* The group with room for this theme, team and day, where one more takes part; 0 when there is none. */
int64_t demo_group_take(struct demo *d, uint8_t theme, uint8_t team, int32_t day);
/* Someone takes part from that day; to know who was there. */
enum err demo_group_note(struct ctx *c, struct demo *d, int64_t participation, int64_t group, int32_t from,
                         int32_t to) MUST_CHECK;

#endif
