// SPDX-License-Identifier: EUPL-1.2
/* What to expect of a waiting list: how long it will be, what drives it, and when it would be the turn of who
 * asks now. Numbers only. */
#ifndef PEIL_WEB_FORECAST_H
#define PEIL_WEB_FORECAST_H

#include "account/expectation.h"
#include "register/list_change.h"
#include "register/list_order.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/reply.h"
#include "web/show.h"

struct driver_view {
    const char *label, *value;
};
struct newcomer_view {
    const char *class, *text, *sure;
};
struct change_view {
    int64_t id;
    const char *words, *note, *who; /* who: NULL */
    int32_t recorded;
    bool everywhere; /* on every list */
    bool may_undo;
};
enum { DRIVERS_SHOWN = 20, DRIVERS_SAID = 8 };
struct forecast_page {
    struct frame frame;
    struct expected_list list;
    const struct tab *tab;
    size_t tabs;
    const char *conclusion, *second; /* second: what it depends on most; "" */
    const char *order;               /* followed in another one than the rule; "" */
    bool there, making;              /* making: there is none yet, but it is about to be */
    const char *few; /* too little is known to say how long the list will be: no chart; NULL */
    const char *far; /* how far the making is; "" */
    struct chart chart;
    const struct expected_size *size; /* from today on, every fourth week */
    size_t sizes;
    struct driver_view driver[DRIVERS_SHOWN];
    size_t drivers;
    const char *said[DRIVERS_SAID]; /* the same in words */
    size_t sayings;
    struct newcomer_view newcomer[TURN_STREAMS];
    size_t newcomers;
    const struct change_view *change; /* what somebody knows to have changed, the latest first */
    size_t changes;
    bool may_change; /* may write one down */
};
enum err web_forecast_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* What drives the list, in words and in figures. Absence of fewer than ten workers only for who may see who
 * is absent (forecast_driver.c). */
void forecast_drivers_fill(struct ctx *c, struct forecast_page *p);
/* What somebody knows to have changed on the list (forecast_change.c); after p->list. */
enum err forecast_changes_fill(struct ctx *c, struct forecast_page *p) MUST_CHECK;
enum err web_forecast_change_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_forecast_change_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_forecast_change_undo_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* The list that the address asks for (?list=), else that of the own team, else the one on which
 * most people wait; *ret_list INT_NONE when there is none. */
enum err forecast_list_of(struct ctx *c, const struct req *r, int64_t *ret_list) MUST_CHECK;
/* A tab for each list, on the page with this path. */
enum err forecast_tabs(struct ctx *c, const char *path, int64_t current, const struct tab **ret_tab,
                       size_t *ret_n) MUST_CHECK;
/* Why nothing is said of how long a list will be; NULL when it is. */
const char *forecast_few(struct ctx *c, const struct expected_list *l);
/* "If I register this person now": by class, for the page of a new request. Rights: RIGHT_REGISTER. */
enum err newcomer_views(struct ctx *c, const struct expected_list *l, struct newcomer_view *ret_view,
                        size_t *ret_n) MUST_CHECK;

#endif
