// SPDX-License-Identifier: EUPL-1.2
#include "base/err.h"
#include "base/text.h"
#include "unit/test.h"

#include <string.h>

static enum err deepest(struct ctx *c)
{
    return FAIL(E_CONFLICT, "%s took %d", "Someone", 3);
}

static enum err middle(struct ctx *c)
{
    TRY(deepest(c));
    return OK;
}

TEST(err_first_failure_wins)
{
    struct ctx *c = test_begin_bare();

    CHECK_INT(FAIL_FIELD("day", "%s", "Fill in a day."), E_INVALID);
    CHECK_INT(FAIL(E_DB, "%s", "Later"), E_DB); /* the caller still sees its own code */
    CHECK_INT(c->err.code, E_INVALID);
    CHECK_STR(c->err.field, "day");
    CHECK_STR(c->err.text, "Fill in a day.");
    err_clear(c);
    CHECK_INT(c->err.code, OK);
    CHECK_STR(c->err.text, "");
    CHECK_STR(c->err.field, "");
    CHECK_STR(c->err.trace, "");
    CHECK_INT(FAIL(E_DB, "%s", "Now this one"), E_DB);
    CHECK_STR(c->err.text, "Now this one");
    CHECK_STR(c->err.field, "");
}

TEST(err_trace_names_every_step)
{
    struct ctx *c = test_begin_bare();
    const char *step;

    CHECK_INT(middle(c), E_CONFLICT);
    CHECK_STR(c->err.text, "Someone took 3");
    step = strstr(c->err.trace, " < ");
    CHECK(step != NULL && strstr(step + 3, "test_err.c:") != NULL);
    CHECK(step != NULL && strstr(step + 3, " < ") == NULL);
    for (int i = 0; i < 1000; i++) /* a long way up is cut off, not written past the end */
        err_trace(c, "src/base/some_file.c", i);
    CHECK_INT((int64_t)strlen(c->err.trace), (int64_t)sizeof c->err.trace - 1);
}

TEST(err_default_texts)
{
    struct ctx *c = test_begin_bare();

    CHECK_INT(FAIL(E_NOT_FOUND, "%s", ""), E_NOT_FOUND);
    CHECK_STR(c->err.text, "We cannot find this.");
    for (enum err e = E_INVALID; e <= E_BUSY; e++) {
        CHECK(err_status(e) >= 400 && err_status(e) < 600);
        CHECK(err_text(e)[0] != '\0');
    }
    CHECK_INT(err_status(OK), 200);
    CHECK_STR(err_text(OK), "");
    CHECK_INT(err_status((enum err)999), 500);
    CHECK_STR(err_text((enum err)999), "");
}

TEST(err_long_message_is_cut_between_characters)
{
    struct ctx *c = test_begin_bare();
    char text[600];

    for (size_t shift = 0; shift < 4; shift++) {
        memset(text, 'x', shift);
        for (size_t i = shift; i + 3 < sizeof text; i += 3)
            memcpy(text + i, "\xe2\x82\xac", 4);
        err_clear(c);
        CHECK_INT(FAIL(E_IO, "%s", text), E_IO);
        CHECK(text_utf8_valid(c->err.text, strlen(c->err.text)));
        CHECK(strlen(c->err.text) > sizeof c->err.text - 4);
        CHECK(strncmp(c->err.text, text, strlen(c->err.text)) == 0);
    }
}
