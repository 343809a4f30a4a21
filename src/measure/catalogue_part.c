// SPDX-License-Identifier: EUPL-1.2
/* Reading one row of the catalogue. */
#include "measure/catalogue.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

const char *const definition_column[DEFINITION_COLUMNS] = {
    "id",    "part", "version", "since", "core", "name", "name_nl", "what", "what_nl", "how", "set",
    "clock", "of",   "yes",     "value", "per",  "unit", "better",  "norm", "minimum", "by",  "readers",
};
static const char *const calcs[CALCS] = {
    [CALC_FIGURE] = "figure",
    [CALC_COUNT] = "count",
    [CALC_SHARE] = "share",
    [CALC_PEOPLE] = "people",
    [CALC_RATE] = "rate",
    [CALC_TIME] = "time",
    [CALC_QUANTILE] = "quantile",
    [CALC_SUM] = "sum",
    [CALC_POOLED] = "pooled",
    [CALC_RATIO] = "ratio",
    [CALC_MEAN] = "mean",
    [CALC_STOCK] = "stock",
    [CALC_STOCK_SHARE] = "stock_share",
    [CALC_MIX] = "mix",
    [CALC_PLACES] = "places",
    [CALC_SPREAD] = "spread",
};
static const char *const units[MEASURE_UNITS] = { "share",    "count",  "days",   "seconds",    "hours",
                                                  "per_1000", "number", "points", "per_worker", "per_hour" };
static const char *const readers[READERS] = {
#define X(name, code) [name] = (code),
    READER_LIST(X)
#undef X
};

static size_t place_of(size_t column)
{
#define AT(name) offsetof(struct definition, name)
    static const size_t place[DEFINITION_COLUMNS] = {
        AT(id),      AT(part),   AT(version), AT(since),   AT(core), AT(name),    AT(name_nl), AT(what),
        AT(what_nl), AT(how),    AT(set),     AT(clock),   AT(of),   AT(yes),     AT(value),   AT(per),
        AT(unit),    AT(better), AT(norm),    AT(minimum), AT(by),   AT(readers),
    };
#undef AT

    return place[column];
}

const char *const *definition_cell(const struct definition *d, size_t column)
{
    return (const char *const *)(const void *)((const char *)d + place_of(column));
}

const char **definition_place(struct definition *d, size_t column)
{
    return (const char **)(void *)((char *)d + place_of(column));
}

struct parsing {
    const struct definition *d;
    const struct catalogue_settings *s;
    struct part *p;
    struct definition_fault *fault;
};

static bool wrong(const struct parsing *g, const char *column, const char *text)
{
    *g->fault = (struct definition_fault){ column, text != NULL ? text : "" };
    return false;
}

static bool list_find(const char *const *list, size_t n, const char *text, size_t *ret_at)
{
    for (size_t i = 0; i < n; i++)
        if (text_is(list[i], text)) {
            *ret_at = i;
            return true;
        }
    return false;
}

static bool column_of(const char *text, size_t len, int *ret_column)
{
    enum fact_column column;

    if (!fact_column_find(text, len, &column))
        return false;
    *ret_column = (int)column;
    return true;
}

/* "received", "received..off" or "received..planned/closed" */
static bool read_clock(struct parsing *g)
{
    int *const to[] = { &g->p->clock, &g->p->until, &g->p->gone };
    const char *p = g->d->clock;

    if (text_empty(p))
        return wrong(g, "clock", p);
    for (size_t i = 0; i < COUNT(to); i++) {
        size_t n = strcspn(p, "./");
        if (!column_of(p, n, to[i]) || !fact_column_is_moment((enum fact_column) * to[i]))
            return wrong(g, "clock", g->d->clock);
        p += n;
        if (*p == '\0')
            return true;
        if (i == 0 ? strncmp(p, "..", 2) != 0 : *p != '/')
            return wrong(g, "clock", g->d->clock);
        p += i == 0 ? 2 : 1;
    }
    return wrong(g, "clock", g->d->clock);
}

static bool read_conditions(struct parsing *g)
{
    const char *at = NULL;

    if (!condition_parse(g->d->of != NULL ? g->d->of : "", g->s->setting, g->s->n, &g->p->of, &at))
        return wrong(g, "of", at);
    if (!condition_parse(g->d->yes != NULL ? g->d->yes : "", g->s->setting, g->s->n, &g->p->yes, &at))
        return wrong(g, "yes", at);
    return true;
}

static bool needs_yes(enum calc calc)
{
    return calc == CALC_SHARE || calc == CALC_PEOPLE || calc == CALC_STOCK_SHARE || calc == CALC_SPREAD;
}

static bool needs_value(enum calc calc)
{
    return calc == CALC_QUANTILE || calc == CALC_SUM || calc == CALC_POOLED || calc == CALC_RATIO ||
           calc == CALC_MEAN;
}

static bool read_per(struct parsing *g)
{
    static const char *const exposures[] = { [EXPOSURE_INHABITANTS] = "inhabitants",
                                             [EXPOSURE_WAITING_WEEKS] = "waiting_weeks",
                                             [EXPOSURE_ACTIVE] = "active_requests" };
    size_t at;

    if (g->p->calc != CALC_RATE)
        return column_of(g->d->per, strlen(g->d->per), &g->p->per) || wrong(g, "per", g->d->per);
    for (at = EXPOSURE_INHABITANTS; at < COUNT(exposures); at++)
        if (text_is(exposures[at], g->d->per)) {
            g->p->exposure = (enum exposure)at;
            return true;
        }
    return wrong(g, "per", g->d->per);
}

/* The columns that this way of computing needs. */
static bool read_values(struct parsing *g)
{
    const struct definition *d = g->d;
    enum calc calc = g->p->calc;
    double places;

    if (needs_yes(calc) && text_empty(d->yes))
        return wrong(g, "yes", d->yes);
    if ((calc == CALC_TIME || calc == CALC_STOCK || calc == CALC_STOCK_SHARE) && g->p->until < 0)
        return wrong(g, "clock", d->clock);
    if (calc == CALC_MIX)
        return (!text_empty(d->value) && fact_code_find(d->value, strlen(d->value), &g->p->code)) ||
               wrong(g, "value", d->value);
    if (calc == CALC_PLACES) {
        if (text_empty(d->value) || !text_to_double(d->value, strlen(d->value), &places) || places <= 0)
            return wrong(g, "value", d->value);
        g->p->value = (int)places;
        return true;
    }
    if (needs_value(calc) && (text_empty(d->value) || !column_of(d->value, strlen(d->value), &g->p->value) ||
                              fact_column_is_moment((enum fact_column)g->p->value)))
        return wrong(g, "value", d->value);
    if (calc == CALC_RATE || calc == CALC_POOLED || calc == CALC_RATIO)
        return text_empty(d->per) ? wrong(g, "per", d->per) : read_per(g);
    return true;
}

static bool read_how(struct parsing *g)
{
    const struct definition *d = g->d;
    size_t at;

    if (!list_find(calcs, CALCS, d->how, &at))
        return wrong(g, "how", d->how);
    g->p->calc = (enum calc)at;
    if (g->p->calc == CALC_FIGURE) {
        for (int i = 0; i < FIGURES; i++)
            if (text_is(figure_name((enum figure_id)i), d->set)) {
                g->p->figure = (enum figure_id)i;
                return true;
            }
        return wrong(g, "set", d->set);
    }
    if (text_empty(d->set) || !fact_set_find(d->set, strlen(d->set), &g->p->set))
        return wrong(g, "set", d->set);
    return read_clock(g) && read_conditions(g) && read_values(g);
}

/* A share of the settings is in percent; days and seconds are themselves. */
static bool read_norm(struct parsing *g)
{
    const char *text = g->d->norm;
    struct condition_length l;

    g->p->norm = NAN;
    if (text_empty(text))
        return true;
    if (text[0] != '$')
        return text_to_double(text, strlen(text), &g->p->norm) || wrong(g, "norm", text);
    if (!condition_length_parse(text, strlen(text), g->s->setting, g->s->n, &l))
        return wrong(g, "norm", text);
    g->p->norm = g->p->unit == MEASURE_SHARE ? (double)l.amount / 100 : (double)l.amount;
    return true;
}

static bool read_number(struct parsing *g, const char *column, const char *text, int otherwise, int *ret)
{
    int64_t v = otherwise;

    if (!text_empty(text) && (!text_to_int(text, &v) || v < 1 || v > 100000))
        return wrong(g, column, text);
    *ret = (int)v;
    return true;
}

/* Words with blanks between: the bits of those in a list. */
static bool read_words(const char *text, bool (*find)(const char *word, size_t len, size_t *ret_at),
                       uint32_t *ret_bits)
{
    uint32_t bits = 0;
    size_t at;

    for (const char *p = text != NULL ? text : ""; *p != '\0';) {
        size_t n = strcspn(p, " ");
        if (n > 0 && !find(p, n, &at))
            return false;
        if (n > 0)
            bits |= UINT32_C(1) << at;
        p += n + (p[n] == ' ');
    }
    *ret_bits = bits;
    return true;
}

static bool by_find(const char *word, size_t len, size_t *ret_at)
{
    enum fact_code code;

    if (!fact_code_find(word, len, &code))
        return false;
    *ret_at = (size_t)code;
    return true;
}

static bool reader_find(const char *word, size_t len, size_t *ret_at)
{
    for (size_t i = 0; i < READERS; i++)
        if (strlen(readers[i]) == len && memcmp(readers[i], word, len) == 0) {
            *ret_at = i;
            return true;
        }
    return false;
}

static bool read_rest(struct parsing *g)
{
    static const char *const ways[] = { "", "higher", "lower" };
    const struct definition *d = g->d;
    const char *who = d->readers != NULL ? d->readers : "";
    size_t at;

    if (!list_find(units, MEASURE_UNITS, d->unit, &at))
        return wrong(g, "unit", d->unit);
    g->p->unit = (enum measure_unit)at;
    if (!list_find(ways, COUNT(ways), d->better != NULL ? d->better : "", &at))
        return wrong(g, "better", d->better);
    g->p->better = (enum better)at;
    if (!read_norm(g) || !read_number(g, "version", d->version, 1, &g->p->version) ||
        !read_number(g, "minimum", d->minimum, g->p->unit == MEASURE_COUNT ? 5 : 10, &g->p->minimum))
        return false;
    g->p->since = DAY_NONE;
    if (!text_empty(d->since) && !date_scan(d->since, strlen(d->since), &g->p->since))
        return wrong(g, "since", d->since);
    if (!text_empty(d->core) && !text_is(d->core, "core"))
        return wrong(g, "core", d->core);
    g->p->core = !text_empty(d->core);
    g->p->only = who[0] == '+';
    if (!read_words(d->by, by_find, &g->p->by))
        return wrong(g, "by", d->by);
    return read_words(who + g->p->only, reader_find, &g->p->readers) || wrong(g, "readers", d->readers);
}

bool part_parse(const struct definition *d, const struct catalogue_settings *s, struct part *ret_part,
                struct definition_fault *ret_fault)
{
    struct part p = { .row = d, .clock = -1, .until = -1, .gone = -1, .value = -1, .per = -1 };
    struct parsing g = { d, s, &p, ret_fault };

    if (text_empty(d->id) || strlen(d->id) > 12)
        return wrong(&g, "id", d->id);
    for (const char *ch = d->id; *ch != '\0'; ch++)
        if (!((*ch >= 'A' && *ch <= 'Z') || (*ch >= 'a' && *ch <= 'z') || (*ch >= '0' && *ch <= '9') ||
              *ch == '-'))
            return wrong(&g, "id", d->id);
    if (text_empty(d->part) || d->part[1] != '\0' || d->part[0] < 'a' || d->part[0] > 'z')
        return wrong(&g, "part", d->part);
    p.first = d->part[0] == 'a';
    if (p.first && text_empty(d->name))
        return wrong(&g, "name", d->name);
    if (text_empty(d->what))
        return wrong(&g, "what", d->what);
    if (!read_how(&g) || !read_rest(&g))
        return false;
    *ret_part = p;
    return true;
}
