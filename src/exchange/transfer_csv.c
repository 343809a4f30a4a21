// SPDX-License-Identifier: EUPL-1.2
#include "exchange/transfer_csv.h"

#include "base/date.h"
#include "base/text.h"
#include "exchange/csv.h"
#include "register/config.h"
#include "register/right.h"
#include "store/sql.h"

#include <string.h>

enum column {
    COL_KEY,
    COL_REQUEST,
    COL_NAME,
    COL_BIRTH,
    COL_PHONE,
    COL_ADDRESS,
    COL_POSTCODE,
    COL_ASKED,
    COL_WAITS,
    COL_TEAM,
    COLUMNS
};
static const char *const column_name[COLUMNS] = { "nummer",    "aanmelding", "naam",     "geboortedatum",
                                                  "telefoon",  "adres",      "postcode", "gevraagd",
                                                  "wacht_tot", "team" };

struct adding {
    const struct transfer *t;
    const char *text;
    bool dry;
    const struct config *k;
    size_t at[COLUMNS]; /* place in the line from 1; 0: no such column */
    struct transfer_csv_result r;
};

/* Thrown at the end of a dry run, so that nothing is kept. */
#define DRY_END "dry"

static enum err header_read(struct ctx *c, struct csv *csv, struct adding *a)
{
    struct csv_record rec;
    char folded[80];
    bool more;
    size_t known = 0;

    TRY(csv_next(c, csv, &rec, &more));
    for (size_t i = 0; more && i < rec.n; i++) {
        text_fold(folded, sizeof folded, rec.field[i].text);
        for (size_t k = 0; k < COLUMNS; k++)
            if (text_is(column_name[k], folded) && a->at[k] == 0) {
                a->at[k] = i + 1;
                known++;
            }
    }
    if (known == 0 || a->at[COL_ASKED] == 0 || (a->at[COL_NAME] == 0 && a->at[COL_REQUEST] == 0))
        return FAIL_FIELD(
            "csv", "%s",
            _("The first line must name the columns: at least gevraagd, and naam or aanmelding."));
    return OK;
}

/* The text of a column on this line; NULL when it is empty. */
static enum err value(struct ctx *c, const struct adding *a, const struct csv_record *rec, enum column k,
                      const char **ret_text)
{
    char *copy;

    *ret_text = NULL;
    if (a->at[k] == 0 || a->at[k] > rec->n)
        return OK;
    copy = arena_copy(c->arena, rec->field[a->at[k] - 1].text, rec->field[a->at[k] - 1].len);
    if (copy == NULL)
        return FAIL(E_NOMEM, "%s", "");
    copy = text_trim(copy);
    *ret_text = copy[0] != '\0' ? copy : NULL;
    return OK;
}

static enum err day_value(struct ctx *c, const struct adding *a, const struct csv_record *rec, enum column k,
                          int32_t *ret_day)
{
    const char *text;

    *ret_day = DAY_NONE;
    TRY(value(c, a, rec, k, &text));
    return text != NULL ? date_parse(c, column_name[k], text, ret_day) : OK;
}

static enum err team_value(struct ctx *c, const struct adding *a, const struct csv_record *rec,
                           int64_t *ret_team)
{
    const char *text;

    *ret_team = INT_NONE;
    TRY(value(c, a, rec, COL_TEAM, &text));
    if (text == NULL)
        return OK;
    for (size_t i = 0; i < a->k->teams; i++)
        if (text_is(a->k->team[i].name, text))
            *ret_team = a->k->team[i].id;
    return *ret_team != INT_NONE ? OK : FAIL_FIELD("team", _("There is no team \"%s\"."), text);
}

static enum err who_values(struct ctx *c, const struct adding *a, const struct csv_record *rec,
                           struct identity *who)
{
    int32_t birth;
    char iso[11];

    TRY(value(c, a, rec, COL_NAME, &who->name));
    TRY(value(c, a, rec, COL_PHONE, &who->phone));
    TRY(value(c, a, rec, COL_ADDRESS, &who->address));
    TRY(value(c, a, rec, COL_POSTCODE, &who->postcode));
    TRY(day_value(c, a, rec, COL_BIRTH, &birth));
    if (birth == DAY_NONE)
        return OK;
    if (birth > c->today)
        return FAIL_FIELD("geboortedatum", "%s", _("This date is in the future."));
    date_iso(birth, iso);
    return ctx_copy(c, iso, &who->birth);
}

static enum err line_read(struct ctx *c, const struct adding *a, const struct csv_record *rec,
                          struct member_new *m)
{
    struct request_id id;
    const char *request;

    *m = (struct member_new){ .request = INT_NONE };
    if (rec->broken != 0)
        return FAIL_FIELD("csv", "%s", _("There is text after a closing quote."));
    TRY(value(c, a, rec, COL_KEY, &m->source_key));
    TRY(value(c, a, rec, COL_REQUEST, &request));
    if (request != NULL && !request_number_find(request, &id))
        return FAIL_FIELD("aanmelding", "%s", _("This is no number of a request."));
    if (request != NULL)
        m->request = id.v;
    TRY(who_values(c, a, rec, &m->who));
    TRY(day_value(c, a, rec, COL_ASKED, &m->original));
    TRY(day_value(c, a, rec, COL_WAITS, &m->waits_until));
    return team_value(c, a, rec, &m->team);
}

static enum err line_bad(struct ctx *c, struct adding *a, int64_t line)
{
    struct transfer_bad *bad = &a->r.bad[a->r.n_bad];
    const char *reason = NULL;

    TRY(ctx_copy(c, c->err.text, &reason));
    err_clear(c);
    *bad = (struct transfer_bad){ line, reason };
    a->r.n_bad++;
    return OK;
}

static enum err line_add(struct ctx *c, struct adding *a, const struct csv_record *rec)
{
    enum added added = MEMBER_ADDED;
    struct member_new m;

    a->r.lines++;
    if (a->r.lines > TRANSFER_CSV_LINES)
        return FAIL_FIELD("csv", "%s", _("Paste at most 2,000 lines at once."));
    enum err e = line_read(c, a, rec, &m);
    if (e == OK)
        e = member_add(c, a->t, &m, &added);
    if (e == E_INVALID || e == E_NOT_FOUND)
        return line_bad(c, a, rec->line);
    TRY(e);
    a->r.added += added == MEMBER_ADDED;
    a->r.known += added == MEMBER_THERE_ALREADY;
    return OK;
}

static enum err add_all(struct ctx *c, void *arg)
{
    struct adding *a = arg;
    SOURCE_AUTO struct source *source = NULL;
    struct csv_record rec;
    struct csv *csv;
    bool more = true;

    memset(&a->r, 0, sizeof a->r);
    memset(a->at, 0, sizeof a->at);
    TRY(ctx_alloc(c, TRANSFER_CSV_LINES + 1, sizeof *a->r.bad, (void *)&a->r.bad));
    TRY(source_open_text(c, _("your list"), a->text, strlen(a->text), &source));
    TRY(csv_open(c, source, &csv));
    TRY(header_read(c, csv, a));
    for (;;) {
        TRY(csv_next(c, csv, &rec, &more));
        if (!more)
            break;
        TRY(line_add(c, a, &rec));
    }
    return a->dry ? FAIL_FIELD(DRY_END, "%s", "") : OK;
}

enum err transfer_csv_add(struct ctx *c, const struct transfer *t, const char *text, bool dry,
                          struct transfer_csv_result *ret_result)
{
    struct adding a = { .t = t, .text = text, .dry = dry };

    TRY(may(c, RIGHT_TRANSFER));
    TRY(may(c, RIGHT_ALLOCATE));
    if (text_empty(text))
        return FAIL_FIELD("csv", "%s", _("Paste the lines of the list here."));
    TRY(config_get(c, &a.k));
    enum err e = db_tx(c, add_all, &a);
    if (e == E_INVALID && text_is(c->err.field, DRY_END)) { /* all of it was tried, nothing was kept */
        err_clear(c);
        e = OK;
    }
    if (e == E_INVALID && c->err.field[0] == '\0')
        text_copy(c->err.field, sizeof c->err.field, "csv");
    TRY(e);
    *ret_result = a.r;
    return OK;
}

enum err transfer_csv_text(struct ctx *c, const char *name, const char *data, size_t len,
                           const char **ret_text)
{
    SOURCE_AUTO struct source *source = NULL;
    char *text;
    size_t n, at = 0;

    TRY(ctx_alloc(c, TRANSFER_CSV_BYTES + 1, 1, (void *)&text));
    enum err e = source_open_text(c, name, data, len, &source);
    while (e == OK && at + 16 <= TRANSFER_CSV_BYTES) {
        e = source_read(c, source, text + at, TRANSFER_CSV_BYTES - at, &n);
        if (e == OK && n == 0)
            break;
        at += e == OK ? n : 0;
    }
    if (e == E_INVALID || e == E_TOO_LARGE)
        text_copy(c->err.field, sizeof c->err.field, "csv");
    TRY(e);
    if (at + 16 > TRANSFER_CSV_BYTES)
        return FAIL_FIELD("csv", "%s", _("Paste at most 2,000 lines at once."));
    text[at] = '\0';
    *ret_text = text;
    return OK;
}
