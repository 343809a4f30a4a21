// SPDX-License-Identifier: EUPL-1.2
#include "web/static.h"

#include "web/asset.h"

#include <string.h>

/* Each file under its fixed name (kept for a year) and its plain name (asked again each time). */
enum { FIXED, PLAIN, NAMES };
enum { BYTES, GZIP, SAME, FORMS };

struct static_files {
    struct arena memory;
    size_t n;
    struct ready *(*file)[NAMES][FORMS];
};

static struct ready *make(const struct asset *a, int name, int form)
{
    struct reply r = { .status = form == SAME ? 304 : 200, .content_type = form == SAME ? NULL : a->mime };

    if (form == GZIP && a->gz == NULL)
        return NULL;
    r.fixed = form == SAME ? (const void *)"" : form == GZIP ? a->gz : a->bytes;
    r.fixed_len = form == SAME ? 0 : form == GZIP ? a->gz_len : a->len;
    reply_header(&r, "ETag", a->etag);
    reply_header(&r, "Vary", "Accept-Encoding");
    reply_header(&r, "Cache-Control", name == FIXED ? "public, max-age=31536000, immutable" : "no-cache");
    if (form == GZIP)
        reply_header(&r, "Content-Encoding", "gzip");
    return ready_make(&r);
}

struct static_files *static_make(void)
{
    struct arena memory;
    struct static_files *s;
    size_t n = 0;

    while (assets[n].name != NULL)
        n++;
    arena_init(&memory, (size_t)1 << 20);
    s = arena_alloc(&memory, sizeof *s);
    void *file = arena_array(&memory, n + 1, sizeof *s->file);
    if (s == NULL || file == NULL) {
        arena_free(&memory);
        return NULL;
    }
    *s = (struct static_files){ .memory = memory, .n = n, .file = file };
    for (size_t i = 0; i < n; i++)
        for (int name = 0; name < NAMES; name++)
            for (int form = 0; form < FORMS; form++)
                s->file[i][name][form] = make(&assets[i], name, form);
    return s;
}

void static_free(struct static_files *s)
{
    struct arena memory;

    if (s == NULL)
        return;
    for (size_t i = 0; i < s->n; i++)
        for (int name = 0; name < NAMES; name++)
            for (int form = 0; form < FORMS; form++)
                ready_drop(s->file[i][name][form]);
    memory = s->memory;
    arena_free(&memory);
}

/* "gzip" among what the browser takes; "gzip;q=0" is rare enough to be read as no by the exact form only. */
static bool takes_gzip(const char *accepts)
{
    const char *at = accepts != NULL ? strstr(accepts, "gzip") : NULL;

    return at != NULL && strncmp(at + 4, ";q=0", 4) != 0;
}

struct ready *static_find(const struct static_files *s, const struct req *r)
{
    const char *name = r->target + strlen(ASSET_PATH), *known = r->header[HEADER_IF_NONE_MATCH];
    const struct asset *a;
    int form = BYTES;

    if ((r->method != METHOD_GET && r->method != METHOD_HEAD) ||
        strncmp(r->target, ASSET_PATH, strlen(ASSET_PATH)) != 0)
        return NULL;
    a = asset_find(name);
    if (a == NULL)
        return NULL;
    struct ready *const *forms = s->file[a - assets][asset_is_fixed(a, name) ? FIXED : PLAIN];
    if (known != NULL && strstr(known, a->etag) != NULL)
        form = SAME;
    else if (forms[GZIP] != NULL && takes_gzip(r->header[HEADER_ACCEPT_ENCODING]))
        form = GZIP;
    return forms[form] != NULL ? ready_hold(forms[form]) : NULL;
}
