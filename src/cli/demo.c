// SPDX-License-Identifier: EUPL-1.2
/* peil demo REGISTER: a register of a made-up municipality, to try everything with. */
#include "register/demo.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "cli/cli.h"

#include <errno.h>
#include <string.h>

#define YEARS 3

static void show_progress(void *arg, int64_t done, int64_t all)
{
    progress_show(arg, done, all);
}

/* Three years up to today; the first day is a Monday. */
static enum err read_options(struct cli *k, struct demo_options *o)
{
    struct ctx *c = &k->c;
    const char *seed = cli_option(k, "--seed"), *scale = cli_option(k, "--scale");
    int64_t number = 1;
    int32_t first;

    *o = (struct demo_options){ .scale = 1, .password = cli_option(k, "--password") };
    if (seed != NULL && (!text_to_int(seed, &number) || number < 0))
        return FAIL(E_METHOD, _("--seed needs a whole number, not \"%s\"."), seed);
    o->seed = (uint64_t)number;
    if (scale != NULL && !text_to_double(scale, strlen(scale), &o->scale))
        return FAIL(E_METHOD, _("--scale needs a number such as 0.5, not \"%s\"."), scale);
    TRY(cli_day(k, "--to", c->today, &o->to));
    first = date_add_months(o->to, -12 * YEARS);
    TRY(cli_day(k, "--from", first + (8 - date_weekday(first)) % 7, &o->from));
    return OK;
}

static void print_logins(const struct ctx *c, const struct demo_made *made)
{
    printf("%-24s %-34s %s\n", _("Login"), _("Role"), _("Password"));
    for (size_t i = 0; i < made->logins; i++) {
        const struct demo_login *l = &made->login[i];
        printf("%-24s %s%s%s%*s %s\n", l->login, l->role, l->team[0] != '\0' ? ", " : "", l->team,
               (int)(34 - strlen(l->role) - strlen(l->team) - (l->team[0] != '\0' ? 2 : 0)), "",
               made->password);
    }
}

/* --truth FILE: what figures of this register must come near to. */
static enum err write_truth(struct ctx *c, const char *path, const struct demo_made *made)
{
    struct buf text = { NULL, 0, 0, false };
    enum err e = demo_truth_json(c, made, &text);
    FILE *file = e == OK ? fopen(path, "we") : NULL;

    if (e == OK && file == NULL)
        e = FAIL(E_IO, _("%s could not be written: %s."), path, strerror(errno));
    if (file != NULL) {
        bool ok = fwrite(text.data, 1, text.len, file) == text.len;
        if ((fclose(file) != 0 || !ok) && e == OK)
            e = FAIL(E_IO, _("%s could not be written: %s."), path, strerror(errno));
    }
    buf_free(&text);
    return e;
}

COMMAND(demo)
{
    struct ctx *c = &k->c;
    struct progress bar = { .what = _("Made-up requests") };
    struct demo_options o;
    struct demo_made made;

    if (k->args > 0)
        return cli_usage(k);
    TRY(read_options(k, &o));
    if (demo_check(c, &o) != OK) /* before there is a file */
        return E_METHOD;
    o.progress = show_progress;
    o.progress_arg = &bar;
    TRY(cli_open(k, true));
    enum err e = demo_make(c, &o, &made);
    progress_end(&bar);
    if (e != OK)
        return e;
    print_logins(c, &made);
    const char *truth = cli_option(k, "--truth");
    return truth != NULL ? write_truth(c, truth, &made) : OK;
}
