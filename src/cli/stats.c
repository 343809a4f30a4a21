// SPDX-License-Identifier: EUPL-1.2
#include "cli/stats.h"

#include "base/text.h"
#include "cli/usage.h"

#include <string.h>

/* Every statistic with the options that it knows; others are a mistake and named. */
static const struct statistic {
    const char *name;
    enum err (*run)(struct stats *s);
    const char *usage; /* FILE: needed; [FILE] or (FILE: possible */
} statistics[] = {
    { "survival", stats_survival,
      "FILE (--from COL --to COL [--until COL] [--at TIME] [--since TIME] | --time COL [--status COL "
      "--event VALUE,...]) [--entry COL] [--count COL] [--quantiles 0.5,0.8,0.9] [--times 30,90] [--mean T] "
      "[--unit U] "
      "[--conf C] [--rule R]" },
    { "incidence", stats_incidence,
      "FILE (--from COL --to COL [--until COL] [--at TIME] [--since TIME] | --time COL) --cause COL "
      "--censored "
      "VALUE,... [--entry COL] [--count COL] [--times 30,90] [--unit U] [--conf C]" },
    { "log", stats_log,
      "FILE --case COL --activity COL --time COL [--start ACT --stop ACT,... [--exit ACT,...]] [--at TIME] "
      "[--since TIME] [--quantiles 0.5] [--times 30] [--unit U] [--conf C] [--rule R]" },
    { "chart", stats_chart,
      "FILE --value COL [--denominator COL] [--label COL] [--kind xmr|p|pprime|u|uprime|c|g|t] [--rules "
      "nhs|anhoej|none] [--screen] [--freeze N] [--exclude 15,23]" },
    { "drift", stats_drift,
      "FILE --value COL [--label COL] [--target X] [--sigma X] [--allowance 0.5] [--decision 5] [--freeze "
      "N]" },
    { "interval", stats_interval, "(FILE --value COL | [FILE] --successes K --n N)" },
    { "rate", stats_rate, "[FILE] --events K --exposure E [--per 1000]" },
    { "paired", stats_paired, "FILE --before COL --after COL" },
    { "compare", stats_compare,
      "(FILE --value COL --period COL --before VALUE --after VALUE [--yes VALUE] | --successes K1,K2 --n "
      "N1,N2 "
      "| --events K1,K2 --exposure E1,E2)" },
    { "standard", stats_standard,
      "FILE --group COL --stratum COL --events COL [--size COL] [--kind share|rate] [--per 1000] "
      "[--spread chance|additive] [--winsor 0.1]" },
    { "stockflow", stats_stockflow,
      "FILE --new COL --completed COL --stock COL [--label COL] [--jump 0.05] [--weeks 4.348]" },
    { "bands", stats_bands,
      "FILE --lower COL --upper COL --count COL [--within 26] [--over 36,53] [--quantiles 0.5]" },
    { "erlang", stats_erlang,
      "--calls N --interval 30m --handling 180s [--within 20s] [--target 0.8] [--occupancy 1] [--agents N] "
      "[--patience 120s]" },
    { "queue", stats_queue, "--servers C --service MU --arrivals L1,L2,..." },
    { "position", stats_position,
      "--position N --workers W --completions R [--urgent U] [--runs N] [--seed S]" },
    { "capacity", stats_capacity,
      "--demand D --duration W --places P [--queue Q] [--leave L] [--share 0.8] [--within W] [--weeks W]" },
    { "list", stats_list,
      "--demand D [--capacity C] [--queue Q] [--target T] [--factor 4] [--weeks W] [--mean-wait M] [--cvd 1] "
      "[--cvc 1] [--target-queue Q]" },
    { "forecast", stats_forecast,
      "FILE --received COL --started COL [--left COL] [--lost COL] [--class COL] [--unit "
      "day|hour|minute|second] [--given "
      "weekly|asking] [--at TIME] [--waiting] [--seed 1] [--runs 500]" },
};

static const struct statistic *find(const char *name)
{
    for (size_t i = 0; i < COUNT(statistics); i++)
        if (text_is(name, statistics[i].name))
            return &statistics[i];
    return NULL;
}

const char *stats_usage(const char *name)
{
    const struct statistic *t = find(name);

    return t != NULL ? t->usage : NULL;
}

/* The file that has to be there, or may not be; rows are chosen in a file only. */
static enum err check_file(struct cli *k, const struct statistic *t)
{
    static const char *const of_rows[] = { "--by", "--only", "--rows" };
    struct ctx *c = &k->c;
    bool may = strstr(t->usage, "FILE") != NULL;

    if (k->args > (may ? 2 : 1)) {
        cli_usage_print(k, stderr);
        return FAIL(E_METHOD, _("\"%s\" is one word too many."), k->arg[may ? 2 : 1]);
    }
    for (size_t i = 0; i < COUNT(of_rows) && k->args < 2; i++)
        if (cli_option(k, of_rows[i]) != NULL)
            return FAIL(E_METHOD, _("%s needs a file."), of_rows[i]);
    return OK;
}

static enum err answer(struct cli *k, const struct statistic *t)
{
    struct ctx *c = &k->c;
    enum format format;
    struct stats s = { .k = k, .c = c, .first = true };

    TRY(check_file(k, t));
    TRY(cli_format(k, &format));
    if (format == FORMAT_CSV)
        return FAIL(E_METHOD, "%s", _("peil stats prints a table or JSON: --format table or --format json."));
    s.json = format == FORMAT_JSON;
    TRY(stats_get_number(&s, "--level", 0.5, 0.999999, 0.95, &s.level));
    out_open(&s, NULL);
    enum err e = t->run(&s);
    out_close(&s);
    if (s.json)
        buf_char(&s.out, '\n');
    if (e == OK && (s.out.failed || s.head.failed || s.line.failed))
        e = FAIL(E_NOMEM, "%s", _("The program ran out of memory for this."));
    if (e == OK)
        fputs(buf_text(&s.out), stdout);
    buf_free(&s.out);
    buf_free(&s.head);
    buf_free(&s.line);
    return e;
}

static enum err list_statistics(struct cli *k)
{
    for (size_t i = 0; i < COUNT(statistics); i++)
        usage_print(stderr, "stats", statistics[i].name, statistics[i].usage);
    return cli_usage(k);
}

COMMAND(stats)
{
    struct ctx *c = &k->c;
    const char *what = k->args > 0 ? k->arg[0] : "";

    const struct statistic *t = find(what);

    if (t != NULL)
        return answer(k, t);
    if (text_is(what, "disclosure"))
        return FAIL(E_METHOD, _("peil stats %s is not in this version."), what);
    if (what[0] != '\0')
        fprintf(stderr, _("There is no statistic \"%s\". There are:\n"), what);
    return list_statistics(k);
}
