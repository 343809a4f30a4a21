// SPDX-License-Identifier: EUPL-1.2
#include "web/triage.h"

#include "base/text.h"
#include "register/triage.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

static const char *const class_code[] = { "4", "3", "2", "1", NULL };

struct triage_typed {
    const char *danger, *children, *change, *why;
    int64_t urgency; /* place in class_code */
    bool steps;
};
/* One form, shown in two parts with the classes between them. */
static const struct form_field fields[] = {
    { FORM_AT(struct triage_typed, danger), .kind = FORM_CODE, .required = true,
      .label = N_("Is anyone in danger?"), .codes = triage_dangers, .n_codes = &triage_danger_count,
      .look = FORM_AS_RADIOS },
    { FORM_AT(struct triage_typed, children), .kind = FORM_CODE, .required = true,
      .label = N_("Are there children at home?"), .codes = triage_children, .n_codes = &triage_child_count,
      .look = FORM_AS_RADIOS },
    { FORM_AT(struct triage_typed, steps), .kind = FORM_CHECK, .hidden = true },
    { FORM_AT(struct triage_typed, urgency), .kind = FORM_CHOICE, .choice = class_code, .hidden = true,
      .label = N_("How urgent is it?") },
    { FORM_AT(struct triage_typed, change), .kind = FORM_CODE, .label = N_("Why does the urgency change?"),
      .codes = triage_changes, .n_codes = &triage_change_count, .look = FORM_AS_RADIOS },
    { FORM_AT(struct triage_typed, why), .kind = FORM_LINES, .max = 2000, .required = true,
      .label = N_("Why this choice?"), .hint = N_("In your own words: what makes it this urgent.") },
};
enum { SAFETY_FIELDS = 2, CHANGE_AT = 4, WHY_AT = 5 };

/* The criteria of a class, a line each. */
static enum err criteria_fill(struct ctx *c, int64_t urgency, struct triage_class *k)
{
    const char *text;
    char *line;

    TRY(triage_criteria(c, urgency, &text));
    TRY(ctx_alloc(c, strlen(text) + 1, 1, (void *)&line));
    text_copy(line, strlen(text) + 1, text);
    while (line != NULL && *line != '\0' && k->n < COUNT(k->criterion)) {
        char *end = strchr(line, '\n');
        if (end != NULL)
            *end = '\0';
        if (*line != '\0')
            k->criterion[k->n++] = line;
        line = end != NULL ? end + 1 : NULL;
    }
    return OK;
}

static enum err classes_fill(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                             struct triage_page *p)
{
    for (size_t i = 0; i < COUNT(p->class); i++) {
        int64_t urgency = URGENCY_EMERGENCY - (int64_t)i;
        p->class[i] = (struct triage_class){ .code = class_code[i],
                                             .chosen = text_is(req_form(r, "urgency"), class_code[i]) };
        TRY(criteria_fill(c, urgency, &p->class[i]));
    }
    p->class_error = form_error(wrong, "urgency");
    return OK;
}

static enum err triage_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                            struct reply *out)
{
    static const struct form_errors nothing;
    struct triage_page p = { 0 };
    const struct form_errors *shown = wrong != NULL ? wrong : &nothing;
    struct form safety = { .field = fields, .n = SAFETY_FIELDS };
    struct form rest = { .field = fields + WHY_AT, .n = 1 };

    TRY(frame_fill(c, r, _("How urgent is it?"), "/waiting", &p.frame));
    TRY(step_head_fill(c, r, &p.head));
    if (p.head.request->now.urgency != URGENCY_UNKNOWN) {
        p.was = urgency_name(c, p.head.request->now.urgency);
        rest = (struct form){ .field = fields + CHANGE_AT, .n = 2 };
    }
    TRY(form_view_fill(c, r, &safety, wrong, &p.safety));
    TRY(form_view_fill(c, r, &rest, wrong, &p.rest));
    p.safety.wrong = *shown; /* the summary stands once, above */
    p.rest.wrong.n = 0;
    TRY(classes_fill(c, r, shown, &p));
    p.round = in_round(r);
    p.steps_error = form_error(shown, "steps");
    p.steps = req_form(r, "steps") != NULL;
    return triage_html(c, &out->body, &p);
}

enum err web_triage_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return triage_show(c, r, NULL, out);
}

static enum err save(struct ctx *c, const struct req *r, int64_t *ret_urgency, struct form_errors *wrong)
{
    struct form form = { FORM(fields) };
    struct triage_typed t = { 0 };
    struct triage_form f = { .request = { r->ids.id[0] } };

    TRY(form_take(c, r, &form, &t, wrong));
    if (!text_to_int(req_form(r, "version"), &f.version))
        f.version = 0;
    f.danger = t.danger;
    f.children = t.children;
    f.steps = t.steps;
    f.urgency = t.urgency != INT_NONE ? URGENCY_EMERGENCY - t.urgency : URGENCY_UNKNOWN;
    f.change = t.change;
    f.why = t.why;
    *ret_urgency = f.urgency;
    return triage_add(c, &f);
}

enum err web_triage_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    int64_t urgency = URGENCY_UNKNOWN;
    enum err e = save(c, r, &urgency, &wrong);

    if (e == OK && urgency == URGENCY_EMERGENCY)
        return reply_redirect(c, out, "/requests/%lld/protect?done=triaged", (long long)r->ids.id[0]);
    if (e == OK && in_round(r))
        return reply_redirect(c, out, "/calls?done=triaged");
    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=triaged", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return triage_show(c, r, &wrong, out);
}
