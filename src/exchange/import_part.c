// SPDX-License-Identifier: EUPL-1.2
#include "exchange/import_run.h"

#include "base/date.h"
#include "base/text.h"
#include "register/config.h"
#include "store/sql.h"

#include <stdarg.h>
#include <string.h>

#define EARLIEST date_from_civil(1900, 1, 1)

enum err import_open(struct ctx *c, const char *path, const struct import_options *o,
                     struct source **ret_source)
{
    if (o->content == NULL)
        return source_open(c, path, ret_source);
    TRY(source_open_text(c, path, o->content, o->content_len, ret_source));
    if (o->unpacked_max > 0)
        source_set_limit(*ret_source, o->unpacked_max);
    return OK;
}

/* ── Rejects ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static void reject_write(struct import_run *r, int64_t line, const char *column, const char *reason)
{
    struct buf b = { 0 };

    buf_int(&b, line);
    buf_char(&b, ',');
    buf_csv(&b, column, ',');
    buf_char(&b, ',');
    buf_csv(&b, reason, ',');
    buf_char(&b, '\n');
    if (r->rejects != NULL)
        fwrite(b.data, 1, b.len, r->rejects);
    if (r->o->rejects_to != NULL)
        buf_put(r->o->rejects_to, b.data, b.len);
    buf_free(&b);
}

void import_reject(struct ctx *c, struct import_run *r, int64_t line, const char *column, const char *format,
                   ...)
{
    struct import_report *rep = r->report;
    char reason[300];
    va_list ap;

    (void)c;
    va_start(ap, format);
    vsnprintf(reason, sizeof reason, format, ap);
    va_end(ap);
    column = column != NULL ? column : "";
    rep->rejected++;
    if (r->rejects != NULL || r->o->rejects_to != NULL)
        reject_write(r, line, column, reason);
    if (rep->listed < IMPORT_LISTED) {
        struct import_reject *to = &rep->reject[rep->listed];
        to->line = line;
        to->column = arena_copy(r->keep, column, strlen(column));
        to->reason = arena_copy(r->keep, reason, strlen(reason));
        rep->listed += to->column != NULL && to->reason != NULL;
    }
}

bool import_shape(struct ctx *c, struct import_run *r, const struct csv_record *rec)
{
    if (rec->broken) {
        import_reject(c, r, rec->line, NULL, _("text stands behind the closing quote of column %zu"),
                      rec->broken);
        return false;
    }
    for (size_t i = r->header; i < rec->n; i++)
        if (rec->field[i].len > 0) {
            import_reject(c, r, rec->line, NULL, _("%zu columns, but the header has %zu"), rec->n, r->header);
            return false;
        }
    if (rec->n < r->header) {
        import_reject(c, r, rec->line, NULL, _("%zu columns, but the header has %zu"), rec->n, r->header);
        return false;
    }
    return true;
}

/* ── Values of a line ─────────────────────────────────────────────────────────────────────────────────────
 */

static const char *column_name(const struct mapping_column *k)
{
    return k->name != NULL ? k->name : "";
}

bool import_value(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                  const struct mapping_column *k, const char **ret_text)
{
    const struct csv_field *f = k->index >= 0 ? &rec->field[k->index] : NULL;
    const char *text;
    bool known = true;
    size_t len = 0;

    *ret_text = NULL;
    if (k->line == 0 || (f == NULL && k->always == NULL))
        return true;
    text = mapping_value(r->m, k, f != NULL ? f->text : "", f != NULL ? f->len : 0, &len, &known);
    if (!known) {
        import_reject(c, r, rec->line, column_name(k), _("the mapping has no place for the value \"%.60s\""),
                      f != NULL ? f->text : "");
        return false;
    }
    /* blanks were taken off at the end */
    if (text != NULL && text[len] != '\0') {
        text = arena_copy(c->arena, text, len);
        if (text == NULL) {
            import_reject(c, r, rec->line, column_name(k), "%s", _(err_text(E_NOMEM)));
            return false;
        }
    }
    *ret_text = text;
    return true;
}

/* A birth date is not repeated in a report. */
static bool is_private(const struct import_run *r, const struct mapping_column *k)
{
    return k == &r->m->column[MAPPING_BIRTH_DATE];
}

bool import_time(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                 const struct mapping_column *k, int64_t *ret_time)
{
    const char *text;

    *ret_time = TIME_NONE;
    if (!import_value(c, r, rec, k, &text))
        return false;
    if (text == NULL)
        return true;
    if (!time_format_scan(&k->format, text, strlen(text), ret_time))
        import_reject(c, r, rec->line, column_name(k),
                      _("\"%.40s\" is not a date or time that exists in this format"),
                      is_private(r, k) ? "…" : text);
    else if (*ret_time > r->latest)
        import_reject(c, r, rec->line, column_name(k), _("%.40s is in the future"),
                      is_private(r, k) ? "…" : text);
    else if (*ret_time < (int64_t)EARLIEST * SECONDS_A_DAY)
        import_reject(c, r, rec->line, column_name(k), _("%.40s is before 1900"),
                      is_private(r, k) ? "…" : text);
    else
        return true;
    return false;
}

/* ── Names and their ids ──────────────────────────────────────────────────────────────────────────────────
 */

static const char *known_name(const struct config *k, enum import_names which, size_t i)
{
    if (which == IMPORT_TEAMS)
        return i < k->teams ? k->team[i].name : NULL;
    return i < k->neighbourhoods ? k->neighbourhood[i].name : NULL;
}

/* A name that the register did not have when the file began is told, beside one that is almost the same. */
static enum err tell_added(struct ctx *c, struct import_run *r, enum import_names which, const char *name)
{
    struct import_added *to = &r->report->added[which];
    char folded[200], other[200];
    const char *known, *like = NULL;

    text_fold(folded, sizeof folded, name);
    for (size_t i = 0; (known = known_name(r->config, which, i)) != NULL; i++) {
        if (text_is(known, name))
            return OK;
        text_fold(other, sizeof other, known);
        if (text_one_letter_apart(folded, other))
            like = known;
    }
    if (to->n++ >= IMPORT_LISTED)
        return OK;
    to->at[to->listed].name = arena_copy(r->keep, name, strlen(name));
    to->at[to->listed].like = like != NULL ? arena_copy(r->keep, like, strlen(like)) : NULL;
    if (to->at[to->listed].name == NULL)
        return FAIL(E_NOMEM, "%s", "");
    to->listed++;
    return OK;
}

static enum err team_id(struct ctx *c, struct import_run *r, const char *name, int64_t *ret_id)
{
    TRY(tell_added(c, r, IMPORT_TEAMS, name));
    return team_find_or_add(c, name, ret_id);
}

static enum err neighbourhood_id(struct ctx *c, struct import_run *r, const char *name, int64_t *ret_id)
{
    TRY(tell_added(c, r, IMPORT_NEIGHBOURHOODS, name));
    return neighbourhood_find_or_add(c, name, INT_NONE, ret_id);
}

static enum err worker_id(struct ctx *c, struct import_run *r, const char *name, int64_t *ret_id)
{
    struct sql_worker_all_row *row;
    struct sql_worker_insert_row added;
    size_t n;

    (void)r;
    TRY(sql_worker_all(c, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (text_is(row[i].name, name)) {
            *ret_id = row[i].id;
            return OK;
        }
    TRY(sql_worker_insert(c, name, INT_NONE, NULL, &added));
    *ret_id = added.id;
    return OK;
}

static enum err name_find(struct ctx *c, struct import_run *r, struct names *list, const char *name,
                          enum err (*find)(struct ctx *c, struct import_run *r, const char *name,
                                           int64_t *ret_id),
                          int64_t *ret_id)
{
    uint32_t before = intern_count(&list->text), i;
    int64_t id;

    *ret_id = INT_NONE;
    if (name == NULL)
        return OK;
    TRY(intern_add(c, &list->text, &r->work, name, strlen(name), &i));
    if (i == before) {
        if (i >= NAMES_LIMIT)
            return FAIL(E_INVALID,
                        _("The file names more than %d different teams, neighbourhoods or workers. "
                          "Does the mapping name the right column?"),
                        NAMES_LIMIT);
        TRY(find(c, r, name, &id));
        buf_put(&list->id, &id, sizeof id);
        if (list->id.failed)
            return FAIL(E_NOMEM, "%s", "");
    }
    memcpy(ret_id, list->id.data + i * sizeof id, sizeof id);
    return OK;
}

enum err import_team(struct ctx *c, struct import_run *r, const char *name, int64_t *ret_id)
{
    return name_find(c, r, &r->team, name, team_id, ret_id);
}

enum err import_neighbourhood(struct ctx *c, struct import_run *r, const char *name, int64_t *ret_id)
{
    return name_find(c, r, &r->neighbourhood, name, neighbourhood_id, ret_id);
}

enum err import_worker(struct ctx *c, struct import_run *r, const char *name, int64_t *ret_id)
{
    return name_find(c, r, &r->worker, name, worker_id, ret_id);
}

/* ── Storing one request ──────────────────────────────────────────────────────────────────────────────────
 */

struct event import_event(enum kind kind, int64_t occurred_at, const char *reason)
{
    return (struct event){ .kind = kind,
                           .occurred_at = occurred_at,
                           .reason = reason,
                           .account = INT_NONE,
                           .team = INT_NONE,
                           .worker = INT_NONE,
                           .urgency = INT_NONE,
                           .until = TIME_NONE };
}

static bool is_end(enum kind kind)
{
    return kind == KIND_CLOSED || kind == KIND_REDIRECTED;
}

static void warn_about(struct import_report *rep, const struct request_import *in)
{
    int64_t end = TIME_NONE;
    bool before = false, after = false;
    int ends = 0;

    for (size_t i = 0; i < in->events; i++) {
        const struct event *e = &in->event[i];
        if (!is_end(e->kind))
            continue;
        end = end == TIME_NONE || e->occurred_at < end ? e->occurred_at : end;
        ends++;
    }
    for (size_t i = 0; i < in->events; i++) {
        const struct event *e = &in->event[i];
        if (!is_end(e->kind) && e->kind != KIND_FIRST_TALK)
            continue;
        before = before || e->occurred_at < in->received_at;
        after = after || (end != TIME_NONE && e->occurred_at > end);
    }
    rep->warning[IMPORT_END_BEFORE_START] += before;
    rep->warning[IMPORT_AFTER_END] += after || ends > 1;
}

enum err import_store(struct ctx *c, struct import_run *r, struct request_import *in)
{
    struct import_report *rep = r->report;
    struct request_imported done;

    in->source = r->source;
    if (in->team == INT_NONE)
        in->team = config_team_of(r->config, in->neighbourhood);
    TRY(request_import(c, in, &done));
    rep->requests_new += done.is_new;
    rep->requests_known += !done.is_new;
    rep->events_new += (int64_t)done.events_added;
    rep->events_known += (int64_t)(in->events + 1 - done.events_added);
    rep->warning[IMPORT_TWICE] += !done.is_new && done.id > r->last_request;
    rep->no_team += done.is_new && in->team == INT_NONE;
    rep->no_neighbourhood += done.is_new && in->neighbourhood == INT_NONE;
    warn_about(rep, in);
    return OK;
}

/* ── The mapping's events are events of the register ──────────────────────────────────────────────────────
 */

static enum err check_effect(struct ctx *c, const struct mapping *m, struct mapping_effect *e, int line)
{
    enum kind kind;

    if (e->kind == NULL)
        return OK;
    if (!kind_find(e->kind, &kind))
        return FAIL(E_INVALID, _("Mapping %s, line %d: \"%s\" is not an event of the register."), m->name,
                    line, e->kind);
    if (kind == KIND_REGISTERED && m->kind == MAPPING_REQUESTS)
        return FAIL(E_INVALID, _("Mapping %s, line %d: the registration is the column \"received\"."),
                    m->name, line);
    e->code = (int)kind;
    return OK;
}

enum err import_check_effects(struct ctx *c, struct mapping *m)
{
    for (struct mapping_event *e = m->event; e != NULL; e = e->next) {
        TRY(check_effect(c, m, &e->effect, e->line));
        for (struct mapping_choice *k = e->choice; k != NULL; k = k->next)
            TRY(check_effect(c, m, &k->effect, e->line));
    }
    for (struct mapping_activity *a = m->activity; a != NULL; a = a->next)
        TRY(check_effect(c, m, &a->effect, a->line));
    return OK;
}
