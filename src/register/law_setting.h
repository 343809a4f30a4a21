// SPDX-License-Identifier: EUPL-1.2
/* What a municipality chooses of the legal terms (register/law.h, struct law_options), each from a day on and
 * with a reason. A term keeps the length of the day on which it began. Nothing is changed or deleted: a later
 * row of the same day corrects the earlier one. */
#ifndef PEIL_REGISTER_LAW_SETTING_H
#define PEIL_REGISTER_LAW_SETTING_H

#include "register/law.h"

enum law_setting_kind {
    LAW_SETTING_PARTY,  /* "municipality" or "us" */
    LAW_SETTING_NUMBER, /* 1 .. highest */
    LAW_SETTING_EUROS,  /* "23 35 45": a day, for days 1-14, 15-28, 29-42 */
};
struct law_setting {
    const char *name;  /* "law.other_weeks" */
    const char *label; /* English, to be translated */
    const char *unit;  /* the same; NULL */
    enum law_setting_kind kind;
    int64_t highest;
};
extern const size_t law_setting_count;
/* NULL: unknown. */
const struct law_setting *law_setting_find(const char *name);

/* One row, for a page: what held or will hold. */
struct law_setting_row {
    const struct law_setting *of;
    int64_t seq, recorded_at;
    int32_t from;               /* DAY_NONE: as long as nothing was chosen, or from before there were days */
    const char *value, *reason; /* reason NULL: nobody chose it */
    const char *who;            /* NULL: the command line */
    bool now;                   /* holds today */
};
/* All of them, by setting and first day; before the first row of each what holds without one. `ret_seen`: the
 * number of rows, for law_setting_form. Rights: RIGHT_SETTINGS. */
enum err law_setting_rows(struct ctx *c, const struct law_setting_row **ret_row, size_t *ret_n,
                          int64_t *ret_seen) MUST_CHECK;

struct law_setting_form {
    const char *name, *value, *reason;
    int32_t from;
    int64_t seen; /* what law_setting_rows gave; another number is E_CONFLICT; -1: any */
};
#define LAW_SETTING_BACK 366 /* days that a first day may lie in the past */
/* Rights: RIGHT_SETTINGS. Told to everyone. Errors: E_INVALID "value", "from", "reason"; E_CONFLICT. */
enum err law_setting_add(struct ctx *c, const struct law_setting_form *f) MUST_CHECK;

#endif
