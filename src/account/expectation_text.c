// SPDX-License-Identifier: EUPL-1.2
/* The expected period in words. */
#include "account/expectation.h"
#include "base/buf.h"
#include "base/text.h"
#include "register/letter.h"

#include <math.h>

/* Puts texts in the places {1}, {2} ... */
static enum err fill(struct ctx *c, const char *template, const char *const *value, size_t n,
                     const char **ret_text)
{
    struct buf b = { 0 };

    for (const char *p = template; *p != '\0'; p++) {
        bool slot = p[0] == '{' && p[1] >= '1' && (size_t)(p[1] - '1') < n && p[2] == '}';
        if (slot)
            buf_str(&b, value[p[1] - '1']);
        else
            buf_char(&b, *p);
        p += slot ? 2 : 0;
    }
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

int64_t expectation_tenths(int64_t hit_rate)
{
    int64_t tenths = (hit_rate + 50) / 100;

    return tenths > 9 ? 9 : tenths;
}

static const char *const without[EXPECTATION_STATES] = {
    [EXPECTATION_MAKING] = N_("The expected period is being computed."),
    [EXPECTATION_FEW] =
        N_("We cannot say yet in which period it is this resident's turn: too little is known "
           "of how often that would be right."),
    [EXPECTATION_MISSED] =
        N_("We tell no period now: too often it was not right. We do as soon as it is right "
           "again."),
    [EXPECTATION_FAR] = N_("The turn lies more than a year ahead. That is too far to say when."),
    [EXPECTATION_EMERGENCY] = N_("An emergency goes before everybody: help should start the same day."),
};
static const char *const without_short[EXPECTATION_STATES] = {
    [EXPECTATION_MAKING] = N_("being computed"),
    [EXPECTATION_FEW] = N_("cannot be said yet"),
    [EXPECTATION_MISSED] = N_("none now: too often wrong"),
    [EXPECTATION_FAR] = N_("over a year"),
    [EXPECTATION_EMERGENCY] = N_("goes before everybody"),
};

enum err expectation_text(struct ctx *c, const struct expectation *e, const char **ret_text)
{
    char tenths[24];
    const char *value[3] = { NULL, NULL, tenths };

    if (e->state != EXPECTATION_TOLD) {
        *ret_text = _(without[e->state]);
        return OK;
    }
    *text_put_int(tenths, expectation_tenths(e->said.hit_rate)) = '\0';
    TRY(letter_day(c, c->lang, e->said.from, &value[0]));
    TRY(letter_day(c, c->lang, e->said.to, &value[1]));
    return fill(
        c,
        _("It is probably this resident's turn between {1} and {2}. Such a period is right for {3} out of "
          "10 people."),
        value, 3, ret_text);
}

enum err expectation_sure(struct ctx *c, const struct expectation *e, const char **ret_text)
{
    char tenths[24];
    const char *value[1] = { tenths };

    *ret_text = "";
    if (e->state != EXPECTATION_TOLD)
        return OK;
    *text_put_int(tenths, expectation_tenths(e->said.hit_rate)) = '\0';
    return fill(c, _("{1} out of 10 are right"), value, 1, ret_text);
}

enum err expectation_short(struct ctx *c, const struct expectation *e, const char **ret_text)
{
    struct buf b = { 0 };

    if (e->state != EXPECTATION_TOLD) {
        *ret_text = _(without_short[e->state]);
        return OK;
    }
    struct civil from = date_to_civil(e->said.from), to = date_to_civil(e->said.to);
    buf_printf(&b, "%d-%d-%d \xe2\x80\x93 %d-%d-%d", from.day, from.month, from.year, to.day, to.month,
               to.year);
    enum err err = b.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return err;
}

/* The name of a list is that of a team, except for the city's and that of who has no team. */
enum err expectation_order_text(struct ctx *c, int64_t list, double days, const char **ret_text)
{
    static const char *const longest[2] = {
        N_("On this list who has waited longer than {1} mostly goes first, after emergencies."),
        N_("This team mostly helps first, after emergencies, who has waited longer than {1}."),
    };
    static const char *const class[2] = {
        N_("On this list the class mostly decides who goes first, however long somebody has waited."),
        N_("This team mostly goes by the class, however long somebody has waited."),
    };
    bool team = list > 0;
    char weeks[24];
    const char *value[1] = { weeks }, *followed;

    *ret_text = "";
    if (isnan(days))
        return OK;
    *text_put_int(weeks, lround(fmax(days, 0) / 7)) = '\0';
    TRY(fill(c, text_is(weeks, "1") ? _("a week") : _("{1} weeks"), value, 1, &value[0]));
    TRY(fill(c, days < 0 ? _(class[team]) : _(longest[team]), value, 1, &followed));
    const char *part[3] = {
        followed, _("The rule is: first the class, then who has waited longest for the norm of that class."),
        _("The expectation counts with what is done.")
    };
    return fill(c, "{1} {2} {3}", part, 3, ret_text);
}
