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

/* To the next pair of a map; *ret_more false behind its closing brace. */
static enum err map_step(struct ctx *c, struct parser *p, bool *ret_more)
{
    while (token_at_sign(&p->r, ';') || p->r.now.kind == TOKEN_LINE)
        TRY(token_next(c, &p->r));
    *ret_more = !token_at_sign(&p->r, '}');
    if (p->r.now.kind == TOKEN_END)
        return token_unexpected(c, &p->r, "\"}\"");
    return *ret_more ? OK : token_next(c, &p->r);
}

/* The left side of a pair; NULL for `*`. */
static enum err map_value(struct ctx *c, struct parser *p, const char **ret_value)
{
    bool star = token_at_word(&p->r, "*");

    TRY(token_words_get(c, &p->r, ret_value));
    if (*ret_value == NULL)
        return token_unexpected(c, &p->r, _("a value"));
    if (star && text_is(*ret_value, "*"))
        *ret_value = NULL;
    return token_sign_get(c, &p->r, '=');
}

static enum err map_parse(struct ctx *c, struct parser *p, struct mapping_pair **ret_map)
{
    struct mapping_pair **tail = ret_map;
    bool more;

    TRY(token_next(c, &p->r));
    for (;;) {
        struct mapping_pair *pair;
        TRY(map_step(c, p, &more));
        if (!more)
            return OK;
        TRY(ctx_alloc(c, 1, sizeof *pair, (void *)&pair));
        TRY(map_value(c, p, &pair->from));
        pair->from_len = pair->from == NULL ? 0 : strlen(pair->from);
        TRY(token_words_get(c, &p->r, &pair->to));
        if (pair->to == NULL)
            return token_unexpected(c, &p->r, _("a value"));
        *tail = pair;
        tail = &pair->next;
    }
}

static enum err format_parse(struct ctx *c, struct parser *p, struct time_format *ret_format)
{
    int line = p->r.now.line;
    const char *words;

    TRY(token_next(c, &p->r));
    TRY(token_words_get(c, &p->r, &words));
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
    if (token_at_word(&p->r, "always")) {
        TRY(token_next(c, &p->r));
        TRY(token_text_get(c, &p->r, _("a value"), &k->always));
    } else {
        TRY(token_text_get(c, &p->r, _("a column"), &k->name));
    }
    if (token_at_word(&p->r, "optional")) {
        k->optional = true;
        TRY(token_next(c, &p->r));
    }
    if (token_at_sign(&p->r, ':'))
        TRY(format_parse(c, p, &k->format));
    if (token_at_word(&p->r, "optional")) {
        k->optional = true;
        TRY(token_next(c, &p->r));
    }
    if (map && token_at_sign(&p->r, '{'))
        TRY(map_parse(c, p, &k->map));
    return OK;
}

/* reason WORD   or   reason from COLUMN [{ map }]; nothing when it is not there */
static enum err reason_parse(struct ctx *c, struct parser *p, struct mapping_effect *e)
{
    if (!token_at_word(&p->r, "reason"))
        return OK;
    TRY(token_next(c, &p->r));
    if (!token_at_word(&p->r, "from"))
        return token_text_get(c, &p->r, _("a reason"), &e->reason);
    TRY(token_next(c, &p->r));
    TRY(ctx_alloc(c, 1, sizeof *e->reason_from, (void *)&e->reason_from));
    return column_parse(c, p, true, e->reason_from);
}

/* KIND [reason ...]   or   none */
static enum err effect_parse(struct ctx *c, struct parser *p, struct mapping_effect *e)
{
    bool none = token_at_word(&p->r, "none");

    TRY(token_text_get(c, &p->r, _("an event"), &e->kind));
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

    TRY(token_sign_get(c, &p->r, '{'));
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
    TRY(token_next(c, &p->r));
    TRY(column_parse(c, p, false, &e->by));
    if (!token_at_word(&p->r, "at") && !token_at_word(&p->r, "after"))
        return token_unexpected(c, &p->r, "at / after");
    e->after = token_at_word(&p->r, "after");
    TRY(token_next(c, &p->r));
    TRY(column_parse(c, p, false, &e->when));
    if (e->after && token_at_word(&p->r, "days"))
        TRY(token_next(c, &p->r));
    return choices_parse(c, p, &e->choice);
}

/* event KIND = COLUMN [: FORMAT] [reason ...] */
static enum err event_parse(struct ctx *c, struct parser *p)
{
    struct mapping_event *e;

    TRY(ctx_alloc(c, 1, sizeof *e, (void *)&e));
    e->line = p->r.now.line;
    if (token_at_sign(&p->r, '=')) {
        TRY(event_by_value(c, p, e));
    } else {
        TRY(token_text_get(c, &p->r, _("an event"), &e->effect.kind));
        TRY(token_sign_get(c, &p->r, '='));
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
    TRY(token_words_get(c, &p->r, &a->label));
    a->len = strlen(a->label);
    if (mapping_find_activity(p->m, a->label, a->len) != NULL)
        return FAIL(E_INVALID, _("Mapping %s, line %d: \"%s\" stands here twice."), p->r.name, a->line,
                    a->label);
    TRY(token_sign_get(c, &p->r, '='));
    TRY(effect_parse(c, p, &a->effect));
    if (token_at_word(&p->r, "first") || token_at_word(&p->r, "last") || token_at_word(&p->r, "each")) {
        a->which = token_at_word(&p->r, "first")  ? MAPPING_FIRST
                   : token_at_word(&p->r, "last") ? MAPPING_LAST
                                                  : MAPPING_EACH;
        TRY(token_next(c, &p->r));
    }
    *p->activity_tail = a;
    p->activity_tail = &a->next;
    return OK;
}

/* missing [COLUMN] = "text" "text" */
static enum err missing_parse(struct ctx *c, struct parser *p)
{
    struct mapping_text **tail = &p->m->missing;

    if (token_at_text(&p->r)) {
        struct mapping_column *found = NULL;
        for (size_t i = 0; i < MAPPING_FIELD_COUNT; i++)
            if (text_is(p->m->column[i].name, p->r.now.text))
                found = &p->m->column[i];
        if (found == NULL)
            return FAIL(E_INVALID, _("Mapping %s, line %d: no field above uses the column \"%s\"."),
                        p->r.name, p->r.now.line, p->r.now.text);
        tail = &found->missing;
        TRY(token_next(c, &p->r));
    }
    TRY(token_sign_get(c, &p->r, '='));
    while (*tail != NULL)
        tail = &(*tail)->next;
    do {
        struct mapping_text *t;
        TRY(ctx_alloc(c, 1, sizeof *t, (void *)&t));
        TRY(token_text_get(c, &p->r, _("a value"), &t->text));
        t->len = strlen(t->text);
        *tail = t;
        tail = &t->next;
    } while (token_at_text(&p->r));
    return OK;
}

/* One of a few words. */
static enum err word_choose(struct ctx *c, struct parser *p, const char *const *word, size_t n,
                            size_t *ret_index)
{
    for (size_t i = 0; i < n; i++) {
        if (token_at_word(&p->r, word[i])) {
            *ret_index = i;
            return token_next(c, &p->r);
        }
    }
    return token_unexpected(c, &p->r, word[0]);
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
    static const char *const kinds[] = { "requests", "events", "calls", "records" }, *const others[] = {
        "activity", "skip", "reject"
    };
    size_t i = 0;

    TRY(token_sign_get(c, &p->r, '='));
    if (text_is(key, "source"))
        return token_text_get(c, &p->r, _("a name"), &p->m->source);
    if (text_is(key, "censor"))
        return censor_parse(c, p);
    if (text_is(key, "kind")) {
        TRY(word_choose(c, p, kinds, COUNT(kinds), &i));
        p->m->kind = (enum mapping_kind)i;
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
        TRY(token_sign_get(c, &p->r, '='));
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
        return token_unexpected(c, &p->r, _("a name"));
    TRY(token_next(c, &p->r));
    if (text_is(key, "source") || text_is(key, "kind") || text_is(key, "other") || text_is(key, "censor"))
        TRY(setting_parse(c, p, key));
    else if (text_is(key, "missing"))
        TRY(missing_parse(c, p));
    else if (text_is(key, "event"))
        TRY(event_parse(c, p));
    else if (text_is(key, "activity") && token_at_text(&p->r))
        TRY(activity_rule(c, p));
    else
        TRY(field_parse(c, p, key, line));
    if (p->r.now.kind != TOKEN_LINE && p->r.now.kind != TOKEN_END)
        return token_unexpected(c, &p->r, _("the end of the line"));
    return OK;
}

/* What every mapping of its kind must say, and may not. */
static enum err whole_check(struct ctx *c, const struct mapping *m)
{
    static const enum mapping_field of_requests[] = { MAPPING_KEY, MAPPING_RECEIVED },
                                    of_events[] = { MAPPING_CASE, MAPPING_ACTIVITY, MAPPING_TIME },
                                    of_calls[] = { MAPPING_OFFERED },
                                    of_records[] = { MAPPING_LIST, MAPPING_DAY };
    static const struct {
        const enum mapping_field *field;
        size_t n;
    } needs[MAPPING_KINDS] = { { of_requests, COUNT(of_requests) },
                               { of_events, COUNT(of_events) },
                               { of_calls, COUNT(of_calls) },
                               { of_records, COUNT(of_records) } };
    const enum mapping_field *need = needs[m->kind].field;
    size_t n = needs[m->kind].n;

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
    if (m->kind != MAPPING_EVENTS && m->activity != NULL)
        return FAIL(E_INVALID, _("Mapping %s, line %d: \"%s\" has no place in a mapping of this kind."),
                    m->name, m->activity->line, "activity");
    if (m->kind != MAPPING_REQUESTS && m->event != NULL)
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
    TRY(token_next(c, &p.r));
    while (p.r.now.kind != TOKEN_END) {
        if (p.r.now.kind == TOKEN_LINE)
            TRY(token_next(c, &p.r));
        else
            TRY(statement_parse(c, &p));
    }
    TRY(whole_check(c, m));
    *ret_mapping = m;
    return OK;
}
