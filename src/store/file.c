// SPDX-License-Identifier: EUPL-1.2
#include "store/file.h"

#include "store/engine.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 1200 };

static enum err fail_io(struct ctx *c, const char *path)
{
    return errno == ENOENT ? FAIL(E_NOT_FOUND, _("There is no file %s."), path)
                           : FAIL(E_IO, _("The file %s cannot be used: %s."), path, strerror(errno));
}

enum err file_map(struct ctx *c, const char *path, struct file_map *ret_map)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return fail_io(c, path);
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0) {
        close(fd);
        return FAIL(E_CORRUPT, _("The file %s is empty or no file."), path);
    }
    void *data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (data == MAP_FAILED)
        return fail_io(c, path);
    *ret_map = (struct file_map){ data, (size_t)st.st_size };
    return OK;
}

void file_unmap(struct file_map *m)
{
    union {
        const void *read_only;
        void *memory;
    } data = { m->data };

    if (m->data != NULL)
        munmap(data.memory, m->len);
    *m = (struct file_map){ NULL, 0 };
}

static bool write_all(int fd, const struct buf *content)
{
    for (size_t at = 0; at < content->len;) {
        ssize_t n = write(fd, content->data + at, content->len - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += (size_t)n;
    }
    return fsync(fd) == 0;
}

/* The name of a new file is only certain when its folder has been written too. */
static void sync_folder(const char *path)
{
    char folder[PATH_ROOM];
    const char *end = strrchr(path, '/');

    snprintf(folder, sizeof folder, "%.*s", end != NULL ? (int)(end - path) + 1 : 1,
             end != NULL ? path : ".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

enum err file_write(struct ctx *c, const char *path, const struct buf *content, bool fresh)
{
    char other[PATH_ROOM];

    if (content->failed)
        return FAIL(E_NOMEM, "%s", "");
    if (snprintf(other, sizeof other, "%s.%ld.new", path, (long)getpid()) >= (int)sizeof other)
        return FAIL(E_INVALID, _("The path %s is too long."), path);
    int fd = open(other, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 && errno == ENOENT)
        return FAIL(E_NOT_FOUND, _("There is no folder for %s."), path);
    if (fd < 0)
        return fail_io(c, path);
    bool ok = write_all(fd, content);
    ok = close(fd) == 0 && ok;
    /* link refuses what rename would replace */
    ok = ok && (fresh ? link(other, path) : rename(other, path)) == 0;
    int why = errno;
    if (fresh || !ok)
        unlink(other);
    errno = why;
    if (!ok && fresh && why == EEXIST)
        return FAIL(E_CONFLICT, _("The file %s is there already."), path);
    if (!ok)
        return fail_io(c, path);
    sync_folder(path);
    return OK;
}

enum { BEGINNING = 64 }; /* of an addition: written last, at once */

static bool write_at(int fd, const char *data, size_t n, off_t at)
{
    while (n > 0) {
        ssize_t done = pwrite(fd, data, n, at);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        data += done;
        n -= (size_t)done;
        at += done;
    }
    return true;
}

/* Whether the file ends at `len`, but for an addition that was never finished. */
static bool ends_at(int fd, size_t len)
{
    char found[BEGINNING];
    struct stat st;

    if (fstat(fd, &st) != 0 || st.st_size < (off_t)len)
        return false;
    ssize_t n = pread(fd, found, sizeof found, (off_t)len);
    for (ssize_t i = 0; i < n; i++)
        if (found[i] != 0)
            return false;
    return n >= 0;
}

enum err file_append(struct ctx *c, const char *path, size_t len, const struct buf *content)
{
    static const char nothing[BEGINNING];
    const char *data = content->data;

    if (content->failed)
        return FAIL(E_NOMEM, "%s", "");
    assert(content->len >= BEGINNING);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return fail_io(c, path);
    if (flock(fd, LOCK_EX) != 0 || !ends_at(fd, len)) {
        close(fd);
        return FAIL(E_CONFLICT, _("Someone else changed %s meanwhile. Please try again."), path);
    }
    off_t at = (off_t)len;
    bool ok = ftruncate(fd, at) == 0 && write_at(fd, nothing, BEGINNING, at) &&
              write_at(fd, data + BEGINNING, content->len - BEGINNING, at + BEGINNING) && fsync(fd) == 0 &&
              write_at(fd, data, BEGINNING, at) && fsync(fd) == 0;
    int why = errno;
    ok = close(fd) == 0 && ok;
    errno = why;
    return ok ? OK : fail_io(c, path);
}

enum err file_beside(struct ctx *c, const char *variable, const char *suffix, const char **ret_path)
{
    const struct store *s = db_store(c->db);
    const char *chosen = getenv(variable);
    char path[PATH_ROOM];

    if (chosen != NULL)
        return ctx_copy(c, chosen, ret_path);
    snprintf(path, sizeof path, "%s%s", s->kind == DB_SQLITE ? s->url : "peil", suffix);
    return ctx_copy(c, path, ret_path);
}

enum err file_folder(struct ctx *c, const char *path)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST ? OK : fail_io(c, path);
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

enum err file_numbers(struct ctx *c, const char *folder, const char *suffix, int64_t **ret_number,
                      size_t *ret_n)
{
    enum { MOST = 9999 };
    int64_t *number;
    size_t n = 0;
    DIR *d = opendir(folder);

    if (d == NULL && errno != ENOENT)
        return fail_io(c, folder);
    enum err done = ctx_alloc(c, MOST, sizeof *number, (void *)&number);
    for (struct dirent *e; d != NULL && done == OK && (e = readdir(d)) != NULL && n < MOST;)
        if (strlen(e->d_name) == 4 + strlen(suffix) && strspn(e->d_name, "0123456789") == 4 &&
            strcmp(e->d_name + 4, suffix) == 0)
            number[n++] = strtol(e->d_name, NULL, 10);
    if (d != NULL)
        closedir(d);
    if (done != OK)
        return done;
    qsort(number, n, sizeof *number, by_value);
    *ret_number = number;
    *ret_n = n;
    return OK;
}
