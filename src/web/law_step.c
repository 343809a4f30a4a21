// SPDX-License-Identifier: EUPL-1.2
/* One page for each step of the legal track: only the fields that the step needs. */
#include "base/text.h"
#include "web/law.h"
#include "web/show.h"
#include "web/tpl.h"

struct law_typed {
    const char *code, *note, *party;
    int32_t day, until;
    int64_t pick, number;
    bool committee;
};

static const struct code_name parties[] = {
    { "municipality", N_("the municipality") },
    { "resident", N_("the resident") },
    { "third", N_("someone else") },
};
static const size_t party_count = COUNT(parties);

#define DAY(label_)                                                                                          \
    {                                                                                                        \
        FORM_AT(struct law_typed, day), .kind = FORM_DATE, .required = true, .narrow = true,                 \
                                        .label = (label_)                                                    \
    }
#define UNTIL(label_, hint_)                                                                                 \
    {                                                                                                        \
        FORM_AT(struct law_typed, until), .kind = FORM_DATE, .narrow = true, .label = (label_),              \
                                          .hint = (hint_)                                                    \
    }
#define NOTE                                                                                                 \
    {                                                                                                        \
        FORM_AT(struct law_typed, note), .kind = FORM_LINES, .max = 2000, .label = N_("Remark")              \
    }
#define PICK(label_)                                                                                         \
    {                                                                                                        \
        FORM_AT(struct law_typed, pick), .kind = FORM_PICK, .required = true, .label = (label_)              \
    }
#define CODE(label_, list, n)                                                                                \
    {                                                                                                        \
        FORM_AT(struct law_typed, code), .kind = FORM_CODE, .required = true, .label = (label_),             \
                                         .codes = (list), .n_codes = &(n)                                    \
    }

static const struct form_field no_day[] = { NOTE };
static const struct form_field plain[] = { DAY(N_("On which day?")), NOTE };
static const struct form_field family[] = {
    CODE(N_("What does the family want?"), law_family_plans, law_family_plan_count), DAY(N_("Said on")), NOTE
};
static const struct form_field applied[] = { PICK(N_("What is applied for?")), DAY(N_("Received on")), NOTE };
static const struct form_field asked[] = {
    DAY(N_("Letter sent on")), UNTIL(N_("Complete before or on"), N_("The last day that the letter names.")),
    NOTE
};
static const struct form_field suspended[] = {
    PICK(N_("Why?")),
    DAY(N_("From which day?")),
    UNTIL(N_("Up to and including"), N_("Needed when the resident agreed, or when a letter names a day.")),
    { FORM_AT(struct law_typed, party), .kind = FORM_CODE, .label = N_("Who must act now?"), .codes = parties,
      .n_codes = &party_count, .look = FORM_AS_SELECT, .hint = N_("Leave it open for the usual one.") },
    NOTE
};
static const struct form_field again[] = { PICK(N_("What has ended?")), DAY(N_("On which day?")), NOTE };
static const struct form_field postponed[] = { DAY(N_("Letter sent on")), UNTIL(N_("New last day"), NULL),
                                               NOTE };
static const struct form_field decided[] = { CODE(N_("What was decided?"), law_results, law_result_count),
                                             DAY(N_("Decision sent on")),
                                             UNTIL(N_("Look at it again on"), NULL), NOTE };
static const struct form_field reviewed[] = { DAY(N_("On which day?")),
                                              UNTIL(N_("Look at it again on"), NULL), NOTE };
static const struct form_field objected[] = { DAY(N_("Received on")),
                                              { FORM_AT(struct law_typed, committee), .kind = FORM_CHECK,
                                                .label =
                                                    N_("An independent committee advises (twelve weeks)") },
                                              NOTE };
static const struct form_field on_objection[] = { CODE(N_("What was decided?"), law_objection_results,
                                                       law_objection_result_count),
                                                  DAY(N_("Decision sent on")), NOTE };
static const struct form_field paid[] = { { FORM_AT(struct law_typed, number), .kind = FORM_INT,
                                            .required = true, .max = 100000, .narrow = true,
                                            .label = N_("Amount in euros") },
                                          DAY(N_("Fixed on")),
                                          NOTE };

/* The form of a step, and what it means for the clocks. */
static const struct step_row {
    const struct form_field *field;
    size_t n;
    const char *intro;
} steps[KINDS] = {
#define STEP(kind, fields, intro_) [KIND_##kind] = { (fields), COUNT(fields), (intro_) }
    STEP(WMO_REPORTED, no_day, N_("The six weeks run from the day on which the resident asked for help.")),
    STEP(INFORMED, plain, N_("The resident was told in writing that the report was received.")),
    STEP(SUPPORTER_TOLD, plain, N_("The resident knows that a client supporter helps for free.")),
    STEP(PERSONAL_PLAN, plain, N_("The resident handed in a plan. We use it in the research.")),
    STEP(WMO_RESEARCHED, plain, N_("The six weeks stop when the written account has been sent.")),
    STEP(ACCOUNT_SENT, plain, N_("This stops the six weeks. From now on the resident can apply.")),
    STEP(LATE_LETTER, plain, N_("The resident may apply now. The research goes on.")),
    STEP(FAMILY_PLAN, family, N_("When the family makes no plan, ours must be ready within six weeks.")),
    STEP(WRITTEN_ASKED, plain, N_("The plan must be on paper within fourteen days.")),
    STEP(WRITTEN_SENT, plain, NULL),
    STEP(APPLIED, applied, N_("This starts the term for the decision.")),
    STEP(COMPLETION_ASKED, asked,
         N_("The term stands still from the day after the letter. It runs again on the day of completion, or "
            "on the last day of the letter.")),
    STEP(COMPLETED, again, N_("The term runs again on this day.")),
    STEP(SUSPENDED, suspended, N_("Only these grounds stop the term. Being busy is not one of them.")),
    STEP(RUNS_AGAIN, again, N_("The term runs again on this day.")),
    STEP(POSTPONED, postponed,
         N_("Where a law sets the term, this letter does not move it. The eight weeks it does move.")),
    STEP(DECIDED, decided, N_("This stops the term. The six weeks for an objection begin on the next day.")),
    STEP(REVIEWED, reviewed, NULL),
    STEP(DEFAULT_NOTICE, plain, N_("Two weeks after this a penalty begins, when the term has passed.")),
    STEP(OBJECTED, objected, NULL),
    STEP(EXTENDED, plain, N_("Six weeks more, once, when the letter is sent within the term.")),
    STEP(OBJECTION_DECIDED, on_objection, NULL),
    STEP(PENALTY_PAID, paid, NULL),
};

/* ── What can be picked ───────────────────────────────────────────────────────────────────────────────────
 */

static enum err provisions_fill(struct ctx *c, struct option_id *o, size_t *n)
{
    for (size_t i = 0; i < law_provision_count; i++)
        o[(*n)++] = (struct option_id){ (int64_t)i + 1, _(law_provisions[i].name) };
    return OK;
}

/* "Awb 4:15(2)(a): ..." so that the ground of the law is chosen knowingly. */
static enum err grounds_fill(struct ctx *c, bool objection, struct option_id *o, size_t *n)
{
    for (size_t i = 0; i < law_ground_count; i++) {
        struct buf b = { 0 };
        if (law_grounds[i].objection != objection || text_is(law_grounds[i].code, "completion"))
            continue;
        buf_str(&b, _(law_grounds[i].name));
        buf_printf(&b, " (%s)", law_grounds[i].article);
        o[*n].id = (int64_t)i + 1;
        enum err e = ctx_copy(c, buf_text(&b), &o[*n].label);
        buf_free(&b);
        TRY(e);
        (*n)++;
    }
    return OK;
}

static enum err pauses_fill(struct ctx *c, const struct law *l, int64_t application, struct option_id *o,
                            size_t *n)
{
    for (size_t i = 0; i < l->pauses; i++) {
        const struct law_pause *p = &l->pause[i];
        struct buf b = { 0 };
        if (p->application != application || p->ended)
            continue;
        buf_str(&b, _(p->ground->name));
        buf_lit(&b, ", ");
        buf_str(&b, day_text(c, time_nl_day(p->change.at)));
        o[*n].id = p->seq;
        enum err e = ctx_copy(c, buf_text(&b), &o[*n].label);
        buf_free(&b);
        TRY(e);
        (*n)++;
    }
    return OK;
}

struct stepping {
    enum kind kind;
    int64_t application;
    const struct law_file *file;
    struct option_id *option;
    struct form_options options;
    struct pair value[4];
    struct form form;
};

static enum err options_fill(struct ctx *c, struct stepping *s)
{
    const struct law_application *a = law_application_find(&s->file->law, s->application);
    size_t room = law_provision_count + law_ground_count + s->file->law.pauses, n = 0;

    TRY(ctx_alloc(c, room + 1, sizeof *s->option, (void *)&s->option));
    if (s->kind == KIND_APPLIED)
        TRY(provisions_fill(c, s->option, &n));
    if (s->kind == KIND_SUSPENDED)
        TRY(grounds_fill(c, a != NULL && a->decided_at != TIME_NONE, s->option, &n));
    if (s->kind == KIND_COMPLETED || s->kind == KIND_RUNS_AGAIN)
        TRY(pauses_fill(c, &s->file->law, s->application, s->option, &n));
    s->options = (struct form_options){ "pick", s->option, n };
    return OK;
}

/* Today stands in the form, and the only thing that can be picked. */
static enum err values_fill(struct ctx *c, struct stepping *s)
{
    size_t n = 0;

    s->value[n++] = (struct pair){ "day", typed_day_text(c, c->today) };
    if (s->options.n == 1) {
        char id[24];
        *text_put_int(id, s->option[0].id) = '\0';
        s->value[n].name = "pick";
        TRY(ctx_copy(c, id, &s->value[n].value));
        n++;
    }
    for (size_t i = 0; i < s->file->terms; i++) {
        const struct law_term *t = &s->file->term[i];
        if (s->kind != KIND_PENALTY_PAID || t->kind != LAW_DEFAULT || t->application != s->application)
            continue;
        char euros[24];
        *text_put_int(euros, t->penalty.euros) = '\0';
        s->value[n].name = "number";
        TRY(ctx_copy(c, euros, &s->value[n].value));
        n++;
        break;
    }
    s->form = (struct form){ .field = steps[s->kind].field,
                             .n = steps[s->kind].n,
                             .options = &s->options,
                             .n_options = 1,
                             .value = s->value,
                             .n_values = n };
    return OK;
}

/* Which step, of which application: from the address. */
static enum err stepping_of(struct ctx *c, const struct req *r, struct step_head *head, struct stepping *s)
{
    const char *application = req_query(r, "application");
    struct law_file *f;
    bool found = false;

    for (size_t i = 0; i < law_step_count; i++)
        if (text_is(kind_code(law_steps[i]), r->ids.word)) {
            s->kind = law_steps[i];
            found = true;
        }
    if (!found)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    TRY(may(c, request_right(s->kind)));
    TRY(step_head_fill(c, r, head));
    TRY(ctx_alloc(c, 1, sizeof *f, (void *)&f));
    TRY(law_file_get(c, head->request, f));
    s->file = f;
    s->application = INT_NONE;
    if (law_kind_is_application(s->kind) &&
        (application == NULL || !text_to_int(application, &s->application) ||
         law_application_find(&f->law, s->application) == NULL))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    TRY(options_fill(c, s));
    return values_fill(c, s);
}

static enum err url_fill(struct ctx *c, const struct stepping *s, int64_t request, const char **ret_url)
{
    struct buf b = { 0 };

    buf_printf(&b, "/requests/%lld/law/%s", (long long)request, kind_code(s->kind));
    if (s->application != INT_NONE)
        buf_printf(&b, "?application=%lld", (long long)s->application);
    enum err e = ctx_copy(c, buf_text(&b), ret_url);
    buf_free(&b);
    return e;
}

static enum err step_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct step_page p = { .button = _("Save") };
    struct stepping s = { .kind = KINDS };
    const struct law_application *a;

    TRY(stepping_of(c, r, &p.head, &s));
    TRY(frame_fill(c, r, s.kind == KIND_INFORMED ? _("Receipt confirmed") : kind_name(c, s.kind), "/waiting",
                   &p.frame));
    p.intro = steps[s.kind].intro != NULL ? _(steps[s.kind].intro) : NULL;
    a = law_application_find(&s.file->law, s.application);
    p.about = a != NULL ? _(a->provision->name) : NULL;
    TRY(form_view_fill(c, r, &s.form, wrong, &p.form));
    TRY(url_fill(c, &s, p.head.request->id.v, &p.url));
    return step_html(c, &out->body, &p);
}

enum err web_law_step_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return step_show(c, r, NULL, out);
}

/* ── Saving ───────────────────────────────────────────────────────────────────────────────────────────────
 */

static void take(const struct stepping *s, const struct law_typed *t, struct law_step *step)
{
    enum party party;

    step->day = t->day;
    step->until = t->until;
    step->code = t->code;
    step->note = text_empty(t->note) ? NULL : t->note;
    step->number = INT_NONE;
    switch (s->kind) {
    case KIND_WMO_REPORTED:
        step->day = DAY_NONE;
        break;
    case KIND_APPLIED:
        step->code = law_provisions[t->pick - 1].code;
        break;
    case KIND_SUSPENDED:
        step->code = law_grounds[t->pick - 1].code;
        if (party_find(t->party, &party))
            step->number = party;
        break;
    case KIND_COMPLETED:
    case KIND_RUNS_AGAIN:
        step->number = t->pick;
        break;
    case KIND_OBJECTED:
        step->number = t->committee ? 1 : 0;
        break;
    case KIND_PENALTY_PAID:
        step->number = t->number;
        break;
    default:
        break;
    }
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct law_typed t = { .day = DAY_NONE, .until = DAY_NONE };
    struct law_step step = { .request = { r->ids.id[0] } };
    struct stepping s = { .kind = KINDS };
    struct step_head head;
    int64_t seq;

    TRY(stepping_of(c, r, &head, &s));
    TRY(form_take(c, r, &s.form, &t, wrong));
    step.kind = s.kind;
    step.application = s.application;
    if (!text_to_int(req_form(r, "version"), &step.version))
        step.version = 0;
    take(&s, &t, &step);
    return law_step_add(c, &step, &seq);
}

enum err web_law_step_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = save(c, r, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld/law?done=event", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return step_show(c, r, &wrong, out);
}
