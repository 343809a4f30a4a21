// SPDX-License-Identifier: EUPL-1.2
/* What the figures of a baseline follow from: norms, population, staffing, calendar. */
#include "account/baseline_core.h"
#include "base/date.h"
#include "base/text.h"
#include "register/config.h"
#include "register/fte.h"
#include "store/sql.h"

const char *const baseline_table[] = { "values",   "definitions", "norms",         "population", "staffing",
                                       "calendar", "gaps",        "reconstructed", NULL };
enum { VALUES, DEFINITIONS, NORMS, POPULATION, STAFFING, CALENDAR, GAPS };

const char *baseline_table_name(const struct ctx *c, const char *table)
{
    static const char *const name[] = {
        N_("Figures"),  N_("Definitions"), N_("Norms and settings"), N_("Population"),
        N_("Staffing"), N_("Calendar"),    N_("What is missing"),    N_("Found in files"),
    };

    for (size_t i = 0; baseline_table[i] != NULL; i++)
        if (text_is(baseline_table[i], table))
            return _(name[i]);
    return table;
}

void table_cell(struct buf *b, const char *text)
{
    for (; text != NULL && *text != '\0'; text++)
        buf_char(b, *text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text);
}

void table_text(struct buf *b, const char *name, const char *value)
{
    table_cell(b, name);
    buf_char(b, '\t');
    table_cell(b, value);
    buf_char(b, '\n');
}

static void put_amount(struct buf *b, const char *name, int64_t v)
{
    buf_printf(b, "%s\t%lld\n", name, (long long)v);
}

/* What holds now, whether somebody chose it or not, and every choice as it is stored. */
static enum err put_norms(struct ctx *c, const struct config *k, struct buf *b)
{
    static const char *const urgency[URGENCIES] = { "unknown", "later", "normal", "soon", "emergency" };
    struct sql_setting_all_row *row;
    size_t n;

    buf_str(b, "name\tvalue\n");
    for (size_t i = 0; i < URGENCIES; i++) {
        buf_printf(b, "norm, working days, %s\t%d\n", urgency[i], k->norm_days[i]);
    }
    put_amount(b, "spoken to while waiting, days", k->contact_days);
    put_amount(b, "call back, working days", k->callback_days);
    put_amount(b, "phone answered, seconds", k->phone_seconds);
    put_amount(b, "aftercare, months", k->aftercare_months);
    put_amount(b, "reopened within, months", k->reopen_months);
    put_amount(b, "repeated within, months", k->repeat_months);
    put_amount(b, "arrival asked after, days", k->arrival_days);
    put_amount(b, "protected after an emergency, minutes", k->urgent.minutes);
    TRY(sql_setting_all(c, &row, &n));
    for (size_t i = 0; i < n; i++) {
        buf_str(b, "setting ");
        table_text(b, row[i].name, row[i].value);
    }
    return OK;
}

static void put_population(const struct config *k, struct buf *b)
{
    buf_str(b, "neighbourhood\tteam\tinhabitants\n");
    for (size_t i = 0; i < k->neighbourhoods; i++) {
        const struct neighbourhood *h = &k->neighbourhood[i];
        table_cell(b, h->name);
        buf_char(b, '\t');
        table_cell(b, h->team != INT_NONE ? config_team_name(k, h->team) : NULL);
        buf_char(b, '\t');
        if (h->inhabitants != INT_NONE)
            buf_int(b, h->inhabitants);
        buf_char(b, '\n');
    }
}

static void put_hundredths(struct buf *b, int64_t v)
{
    buf_char(b, '\t');
    if (v != INT_NONE)
        buf_fixed(b, (double)v / 100, 2, '.');
}

/* Hours of a team on the day. Who is absent is only said of everybody together: a team is small. */
static enum err put_team(struct ctx *c, const struct fte_book *book, int64_t team, const char *name,
                         int32_t day, struct buf *b)
{
    struct fte_day of = fte_of_day(book, team, day);
    int64_t established;

    TRY(fte_established(c, team, day, &established));
    table_cell(b, name);
    put_hundredths(b, established);
    put_hundredths(b, of.actual);
    put_hundredths(b, of.hired);
    buf_printf(b, "\t%lld\t", (long long)of.people);
    if (team == INT_NONE)
        buf_int(b, of.absent);
    put_hundredths(b, team == INT_NONE ? of.present : INT_NONE);
    buf_char(b, '\n');
    return OK;
}

static enum err put_staffing(struct ctx *c, const struct config *k, int32_t day, struct buf *b)
{
    struct fte_book book;

    buf_str(b, "team\tagreed fte\tfte\tof them hired\tpeople\tabsent\tfte present\n");
    TRY(fte_book_read(c, day, day, &book));
    for (size_t i = 0; i < k->teams; i++)
        TRY(put_team(c, &book, k->team[i].id, k->team[i].name, day, b));
    return put_team(c, &book, INT_NONE, "all teams", day, b);
}

/* Days on which no one works, but for weekends, from a year before the period to a year after it. */
static void put_calendar(const struct ctx *c, const struct config *k, int32_t from, int32_t to, struct buf *b)
{
    (void)c;
    buf_str(b, "day\twhy\n");
    for (int32_t day = from - 366; day <= to + 366; day++) {
        const char *why = calendar_holiday_name(day);

        if (calendar_is_working(&k->calendar, day) || date_weekday(day) > 5)
            continue;
        for (size_t i = 0; i < k->closing_days; i++)
            why = k->closing_day[i].day == day ? k->closing_day[i].name : why;
        buf_date(b, day);
        buf_char(b, '\t');
        table_cell(b, why);
        buf_char(b, '\n');
    }
}

struct content_read {
    const struct baseline_form *f;
    int64_t known;
    struct baseline_content *ret;
};

static enum err read_at_once(struct ctx *c, void *arg)
{
    const struct content_read *r = arg;
    const struct baseline_form *f = r->f;
    struct baseline_content *k = r->ret;
    const struct config *config;
    int32_t day = time_nl_day(f->at - 1);

    TRY(config_get(c, &config));
    TRY(facts_read_known(c, f->at, r->known, &k->facts));
    TRY(baseline_values(c, f, &k->facts, &k->table[DEFINITIONS], &k->table[VALUES], &k->table[GAPS]));
    TRY(put_norms(c, config, &k->table[NORMS]));
    put_population(config, &k->table[POPULATION]);
    TRY(put_staffing(c, config, day, &k->table[STAFFING]));
    put_calendar(c, config, f->from != f->to ? time_nl_day(f->from) : day, day, &k->table[CALENDAR]);
    for (size_t i = 0; i < BASELINE_TABLES; i++)
        if (k->table[i].failed)
            return FAIL(E_NOMEM, "%s", "");
    return OK;
}

enum err baseline_content(struct ctx *c, const struct baseline_form *f, int64_t known,
                          struct baseline_content *ret_content)
{
    struct content_read r = { f, known, ret_content };

    *ret_content = (struct baseline_content){ .table = { { 0 } } };
    return db_read(c, read_at_once, &r);
}

void baseline_content_free(struct baseline_content *k)
{
    for (size_t i = 0; i < BASELINE_TABLES; i++)
        buf_free(&k->table[i]);
}
