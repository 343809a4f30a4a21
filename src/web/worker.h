// SPDX-License-Identifier: EUPL-1.2
/* Workers (medewerkers): the list, one of them with hours, absence, cases and earlier versions, and the
 * forms. */
#ifndef PEIL_WEB_WORKER_H
#define PEIL_WEB_WORKER_H

#include "register/caseload.h"
#include "register/vacancy.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/record.h"
#include "web/reply.h"
#include "web/sheet_view.h"

/* One line of facts above the list: what was agreed, what is there, who is away. */
struct staff_sum {
    const char *label, *value, *note; /* note: NULL for none */
};
enum { STAFF_SUMS = 8 };
struct staff_page {
    struct frame frame;
    struct sheet_view sheet;
    struct choice team; /* filter; n 0: the user sees one team only */
    struct staff_sum sum[STAFF_SUMS];
    size_t sums;
    bool gone, may_edit, may_absence, may_figures;
};

struct worker_hours {
    int32_t from;
    const char *fte, *who;
    int32_t recorded;
};
struct worker_absence {
    int64_t id;
    const char *kind;
    int32_t from, until, ended;
    bool now;
};
struct worker_change {
    int64_t recorded_at;
    const char *who, *what; /* what: which facts became what */
};
/* What others changed of this worker since the user looked, by the "version" of the form that was sent. */
enum err worker_news_fill(struct ctx *c, const struct req *r, int64_t worker,
                          struct news *ret_news) MUST_CHECK;

struct worker_page {
    struct frame frame;
    const struct worker *worker;
    struct record_fact fact[RECORD_FACTS];
    size_t facts;
    const struct worker_hours *hours;
    size_t n_hours;
    const struct worker_absence *absence;
    size_t absences;
    const struct worker_change *change;
    size_t changes;
    const char *state, *look;
    int64_t cases, points, room;
    struct form_view fte, account;
    bool may_edit, may_absence, sees_absence, may_handover, left_with_cases;
};

enum err web_staff_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_worker_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_worker_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_worker_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_worker_edit_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_worker_edit_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_worker_fte_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_worker_account_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

enum err web_vacancy_list_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_vacancy_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_vacancy_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_vacancy_close_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_vacancy_close_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* Hours as a person reads them: 0,89 */
const char *fte_text(struct ctx *c, int64_t hundredths);

#endif
