// SPDX-License-Identifier: EUPL-1.2
#include "web/law.h"

#include "base/text.h"
#include "web/show.h"
#include "web/tpl.h"

const enum kind law_steps[] = {
    KIND_WMO_REPORTED, KIND_INFORMED,          KIND_SUPPORTER_TOLD, KIND_PERSONAL_PLAN, KIND_WMO_RESEARCHED,
    KIND_ACCOUNT_SENT, KIND_LATE_LETTER,       KIND_FAMILY_PLAN,    KIND_WRITTEN_ASKED, KIND_WRITTEN_SENT,
    KIND_APPLIED,      KIND_COMPLETION_ASKED,  KIND_COMPLETED,      KIND_SUSPENDED,     KIND_RUNS_AGAIN,
    KIND_POSTPONED,    KIND_DECIDED,           KIND_DEFAULT_NOTICE, KIND_PENALTY_PAID,  KIND_OBJECTED,
    KIND_EXTENDED,     KIND_OBJECTION_DECIDED, KIND_REVIEWED,
};
const size_t law_step_count = COUNT(law_steps);

static int32_t day_of(int64_t at)
{
    return at == TIME_NONE ? DAY_NONE : time_nl_day(at);
}

static struct law_term_view term_show(const struct ctx *c, const struct law_term *t)
{
    struct law_term_view v = { .name = law_kind_name(c, t->kind),
                               .article = law_rule(t->kind)->article,
                               .about = t->provision != NULL ? _(t->provision->name) : NULL,
                               .start = time_nl_day(t->term.start),
                               .due = t->now.due,
                               .left = t->now.left,
                               .who = party_name(c, t->now.acts),
                               .runs = law_term_runs(t),
                               .overdue = t->overdue,
                               .still = t->now.still && t->now.verdict == TERM_RUNNING,
                               .kept = t->now.verdict == TERM_KEPT,
                               .late = t->now.verdict == TERM_NOT_KEPT,
                               .ended = t->ended,
                               .dropped = t->dropped,
                               .duty = law_rule(t->kind)->duty,
                               .early = t->penalty.early && t->kind == LAW_DEFAULT,
                               .euros = t->kind == LAW_DEFAULT && t->penalty.days > 0 ? t->penalty.euros
                                                                                      : INT_NONE };

    if (t->kind == LAW_REVIEW)
        v.start = DAY_NONE;
    return v;
}

/* The letter of day 43 is ready. */
static bool letter_ready(const struct law_file *f)
{
    const struct law *l = &f->law;

    if (l->letter_at != TIME_NONE || l->applications > 0 || l->ended_at != TIME_NONE)
        return false;
    for (size_t i = 0; i < f->terms; i++)
        if (f->term[i].kind == LAW_RESEARCH)
            return f->term[i].overdue;
    return false;
}

static enum err terms_fill(struct ctx *c, const struct law_file *f, bool running,
                           const struct law_term_view **ret_term, size_t *ret_n)
{
    struct law_term_view *v;
    size_t n = 0;

    TRY(ctx_alloc(c, f->terms + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < f->terms; i++)
        if (!running || law_term_runs(&f->term[i]))
            v[n++] = term_show(c, &f->term[i]);
    *ret_term = v;
    *ret_n = n;
    return OK;
}

enum err law_card_fill(struct ctx *c, const struct request *q, struct law_card *ret_card)
{
    struct law_card card = { .request = q->id.v };
    struct law_file f;

    card.shown = user_may(c, RIGHT_WMO) || user_may(c, RIGHT_DECISION);
    if (card.shown) {
        TRY(law_file_get(c, q, &f));
        TRY(terms_fill(c, &f, true, &card.term, &card.n));
        card.track = f.law.track == TRACK_NONE ? "" : track_name(c, f.law.track);
        card.stage = stage_name(c, f.law.stage);
        card.letter = letter_ready(&f);
    }
    *ret_card = card;
    return OK;
}

/* ── The page ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err links_fill(struct ctx *c, const struct request *q, const struct law_file *f,
                           int64_t application, const struct law_link **ret_link, size_t *ret_n)
{
    struct law_link *link;
    size_t n = 0;

    TRY(ctx_alloc(c, law_step_count, sizeof *link, (void *)&link));
    for (size_t i = 0; i < law_step_count; i++) {
        bool about_one = law_kind_is_application(law_steps[i]), possible;
        if (about_one != (application != INT_NONE))
            continue;
        TRY(law_step_possible(c, q, f, law_steps[i], application, &possible));
        if (possible)
            link[n++] = (struct law_link){ law_steps[i] == KIND_INFORMED ? _("Receipt confirmed")
                                                                         : kind_name(c, law_steps[i]),
                                           kind_code(law_steps[i]), application };
    }
    *ret_link = link;
    *ret_n = n;
    return OK;
}

static enum err pauses_fill(struct ctx *c, const struct law *l, int64_t application,
                            struct law_application_view *v)
{
    struct law_pause_view *p;

    TRY(ctx_alloc(c, l->pauses + 1, sizeof *p, (void *)&p));
    for (size_t i = 0; i < l->pauses; i++) {
        const struct law_pause *from = &l->pause[i];
        if (from->application != application)
            continue;
        p[v->pauses++] = (struct law_pause_view){ .ground = _(from->ground->name),
                                                  .article = from->ground->article,
                                                  .who = party_name(c, from->change.party),
                                                  .from = time_nl_day(from->change.at),
                                                  .until = day_of(from->change.until),
                                                  .still = from->ground->still,
                                                  .ended = from->ended };
    }
    v->pause = p;
    return OK;
}

/* Who had to act until the decision, or until now. */
static void parts_fill(const struct ctx *c, const struct law_file *f, int64_t application,
                       struct law_application_view *v)
{
    for (size_t i = 0; i < f->terms; i++) {
        const struct law_term *t = &f->term[i];
        if (t->application != application || (t->kind != LAW_DECISION_WMO && t->kind != LAW_DECISION_OTHER))
            continue;
        for (enum party p = PARTY_US; p < PARTIES; p++)
            if (t->now.party[p] > 0)
                v->part[v->parts++] = (struct law_part){ party_name(c, p), t->now.party[p] };
    }
}

static enum err application_fill(struct ctx *c, const struct request *q, const struct law_file *f,
                                 const struct law_application *a, struct law_application_view *v)
{
    *v = (struct law_application_view){ .name = _(a->provision->name),
                                        .result = a->result != NULL ? law_code_name(c, a->result) : NULL,
                                        .objection_result = a->objection_result != NULL
                                                                ? law_code_name(c, a->objection_result)
                                                                : NULL,
                                        .applied = day_of(a->applied_at),
                                        .decided = day_of(a->decided_at),
                                        .review = day_of(a->review_at),
                                        .objected = day_of(a->objected_at),
                                        .objection_decided = day_of(a->objection_decided_at),
                                        .postponed = day_of(a->postponed_to) };
    TRY(pauses_fill(c, &f->law, a->seq, v));
    parts_fill(c, f, a->seq, v);
    return links_fill(c, q, f, a->seq, &v->link, &v->links);
}

/* The legal steps that were written down, the last one first. */
static enum err events_fill(struct ctx *c, const struct request *q, struct law_page *p)
{
    struct law_event_view *v;

    TRY(ctx_alloc(c, q->events + 1, sizeof *v, (void *)&v));
    for (size_t i = q->events; i-- > 0;) {
        const struct event *e = &q->event[i].e;
        bool receipt = e->kind == KIND_INFORMED && text_is(e->reason, REASON_RECEIPT);
        if (!law_kind_is(e->kind) && !receipt && e->kind != KIND_SUPPORTER_TOLD)
            continue;
        v[p->events++] =
            (struct law_event_view){ .title = receipt ? _("Receipt confirmed") : kind_name(c, e->kind),
                                     .reason = receipt ? NULL : law_code_name(c, e->reason),
                                     .who = q->event[i].who,
                                     .occurred_at = e->occurred_at,
                                     .seq = e->seq,
                                     .undone = e->undone,
                                     .mine = law_step_is_mine(c, e) };
    }
    p->event = v;
    return OK;
}

static enum err law_show(struct ctx *c, const struct req *r, struct form_errors wrong, struct reply *out)
{
    struct law_page p = { .reported = DAY_NONE, .wrong = wrong };
    struct law_application_view *v;
    struct law_file f;

    TRY(may(c, user_may(c, RIGHT_DECISION) ? RIGHT_DECISION : RIGHT_WMO));
    TRY(frame_fill(c, r, _("Legal terms"), "/waiting", &p.frame));
    TRY(step_head_fill(c, r, &p.head));
    TRY(law_file_get(c, p.head.request, &f));
    p.track = track_name(c, f.law.track);
    p.stage = stage_name(c, f.law.stage);
    p.reported = day_of(f.law.reported_at);
    p.letter = letter_ready(&f);
    TRY(terms_fill(c, &f, false, &p.term, &p.terms));
    TRY(links_fill(c, p.head.request, &f, INT_NONE, &p.link, &p.links));
    TRY(ctx_alloc(c, f.law.applications + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < f.law.applications; i++)
        TRY(application_fill(c, p.head.request, &f, &f.law.application[i], &v[i]));
    p.application = v;
    p.applications = f.law.applications;
    TRY(events_fill(c, p.head.request, &p));
    return law_html(c, &out->body, &p);
}

enum err web_law_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return law_show(c, r, (struct form_errors){ 0 }, out);
}

struct undo_typed {
    int64_t version, number;
};
static const struct form_field undo_fields[] = {
    { FORM_AT(struct undo_typed, version), .kind = FORM_INT, .required = true },
    { FORM_AT(struct undo_typed, number), .kind = FORM_ID, .required = true },
};

static enum err take_back(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct undo_typed t = { 0 };

    TRY(form_read(c, r, undo_fields, COUNT(undo_fields), &t, wrong));
    return law_step_take_back(c, (struct request_id){ r->ids.id[0] }, t.version, t.number);
}

enum err web_law_undo_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = take_back(c, r, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld/law?done=undone", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return law_show(c, r, wrong, out);
}
