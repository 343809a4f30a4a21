// SPDX-License-Identifier: EUPL-1.2
/* A page about one thing with several lists and several forms: facts and lists at the left, what can be done
 * at the right, each form folded until it is opened. A place, a partner, an agreement, a session and a
 * referral are shown with it. A form that was not right is shown again, open, with what was typed. */
#ifndef PEIL_WEB_PANEL_H
#define PEIL_WEB_PANEL_H

#include "register/history.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/record.h"
#include "web/sheet_view.h"

enum { PANEL_FACTS = 20, PANEL_SHEETS = 6, PANEL_FORMS = 8, PANEL_LINKS = 6 };

struct panel_sheet {
    const char *title, *lead; /* lead: NULL */
    struct sheet_view sheet;
};
struct panel_form {
    const char *title, *action, *button;
    const char *lead; /* NULL */
    struct form_view form;
    bool open;
};
struct panel_link {
    const char *label, *url;
};
struct panel {
    struct frame frame;
    const char *back, *back_label;
    const char *lead, *badge,
        *look;           /* NULL: none; look: "success", "warning", "danger", "neutral", "inactive" */
    const char *warning; /* NULL */
    struct news news;    /* since the user looked */
    const char *facts_title;
    struct record_fact fact[PANEL_FACTS];
    size_t facts;
    struct panel_sheet sheet[PANEL_SHEETS];
    size_t sheets;
    struct panel_form form[PANEL_FORMS];
    size_t forms;
    struct panel_link link[PANEL_LINKS]; /* buttons at the top */
    size_t links;
    const struct record_step *step; /* the last one first */
    size_t steps;
};

/* Adds a fact; nothing when the value is unknown. */
void panel_fact_add(struct panel *p, const char *label, const char *value);
enum err panel_fact_link(struct ctx *c, struct panel *p, const char *label, const char *value,
                         const char *format, ...) MUST_CHECK __attribute__((format(printf, 5, 6)));
enum err panel_link_add(struct ctx *c, struct panel *p, const char *label, const char *format, ...) MUST_CHECK
    __attribute__((format(printf, 4, 5)));
/* A list under the facts; the sheet lives as long as the page. */
enum err panel_sheet_add(struct ctx *c, struct panel *p, const char *title, const struct sheet *s) MUST_CHECK;

/* A form. `code` is what was sent, if anything: the form of that code is shown open, with what was wrong. */
struct panel_sent {
    const char *code; /* NULL: nothing was sent */
    struct form_errors wrong;
};
struct panel_form_of {
    const char *code, *title, *button;
    const char *lead; /* NULL */
    struct form form;
    bool open; /* without being asked */
};
/* The action is /BASE/CODE. Prefixes the ids with the code. */
enum err panel_form_add(struct ctx *c, const struct req *r, struct panel *p, const char *base,
                        const struct panel_form_of *f, const struct panel_sent *sent) MUST_CHECK;

/* What happened, the last first; name and detail say what a step is (detail may give NULL). */
struct panel_words {
    const char *(*name)(const struct ctx *c, const char *kind);
    const char *(*detail)(const struct ctx *c, const struct happening *h);
};
enum err panel_steps_fill(struct ctx *c, const struct happening *h, size_t n, const struct panel_words *words,
                          struct panel *p) MUST_CHECK;

/* For a page of which steps and forms are filled: what happened since the user looked, by the "version" of
 * the form that was sent, the number of steps that there were then; that form is now about the present state.
 */
enum err panel_news_fill(struct ctx *c, const struct req *r, struct panel *p) MUST_CHECK;

/* A list of the area with tabs and a filter of period and team. */
enum { PANEL_TABS = 6 };
struct panel_list {
    struct frame frame;
    const char *lead; /* NULL */
    struct tab tab[PANEL_TABS];
    size_t tabs;
    const char *filter_url;  /* NULL: no filter */
    const struct pair *keep; /* what else stands in the address */
    size_t n_keep;
    struct field from, to;          /* name NULL: not asked */
    struct choice team;             /* name NULL: not asked */
    const char *search_url, *asked; /* a search by POST; NULL: none */
    struct panel_link link[PANEL_LINKS];
    size_t links;
    const char *new_url, *new_label; /* NULL: this user may not */
    struct sheet_view sheet;
};
/* The filter: from and to as they hold, and all teams with `team` chosen when `with_team`. */
struct panel_filter {
    int32_t from, to;
    int64_t team; /* INT_NONE */
    bool with_team;
};
enum err panel_filter_fill(struct ctx *c, const struct panel_filter *f, const char *url,
                           struct panel_list *p) MUST_CHECK;
/* Sorts, pages and shows a sheet, or gives it as a file; the frame must have been filled. */
enum err panel_list_show(struct ctx *c, const struct req *r, struct sheet *s, struct panel_list *p,
                         struct reply *out) MUST_CHECK;

/* A number of the address; `otherwise` when there is none. */
int64_t query_int(const struct req *r, const char *name, int64_t otherwise);
/* A day of the address, as typed or ISO; `otherwise` when there is none or it is no day. */
int32_t query_day(struct ctx *c, const struct req *r, const char *name, int32_t otherwise);
/* A text in the arena; "" without memory. */
const char *text_made(struct ctx *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "13:30" */
const char *clock_text(struct ctx *c, int64_t minutes);

#endif
