// SPDX-License-Identifier: EUPL-1.2
/* Vacancies (vacature): which place in a team is open, since when, and how it ended. */
#ifndef PEIL_REGISTER_VACANCY_H
#define PEIL_REGISTER_VACANCY_H

#include "register/worker.h"

#define VACANCY_LONG_DAYS 60 /* the contract counts vacancies that are open longer (C1) */

extern const struct code_name vacancy_outcomes[]; /* filled, withdrawn */
extern const size_t vacancy_outcome_count;

struct vacancy {
    int64_t id, version, team;
    const char *discipline;
    int64_t fte;            /* hundredths */
    int32_t opened, closed; /* closed: DAY_NONE while it is open */
    const char *outcome;    /* NULL while it is open */
};
struct vacancy_form {
    int64_t team, fte;
    const char *discipline;
    int32_t opened;
};
/* Open ones first, the oldest first; of the own team for lead and worker. Rights: RIGHT_STAFF. */
enum err vacancy_all(struct ctx *c, int64_t team, struct vacancy **ret_vacancy, size_t *ret_n) MUST_CHECK;
/* Rights: RIGHT_STAFF_EDIT. Errors: E_INVALID with the field. */
enum err vacancy_add(struct ctx *c, const struct vacancy_form *f, int64_t *ret_id) MUST_CHECK;
/* E_CONFLICT when someone else closed it. */
enum err vacancy_close(struct ctx *c, int64_t id, int64_t seen, int32_t day, const char *outcome) MUST_CHECK;

#endif
