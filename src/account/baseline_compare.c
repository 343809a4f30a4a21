// SPDX-License-Identifier: EUPL-1.2
/* What changed in the register since a baseline was sealed. */
#include "account/baseline_core.h"
#include "base/date.h"
#include "base/text.h"
#include "measure/extract_column.h"
#include "measure/facts_change.h"
#include "register/config.h"
#include "register/extract_keep.h"
#include "register/right.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A row and the number that stands for its request. */
struct tagged {
    int64_t tag;
    uint32_t row;
};
struct side {
    struct extract_file e;
    struct tagged *tag; /* in order of the tags */
};
struct comparing {
    struct side old, new;
    struct baseline_changes *out;
    size_t room, text_room;
};

static int by_tag(const void *a, const void *b)
{
    int64_t x = ((const struct tagged *)a)->tag, y = ((const struct tagged *)b)->tag;

    return (x > y) - (x < y);
}

static int by_row(const void *a, const void *b)
{
    const struct baseline_row *x = a, *y = b;

    if ((x->row == 0) != (y->row == 0))
        return (x->row == 0) - (y->row == 0); /* new ones last */
    if (x->row != y->row)
        return x->row > y->row ? 1 : -1;
    return x->column != NULL && y->column != NULL ? strcmp(x->column, y->column) : 0;
}

static enum err add_row(struct ctx *c, struct comparing *g, const struct baseline_row *row)
{
    struct baseline_changes *out = g->out;

    if (!out->may_see_rows)
        return OK;
    if (out->n == g->room) {
        struct baseline_row *more;
        g->room = g->room * 2 + 64;
        TRY(ctx_alloc(c, g->room, sizeof *more, (void *)&more));
        if (out->n > 0)
            memcpy(more, out->row, out->n * sizeof *more);
        out->row = more;
    }
    out->row[out->n++] = *row;
    return OK;
}

/* A value as it is read: a moment, a name, a number. */
static enum err value_text(struct ctx *c, const struct extract_file *e, const struct column *k, size_t i,
                           const char **ret_text)
{
    int64_t v = column_value(column_of(&e->x, k), k, i);
    char text[32] = "";

    if (v == INT64_MIN)
        return ctx_copy(c, "", ret_text);
    if (k->names >= 0)
        return ctx_copy(c, e->names[k->names].name[v], ret_text);
    if (k->kind == COLUMN_TIME && !text_is(k->name, "paused"))
        time_iso(v, text);
    else
        snprintf(text, sizeof text, "%lld", (long long)v);
    return ctx_copy(c, text, ret_text);
}

/* The columns in which row i of then and row j of now differ. Codes are compared by their names. */
static enum err compare_row(struct ctx *c, struct comparing *g, size_t i, size_t j)
{
    bool differs = false;

    for (size_t k = 0; k + 1 < EXTRACT_COLUMNS; k++) {
        const struct column *column = &extract_column[k];
        const void *a = column_of(&g->old.e.x, column), *b = column_of(&g->new.e.x, column);
        if (a == NULL || b == NULL ||
            (column->names < 0 && column_value(a, column, i) == column_value(b, column, j)))
            continue;
        struct baseline_row row = { .row = (int64_t)i + 1, .column = column->name };
        struct arena_mark mark = arena_mark(c->arena);
        TRY(value_text(c, &g->old.e, column, i, &row.old));
        TRY(value_text(c, &g->new.e, column, j, &row.new));
        if (text_is(row.old, row.new)) {
            arena_release(c->arena, mark);
            continue;
        }
        differs = true;
        TRY(add_row(c, g, &row));
    }
    g->out->rows += differs;
    return OK;
}

static enum err compare_rows(struct ctx *c, struct comparing *g)
{
    size_t i = 0, j = 0, n = g->old.e.x.n, m = g->new.e.x.n;

    while (i < n || j < m) {
        const struct tagged *a = i < n ? &g->old.tag[i] : NULL, *b = j < m ? &g->new.tag[j] : NULL;
        if (a != NULL && b != NULL && a->tag == b->tag) {
            TRY(compare_row(c, g, a->row, b->row));
            i++;
            j++;
            continue;
        }
        bool gone = a != NULL && (b == NULL || a->tag < b->tag);
        struct baseline_row row = { .change = gone ? BASELINE_GONE : BASELINE_NEW, .row = 0 };
        if (gone)
            row.row = (int64_t)a->row + 1;
        g->out->rows++;
        TRY(add_row(c, g, &row));
        i += gone;
        j += !gone;
    }
    if (g->out->n > 0)
        qsort(g->out->row, g->out->n, sizeof *g->out->row, by_row);
    return OK;
}

/* Lines of a table that stand in one and not in the other. */
static enum err add_lines(struct ctx *c, struct comparing *g, const char *table, const struct block *have,
                          const struct block *other, bool now)
{
    const char *at = have->data, *end = at + have->len;

    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t len = (size_t)((stop != NULL ? stop : end) - at);
        bool found = false;
        for (const char *o = other->data, *o_end = o + other->len; o < o_end && !found;) {
            const char *o_stop = memchr(o, '\n', (size_t)(o_end - o));
            size_t o_len = (size_t)((o_stop != NULL ? o_stop : o_end) - o);
            found = o_len == len && memcmp(o, at, len) == 0;
            o += o_len + 1;
        }
        if (!found) {
            if (g->out->texts == g->text_room) {
                struct baseline_text *more;
                g->text_room = g->text_room * 2 + 64;
                TRY(ctx_alloc(c, g->text_room, sizeof *more, (void *)&more));
                if (g->out->texts > 0)
                    memcpy(more, g->out->text, g->out->texts * sizeof *more);
                g->out->text = more;
            }
            char *line = arena_copy(c->arena, at, len);
            if (line == NULL)
                return FAIL(E_NOMEM, "%s", "");
            g->out->text[g->out->texts++] = (struct baseline_text){ table, now, line };
        }
        at += len + 1;
    }
    return OK;
}

static enum err compare_tables(struct ctx *c, struct comparing *g, const struct baseline *b,
                               const struct baseline_content *now)
{
    for (size_t i = 0; i < BASELINE_TABLES; i++) {
        const struct block *then = block_find(&b->content, baseline_table[i]);
        struct block new = { .data = now->table[i].data, .len = now->table[i].len };
        if (then == NULL)
            return FAIL(E_CORRUPT, "%s", _("This is no baseline, or its content was changed."));
        TRY(add_lines(c, g, baseline_table[i], then, &new, false));
        TRY(add_lines(c, g, baseline_table[i], &new, then, true));
    }
    return OK;
}

/* The rows of then, as they lie in the file. */
static enum err old_side(struct ctx *c, const struct baseline *b, struct side *s)
{
    const struct block *e = block_find(&b->content, "extract"), *p = block_find(&b->content, "pseudonyms");

    if (e == NULL || p == NULL || !extract_file_get(e->data, e->len, c->arena, &s->e) ||
        p->len != s->e.x.n * 8)
        return FAIL(E_CORRUPT, "%s", _("This is no baseline, or its content was changed."));
    TRY(ctx_alloc(c, s->e.x.n + 1, sizeof *s->tag, (void *)&s->tag));
    for (size_t i = 0; i < s->e.x.n; i++) {
        uint64_t v = 0;
        for (int byte = 7; byte >= 0; byte--)
            v = v << 8 | ((const unsigned char *)p->data)[i * 8 + (size_t)byte];
        s->tag[i] = (struct tagged){ (int64_t)v, (uint32_t)i };
    }
    qsort(s->tag, s->e.x.n, sizeof *s->tag, by_tag);
    return OK;
}

static enum err new_side(struct ctx *c, const struct register_extract *x, struct side *s)
{
    struct sign_key key;

    TRY(sign_key_get(c, false, &key));
    s->e = extract_file_of(x, NULL);
    enum err done = ctx_alloc(c, x->x.n + 1, sizeof *s->tag, (void *)&s->tag);
    for (size_t i = 0; i < x->x.n && done == OK; i++)
        s->tag[i] = (struct tagged){ sign_pseudonym(&key, x->id[i]), (uint32_t)i };
    sign_key_forget(&key);
    if (done == OK)
        qsort(s->tag, x->x.n, sizeof *s->tag, by_tag);
    return done;
}

const char *baseline_set_name(const struct ctx *c, enum fact_set set)
{
    static const char *const name[FACT_SETS] = {
        [FACT_REQUEST] = N_("Requests: plan, help, closing and terms"),
        [FACT_SILENCE] = N_("Stretches without contact"),
        [FACT_WORSE] = N_("Became more urgent while waiting"),
        [FACT_WINDOW] = N_("Expected periods that were told"),
        [FACT_APPOINTMENT] = N_("Appointments"),
        [FACT_LEVEL] = N_("Changes of the escalation level"),
        [FACT_LINE] = N_("Lines of help"),
        [FACT_APPLICATION] = N_("Applications for a provision"),
        [FACT_ANSWER] = N_("People who were helped"),
        [FACT_GOAL] = N_("Goals that were looked back on"),
        [FACT_AREA] = N_("Scores of life areas"),
        [FACT_CALL] = N_("Phone calls"),
        [FACT_CONTACT] = N_("Contacts"),
        [FACT_CALLBACK] = N_("Promised call-backs"),
        [FACT_SESSION] = N_("Consultation hours"),
        [FACT_COMPLAINT] = N_("Complaints"),
        [FACT_SIGNAL] = N_("Signals"),
        [FACT_INCIDENT] = N_("Incidents"),
        [FACT_AGREEMENT] = N_("Agreements with partners"),
        [FACT_REFERRAL] = N_("Referrals by partners"),
        [FACT_STAFF] = N_("Workers"),
        [FACT_STAFF_DAY] = N_("Teams by day"),
        [FACT_VACANCY] = N_("Vacancies"),
        [FACT_TRANSFER] = N_("Hand-over lists"),
        [FACT_PROGRAMME] = N_("Groups"),
        [FACT_EXPERIENCE] = N_("Answers after a contact"),
        [FACT_EXPERIENCE_QUESTION] = N_("Answers after a contact, by question"),
        [FACT_INVITATION] = N_("Invitations to answer"),
        [FACT_STATEMENT] = N_("Answers of the yearly survey"),
        [FACT_MIRROR] = N_("Mirror talks"),
        [FACT_PANEL] = N_("Answers of the city panel"),
        [FACT_PARTNER_ANSWER] = N_("Answers of partners"),
        [FACT_PATTERN] = N_("Patterns in complaints or signals"),
        [FACT_IMPROVEMENT] = N_("Improvements"),
        [FACT_PUBLISHED] = N_("Published results"),
        [FACT_ADVICE] = N_("Advice of the advisory council"),
        [FACT_WORK_SAMPLE] = N_("Hours of a sampled week"),
    };

    return _(name[set]);
}

/* What happened beside requests. A baseline from before it was sealed too has none. */
static enum err compare_facts(struct ctx *c, struct comparing *g, const struct facts *now)
{
    struct facts_change change;

    if (g->old.e.facts == NULL)
        return OK;
    if (!facts_change(g->old.e.facts, now, c->arena, &change))
        return FAIL(E_NOMEM, "%s", "");
    for (size_t i = 0; i < FACT_SETS; i++)
        g->out->facts[i] = change.set[i].rows;
    return OK;
}

enum err baseline_compare(struct ctx *c, const struct baseline *b, struct baseline_changes *ret_changes)
{
    struct baseline_form f = { .name = b->name, .at = b->at, .from = b->from, .to = b->to };
    struct comparing g = { .out = ret_changes };
    struct baseline_content now;

    TRY(may(c, RIGHT_FIGURES));
    if (b->key != BASELINE_OWN_KEY)
        return FAIL(E_INVALID, "%s",
                    _("Only a baseline that was signed with the key of this register can be compared."));
    if (f.from == TIME_NONE)
        f.from = f.to = 0;
    *ret_changes = (struct baseline_changes){ .may_see_rows = indicator_may_see_small(c, NULL) };
    TRY(old_side(c, b, &g.old));
    enum err done = baseline_content(c, &f, c->now, &now);
    if (done == OK)
        done = new_side(c, &now.facts.x, &g.new);
    if (done == OK)
        done = compare_rows(c, &g);
    if (done == OK)
        done = compare_facts(c, &g, &now.facts.f);
    if (done == OK)
        done = compare_tables(c, &g, b, &now);
    baseline_content_free(&now);
    return done;
}
