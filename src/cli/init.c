// SPDX-License-Identifier: EUPL-1.2
/* peil init REGISTER: an empty register, with its key store and master key. */
#include "cli/cli.h"
#include "register/config.h"

#include <string.h>

static enum err put_defaults(struct ctx *c, void *arg)
{
    const char *municipality = arg;

    return municipality != NULL ? setting_put(c, "municipality", municipality) : OK;
}

COMMAND(init)
{
    struct ctx *c = &k->c;
    const char *municipality = cli_option(k, "--municipality");

    if (k->args > 0)
        return cli_usage(k);
    TRY(cli_open(k, true));
    char *arg = NULL;
    if (municipality != NULL) {
        arg = arena_copy(c->arena, municipality, strlen(municipality));
        if (arg == NULL)
            return FAIL(E_NOMEM, "%s", "");
    }
    TRY(db_tx(c, put_defaults, arg));
    printf(_("The register %s is ready. Keep its key file apart from its backups.\n"), k->register_url);
    printf(_("Next: make an account with: peil user add %s --login NAME --role team_lead\n"),
           k->register_url);
    return OK;
}
