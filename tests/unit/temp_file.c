// SPDX-License-Identifier: EUPL-1.2
#include "unit/temp_file.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

struct temp_file temp_file_make(const void *data, size_t len)
{
    const char *folder = getenv("TMPDIR"), *p = data;
    struct temp_file f;
    int fd;

    snprintf(f.path, sizeof f.path, "%s/peil-test-XXXXXX", folder != NULL ? folder : "/tmp");
    fd = mkstemp(f.path);
    assert(fd >= 0);
    while (len > 0) {
        ssize_t n = write(fd, p, len);
        assert(n > 0);
        p += n;
        len -= (size_t)n;
    }
    close(fd);
    return f;
}

struct temp_file temp_file_text(const char *text)
{
    return temp_file_make(text, strlen(text));
}

struct temp_file temp_file_gzip(const void *data, size_t len)
{
    struct temp_file f = temp_file_make("", 0);
    gzFile z = gzopen(f.path, "wb");

    assert(z != NULL);
    assert(len == 0 || gzwrite(z, data, (unsigned)len) == (int)len);
    assert(gzclose(z) == Z_OK);
    return f;
}

void temp_file_remove(struct temp_file *f)
{
    unlink(f->path);
}
