// SPDX-License-Identifier: EUPL-1.2
/* Files that are compiled into the program: styles, script, fonts, icons (tools/embed). */
#ifndef PEIL_WEB_ASSET_H
#define PEIL_WEB_ASSET_H

#include <stdbool.h>
#include <stddef.h>

#define ASSET_PATH "/static/"

struct asset {
    const char *name; /* "peil.css" */
    const char *url;  /* "/static/peil.1a2b3c4d.css": changes with the content, may be kept for ever */
    const char *mime; /* "text/css; charset=utf-8" */
    const char *etag; /* with its quotes: "\"1a2b3c4d5e6f7081\"" */
    const unsigned char *bytes; /* as they are */
    size_t len;
    const unsigned char *gz; /* gzip, or NULL where that is not smaller */
    size_t gz_len;
};

/* All of them; the last has the name NULL. */
extern const struct asset assets[];

/* Behind ASSET_PATH: "peil.css" or "peil.1a2b3c4d.css". NULL when there is none, also for the fingerprint of
 * an older version. */
const struct asset *asset_find(const char *name);
/* True for the fingerprinted name: the answer may be cached for ever. */
bool asset_is_fixed(const struct asset *a, const char *name);
/* The fingerprinted path of a file that must exist. */
const char *asset_url(const char *name);

#endif
