// SPDX-License-Identifier: EUPL-1.2
/* Places (plekken): the list, one place with its plan and consultation hours, planned versus open. */
#ifndef PEIL_WEB_PLACE_H
#define PEIL_WEB_PLACE_H

#include "web/panel.h"

enum err web_places_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_place_months_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_place_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_place_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_place_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* /places/{id}/{word}: change, plan, open, close, hour, break, unbreak. */
enum err web_place_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* The tabs of the whole area; current: the path of one of them. */
void place_tabs_fill(const struct ctx *c, const char *current, struct panel_list *p);
/* For FORM_PICK fields. */
enum err place_options(struct ctx *c, const char *name, struct form_options *ret_options) MUST_CHECK;
enum err partner_options(struct ctx *c, const char *name, struct form_options *ret_options) MUST_CHECK;

/* The form of a consultation hour, also for web/walk_in_hour.c. */
struct hour_typed {
    int64_t version, team, weekday, starts, ends, every_weeks;
    int32_t first_day, last_day;
};
extern const struct form_field hour_fields[];
enum { HOUR_FIELDS = 8 };
const char *weekday_name(const struct ctx *c, int64_t weekday);

#endif
