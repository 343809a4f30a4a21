// SPDX-License-Identifier: EUPL-1.2
#include "base/text.h"
#include "unit/test.h"
#include "web/reply.h"
#include "web/req.h"

#include <stdlib.h>
#include <string.h>

static const char form_type[] = "application/x-www-form-urlencoded; charset=utf-8";

static struct req post(const char *body)
{
    return (struct req){ .method = METHOD_POST,
                         .target = "/",
                         .header[HEADER_CONTENT_TYPE] = form_type,
                         .body = body,
                         .body_len = strlen(body) };
}

TEST(req_reads_path_query_form_and_cookies)
{
    struct ctx *c = test_begin_bare();
    struct req r = post("name=Ay%C5%9Fe+%26+Jan&note=een%0D%0Atwee%09drie&id=1&id=2&empty=&bare&=x&&");

    r.target = "/requests/7?a=1&a=2&b=%2B+&c";
    r.header[HEADER_COOKIE] = "x=1; peil=abc-_; y=\"2\";z";
    CHECK_INT(req_decode(c, &r), OK);
    CHECK_STR(r.path, "/requests/7");
    CHECK_STR(r.search, "a=1&a=2&b=%2B+&c");
    CHECK_STR(req_query(&r, "a"), "1");
    CHECK_STR(req_query(&r, "b"), "+ ");
    CHECK_STR(req_query(&r, "c"), "");
    CHECK_STR(req_query(&r, "name"), NULL);
    CHECK_STR(req_form(&r, "name"), "Ayşe & Jan");
    CHECK_STR(req_form(&r, "note"), "een\ntwee\tdrie");
    CHECK_STR(req_form(&r, "empty"), "");
    CHECK_STR(req_form(&r, "bare"), "");
    CHECK_STR(req_form(&r, ""), "x");
    CHECK_STR(req_cookie(&r, "peil"), "abc-_");
    CHECK_STR(req_cookie(&r, "x"), "1");
    CHECK_STR(req_cookie(&r, "z"), NULL);
}

TEST(req_body_is_a_form_only_when_it_says_so)
{
    static const char *const types[] = { "text/plain", "application/json",
                                         "application/x-www-form-urlencodedx", NULL };

    for (size_t i = 0; i < COUNT(types); i++) {
        struct ctx *c = test_begin_bare();
        struct req r = post("a=1");

        r.header[HEADER_CONTENT_TYPE] = types[i];
        CHECK_INT(req_decode(c, &r), OK);
        CHECK_INT((int64_t)r.form.n, 0);
    }
}

/* What must not get through, in each place where text comes in. */
TEST(req_refuses_hostile_text)
{
    static const char *const bad[] = {
        "a=%00",          "a=%",      "a=%4",  "a=%zz",   "a=%C3",    "a=%C3%28", "a=%ED%A0%80",
        "a=%F4%90%80%80", "a=%C0%AF", "a=%1b", "a=%7F",   "a=%C2%85", "a%01=1",   "a%0A=1",
        "a=%FF",          "a=\xff",   "a=%0D", "a=x%0Dy",
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *c = test_begin_bare();
        struct req r = post(bad[i]), q = { .target = "/" };
        char target[64] = "/x?";

        if (!CHECK_INT(req_decode(c, &r), E_REQUEST))
            test_check_str(bad[i], "refused", __FILE__, __LINE__, "form");
        memcpy(target + 3, bad[i], strlen(bad[i]) + 1);
        q.target = target;
        err_clear(c);
        CHECK_INT(req_decode(c, &q), E_REQUEST);
    }
    static const char *const paths[] = { "x",  "",       "*",    "http://a/",    "/%00",
                                         "/%", "/a%0ab", "/%C3", "/%E2%80%A8%01" };
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct ctx *c = test_begin_bare();
        struct req r = { .target = paths[i] };
        CHECK_INT(req_decode(c, &r), E_REQUEST);
    }
    struct ctx *c = test_begin_bare();
    struct req q = { .target = "/?a=1%0A2" }; /* lines only in forms */
    CHECK_INT(req_decode(c, &q), E_REQUEST);
}

TEST(req_limits_count_and_length)
{
    struct ctx *c = test_begin_bare();
    struct buf b = { 0 };
    struct req r;

    for (int i = 0; i < REQ_PAIRS + 1; i++)
        buf_str(&b, "a=1&");
    r = post(buf_text(&b));
    CHECK_INT(req_decode(c, &r), E_TOO_LARGE);
    err_clear(c);
    buf_clear(&b);
    buf_str(&b, "a=");
    for (int i = 0; i < REQ_VALUE + 1; i++)
        buf_char(&b, 'x');
    r = post(buf_text(&b));
    CHECK_INT(req_decode(c, &r), E_TOO_LARGE);
    buf_free(&b);
}

TEST(reply_redirects_only_to_this_site)
{
    static const char *const bad[] = { "//evil", "/\\evil", "http://evil", "", "x", "/a\r\nSet-Cookie: a=1" };
    struct ctx *c = test_begin_bare();
    struct reply out = { 0 };

    CHECK_INT(reply_redirect(c, &out, "/requests/%d", 5), OK);
    CHECK_INT(out.status, 303);
    CHECK_STR(out.header[0].value, "/requests/5");
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_INT(reply_redirect(c, &out, "%s", bad[i]), E_REQUEST);
        err_clear(c);
    }
}

TEST(reply_cookie_is_closed_to_scripts_and_other_sites)
{
    struct ctx *c = test_begin_bare();
    struct reply out = { 0 };
    struct req plain = { 0 }, https = { .https = true };

    CHECK_INT(reply_cookie(c, &plain, &out, "peil", "abc", 60), OK);
    CHECK_STR(out.header[0].value, "peil=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    CHECK_INT(reply_cookie(c, &https, &out, "peil", "", -1), OK);
    CHECK_STR(out.header[1].value, "peil=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
    CHECK_INT(reply_cookie(c, &https, &out, "peil", "a; Domain=evil", 0), E_REQUEST);
}
