// SPDX-License-Identifier: EUPL-1.2
#include "register/agreement.h"

#include "base/text.h"
#include "register/right.h"
#include "store/sql.h"

const char *const agreement_verdict_code[AGREEMENT_VERDICTS + 1] = { "not_kept", "kept", "partly", NULL };
static const char *const verdict_name[AGREEMENT_VERDICTS] = { N_("Not kept"), N_("Kept"), N_("Partly kept") };
static const struct code_name steps[] = {
    { "added", N_("Agreed") },
    { "changed", N_("Changed") },
    { "judged", N_("Judged") },
    { "ended", N_("Ended") },
};

const char *agreement_verdict_name(const struct ctx *c, int64_t verdict)
{
    return verdict >= 0 && verdict < AGREEMENT_VERDICTS ? _(verdict_name[verdict]) : _("Not judged yet");
}

const char *agreement_step_name(const struct ctx *c, const char *code)
{
    return code_text(c, steps, COUNT(steps), code);
}

#define AGREEMENT(row)                                                                                       \
    ((struct agreement){ .id = (row).id,                                                                     \
                         .version = (row).version,                                                           \
                         .partner = (row).partner,                                                           \
                         .partner_name = (row).partner_name,                                                 \
                         .text = (row).text,                                                                 \
                         .norm = (row).norm,                                                                 \
                         .owner = (row).owner,                                                               \
                         .owner_name = (row).owner_name,                                                     \
                         .starts_on = (row).starts_on,                                                       \
                         .review_on = (row).review_on,                                                       \
                         .ends_on = (row).ends_on,                                                           \
                         .kept = (row).kept,                                                                 \
                         .judged_on = (row).judged_on })

static enum err list_all(struct ctx *c, struct agreement **ret_row, size_t *ret_n)
{
    struct sql_agreement_all_row *row;
    size_t n;

    TRY(sql_agreement_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_row, (void *)ret_row));
    for (size_t i = 0; i < n; i++)
        (*ret_row)[i] = AGREEMENT(row[i]);
    *ret_n = n;
    return OK;
}

enum err agreement_list(struct ctx *c, int64_t partner, struct agreement **ret_row, size_t *ret_n)
{
    struct sql_agreement_of_partner_row *row;
    size_t n;

    TRY(may(c, RIGHT_PARTNER));
    if (partner == INT_NONE)
        return list_all(c, ret_row, ret_n);
    TRY(sql_agreement_of_partner(c, partner, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_row, (void *)ret_row));
    for (size_t i = 0; i < n; i++)
        (*ret_row)[i] = AGREEMENT(row[i]);
    *ret_n = n;
    return OK;
}

enum err agreement_due(struct ctx *c, int32_t before, int64_t owner, struct agreement **ret_row,
                       size_t *ret_n)
{
    struct sql_agreement_due_row *row;
    size_t n;

    TRY(may(c, RIGHT_PARTNER));
    TRY(sql_agreement_due(c, before, owner, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_row, (void *)ret_row));
    for (size_t i = 0; i < n; i++)
        (*ret_row)[i] = AGREEMENT(row[i]);
    *ret_n = n;
    return OK;
}

enum err agreement_get(struct ctx *c, int64_t id, struct agreement *ret_agreement)
{
    struct sql_agreement_get_row row;

    TRY(may(c, RIGHT_PARTNER));
    TRY(sql_agreement_get(c, id, &row));
    *ret_agreement = AGREEMENT(row);
    return OK;
}

/* Whose key seals the remarks: the keeper of the partner. */
static enum err keeper_of(struct ctx *c, int64_t partner, int64_t *ret_keeper)
{
    struct sql_partner_get_row row;

    TRY(sql_partner_get(c, partner, &row));
    *ret_keeper = row.keeper;
    return OK;
}

enum err agreement_history(struct ctx *c, int64_t id, const struct happening **ret_h, size_t *ret_n)
{
    struct agreement a;
    struct history_of what = { .object = "agreement", .id = id, .seen = -1 };

    TRY(agreement_get(c, id, &a));
    TRY(keeper_of(c, a.partner, &what.person));
    if (!role_may(c->actor->role, RIGHT_PARTNER_EDIT) && !role_may(c->actor->role, RIGHT_CONTACT))
        what.person = INT_NONE; /* the steps, without what was written about them */
    return history_all(c, &what, ret_h, ret_n);
}

/* ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err step_add(struct ctx *c, struct agreement *a, int64_t seen, const struct happening *h)
{
    struct history_of what = { .object = "agreement", .id = a->id, .seen = seen };

    TRY(keeper_of(c, a->partner, &what.person));
    return history_add(c, &what, h, &a->version);
}

static enum err put(struct ctx *c, const struct agreement *a)
{
    struct sql_agreement_put_args row = { a->id,        a->version,   a->text,    a->norm, a->owner,
                                          a->starts_on, a->review_on, a->ends_on, a->kept, a->judged_on };

    return sql_agreement_put(c, &row);
}

struct saving {
    const struct agreement_form *f;
    int64_t id;
};

static enum err insert(struct ctx *c, struct saving *s)
{
    const struct agreement_form *f = s->f;
    struct sql_agreement_insert_args row = { 1,        f->partner,   f->text,     f->norm,
                                             f->owner, f->starts_on, f->review_on };
    struct sql_agreement_insert_row added;
    struct sql_partner_get_row partner;
    struct agreement a = { .partner = f->partner };
    struct happening h = HAPPENING_NONE;

    TRY(sql_partner_get(c, f->partner, &partner));
    TRY(sql_agreement_insert(c, &row, &added));
    a.id = s->id = added.id;
    h.kind = "added";
    TRY(step_add(c, &a, -1, &h));
    if (text_is(partner.stage, partner_stages[PARTNER_STAGES - 1].code))
        return OK;
    struct partner_step reached = { f->partner, -1, partner_stages[PARTNER_STAGES - 1].code,
                                    f->starts_on < c->today ? f->starts_on : c->today };
    return partner_reach(c, &reached);
}

static enum err save(struct ctx *c, void *arg)
{
    struct saving *s = arg;
    const struct agreement_form *f = s->f;
    struct sql_agreement_get_row row;
    struct happening h = HAPPENING_NONE;

    if (f->id == INT_NONE)
        return insert(c, s);
    TRY(sql_agreement_get(c, f->id, &row));
    struct agreement a = AGREEMENT(row);
    h.kind = "changed";
    TRY(step_add(c, &a, f->version, &h));
    a.text = f->text;
    a.norm = f->norm;
    a.owner = f->owner;
    a.starts_on = f->starts_on;
    a.review_on = f->review_on;
    s->id = a.id;
    return put(c, &a);
}

enum err agreement_save(struct ctx *c, const struct agreement_form *f, int64_t *ret_id)
{
    struct saving s = { .f = f };

    TRY(may(c, RIGHT_PARTNER_EDIT));
    if (text_empty(f->text))
        return FAIL_FIELD("text", "%s", _("Write down what was agreed."));
    if (text_empty(f->norm))
        return FAIL_FIELD("norm", "%s",
                          _("Write down by what you see that it is kept, such as a number of days."));
    if (f->owner == INT_NONE)
        return FAIL_FIELD("owner", "%s", _("Choose who looks after it."));
    if (f->starts_on == DAY_NONE)
        return FAIL_FIELD("starts_on", "%s", _("Fill in since when it holds."));
    if (f->review_on == DAY_NONE || f->review_on <= f->starts_on)
        return FAIL_FIELD("review_on", "%s",
                          _("Fill in a day after the start on which you look at it again."));
    TRY(db_tx(c, save, &s));
    *ret_id = s.id;
    return OK;
}

static int64_t moment(const struct ctx *c, int32_t day)
{
    int64_t noon = time_of_nl_day(day, 12 * 3600);

    return day == c->today && noon > c->now ? c->now : noon;
}

/* The agreement, which must hold on the day. */
static enum err running_get(struct ctx *c, const struct agreement_judgement *j, struct agreement *ret)
{
    struct sql_agreement_get_row row;

    TRY(sql_agreement_get(c, j->id, &row));
    *ret = AGREEMENT(row);
    if (ret->ends_on != DAY_NONE)
        return FAIL(E_CONFLICT, "%s", _("This agreement has ended."));
    if (j->day < ret->starts_on)
        return FAIL_FIELD("day", "%s", _("This day is before the agreement began."));
    return OK;
}

static enum err judge(struct ctx *c, void *arg)
{
    const struct agreement_judgement *j = arg;
    struct happening h = HAPPENING_NONE;
    struct agreement a;

    TRY(running_get(c, j, &a));
    h.kind = "judged";
    h.number = j->verdict;
    h.note = j->remark;
    h.occurred_at = moment(c, j->day);
    TRY(step_add(c, &a, j->version, &h));
    a.kept = j->verdict;
    a.judged_on = j->day;
    a.review_on = j->review_on;
    return put(c, &a);
}

enum err agreement_judge(struct ctx *c, const struct agreement_judgement *j)
{
    struct agreement_judgement copy = *j;

    TRY(may(c, RIGHT_PARTNER_EDIT));
    if (j->verdict < 0 || j->verdict >= AGREEMENT_VERDICTS)
        return FAIL_FIELD("verdict", "%s", _("Choose whether it was kept."));
    if (j->verdict != AGREEMENT_KEPT && text_empty(j->remark))
        return FAIL_FIELD("remark", "%s", _("Say what was not kept and what happens now."));
    if (j->day == DAY_NONE || j->day > c->today)
        return FAIL_FIELD("day", "%s", _("Fill in the day of the judgement, today or earlier."));
    if (j->review_on == DAY_NONE || j->review_on <= j->day)
        return FAIL_FIELD("review_on", "%s", _("Fill in a later day on which you look at it again."));
    return db_tx(c, judge, &copy);
}

static enum err end(struct ctx *c, void *arg)
{
    const struct agreement_judgement *j = arg;
    struct happening h = HAPPENING_NONE;
    struct agreement a;

    TRY(running_get(c, j, &a));
    h.kind = "ended";
    h.occurred_at = moment(c, j->day);
    TRY(step_add(c, &a, j->version, &h));
    a.ends_on = j->day;
    return put(c, &a);
}

enum err agreement_end(struct ctx *c, int64_t id, int64_t version, int32_t day)
{
    struct agreement_judgement j = { .id = id, .version = version, .day = day };

    TRY(may(c, RIGHT_PARTNER_EDIT));
    if (day == DAY_NONE || day > c->today)
        return FAIL_FIELD("day", "%s", _("Fill in the day on which it ended, today or earlier."));
    return db_tx(c, end, &j);
}

enum err agreement_owners(struct ctx *c, struct agreement_owner **ret_owner, size_t *ret_n)
{
    struct sql_agreement_owners_row *row;
    size_t n;

    TRY(may(c, RIGHT_PARTNER_EDIT));
    TRY(sql_agreement_owners(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_owner, (void *)ret_owner));
    for (size_t i = 0; i < n; i++)
        (*ret_owner)[i] = (struct agreement_owner){ row[i].id, row[i].name };
    *ret_n = n;
    return OK;
}
