// SPDX-License-Identifier: EUPL-1.2
/* peil import REGISTER FILE...: existing lists and event logs into the register (docs/import.md). */
#include "exchange/import.h"
#include "cli/cli.h"

#include <string.h>

static void show(void *arg, const struct import_progress *p)
{
    progress_show(arg, p->taken, p->size);
}

static enum err print(struct ctx *c, const struct import_report *r, enum format format, bool dry_run)
{
    struct buf out = { 0 };
    bool failed;

    if (format == FORMAT_JSON) {
        import_report_json(c, r, &out);
        buf_lit(&out, "\n");
    } else {
        import_report_table(c, r, &out);
        if (dry_run)
            buf_printf(&out, "  %s\n", _("Nothing was stored: this was a trial."));
    }
    failed = out.failed;
    fputs(buf_text(&out), stdout);
    buf_free(&out);
    return failed ? FAIL(E_NOMEM, "%s", "") : OK;
}

COMMAND(import)
{
    struct ctx *c = &k->c;
    struct progress bar = { .what = _("Import"), .lines = cli_flag(k, "--progress") };
    struct import_options o = {
        .mapping = cli_option(k, "--mapping"),
        .rejects = cli_option(k, "--rejects"),
        .dry_run = cli_flag(k, "--dry-run"),
        .progress = show,
        .progress_arg = &bar,
    };
    enum format format;

    TRY(cli_format(k, &format));
    if (k->args == 0 || format == FORMAT_CSV)
        return cli_usage(k);
    TRY(cli_open(k, false));
    for (int i = 0; i < k->args; i++) {
        struct import_report report;
        enum err e = import_file(c, k->arg[i], &o, &report);
        progress_end(&bar);
        if (e == OK || report.rejected > 0)
            TRY(print(c, &report, format, o.dry_run));
        TRY(e);
    }
    return OK;
}
