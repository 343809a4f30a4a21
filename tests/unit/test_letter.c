// SPDX-License-Identifier: EUPL-1.2
/* Letters are plain Dutch, and complete; safe contact is binding for every message. */
#include "base/readability.h"
#include "base/text.h"
#include "register/letter.h"
#include "register/message.h"
#include "register/session.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <stdio.h>
#include <string.h>

static struct request_id add(struct ctx *c, const char *safe)
{
    struct request_id id = { 0 };
    struct request_form f = asked(c);

    f.who.safe_contact = safe;
    f.question = "Money";
    f.received = c->today - 10;
    CHECK(request_add(c, &f, &id) == OK);
    return id;
}

/* Every text as a resident reads it: with its slots filled in. */
static void render(struct ctx *c, enum letter letter, enum lang lang, bool period, const char **ret_text)
{
    static const char *const values[][2] = {
        { "supporter_phone", "0492 555 555" },
        { "begin", "3 juni" },
        { "end", "14 juni" },
        { "old_begin", "1 mei" },
        { "old_end", "14 mei" },
        { "bridging", "U kunt komen eten in het wijkhuis." },
        { "reason", "er zijn te veel zieken" },
        { "worker", "Anna Smit" },
        { "lead", "Piet Bos" },
        { "moment", "3 juni om 14 uur" },
        { "organisation", "LEV" },
        { "judgement", "u heeft gelijk" },
        { "measure", "wij bellen nu elke dag" },
        { "link", "peil.nl/a1" },
    };
    struct letter_slots s;
    struct letter_text t;
    struct request q;

    CHECK(request_get(c, add(c, NULL), &q) == OK);
    CHECK(letter_slots_fill(c, &q, letter, lang, &s) == OK);
    struct letter_period of = { c->today + 9, c->today + 22, 8, c->today - 40, c->today - 20 };
    if (period)
        CHECK(letter_period_put(c, &q, letter, lang, &of, &s) == OK);
    for (size_t i = 0; i < COUNT(values); i++)
        letter_slot_put(&s, values[i][0], values[i][1]);
    CHECK(letter_render(c, letter, lang, &s, &t) == OK);
    test_check(t.complete, __FILE__, __LINE__, letter_kinds[letter].code);
    CHECK(letter_plain(c, &t, ret_text) == OK);
}

TEST(letter_texts_are_plain_dutch)
{
    struct ctx *c = test_begin("2024-05-01");

    for (size_t i = 0; i < 2 * LETTERS; i++) {
        struct readability r;
        const char *text;
        char what[160];
        render(c, (enum letter)(i / 2), LANG_NL, i % 2 == 0, &text);
        readability_douma(text, &r);
        snprintf(what, sizeof what, "%s: Flesch-Douma %.1f is under 60", letter_kinds[i / 2].code, r.score);
        test_check(r.score >= 60, __FILE__, __LINE__, what);
        snprintf(what, sizeof what, "%s: %.1f words a sentence", letter_kinds[i / 2].code,
                 (double)r.words / (double)r.sentences);
        test_check((double)r.words / (double)r.sentences <= 15, __FILE__, __LINE__, what);
        test_check(strchr(text, '{') == NULL && strstr(text, "...") == NULL, __FILE__, __LINE__, text);
    }
    test_end(c);
}

/* The Dutch has the same slots as the English: a typing mistake in one of them would leave a hole. */
TEST(letter_slots_are_the_same_in_both_languages)
{
    for (size_t i = 0; i < LETTERS; i++) {
        const char *english = letter_kinds[i].text, *dutch = text_in(LANG_NL, english);
        test_check(english != dutch, __FILE__, __LINE__, letter_kinds[i].code);
        for (const char *const *from = (const char *const[]){ english, dutch, NULL }; *from != NULL; from++)
            for (const char *p = strchr(*from, '{'); p != NULL; p = strchr(p + 1, '{')) {
                char slot[40];
                size_t n = strcspn(p, "}") + 1;
                snprintf(slot, sizeof slot, "%.*s", (int)n, p);
                test_check(strstr(english, slot) != NULL && strstr(dutch, slot) != NULL, __FILE__, __LINE__,
                           slot);
            }
    }
}

TEST(letter_knows_dates_and_numbers)
{
    struct ctx *c = test_begin("2024-05-13");
    struct letter_slots s;
    struct letter_text t;
    struct request q;
    const char *text;

    CHECK(request_get(c, add(c, NULL), &q) == OK);
    CHECK(letter_slots_fill(c, &q, LETTER_SIX_WEEKS, LANG_NL, &s) == OK);
    CHECK(letter_render(c, LETTER_SIX_WEEKS, LANG_NL, &s, &t) == OK);
    CHECK(t.complete);
    CHECK(letter_plain(c, &t, &text) == OK);
    CHECK(strstr(text, "Beste Jan de Vries,") == text);
    CHECK(strstr(text, "U vroeg ons om hulp op vrijdag 3 mei 2024.") != NULL);
    CHECK(letter_slots_fill(c, &q, LETTER_ON_LIST, LANG_EN, &s) == OK);
    CHECK(letter_render(c, LETTER_ON_LIST, LANG_EN, &s, &t) == OK);
    CHECK(!t.complete); /* the period is not known */
    test_end(c);
}

TEST(message_safe_contact_is_binding)
{
    static const struct {
        const char *safe, *way;
        bool may;
    } rows[] = {
        { "1:yynyy:-:-:", "text", false },
        { "1:yynyy:-:-:", "letter", true },
        { "1:yyyyn:-:-:", "letter", false },
        { "1:yyyyn:-:-:", "hand", false },
        { "letter", "call", false },
        { "silent", "voicemail", false },
        { NULL, "text", false },
        { NULL, "letter", true },
        { "1:yyyyy:-:a:", "letter", false },
        { "1:y????:0900-1000:-:", "call", false }, /* it is noon */
    };
    struct ctx *c = test_begin("2024-05-01");

    c->lang = LANG_NL;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct message_form f = { .request = add(c, rows[i].safe),
                                  .kind = "other",
                                  .way = rows[i].way,
                                  .at = TIME_NONE,
                                  .lang = LANG_NL,
                                  .text = "Hello" };
        int64_t id;
        enum err e = message_add(c, &f, &id);
        test_check((e == OK) == rows[i].may, __FILE__, __LINE__,
                   rows[i].safe != NULL ? rows[i].safe : "not asked");
        if (e != OK)
            CHECK_STR(c->err.field, "way");
        if (i == 0)
            CHECK_STR(c->err.text, "Niet sms'en: de inwoner is dan niet veilig.");
        err_clear(c);
        f.incoming = true; /* what comes in is always written down */
        CHECK(message_add(c, &f, &id) == OK);
    }
    test_end(c);
}

TEST(message_log_and_who_was_not_informed)
{
    struct ctx *c = test_begin("2024-05-01");
    struct request_id first = add(c, NULL), second = add(c, "1:ynnnn:-:-:");
    struct message_form f = { .request = first,
                              .kind = "on-list",
                              .way = "letter",
                              .at = TIME_NONE,
                              .lang = LANG_EN,
                              .text = "You are on the list" };
    const struct actor *me = c->actor;
    const struct scope *all = c->scope;
    struct not_informed *row;
    struct session session;
    struct message *m;
    int64_t id;
    size_t n;

    CHECK(message_not_informed(c, &row, &n) == OK);
    if (CHECK_INT((int64_t)n, 2)) {
        CHECK_STR(row[0].why, "");
        CHECK(row[1].why[0] != '\0'); /* explained: nothing may be sent */
    }
    CHECK(message_add(c, &f, &id) == OK);
    CHECK(message_not_informed(c, &row, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_INT(row[0].request, second.v);
    CHECK(message_of_request(c, first, &m, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_STR(m[0].text, "You are on the list");
    CHECK_STR(m[0].language, "en");
    f.kind = "poem";
    CHECK(message_add(c, &f, &id) == E_INVALID);
    err_clear(c);
    f.kind = "other";
    f.at = c->now + 3600;
    CHECK(message_add(c, &f, &id) == E_INVALID);
    err_clear(c);
    session_act_as(c, &session, ROLE_SOCIAL_WORKER, 99, INT_NONE);
    CHECK(message_of_request(c, first, &m, &n) == E_NOT_FOUND);
    err_clear(c);
    session_act_as(c, &session, ROLE_QUALITY, INT_NONE, INT_NONE);
    CHECK(message_not_informed(c, &row, &n) == E_FORBIDDEN);
    err_clear(c);
    c->actor = me;
    c->scope = all;
    test_end(c);
}

/* The letter of the six weeks is also the event that the clock of the law looks for. */
TEST(message_of_six_weeks_is_an_event)
{
    struct ctx *c = test_begin("2024-05-01");
    struct request_id id = add(c, NULL);
    struct message_form f = {
        .request = id, .kind = "six-weeks", .way = "letter", .at = TIME_NONE, .lang = LANG_NL, .text = "x"
    };
    struct request_change wmo = { .id = id, .version = -1, .e = EVENT_NONE };
    struct request q;
    int64_t message;

    wmo.e.kind = KIND_WMO_REPORTED;
    wmo.e.occurred_at = c->now;
    CHECK(request_change(c, &wmo) == OK);
    CHECK(message_add(c, &f, &message) == OK);
    CHECK(request_get(c, id, &q) == OK);
    CHECK_INT(q.event[q.events - 1].e.kind, KIND_LATE_LETTER);
    CHECK(message_add(c, &f, &message) == OK); /* sent again: written down, but the event is there once */
    CHECK(request_get(c, id, &q) == OK);
    CHECK(q.event[q.events - 2].e.kind != KIND_LATE_LETTER);
    test_end(c);
}

TEST(safe_contact_is_changed_once_at_a_time)
{
    struct ctx *c = test_begin("2024-05-01");
    struct request_id id = add(c, "Alleen bellen op maandag"); /* words of an import */
    struct safe_contact safe = { .way = { SAFE_YES, SAFE_NO, SAFE_YES, SAFE_NO, SAFE_YES },
                                 .from = -1,
                                 .to = -1 };
    struct session session;
    struct request q;
    int64_t seen;

    CHECK(request_get(c, id, &q) == OK);
    CHECK(message_may(c, q.person, WAY_TEXT) == E_INVALID);
    err_clear(c);
    CHECK(safe_contact_seen(c, q.person, &seen) == OK);
    CHECK(safe_contact_change(c, id.v, &safe, seen) == OK);
    CHECK(message_may(c, q.person, WAY_TEXT) == OK); /* it was asked now */
    CHECK(safe_contact_change(c, id.v, &safe, seen) == E_CONFLICT);
    err_clear(c);
    const struct actor *me = c->actor;
    const struct scope *all = c->scope;
    session_act_as(c, &session, ROLE_SOCIAL_WORKER, 99, INT_NONE);
    CHECK(safe_contact_change(c, id.v, &safe, -1) == E_NOT_FOUND);
    err_clear(c);
    c->actor = me;
    c->scope = all;
    test_end(c);
}
