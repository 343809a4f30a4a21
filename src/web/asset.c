// SPDX-License-Identifier: EUPL-1.2
#include "web/asset.h"

#include <assert.h>
#include <string.h>

bool asset_is_fixed(const struct asset *a, const char *name)
{
    return strcmp(a->url + strlen(ASSET_PATH), name) == 0;
}

const struct asset *asset_find(const char *name)
{
    for (const struct asset *a = assets; a->name != NULL; a++)
        if (strcmp(a->name, name) == 0 || asset_is_fixed(a, name))
            return a;
    return NULL;
}

const char *asset_url(const char *name)
{
    const struct asset *a = asset_find(name);

    assert(a != NULL);
    return a->url;
}
