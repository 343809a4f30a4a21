// SPDX-License-Identifier: EUPL-1.2
#include "web/talk.h"

#include "base/text.h"
#include "register/talk.h"
#include "web/case_form.h"
#include "web/record.h"
#include "web/show.h"
#include "web/tpl.h"

#define PLACES .kind = FORM_CODE, .codes = talk_places, .n_codes = &talk_place_count
#define NOTE_MAX 4000

/* ── A talk ───────────────────────────────────────────────────────────────────────────────────────────────
 */

struct talk_typed {
    int64_t at, next_at;
    const char *place, *next_step, *note, *supporter_told, *carer;
    struct form_codes present;
};
static const struct form_field talk_fields[] = {
    { FORM_AT(struct talk_typed, at), .kind = FORM_TIME, .required = true, .label = N_("When was the talk?"),
      .hint = N_("Day and time, for example 31-1-2024 14:00."), .narrow = true },
    { FORM_AT(struct talk_typed, place), PLACES, .required = true, .look = FORM_AS_SELECT,
      .label = N_("Where was the talk?"), .narrow = true },
    { FORM_AT(struct talk_typed, present), .kind = FORM_CODES, .codes = talk_people,
      .n_codes = &talk_people_count, .required = true, .label = N_("Who was there?") },
    { FORM_AT(struct talk_typed, note), .kind = FORM_LINES, .max = NOTE_MAX, .label = N_("What was said?"),
      .hint = N_("Only what is needed for the help. The resident may read this.") },
    { FORM_AT(struct talk_typed, next_step), .kind = FORM_LINES, .max = NOTE_MAX,
      .label = N_("What did you agree to do next?"), .hint = N_("A first talk needs this.") },
    { FORM_AT(struct talk_typed, next_at), .kind = FORM_TIME, .label = N_("Next appointment"),
      .narrow = true },
    { FORM_AT(struct talk_typed, supporter_told), .kind = FORM_CODE, .codes = supporter_told_answers,
      .n_codes = &supporter_told_count, .look = FORM_AS_SELECT,
      .label = N_("Free independent help mentioned?"), .group = N_("Also told and asked") },
    { FORM_AT(struct talk_typed, carer), .kind = FORM_CODE, .codes = carer_answers,
      .n_codes = &carer_answer_count, .look = FORM_AS_SELECT, .label = N_("How is the informal carer?") },
};

static int64_t present_of(const struct form_codes *codes)
{
    int64_t present = 0;

    for (size_t i = 0; i < codes->n; i++)
        for (size_t k = 0; k < talk_people_count; k++)
            if (text_is(codes->code[i], talk_people[k].code))
                present |= 1 << k;
    return present;
}

static enum err talk_step(struct ctx *c, const struct req *r, struct case_step *s)
{
    struct request q;

    TRY(talk_open(c, (struct request_id){ r->ids.id[0] }, &q));
    s->form = (struct form){ FORM(talk_fields) };
    s->path = "/talks";
    s->done = "talk";
    s->title = q.now.waiting ? _("First talk") : _("Talk");
    if (q.now.waiting)
        s->intro =
            _("The waiting stops at this talk. It is with the worker who is going to help, in person or by "
              "video, and ends with an agreed next step.");
    if (q.question != NULL)
        case_fact(s, _("The question"), q.question);
    case_value(s, "at", typed_moment_text(c, c->now));
    case_value(s, "place", "home");
    case_value(s, "present", "resident");
    return OK;
}

enum err web_talk_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = { 0 };

    TRY(talk_step(c, r, &s));
    return case_step_show(c, r, &s, NULL, out);
}

static enum err talk_save(struct ctx *c, const struct req *r, const struct form *form,
                          struct form_errors *wrong)
{
    struct talk_typed t = { 0 };

    TRY(form_take(c, r, form, &t, wrong));
    return talk_add(c, &(struct talk_form){ .request = { r->ids.id[0] },
                                            .seen = case_seen(r),
                                            .at = t.at,
                                            .worker = INT_NONE,
                                            .place = t.place,
                                            .present = present_of(&t.present),
                                            .note = t.note,
                                            .next_step = t.next_step,
                                            .next_at = t.next_at,
                                            .supporter_told = t.supporter_told,
                                            .carer = t.carer });
}

enum err web_talk_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct case_step s = { 0 };

    TRY(talk_step(c, r, &s));
    return case_step_end(c, r, &s, talk_save(c, r, &s.form, &wrong), &wrong, out);
}

/* ── Appointments ─────────────────────────────────────────────────────────────────────────────────────────
 */

struct appointment_typed {
    int64_t at;
    const char *place;
};
static const struct form_field appointment_fields[] = {
    { FORM_AT(struct appointment_typed, at), .kind = FORM_TIME, .required = true,
      .label = N_("Date and time"), .hint = N_("Day and time, for example 31-1-2024 14:00."),
      .narrow = true },
    { FORM_AT(struct appointment_typed, place), PLACES, .required = true, .look = FORM_AS_SELECT,
      .label = N_("Where?"), .narrow = true },
};

static struct case_step appointment_step(const struct ctx *c)
{
    return (struct case_step){ .title = _("Appointment"),
                               .path = "/appointments",
                               .done = "appointment",
                               .form = { FORM(appointment_fields) } };
}

enum err web_appointment_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = appointment_step(c);

    case_value(&s, "place", "home");
    return case_step_show(c, r, &s, NULL, out);
}

static enum err appointment_save(struct ctx *c, const struct req *r, const struct form *form,
                                 struct form_errors *wrong)
{
    struct appointment_typed t = { 0 };

    TRY(form_take(c, r, form, &t, wrong));
    return appointment_add(c, &(struct appointment_form){ { r->ids.id[0] }, case_seen(r), t.at, t.place });
}

enum err web_appointment_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = appointment_step(c);
    struct form_errors wrong = { 0 };

    return case_step_end(c, r, &s, appointment_save(c, r, &s.form, &wrong), &wrong, out);
}

struct no_show_typed {
    int32_t day;
    const char *by, *note;
};
static const struct form_field no_show_fields[] = {
    { FORM_AT(struct no_show_typed, day), .kind = FORM_DATE, .required = true, .label = N_("On which day?"),
      .narrow = true },
    { FORM_AT(struct no_show_typed, by), .kind = FORM_CODE, .codes = absentees, .n_codes = &absentee_count,
      .required = true, .label = N_("Why did it not take place?") },
    { FORM_AT(struct no_show_typed, note), .kind = FORM_LINES, .max = NOTE_MAX, .label = N_("Note") },
};

static struct case_step no_show_step(struct ctx *c)
{
    struct case_step s = { .title = _("Appointment did not take place"),
                           .intro = _("When we could not be there ourselves, that is counted apart."),
                           .path = "/no-shows",
                           .done = "no_show",
                           .form = { FORM(no_show_fields) } };

    case_value(&s, "day", typed_day_text(c, c->today));
    return s;
}

enum err web_no_show_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = no_show_step(c);

    return case_step_show(c, r, &s, NULL, out);
}

static enum err no_show_save(struct ctx *c, const struct req *r, const struct form *form,
                             struct form_errors *wrong)
{
    struct no_show_typed t = { 0 };

    TRY(form_take(c, r, form, &t, wrong));
    return no_show_add(c, &(struct no_show_form){ { r->ids.id[0] }, case_seen(r), t.day, t.by, t.note });
}

enum err web_no_show_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = no_show_step(c);
    struct form_errors wrong = { 0 };

    return case_step_end(c, r, &s, no_show_save(c, r, &s.form, &wrong), &wrong, out);
}

/* ── Told and asked ───────────────────────────────────────────────────────────────────────────────────────
 */

struct told_typed {
    int32_t day;
    const char *supporter_told, *supporter_used, *carer, *choice, *note;
};
static const struct form_field told_fields[] = {
    { FORM_AT(struct told_typed, day), .kind = FORM_DATE, .required = true, .label = N_("On which day?"),
      .narrow = true },
    { FORM_AT(struct told_typed, supporter_told), .kind = FORM_CODE, .codes = supporter_told_answers,
      .n_codes = &supporter_told_count, .look = FORM_AS_SELECT,
      .label = N_("Free independent help mentioned?"), .group = N_("Client supporter") },
    { FORM_AT(struct told_typed, supporter_used), .kind = FORM_CODE, .codes = supporter_kinds,
      .n_codes = &supporter_kind_count, .look = FORM_AS_SELECT, .label = N_("Which supporter takes part?") },
    { FORM_AT(struct told_typed, carer), .kind = FORM_CODE, .codes = carer_answers,
      .n_codes = &carer_answer_count, .look = FORM_AS_SELECT, .label = N_("How is the informal carer?"),
      .group = N_("Carer and choice") },
    { FORM_AT(struct told_typed, choice), .kind = FORM_CODE, .codes = choice_answers,
      .n_codes = &choice_answer_count, .look = FORM_AS_SELECT, .label = N_("Choice of provider explained") },
    { FORM_AT(struct told_typed, note), .kind = FORM_LINES, .max = NOTE_MAX, .label = N_("Note") },
};

static struct case_step told_step(struct ctx *c)
{
    struct case_step s = {
        .title = _("Told and asked"), .path = "/told", .done = "told", .form = { FORM(told_fields) }
    };

    case_value(&s, "day", typed_day_text(c, c->today));
    return s;
}

enum err web_told_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = told_step(c);

    return case_step_show(c, r, &s, NULL, out);
}

static enum err told_save(struct ctx *c, const struct req *r, const struct form *form,
                          struct form_errors *wrong)
{
    struct told_typed t = { 0 };

    TRY(form_take(c, r, form, &t, wrong));
    return told_add(c, &(struct told_form){ { r->ids.id[0] },
                                            case_seen(r),
                                            t.day,
                                            t.supporter_told,
                                            t.supporter_used,
                                            t.carer,
                                            t.choice,
                                            t.note });
}

enum err web_told_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = told_step(c);
    struct form_errors wrong = { 0 };

    return case_step_end(c, r, &s, told_save(c, r, &s.form, &wrong), &wrong, out);
}

/* ── Client supporters ────────────────────────────────────────────────────────────────────────────────────
 */

enum err web_supporter_get(struct ctx *c, const struct req *r, struct reply *out)
{
    static const struct sheet_column columns[] = { SHEET_COLUMN(N_("Client supporter"), TEXT),
                                                   SHEET_COLUMN(N_("Requests"), COUNT) };
    struct record_list_page p = { 0 };
    struct supporter_count *count;
    size_t n;
    int32_t from = date_add_months(c->today, -12);
    struct sheet s = { .object = "supporter",
                       .title = _("Client supporters"),
                       .filter = filled_text(c, _("took part since {1}"), day_text(c, from), NULL),
                       .day = c->today,
                       SHEET_COLUMNS(columns) };

    TRY(supporter_counts(c, time_of_nl_day(from, 0), c->now + 1, &count, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, &s, INT_NONE));
        sheet_text(&s, code_text(c, supporter_kinds, supporter_kind_count, count[i].kind));
        sheet_count(&s, count[i].requests);
    }
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/supporters", &p.frame));
    p.lead = _("In how many requests a client supporter took part in the last twelve months. Zero is zero.");
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return record_list_html(c, &out->body, &p);
}
