// SPDX-License-Identifier: EUPL-1.2
#include "exchange/mapping.h"
#include "exchange/mapping_token.h"

#include "base/text.h"

#include <string.h>

struct parser {
    struct token_reader r;
    struct mapping *m;
    struct mapping_event **event_tail;
    struct mapping_activity **activity_tail;
    bool other_seen, kind_seen;
};

static enum err next(struct ctx *c, struct parser *p)
{
    return token_next(c, &p->r);
}

static bool at_word(const struct parser *p, const char *word)
{
    return p->r.now.kind == TOKEN_WORD && text_is(p->r.now.text, word);
}

static bool at_sign(const struct parser *p, char sign)
{
    return p->r.now.kind == TOKEN_SIGN && p->r.now.sign == sign;
}

static bool at_text(const struct parser *p)
{
    return p->r.now.kind == TOKEN_WORD || p->r.now.kind == TOKEN_QUOTED;
}

static enum err unexpected(struct ctx *c, const struct parser *p, const char *wanted)
{
    const char *name = p->r.name;
    int line = p->r.now.line;

    if (p->r.now.kind == TOKEN_SIGN)
        return FAIL(E_INVALID, _("Mapping %s, line %d: \"%c\" where %s should stand."), name, line,
                    p->r.now.sign, wanted);
    if (at_text(p))
        return FAIL(E_INVALID, _("Mapping %s, line %d: \"%s\" where %s should stand."), name, line,
                    p->r.now.text, wanted);
    return FAIL(E_INVALID, _("Mapping %s, line %d: the line ends where %s should stand."), name, line,
                wanted);
}

static enum err sign_get(struct ctx *c, struct parser *p, char sign)
{
    char wanted[4] = { '"', sign, '"', '\0' };

    if (!at_sign(p, sign))
        return unexpected(c, p, wanted);
    return next(c, p);
}

/* One word or quoted text. */
static enum err text_get(struct ctx *c, struct parser *p, const char *wanted, const char **ret_text)
{
    const char *text = p->r.now.text;

    if (!at_text(p))
        return unexpected(c, p, wanted);
    TRY(next(c, p));
    *ret_text = text;
    return OK;
}

/* Words up to a sign, the end of the line or one of the words that go on; joined by single blanks. NULL:
 * none. */
static enum err words_get(struct ctx *c, struct parser *p, const char **ret_text)
{
    const char *all = NULL;

    while (at_text(p) && !(all != NULL && (at_word(p, "reason") || at_word(p, "optional")))) {
        size_t have = all == NULL ? 0 : strlen(all) + 1;
        char *joined;
        TRY(ctx_alloc(c, have + p->r.now.len + 1, 1, (void *)&joined));
        if (all != NULL) {
            memcpy(joined, all, have - 1);
            joined[have - 1] = ' ';
        }
        memcpy(joined + have, p->r.now.text, p->r.now.len);
        all = joined;
        TRY(next(c, p));
    }
    *ret_text = all;
    return OK;
}

/* To the next pair of a map; *ret_more false behind its closing brace. */
static enum err map_step(struct ctx *c, struct parser *p, bool *ret_more)
{
    while (at_sign(p, ';') || p->r.now.kind == TOKEN_LINE)
        TRY(next(c, p));
    *ret_more = !at_sign(p, '}');
    if (p->r.now.kind == TOKEN_END)
        return unexpected(c, p, "\"}\"");
    return *ret_more ? OK : next(c, p);
}

/* The left side of a pair; NULL for `*`. */
static enum err map_value(struct ctx *c, struct parser *p, const char **ret_value)
{
    bool star = at_word(p, "*");

    TRY(words_get(c, p, ret_value));
    if (*ret_value == NULL)
        return unexpected(c, p, _("a value"));
    if (star && text_is(*ret_value, "*"))
        *ret_value = NULL;
    return sign_get(c, p, '=');
}

static enum err map_parse(struct ctx *c, struct parser *p, struct mapping_pair **ret_map)
{
    struct mapping_pair **tail = ret_map;
    bool more;

    TRY(next(c, p));
    for (;;) {
        struct mapping_pair *pair;
        TRY(map_step(c, p, &more));
        if (!more)
            return OK;
        TRY(ctx_alloc(c, 1, sizeof *pair, (void *)&pair));
        TRY(map_value(c, p, &pair->from));
        pair->from_len = pair->from == NULL ? 0 : strlen(pair->from);
        TRY(words_get(c, p, &pair->to));
        if (pair->to == NULL)
            return unexpected(c, p, _("a value"));
        *tail = pair;
        tail = &pair->next;
    }
}

static enum err format_parse(struct ctx *c, struct parser *p, struct time_format *ret_format)
{
    int line = p->r.now.line;
    const char *words;

    TRY(next(c, p));
    TRY(words_get(c, p, &words));
    if (words == NULL || !time_format_parse(words, ret_format))
        return FAIL(E_INVALID, _("Mapping %s, line %d: \"%s\" is not a time format."), p->r.name, line,
                    words ? words : "");
    return OK;
}

/* COLUMN [optional] [: FORMAT] [optional] [{ map }]   or   always TEXT */
static enum err column_parse(struct ctx *c, struct parser *p, bool map, struct mapping_column *k)
{
    k->line = p->r.now.line;
    k->index = -1;
    if (at_word(p, "always")) {
        TRY(next(c, p));
        TRY(text_get(c, p, _("a value"), &k->always));
    } else {
        TRY(text_get(c, p, _("a column"), &k->name));
    }
    if (at_word(p, "optional")) {
        k->optional = true;
        TRY(next(c, p));
    }
    if (at_sign(p, ':'))
        TRY(format_parse(c, p, &k->format));
    if (at_word(p, "optional")) {
        k->optional = true;
        TRY(next(c, p));
    }
    if (map && at_sign(p, '{'))
        TRY(map_parse(c, p, &k->map));
    return OK;
}

/* reason WORD   or   reason from COLUMN [{ map }]; nothing when it is not there */
static enum err reason_parse(struct ctx *c, struct parser *p, struct mapping_effect *e)
{
    if (!at_word(p, "reason"))
        return OK;
    TRY(next(c, p));
    if (!at_word(p, "from"))
        return text_get(c, p, _("a reason"), &e->reason);
    TRY(next(c, p));
    TRY(ctx_alloc(c, 1, sizeof *e->reason_from, (void *)&e->reason_from));
    return column_parse(c, p, true, e->reason_from);
}

/* KIND [reason ...]   or   none */
static enum err effect_parse(struct ctx *c, struct parser *p, struct mapping_effect *e)
{
    bool none = at_word(p, "none");

    TRY(text_get(c, p, _("an event"), &e->kind));
    if (none) {
        e->kind = NULL;
        return OK;
    }
    return reason_parse(c, p, e);
}

static enum err choices_parse(struct ctx *c, struct parser *p, struct mapping_choice **ret_choice)
{
    struct mapping_choice **tail = ret_choice;
    bool more;

    TRY(sign_get(c, p, '{'));
    for (;;) {
        struct mapping_choice *k;
        TRY(map_step(c, p, &more));
        if (!more)
            return OK;
        TRY(ctx_alloc(c, 1, sizeof *k, (void *)&k));
        TRY(map_value(c, p, &k->value));
        k->len = k->value == NULL ? 0 : strlen(k->value);
        TRY(effect_parse(c, p, &k->effect));
        *tail = k;
        tail = &k->next;
    }
}

/* event = COLUMN (at COLUMN | after COLUMN [days]) { value = effect; ... } */
static enum err event_by_value(struct ctx *c, struct parser *p, struct mapping_event *e)
{
    TRY(next(c, p));
    TRY(column_parse(c, p, false, &e->by));
    if (!at_word(p, "at") && !at_word(p, "after"))
        return unexpected(c, p, "at / after");
    e->after = at_word(p, "after");
    TRY(next(c, p));
    TRY(column_parse(c, p, false, &e->when));
    if (e->after && at_word(p, "days"))
        TRY(next(c, p));
    return choices_parse(c, p, &e->choice);
}

/* event KIND = COLUMN [: FORMAT] [reason ...] */
static enum err event_parse(struct ctx *c, struct parser *p)
{
    struct mapping_event *e;

    TRY(ctx_alloc(c, 1, sizeof *e, (void *)&e));
    e->line = p->r.now.line;
    if (at_sign(p, '=')) {
        TRY(event_by_value(c, p, e));
    } else {
        TRY(text_get(c, p, _("an event"), &e->effect.kind));
        TRY(sign_get(c, p, '='));
        TRY(column_parse(c, p, false, &e->when));
        TRY(reason_parse(c, p, &e->effect));
    }
    *p->event_tail = e;
    p->event_tail = &e->next;
    return OK;
}

/* activity "LABEL" = EFFECT [first | last | each] */
static enum err activity_rule(struct ctx *c, struct parser *p)
{
    struct mapping_activity *a;

    TRY(ctx_alloc(c, 1, sizeof *a, (void *)&a));
    a->line = p->r.now.line;
    TRY(words_get(c, p, &a->label));
    a->len = strlen(a->label);
    if (mapping_find_activity(p->m, a->label, a->len) != NULL)
        return FAIL(E_INVALID, _("Mapping %s, line %d: \"%s\" stands here twice."), p->r.name, a->line,
                    a->label);
    TRY(sign_get(c, p, '='));
    TRY(effect_parse(c, p, &a->effect));
    if (at_word(p, "first") || at_word(p, "last") || at_word(p, "each")) {
        a->which = at_word(p, "first") ? MAPPING_FIRST : at_word(p, "last") ? MAPPING_LAST : MAPPING_EACH;
        TRY(next(c, p));
    }
    *p->activity_tail = a;
    p->activity_tail = &a->next;
    return OK;
}

/* missing [COLUMN] = "text" "text" */
static enum err missing_parse(struct ctx *c, struct parser *p)
{
    struct mapping_text **tail = &p->m->missing;

    if (at_text(p)) {
        struct mapping_column *found = NULL;
        for (size_t i = 0; i < MAPPING_FIELD_COUNT; i++)
            if (text_is(p->m->column[i].name, p->r.now.text))
                found = &p->m->column[i];
        if (found == NULL)
            return FAIL(E_INVALID, _("Mapping %s, line %d: no field above uses the column \"%s\"."),
                        p->r.name, p->r.now.line, p->r.now.text);
        tail = &found->missing;
        TRY(next(c, p));
    }
    TRY(sign_get(c, p, '='));
    while (*tail != NULL)
        tail = &(*tail)->next;
    do {
        struct mapping_text *t;
        TRY(ctx_alloc(c, 1, sizeof *t, (void *)&t));
        TRY(text_get(c, p, _("a value"), &t->text));
        t->len = strlen(t->text);
        *tail = t;
        tail = &t->next;
    } while (at_text(p));
    return OK;
}

/* One of a few words. */
static enum err word_choose(struct ctx *c, struct parser *p, const char *const *word, size_t n,
                            size_t *ret_index)
{
    for (size_t i = 0; i < n; i++) {
        if (at_word(p, word[i])) {
            *ret_index = i;
            return next(c, p);
        }
    }
    return unexpected(c, p, word[0]);
}

static enum err censor_parse(struct ctx *c, struct parser *p)
{
    static const char *const word[] = { "last_event", "reference" };
    struct mapping_effect e = { 0 };
    size_t i = 0;

    TRY(word_choose(c, p, word, COUNT(word), &i));
    p->m->censor_last = i == 0;
    if (i == 0)
        TRY(reason_parse(c, p, &e));
    p->m->censor_reason = e.reason;
    return OK;
}

/* The statements that set one thing: source, kind, other, censor. */
static enum err setting_parse(struct ctx *c, struct parser *p, const char *key)
{
    static const char *const kinds[] = { "requests", "events" }, *const others[] = { "activity", "skip",
                                                                                     "reject" };
    size_t i = 0;

    TRY(sign_get(c, p, '='));
    if (text_is(key, "source"))
        return text_get(c, p, _("a name"), &p->m->source);
    if (text_is(key, "censor"))
        return censor_parse(c, p);
    if (text_is(key, "kind")) {
        TRY(word_choose(c, p, kinds, COUNT(kinds), &i));
        p->m->kind = i == 0 ? MAPPING_REQUESTS : MAPPING_EVENTS;
        p->kind_seen = true;
        return OK;
    }
    TRY(word_choose(c, p, others, COUNT(others), &i));
    p->m->other = (enum mapping_other)i;
    return OK;
}

static enum err field_parse(struct ctx *c, struct parser *p, const char *key, int line)
{
    for (size_t i = 0; i < MAPPING_FIELD_COUNT; i++) {
        if (!text_is(key, mapping_field_word((enum mapping_field)i)))
            continue;
        if (p->m->column[i].line != 0)
            return FAIL(E_INVALID, _("Mapping %s, line %d: \"%s\" stands here twice."), p->r.name, line, key);
        TRY(sign_get(c, p, '='));
        return column_parse(c, p, true, &p->m->column[i]);
    }
    return FAIL(E_INVALID, _("Mapping %s, line %d: \"%s\" is not something that a mapping knows."), p->r.name,
                line, key);
}

static enum err statement_parse(struct ctx *c, struct parser *p)
{
    const char *key = p->r.now.text;
    int line = p->r.now.line;

    if (p->r.now.kind != TOKEN_WORD)
        return unexpected(c, p, _("a name"));
    TRY(next(c, p));
    if (text_is(key, "source") || text_is(key, "kind") || text_is(key, "other") || text_is(key, "censor"))
        TRY(setting_parse(c, p, key));
    else if (text_is(key, "missing"))
        TRY(missing_parse(c, p));
    else if (text_is(key, "event"))
        TRY(event_parse(c, p));
    else if (text_is(key, "activity") && at_text(p))
        TRY(activity_rule(c, p));
    else
        TRY(field_parse(c, p, key, line));
    if (p->r.now.kind != TOKEN_LINE && p->r.now.kind != TOKEN_END)
        return unexpected(c, p, _("the end of the line"));
    return OK;
}

/* What every mapping of its kind must say, and may not. */
static enum err whole_check(struct ctx *c, const struct mapping *m)
{
    static const enum mapping_field of_requests[] = { MAPPING_KEY, MAPPING_RECEIVED },
                                    of_events[] = { MAPPING_CASE, MAPPING_ACTIVITY, MAPPING_TIME };
    const enum mapping_field *need = m->kind == MAPPING_REQUESTS ? of_requests : of_events;
    size_t n = m->kind == MAPPING_REQUESTS ? COUNT(of_requests) : COUNT(of_events);

    if (m->source == NULL)
        return FAIL(E_INVALID, _("Mapping %s does not say what \"%s\" is."), m->name, "source");
    for (size_t i = 0; i < n; i++)
        if (m->column[need[i]].line == 0)
            return FAIL(E_INVALID, _("Mapping %s does not say what \"%s\" is."), m->name,
                        mapping_field_word(need[i]));
    for (size_t i = 0; i < MAPPING_FIELD_COUNT; i++)
        if (m->column[i].line != 0 && !mapping_field_allowed((enum mapping_field)i, m->kind))
            return FAIL(E_INVALID, _("Mapping %s, line %d: \"%s\" has no place in a mapping of this kind."),
                        m->name, m->column[i].line, mapping_field_word((enum mapping_field)i));
    if (m->kind == MAPPING_REQUESTS && m->activity != NULL)
        return FAIL(E_INVALID, _("Mapping %s, line %d: \"%s\" has no place in a mapping of this kind."),
                    m->name, m->activity->line, "activity");
    if (m->kind == MAPPING_EVENTS && m->event != NULL)
        return FAIL(E_INVALID, _("Mapping %s, line %d: \"%s\" has no place in a mapping of this kind."),
                    m->name, m->event->line, "event");
    return OK;
}

enum err mapping_parse(struct ctx *c, const char *name, const char *text, struct mapping **ret_mapping)
{
    struct mapping *m;
    struct parser p = { .r = { .name = name, .at = text, .line = 1 } };

    TRY(ctx_alloc(c, 1, sizeof *m, (void *)&m));
    TRY(ctx_copy(c, name, &m->name));
    p.m = m;
    p.event_tail = &m->event;
    p.activity_tail = &m->activity;
    TRY(next(c, &p));
    while (p.r.now.kind != TOKEN_END) {
        if (p.r.now.kind == TOKEN_LINE)
            TRY(next(c, &p));
        else
            TRY(statement_parse(c, &p));
    }
    TRY(whole_check(c, m));
    *ret_mapping = m;
    return OK;
}
