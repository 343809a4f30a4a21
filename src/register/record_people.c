// SPDX-License-Identifier: EUPL-1.2
/* What stands around a resident: call-backs, contacts, household, helpers, declared ties, referrals. */
#include "register/callback.h"
#include "register/record_core.h"

/* ── Call-backs ───────────────────────────────────────────────────────────────────────────────────────────
 */

static bool ends_callback(const char *kind)
{
    return text_is(kind, "reached") || text_is(kind, "unreachable") || text_is(kind, "withdrawn");
}

static enum err same_callback(struct ctx *c, const struct sql_callback_after_row *row, const struct played *p,
                              bool *ret_same)
{
    const char *state = callback_state_code(CALLBACK_OPEN);
    int64_t attempts = 0, tried_at = TIME_NONE, done_at = TIME_NONE, owner = row->owner;

    (void)c;
    for (size_t i = 0; i < p->n; i++) {
        const struct happening *h = &p->h[i];
        attempts += text_is(h->kind, "not_reached");
        if (text_is(h->kind, "not_reached") || text_is(h->kind, "reached"))
            tried_at = h->occurred_at;
        if (text_is(h->kind, "given"))
            owner = h->number;
        if (ends_callback(h->kind)) {
            state = h->kind;
            done_at = h->occurred_at;
        }
    }
    *ret_same = p->n > 0 && row->version == (int64_t)p->n && text_is(row->state, state) &&
                row->attempts == attempts && row->tried_at == tried_at && row->done_at == done_at &&
                row->owner == owner;
    return OK;
}

/* ── Contacts ─────────────────────────────────────────────────────────────────────────────────────────────
 */

/* What became of a question: as it was written down, until a step says otherwise. */
static enum err same_contact(struct ctx *c, const struct sql_contact_after_row *row, const struct played *p,
                             bool *ret_same)
{
    struct sql_contact_answers_row *q;
    size_t n;

    TRY(sql_contact_answers(c, row->id, &q, &n));
    *ret_same = row->withdrawn == (record_last(p, "withdrawn") != NULL);
    for (size_t i = 0; i < p->n; i++) {
        const struct happening *h = &p->h[i];
        if (text_is(h->kind, "settled") &&
            (h->number < 1 || h->number > (int64_t)n || !text_is(q[h->number - 1].outcome, h->reason)))
            *ret_same = false;
    }
    return OK;
}

/* ── Household, helpers ───────────────────────────────────────────────────────────────────────────────────
 */

/* Everyone who joined is there since that day, and who left is there until that day. */
static enum err same_household(struct ctx *c, const struct sql_household_after_row *row,
                               const struct played *p, bool *ret_same)
{
    struct sql_household_lives_row *lives;
    size_t n, joined = 0, left = 0, ended = 0;
    bool same = row->version == (int64_t)p->n;

    TRY(sql_household_lives(c, row->id, &lives, &n));
    for (size_t k = 0; k < n; k++)
        ended += lives[k].ends_on != DAY_NONE;
    for (size_t i = 0; i < p->n; i++) {
        const struct happening *h = &p->h[i];
        bool joins = text_is(h->kind, "joined"), found = false;
        joined += joins;
        left += !joins;
        for (size_t k = 0; k < n; k++)
            found = found || (lives[k].person == h->number &&
                              (joins ? lives[k].starts_on : lives[k].ends_on) == record_day(h));
        same = same && found;
    }
    *ret_same = same && joined == n && left == ended;
    return OK;
}

static enum err same_helper(struct ctx *c, const struct sql_network_after_row *row, const struct played *p,
                            bool *ret_same)
{
    const struct happening *last = p->n > 0 ? &p->h[p->n - 1] : NULL;
    bool ended = record_last(p, "ended") != NULL;

    (void)c;
    *ret_same = last != NULL && row->version == (int64_t)p->n && text_is(row->told, last->reason) &&
                (!text_is(last->kind, "ended") || row->ends_on != DAY_NONE) &&
                (ended || row->ends_on == DAY_NONE || p->n == 1);
    return OK;
}

/* ── Declared ties, referrals ─────────────────────────────────────────────────────────────────────────────
 */

static enum err same_claim(struct ctx *c, const struct sql_claim_after_row *row, const struct played *p,
                           bool *ret_same)
{
    const struct happening *confirmed = record_last(p, "confirmed"), *ended = record_last(p, "ended");
    const struct happening *judged = ended != NULL ? ended : confirmed;

    (void)c;
    *ret_same = p->n > 0 && row->version == (int64_t)p->n && row->declared_at == p->h[0].recorded_at &&
                row->confirmed_at == (confirmed != NULL ? confirmed->recorded_at : TIME_NONE) &&
                row->confirmed_by == (judged != NULL ? judged->account : INT_NONE) &&
                row->ended_at == (ended != NULL ? ended->recorded_at : TIME_NONE) &&
                (ended != NULL || row->blocks > 0);
    return OK;
}

static enum err same_referral(struct ctx *c, const struct sql_referral_after_row *row, const struct played *p,
                              bool *ret_same)
{
    const struct happening *first = NULL, *answered = record_last(p, "answered"), *checked = NULL;

    (void)c;
    for (size_t i = p->n; i > 0; i--)
        if (text_is(p->h[i - 1].kind, "answered"))
            first = &p->h[i - 1];
    for (size_t i = 0; i < p->n; i++)
        if (text_is(p->h[i].kind, "checked") || text_is(p->h[i].kind, "unchecked"))
            checked = text_is(p->h[i].kind, "checked") ? &p->h[i] : NULL;
    *ret_same = p->n > 0 && row->version == (int64_t)p->n && row->consent == row->given &&
                row->answered_at == (first != NULL ? first->occurred_at : TIME_NONE) &&
                text_is(row->answer, answered != NULL ? answered->reason : NULL) &&
                row->checked_at == (checked != NULL ? checked->occurred_at : TIME_NONE) &&
                text_is(row->arrival, checked != NULL ? checked->reason : NULL);
    return OK;
}

RECORD_CHECK(check_callbacks, callback_after, "callback", "callback", same_callback);
RECORD_CHECK(check_contacts, contact_after, "contact", "contact", same_contact);
RECORD_CHECK(check_households, household_after, "household", "household", same_household);
RECORD_CHECK(check_helpers, network_after, "network", "network", same_helper);
RECORD_CHECK(check_claims, claim_after, "access_claim", "access_claim", same_claim);
RECORD_CHECK(check_referrals, referral_after, "referral", "referral", same_referral);

enum err record_check_people(struct ctx *c, struct records *r)
{
    TRY(check_callbacks(c, r));
    TRY(check_contacts(c, r));
    TRY(check_households(c, r));
    TRY(check_helpers(c, r));
    TRY(check_claims(c, r));
    return check_referrals(c, r);
}
