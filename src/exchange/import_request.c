// SPDX-License-Identifier: EUPL-1.2
#include "exchange/import_run.h"

#include "base/date.h"
#include "base/text.h"
#include "register/person.h"
#include "store/sql.h"

#include <math.h>
#include <string.h>

#define DAYS_LIMIT 200000.0

/* One line while it is read. */
struct line {
    struct request_import in;
    const char *team, *neighbourhood, *urgency;
    struct identity who;
    const char *question;
    char birth[11];
};

static const struct mapping_column *field(const struct import_run *r, enum mapping_field f)
{
    return &r->m->column[f];
}

static bool text_get(struct ctx *c, struct import_run *r, const struct csv_record *rec, enum mapping_field f,
                     const char **ret_text)
{
    return import_value(c, r, rec, field(r, f), ret_text);
}

/* A text of a person: no control characters (the register separates sealed fields with one). */
static bool person_text(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                        enum mapping_field f, const char **ret_text)
{
    if (!text_get(c, r, rec, f, ret_text))
        return false;
    for (const char *p = *ret_text; p != NULL && *p != '\0'; p++) {
        if ((unsigned char)*p < ' ' && !(f == MAPPING_QUESTION && strchr("\t\r\n", *p) != NULL)) {
            import_reject(c, r, rec->line, field(r, f)->name, "%s", _("holds a sign that is not text"));
            return false;
        }
    }
    return true;
}

static bool birth_get(struct ctx *c, struct import_run *r, const struct csv_record *rec, struct line *l)
{
    const struct mapping_column *k = field(r, MAPPING_BIRTH_DATE);
    int64_t t;

    if (!import_time(c, r, rec, k, &t))
        return false;
    if (t == TIME_NONE)
        return true;
    date_iso(k->format.utc ? (int32_t)(t / SECONDS_A_DAY - (t % SECONDS_A_DAY < 0)) : time_nl_day(t),
             l->birth);
    l->who.birth = l->birth;
    return true;
}

static bool person_parse(struct ctx *c, struct import_run *r, const struct csv_record *rec, struct line *l)
{
    return person_text(c, r, rec, MAPPING_NAME, &l->who.name) && birth_get(c, r, rec, l) &&
           person_text(c, r, rec, MAPPING_PHONE, &l->who.phone) &&
           person_text(c, r, rec, MAPPING_EMAIL, &l->who.email) &&
           person_text(c, r, rec, MAPPING_ADDRESS, &l->who.address) &&
           person_text(c, r, rec, MAPPING_POSTCODE, &l->who.postcode) &&
           person_text(c, r, rec, MAPPING_QUESTION, &l->question);
}

/* The moment `text` days after the request was received: in Dutch days when the file has Dutch time. */
static bool days_after(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                       const struct mapping_event *e, int64_t received, int64_t *ret_time)
{
    const char *text;
    double days, whole;

    *ret_time = TIME_NONE;
    if (!import_value(c, r, rec, &e->when, &text))
        return false;
    if (text == NULL)
        return true;
    if (!text_to_double(text, strlen(text), &days) || !(fabs(days) <= DAYS_LIMIT)) {
        import_reject(c, r, rec->line, e->when.name, _("\"%.40s\" is not a number of days"), text);
        return false;
    }
    whole = floor(days);
    if (field(r, MAPPING_RECEIVED)->format.utc || days != whole)
        *ret_time = received + (int64_t)llround(days * SECONDS_A_DAY);
    else
        *ret_time = time_of_nl_day(time_nl_day(received) + (int32_t)whole, time_nl_second(received));
    if (*ret_time > r->latest) {
        import_reject(c, r, rec->line, e->when.name, _("%.40s is in the future"), text);
        return false;
    }
    return true;
}

/* The effect that this line chooses; NULL: none. */
static bool effect_get(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                       const struct mapping_event *e, const struct mapping_effect **ret_effect)
{
    const char *value;

    *ret_effect = NULL;
    if (e->choice == NULL) {
        *ret_effect = &e->effect;
        return true;
    }
    if (!import_value(c, r, rec, &e->by, &value))
        return false;
    if (value == NULL)
        return true;
    *ret_effect = mapping_choose(e, value, strlen(value));
    if (*ret_effect == NULL) {
        import_reject(c, r, rec->line, e->by.name, _("the mapping has no place for the value \"%.60s\""),
                      value);
        return false;
    }
    return true;
}

static bool event_parse(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                        const struct mapping_event *e, struct request_import *in)
{
    const struct mapping_effect *effect;
    const char *reason;
    int64_t time;

    if (!effect_get(c, r, rec, e, &effect))
        return false;
    if (effect == NULL || effect->kind == NULL)
        return true;
    if (!(e->after ? days_after(c, r, rec, e, in->received_at, &time)
                   : import_time(c, r, rec, &e->when, &time)))
        return false;
    if (time == TIME_NONE)
        return true;
    reason = effect->reason;
    if (effect->reason_from != NULL && !import_value(c, r, rec, effect->reason_from, &reason))
        return false;
    in->event[in->events++] = import_event((enum kind)effect->code, time, reason);
    return true;
}

static bool facts_parse(struct ctx *c, struct import_run *r, const struct csv_record *rec, struct line *l)
{
    if (!text_get(c, r, rec, MAPPING_KEY, &l->in.key) ||
        !import_time(c, r, rec, field(r, MAPPING_RECEIVED), &l->in.received_at))
        return false;
    if (l->in.key == NULL || l->in.received_at == TIME_NONE) {
        import_reject(c, r, rec->line, field(r, l->in.key == NULL ? MAPPING_KEY : MAPPING_RECEIVED)->name,
                      "%s", _("is empty"));
        return false;
    }
    if (!text_get(c, r, rec, MAPPING_CHANNEL, &l->in.channel) ||
        !text_get(c, r, rec, MAPPING_ROUTE, &l->in.route) ||
        !text_get(c, r, rec, MAPPING_CATEGORY, &l->in.category) ||
        !text_get(c, r, rec, MAPPING_TEAM, &l->team) ||
        !text_get(c, r, rec, MAPPING_NEIGHBOURHOOD, &l->neighbourhood) ||
        !text_get(c, r, rec, MAPPING_URGENCY, &l->urgency))
        return false;
    l->in.urgency = INT_NONE;
    if (l->urgency != NULL && !urgency_find(l->urgency, &l->in.urgency)) {
        import_reject(c, r, rec->line, field(r, MAPPING_URGENCY)->name, _("\"%.40s\" is not an urgency"),
                      l->urgency);
        return false;
    }
    return true;
}

/* A new request gets its person; a known one keeps the one it has. */
static enum err person_store(struct ctx *c, struct import_run *r, struct line *l)
{
    const struct identity *w = &l->who;
    struct sql_request_by_source_row *known;
    size_t n;

    l->in.person = INT_NONE;
    if (w->name == NULL && w->birth == NULL && w->phone == NULL && w->email == NULL && w->address == NULL &&
        w->postcode == NULL && l->question == NULL)
        return OK;
    TRY(sql_request_by_source(c, r->source, l->in.key, &known, &n));
    if (n > 0 || r->o->dry_run)
        return OK;
    TRY(person_add(c, w, &l->in.person));
    l->in.question = l->question;
    return OK;
}

enum err import_request_line(struct ctx *c, struct import_run *r, const struct csv_record *rec)
{
    struct line l = { 0 };
    size_t events = 0;

    for (const struct mapping_event *e = r->m->event; e != NULL; e = e->next)
        events++;
    TRY(ctx_alloc(c, events + 1, sizeof *l.in.event, (void *)&l.in.event));
    if (!import_shape(c, r, rec) || !facts_parse(c, r, rec, &l) || !person_parse(c, r, rec, &l))
        return OK;
    for (const struct mapping_event *e = r->m->event; e != NULL; e = e->next)
        if (!event_parse(c, r, rec, e, &l.in))
            return OK;
    TRY(import_team(c, r, l.team, &l.in.team));
    TRY(import_neighbourhood(c, r, l.neighbourhood, &l.in.neighbourhood));
    TRY(person_store(c, r, &l));
    return import_store(c, r, &l.in);
}
