// SPDX-License-Identifier: EUPL-1.2
/* peil map: the outlines of the neighbourhoods, for the maps of figures. */
#include "base/text.h"
#include "cli/cli.h"
#include "exchange/geojson.h"
#include "register/config.h"

static bool has(const struct outlines *o, const char *name)
{
    for (size_t i = 0; i < o->n; i++)
        if (text_is(o->outline[i].name, name))
            return true;
    return false;
}

COMMAND(map)
{
    struct ctx *c = &k->c;
    struct geojson_options o = { cli_option(k, "--name-field") };
    const char *source = cli_option(k, "--source");
    const struct config *config;
    struct outlines drawn;
    size_t missing = 0;

    if (k->args != 1)
        return cli_usage(k);
    TRY(cli_open(k, false));
    TRY(geojson_read(c, k->arg[0], &o, &drawn));
    drawn.source = source != NULL ? source : "";
    TRY(outlines_put(c, &drawn));
    TRY(config_get(c, &config));
    for (size_t i = 0; i < config->neighbourhoods; i++)
        if (!has(&drawn, config->neighbourhood[i].name)) {
            printf(_("No outline for: %s\n"), config->neighbourhood[i].name);
            missing++;
        }
    printf(_("%zu outlines kept.\n"), drawn.n);
    if (missing > 0)
        puts(_("The maps stay tiles until every neighbourhood has an outline."));
    return OK;
}
