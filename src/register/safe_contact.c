// SPDX-License-Identifier: EUPL-1.2
#include "register/safe_contact.h"

#include "base/buf.h"
#include "base/text.h"

#include <string.h>

/* Stored as "1:yyn?y:0900-1700:n:note": an answer for each way, the times ("-" for any), n for no sender name
 * and a for asking first ("-" for neither), and the note. */
#define VERSION "1:"
static const char sign[] = "?yn";

const struct code_name way_names[WAYS] = {
    [WAY_CALL] = { "call", N_("Call") },         [WAY_VOICEMAIL] = { "voicemail", N_("Leave a message") },
    [WAY_TEXT] = { "text", N_("Text message") }, [WAY_MAIL] = { "mail", N_("E-mail") },
    [WAY_LETTER] = { "letter", N_("Letter") },
};

bool way_find(const char *code, enum way *ret_way)
{
    for (size_t i = 0; i < WAYS; i++)
        if (text_is(way_names[i].code, code)) {
            *ret_way = (enum way)i;
            return true;
        }
    return false;
}

/* What the form of before stored, in the order of `enum way`. */
static const struct {
    const char *code, *answers;
    bool ask_first;
} old[] = {
    { "call", "yy???", false },
    { "silent", "yn???", false },
    { "letter", "nnnny", false },
    { "ask", "nnnnn", true },
};

static void read_answers(const char *text, struct safe_contact *s)
{
    for (size_t i = 0; i < WAYS; i++) {
        const char *at = strchr(sign, text[i]);
        s->way[i] = at != NULL && text[i] != '\0' ? (enum safe_answer)(at - sign) : SAFE_NOT_ASKED;
    }
}

static bool read_clock(const char *text, int *ret_minute)
{
    for (size_t i = 0; i < 4; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    int hour = (text[0] - '0') * 10 + text[1] - '0', minute = (text[2] - '0') * 10 + text[3] - '0';
    *ret_minute = hour * 60 + minute;
    return hour < 24 && minute < 60;
}

/* The part behind the version; false when it is not ours. */
static bool read_parts(const char *p, struct safe_contact *s)
{
    if (strnlen(p, WAYS + 1) <= WAYS || p[WAYS] != ':')
        return false;
    read_answers(p, s);
    p += WAYS + 1;
    if (strnlen(p, 10) == 10 && p[4] == '-' && p[9] == ':' && read_clock(p, &s->from) &&
        read_clock(p + 5, &s->to))
        p += 10;
    else if (strncmp(p, "-:", 2) == 0)
        p += 2;
    else
        return false;
    size_t n = strcspn(p, ":");
    if (p[n] != ':')
        return false;
    s->neutral = memchr(p, 'n', n) != NULL;
    s->ask_first = memchr(p, 'a', n) != NULL;
    s->note = p[n + 1] != '\0' ? p + n + 1 : NULL;
    return true;
}

void safe_contact_read(const char *stored, struct safe_contact *ret_safe)
{
    struct safe_contact s = { .from = -1, .to = -1, .structured = true, .asked = true };

    if (text_empty(stored)) {
        s.asked = false;
        *ret_safe = s;
        return;
    }
    for (size_t i = 0; i < COUNT(old); i++)
        if (text_is(old[i].code, stored)) {
            read_answers(old[i].answers, &s);
            s.ask_first = old[i].ask_first;
            *ret_safe = s;
            return;
        }
    if (strncmp(stored, VERSION, 2) != 0 || !read_parts(stored + 2, &s))
        s = (struct safe_contact){ .from = -1, .to = -1, .asked = true, .note = stored };
    *ret_safe = s;
}

enum err safe_contact_write(struct ctx *c, const struct safe_contact *safe, const char **ret_stored)
{
    struct buf b = { 0 };

    buf_lit(&b, VERSION);
    for (size_t i = 0; i < WAYS; i++)
        buf_char(&b, sign[safe->way[i]]);
    if (safe->from >= 0 && safe->to >= 0)
        buf_printf(&b, ":%02d%02d-%02d%02d:", safe->from / 60, safe->from % 60, safe->to / 60, safe->to % 60);
    else
        buf_lit(&b, ":-:");
    buf_str(&b, safe->neutral ? "n" : "");
    buf_str(&b, safe->ask_first ? "a" : "");
    buf_str(&b, safe->neutral || safe->ask_first ? ":" : "-:");
    for (const char *p = safe->note; p != NULL && *p != '\0'; p++)
        buf_char(&b, (unsigned char)*p < 0x20 ? ' ' : *p);
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&b), ret_stored);
    buf_free(&b);
    return e;
}

/* ── What may be done ─────────────────────────────────────────────────────────────────────────────────────
 */

static bool wrong_time(const struct safe_contact *s, enum way way, int minute)
{
    if ((way != WAY_CALL && way != WAY_VOICEMAIL) || s->from < 0 || s->to < 0)
        return false;
    return s->from <= s->to ? minute < s->from || minute >= s->to : minute < s->from && minute >= s->to;
}

enum safe_verdict safe_contact_verdict(const struct safe_contact *safe, enum way way, int minute)
{
    bool try_it = way == WAY_CALL || way == WAY_LETTER;

    if (safe->ask_first || safe->way[way] == SAFE_NO || wrong_time(safe, way, minute))
        return SAFE_STOP;
    if (safe->way[way] == SAFE_YES)
        return SAFE_GO;
    if (safe->asked && !safe->structured) /* words that nobody has read yet */
        return way == WAY_CALL ? SAFE_CAREFUL : SAFE_STOP;
    return try_it ? SAFE_CAREFUL : SAFE_STOP;
}

static const char *const refused[WAYS] = {
    [WAY_CALL] = N_("Do not call: the resident is not safe then."),
    [WAY_VOICEMAIL] = N_("Do not leave a message: the resident is not safe then."),
    [WAY_TEXT] = N_("Do not text: the resident is not safe then."),
    [WAY_MAIL] = N_("Do not e-mail: the resident is not safe then."),
    [WAY_LETTER] = N_("Do not send a letter: the resident is not safe then."),
};
static const char *const not_asked[WAYS] = {
    [WAY_CALL] = N_("Nobody asked yet whether calling is safe. Ask it first."),
    [WAY_VOICEMAIL] = N_("Nobody asked yet whether leaving a message is safe. Do not do it."),
    [WAY_TEXT] = N_("Nobody asked yet whether a text message is safe. Ask it first."),
    [WAY_MAIL] = N_("Nobody asked yet whether an e-mail is safe. Ask it first."),
    [WAY_LETTER] = N_("Nobody asked yet whether a letter is safe. Ask it first if you can."),
};

const char *safe_contact_warning(struct ctx *c, const struct safe_contact *safe, enum way way, int minute)
{
    if (safe_contact_verdict(safe, way, minute) == SAFE_GO)
        return "";
    if (safe->ask_first)
        return _("Do not call or write: ask a colleague first");
    if (safe->way[way] == SAFE_NO)
        return _(refused[way]);
    if (wrong_time(safe, way, minute))
        return _("Do not call now: this is not a safe time for the resident.");
    if (safe->asked && !safe->structured)
        return _("First read how this resident can be reached safely, and write that down as answers.");
    return _(not_asked[way]);
}

enum err safe_contact_line(struct ctx *c, const struct safe_contact *safe, const char **ret_text)
{
    static const char *const answer[] = { NULL, N_("yes"), N_("no") };
    struct buf b = { 0 };

    if (safe->ask_first)
        buf_str(&b, _("Do not call or write: ask a colleague first"));
    for (size_t i = 0; i < WAYS; i++)
        if (safe->way[i] != SAFE_NOT_ASKED && !safe->ask_first)
            buf_printf(&b, "%s%s: %s", b.len > 0 ? ", " : "", _(way_names[i].name), _(answer[safe->way[i]]));
    if (safe->from >= 0 && safe->to >= 0)
        buf_printf(&b, "%s%02d:%02d-%02d:%02d", b.len > 0 ? ", " : "", safe->from / 60, safe->from % 60,
                   safe->to / 60, safe->to % 60);
    if (safe->neutral)
        buf_printf(&b, "%s%s", b.len > 0 ? ", " : "", _("do not say that it is the social team"));
    if (!text_empty(safe->note))
        buf_printf(&b, "%s%s", b.len > 0 ? ". " : "", safe->note);
    if (b.len == 0)
        buf_str(&b, _("Not asked yet"));
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}
