// SPDX-License-Identifier: EUPL-1.2
/* Settings (instellingen): what a municipality chooses for itself. Every change is logged with its old and
 * new value and who made it; a change of a rule is also announced to everyone. */
#ifndef PEIL_REGISTER_SETTING_H
#define PEIL_REGISTER_SETTING_H

#include "register/code.h"
#include "register/config.h"

enum setting_kind {
    SETTING_TEXT,
    SETTING_WORKING_DAYS,
    SETTING_DAYS,
    SETTING_NUMBER, /* `hint` says of what */
    SETTING_CODE,   /* one of `codes` */
    SETTING_LINES,  /* a text of several lines; empty: what the program says itself */
};
/* One value that may be set. `rule`: others work by it, so a change is announced. */
struct setting {
    const char *name;  /* as it is stored: "norm.soon" */
    const char *label; /* English, to be translated */
    enum setting_kind kind;
    int64_t otherwise; /* the number when it was never set */
    bool rule;
    const char *hint;              /* English, to be translated; NULL */
    const struct code_name *codes; /* SETTING_CODE; the first one holds as long as nothing was set */
    size_t n_codes;
};
extern const struct setting settings[];
extern const size_t setting_count;

struct setting_value {
    const struct setting *setting;
    const char *value; /* what holds now; "" for a text that was never set */
    int64_t number;    /* of the kinds in days */
};
/* All of them, in the order of the list. Rights: RIGHT_SETTINGS. */
enum err setting_all(struct ctx *c, struct setting_value **ret_value, size_t *ret_n) MUST_CHECK;
/* A number that others count with, such as the norm for an answer to a referrer. No rights: it is a rule. */
enum err setting_number(struct ctx *c, const char *name, int64_t *ret_number) MUST_CHECK;
/* A text likewise; "" when it was never set. */
enum err setting_text(struct ctx *c, const char *name, const char **ret_text) MUST_CHECK;
/* Changes those that differ; values in the order of the list, `seen` what the user saw before (the same
 * order): one that someone else changed in the meantime is E_CONFLICT. Rights: RIGHT_SETTINGS. Errors:
 * E_INVALID with the name as field. */
enum err setting_change(struct ctx *c, const char *const *value, const char *const *seen) MUST_CHECK;

enum err closing_day_add(struct ctx *c, int32_t day, const char *name) MUST_CHECK;
enum err closing_day_remove(struct ctx *c, int32_t day) MUST_CHECK;
enum err team_add(struct ctx *c, const char *name) MUST_CHECK;
enum err team_change(struct ctx *c, int64_t team, const char *seen, const char *name) MUST_CHECK;
struct neighbourhood_form {
    int64_t id;       /* INT_NONE: a new one */
    const char *seen; /* the values that the user saw, see neighbourhood_seen; NULL: any */
    const char *name;
    int64_t team, inhabitants; /* INT_NONE: unknown */
};
enum err neighbourhood_change(struct ctx *c, const struct neighbourhood_form *f) MUST_CHECK;
/* "name|team|inhabitants": what a form brings back to show that nobody else changed it. In the arena. */
const char *neighbourhood_seen(struct ctx *c, const struct neighbourhood *h);

/* One change, as it is shown. */
struct setting_changed {
    const char *object, *name;         /* codes: "setting" "norm.soon", "place" "address" */
    const char *subject;               /* which team, day or place; NULL */
    const char *old_value, *new_value; /* NULL: there was, or is, none */
    bool announced;
    int64_t recorded_at;
    const char *who; /* NULL: the command line */
};
/* What it is that changed, for a person. */
const char *setting_label(const struct ctx *c, const struct setting_changed *s);
/* The last ones. Rights: RIGHT_SETTINGS. */
enum err setting_changes(struct ctx *c, int64_t max, struct setting_changed **ret_change,
                         size_t *ret_n) MUST_CHECK;
/* Changes of rules in the last so many days. Rights: RIGHT_LOGGED_IN. */
enum err setting_news(struct ctx *c, int days, struct setting_changed **ret_change, size_t *ret_n) MUST_CHECK;
/* Of one record: "place" and its id. The caller checks the rights. */
enum err setting_changes_of(struct ctx *c, const char *object, int64_t id,
                            struct setting_changed **ret_change, size_t *ret_n) MUST_CHECK;

/* Inside db_tx: logs one change when old and new differ (NULL and "" are the same). The caller checks the
 * rights. */
struct setting_step {
    const char *object;
    int64_t id;
    const char *name, *subject, *old_value, *new_value;
    bool announced;
};
enum err setting_log(struct ctx *c, const struct setting_step *s) MUST_CHECK;

#endif
