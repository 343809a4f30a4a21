// SPDX-License-Identifier: EUPL-1.2
/* peil forecast REGISTER: in which period it is whose turn, how often such periods were right, and what would
 * change it. The JSON is described in docs/expectation.md. */
#include "cli/forecast.h"

#include "account/expectation_history.h"
#include "base/text.h"
#include "register/config.h"
#include "register/request.h"

#include <string.h>

enum { THREADS_MAX = 64, REPLICATIONS_MAX = 1000000 };

static enum err read_number(struct cli *k, const char *name, int64_t least, int64_t most, int64_t otherwise,
                            int64_t *ret_value)
{
    struct ctx *c = &k->c;
    const char *text = cli_option(k, name);

    *ret_value = otherwise;
    if (text != NULL && (!text_to_int(text, ret_value) || *ret_value < least || *ret_value > most))
        return FAIL(E_METHOD, _("%s needs a number from %lld to %lld."), name, (long long)least,
                    (long long)most);
    return OK;
}

/* Of today it is known before any list is made whether it waits, and in which list. */
static enum err find_request(struct ctx *c, struct request_id id, struct forecast_asked *a)
{
    bool waits;
    int64_t team;

    TRY(request_waits(c, id, &waits, &team));
    if (a->day == c->today && !waits)
        return FAIL(E_NOT_FOUND, "%s", _("This request does not wait."));
    if (a->day == c->today && a->how.list == INT_NONE)
        TRY(expectation_list_id(c, team, &a->how.list));
    a->request = id.v;
    return OK;
}

/* --team NAME or number; --request 2024-12 or its id: then only its list is made. */
static enum err read_list(struct cli *k, struct forecast_asked *a)
{
    struct ctx *c = &k->c;
    const char *request = cli_option(k, "--request");
    struct request_id id;
    int64_t team;

    TRY(cli_team(k, &team));
    a->how.list = INT_NONE;
    if (team != INT_NONE)
        TRY(expectation_list_id(c, team, &a->how.list));
    a->request = INT_NONE;
    if (request == NULL)
        return OK;
    if (!request_number_find(request, &id))
        return FAIL(E_METHOD, _("\"%s\" is not the number of a request."), request);
    return find_request(c, id, a);
}

static enum err read_asked(struct cli *k, struct forecast_asked *a)
{
    struct ctx *c = &k->c;
    int64_t seed, replications, threads;

    TRY(cli_format(k, &a->format));
    TRY(cli_day(k, "--at", c->today, &a->day));
    TRY(read_number(k, "--seed", 0, INT64_MAX, 1, &seed));
    TRY(read_number(k, "--replications", 10, REPLICATIONS_MAX, 2000, &replications));
    TRY(read_number(k, "--threads", 1, THREADS_MAX, 1, &threads));
    TRY(read_list(k, a));
    a->how.seed = (uint64_t)seed;
    a->how.replications = (uint32_t)replications;
    a->how.threads = (unsigned)threads;
    a->how.calibrate = true;
    if (a->day > c->today)
        return FAIL(E_METHOD, "%s", _("--at cannot lie in the future: nothing is known of that day yet."));
    if (a->format == FORMAT_CSV)
        return FAIL(E_METHOD, "%s", _("--format is table or json here."));
    return OK;
}

/* What is asked for must be one thing: of two, one would be passed over in silence. */
static enum err check_together(struct cli *k)
{
    static const char *const ways[] = { "--backtest", "--what-if", "--needed" };
    static const char *const figures[] = { "--demand",      "--duration",     "--hours",    "--caseload",
                                           "--queue",       "--leave",        "--share",    "--within",
                                           "--weeks",       "--calls",        "--handling", "--patience",
                                           "--phone-share", "--phone-within", "--agents" };
    struct ctx *c = &k->c;
    const char *way = NULL;

    for (size_t i = 0; i < COUNT(ways); i++) {
        if (!cli_flag(k, ways[i]) && cli_option(k, ways[i]) == NULL)
            continue;
        if (way != NULL)
            return FAIL(E_METHOD, _("%s and %s do not go together: choose one."), way, ways[i]);
        way = ways[i];
    }
    for (size_t i = 0; i < COUNT(figures); i++)
        if (!text_is(way, "--needed") && cli_option(k, figures[i]) != NULL)
            return FAIL(E_METHOD, _("%s belongs to %s."), figures[i], "--needed");
    if (way != NULL && cli_option(k, "--request") != NULL)
        return FAIL(E_METHOD, _("%s and %s do not go together: choose one."), way, "--request");
    if (way != NULL && cli_flag(k, "--keep"))
        return FAIL(E_METHOD, _("%s and %s do not go together: choose one."), way, "--keep");
    return OK;
}

/* What is kept is shown as it was written. */
static enum err print(struct ctx *c, struct forecast_asked *a, bool keep)
{
    bool changed;

    TRY(forecast_print_begin(c, a));
    enum err e = keep ? expectation_make_show(c, &a->how, forecast_print, a, &changed)
                      : expectation_show(c, &a->how, a->day, forecast_print, a);
    if (e == OK)
        e = forecast_print_end(c, a);
    buf_free(&a->out);
    return e;
}

struct asking {
    struct cli *k;
    struct forecast_asked a;
};

static enum err answer(struct ctx *c, void *arg)
{
    struct asking *q = arg;
    struct forecast_asked *a = &q->a;
    const char *what_if = cli_option(q->k, "--what-if");

    if (what_if != NULL)
        return forecast_what_if(q->k, a, what_if);
    if (cli_flag(q->k, "--needed"))
        return forecast_capacity(q->k, a);
    a->backtest = cli_flag(q->k, "--backtest");
    a->how.whole = a->backtest;
    return print(c, a, false);
}

COMMAND(forecast)
{
    struct ctx *c = &k->c;
    struct asking q = { .k = k };
    struct forecast_asked *a = &q.a;

    if (k->args > 0)
        return cli_usage(k);
    TRY(check_together(k));
    TRY(cli_open(k, false));
    TRY(read_asked(k, a));
    if (!cli_flag(k, "--keep"))
        return db_read(c, answer, &q);
    if (a->day != c->today)
        return FAIL(E_METHOD, "%s", _("Only the expectation of today is kept."));
    return print(c, a, true);
}
