// SPDX-License-Identifier: EUPL-1.2
/* Safe contact is binding: old codes keep their meaning, and what was never asked is not taken for a yes. */
#include "base/text.h"
#include "register/safe_contact.h"
#include "unit/test.h"

TEST(safe_contact_is_read_back_as_it_was_written)
{
    struct ctx *c = test_begin_bare();
    struct safe_contact s = { .way = { SAFE_YES, SAFE_NO, SAFE_NO, SAFE_NOT_ASKED, SAFE_YES },
                              .from = 540,
                              .to = 17 * 60 + 30,
                              .neutral = true,
                              .note = "Ask for: the\ndaughter" },
                        back;
    const char *stored;

    CHECK(safe_contact_write(c, &s, &stored) == OK);
    CHECK_STR(stored, "1:ynn?y:0900-1730:n:Ask for: the daughter");
    safe_contact_read(stored, &back);
    for (size_t i = 0; i < WAYS; i++)
        CHECK_INT(back.way[i], s.way[i]);
    CHECK_INT(back.from, 540);
    CHECK_INT(back.to, 1050);
    CHECK(back.neutral && !back.ask_first && back.asked && back.structured);
    CHECK_STR(back.note, "Ask for: the daughter");
    s = (struct safe_contact){ .from = -1, .to = -1 };
    CHECK(safe_contact_write(c, &s, &stored) == OK);
    CHECK_STR(stored, "1:?????:-:-:");
    safe_contact_read(stored, &back);
    CHECK(back.structured && back.from == -1 && back.note == NULL);
}

TEST(safe_contact_verdicts)
{
    static const struct {
        const char *stored;
        enum way way;
        int minute;
        enum safe_verdict want;
    } rows[] = {
        { NULL, WAY_CALL, 600, SAFE_CAREFUL }, /* never asked */
        { NULL, WAY_LETTER, 600, SAFE_CAREFUL },
        { NULL, WAY_TEXT, 600, SAFE_STOP },
        { NULL, WAY_MAIL, 600, SAFE_STOP },
        { NULL, WAY_VOICEMAIL, 600, SAFE_STOP },
        { "call", WAY_CALL, 600, SAFE_GO }, /* the codes of before */
        { "call", WAY_VOICEMAIL, 600, SAFE_GO },
        { "call", WAY_TEXT, 600, SAFE_STOP },
        { "silent", WAY_CALL, 600, SAFE_GO },
        { "silent", WAY_VOICEMAIL, 600, SAFE_STOP },
        { "letter", WAY_CALL, 600, SAFE_STOP },
        { "letter", WAY_LETTER, 600, SAFE_GO },
        { "ask", WAY_CALL, 600, SAFE_STOP },
        { "ask", WAY_LETTER, 600, SAFE_STOP },
        { "Alleen bellen op maandag", WAY_CALL, 600, SAFE_CAREFUL }, /* words of an import */
        { "Alleen bellen op maandag", WAY_LETTER, 600, SAFE_STOP },
        { "1:yyyyy:0900-1200:-:", WAY_CALL, 539, SAFE_STOP }, /* times */
        { "1:yyyyy:0900-1200:-:", WAY_CALL, 540, SAFE_GO },
        { "1:yyyyy:0900-1200:-:", WAY_CALL, 720, SAFE_STOP },
        { "1:yyyyy:0900-1200:-:", WAY_LETTER, 720, SAFE_GO },
        { "1:yyyyy:2000-0600:-:", WAY_CALL, 120, SAFE_GO }, /* over midnight */
        { "1:yyyyy:2000-0600:-:", WAY_CALL, 720, SAFE_STOP },
        { "1:yyyyy:-:a:", WAY_CALL, 720, SAFE_STOP },
        { "1:yn", WAY_TEXT, 720, SAFE_STOP }, /* broken: taken for words */
        { "1:yyyyy:9900-1200:-:", WAY_TEXT, 720, SAFE_STOP },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct safe_contact s;
        safe_contact_read(rows[i].stored, &s);
        test_check_int(safe_contact_verdict(&s, rows[i].way, rows[i].minute), rows[i].want, __FILE__,
                       __LINE__, rows[i].stored != NULL ? rows[i].stored : "not asked");
    }
}

TEST(safe_contact_says_why_not)
{
    struct ctx *c = test_begin_bare();
    struct safe_contact s;

    c->lang = LANG_NL;
    safe_contact_read("1:yynyy:-:-:", &s);
    CHECK_STR(safe_contact_warning(c, &s, WAY_TEXT, 600), "Niet sms'en: de inwoner is dan niet veilig.");
    CHECK_STR(safe_contact_warning(c, &s, WAY_CALL, 600), "");
}
