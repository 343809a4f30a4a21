// SPDX-License-Identifier: EUPL-1.2
#include "cli/cli.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "cli/usage.h"
#include "register/config.h"
#include "register/upgrade.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] == '-' && word[2] != '\0';
}

const char *cli_option(struct cli *k, const char *name)
{
    size_t n = strlen(name);

    for (int i = 0; i < k->words; i++) {
        if (strncmp(k->word[i], name, n) == 0 && k->word[i][n] == '=')
            return k->word[i] + n + 1;
        if (text_is(k->word[i], name) && i + 1 < k->words)
            return k->word[i + 1];
    }
    return NULL;
}

bool cli_flag(struct cli *k, const char *name)
{
    for (int i = 0; i < k->words; i++)
        if (text_is(k->word[i], name))
            return true;
    return false;
}

static size_t option_length(const char *word)
{
    return strcspn(word, "=");
}

static bool given_before(const struct cli *k, int at)
{
    size_t len = option_length(k->word[at]);

    for (int i = 0; i < at; i++)
        if (option_length(k->word[i]) == len && strncmp(k->word[i], k->word[at], len) == 0)
            return true;
    return false;
}

static const char *part_usage(const struct cli *k)
{
    return k->part != NULL ? k->command->usage_of_part(k->part) : "";
}

/* The first word that names a part. */
static void find_part(struct cli *k)
{
    for (int i = 0; k->command->usage_of_part != NULL && k->part == NULL && i < k->words; i++)
        if (k->command->usage_of_part(k->word[i]) != NULL)
            k->part = k->word[i];
}

void cli_usage_print(const struct cli *k, FILE *out)
{
    const struct ctx *c = &k->c;

    fprintf(out, "%s: ", _("Usage"));
    usage_print(out, k->command->name, k->part, k->part != NULL ? part_usage(k) : k->command->usage);
}

/* Whether the option at this word takes the next one as its value. */
static enum err scan_option(struct cli *k, int at, bool *ret_takes_next)
{
    struct ctx *c = &k->c;
    const char *word = k->word[at];
    size_t len = option_length(word);
    bool inside = word[len] == '=';
    enum usage_kind kind = text_is(word, "--help") ? USAGE_FLAG : usage_of(k->command->usage, word, len);

    if (kind == USAGE_UNKNOWN)
        kind = usage_of(part_usage(k), word, len);
    if (kind == USAGE_UNKNOWN) {
        cli_usage_print(k, stderr);
        return FAIL(E_METHOD, _("It has no option %.*s."), (int)len, word);
    }
    if (given_before(k, at))
        return FAIL(E_METHOD, _("%.*s stands there twice."), (int)len, word);
    if (kind == USAGE_FLAG && inside)
        return FAIL(E_METHOD, _("%.*s takes no value."), (int)len, word);
    *ret_takes_next = kind == USAGE_VALUE && !inside;
    if (*ret_takes_next && (at + 1 == k->words || is_option(k->word[at + 1])))
        return FAIL(E_METHOD, _("%.*s needs a value after it."), (int)len, word);
    return OK;
}

/* Leaves the words that are no options and no values of options. */
static enum err collect_arguments(struct cli *k)
{
    struct ctx *c = &k->c;

    for (int i = 0; i < k->words; i++) {
        bool takes_next = false;
        if (!is_option(k->word[i])) {
            k->arg[k->args++] = k->word[i];
            continue;
        }
        TRY(scan_option(k, i, &takes_next));
        i += takes_next;
    }
    return OK;
}

enum err cli_arguments(struct cli *k)
{
    struct ctx *c = &k->c;
    const char *env = getenv("PEIL_REGISTER");

    TRY(ctx_alloc(c, (size_t)k->words + 1, sizeof *k->arg, (void *)&k->arg));
    find_part(k);
    TRY(collect_arguments(k));
    if (k->command->no_register)
        return OK;
    k->register_url = env != NULL ? env : "./peil.db";
    if (k->args > 0) {
        k->register_url = k->arg[0];
        k->arg++;
        k->args--;
    }
    return OK;
}

enum err cli_open(struct cli *k, bool create)
{
    struct ctx *c = &k->c;

    TRY(store_open(c, k->register_url, create, &k->store));
    TRY(db_open(c, k->store, &c->db));
    session_act_as(c, &k->session, ROLE_SYSTEM, INT_NONE, INT_NONE);
    return upgrade(c);
}

void cli_close(struct cli *k)
{
    db_close(k->c.db);
    store_close(k->store);
}

enum err cli_refused(enum err e)
{
    return e == E_INVALID || e == E_REQUEST ? E_METHOD : e;
}

enum err cli_format(struct cli *k, enum format *ret_format)
{
    static const char *const names[] = { "table", "csv", "json" };
    struct ctx *c = &k->c;
    const char *format = cli_option(k, "--format");

    *ret_format = FORMAT_TABLE;
    if (format == NULL)
        return OK;
    for (size_t i = 0; i < COUNT(names); i++)
        if (text_is(format, names[i])) {
            *ret_format = (enum format)i;
            return OK;
        }
    return FAIL(E_METHOD, _("--format is table, csv or json, not \"%s\"."), format);
}

enum err cli_day(struct cli *k, const char *name, int32_t otherwise, int32_t *ret_day)
{
    struct ctx *c = &k->c;
    const char *text = cli_option(k, name);

    *ret_day = otherwise;
    if (text == NULL || date_scan(text, strlen(text), ret_day))
        return OK;
    return FAIL(E_METHOD, _("%s needs a date such as 2024-01-31, not \"%s\"."), name, text);
}

enum err cli_team(struct cli *k, int64_t *ret_team)
{
    struct ctx *c = &k->c;
    const char *text = cli_option(k, "--team");
    const struct config *g;

    *ret_team = INT_NONE;
    if (text == NULL)
        return OK;
    TRY(config_get(c, &g));
    for (size_t i = 0; i < g->teams; i++) {
        char number[24];
        *text_put_int(number, g->team[i].id) = '\0';
        if (text_is(g->team[i].name, text) || text_is(number, text))
            *ret_team = g->team[i].id;
    }
    return *ret_team != INT_NONE ? OK : FAIL(E_NOT_FOUND, _("There is no team \"%s\"."), text);
}

void cli_json_day(struct buf *b, const char *name, int32_t day)
{
    buf_json(b, name);
    buf_char(b, ':');
    if (day == DAY_NONE) {
        buf_lit(b, "null");
        return;
    }
    buf_char(b, '"');
    buf_date(b, day);
    buf_char(b, '"');
}

enum err cli_usage(struct cli *k)
{
    struct ctx *c = &k->c;

    cli_usage_print(k, stderr);
    return FAIL(E_METHOD, "%s", _("The command was not used as it should be."));
}

void progress_show(struct progress *p, int64_t done, int64_t all)
{
    static const char bar[] = "########################################";
    int64_t percent = all > 0 ? done * 100 / all : 0;

    if (!isatty(STDERR_FILENO)) {
        if (p->lines && percent / 10 > p->shown / 10)
            fprintf(stderr, "%s: %d%%\n", p->what, (int)(percent / 10 * 10));
        p->shown = percent;
        return;
    }
    if (percent == p->shown)
        return;
    p->shown = percent;
    fprintf(stderr, "\r%s [%-40.*s] %3d%%", p->what, (int)(percent * 40 / 100), bar, (int)percent);
}

void progress_end(struct progress *p)
{
    if (p->shown > 0 && isatty(STDERR_FILENO))
        fprintf(stderr, "\r%*s\r", (int)strlen(p->what) + 50, "");
    p->shown = 0;
}

const char *cli_say(struct ctx *c, double v)
{
    struct buf b = { NULL, 0, 0, false };
    bool whole = fabs(v) < 1e15 && v == trunc(v); /* 1000000000, not 1e+09 */

    buf_number(&b, v, whole ? 15 : 9);
    char *text = arena_copy(c->arena, buf_text(&b), b.len);
    buf_free(&b);
    return text != NULL ? text : "";
}
