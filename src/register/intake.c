// SPDX-License-Identifier: EUPL-1.2
#include "register/intake.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/contact.h"
#include "register/event.h"
#include "register/right.h"
#include "store/vault.h"

#include <string.h>

#define UNNEEDED                                                                                             \
    {                                                                                                        \
        "unneeded", N_("Not needed for this question")                                                       \
    }
const struct code_name intake_homes[] = {
    { "alone", N_("Lives alone") },
    { "partner", N_("With a partner") },
    { "family", N_("With a partner and children") },
    { "single_parent", N_("Alone with children") },
    { "parents", N_("With parents") },
    { "others", N_("With others") },
    { "no_home", N_("Has no home") },
    UNNEEDED,
};
const size_t intake_home_count = COUNT(intake_homes);
const struct code_name intake_children[] = { { "no", N_("No children") },
                                             { "yes", N_("Yes, and they are safe") },
                                             { "worries", N_("Yes, and there are worries") },
                                             UNNEEDED };
const size_t intake_child_count = COUNT(intake_children);
const struct code_name intake_carers[] = {
    { "no", N_("Nobody") }, { "yes", N_("Yes") }, { "overloaded", N_("Yes, and it is too much") }, UNNEEDED
};
const size_t intake_carer_count = COUNT(intake_carers);
const struct code_name intake_interpreters[] = {
    { "no", N_("No") },
    { "ar", N_("Arabic") },
    { "en", N_("English") },
    { "fa", N_("Farsi or Dari") },
    { "pl", N_("Polish") },
    { "so", N_("Somali") },
    { "ti", N_("Tigrinya") },
    { "tr", N_("Turkish") },
    { "uk", N_("Ukrainian") },
    { "sign", N_("Sign language") },
    { "other", N_("Another language") },
};
const size_t intake_interpreter_count = COUNT(intake_interpreters);
const struct code_name intake_readings[] = { { "no", N_("No") }, { "yes", N_("Yes") }, UNNEEDED };
const size_t intake_reading_count = COUNT(intake_readings);
const struct code_name intake_other_helps[] = {
    { "none", N_("No other help") },
    { "home_care", N_("Home care") },
    { "mental", N_("Mental health care") },
    { "debt", N_("Debt help") },
    { "youth", N_("Youth help") },
    { "welfare", N_("Welfare work") },
    { "several", N_("Several") },
    { "other", N_("Something else") },
    UNNEEDED,
};
const size_t intake_other_help_count = COUNT(intake_other_helps);
const struct code_name intake_consents[] = { { "yes", N_("Yes") }, { "no", N_("No") } };
const size_t intake_consent_count = COUNT(intake_consents);
const struct code_name intake_wmos[] = { { "no", N_("No") },
                                         { "yes", N_("Yes") },
                                         { "later", N_("Not known yet") } };
const size_t intake_wmo_count = COUNT(intake_wmos);

#define SEPARATOR '\x1f' /* between the name of the referrer and the note */

/* ── Storing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

struct adding {
    const struct intake_form *f;
    struct request_id id;
};

static enum err seal_words(struct ctx *c, int64_t person, const struct intake *k, struct blob *ret_sealed)
{
    struct buf b = { 0 };

    *ret_sealed = (struct blob){ NULL, 0 };
    if (text_empty(k->referrer) && text_empty(k->note))
        return OK;
    buf_str(&b, k->referrer);
    buf_char(&b, SEPARATOR);
    buf_str(&b, k->note);
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : note_seal(c, person, buf_text(&b), ret_sealed);
    buf_free(&b);
    return e;
}

static enum err put_facts(struct ctx *c, int64_t request, int64_t person, const struct intake *k)
{
    struct blob words;

    TRY(seal_words(c, person, k, &words));
    struct sql_intake_insert_args row = { request,        k->home,    k->children,   k->carer,
                                          k->interpreter, k->reading, k->other_help, k->consent,
                                          k->heard,       k->wmo,     k->wait_until, words };
    return sql_intake_insert(c, &row);
}

/* What the facts mean for the clocks. */
static enum err put_events(struct ctx *c, struct request_id id, const struct intake_form *f)
{
    struct request_change ch = { .id = id, .version = -1, .e = EVENT_NONE };
    int64_t asked = f->request.received == c->today ? c->now : time_of_nl_day(f->request.received, 9 * 3600);

    if (text_is(f->facts.wmo, "yes")) {
        ch.e.kind = KIND_WMO_REPORTED;
        ch.e.occurred_at = asked;
        TRY(request_change(c, &ch));
    }
    if (f->facts.wait_until == DAY_NONE)
        return OK;
    ch.e = EVENT_NONE;
    ch.e.kind = KIND_PAUSED;
    ch.e.occurred_at = c->now;
    ch.e.until = time_of_nl_day(f->facts.wait_until, 0);
    ch.e.reason = "chose_to_wait";
    return request_change(c, &ch);
}

static enum err put_safe(struct ctx *c, int64_t person, const struct safe_contact *safe)
{
    struct identity who;

    TRY(person_get(c, person, &who));
    TRY(safe_contact_write(c, safe, &who.safe_contact));
    return person_change(c, person, &who);
}

static enum err insert(struct ctx *c, void *arg)
{
    struct adding *a = arg;
    struct request_form request = a->f->request;
    struct sql_request_get_row row;

    if (a->f->safe != NULL && request.person == INT_NONE)
        TRY(safe_contact_write(c, a->f->safe, &request.who.safe_contact));
    else if (a->f->safe != NULL)
        TRY(put_safe(c, request.person, a->f->safe));
    TRY(request_add(c, &request, &a->id));
    TRY(sql_request_get(c, a->id.v, &row));
    TRY(put_facts(c, a->id.v, row.person, &a->f->facts));
    TRY(put_events(c, a->id, a->f));
    if (a->f->contact == INT_NONE)
        return OK;
    struct contact_settle s = {
        .contact = a->f->contact, .seq = a->f->question, .outcome = "request", .request = a->id.v
    };
    return contact_question_settle(c, &s);
}

static enum err check_form(struct ctx *c, const struct intake_form *f)
{
    if (f->safe == NULL && f->request.person == INT_NONE && !text_empty(f->request.who.name))
        return FAIL_FIELD("safe_call", "%s", _("First ask how we can reach this person safely."));
    if (f->facts.wait_until != DAY_NONE && f->facts.wait_until <= c->today)
        return FAIL_FIELD("wait_until", "%s", _("Fill in a day after today."));
    if (f->request.person != INT_NONE)
        TRY(person_visible(c, f->request.person));
    return OK;
}

enum err intake_add(struct ctx *c, const struct intake_form *f, struct request_id *ret_id)
{
    struct adding a = { .f = f };

    TRY(may(c, RIGHT_REGISTER));
    TRY(check_form(c, f));
    TRY(db_tx(c, insert, &a));
    *ret_id = a.id;
    return OK;
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err open_words(struct ctx *c, int64_t person, struct blob sealed, struct intake *k)
{
    const char *text;
    char *copy, *end;

    if (sealed.data == NULL || person == INT_NONE)
        return OK;
    TRY(vault_open(c, person, sealed, &text));
    copy = arena_copy(c->arena, text, strlen(text));
    if (copy == NULL)
        return FAIL(E_NOMEM, "%s", "");
    end = strchr(copy, SEPARATOR);
    if (end != NULL) {
        *end = '\0';
        k->note = end[1] != '\0' ? end + 1 : NULL;
    }
    k->referrer = copy[0] != '\0' ? copy : NULL;
    return OK;
}

enum err intake_get(struct ctx *c, const struct request *r, struct intake *ret_facts, bool *ret_any)
{
    struct sql_intake_get_row *row;
    struct intake k = { .wait_until = DAY_NONE };
    size_t n;

    TRY(may(c, RIGHT_REQUEST));
    TRY(sql_intake_get(c, r->id.v, &row, &n));
    if (n > 0) {
        k = (struct intake){ .home = row->home,
                             .children = row->children,
                             .carer = row->carer,
                             .interpreter = row->interpreter,
                             .reading = row->reading,
                             .other_help = row->other_help,
                             .consent = row->consent,
                             .heard = row->heard,
                             .wmo = row->wmo,
                             .wait_until = row->wait_until };
        TRY(open_words(c, r->person, row->note, &k));
    }
    *ret_facts = k;
    *ret_any = n > 0;
    return OK;
}
