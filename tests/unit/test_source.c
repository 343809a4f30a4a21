// SPDX-License-Identifier: EUPL-1.2
#include "base/buf.h"
#include "base/rng.h"
#include "base/text.h"
#include "exchange/source.h"
#include "unit/temp_file.h"
#include "unit/test.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct outcome {
    enum err err;
    enum source_encoding encoding;
    int64_t replaced;
};

/* Reads the whole file in pieces of `room` into `out`. */
static struct outcome read_file(struct ctx *c, const char *path, size_t room, int64_t limit, struct buf *out)
{
    SOURCE_AUTO struct source *s = NULL;
    struct outcome o = { .err = source_open(c, path, &s) };
    char piece[70000];
    size_t n = 1;

    buf_clear(out);
    if (o.err == OK && limit > 0)
        source_set_limit(s, limit);
    while (o.err == OK && n > 0) {
        o.err = source_read(c, s, piece, room, &n);
        if (o.err != OK)
            break;
        CHECK(n <= room && text_utf8_valid(piece, n));
        buf_put(out, piece, n);
    }
    if (s != NULL) {
        o.encoding = source_encoding(s);
        o.replaced = source_replaced(s);
    }
    return o;
}

static void check_text(const void *data, size_t len, const char *want, enum source_encoding encoding,
                       int64_t replaced)
{
    static const size_t room[] = { 16, 17, 100, 70000 };

    for (size_t i = 0; i < COUNT(room); i++) {
        struct ctx *c = test_begin_bare();
        struct buf out = { 0 };
        TEMP_FILE f = temp_file_make(data, len);
        struct outcome o = read_file(c, f.path, room[i], 0, &out);
        CHECK_INT(o.err, OK);
        CHECK_STR(buf_text(&out), want);
        CHECK_INT(o.encoding, encoding);
        CHECK_INT(o.replaced, replaced);
        buf_free(&out);
    }
}
#define CHECK_TEXT(data, want, encoding, replaced)                                                           \
    check_text("" data "", sizeof(data) - 1, want, encoding, replaced)

TEST(source_encodings)
{
    CHECK_TEXT("", "", SOURCE_ASCII, 0);
    CHECK_TEXT("a", "a", SOURCE_ASCII, 0);
    CHECK_TEXT("a plain text of more than sixteen bytes\n", "a plain text of more than sixteen bytes\n",
               SOURCE_ASCII, 0);
    CHECK_TEXT("één café — €\n", "één café — €\n", SOURCE_UTF8, 0);
    CHECK_TEXT("\xEF\xBB\xBFnaam\n", "naam\n", SOURCE_UTF8, 0);
    CHECK_TEXT("\xFF\xFEn\0a\0\xAC\x20=\xD8\x00\xDE", "na€😀", SOURCE_UTF16LE, 0);
    CHECK_TEXT("\xFE\xFF\0n\0a\x20\xAC\xD8=\xDE\x00", "na€😀", SOURCE_UTF16BE, 0);
    CHECK_TEXT("caf\xE9 \x80 \x93quoted\x94 \xFC\n", "café € “quoted” ü\n", SOURCE_WINDOWS_1252, 0);
    CHECK_TEXT("only the last byte, after twenty others: \xEB", "only the last byte, after twenty others: ë",
               SOURCE_WINDOWS_1252, 0);
}

TEST(source_meaningless_bytes_are_replaced)
{
    CHECK_TEXT("caf\xE9 \x81 x", "café \xEF\xBF\xBD x", SOURCE_WINDOWS_1252, 1);
    CHECK_TEXT("één twéé \xFF drie", "één twéé \xEF\xBF\xBD drie", SOURCE_UTF8, 1);
    CHECK_TEXT("één twéé, cut \xE2\x82", "één twéé, cut \xEF\xBF\xBD\xEF\xBF\xBD", SOURCE_UTF8, 2);
    CHECK_TEXT("\xEF\xBB\xBF\xED\xA0\x80!", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD!", SOURCE_UTF8, 3);
    CHECK_TEXT("\xEF\xBB\xBF\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD", SOURCE_UTF8, 2);
    CHECK_TEXT("\xFF\xFE\x00\xD8x\0", "\xEF\xBF\xBDx", SOURCE_UTF16LE, 1);
    CHECK_TEXT("\xFF\xFEx\0y", "x\xEF\xBF\xBD", SOURCE_UTF16LE, 1);
}

TEST(source_long_texts_cross_every_border)
{
    static const char *const sample[] = { "x", "é", "€", "😀", "ab\n" };
    struct ctx *c = test_begin_bare();
    struct buf text = { 0 }, out = { 0 };
    struct rng r;

    rng_seed(&r, 1);
    while (text.len < 600000)
        buf_str(&text, sample[rng_below(&r, COUNT(sample))]);
    {
        TEMP_FILE plain = temp_file_make(text.data, text.len), packed = temp_file_gzip(text.data, text.len);
        CHECK_INT(read_file(c, plain.path, 70000, 0, &out).err, OK);
        CHECK(out.len == text.len && memcmp(out.data, text.data, out.len) == 0);
        CHECK_INT(read_file(c, packed.path, 997, 0, &out).err, OK);
        CHECK(out.len == text.len && memcmp(out.data, text.data, out.len) == 0);
    }
    buf_free(&text);
    buf_free(&out);
}

TEST(source_refuses)
{
    static const struct {
        const char *data;
        size_t len;
        enum err err;
    } bad[] = {
        { "a\0b", 3, E_INVALID },         { "caf\xE9 en\0", 8, E_INVALID },
        { "\xFF\xFE\0\0", 4, E_INVALID }, { "PK\3\4 a spreadsheet", 18, E_INVALID },
        { "\x1F\x8B", 2, E_INVALID },     { "\x1F\x8B\x08 no deflate here", 19, E_INVALID },
    };

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *c = test_begin_bare();
        struct buf out = { 0 };
        TEMP_FILE f = temp_file_make(bad[i].data, bad[i].len);
        CHECK_INT(read_file(c, f.path, 100, 0, &out).err, bad[i].err);
        CHECK(c->err.text[0] != '\0');
        buf_free(&out);
    }
}

TEST(source_refuses_what_is_no_file)
{
    static const struct {
        const char *path;
        enum err err;
    } bad[] = { { "/nowhere/at/all", E_NOT_FOUND }, { "/tmp", E_INVALID } };

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *c = test_begin_bare();
        struct buf out = { 0 };
        CHECK_INT(read_file(c, bad[i].path, 100, 0, &out).err, bad[i].err);
    }
}

/* Every cut of a gzip file is an error, never a shorter text. */
TEST(source_truncated_gzip)
{
    struct buf text = { 0 }, out = { 0 };
    char packed[2000];
    size_t len;

    for (int i = 0; i < 300; i++)
        buf_printf(&text, "%d;%d\n", i, i * i);
    {
        TEMP_FILE f = temp_file_gzip(text.data, text.len);
        int fd = open(f.path, O_RDONLY);
        ssize_t n = read(fd, packed, sizeof packed);
        close(fd);
        len = (size_t)n;
    }
    for (size_t cut = 2; cut <= len; cut += cut < len - 20 ? 13 : 1) {
        struct ctx *c = test_begin_bare();
        TEMP_FILE f = temp_file_make(packed, cut);
        CHECK_INT(read_file(c, f.path, 1000, 0, &out).err, cut == len ? OK : E_INVALID);
    }
    buf_free(&text);
    buf_free(&out);
}

TEST(source_gzip_members_and_padding)
{
    struct ctx *c = test_begin_bare();
    struct buf file = { 0 }, out = { 0 };

    for (int i = 0; i < 2; i++) {
        TEMP_FILE f = temp_file_gzip("piece\n", 6);
        char packed[100];
        int fd = open(f.path, O_RDONLY);
        ssize_t n = read(fd, packed, sizeof packed);
        close(fd);
        buf_put(&file, packed, (size_t)n);
    }
    buf_put(&file, "\0\0\0", 3);
    {
        TEMP_FILE f = temp_file_make(file.data, file.len);
        CHECK_INT(read_file(c, f.path, 100, 0, &out).err, OK);
        CHECK_STR(buf_text(&out), "piece\npiece\n");
    }
    buf_free(&file);
    buf_free(&out);
}

TEST(source_bomb_ends_at_the_limit)
{
    struct ctx *c = test_begin_bare();
    struct buf text = { 0 }, out = { 0 };

    for (int i = 0; i < 1000000; i++)
        buf_lit(&text, "a,b\n");
    {
        TEMP_FILE f = temp_file_gzip(text.data, text.len);
        struct stat st;
        CHECK(stat(f.path, &st) == 0 && st.st_size < 20000);
        CHECK_INT(read_file(c, f.path, 1000, 1000000, &out).err, E_TOO_LARGE);
        CHECK(out.len <= 1000000);
    }
    buf_free(&text);
    buf_free(&out);
}

/* Whatever the bytes, the answer is valid UTF-8 or a clear error (read_file checks each piece). */
TEST(source_random_bytes)
{
    struct ctx *c = test_begin_bare();

    for (uint64_t seed = 0; seed < 300; seed++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct buf out = { 0 };
        unsigned char data[3000];
        struct rng r;
        struct outcome o;
        size_t len;
        rng_seed(&r, seed);
        len = rng_below(&r, sizeof data);
        for (size_t i = 0; i < len; i++)
            data[i] = (unsigned char)(1 + rng_below(&r, seed % 2 ? 255 : 160));
        if (len > 3 && seed % 5 == 0)
            memcpy(data, seed % 2 ? "\xFF\xFE" : "\xFE\xFF", 2);
        if (len > 3 && seed % 7 == 0)
            memcpy(data, "\x1F\x8B\x08", 3);
        TEMP_FILE f = temp_file_make(data, len);
        o = read_file(c, f.path, 16 + rng_below(&r, 200), 0, &out);
        CHECK(o.err == OK || o.err == E_INVALID);
        CHECK((o.err == OK) == (c->err.code == OK));
        buf_free(&out);
        err_clear(c);
        arena_release(c->arena, mark);
    }
}
