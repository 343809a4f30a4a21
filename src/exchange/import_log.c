// SPDX-License-Identifier: EUPL-1.2
#include "exchange/import_run.h"

#include "base/date.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define EVENTS_A_CASE_LIMIT 5000
#define ROWS_LIMIT ((size_t)50000000)
#define NO_TEXT UINT32_MAX

/* Facts of a case, taken from the line on which each stands first. */
static const enum mapping_field facts[] = { MAPPING_CHANNEL,  MAPPING_ROUTE,         MAPPING_URGENCY,
                                            MAPPING_CATEGORY, MAPPING_NEIGHBOURHOOD, MAPPING_TEAM };
#define FACTS COUNT(facts)
enum { FACT_CHANNEL, FACT_ROUTE, FACT_URGENCY, FACT_CATEGORY, FACT_NEIGHBOURHOOD, FACT_TEAM };

/* One line of the log; the numbers are of interned texts. */
struct row {
    int64_t time;
    uint32_t instance, activity, resource, reason;
    uint32_t line;
};

struct import_log {
    struct import_run *r;
    struct intern instances, activities, texts;
    struct buf row;  /* struct row[], as read */
    struct buf fact; /* uint32_t[FACTS], by case */
};

static enum err text_number(struct ctx *c, struct import_log *g, const char *text, uint32_t *ret_number)
{
    *ret_number = NO_TEXT;
    return text == NULL ? OK : intern_add(c, &g->texts, &g->r->work, text, strlen(text), ret_number);
}

enum err import_log_begin(struct ctx *c, struct import_run *r, struct import_log **ret_log)
{
    struct import_log *g = arena_alloc(&r->work, sizeof *g);

    if (g == NULL)
        return FAIL(E_NOMEM, "%s", "");
    g->r = r;
    *ret_log = g;
    return OK;
}

void import_log_free(struct import_log *g)
{
    if (g == NULL)
        return;
    intern_free(&g->instances);
    intern_free(&g->activities);
    intern_free(&g->texts);
    buf_free(&g->row);
    buf_free(&g->fact);
}

/* ── Collecting ───────────────────────────────────────────────────────────────────────────────────────────
 */

/* Of events with a life cycle only the completion counts (IEEE 1849-2016 §5.3). */
static bool is_complete(const char *lifecycle)
{
    return lifecycle == NULL || strcasecmp(lifecycle, "complete") == 0;
}

/* The reason that the effect of this activity takes from a column. False after a reject. */
static bool reason_get(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                       const char *activity, const char **ret_reason)
{
    const struct mapping_activity *a = mapping_find_activity(r->m, activity, strlen(activity));

    *ret_reason = NULL;
    return a == NULL || a->effect.reason_from == NULL ||
           import_value(c, r, rec, a->effect.reason_from, ret_reason);
}

static enum err facts_keep(struct ctx *c, struct import_log *g, const struct csv_record *rec,
                           uint32_t instance, bool *ret_ok)
{
    uint32_t fact[FACTS];
    int64_t urgency;

    *ret_ok = true;
    memset(fact, 0xFF, sizeof fact);
    if (instance * sizeof fact >= g->fact.len)
        buf_put(&g->fact, fact, sizeof fact);
    if (g->fact.failed)
        return FAIL(E_NOMEM, "%s", "");
    memcpy(fact, g->fact.data + instance * sizeof fact, sizeof fact);
    for (size_t i = 0; i < FACTS && *ret_ok; i++) {
        const char *text;
        if (fact[i] != NO_TEXT || g->r->m->column[facts[i]].line == 0)
            continue;
        *ret_ok = import_value(c, g->r, rec, &g->r->m->column[facts[i]], &text);
        if (*ret_ok && i == FACT_URGENCY && text != NULL && !urgency_find(text, &urgency)) {
            import_reject(c, g->r, rec->line, g->r->m->column[facts[i]].name,
                          _("\"%.40s\" is not an urgency"), text);
            *ret_ok = false;
        }
        if (*ret_ok)
            TRY(text_number(c, g, text, &fact[i]));
    }
    memcpy(g->fact.data + instance * sizeof fact, fact, sizeof fact);
    return OK;
}

static bool needed(struct ctx *c, struct import_run *r, const struct csv_record *rec, enum mapping_field f,
                   bool there)
{
    if (!there)
        import_reject(c, r, rec->line, r->m->column[f].name, "%s", _("is empty"));
    return there;
}

static enum err row_keep(struct ctx *c, struct import_log *g, const struct csv_record *rec,
                         const char *instance, struct row *row)
{
    bool ok;

    TRY(intern_add(c, &g->instances, &g->r->work, instance, strlen(instance), &row->instance));
    TRY(facts_keep(c, g, rec, row->instance, &ok));
    if (!ok)
        return OK;
    row->line = rec->line > UINT32_MAX ? UINT32_MAX : (uint32_t)rec->line;
    buf_put(&g->row, row, sizeof *row);
    if (g->row.failed)
        return FAIL(E_NOMEM, "%s", "");
    if (g->row.len / sizeof *row > ROWS_LIMIT)
        return FAIL(E_TOO_LARGE, _("The file %s is larger than an import may be."), g->r->path);
    return OK;
}

enum err import_log_line(struct ctx *c, struct import_log *g, const struct csv_record *rec)
{
    struct import_run *r = g->r;
    const struct mapping_column *k = r->m->column;
    const char *instance, *activity, *resource, *lifecycle, *reason;
    struct row row = { 0 };

    if (!import_shape(c, r, rec) || !import_value(c, r, rec, &k[MAPPING_CASE], &instance) ||
        !needed(c, r, rec, MAPPING_CASE, instance != NULL) ||
        !import_value(c, r, rec, &k[MAPPING_ACTIVITY], &activity) ||
        !needed(c, r, rec, MAPPING_ACTIVITY, activity != NULL) ||
        !import_time(c, r, rec, &k[MAPPING_TIME], &row.time) ||
        !needed(c, r, rec, MAPPING_TIME, row.time != TIME_NONE) ||
        !import_value(c, r, rec, &k[MAPPING_RESOURCE], &resource) ||
        !import_value(c, r, rec, &k[MAPPING_LIFECYCLE], &lifecycle) ||
        !reason_get(c, r, rec, activity, &reason))
        return OK;
    if (!is_complete(lifecycle)) {
        r->report->warning[IMPORT_SKIPPED]++;
        return OK;
    }
    if (r->m->other == MAPPING_OTHER_REJECT &&
        mapping_find_activity(r->m, activity, strlen(activity)) == NULL) {
        import_reject(c, r, rec->line, k[MAPPING_ACTIVITY].name,
                      _("the mapping has no place for the value \"%.60s\""), activity);
        return OK;
    }
    TRY(intern_add(c, &g->activities, &r->work, activity, strlen(activity), &row.activity));
    TRY(text_number(c, g, resource, &row.resource));
    TRY(text_number(c, g, reason, &row.reason));
    return row_keep(c, g, rec, instance, &row);
}

/* ── A case ───────────────────────────────────────────────────────────────────────────────────────────────
 */

/* One case while it is stored: its rows in the order of time, and the rule of each. */
struct instance {
    const struct row *row;
    size_t n;
    const struct mapping_activity **rule; /* NULL: none, or not the one that counts */
};

/* Rules with `first` or `last` count once a case for their event; the other rows fall back to being an
 * activity. */
static enum err rules_find(struct ctx *c, const struct import_log *g, struct instance *a)
{
    size_t first[KINDS], last[KINDS];

    memset(first, 0xFF, sizeof first);
    memset(last, 0xFF, sizeof last);
    TRY(ctx_alloc(c, a->n, sizeof(const struct mapping_activity *), (void *)&a->rule));
    for (size_t i = 0; i < a->n; i++) {
        const char *label = intern_text(&g->activities, a->row[i].activity);
        const struct mapping_activity *rule = mapping_find_activity(g->r->m, label, strlen(label));
        a->rule[i] = rule;
        if (rule == NULL || rule->effect.kind == NULL)
            continue;
        if (first[rule->effect.code] == SIZE_MAX)
            first[rule->effect.code] = i;
        last[rule->effect.code] = i;
    }
    for (size_t i = 0; i < a->n; i++) {
        const struct mapping_activity *rule = a->rule[i];
        if (rule == NULL || rule->effect.kind == NULL)
            continue;
        bool once = rule->which != MAPPING_EACH || rule->effect.code == KIND_REGISTERED;
        if (once && i != (rule->which == MAPPING_LAST ? last : first)[rule->effect.code])
            a->rule[i] = NULL;
    }
    return OK;
}

static bool rule_means(const struct mapping_activity *rule, enum kind kind)
{
    return rule != NULL && rule->effect.kind != NULL && rule->effect.code == (int)kind;
}

/* Row of the registration; 0 with a warning when the log has none. */
static size_t start_find(struct import_run *r, const struct instance *a)
{
    for (size_t i = 0; i < a->n; i++)
        if (rule_means(a->rule[i], KIND_REGISTERED))
            return i;
    r->report->warning[IMPORT_NO_START]++;
    return SIZE_MAX;
}

static enum err event_add(struct ctx *c, const struct import_log *g, const struct instance *a, size_t i,
                          struct request_import *in)
{
    const struct mapping_activity *rule = a->rule[i];
    const struct row *row = &a->row[i];
    struct event e = import_event(KIND_ACTIVITY, row->time, NULL);

    if (rule == NULL ? g->r->m->other == MAPPING_OTHER_SKIP : rule->effect.kind == NULL) {
        g->r->report->warning[IMPORT_SKIPPED]++;
        return OK;
    }
    if (rule != NULL) {
        e.kind = (enum kind)rule->effect.code;
        e.reason = row->reason != NO_TEXT ? intern_text(&g->texts, row->reason) : rule->effect.reason;
    }
    e.activity = intern_text(&g->activities, row->activity);
    if (row->resource != NO_TEXT)
        TRY(import_worker(c, g->r, intern_text(&g->texts, row->resource), &e.worker));
    in->event[in->events++] = e;
    return OK;
}

/* A case that the log leaves open is closed at its last event, when the mapping says so. */
static void censor(const struct import_log *g, const struct instance *a, struct request_import *in)
{
    if (!g->r->m->censor_last)
        return;
    for (size_t i = 0; i < in->events; i++)
        if (in->event[i].kind == KIND_CLOSED || in->event[i].kind == KIND_REDIRECTED)
            return;
    const char *reason = g->r->m->censor_reason != NULL ? g->r->m->censor_reason : REASON_END_OF_DATA;
    in->event[in->events++] = import_event(KIND_CLOSED, a->row[a->n - 1].time, reason);
}

static const char *fact(const struct import_log *g, uint32_t instance, size_t i)
{
    uint32_t all[FACTS];

    memcpy(all, g->fact.data + instance * sizeof all, sizeof all);
    return all[i] == NO_TEXT ? NULL : intern_text(&g->texts, all[i]);
}

static enum err facts_fill(struct ctx *c, struct import_log *g, uint32_t instance, struct request_import *in)
{
    const char *urgency = fact(g, instance, FACT_URGENCY);

    in->key = intern_text(&g->instances, instance);
    in->person = INT_NONE;
    in->channel = fact(g, instance, FACT_CHANNEL);
    in->route = fact(g, instance, FACT_ROUTE);
    in->category = fact(g, instance, FACT_CATEGORY);
    in->urgency = INT_NONE;
    if (urgency != NULL && !urgency_find(urgency, &in->urgency)) /* was checked with its line */
        in->urgency = INT_NONE;
    TRY(import_team(c, g->r, fact(g, instance, FACT_TEAM), &in->team));
    return import_neighbourhood(c, g->r, fact(g, instance, FACT_NEIGHBOURHOOD), &in->neighbourhood);
}

static enum err case_store(struct ctx *c, struct import_log *g, struct instance *a)
{
    struct request_import in = { 0 };
    size_t start;

    if (a->n > EVENTS_A_CASE_LIMIT) {
        import_reject(c, g->r, a->row[0].line, g->r->m->column[MAPPING_CASE].name,
                      _("this case has more than %d events"), EVENTS_A_CASE_LIMIT);
        return OK;
    }
    TRY(rules_find(c, g, a));
    start = start_find(g->r, a);
    in.received_at = a->row[start == SIZE_MAX ? 0 : start].time;
    TRY(facts_fill(c, g, a->row[0].instance, &in));
    TRY(ctx_alloc(c, a->n + 1, sizeof *in.event, (void *)&in.event));
    for (size_t i = 0; i < a->n; i++)
        if (i != start)
            TRY(event_add(c, g, a, i, &in));
    censor(g, a, &in);
    return import_store(c, g->r, &in);
}

/* ── All cases ────────────────────────────────────────────────────────────────────────────────────────────
 */

static int by_time(const void *pa, const void *pb)
{
    const struct row *a = pa, *b = pb;

    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

/* Rows by case in the order of first appearance (a counting sort); start[i] is where case i begins. */
static enum err rows_group(struct ctx *c, struct import_log *g, struct buf *sorted, struct buf *start)
{
    const struct row *row = (const struct row *)(const void *)g->row.data;
    size_t n = g->row.len / sizeof *row, cases = intern_count(&g->instances);
    uint32_t *at;
    struct row *to;

    if (!buf_reserve(sorted, g->row.len + 1) || !buf_reserve(start, (cases + 1) * sizeof *at))
        return FAIL(E_NOMEM, "%s", "");
    at = (uint32_t *)(void *)start->data;
    to = (struct row *)(void *)sorted->data;
    memset(at, 0, (cases + 1) * sizeof *at);
    for (size_t i = 0; i < n; i++)
        at[row[i].instance + 1]++;
    for (size_t i = 0; i < cases; i++)
        at[i + 1] += at[i];
    for (size_t i = 0; i < n; i++)
        to[at[row[i].instance]++] = row[i];
    memmove(at + 1, at, cases * sizeof *at); /* each now stands at the end of its case */
    at[0] = 0;
    return OK;
}

static enum err cases_store(struct ctx *c, struct import_log *g, struct row *row, const uint32_t *start)
{
    struct arena_mark mark = arena_mark(c->arena);

    for (size_t i = 0; i < intern_count(&g->instances); i++) {
        struct instance a = { .row = row + start[i], .n = start[i + 1] - start[i] };
        if (a.n == 0)
            continue; /* all its lines were rejected */
        qsort(row + start[i], a.n, sizeof *row, by_time);
        TRY(case_store(c, g, &a));
        arena_release(c->arena, mark);
    }
    return OK;
}

enum err import_log_store(struct ctx *c, struct import_log *g)
{
    struct buf sorted = { 0 }, start = { 0 };
    struct arena *arena = c->arena;
    enum err e = rows_group(c, g, &sorted, &start);

    buf_free(&g->row);
    c->arena = &g->r->scratch;
    if (e == OK)
        e = cases_store(c, g, (struct row *)(void *)sorted.data, (const uint32_t *)(const void *)start.data);
    c->arena = arena;
    buf_free(&sorted);
    buf_free(&start);
    return e;
}
