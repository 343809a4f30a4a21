// SPDX-License-Identifier: EUPL-1.2
/* Pages of a record that is not a request: its list, the form for a new one, and the record itself with its
 * facts, terms, steps and the form for the next step. Complaints, signals and incidents are shown with them.
 */
#ifndef PEIL_WEB_RECORD_H
#define PEIL_WEB_RECORD_H

#include "register/history.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/sheet_view.h"

/* A list with tabs and a way to a new record. */
struct record_list_page {
    struct frame frame;
    const char *lead;              /* NULL: none */
    const char *back, *back_label; /* NULL: none */
    struct tab tab[4];
    size_t tabs;
    struct sheet_view sheet;
    const char *new_url, *new_label; /* NULL: this user may not */
};

/* The form for a new one. */
struct record_new_page {
    struct frame frame;
    const char *lead, *warning; /* NULL: none */
    struct news news;           /* since the user looked */
    struct form_view form;
    const char *action, *button, *back;
};

struct record_fact {
    const char *label, *value;
    const char *url; /* NULL: leads nowhere */
    bool strong;
};
struct record_term {
    const char *name;
    int32_t due;
    bool running, late;
};
struct record_step {
    const char *title, *detail, *note, *who; /* NULL: none */
    int64_t occurred_at;
    int32_t recorded, until; /* DAY_NONE: the same day; none */
};
enum { RECORD_FACTS = 16, RECORD_TERMS = 4 };
struct record_page {
    struct frame frame;
    const char *badge, *look;        /* how it stands */
    const char *about_title, *about; /* what was said; NULL: not to be read */
    struct record_fact fact[RECORD_FACTS];
    size_t facts;
    struct record_term term[RECORD_TERMS];
    size_t terms;
    const struct record_step *step; /* the last one first */
    size_t steps;
    bool may_change;
    const char *form_title, *action;
    struct news news; /* since the user looked */
    struct form_view form;
    const char *back, *back_label;
};

/* What happened, as a step: the day on which it was recorded when that was a later one. */
struct record_step record_step_of(const struct happening *h, const char *title, const char *detail);
/* Adds a fact; nothing when the value is unknown. */
void record_fact_add(struct record_page *p, const char *label, const char *value);
/* Fills the steps, the last first; name and detail say what a step is for a person (detail may give NULL). */
struct record_words {
    const char *(*name)(const struct ctx *c, const struct happening *h);
    const char *(*detail)(const struct ctx *c, const struct happening *h);
};
enum err record_steps_fill(struct ctx *c, const struct happening *h, size_t n,
                           const struct record_words *words, struct record_page *p) MUST_CHECK;
/* After a form was sent: the steps since the user looked, by its field `name`, the number of steps that there
 * were then. step: as record_steps_fill makes them. */
enum err record_news_since(struct ctx *c, const struct req *r, const char *name,
                           const struct record_step *step, size_t n, struct news *ret_news) MUST_CHECK;
/* The same for a page of which steps and form are filled: and the form is now about the present state. */
enum err record_news_fill(struct ctx *c, const struct req *r, struct record_page *p) MUST_CHECK;
/* Before a form is read: the record must still be as the user saw it (hidden field "seen"); else E_CONFLICT,
 * and what was typed stays in the form. */
enum err record_check_seen(struct ctx *c, const struct req *r, int64_t version) MUST_CHECK;
/* Two tabs: what is open, and all of the last year; `all` is the present one. */
void record_tabs_fill(const struct ctx *c, const char *path_open, const char *path_all, bool all,
                      struct record_list_page *p);

#endif
