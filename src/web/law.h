// SPDX-License-Identifier: EUPL-1.2
/* The legal clocks of a request on the screen (wettelijke termijnen): the card on its page, the page with all
 * of them, and a page for each step. */
#ifndef PEIL_WEB_LAW_H
#define PEIL_WEB_LAW_H

#include "register/law_step.h"
#include "web/law_card.h"
#include "web/sheet_view.h"
#include "web/today.h"
#include "web/wait_step.h"

struct law_link {
    const char *label, *code;
    int64_t application; /* INT_NONE: none */
};
struct law_part { /* who had to act, for how many days */
    const char *who;
    int64_t days;
};
struct law_pause_view {
    const char *ground, *article, *who;
    int32_t from, until;
    bool still, ended;
};
struct law_application_view {
    const char *name, *result, *objection_result; /* NULL: not yet */
    int32_t applied, decided, review, objected, objection_decided, postponed;
    const struct law_pause_view *pause;
    size_t pauses;
    struct law_part part[PARTIES];
    size_t parts;
    const struct law_link *link;
    size_t links;
};
struct law_event_view {               /* a step that was written down */
    const char *title, *reason, *who; /* NULL: none */
    int64_t occurred_at, seq;
    bool undone, mine; /* mine: this user can take it back */
};
struct law_page {
    struct frame frame;
    struct step_head head;
    const char *track, *stage;
    int32_t reported;
    bool letter;
    const struct law_term_view *term;
    size_t terms;
    const struct law_application_view *application;
    size_t applications;
    const struct law_link *link; /* steps of the report, the plan, a new application */
    size_t links;
    const struct law_event_view *event; /* the last one first */
    size_t events;
    struct form_errors wrong; /* of taking back */
};

struct law_list_page {
    struct frame frame;
    struct tab tab[2];
    struct sheet_view sheet;
};
/* Every running term that this user may see. */
enum err web_law_list_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_law_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_law_undo_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_law_step_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_law_step_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* Terms that end within five working days, letters that are ready: for today. */
enum err today_terms(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_letters(struct ctx *c, struct today_block *b) MUST_CHECK;

/* Every step that has a page, in the order of the law. */
extern const enum kind law_steps[];
extern const size_t law_step_count;

#endif
