// SPDX-License-Identifier: EUPL-1.2
#include "exchange/import.h"

#include "base/text.h"
#include "exchange/import_run.h"
#include "exchange/xes.h"
#include "register/person.h"
#include "register/phone.h"
#include "register/right.h"
#include "store/sql.h"

#include <errno.h>
#include <string.h>

#define WORK_LIMIT ((size_t)2 << 30)
#define SCRATCH_LIMIT ((size_t)64 << 20)
#define PROGRESS_LINES 4096
#define REJECTS_HEAD "line,column,reason\n"

/* What one run of the body reads; it may be run again. */
struct reading {
    struct import_run *r;
    struct source *source;
    struct import_log *log; /* NULL: one line a request */
};

static void progress(const struct reading *g)
{
    const struct import_options *o = g->r->o;
    struct import_progress p = { source_taken(g->source), source_size(g->source), g->r->report->lines };

    if (o->progress != NULL)
        o->progress(o->progress_arg, &p);
}

/* One record, in an arena that is emptied behind it. */
static enum err record_take(struct ctx *c, void *arg, const struct csv_record *rec)
{
    struct reading *g = arg;
    struct arena *arena = c->arena;
    struct arena_mark mark = arena_mark(&g->r->scratch);
    enum err e;

    if (++g->r->report->lines % PROGRESS_LINES == 0)
        progress(g);
    c->arena = &g->r->scratch;
    if (g->log != NULL)
        e = import_log_line(c, g->log, rec);
    else if (g->r->m->kind == MAPPING_CALLS)
        e = import_call_line(c, g->r, rec);
    else if (g->r->m->kind == MAPPING_RECORDS)
        e = import_outside_line(c, g->r, rec);
    else
        e = import_request_line(c, g->r, rec);
    c->arena = arena;
    arena_release(&g->r->scratch, mark);
    return e;
}

static enum err header_bind(struct ctx *c, struct import_run *r, const struct csv_record *rec)
{
    const char **name;

    TRY(ctx_alloc(c, rec->n + 1, sizeof *name, (void *)&name));
    for (size_t i = 0; i < rec->n; i++)
        TRY(ctx_copy(c, rec->field[i].text, &name[i]));
    r->header = rec->n;
    return mapping_bind(c, r->m, &(struct mapping_header){ name, rec->n });
}

static bool is_blank(const struct csv_record *rec)
{
    return rec->n == 1 && rec->field[0].text[strspn(rec->field[0].text, " \t")] == '\0';
}

static enum err csv_read_all(struct ctx *c, struct reading *g)
{
    struct csv *r;
    struct csv_record rec;
    bool more;

    TRY(csv_open(c, g->source, &r));
    g->r->report->delimiter = csv_delimiter(r);
    TRY(csv_next(c, r, &rec, &more));
    if (!more)
        return FAIL(E_INVALID, _("The file %s is empty."), g->r->path);
    TRY(header_bind(c, g->r, &rec));
    for (;;) {
        TRY(csv_next(c, r, &rec, &more));
        if (!more)
            return OK;
        if (g->r->header == 1 || !is_blank(&rec))
            TRY(record_take(c, g, &rec));
    }
}

static enum err xes_read_all(struct ctx *c, struct reading *g)
{
    struct mapping_header h;

    g->r->report->delimiter = '<';
    if (g->r->m->kind != MAPPING_EVENTS)
        return FAIL(E_INVALID, _("The file %s is an event log; the mapping %s is for requests."), g->r->path,
                    g->r->m->name);
    TRY(mapping_columns(c, g->r->m, &h));
    TRY(mapping_bind(c, g->r->m, &h));
    g->r->header = h.n;
    return xes_read(c, g->source, h.name, h.n, record_take, g);
}

static enum err source_id(struct ctx *c, struct import_run *r)
{
    struct sql_source_find_row *found;
    struct sql_source_insert_row added;
    struct sql_request_last_row last;
    size_t n;

    TRY(sql_request_last(c, &last));
    r->last_request = last.id;
    TRY(sql_source_find(c, r->m->source, &found, &n));
    if (n > 0) {
        r->source = found->id;
        return OK;
    }
    TRY(sql_source_insert(c, r->m->source, &added));
    r->source = added.id;
    return OK;
}

static const char *file_name(const struct import_run *r)
{
    const char *slash = strrchr(r->path, '/');

    return slash != NULL ? slash + 1 : r->path;
}

static enum err file_read(struct ctx *c, struct reading *g)
{
    struct import_run *r = g->r;

    TRY(import_open(c, r->path, r->o, &g->source));
    TRY(source_id(c, r));
    if (r->m->kind == MAPPING_CALLS)
        TRY(phone_import_begin(c, file_name(r), &r->phone_import, &r->keeper));
    if (r->m->kind == MAPPING_EVENTS)
        TRY(import_log_begin(c, r, &g->log));
    if (source_is_xml(g->source))
        TRY(xes_read_all(c, g));
    else
        TRY(csv_read_all(c, g));
    progress(g);
    r->report->encoding = source_encoding_name(g->source);
    r->report->warning[IMPORT_UNREADABLE] = source_replaced(g->source);
    return g->log != NULL ? import_log_store(c, g->log) : OK;
}

static enum err run_record(struct ctx *c, const struct import_run *r)
{
    const struct import_report *p = r->report;

    if (r->m->kind == MAPPING_CALLS) {
        struct phone_import_counts n = { p->lines, p->rejected, p->calls_new, p->calls_known };
        return phone_import_end(c, r->phone_import, &n);
    }
    struct sql_import_run_insert_args row = {
        .source = r->source,
        .file = file_name(r),
        .recorded_at = c->now,
        .account = c->actor->account,
        .lines = p->lines,
        .rejected = p->rejected,
        .requests = p->requests_new + p->answers_new, /* new records: a file holds the one or the other */
        .events = p->events_new,
    };

    return sql_import_run_insert(c, &row);
}

static enum err rejects_open(struct ctx *c, struct import_run *r)
{
    if (r->o->rejects_to != NULL) {
        buf_clear(r->o->rejects_to);
        buf_lit(r->o->rejects_to, REJECTS_HEAD);
    }
    if (r->o->rejects == NULL)
        return OK;
    r->rejects = fopen(r->o->rejects, "we");
    if (r->rejects == NULL)
        return FAIL(E_IO, _("The file %s may not be written."), r->o->rejects);
    fputs(REJECTS_HEAD, r->rejects);
    return OK;
}

static enum err rejects_close(struct ctx *c, struct import_run *r)
{
    FILE *f = r->rejects;
    bool bad;

    r->rejects = NULL;
    if (f == NULL)
        return OK;
    bad = ferror(f) != 0;
    bad = fclose(f) != 0 || bad;
    return bad ? FAIL(E_IO, _("The file %s could not be written."), r->o->rejects) : OK;
}

static void names_free(struct names *n)
{
    intern_free(&n->text);
    buf_free(&n->id);
}

/* What one run of the body has made. */
static void run_free(struct reading *g)
{
    struct import_run *r = g->r;

    source_close(g->source);
    import_log_free(g->log);
    names_free(&r->team);
    names_free(&r->neighbourhood);
    names_free(&r->worker);
    names_free(&r->call);
    arena_free(&r->work);
    arena_free(&r->scratch);
    if (r->rejects != NULL)
        fclose(r->rejects);
    r->rejects = NULL;
}

static enum err steps(struct ctx *c, struct reading *g)
{
    struct import_run *r = g->r;

    if (r->tries++ > 0 && text_is(r->path, "-"))
        return FAIL(E_BUSY, "%s", ""); /* what came from stdin is gone */
    TRY(rejects_open(c, r));
    TRY(config_get(c, &r->config));
    TRY(file_read(c, g));
    TRY(rejects_close(c, r));
    const struct import_report *p = r->report;
    if (p->lines > 0 && p->requests_new + p->requests_known + p->calls_new + p->calls_known + p->answers_new +
                                p->answers_known ==
                            0)
        return FAIL(E_INVALID, _("Not one line of the file %s could be taken."), r->path);
    TRY(run_record(c, r));
    r->finished = true;
    if (r->o->dry_run)
        return FAIL(E_CONFLICT, "%s", "dry run"); /* undoes everything */
    return OK;
}

/* Inside db_tx, perhaps more than once. */
static enum err body(struct ctx *c, void *arg)
{
    struct import_run *r = arg;
    struct arena *arena = c->arena;
    struct reading g = { .r = r };
    enum err e;

    *r->report = (struct import_report){
        .file = r->path, .mapping = r->m->name, .source = r->m->source, .encoding = ""
    };
    arena_init(&r->work, WORK_LIMIT);
    arena_init(&r->scratch, SCRATCH_LIMIT);
    r->finished = false;
    e = steps(c, &g);
    c->arena = arena; /* a failure may have left another one */
    run_free(&g);
    return e;
}

/* A file does in one go what forms do one by one: who may not do that, may not do this. */
static enum err kind_allowed(struct ctx *c, enum mapping_kind kind)
{
    return may(c, kind == MAPPING_CALLS     ? RIGHT_CONTACT
                  : kind == MAPPING_RECORDS ? RIGHT_IMPORT
                                            : RIGHT_REGISTER);
}

enum err import_file(struct ctx *c, const char *path, const struct import_options *o,
                     struct import_report *ret_report)
{
    struct import_run r = {
        .path = path, .o = o, .report = ret_report, .keep = c->arena, .latest = c->now + 86400
    };
    enum err e;

    *ret_report = (struct import_report){ .file = path, .mapping = "", .source = "", .encoding = "" };
    TRY(may(c, RIGHT_IMPORT));
    if (o->mapping != NULL)
        TRY(mapping_load(c, o->mapping, &r.m));
    else
        TRY(import_find_mapping(c, path, o, &r.m));
    TRY(kind_allowed(c, r.m->kind));
    TRY(import_check_effects(c, r.m));
    if (r.m->kind == MAPPING_CALLS)
        TRY(person_index(c)); /* before the transaction: what is undone must not stay in it */
    e = db_tx(c, body, &r);
    if (e == E_CONFLICT && r.finished && o->dry_run) {
        err_clear(c);
        return OK;
    }
    if (e != OK)
        err_trace(c, __FILE__, __LINE__);
    return e;
}

enum err import_runs(struct ctx *c, struct import_run_row **ret_row, size_t *ret_n)
{
    struct sql_import_runs_row *row;
    struct import_run_row *to;
    size_t n;

    TRY(may(c, RIGHT_IMPORT));
    TRY(sql_import_runs(c, IMPORT_RUNS, &row, &n));
    TRY(ctx_alloc(c, n, sizeof *to, (void *)&to));
    for (size_t i = 0; i < n; i++)
        to[i] = (struct import_run_row){ .recorded_at = row[i].recorded_at,
                                         .file = row[i].file,
                                         .who = row[i].who != NULL ? row[i].who : "",
                                         .calls = row[i].calls != 0,
                                         .lines = row[i].lines,
                                         .rejected = row[i].rejected,
                                         .added = row[i].added,
                                         .events = row[i].events };
    *ret_row = to;
    *ret_n = n;
    return OK;
}
