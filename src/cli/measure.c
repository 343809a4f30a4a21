// SPDX-License-Identifier: EUPL-1.2
/* peil measure: the figures as a table, CSV or JSON (docs/measures/). */
#include "cli/measure.h"
#include "account/result.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "exchange/source.h"
#include "register/extract_join.h"

#include <math.h>
#include <string.h>

#define LIST_MAX 16
#define FILES_MAX 64

#define INDICATORS_MAX 80

/* The words of the command, read. */
struct question {
    struct cli *k;
    struct result_query q;
    const char *indicator[INDICATORS_MAX]; /* asked for by name; none: all */
    size_t indicators;
    double p[LIST_MAX];
    int64_t share_at[LIST_MAX];
    enum format format;
    struct measure_then then;
    const char *file[FILES_MAX]; /* extracts instead of the register */
    size_t files;
};

/* Calls `item` with each part of "a,b,c". */
static enum err each_item(struct ctx *c, const char *list,
                          enum err (*item)(struct ctx *c, struct question *a, const char *text),
                          struct question *a)
{
    char text[64];

    while (list != NULL && *list != '\0') {
        size_t n = strcspn(list, ",");
        if (n >= sizeof text)
            return FAIL(E_METHOD, _("\"%s\" is too long."), list);
        memcpy(text, list, n);
        text[n] = '\0';
        TRY(item(c, a, text));
        list += n + (list[n] == ',');
    }
    return OK;
}

static enum err add_indicator(struct ctx *c, struct question *a, const char *text)
{
    enum figure_id id;

    if (a->indicators == INDICATORS_MAX)
        return FAIL(E_METHOD, _("Ask for %d indicators at most."), INDICATORS_MAX);
    if (figure_find(text, &id))
        a->q.wanted[id] = true;
    return ctx_copy(c, text, &a->indicator[a->indicators++]);
}

static enum err find_dimension(struct ctx *c, const char *code, enum dimension *ret_d)
{
    struct buf all = { 0 };

    if (dimension_find(code, ret_d))
        return OK;
    for (int d = 0; d < DIMENSIONS; d++)
        buf_printf(&all, "%s%s", d > 0 ? ", " : "", dimension_code((enum dimension)d));
    enum err e =
        FAIL(E_METHOD, _("\"%s\" is nothing to break down by. There are: %s."), code, buf_text(&all));
    buf_free(&all);
    return e;
}

static enum err add_dimension(struct ctx *c, struct question *a, const char *text)
{
    if (a->q.n_by == RESULT_BY_MAX)
        return FAIL(E_METHOD, "%s", _("Break down by three things at most."));
    return find_dimension(c, text, &a->q.by[a->q.n_by++]);
}

static enum err add_number(struct ctx *c, const char *text, double low, double high, double *ret_value)
{
    if (!text_to_double(text, strlen(text), ret_value) || *ret_value < low || *ret_value > high)
        return FAIL(E_METHOD, _("\"%s\" is not a number from %s to %s."), text, cli_say(c, low),
                    cli_say(c, high));
    return OK;
}

static enum err add_quantile(struct ctx *c, struct question *a, const char *text)
{
    if (a->q.n_p == 8)
        return FAIL(E_METHOD, "%s", _("Ask for eight quantiles at most."));
    return add_number(c, text, 0.0001, 0.9999, &a->p[a->q.n_p++]);
}

static enum err add_time(struct ctx *c, struct question *a, const char *text)
{
    double days;

    if (a->q.n_share_at == LIST_MAX)
        return FAIL(E_METHOD, "%s", _("Ask for sixteen times at most."));
    TRY(add_number(c, text, 0, 100000, &days));
    a->share_at[a->q.n_share_at++] = (int64_t)llround(days * SECONDS_A_DAY);
    return OK;
}

/* A date means everything up to the end of that day; a moment means that moment. */
static enum err read_moment(struct cli *k, const char *name, int64_t otherwise, bool end_of_day,
                            int64_t *ret_time)
{
    struct ctx *c = &k->c;
    const char *text = cli_option(k, name);
    int32_t day;

    *ret_time = otherwise;
    if (text == NULL)
        return OK;
    if (date_scan(text, strlen(text), &day)) {
        *ret_time = time_of_nl_day(day + (end_of_day ? 1 : 0), 0);
        return OK;
    }
    if (!time_scan(text, strlen(text), true, ret_time))
        return FAIL(E_METHOD, _("%s needs a date such as 2024-01-31, not \"%s\"."), name, text);
    return OK;
}

static enum err read_scale(struct cli *k, struct survival_way *way)
{
    struct ctx *c = &k->c;
    const char *conf = cli_option(k, "--conf"), *rule = cli_option(k, "--rule");

    if (text_is(conf, "log"))
        way->scale = SURVIVAL_LOG;
    else if (text_is(conf, "plain"))
        way->scale = SURVIVAL_PLAIN;
    else if (conf != NULL && !text_is(conf, "log-log"))
        return FAIL(E_METHOD, _("--conf is log-log, log or plain, not \"%s\"."), conf);
    if (text_is(rule, "step"))
        way->rule = SURVIVAL_STEP;
    else if (rule != NULL && !text_is(rule, "midpoint"))
        return FAIL(E_METHOD, _("--rule is midpoint or step, not \"%s\"."), rule);
    return OK;
}

static enum err add_only(struct ctx *c, struct question *a, const char *text)
{
    struct result_only *o = &a->q.only;

    if (o->n == RESULT_ONLY_MAX)
        return FAIL(E_METHOD, "%s", _("Ask for sixteen values at most."));
    return ctx_copy(c, text, &o->value[o->n++]);
}

/* --only channel=phone,web */
static enum err read_only(struct cli *k, struct question *a)
{
    struct ctx *c = &k->c;
    const char *text = cli_option(k, "--only"), *is = text != NULL ? strchr(text, '=') : NULL;
    char code[32];

    if (text == NULL)
        return OK;
    if (is == NULL || (size_t)(is - text) >= sizeof code)
        return FAIL(E_METHOD, _("--only needs something such as channel=phone,web, not \"%s\"."), text);
    memcpy(code, text, (size_t)(is - text));
    code[is - text] = '\0';
    TRY(find_dimension(c, code, &a->q.only.by));
    return each_item(c, is + 1, add_only, a);
}

/* Another period as it was known at its end, or a baseline by its number. */
static enum err read_then(struct cli *k, struct question *a)
{
    struct ctx *c = &k->c;
    struct measure_then *t = &a->then;
    const char *number = cli_option(k, "--baseline");

    TRY(read_moment(k, "--then-from", 0, false, &t->from));
    TRY(read_moment(k, "--then-to", 0, true, &t->to));
    if ((t->from == 0) != (t->to == 0) || t->from > t->to)
        return FAIL(E_METHOD, "%s", _("--then-from and --then-to belong together, the first day first."));
    if (number != NULL && (!text_to_int(number, &t->baseline) || t->baseline < 1))
        return FAIL(E_METHOD, _("\"%s\" is not the number of a baseline."), number);
    if (t->baseline > 0 && t->from != 0)
        return FAIL(E_METHOD, "%s", _("Compare with a period or with a baseline, not with both."));
    t->at = t->to < a->q.at ? t->to : a->q.at;
    return OK;
}

/* --extract FILE,FILE */
static enum err read_files(struct cli *k, struct question *a)
{
    struct ctx *c = &k->c;

    for (const char *list = cli_option(k, "--extract"); list != NULL && *list != '\0';) {
        size_t n = strcspn(list, ",");
        char *path;
        if (a->files == FILES_MAX)
            return FAIL(E_METHOD, _("Ask for %d extracts at most."), FILES_MAX);
        TRY(ctx_alloc(c, n + 1, 1, (void *)&path));
        memcpy(path, list, n);
        path[n] = '\0';
        a->file[a->files++] = path;
        list += n + (list[n] == ',');
    }
    return OK;
}

static enum err read_question(struct cli *k, struct question *a)
{
    struct ctx *c = &k->c;

    TRY(cli_format(k, &a->format));
    TRY(read_moment(k, "--at", c->now, true, &a->q.at));
    TRY(read_moment(k, "--from", 0, false, &a->q.from));
    TRY(read_moment(k, "--to", 0, true, &a->q.to));
    TRY(read_moment(k, "--since", 0, true, &a->q.since));
    if (a->q.from != 0 && a->q.to == 0)
        a->q.to = a->q.at;
    if (a->q.from > a->q.to && a->q.to != 0)
        return FAIL(E_METHOD, "%s", _("--from must lie before --to and --at."));
    TRY(read_then(k, a));
    TRY(read_files(k, a));
    TRY(read_scale(k, &a->q.way));
    TRY(each_item(c, cli_option(k, "--indicator"), add_indicator, a));
    TRY(each_item(c, cli_option(k, "--by"), add_dimension, a));
    TRY(read_only(k, a));
    TRY(each_item(c, cli_option(k, "--quantiles"), add_quantile, a));
    TRY(each_item(c, cli_option(k, "--times"), add_time, a));
    a->q.net = cli_flag(k, "--net");
    a->q.all = cli_flag(k, "--all");
    a->q.utc = cli_flag(k, "--utc");
    a->q.p = a->q.n_p > 0 ? a->p : NULL;
    a->q.share_at = a->q.n_share_at > 0 ? a->share_at : NULL;
    for (int i = 0; i < FIGURES && a->indicators == 0; i++)
        a->q.wanted[i] = true;
    for (size_t i = 0; i < a->q.n_by; i++) /* what only facts are told apart by */
        for (int id = 0; id < FIGURES && a->q.by[i] == BY_KIND; id++)
            a->q.wanted[id] = false;
    return OK;
}

/* The whole of a file with indicators; NULL without one. */
static enum err read_catalogue(struct cli *k, const char **ret_text)
{
    struct ctx *c = &k->c;
    const char *path = cli_option(k, "--catalogue");
    struct source *source;
    struct buf text = { 0 };
    char piece[4096];
    size_t n;

    *ret_text = NULL;
    if (path == NULL)
        return OK;
    TRY(source_open(c, path, &source));
    do {
        enum err e = source_read(c, source, piece, sizeof piece, &n);
        if (e != OK) {
            buf_free(&text);
            return e;
        }
        buf_put(&text, piece, n);
    } while (n > 0);
    enum err e = ctx_copy(c, buf_text(&text), ret_text);
    buf_free(&text);
    return e;
}

/* Which parts of the catalogue are asked for. An unknown name is a mistake. */
static enum err choose_parts(struct ctx *c, const struct question *a, const struct indicators *all,
                             const bool **ret_wanted)
{
    enum figure_id figure;
    size_t first, n;
    bool *wanted;

    TRY(ctx_alloc(c, all->n + 1, sizeof *wanted, (void *)&wanted));
    for (size_t i = 0; i < all->n; i++) {
        wanted[i] = a->indicators == 0;
        for (size_t k = 0; k < a->indicators; k++)
            wanted[i] = wanted[i] || text_is(a->indicator[k], all->part[i].row->id);
    }
    for (size_t k = 0; k < a->indicators; k++)
        if (!indicator_find(all, a->indicator[k], &first, &n) && !figure_find(a->indicator[k], &figure))
            return FAIL(E_METHOD, _("There is no indicator \"%s\". Without --indicator all are measured."),
                        a->indicator[k]);
    *ret_wanted = wanted;
    return OK;
}

/* The parts of the catalogue, for the same question. */
static enum err measure_parts(struct cli *k, const struct question *a, const struct register_facts *facts,
                              struct measure_parts *ret_parts, struct measured_list *ret_then)
{
    struct ctx *c = &k->c;
    struct indicator_query q = {
        .at = a->q.at, .from = a->q.from, .to = a->q.to, .only = a->q.only, .n_by = a->q.n_by, .utc = a->q.utc
    };
    const char *own;

    memcpy(q.by, a->q.by, sizeof q.by);
    TRY(read_catalogue(k, &own));
    TRY(indicators_get(c, own, &ret_parts->all));
    TRY(choose_parts(c, a, &ret_parts->all, &q.wanted));
    TRY(indicators_measure(c, facts, &ret_parts->all, &q, &ret_parts->list));
    if (a->then.from == 0 && a->then.baseline == 0)
        return OK;
    return measure_then_get(c, &a->then, facts, &q, &ret_parts->all, ret_then);
}

/* What a file with requests alone can say: no parts of the catalogue, nothing beside it. */
static enum err check_requests_alone(struct cli *k, const struct question *a)
{
    struct ctx *c = &k->c;
    enum figure_id figure;

    for (size_t i = 0; i < a->indicators; i++)
        if (!figure_find(a->indicator[i], &figure))
            return FAIL(E_REQUEST, _("This extract says nothing about \"%s\": it has requests only."),
                        a->indicator[i]);
    if (a->then.from != 0 || a->then.baseline > 0 || cli_option(k, "--catalogue") != NULL)
        return FAIL(E_REQUEST, "%s", _("This extract has requests only: its figures cannot be compared."));
    return OK;
}

/* The moment is that of the extract. */
static enum err extract_question(struct cli *k, struct question *a, const struct extract_file *e)
{
    struct ctx *c = &k->c;
    int64_t at = e->at;

    if (cli_option(k, "--at") == NULL) {
        a->q.to = a->q.to == a->q.at ? at : a->q.to;
        a->q.at = at;
        a->then.at = a->then.to < at ? a->then.to : at;
    }
    if (a->q.at != at) /* what became known since, such as requests that are one, stands in it too */
        return FAIL(E_REQUEST, "%s",
                    _("An extract says how it was at its own moment: make one of that day."));
    return e->facts == NULL ? check_requests_alone(k, a) : OK;
}

/* What is measured: the register, or files instead of it; it gives norms and calendar all the same. */
static enum err read_facts(struct cli *k, struct question *a, struct register_facts *ret_facts,
                           bool *ret_requests_alone)
{
    struct ctx *c = &k->c;
    struct extract_file *file, all;

    *ret_requests_alone = false;
    if (a->files == 0)
        return facts_read(c, a->q.at, ret_facts);
    TRY(ctx_alloc(c, a->files, sizeof *file, (void *)&file));
    TRY(extract_files_read(c, a->file, a->files, file));
    TRY(extract_join(c, file, a->files, &all));
    TRY(extract_question(k, a, &all));
    *ret_requests_alone = all.facts == NULL;
    return extract_from_file(c, &all, ret_facts);
}

static enum err measure(struct ctx *c, void *arg)
{
    struct question *a = arg;
    struct register_facts facts = { 0 };
    struct measure_parts parts = { 0 };
    struct results s = { 0 };
    struct buf out = { NULL, 0, 0, false };
    struct measured_list then = { NULL, 0 };
    bool figures = false, alone, compared;

    TRY(read_facts(a->k, a, &facts, &alone));
    if (!alone)
        TRY(measure_parts(a->k, a, &facts, &parts, &then));
    compared = a->then.from != 0 || a->then.baseline > 0;
    for (int i = 0; i < FIGURES && !compared; i++)
        figures = figures || a->q.wanted[i];
    if (figures)
        TRY(results_get(c, &facts.x, &a->q, &s));
    if (compared)
        measure_put_compared(c, &out, &a->q, &a->then, &parts, &then, a->format);
    else if (a->format == FORMAT_JSON)
        measure_put_json(c, &out, &a->q, &facts.x, &s, &parts);
    else if (a->format == FORMAT_CSV)
        measure_put_csv(&out, &a->q, &s, &parts);
    else
        measure_put_table(c, &out, &a->q, &s, &parts);
    enum err e = out.failed ? FAIL(E_NOMEM, "%s", "") : OK;
    fputs(buf_text(&out), stdout);
    buf_free(&out);
    return e;
}

COMMAND(measure)
{
    struct ctx *c = &k->c;
    struct question a = { .k = k };

    if (k->args > 0)
        return cli_usage(k);
    TRY(read_question(k, &a));
    TRY(cli_open(k, false));
    return db_read(c, measure, &a);
}
