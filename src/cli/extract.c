// SPDX-License-Identifier: EUPL-1.2
/* peil extract REGISTER FILE: the extract as a file, brought up to date. peil months FILE...: the month set
 * of extracts, one organisation or several together. */
#include "base/date.h"
#include "base/text.h"
#include "cli/cli.h"
#include "register/extract_join.h"
#include "register/extract_keep.h"
#include "register/extract_live.h"
#include "register/month_cell.h"
#include "register/state.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

enum { FILES_MAX = 64 };

static void tell(const struct ctx *c, const struct extract_kept *kept)
{
    printf(_("%zu requests, %zu new or changed; %zu rows of what happened beside; %zu bytes (%s).\n"),
           kept->rows, kept->changed, kept->facts, kept->bytes,
           kept->whole                       ? _("written anew")
           : kept->changed + kept->facts > 0 ? _("added to what was there")
                                             : _("nothing new"));
    fflush(stdout);
}

/* Requests alone, or with what happened beside them. */
static enum err put_live(struct cli *k, const struct extract_live *live, bool whole,
                         struct extract_kept *ret_kept)
{
    struct ctx *c = &k->c;
    struct register_facts facts = { 0 };
    struct extract_file e = extract_file_of(extract_live_get(live), NULL);

    if (!cli_flag(k, "--requests")) {
        TRY(facts_read_live(c, live, NULL, &facts));
        e = extract_file_of(&facts.x, &facts.f);
    }
    return extract_keep_put(c, k->arg[0], &e, whole, ret_kept);
}

struct looking {
    struct cli *k;
    struct extract_live *live;
    bool whole;
    struct extract_kept *ret_kept;
};

/* What happened since the last look goes to the file. Calls and contacts are no news of a request: they are
 * looked for each time. */
static enum err look(struct ctx *c, void *arg)
{
    const struct looking *l = arg;
    struct extract_news news;

    if (!cli_flag(l->k, "--requests")) {
        TRY(extract_live_update_facts(c, l->live, &news));
        return put_live(l->k, l->live, l->whole, l->ret_kept);
    }
    TRY(extract_live_update(c, l->live, &news));
    if (news.changed == 0 && !news.whole)
        return OK;
    return put_live(l->k, l->live, l->whole, l->ret_kept);
}

/* Seconds of a processor that this program used. */
static int64_t used(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec;
}

/* Looks every so many seconds until it is told to stop, and rests nine times as long as a look took. A
 * register that is busy is looked at again. */
static enum err follow(struct cli *k, struct extract_live *live, int64_t seconds)
{
    struct ctx *c = &k->c;
    sigset_t stop;

    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    for (bool whole = cli_flag(k, "--whole");; whole = false) {
        struct arena_mark mark = arena_mark(c->arena);
        struct extract_kept kept = { 0 };
        int64_t before = used();
        struct looking l = { k, live, whole, &kept };
        ctx_set_now(c, (int64_t)time(NULL) + k->clock_shift);
        enum err e = db_read(c, look, &l); /* requests and what happened beside them are of one moment */
        if (e != OK && e != E_BUSY && e != E_CONFLICT)
            return e;
        err_clear(c);
        if (kept.whole || kept.changed + kept.facts > 0)
            tell(c, &kept);
        arena_release(c->arena, mark);
        int64_t rest = (used() - before) * 9;
        const struct timespec pause = { rest > seconds ? rest : seconds, 0 };
        if (sigtimedwait(&stop, NULL, &pause) > 0)
            return OK;
    }
}

static enum err follow_every(struct cli *k, const char *every)
{
    struct ctx *c = &k->c;
    int64_t seconds = 5;

    if (every != NULL && (!text_to_int(every, &seconds) || seconds < 1 || seconds > SECONDS_A_DAY))
        return FAIL(E_METHOD, _("--every is a number of seconds, not \"%s\"."), every);
    if (cli_option(k, "--at") != NULL)
        return FAIL(E_METHOD, "%s", _("Give --follow or --at, not both."));
    struct extract_live *live = extract_live_make();
    if (live == NULL)
        return FAIL(E_NOMEM, "%s", "");
    if (!cli_flag(k, "--requests"))
        extract_live_keep_facts(live);
    enum err e = follow(k, live, seconds);
    extract_live_free(live);
    return e;
}

/* The register at a moment. */
static enum err put_read(struct cli *k, int64_t at, struct extract_kept *ret_kept)
{
    struct ctx *c = &k->c;
    struct register_facts facts = { .at = at };
    bool alone = cli_flag(k, "--requests");

    TRY(alone ? extract_read(c, at, &facts.x) : facts_read(c, at, &facts));
    const struct extract_file e = extract_file_of(&facts.x, alone ? NULL : &facts.f);
    return extract_keep_put(c, k->arg[0], &e, cli_flag(k, "--whole"), ret_kept);
}

COMMAND(extract)
{
    struct ctx *c = &k->c;
    struct extract_kept kept;
    int32_t day;

    if (k->args != 1)
        return cli_usage(k);
    TRY(cli_open(k, false));
    if (cli_option(k, "--every") != NULL && !cli_flag(k, "--follow"))
        return FAIL(E_METHOD, _("%s belongs to %s."), "--every", "--follow");
    if (cli_flag(k, "--follow"))
        return follow_every(k, cli_option(k, "--every"));
    TRY(cli_day(k, "--at", DAY_NONE, &day));
    TRY(put_read(k, day != DAY_NONE ? time_of_nl_day(day + 1, 0) : c->now, &kept));
    tell(c, &kept);
    return OK;
}

static void put_cell(struct buf *out, const char *text, bool csv)
{
    if (csv)
        buf_csv(out, text, ',');
    else
        buf_printf(out, "%-18.18s ", text);
}

static void put_number(struct buf *out, int32_t v, bool csv)
{
    if (v == MONTH_NO_DATA)
        buf_printf(out, csv ? "," : "%9s ", "-");
    else
        buf_printf(out, csv ? ",%d" : "%9d ", v);
}

static const char *const heading[MONTH_NUMBERS] = { "inflow",   "started", "closed", "withdrawn", "open",
                                                    "median",   "p80",     "p90",    "in_norm",   "direct",
                                                    "reopened", "km50",    "km80" };

static void put_heading(struct buf *out, bool csv)
{
    put_cell(out, "month", csv);
    for (int i = 0; i < 2; i++) {
        buf_str(out, csv ? "," : "");
        put_cell(out, i == 0 ? "neighbourhood" : "urgency", csv);
    }
    for (size_t i = 0; i < MONTH_NUMBERS; i++)
        buf_printf(out, csv ? ",%s" : "%9s ", heading[i]);
    buf_char(out, '\n');
}

/* Who helped is not written down by every source. When one of several does not say it, their sum says
 * nothing. */
static bool says_direct(const struct extract_file *e, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t any = 0;
        for (size_t row = 0; e[i].x.flags != NULL && row < e[i].x.n; row++)
            any |= e[i].x.flags[row];
        if ((any & (EXTRACT_HELPED | EXTRACT_DIRECT)) == 0)
            return false;
    }
    return true;
}

struct months_shown {
    bool csv, direct; /* direct: every source says who helped */
};
/* Cells where nothing ever happened are left out. */
static void put_months(struct buf *out, const struct extract_file *e, const struct month_frame *f,
                       int32_t (*number)[MONTH_NUMBERS], const struct months_shown *how)
{
    static const char *const urgency[] = { "unknown", "later", "normal", "soon", "emergency" };
    const struct names *hood = &e->names[NAMES_NEIGHBOURHOOD];
    bool direct = how->direct, csv = how->csv;

    put_heading(out, csv);
    for (size_t i = 0; i < month_set_rows(f); i++) {
        size_t m = i / (size_t)f->cells, cell = i % (size_t)f->cells, at = cell / MONTH_CELL_URGENCIES;
        bool year = m >= (size_t)f->months;
        char when[16];
        struct civil d = date_to_civil(f->first[year ? 0 : m]);
        const int32_t *v = number[i];
        if (!year &&
            v[MONTH_INFLOW] + v[MONTH_STARTED] + v[MONTH_CLOSED] + v[MONTH_WITHDRAWN] + v[MONTH_OPEN] == 0)
            continue;
        if (year)
            snprintf(when, sizeof when, "%d", d.year + (int)(i - (size_t)f->months * (size_t)f->cells));
        else
            snprintf(when, sizeof when, "%04d-%02d", d.year, d.month);
        put_cell(out, when, csv);
        buf_str(out, csv ? "," : "");
        put_cell(out, year ? "" : at == 0 ? "unknown" : hood->name[at - 1], csv);
        buf_str(out, csv ? "," : "");
        put_cell(out, year ? "" : urgency[cell % MONTH_CELL_URGENCIES], csv);
        for (size_t j = 0; j < MONTH_NUMBERS; j++)
            put_number(out, j == MONTH_DIRECT && !direct ? MONTH_NO_DATA : v[j], csv);
        buf_char(out, '\n');
    }
}

COMMAND(months)
{
    struct ctx *c = &k->c;
    struct extract_file file[FILES_MAX] = { 0 }, all;
    struct config rule = { .norm_days = { [URGENCY_NORMAL] = 10 } };
    struct month_rows rows;
    struct month_set set;
    enum format format;
    int32_t(*number)[MONTH_NUMBERS];
    void *work;
    bool any;
    struct buf out = { 0 };

    if (k->args < 1 || k->args > FILES_MAX)
        return cli_usage(k);
    TRY(cli_format(k, &format));
    if (format == FORMAT_JSON)
        return FAIL(E_METHOD, "%s", _("Here --format is table or csv."));
    calendar_init(&rule.calendar, &(struct calendar_rule){ 0 });
    TRY(extract_files_read(c, (const char *const *)k->arg, (size_t)k->args, file));
    TRY(month_cell_join(c, file, (size_t)k->args, &all));
    TRY(month_cell_rows(c, &all, &rule, &rows, &any));
    TRY(ctx_alloc(c, month_set_rows(rows.frame), sizeof *number, (void *)&number));
    TRY(ctx_alloc(c, month_work_size(rows.frame) + 64, 1, (void *)&work));
    month_set_begin(&set, &rows, month_kernel_best(), number);
    month_set_work(&set, work);
    month_set_end(&set, &work, 1);
    struct months_shown how = { format == FORMAT_CSV, says_direct(file, (size_t)k->args) };
    put_months(&out, &all, rows.frame, number, &how);
    fwrite(buf_text(&out), 1, out.len, stdout);
    buf_free(&out);
    return OK;
}
