// SPDX-License-Identifier: EUPL-1.2
#include "register/law_setting.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/right.h"
#include "register/setting.h"
#include "store/sql.h"

#include <string.h>

static const struct law_setting all[] = {
    { "law.decides", N_("Who decides on applications"), NULL, LAW_SETTING_PARTY, 0 },
    { "law.other_weeks", N_("Decision outside the Social Support Act within"), N_("weeks"),
      LAW_SETTING_NUMBER, 52 },
    { "law.receipt_days", N_("Receipt confirmed within"), N_("working days"), LAW_SETTING_NUMBER, 60 },
    { "law.provider_weeks", N_("Complaint under the own scheme answered within"), N_("weeks"),
      LAW_SETTING_NUMBER, 52 },
    { "law.youth_weeks", N_("Ruling on a complaint about youth help within"), N_("weeks"), LAW_SETTING_NUMBER,
      52 },
    { "law.penalty", N_("Penalty a day, for days 1-14, 15-28 and 29-42"), N_("euros"), LAW_SETTING_EUROS, 0 },
};
const size_t law_setting_count = COUNT(all);

const struct law_setting *law_setting_find(const char *name)
{
    for (size_t i = 0; i < law_setting_count; i++)
        if (text_is(all[i].name, name))
            return &all[i];
    return NULL;
}

/* ── What is counted with ─────────────────────────────────────────────────────────────────────────────────
 */

static void take_number(const char *value, int64_t highest, int *ret_number)
{
    int64_t v;

    if (text_to_int(value, &v) && v >= 1 && v <= highest)
        *ret_number = (int)v;
}

/* What the settings of before there were first days say, or nothing was chosen. */
static enum err read_base(struct ctx *c, struct law_options *o)
{
    struct sql_setting_all_row *row;
    size_t n;

    if (!penalty_rates_parse(PENALTY_DEFAULT, &o->penalty))
        return FAIL(E_CORRUPT, "%s", "penalty");
    TRY(sql_setting_all(c, &row, &n));
    for (size_t i = 0; i < n; i++) {
        if (text_is(row[i].name, "law.decides"))
            o->mandate = text_is(row[i].value, party_code(PARTY_US));
        if (text_is(row[i].name, "law.other_weeks"))
            take_number(row[i].value, 52, &o->other_weeks);
        if (text_is(row[i].name, "law.provider_weeks"))
            take_number(row[i].value, 52, &o->provider_weeks);
        if (text_is(row[i].name, "law.youth_weeks"))
            take_number(row[i].value, 52, &o->youth_weeks);
        if (text_is(row[i].name, "law.receipt_days"))
            take_number(row[i].value, 60, &o->receipt_days);
        if (text_is(row[i].name, "law.penalty") && !penalty_rates_parse(row[i].value, &o->penalty))
            return FAIL(E_CORRUPT, "%s", _("The setting \"law.penalty\" is no list of days and amounts."));
    }
    return OK;
}

/* "2024-01-01 23 35 45" */
static bool parse_euros(const char *value, int32_t from, struct penalty_rate *ret_rate)
{
    struct penalty_rates one;
    char text[80];

    date_iso(from, text);
    text[10] = ' ';
    text_copy(text + 11, sizeof text - 11, value);
    if (strlen(value) > 60 || !penalty_rates_parse(text, &one) || one.n != 1)
        return false;
    *ret_rate = one.rate[0];
    return true;
}

/* Rates stay in the order of their first day; one of the same day takes the place of the other. */
static bool put_rate(struct penalty_rates *rates, const struct penalty_rate *rate)
{
    size_t at = 0;

    while (at < rates->n && rates->rate[at].from < rate->from)
        at++;
    bool same = at < rates->n && rates->rate[at].from == rate->from;
    if (!same && rates->n == PENALTY_RATES)
        return false;
    if (!same) {
        memmove(&rates->rate[at + 1], &rates->rate[at], (rates->n - at) * sizeof *rate);
        rates->n++;
    }
    rates->rate[at] = *rate;
    return true;
}

enum err law_options_get(struct ctx *c, struct law_options *ret_options)
{
    struct law_options o = LAW_OPTIONS_DEFAULT;
    struct sql_law_setting_all_row *row;
    struct law_change *change;
    struct penalty_rate rate;
    size_t n;

    TRY(read_base(c, &o));
    TRY(sql_law_setting_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *change, (void *)&change));
    for (size_t i = 0; i < n; i++) {
        const struct law_setting *s = law_setting_find(row[i].name);
        int64_t number = text_is(row[i].value, party_code(PARTY_US));
        bool good = s != NULL;
        if (good && s->kind == LAW_SETTING_NUMBER)
            good = text_to_int(row[i].value, &number) && number >= 1 && number <= s->highest;
        if (good && s->kind == LAW_SETTING_EUROS)
            good = parse_euros(row[i].value, row[i].from_day, &rate) && put_rate(&o.penalty, &rate);
        if (!good)
            return FAIL(E_CORRUPT, _("The setting \"%s\" holds something that cannot be right."),
                        row[i].name);
        if (s->kind != LAW_SETTING_EUROS)
            change[o.changes++] = (struct law_change){ s->name, row[i].from_day, (int)number };
    }
    o.change = change;
    *ret_options = o;
    return OK;
}

/* ── For a page ───────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err base_value(struct ctx *c, const struct law_setting *s, const char **ret_value)
{
    struct law_options o = LAW_OPTIONS_DEFAULT;
    struct buf b = { 0 };

    TRY(read_base(c, &o));
    const struct penalty_rate *last = &o.penalty.rate[o.penalty.n - 1];
    int number = text_is(s->name, "law.other_weeks")      ? o.other_weeks
                 : text_is(s->name, "law.receipt_days")   ? o.receipt_days
                 : text_is(s->name, "law.provider_weeks") ? o.provider_weeks
                                                          : o.youth_weeks;
    if (s->kind == LAW_SETTING_PARTY)
        buf_str(&b, party_code(o.mandate ? PARTY_US : PARTY_MUNICIPALITY));
    else if (s->kind == LAW_SETTING_EUROS)
        buf_printf(&b, "%lld %lld %lld", (long long)last->first, (long long)last->second,
                   (long long)last->third);
    else
        buf_printf(&b, "%d", number);
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&b), ret_value);
    buf_free(&b);
    return e;
}

enum err law_setting_rows(struct ctx *c, const struct law_setting_row **ret_row, size_t *ret_n,
                          int64_t *ret_seen)
{
    struct sql_law_setting_all_row *row;
    struct law_setting_row *out;
    size_t n, k = 0;

    TRY(may(c, RIGHT_SETTINGS));
    TRY(sql_law_setting_all(c, &row, &n));
    TRY(ctx_alloc(c, n + law_setting_count + 1, sizeof *out, (void *)&out));
    for (size_t s = 0; s < law_setting_count; s++) {
        size_t holds = k;
        out[k] = (struct law_setting_row){ .of = &all[s], .from = DAY_NONE, .recorded_at = TIME_NONE };
        TRY(base_value(c, &all[s], &out[k++].value));
        for (size_t i = 0; i < n; i++) {
            if (!text_is(row[i].name, all[s].name))
                continue;
            if (row[i].from_day <= c->today)
                holds = k;
            out[k++] = (struct law_setting_row){ .of = &all[s],
                                                 .seq = row[i].seq,
                                                 .recorded_at = row[i].recorded_at,
                                                 .from = row[i].from_day,
                                                 .value = row[i].value,
                                                 .reason = row[i].reason,
                                                 .who = row[i].who };
        }
        out[holds].now = true;
    }
    *ret_row = out;
    *ret_n = k;
    *ret_seen = (int64_t)n;
    return OK;
}

/* ── Choosing ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_value(struct ctx *c, const struct law_setting *s, const struct law_setting_form *f)
{
    struct penalty_rate rate;
    int64_t number;

    if (s->kind == LAW_SETTING_PARTY && !text_is(f->value, party_code(PARTY_US)) &&
        !text_is(f->value, party_code(PARTY_MUNICIPALITY)))
        return FAIL_FIELD("value", "%s", _("Choose one of the list."));
    if (s->kind == LAW_SETTING_NUMBER &&
        (!text_to_int(f->value, &number) || number < 1 || number > s->highest))
        return FAIL_FIELD("value", _("Fill in a number from 1 to %lld."), (long long)s->highest);
    if (s->kind == LAW_SETTING_EUROS && !parse_euros(f->value, f->from, &rate))
        return FAIL_FIELD("value", "%s", _("Fill in three amounts in whole euros, such as 23 35 45."));
    return OK;
}

static enum err check_form(struct ctx *c, const struct law_setting_form *f)
{
    const struct law_setting *s = law_setting_find(f->name);

    if (s == NULL)
        return FAIL_FIELD("name", "%s", _("Choose one of the list."));
    if (f->from == DAY_NONE)
        return FAIL_FIELD("from", "%s", _("Fill in from which day this holds."));
    if (f->from < c->today - LAW_SETTING_BACK || f->from > c->today + 2 * LAW_SETTING_BACK)
        return FAIL_FIELD("from", "%s", _("This date is too far away."));
    if (text_empty(f->reason) || strlen(f->reason) < 3)
        return FAIL_FIELD("reason", "%s", _("Write down why, such as the bylaw or the law that changed."));
    return check_value(c, s, f);
}

static enum err add(struct ctx *c, void *arg)
{
    const struct law_setting_form *f = arg;
    const struct law_setting_row *row;
    struct setting_step told = {
        .object = "setting", .name = f->name, .new_value = f->value, .announced = true
    };
    struct law_options o;
    int64_t seen, seq = 0;
    char from[11];
    size_t n;

    TRY(law_setting_rows(c, &row, &n, &seen));
    if (f->seen >= 0 && f->seen != seen)
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed a term in the meantime. Look at the list first."));
    for (size_t i = 0; i < n; i++)
        if (text_is(row[i].of->name, f->name)) {
            seq = row[i].seq > seq ? row[i].seq : seq;
            if (row[i].from == DAY_NONE || row[i].from <= f->from)
                told.old_value = row[i].value;
        }
    struct sql_law_setting_insert_args a = { f->name,   seq + 1, f->from,          f->value,
                                             f->reason, c->now,  c->actor->account };
    TRY(sql_law_setting_insert(c, &a));
    TRY(sql_law_awake(c));
    TRY(law_options_get(c, &o)); /* can still be counted with */
    date_iso(f->from, from);
    told.subject = from;
    return setting_log(c, &told);
}

enum err law_setting_add(struct ctx *c, const struct law_setting_form *f)
{
    struct law_setting_form copy = *f;

    TRY(may(c, RIGHT_SETTINGS));
    TRY(check_form(c, f));
    return db_tx(c, add, &copy);
}
