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

static bool is_table(const char *name)
{
    for (size_t i = 0; export_table_name(i) != NULL; i++)
        if (text_is(export_table_name(i), name))
            return true;
    return text_is(name, "residents");
}

COMMAND(export)
{
    const struct export_sink sink = { false, to_stdout, NULL };
    const char *table = cli_option(k, "--table"), *format = cli_option(k, "--format");
    struct export_sink to = sink;
    struct ctx *c = &k->c;

    if (k->args > 0)
        return cli_usage(k);
    if (format != NULL && !text_is(format, "csv") && !text_is(format, "json"))
        return FAIL(E_METHOD, _("--format is csv or json, not \"%s\"."), format);
    to.json = text_is(format, "json");
    if (table == NULL) {
        print_names();
        return OK;
    }
    if (!is_table(table))
        return FAIL(E_METHOD, _("There is no table \"%s\" to export. Which there are: peil export."), table);
    TRY(cli_open(k, false));
    if (text_is(table, "residents") && !cli_flag(k, "--identities"))
        return FAIL(E_METHOD, "%s", _("Names go out only with --identities. Every export is written down."));
    return text_is(table, "residents") ? export_residents(c, &to) : export_table(c, table, &to);
}
