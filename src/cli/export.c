// SPDX-License-Identifier: EUPL-1.2
/* peil export: one table of the register as CSV or JSON. */
#include "account/export_table.h"
#include "base/text.h"
#include "cli/cli.h"

static enum err to_stdout(struct ctx *c, void *arg, const char *data, size_t len)
{
    (void)arg;
    return fwrite(data, 1, len, stdout) == len ? OK : FAIL(E_IO, "%s", _("The output could not be written."));
}

static void print_names(void)
{
    for (size_t i = 0; export_table_name(i) != NULL; i++)
        printf("%s\n", export_table_name(i));
    puts("residents");
}

COMMAND(export)
{
    const struct export_sink sink = { false, to_stdout, NULL };
    const char *table = cli_option(k, "--table"), *format = cli_option(k, "--format");
    struct export_sink to = sink;
    struct ctx *c = &k->c;

    if (format != NULL && !text_is(format, "csv") && !text_is(format, "json"))
        return FAIL(E_REQUEST, _("--format is csv or json, not \"%s\"."), format);
    to.json = text_is(format, "json");
    if (table == NULL) {
        print_names();
        return OK;
    }
    TRY(cli_open(k, false));
    if (text_is(table, "residents") && !cli_flag(k, "--identities"))
        return FAIL(E_REQUEST, "%s", _("Names go out only with --identities. Every export is written down."));
    return text_is(table, "residents") ? export_residents(c, &to) : export_table(c, table, &to);
}
