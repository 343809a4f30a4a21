// SPDX-License-Identifier: EUPL-1.2
#include "exchange/source.h"

#include "exchange/encode.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define RAW_SIZE ((size_t)128 * 1024) /* bytes of the file waiting to be unpacked */
#define TEXT_SIZE                                                                                            \
    ((size_t)256 * 1024) /* unpacked bytes waiting to be converted; also the largest piece given out */

struct source {
    int fd;
    bool file_ended, ended; /* the file; the unpacked bytes */
    bool gzip, gzip_open, gzip_ready;
    bool xml;
    bool careful; /* `text` holds bytes that are not clean UTF-8 */
    enum source_encoding encoding;
    const char *name;
    int64_t size, taken, unpacked, limit, replaced;
    z_stream z;
    unsigned char *raw, *text;
    size_t raw_at, raw_len, text_at, text_len;
};

static enum err file_fill(struct ctx *c, struct source *s)
{
    while (!s->file_ended && s->raw_at == s->raw_len) {
        ssize_t n = read(s->fd, s->raw, RAW_SIZE);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return FAIL(E_IO, _("The file %s could not be read to its end."), s->name);
        if (n == 0)
            s->file_ended = true;
        s->raw_at = 0;
        s->raw_len = (size_t)n;
        s->taken += n;
    }
    return OK;
}

/* Bytes as they are in a plain file; the first ones were already read to look at them. */
static enum err plain_get(struct ctx *c, struct source *s, unsigned char *to, size_t room, size_t *ret_len)
{
    size_t n = s->raw_len - s->raw_at;

    *ret_len = 0;
    if (n > 0) {
        n = n < room ? n : room;
        memcpy(to, s->raw + s->raw_at, n);
        s->raw_at += n;
        *ret_len = n;
        return OK;
    }
    while (!s->file_ended) {
        ssize_t got = read(s->fd, to, room);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return FAIL(E_IO, _("The file %s could not be read to its end."), s->name);
        s->file_ended = got == 0;
        s->taken += got;
        *ret_len = (size_t)got;
        break;
    }
    return OK;
}

/* One step of inflate; a new member may follow the end of one (RFC 1952 §2.2), zeros at the very end are
 * padding. */
static enum err gzip_step(struct ctx *c, struct source *s)
{
    int r;

    TRY(file_fill(c, s));
    if (!s->gzip_open) {
        while (s->raw_at < s->raw_len && s->raw[s->raw_at] == 0)
            s->raw_at++;
        if (s->raw_at == s->raw_len)
            return OK;
        if (inflateReset2(&s->z, 15 + 16) != Z_OK)
            return FAIL(E_NOMEM, "%s", "");
        s->gzip_open = true;
    }
    if (s->raw_at == s->raw_len)
        return FAIL(E_INVALID, _("The compressed file %s ends in the middle. Fetch it again."), s->name);
    s->z.next_in = s->raw + s->raw_at;
    s->z.avail_in = (uInt)(s->raw_len - s->raw_at);
    r = inflate(&s->z, Z_NO_FLUSH);
    s->raw_at = s->raw_len - s->z.avail_in;
    if (r == Z_STREAM_END)
        s->gzip_open = false;
    else if (r == Z_MEM_ERROR)
        return FAIL(E_NOMEM, "%s", "");
    else if (r != Z_OK && r != Z_BUF_ERROR)
        return FAIL(E_INVALID, _("The compressed file %s is damaged. Fetch it again."), s->name);
    return OK;
}

static enum err gzip_get(struct ctx *c, struct source *s, unsigned char *to, size_t room, size_t *ret_len)
{
    s->z.next_out = to;
    s->z.avail_out = (uInt)room;
    while (s->z.avail_out == room) {
        TRY(gzip_step(c, s));
        if (!s->gzip_open && s->file_ended && s->raw_at == s->raw_len)
            break;
    }
    *ret_len = room - s->z.avail_out;
    return OK;
}

/* Unpacked bytes; 0 only at the end, and then `ended` is set. */
static enum err bytes_get(struct ctx *c, struct source *s, unsigned char *to, size_t room, size_t *ret_len)
{
    size_t n = 0;

    if (!s->ended) {
        if (s->gzip)
            TRY(gzip_get(c, s, to, room, &n));
        else
            TRY(plain_get(c, s, to, room, &n));
        s->ended = n == 0;
        s->unpacked += (int64_t)n;
        if (s->unpacked > s->limit)
            return FAIL(E_TOO_LARGE, _("The file %s is larger than an import may be."), s->name);
    }
    *ret_len = n;
    return OK;
}

/* Tops up `text` to at least `least` bytes, unless the end comes first. */
static enum err text_fill(struct ctx *c, struct source *s, size_t least)
{
    if (s->text_len - s->text_at >= least)
        return OK;
    memmove(s->text, s->text + s->text_at, s->text_len - s->text_at);
    s->text_len -= s->text_at;
    s->text_at = 0;
    while (!s->ended && s->text_len < least) {
        size_t n;
        TRY(bytes_get(c, s, s->text + s->text_len, TEXT_SIZE - s->text_len, &n));
        s->text_len += n;
    }
    return OK;
}

static bool starts_with(const struct source *s, const char *mark, size_t len)
{
    return s->text_len >= len && memcmp(s->text, mark, len) == 0;
}

/* Byte order mark, and whether the first character is a '<'. */
static enum err text_recognise(struct ctx *c, struct source *s)
{
    size_t i;

    TRY(text_fill(c, s, 512));
    if (starts_with(s, "PK\3\4", 4) || starts_with(s, "\xD0\xCF\x11\xE0", 4))
        return FAIL(E_INVALID, _("The file %s is an Excel or zip file. Save it as CSV first."), s->name);
    if (starts_with(s, "\xEF\xBB\xBF", 3)) {
        s->encoding = SOURCE_UTF8;
        s->text_at = 3;
    } else if (starts_with(s, "\xFF\xFE", 2)) {
        s->encoding = SOURCE_UTF16LE;
        s->text_at = 2;
    } else if (starts_with(s, "\xFE\xFF", 2)) {
        s->encoding = SOURCE_UTF16BE;
        s->text_at = 2;
    }
    for (i = s->text_at; i < s->text_len; i++)
        if (s->text[i] != 0 && s->text[i] != ' ' && s->text[i] != '\t' && s->text[i] != '\r' &&
            s->text[i] != '\n')
            break;
    s->xml = i < s->text_len && s->text[i] == '<';
    return OK;
}

static enum err file_open(struct ctx *c, const char *path, struct source *s)
{
    struct stat st;

    if (strcmp(path, "-") == 0) {
        s->fd = STDIN_FILENO;
        s->name = "stdin";
    } else {
        s->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    }
    if (s->fd < 0 && errno == ENOENT)
        return FAIL(E_NOT_FOUND, _("There is no file %s."), s->name);
    if (s->fd < 0)
        return FAIL(E_IO, _("The file %s may not be read."), s->name);
    if (fstat(s->fd, &st) != 0)
        return FAIL(E_IO, _("The file %s may not be read."), s->name);
    if (S_ISDIR(st.st_mode))
        return FAIL(E_INVALID, _("%s is a folder, not a file."), s->name);
    s->size = S_ISREG(st.st_mode) ? (int64_t)st.st_size : -1;
    return OK;
}

static enum err content_open(struct ctx *c, struct source *s)
{
    TRY(file_fill(c, s));
    s->gzip = s->raw_len >= 2 && s->raw[0] == 0x1F && s->raw[1] == 0x8B;
    if (s->gzip) {
        if (inflateInit2(&s->z, 15 + 16) != Z_OK)
            return FAIL(E_NOMEM, "%s", "");
        s->gzip_ready = true;
    }
    return text_recognise(c, s);
}

/* A text in memory becomes a file that has no name, so that everything after it is the same. */
static enum err text_open(struct ctx *c, const char *text, size_t len, struct source *s)
{
    s->fd = memfd_create("peil-text", MFD_CLOEXEC);
    if (s->fd < 0)
        return FAIL(E_IO, "%s", _("A file could not be read or written."));
    for (size_t done = 0; done < len;) {
        ssize_t n = write(s->fd, text + done, len - done);
        if (n <= 0)
            return FAIL(E_IO, "%s", _("A file could not be read or written."));
        done += (size_t)n;
    }
    return lseek(s->fd, 0, SEEK_SET) == 0 ? OK : FAIL(E_IO, "%s", _("A file could not be read or written."));
}

/* A file, or with `text` a text in memory. */
static enum err open_any(struct ctx *c, const char *path, const char *text, size_t len,
                         struct source **ret_source)
{
    struct source *s;
    enum err e;

    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    TRY(ctx_alloc(c, 1, RAW_SIZE, (void *)&s->raw));
    TRY(ctx_alloc(c, 1, TEXT_SIZE, (void *)&s->text));
    TRY(ctx_copy(c, path, &s->name));
    s->fd = -1;
    s->limit = SOURCE_LIMIT;
    e = text != NULL ? text_open(c, text, len, s) : file_open(c, path, s);
    if (e == OK)
        e = content_open(c, s);
    if (e != OK) {
        err_trace(c, __FILE__, __LINE__);
        source_close(s);
        return e;
    }
    *ret_source = s;
    return OK;
}

enum err source_open(struct ctx *c, const char *path, struct source **ret_source)
{
    return open_any(c, path, NULL, 0, ret_source);
}

enum err source_open_text(struct ctx *c, const char *name, const char *text, size_t len,
                          struct source **ret_source)
{
    return open_any(c, name, text, len, ret_source);
}

void source_close(struct source *s)
{
    if (s == NULL)
        return;
    if (s->gzip_ready)
        inflateEnd(&s->z);
    s->gzip_ready = false;
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    s->fd = -1;
}

/* Converts from `text`. *ret_len 0 means: only the start of a character is there. */
static enum err convert(struct ctx *c, struct source *s, char *to, size_t room, size_t *ret_len)
{
    struct encode_result r;

    r = encode_to_utf8(s->encoding, s->text + s->text_at, s->text_len - s->text_at, s->ended, to, room);
    s->text_at += r.taken;
    s->replaced += r.replaced;
    if (r.nul && r.written == 0)
        return FAIL(E_INVALID, _("The file %s holds a NUL byte: it is not a text file."), s->name);
    s->careful = r.written > 0;
    *ret_len = r.written;
    return OK;
}

/* Length of the start of p that can be given out as it is. Sets the encoding at the first byte that is not
 * ASCII. */
static size_t clean_run(struct source *s, const unsigned char *p, size_t n)
{
    size_t at = 0;

    for (;;) {
        int len;
        at += encode_ascii_run(p + at, n - at);
        if (at == n)
            return at;
        if (s->encoding == SOURCE_ASCII && p[at] != 0)
            s->encoding = encode_guess(p + at, n - at, s->ended);
        len = s->encoding == SOURCE_WINDOWS_1252 || p[at] == 0 ? 0 : encode_sequence(p + at, n - at);
        s->careful = len == 0 || (len < 0 && s->ended);
        if (len < 1)
            return at;
        at += (size_t)len;
    }
}

/* The fast way: bytes straight into the buffer of the caller, checked there; what cannot pass goes back to
 * `text`. *ret_len may be 0 before the end. */
static enum err read_straight(struct ctx *c, struct source *s, char *to, size_t room, size_t *ret_len)
{
    unsigned char *p = (unsigned char *)to;
    size_t left = s->text_len - s->text_at, n = left < room ? left : room, got = 0, clean;

    memcpy(p, s->text + s->text_at, n);
    if (n < room)
        TRY(bytes_get(c, s, p + n, room - n, &got));
    s->text_at += n;
    n += got;
    clean = clean_run(s, p, n);
    if (s->text_at < s->text_len) {
        s->text_at -= n - clean;
    } else {
        memcpy(s->text, p + clean, n - clean);
        s->text_at = 0;
        s->text_len = n - clean;
    }
    *ret_len = clean;
    return OK;
}

enum err source_read(struct ctx *c, struct source *s, char *to, size_t room, size_t *ret_len)
{
    size_t n = 0;

    assert(room >= 16);
    if (room > TEXT_SIZE)
        room = TEXT_SIZE;
    do {
        bool wide = s->encoding != SOURCE_ASCII && s->encoding != SOURCE_UTF8;
        if (wide)
            TRY(text_fill(c, s, 4));
        if (wide || s->careful)
            TRY(convert(c, s, to, room, &n));
        else
            TRY(read_straight(c, s, to, room, &n));
    } while (n == 0 && !(s->ended && s->text_at == s->text_len));
    *ret_len = n;
    return OK;
}

bool source_is_xml(const struct source *s)
{
    return s->xml;
}

enum source_encoding source_encoding(const struct source *s)
{
    return s->encoding;
}

const char *source_encoding_name(const struct source *s)
{
    static const char *const name[] = {
        [SOURCE_ASCII] = "ASCII",
        [SOURCE_UTF8] = "UTF-8",
        [SOURCE_UTF16LE] = "UTF-16LE",
        [SOURCE_UTF16BE] = "UTF-16BE",
        [SOURCE_WINDOWS_1252] = "Windows-1252",
    };
    return name[s->encoding];
}

int64_t source_replaced(const struct source *s)
{
    return s->replaced;
}

int64_t source_size(const struct source *s)
{
    return s->size;
}

int64_t source_taken(const struct source *s)
{
    return s->taken;
}

void source_set_limit(struct source *s, int64_t bytes)
{
    s->limit = bytes;
}
