// SPDX-License-Identifier: EUPL-1.2
/* Finds the embedded examples by both names and gives them back unpacked. */
#include "web/asset.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

static void check_gz(const struct asset *a)
{
    static unsigned char plain[1 << 16];
    z_stream z = { 0 };

    assert(inflateInit2(&z, 15 + 16) == Z_OK);
    unsigned char copy[1 << 12];
    assert(a->gz_len < sizeof copy && a->gz_len < a->len);
    memcpy(copy, a->gz, a->gz_len);
    z.next_in = copy;
    z.avail_in = (uInt)a->gz_len;
    z.next_out = plain;
    z.avail_out = sizeof plain;
    assert(inflate(&z, Z_FINISH) == Z_STREAM_END);
    assert(z.total_out == a->len && memcmp(plain, a->bytes, a->len) == 0);
    inflateEnd(&z);
}

int main(void)
{
    const struct asset *css = asset_find("peil.css"), *svg = asset_find("icon.svg");

    assert(css != NULL && svg != NULL && asset_find("peil.00000000.css") == NULL && asset_find("") == NULL);
    const char *fixed = asset_url("icon.svg") + strlen(ASSET_PATH);
    assert(strlen(fixed) == strlen("icon.12345678.svg"));
    assert(asset_find(fixed) == svg && asset_is_fixed(svg, fixed) && !asset_is_fixed(svg, "icon.svg"));
    assert(strcmp(svg->mime, "image/svg+xml") == 0 && svg->gz == NULL && svg->etag[0] == '"');
    assert(strncmp(svg->etag + 1, fixed + strlen("icon."), 8) == 0);
    check_gz(css);
    fwrite(css->bytes, 1, css->len, stdout);
    return 0;
}
