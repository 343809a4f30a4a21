// SPDX-License-Identifier: EUPL-1.2
#include "register/talk.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "register/event.h"
#include "register/right.h"
#include "store/sql.h"
#include "store/vault.h"

#include <string.h>

const struct code_name talk_places[] = {
    { "home", N_("At home") },
    { "office", N_("At our place") },
    { "outreach", N_("At school or another place outside") },
    { "partner", N_("At a partner's") },
    { "video", N_("By video") },
    { "phone", N_("By phone") },
    { "elsewhere", N_("Elsewhere") },
};
const size_t talk_place_count = COUNT(talk_places);
const struct code_name talk_people[] = {
    { "resident", N_("The resident") },
    { "representative", N_("Parent or representative") },
    { "network", N_("Someone of the own network") },
    { "carer", N_("Informal carer") },
    { "supporter", N_("Client supporter") },
    { "professional", N_("Another professional") },
};
const size_t talk_people_count = COUNT(talk_people);
const struct code_name supporter_told_answers[] = {
    { "understood", N_("Told and understood") },
    { "not_understood", N_("Told, not understood yet") },
};
const size_t supporter_told_count = COUNT(supporter_told_answers);
const struct code_name supporter_kinds[] = {
    { "welfare", N_("Client supporter of the welfare organisation") },
    { "seniors", N_("Volunteer of a seniors' union") },
    { "disabled", N_("Supporter of GOH") },
    { "youth", N_("Supporter or confidant for youth") },
    { "carers", N_("Support point for informal carers") },
    { "own", N_("Someone whom the resident chose") },
};
const size_t supporter_kind_count = COUNT(supporter_kinds);
const struct code_name carer_answers[] = {
    { "no_carer", N_("There is no informal carer") },
    { "fine", N_("The carer can manage") },
    { "heavy", N_("It is heavy for the carer") },
    { "too_heavy", N_("It is too heavy for the carer") },
};
const size_t carer_answer_count = COUNT(carer_answers);
const struct code_name choice_answers[] = {
    { "no_wish", N_("Explained; no wish") },
    { "honoured", N_("Wish known and honoured") },
    { "not_contracted", N_("Wish not honoured: no contract with that provider") },
    { "full", N_("Wish not honoured: that provider has no room") },
    { "not_fitting", N_("Wish not honoured: it does not fit the question") },
    { "no_choice", N_("Wish not honoured: help by the team has no choice of provider") },
};
const size_t choice_answer_count = COUNT(choice_answers);
const struct code_name absentees[] = {
    { "resident", N_("The resident did not come") },
    { "resident_called", N_("The resident cancelled on the day itself") },
    { "us", N_("We could not be there") },
};
const size_t absentee_count = COUNT(absentees);

/* "resident, carer", in the language of the user. */
static enum err people_text(struct ctx *c, int64_t present, const char **ret_text)
{
    struct buf b = { 0 };
    enum err e;

    for (size_t i = 0; i < talk_people_count; i++)
        if (present >> i & 1)
            buf_printf(&b, "%s%s", b.len > 0 ? ", " : "", _(talk_people[i].name));
    e = ctx_copy(c, b.len > 0 ? buf_text(&b) : "", ret_text);
    buf_free(&b);
    return e;
}

/* ── A talk ───────────────────────────────────────────────────────────────────────────────────────────────
 */

struct talk_saving {
    const struct talk_form *f;
    const struct request *r;
    int64_t worker, at;
    bool first;
};

/* A talk is typed to the minute, and what was written down before it on that day may bear a later moment: it
 * comes after that. On another day nothing is changed. */
static int64_t after_the_day(const struct request *r, int64_t at, int64_t now)
{
    if (at == TIME_NONE)
        return at;
    for (size_t i = 0; i < r->events; i++) {
        const struct event *e = &r->event[i].e;
        if (!e->undone && e->occurred_at >= at && e->occurred_at < now &&
            time_nl_day(e->occurred_at) == time_nl_day(at))
            at = e->occurred_at + 1;
    }
    return at;
}

/* What belongs to the waiting and happened later would be impossible after this talk. */
static enum err check_order(struct ctx *c, const struct talk_saving *s, int64_t at)
{
    for (size_t i = 0; i < s->r->events; i++) {
        const struct event *e = &s->r->event[i].e;
        if (!e->undone && e->occurred_at > at && !state_allows(STATE_EXPLORING, e->kind))
            return FAIL_FIELD(
                "at",
                _("After this moment it says \"%s\", which a first talk makes impossible. Choose a "
                  "later day, or have that step taken back first."),
                kind_name(c, e->kind));
    }
    return OK;
}

static enum err check_first(struct ctx *c, const struct talk_form *f)
{
    if (text_is(f->place, "phone"))
        return FAIL_FIELD("place", "%s",
                          _("A phone call does not stop the waiting. Register it as a call instead."));
    if ((f->present & (PRESENT_RESIDENT | PRESENT_REPRESENTATIVE)) == 0)
        return FAIL_FIELD("present", "%s",
                          _("A first talk is with the resident, or with who stands for them."));
    if (text_empty(f->next_step))
        return FAIL_FIELD("next_step", "%s", _("Write down what you agreed to do next."));
    return OK;
}

static enum err check_talk(struct ctx *c, const struct talk_saving *s)
{
    const struct talk_form *f = s->f;

    if (f->at == TIME_NONE)
        return FAIL_FIELD("at", "%s", _("Fill in when the talk was."));
    if (f->at > c->now + 60)
        return FAIL_FIELD("at", "%s", _("This moment is in the future. Make an appointment instead."));
    if (s->at < s->r->now.received_at)
        return FAIL_FIELD("at", "%s", _("This date is before the resident asked for help."));
    if (f->present == 0)
        return FAIL_FIELD("present", "%s", _("Choose who was there."));
    if (f->next_at != TIME_NONE && f->next_at <= f->at)
        return FAIL_FIELD("next_at", "%s", _("The next appointment must be after this talk."));
    if (s->first && s->worker == INT_NONE)
        return FAIL(E_CONFLICT, "%s",
                    _("Give this request to a worker first. A first talk is with who is going to help."));
    if (!s->first)
        return OK;
    TRY(check_order(c, s, s->at));
    return check_first(c, f);
}

static enum err add_simple(struct ctx *c, struct request_id id, struct event e, const char *note)
{
    int64_t seq;

    return care_event_add(c, &(struct care_event){ id, -1, e, note }, &seq);
}

/* What is asked in nearly every first talk. */
static enum err add_told(struct ctx *c, struct request_id id, int64_t at, const struct told_form *t)
{
    const struct {
        enum kind kind;
        const char *code;
    } told[] = { { KIND_SUPPORTER_TOLD, t->supporter_told },
                 { KIND_SUPPORTER_USED, t->supporter_used },
                 { KIND_CARER_ASKED, t->carer },
                 { KIND_CHOICE_EXPLAINED, t->choice } };
    bool noted = !text_empty(t->carer); /* how a carer is doing is content: then the text goes with that */

    for (size_t i = 0; i < COUNT(told); i++) {
        bool carer = told[i].kind == KIND_CARER_ASKED;
        if (text_empty(told[i].code))
            continue;
        struct event e = event_now(c, told[i].kind, at, 0);
        e.reason = told[i].code;
        if (told[i].kind == KIND_SUPPORTER_TOLD)
            e.number = text_is(told[i].code, "understood");
        if (told[i].kind == KIND_CHOICE_EXPLAINED)
            e.number = !text_is(told[i].code, "no_wish"); /* 1: there was a wish */
        TRY(add_simple(c, id, e, carer || !noted ? t->note : NULL));
        noted = true;
    }
    return OK;
}

static enum err save_talk(struct ctx *c, void *arg)
{
    const struct talk_saving *s = arg;
    const struct talk_form *f = s->f;
    int64_t seq, seen = f->seen;
    struct blob next_step;

    struct event e = event_now(c, s->first ? KIND_FIRST_TALK : KIND_TALK, s->at, 0);
    e.worker = s->worker;
    TRY(care_event_add(c, &(struct care_event){ f->request, seen, e, f->note }, &seq));
    TRY(note_seal(c, s->r->person, f->next_step, &next_step));
    struct sql_talk_insert_args row = { f->request.v, seq, f->place, f->present, next_step };
    TRY(sql_talk_insert(c, &row));
    struct told_form told = { .supporter_told = f->supporter_told, .carer = f->carer };
    TRY(add_told(c, f->request, s->at, &told));
    if (f->next_at != TIME_NONE) {
        struct event next = event_now(c, KIND_APPOINTMENT, s->at, 0);
        next.until = f->next_at;
        next.reason = "office"; /* where: as long as nothing else is said, at our place */
        TRY(add_simple(c, f->request, next, NULL));
    }
    return care_store(c, f->request.v);
}

enum err talk_open(struct ctx *c, struct request_id id, struct request *ret_request)
{
    struct request r;

    TRY(may(c, RIGHT_CASE));
    TRY(request_get(c, id, &r));
    /* nobody is going to help yet: the worker who talks first does */
    if (r.now.waiting && r.now.worker == INT_NONE && c->actor->worker != INT_NONE && r.person != INT_NONE) {
        *ret_request = r;
        return OK;
    }
    return care_open(c, id, ret_request);
}

enum err talk_add(struct ctx *c, const struct talk_form *f)
{
    struct request r;
    struct talk_saving s = { .f = f, .r = &r };

    TRY(talk_open(c, f->request, &r));
    s.first = r.now.waiting;
    s.at = after_the_day(&r, f->at, c->now);
    s.worker = f->worker != INT_NONE ? f->worker : r.now.worker != INT_NONE ? r.now.worker : c->actor->worker;
    TRY(check_talk(c, &s));
    return db_tx(c, save_talk, &s);
}

enum err talk_all(struct ctx *c, const struct request *r, struct talk **ret_talk, size_t *ret_n)
{
    struct sql_talk_all_row *row;
    struct talk *t;
    size_t rows, n = 0;

    *ret_n = 0;
    if (!r->content)
        return OK;
    TRY(sql_talk_all(c, r->id.v, &row, &rows));
    TRY(ctx_alloc(c, r->events + 1, sizeof *t, (void *)&t));
    for (size_t i = 0; i < r->events; i++) {
        const struct request_event *e = &r->event[i];
        if ((e->e.kind != KIND_FIRST_TALK && e->e.kind != KIND_TALK) || e->e.undone)
            continue;
        t[n] = (struct talk){ .seq = e->e.seq,
                              .at = e->e.occurred_at,
                              .worker = e->e.worker,
                              .first = e->e.kind == KIND_FIRST_TALK,
                              .note = e->note,
                              .who = e->who };
        for (size_t k = 0; k < rows; k++) {
            if (row[k].seq != e->e.seq)
                continue;
            t[n].place = row[k].place;
            TRY(people_text(c, row[k].present, &t[n].people));
            if (row[k].next_step.data != NULL)
                TRY(vault_open(c, r->person, row[k].next_step, &t[n].next_step));
        }
        n++;
    }
    *ret_talk = t;
    *ret_n = n;
    return OK;
}

/* ── Appointments ─────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err add_one(struct ctx *c, void *arg)
{
    int64_t seq;

    return care_event_add(c, arg, &seq);
}

enum err appointment_add(struct ctx *c, const struct appointment_form *f)
{
    struct care_event add = { f->request, f->seen, event_now(c, KIND_APPOINTMENT, c->now, 0), NULL };

    TRY(may(c, RIGHT_EVENT));
    if (f->at == TIME_NONE || f->at <= c->now)
        return FAIL_FIELD("at", "%s", _("Fill in a moment that is still to come."));
    if (f->at > c->now + 400ll * SECONDS_A_DAY)
        return FAIL_FIELD("at", "%s", _("This is more than a year from now."));
    add.e.until = f->at;
    add.e.reason = f->place;
    return db_tx(c, add_one, &add);
}

enum err no_show_add(struct ctx *c, const struct no_show_form *f)
{
    struct care_event add = { f->request, f->seen, EVENT_NONE, f->note };

    TRY(may(c, RIGHT_EVENT));
    if (f->day == DAY_NONE || f->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    if (text_empty(f->by))
        return FAIL_FIELD("by", "%s", _("Choose why it did not take place."));
    add.e = event_now(c, KIND_NO_SHOW, care_moment(c, f->day, TIME_NONE), 0);
    add.e.reason = f->by;
    return db_tx(c, add_one, &add);
}

int64_t appointment_next(const struct request *r, int64_t now)
{
    int64_t next = TIME_NONE;

    for (size_t i = 0; i < r->events; i++) {
        const struct event *e = &r->event[i].e;
        if (e->undone)
            continue;
        if (e->kind == KIND_APPOINTMENT && e->until >= now && (next == TIME_NONE || e->until < next))
            next = e->until;
        if (e->kind == KIND_NO_SHOW && next != TIME_NONE && time_nl_day(next) == time_nl_day(e->occurred_at))
            next = TIME_NONE;
    }
    return next;
}

/* ── Told and asked ───────────────────────────────────────────────────────────────────────────────────────
 */

static enum err save_told(struct ctx *c, void *arg)
{
    const struct told_form *f = arg;
    struct sql_request_get_row row;

    TRY(sql_request_get(c, f->request.v, &row));
    if (f->seen >= 0 && row.version != f->seen)
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed this request in the meantime. Look at the new state first."));
    return add_told(c, f->request, care_moment(c, f->day, row.received_at), f);
}

enum err told_add(struct ctx *c, const struct told_form *f)
{
    struct told_form copy = *f;

    TRY(may(c, RIGHT_EVENT));
    if (f->day == DAY_NONE || f->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    if (text_empty(f->supporter_told) && text_empty(f->supporter_used) && text_empty(f->carer) &&
        text_empty(f->choice))
        return FAIL_FIELD("supporter_told", "%s", _("Choose at least one thing that was told or asked."));
    return db_tx(c, save_told, &copy);
}

struct told told_of(const struct request *r)
{
    struct told t = { 0 };

    for (size_t i = 0; i < r->events; i++) {
        const struct event *e = &r->event[i].e;
        if (e->undone)
            continue;
        if (e->kind == KIND_SUPPORTER_TOLD)
            t.supporter_told = e->reason != NULL ? e->reason : "understood";
        else if (e->kind == KIND_SUPPORTER_USED)
            t.supporter_used = e->reason != NULL ? e->reason : "own";
        else if (e->kind == KIND_CARER_ASKED)
            t.carer = e->reason;
        else if (e->kind == KIND_CHOICE_EXPLAINED)
            t.choice = e->reason;
    }
    return t;
}

enum err supporter_counts(struct ctx *c, int64_t from, int64_t to, struct supporter_count **ret_count,
                          size_t *ret_n)
{
    struct sql_supporter_counts_row *row;
    struct supporter_count *count;
    size_t n;

    TRY(may(c, RIGHT_FIGURES));
    TRY(sql_supporter_counts(c, from, to, &row, &n));
    TRY(ctx_alloc(c, supporter_kind_count, sizeof *count, (void *)&count));
    for (size_t i = 0; i < supporter_kind_count; i++) {
        count[i] = (struct supporter_count){ supporter_kinds[i].code, 0 };
        for (size_t k = 0; k < n; k++)
            if (text_is(row[k].kind, supporter_kinds[i].code))
                count[i].requests = row[k].requests;
    }
    *ret_count = count;
    *ret_n = supporter_kind_count;
    return OK;
}
