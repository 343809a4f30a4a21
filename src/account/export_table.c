// SPDX-License-Identifier: EUPL-1.2
#include "account/export_table.h"

#include "base/text.h"
#include "register/person.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

#include <string.h>

typedef enum err (*each_line)(struct ctx *c,
                              enum err (*row)(struct ctx *c, void *arg,
                                              const struct sql_export_requests_row *r),
                              void *arg);

/* Fields as the statement gives them, with | between. */
static const struct export_table {
    const char *name, *columns;
    each_line each;
} tables[] = {
    { "requests", "id|person|received_at|recorded_at|channel|route|category|neighbourhood",
      sql_export_requests_each },
    { "events", "request|seq|kind|occurred_at|recorded_at|team|worker|urgency|reason|until|number|object",
      sql_export_events_each },
    { "help_lines", "id|request|seq|kind", sql_export_help_lines_each },
    { "plans", "request|seq|main|evaluate_on", sql_export_plans_each },
    { "closings", "request|seq|alone|where_to|experience", sql_export_closings_each },
    { "goals", "request|seq|number|by_resident|by_worker", sql_export_goals_each },
    { "areas", "request|seq|area|level", sql_export_areas_each },
    { "intakes", "request|carer", sql_export_intakes_each },
    { "calls", "offered_at|abandoned|seconds", sql_export_calls_each },
    { "contacts", "id|person|occurred_at|team|neighbourhood|channel|failure|withdrawn",
      sql_export_contacts_each },
    { "questions", "contact|seq|topic|outcome", sql_export_questions_each },
    { "callbacks", "promised_at|by_day|state|done_at|team", sql_export_callbacks_each },
    { "sessions",
      "day|starts|ends|held_from|held_to|hour|state|team|place|solved|requests|unhandled|questions",
      sql_export_sessions_each },
    { "complaints", "id|regime|category|team|received_at", sql_export_complaints_each },
    { "history", "object|object_id|seq|kind|occurred_at|number|reason|until", sql_export_history_each },
    { "signals", "id|topic|severity|reporter|neighbourhood|received_at|answered_at",
      sql_export_signals_each },
    { "incidents", "id|kind|found_at|recorded_at|closed_at", sql_export_incidents_each },
    { "agreements", "starts_on|ends_on|kept|judged_on", sql_export_agreements_each },
    { "referrals", "direction|request|occurred_at|consent|multi_problem|stays|answered_at",
      sql_export_referrals_each },
    { "transfers", "starts_on|agreed_resident|agreed_provider|agreed_team|outcome|outcome_on|kept_worker",
      sql_export_transfers_each },
    { "programmes", "id|kind|team|capacity|starts_on|ends_on", sql_export_programmes_each },
    { "participations", "programme|request|seq|present|sessions", sql_export_participations_each },
    { "workers", "id|team|discipline|started_on|ended_on|takeover", sql_export_workers_each },
    { "hours", "worker|seq|from_day|fte", sql_export_hours_each },
    { "established", "team|seq|from_day|fte", sql_export_established_each },
    { "absences", "worker|kind|from_day|until_day|ended_day", sql_export_absences_each },
    { "vacancies", "team|discipline|opened_on|closed_on", sql_export_vacancies_each },
    { "changes", "id|team|what|from_day|recorded_at|undone_at", sql_export_changes_each },
    { "outside", "list|day|due|done|checked|number|known|kept|category|team|neighbourhood|channel",
      sql_export_outside_each },
    { "neighbourhoods", "id|name|team|inhabitants", sql_export_neighbourhoods_each },
    { "teams", "id|name", sql_export_teams_each },
    { "settings", "name|value", sql_export_settings_each },
    { "closing_days", "day|name", sql_export_closing_days_each },
};

const char *export_table_name(size_t i)
{
    return i < COUNT(tables) ? tables[i].name : NULL;
}

struct writing {
    const struct export_sink *to;
    const char *columns;
    size_t rows;
};

/* The next field of a line; *p ends at NULL. */
static size_t field(const char **p, char *to, size_t room)
{
    size_t n = strcspn(*p, "|"), kept = n < room ? n : room - 1;

    memcpy(to, *p, kept);
    to[kept] = '\0';
    *p = (*p)[n] == '|' ? *p + n + 1 : NULL;
    return n;
}

static void put_csv(struct buf *out, const char *line)
{
    char text[1024];

    for (const char *p = line; p != NULL;) {
        if (p != line)
            buf_char(out, ',');
        field(&p, text, sizeof text);
        buf_csv(out, text, ',');
    }
    buf_char(out, '\n');
}

/* An object; what is not known is null. */
static void put_json(struct buf *out, const char *columns, const char *line)
{
    char name[64], text[1024];
    const char *column = columns;

    buf_char(out, '{');
    for (const char *p = line; p != NULL && column != NULL;) {
        if (p != line)
            buf_char(out, ',');
        field(&column, name, sizeof name);
        field(&p, text, sizeof text);
        buf_json(out, name);
        buf_char(out, ':');
        buf_json(out, text[0] != '\0' ? text : NULL);
    }
    buf_char(out, '}');
}

static enum err put_line(struct ctx *c, struct writing *w, const char *line)
{
    struct buf b = { 0 };
    enum err e;

    if (w->to->json) {
        buf_str(&b, w->rows > 0 ? ",\n" : "\n");
        put_json(&b, w->columns, line);
    } else {
        put_csv(&b, line);
    }
    w->rows++;
    e = b.failed ? FAIL(E_NOMEM, "%s", "") : w->to->write(c, w->to->arg, buf_text(&b), b.len);
    buf_free(&b);
    return e;
}

static enum err take(struct ctx *c, void *arg, const struct sql_export_requests_row *r)
{
    return put_line(c, arg, r->line);
}

static enum err begin(struct ctx *c, struct writing *w)
{
    struct buf b = { 0 };
    enum err e;

    if (w->to->json)
        buf_char(&b, '[');
    else
        put_csv(&b, w->columns);
    e = b.failed ? FAIL(E_NOMEM, "%s", "") : w->to->write(c, w->to->arg, buf_text(&b), b.len);
    buf_free(&b);
    return e;
}

static enum err end(struct ctx *c, const struct writing *w)
{
    return w->to->json ? w->to->write(c, w->to->arg, "\n]\n", 3) : OK;
}

enum err export_table(struct ctx *c, const char *table, const struct export_sink *to)
{
    struct writing w = { .to = to };

    TRY(may(c, RIGHT_EXPORT));
    for (size_t i = 0; i < COUNT(tables); i++) {
        if (!text_is(tables[i].name, table))
            continue;
        w.columns = tables[i].columns;
        struct look look = { c->actor->account, "export", tables[i].name, INT_NONE };
        TRY(read_log_add(c, &look));
        TRY(begin(c, &w));
        TRY(tables[i].each(c, take, &w));
        return end(c, &w);
    }
    return FAIL(E_NOT_FOUND, _("There is no table \"%s\" to export."), table);
}

/* ── Names, for who may see every resident ── */

struct persons {
    int64_t *request, *person;
    size_t n, room;
};

static enum err take_person(struct ctx *c, void *arg, const struct sql_facts_persons_row *r)
{
    struct persons *p = arg;

    if (p->n == p->room) {
        int64_t *request, *person;
        p->room = p->room > 0 ? p->room * 2 : 1024;
        TRY(ctx_alloc(c, p->room, sizeof *request, (void *)&request));
        TRY(ctx_alloc(c, p->room, sizeof *person, (void *)&person));
        if (p->n > 0) {
            memcpy(request, p->request, p->n * sizeof *request);
            memcpy(person, p->person, p->n * sizeof *person);
        }
        p->request = request;
        p->person = person;
    }
    p->request[p->n] = r->request;
    p->person[p->n++] = r->person;
    return OK;
}

enum err export_residents(struct ctx *c, const struct export_sink *to)
{
    struct writing w = { .to = to, .columns = "request|name" };
    struct persons p = { 0 };
    const char **name;

    TRY(may(c, RIGHT_EXPORT));
    TRY(may(c, RIGHT_SEARCH));
    if (c->scope == NULL || c->scope->all < 1)
        return FAIL(E_FORBIDDEN, "%s", _("You may not see or do this."));
    struct look look = { c->actor->account, "export", "residents", INT_NONE };
    TRY(read_log_add(c, &look));
    TRY(sql_facts_persons_each(c, c->now, take_person, &p));
    TRY(person_names(c, p.person, p.n, &name));
    TRY(begin(c, &w));
    for (size_t i = 0; i < p.n; i++) {
        struct buf line = { 0 };
        buf_int(&line, p.request[i]);
        buf_char(&line, '|');
        for (const char *ch = name[i]; *ch != '\0'; ch++)
            buf_char(&line, *ch == '|' ? '/' : *ch);
        enum err e = line.failed ? FAIL(E_NOMEM, "%s", "") : put_line(c, &w, buf_text(&line));
        buf_free(&line);
        if (e != OK)
            return e;
    }
    return end(c, &w);
}
