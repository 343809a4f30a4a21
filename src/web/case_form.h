// SPDX-License-Identifier: EUPL-1.2
/* The small pages that each write down one step of a request: a title, whose request it is, a form of one
 * table, a button. Handlers of all areas can use it:
 *
 *     struct case_step s = { .title = _("Talk"), .path = "/talks", .form = { FORM(talk_fields) } };
 *     GET:   return case_step_show(c, r, &s, NULL, out);
 *     POST:  return case_step_end(c, r, &s, save(c, r, &s.form, &wrong), &wrong, out);
 */
#ifndef PEIL_WEB_CASE_FORM_H
#define PEIL_WEB_CASE_FORM_H

#include "register/request.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/reply.h"
#include "web/wait_step.h"

enum { CASE_VALUES = 64, CASE_FACTS = 16 };

struct case_fact {
    const char *label, *text;
};
struct case_step {
    const char *title, *intro, *button; /* texts; intro: NULL; button: NULL for "Save" */
    const char *path;                   /* of the form, after "/requests/ID" */
    const char *back;                   /* where it leads when done, after "/requests/ID"; NULL: its page */
    const char *done;                   /* code of what was done (frame.c) */
    struct case_fact fact[CASE_FACTS];  /* what to know before answering */
    size_t facts;
    struct form form;
    struct pair value[CASE_VALUES]; /* what stands in the form at first: case_value */
    size_t values;
    int64_t batch; /* to undo it with; 0: none */
};
struct case_page {
    struct frame frame;
    struct step_head head;
    const struct case_step *step;
    const char *url, *action;
    struct form_view form;
};

/* Puts a value in the form as it is first shown. NULL and "" put nothing. */
void case_value(struct case_step *s, const char *name, const char *value);
void case_fact(struct case_step *s, const char *label, const char *text);
/* The version of the request that the user saw: the field "version" of every such form; 0, which no request
 * has, when it is absent. */
int64_t case_seen(const struct req *r);
/* The page. After a conflict it shows what happened in the meantime, and the form can be sent again. */
enum err case_step_show(struct ctx *c, const struct req *r, struct case_step *s,
                        const struct form_errors *wrong, struct reply *out) MUST_CHECK;
/* After the step was saved, or not (e): leads back, or shows the form again with what was wrong. */
enum err case_step_end(struct ctx *c, const struct req *r, struct case_step *s, enum err e,
                       struct form_errors *wrong, struct reply *out) MUST_CHECK;

#endif
