// SPDX-License-Identifier: EUPL-1.2
/* Forms with files: what a browser sends, and everything that it never would. */
#include "base/buf.h"
#include "base/text.h"
#include "unit/test.h"
#include "web/req.h"

#include <stdlib.h>
#include <string.h>

#define PART(disposition) "--B\r\nContent-Disposition: form-data; " disposition "\r\n\r\n"
#define END "\r\n--B--\r\n"

static struct req sent(const char *type, const char *body, size_t len)
{
    return (struct req){ .method = METHOD_POST,
                         .target = "/import",
                         .header[HEADER_CONTENT_TYPE] = type,
                         .body = body,
                         .body_len = len };
}

/* A copy of exactly this length, so that the sanitizers see a byte read behind it. */
static enum err decode(struct ctx *c, const char *type, const char *body, size_t len, struct req *r)
{
    char *copy = arena_alloc(c->arena, len > 0 ? len : 1);

    memcpy(copy, body, len);
    *r = sent(type, copy, len);
    return req_decode(c, r);
}

static const char simple[] = "multipart/form-data; boundary=B";

TEST(multipart_reads_fields_and_files)
{
    static const char body[] = PART("name=\"csrf\"") "abc\r\n" PART("name=\"note\"") "een\r\ntwee\r\n" PART(
        "name=\"file\"; filename=\"C:\\tmp\\lijst; "
        "naam=x.csv\"\r\nContent-Type: text/csv") "a;b\r\n\0--B\n--"
                                                  "B\r\n" PART("name="
                                                               "\"oth"
                                                               "er\";"
                                                               " file"
                                                               "name="
                                                               "\"\"") END;
    struct ctx *c = test_begin_bare();
    const struct req_file *f;
    struct req r;

    CHECK_INT(decode(c, simple, body, sizeof body - 1, &r), OK);
    CHECK_STR(req_form(&r, "csrf"), "abc");
    CHECK_STR(req_form(&r, "note"), "een\ntwee");
    f = req_file(&r, "file");
    if (CHECK(f != NULL)) {
        CHECK_STR(f->name, "lijst; naam=x.csv");
        CHECK_INT((int64_t)f->len, 13);
        CHECK(memcmp(f->data, "a;b\r\n\0--B\n--B", 13) == 0);
    }
    CHECK(req_file(&r, "other") == NULL); /* none was chosen */
    CHECK(req_form(&r, "file") == NULL);
}

TEST(multipart_reads_boundaries_in_quotes_and_empty_values)
{
    static const char body[] =
        "--x'y z?\r\nx-other: 1\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n\r\n--x'y";
    static const char good[] =
        "--x'y?\r\nx-other: 1\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n\r\n--x'y?--";
    struct ctx *c = test_begin_bare();
    struct req r;

    CHECK_INT(decode(c, "Multipart/Form-Data; charset=utf-8; boundary=\"x'y?\"", good, sizeof good - 1, &r),
              OK);
    CHECK_STR(req_form(&r, "a"), "");
    CHECK_INT(decode(c, "multipart/form-data; boundary=\"x'y z?\"", body, sizeof body - 1, &r), E_REQUEST);
}

/* Each is refused, and none is read beyond its end. */
TEST(multipart_refuses_what_no_browser_sends)
{
    static const struct {
        const char *type, *body;
    } bad[] = {
        { simple, "" },
        { simple, "--B" },
        { simple, "--B\r\n" },
        { simple, "--C--\r\n" },
        { simple, "x" PART("name=\"a\"") "1" END },     /* something before the first */
        { simple, PART("name=\"a\"") "1" END "more" },  /* behind the last */
        { simple, PART("name=\"a\"") "1" },             /* cut off */
        { simple, PART("name=\"a\"") "1\r\n--B" },      /* in the boundary */
        { simple, PART("name=\"a\"") "1\r\n--Bx\r\n" }, /* a longer boundary */
        { simple, "--B\nContent-Disposition: form-data; name=\"a\"\n\n1" END }, /* lone line ends */
        { simple, PART("filename=\"a\"") "1" END },                             /* no name */
        { simple, PART("name=a") "1" END },                                     /* no quotes */
        { simple, PART("name=\"a") "1" END }, /* a quote that is never closed */
        { simple, PART("xname=\"a\"") "1" END },
        { simple, "--B\r\nContent-Type: text/csv\r\n\r\n1" END }, /* no disposition */
        { simple, "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1" END },
        { simple, PART("name=\"a\"") "\xff" END },                     /* a field that is no text */
        { simple, PART("name=\"a\"; filename=\"\x01.csv\"") "1" END }, /* a name that is none */
        { simple, PART("name=\"a\"; filename=\"tmp/\"") "1" END },
        { "multipart/form-data", PART("name=\"a\"") "1" END },
        { "multipart/form-data;", PART("name=\"a\"") "1" END },
        { "multipart/form-data; boundary=", PART("name=\"a\"") "1" END },
        { "multipart/form-data; boundary=\"B", PART("name=\"a\"") "1" END },
        { "multipart/form-data; "
          "boundary=aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaab",
          PART("name=\"a\"") "1" END },
    };

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *c = test_begin_bare();
        struct req r;
        enum err e = decode(c, bad[i].type, bad[i].body, strlen(bad[i].body), &r);
        bool read = bad[i].type[strlen("multipart/form-data")] != '\0'; /* else it is not said to be a form */
        CHECK_INT(e, read ? E_REQUEST : OK);
        CHECK(read || r.form.n == 0);
    }
}

/* Every beginning of a good body, and every body with one byte changed, ends in one of three ways. */
TEST(multipart_survives_every_cut_and_every_changed_byte)
{
    static const char body[] =
        PART("name=\"a\"") "1\r\n" PART("name=\"f\"; filename=\"x.csv\"") "a;b\r\n1;2" END;

    for (size_t i = 0; i < sizeof body - 1; i++) {
        struct ctx *c = test_begin_bare();
        struct req r;
        enum err e = decode(c, simple, body, i, &r);
        CHECK(e == E_REQUEST || (e == OK && i >= sizeof body - 3));
    }
    for (size_t i = 0; i < sizeof body - 1; i++)
        for (int byte = 0; byte < 256; byte += 5) {
            struct ctx *c = test_begin_bare();
            char changed[sizeof body];
            struct req r;
            memcpy(changed, body, sizeof body);
            changed[i] = (char)byte;
            enum err e = decode(c, simple, changed, sizeof body - 1, &r);
            CHECK(e == OK || e == E_REQUEST);
        }
}

TEST(multipart_limits_fields_and_files)
{
    struct ctx *c = test_begin_bare();
    struct buf b = { 0 };
    struct req r;

    for (int i = 0; i <= REQ_FILES; i++)
        buf_lit(&b, PART("name=\"f\"; filename=\"x.csv\"") "1\r\n");
    b.len -= 2;
    buf_lit(&b, END);
    CHECK_INT(decode(c, simple, b.data, b.len, &r), E_TOO_LARGE);
    buf_clear(&b);
    for (int i = 0; i <= REQ_PAIRS; i++)
        buf_lit(&b, PART("name=\"f\"") "1\r\n");
    b.len -= 2;
    buf_lit(&b, END);
    c = test_begin_bare();
    CHECK_INT(decode(c, simple, b.data, b.len, &r), E_TOO_LARGE);
    buf_free(&b);
}
