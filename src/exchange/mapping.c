// SPDX-License-Identifier: EUPL-1.2
#include "exchange/mapping.h"

#include "base/buf.h"
#include "base/text.h"
#include "exchange/source.h"

#include <string.h>

#define MAPPING_SIZE_LIMIT ((size_t)256 * 1024)

static const struct {
    const char *word;
    bool allowed[MAPPING_KINDS];
} fields[MAPPING_FIELD_COUNT] = {
#define X(field, word, requests, events, calls, records) { word, { requests, events, calls, records } },
    MAPPING_FIELDS(X)
#undef X
};

const char *mapping_field_word(enum mapping_field f)
{
    return fields[f].word;
}

bool mapping_field_allowed(enum mapping_field f, enum mapping_kind kind)
{
    return fields[f].allowed[kind];
}

static enum err file_text(struct ctx *c, const char *path, struct buf *b)
{
    SOURCE_AUTO struct source *s = NULL;
    size_t n;

    TRY(source_open(c, path, &s));
    do {
        if (!buf_reserve(b, 4096))
            return FAIL(E_NOMEM, "%s", "");
        TRY(source_read(c, s, b->data + b->len, b->cap - b->len, &n));
        b->len += n;
        if (b->len > MAPPING_SIZE_LIMIT)
            return FAIL(E_TOO_LARGE, _("The file %s is too large to be a mapping."), path);
    } while (n > 0);
    return OK;
}

enum err mapping_load(struct ctx *c, const char *name_or_path, struct mapping **ret_mapping)
{
    struct buf b = { 0 };
    enum err e;

    for (size_t i = 0; i < mapping_ready_count; i++)
        if (text_is(mapping_ready[i].name, name_or_path))
            return mapping_parse(c, mapping_ready[i].name, mapping_ready[i].text, ret_mapping);
    e = file_text(c, name_or_path, &b);
    if (e == E_NOT_FOUND) {
        for (size_t i = 0; i < mapping_ready_count; i++)
            buf_printf(&b, "%s%s", i > 0 ? ", " : "", mapping_ready[i].name);
        err_clear(c);
        e = FAIL(E_NOT_FOUND, _("\"%s\" is no file and no mapping that is ready. These are ready: %s."),
                 name_or_path, buf_text(&b));
    }
    if (e == OK)
        e = mapping_parse(c, name_or_path, buf_text(&b), ret_mapping);
    buf_free(&b);
    return e;
}

/* Column names as people compare them: without case, accents and blanks around. */
static bool same_name(const char *a, const char *b)
{
    char fa[256], fb[256];

    if (strlen(a) >= sizeof fa || strlen(b) >= sizeof fb)
        return text_is(a, b);
    text_fold(fa, sizeof fa, a);
    text_fold(fb, sizeof fb, b);
    return text_is(text_trim(fa), text_trim(fb));
}

static int column_find(const struct mapping_header *h, const char *name)
{
    for (size_t i = 0; i < h->n; i++)
        if (same_name(h->name[i], name))
            return (int)i;
    return -1;
}

/* Calls back for every column that the mapping reads; stops at the first false. */
static bool columns_visit(struct mapping *m, bool (*visit)(struct mapping_column *k, void *arg), void *arg)
{
    for (size_t i = 0; i < MAPPING_FIELD_COUNT; i++)
        if (m->column[i].name != NULL && !visit(&m->column[i], arg))
            return false;
    for (struct mapping_event *e = m->event; e != NULL; e = e->next) {
        if ((e->by.name != NULL && !visit(&e->by, arg)) || (e->when.name != NULL && !visit(&e->when, arg)))
            return false;
        if (e->effect.reason_from != NULL && !visit(e->effect.reason_from, arg))
            return false;
        for (struct mapping_choice *k = e->choice; k != NULL; k = k->next)
            if (k->effect.reason_from != NULL && !visit(k->effect.reason_from, arg))
                return false;
    }
    for (struct mapping_activity *a = m->activity; a != NULL; a = a->next)
        if (a->effect.reason_from != NULL && !visit(a->effect.reason_from, arg))
            return false;
    return true;
}

struct bind {
    const struct mapping_header *header;
    const struct mapping_column *lacks;
    size_t found;
    bool look_only;
};

static bool bind_column(struct mapping_column *k, void *arg)
{
    struct bind *b = arg;
    int index = column_find(b->header, k->name);

    if (index < 0 && !k->optional) {
        b->lacks = k;
        return false;
    }
    b->found += index >= 0;
    if (!b->look_only)
        k->index = index;
    return true;
}

enum err mapping_bind(struct ctx *c, struct mapping *m, const struct mapping_header *h)
{
    struct bind b = { .header = h };

    if (!columns_visit(m, bind_column, &b))
        return FAIL(E_INVALID, _("The file has no column \"%s\", which line %d of the mapping %s names."),
                    b.lacks->name, b.lacks->line, m->name);
    return OK;
}

size_t mapping_fit(struct mapping *m, const struct mapping_header *h)
{
    struct bind b = { .header = h, .look_only = true };

    return columns_visit(m, bind_column, &b) ? b.found : 0;
}

struct gather {
    const char **name;
    size_t n;
};

static bool gather_column(struct mapping_column *k, void *arg)
{
    struct gather *g = arg;

    for (size_t i = 0; g->name != NULL && i < g->n; i++)
        if (same_name(g->name[i], k->name))
            return true;
    if (g->name != NULL)
        g->name[g->n] = k->name;
    g->n++;
    return true;
}

enum err mapping_columns(struct ctx *c, struct mapping *m, struct mapping_header *ret_header)
{
    struct gather count = { 0 }, g = { 0 };

    columns_visit(m, gather_column, &count);
    TRY(ctx_alloc(c, count.n + 1, sizeof *g.name, (void *)&g.name));
    columns_visit(m, gather_column, &g);
    *ret_header = (struct mapping_header){ g.name, g.n };
    return OK;
}

static bool is_missing(const struct mapping_text *t, const char *text, size_t len)
{
    for (; t != NULL; t = t->next)
        if (t->len == len && memcmp(t->text, text, len) == 0)
            return true;
    return len == 0;
}

/* No-break space counts as a blank: spreadsheets and web pages leave it behind. */
static const char *trimmed(const char *text, size_t *len)
{
    while (*len > 0 && (*text == ' ' || *text == '\t')) {
        text++;
        (*len)--;
    }
    while (*len > 0 && (text[*len - 1] == ' ' || text[*len - 1] == '\t'))
        (*len)--;
    while (*len >= 2 && memcmp(text + *len - 2, "\xC2\xA0", 2) == 0)
        *len -= 2;
    return text;
}

const char *mapping_value(const struct mapping *m, const struct mapping_column *k, const char *text,
                          size_t len, size_t *ret_len, bool *ret_known)
{
    const struct mapping_pair *p;

    *ret_known = true;
    if (k->always != NULL) {
        *ret_len = strlen(k->always);
        return k->always;
    }
    text = trimmed(text, &len);
    if (is_missing(k->missing != NULL ? k->missing : m->missing, text, len))
        return NULL;
    *ret_len = len;
    if (k->map == NULL)
        return text;
    for (p = k->map; p != NULL; p = p->next)
        if (p->from == NULL || (p->from_len == len && strncasecmp(p->from, text, len) == 0))
            break;
    *ret_known = p != NULL;
    if (p == NULL)
        return NULL;
    *ret_len = strlen(p->to);
    return p->to;
}

const struct mapping_effect *mapping_choose(const struct mapping_event *e, const char *value, size_t len)
{
    if (e->choice == NULL)
        return &e->effect;
    for (const struct mapping_choice *k = e->choice; k != NULL; k = k->next)
        if (k->value == NULL || (k->len == len && strncasecmp(k->value, value, len) == 0))
            return &k->effect;
    return NULL;
}

const struct mapping_activity *mapping_find_activity(const struct mapping *m, const char *label, size_t len)
{
    for (const struct mapping_activity *a = m->activity; a != NULL; a = a->next)
        if (a->len == len && memcmp(a->label, label, len) == 0)
            return a;
    return NULL;
}
