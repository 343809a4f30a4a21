// SPDX-License-Identifier: EUPL-1.2
#include "register/letter.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/clock.h"

#include <string.h>

#define EMPTY_SLOT "........"

static const struct {
    const char *name, *label;
} labels[] = {
    { "name", N_("Name of the resident") },
    { "asked", N_("When was it asked?") },
    { "number", N_("Number of the request") },
    { "call_before", N_("We call at the latest on") },
    { "phone", N_("Our phone number") },
    { "supporter_phone", N_("Phone number of the client supporter") },
    { "plan_before", N_("Own plan before") },
    { "begin", N_("First day of the period") },
    { "end", N_("Last day of the period") },
    { "old_begin", N_("First day of the old period") },
    { "old_end", N_("Last day of the old period") },
    { "tenths", N_("Right for so many out of 10") },
    { "bridging", N_("What helps now already?") },
    { "reason", N_("The reason, in plain words") },
    { "worker", N_("Name of the worker") },
    { "lead", N_("Name of the team lead") },
    { "moment", N_("Day and time") },
    { "organisation", N_("Name of the organisation") },
    { "judgement", N_("What we think of it") },
    { "measure", N_("What we do about it") },
    { "link", N_("Short link") },
};

static const char *label_of(const char *name)
{
    for (size_t i = 0; i < COUNT(labels); i++)
        if (text_is(labels[i].name, name))
            return labels[i].label;
    return name;
}

/* The name between braces at p; its length, 0 when there is none. */
static size_t slot_at(const char *p, char name[24])
{
    size_t n = p[0] == '{' ? strcspn(p + 1, "}") : 0;

    if (n == 0 || n >= 24 || p[n + 1] != '}')
        return 0;
    memcpy(name, p + 1, n);
    name[n] = '\0';
    return n + 2;
}

static void slots_of(const char *template, struct letter_slots *s)
{
    s->n = 0;
    s->text = template;
    for (const char *p = template; *p != '\0'; p++) {
        char name[24];
        bool known = slot_at(p, name) == 0;
        for (size_t i = 0; i < s->n; i++)
            known = known || text_is(s->slot[i].name, name);
        if (known || s->n == LETTER_SLOTS)
            continue;
        text_copy(s->slot[s->n].name, sizeof s->slot[s->n].name, name);
        s->slot[s->n].label = label_of(name);
        s->slot[s->n++].value = NULL;
    }
}

void letter_slot_put(struct letter_slots *s, const char *name, const char *value)
{
    for (size_t i = 0; i < s->n; i++)
        if (text_is(s->slot[i].name, name) && !text_empty(value))
            s->slot[i].value = value;
}

enum err letter_day(struct ctx *c, enum lang lang, int32_t day, const char **ret_text)
{
    static const char *const months[] = { N_("January"),   N_("February"), N_("March"),    N_("April"),
                                          N_("May"),       N_("June"),     N_("July"),     N_("August"),
                                          N_("September"), N_("October"),  N_("November"), N_("December") };
    static const char *const days[] = { N_("Monday"), N_("Tuesday"),  N_("Wednesday"), N_("Thursday"),
                                        N_("Friday"), N_("Saturday"), N_("Sunday") };
    struct civil d = date_to_civil(day);
    struct buf b = { 0 };

    buf_str(&b, text_in(lang, days[date_weekday(day) - 1]));
    buf_printf(&b, " %d ", d.day);
    buf_str(&b, text_in(lang, months[d.month - 1]));
    buf_printf(&b, " %d", d.year);
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

static enum err put_day(struct ctx *c, enum lang lang, struct letter_slots *s, const char *name, int32_t day)
{
    const char *text;

    if (day == DAY_NONE)
        return OK;
    TRY(letter_day(c, lang, day, &text));
    letter_slot_put(s, name, text);
    return OK;
}

static enum err fill_known(struct ctx *c, const struct request *q, const char *template, enum lang lang,
                           struct letter_slots *ret_slots)
{
    const struct config *k;
    struct letter_slots s;
    struct clocks clocks;
    const char *number;

    TRY(config_get(c, &k));
    slots_of(template, &s);
    clocks = clocks_of(k, &q->now, c->now);
    TRY(ctx_copy(c, q->number, &number));
    letter_slot_put(&s, "name", q->who.name != NULL ? q->who.name : text_in(lang, N_("resident")));
    letter_slot_put(&s, "number", number);
    letter_slot_put(&s, "phone", k->phone);
    int32_t asked = time_nl_day(q->now.received_at);
    TRY(put_day(c, lang, &s, "asked", asked));
    TRY(put_day(c, lang, &s, "plan_before", asked + 7));
    int32_t call =
        clocks.call_before > c->today ? clocks.call_before : calendar_add_working(&k->calendar, c->today, 1);
    if (clocks.running)
        TRY(put_day(c, lang, &s, "call_before", call));
    *ret_slots = s;
    return OK;
}

enum err letter_slots_fill(struct ctx *c, const struct request *q, enum letter letter, enum lang lang,
                           struct letter_slots *ret_slots)
{
    const struct letter_kind *k = &letter_kinds[letter];

    return fill_known(c, q, k->without != NULL ? k->without : k->text, lang, ret_slots);
}

enum err letter_period_put(struct ctx *c, const struct request *q, enum letter letter, enum lang lang,
                           const struct letter_period *period, struct letter_slots *s)
{
    const char *tenths;
    char number[24];

    if (letter_kinds[letter].without == NULL)
        return OK;
    TRY(fill_known(c, q, letter_kinds[letter].text, lang, s));
    *text_put_int(number, period->tenths) = '\0';
    TRY(ctx_copy(c, number, &tenths));
    letter_slot_put(s, "tenths", tenths);
    TRY(put_day(c, lang, s, "begin", period->from));
    TRY(put_day(c, lang, s, "end", period->to));
    TRY(put_day(c, lang, s, "old_begin", period->old_from));
    return put_day(c, lang, s, "old_end", period->old_to);
}

bool letter_slot_is_period(enum letter letter, const char *name)
{
    static const char *const of_period[] = { "begin", "end", "tenths", "old_begin", "old_end" };

    for (size_t i = 0; i < COUNT(of_period); i++)
        if (text_is(name, of_period[i]))
            return letter_kinds[letter].without != NULL;
    return false;
}

/* ── Rendering ────────────────────────────────────────────────────────────────────────────────────────────
 */

static const char *value_of(const struct letter_slots *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++)
        if (text_is(s->slot[i].name, name))
            return s->slot[i].value;
    return NULL;
}

static enum err fill(struct ctx *c, const char *from, size_t len, const struct letter_slots *s,
                     bool *complete, const char **ret_text)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < len;) {
        char name[24];
        size_t n = slot_at(from + i, name);
        if (n == 0) {
            buf_char(&b, from[i++]);
            continue;
        }
        const char *value = value_of(s, name);
        *complete = *complete && value != NULL;
        buf_str(&b, value != NULL ? value : EMPTY_SLOT);
        i += n;
    }
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

/* One paragraph: "**Heading** text" or text. */
static enum err part_of(struct ctx *c, const char *p, size_t len, const struct letter_slots *s,
                        struct letter_text *t)
{
    struct letter_part *part = &t->part[t->n++];
    const char *end;

    part->heading = NULL;
    if (len > 4 && memcmp(p, "**", 2) == 0 && (end = strstr(p + 2, "**")) != NULL && end < p + len) {
        TRY(fill(c, p + 2, (size_t)(end - p - 2), s, &t->complete, &part->heading));
        end += 2;
        end += *end == ' ';
        len -= (size_t)(end - p);
        p = end;
    }
    return fill(c, p, len, s, &t->complete, &part->text);
}

enum err letter_render(struct ctx *c, enum letter letter, enum lang lang, const struct letter_slots *s,
                       struct letter_text *ret_text)
{
    const char *p = text_in(lang, s->text != NULL ? s->text : letter_kinds[letter].text);
    struct letter_text t = { .complete = true };

    while (*p != '\0' && t.n < COUNT(t.part)) {
        const char *end = strstr(p, "\n\n");
        size_t len = end != NULL ? (size_t)(end - p) : strlen(p);
        TRY(part_of(c, p, len, s, &t));
        p += len + (end != NULL ? 2 : 0);
    }
    *ret_text = t;
    return OK;
}

enum err letter_plain(struct ctx *c, const struct letter_text *t, const char **ret_text)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < t->n; i++) {
        buf_str(&b, i > 0 ? "\n\n" : "");
        buf_str(&b, t->part[i].heading);
        buf_str(&b, t->part[i].heading != NULL ? " " : "");
        buf_str(&b, t->part[i].text);
    }
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}
