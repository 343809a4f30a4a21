// SPDX-License-Identifier: EUPL-1.2
#include "web/import.h"

#include "base/text.h"
#include "web/kept_file.h"
#include "web/show.h"
#include "web/site.h"
#include "web/tpl.h"

#include <stdio.h>

#define MENU "/import"
/* A small file can unpack to a large one. */
#define UNPACKED ((int64_t)256 << 20)

static const struct sheet_column columns[] = {
    SHEET_COLUMN(N_("When"), MOMENT),  SHEET_COLUMN_SUB(N_("File"), TEXT, N_("By")),
    SHEET_COLUMN(N_("Lines"), COUNT),  SHEET_COLUMN(N_("New"), COUNT),
    SHEET_COLUMN(N_("Events"), COUNT), SHEET_COLUMN(N_("Rejected"), COUNT),
};

/* What people have. Other ready mappings are found by their columns. */
static const struct option kinds[] = {
    { .value = "", .label = N_("Find out by its columns") },
    { .value = "peil", .label = N_("Waiting list or requests") },
    { .value = "phone", .label = N_("Calls of the telephone exchange") },
    { .value = "survey", .label = N_("Surveys, and lists kept elsewhere") },
};

static enum err runs_make(struct ctx *c, struct sheet *ret_sheet)
{
    struct sheet s = { .object = "import",
                       .title = _("Imported files"),
                       .empty = _("No file has been imported yet."),
                       .day = c->today,
                       SHEET_COLUMNS(columns) };
    struct import_run_row *row;
    size_t n;

    TRY(import_runs(c, &row, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, &s, INT_NONE));
        sheet_moment(&s, row[i].recorded_at);
        sheet_text(&s, row[i].file);
        sheet_sub(&s, row[i].who[0] != '\0' ? row[i].who : _("Command line"));
        sheet_count(&s, row[i].lines);
        sheet_count(&s, row[i].added);
        sheet_count(&s, row[i].events);
        sheet_count(&s, row[i].rejected);
    }
    *ret_sheet = s;
    return OK;
}

/* One of ours; anything else could name a file of this machine. */
static const char *mapping_of(const struct req *r)
{
    const char *typed = req_form(r, "mapping");

    for (size_t i = 1; i < COUNT(kinds); i++)
        if (text_is(kinds[i].value, typed))
            return kinds[i].value;
    return NULL;
}

static enum err mapping_fill(struct ctx *c, const struct req *r, struct import_page *p)
{
    const char *chosen = mapping_of(r);
    struct option *o;

    TRY(ctx_alloc(c, COUNT(kinds), sizeof *o, (void *)&o));
    for (size_t i = 0; i < COUNT(kinds); i++)
        o[i] = (struct option){ .value = kinds[i].value,
                                .label = _(kinds[i].label),
                                .chosen = text_is(kinds[i].value, chosen != NULL ? chosen : "") };
    p->mapping = (struct choice){ .name = "mapping",
                                  .label = _("What is it?"),
                                  .error = form_error(&p->wrong, "mapping"),
                                  .option = o,
                                  .n = COUNT(kinds) };
    return OK;
}

static enum err warnings_fill(struct ctx *c, const struct import_report *r, struct import_page *p)
{
    for (size_t k = 0; k < IMPORT_NAMES; k++) {
        const char *added;
        TRY(import_added_text(c, r, (enum import_names)k, &added));
        if (added != NULL)
            p->warning[p->warnings++] = added;
    }
    for (size_t w = 0; w < IMPORT_WARNINGS; w++) {
        if (r->warning[w] == 0)
            continue;
        p->warning[p->warnings++] =
            filled_text(c, _("Mind, {1}: {2}"), import_warning_text(c, (enum import_warning)w),
                        count_text(c, r->warning[w]));
    }
    return OK;
}

static enum err report_fill(struct ctx *c, const struct import_report *r, struct import_page *p)
{
    struct import_count count[IMPORT_COUNTS];

    p->report = r;
    import_report_counts(c, r, count);
    for (size_t i = 0; i < IMPORT_COUNTS; i++)
        if (count[i].n > 0)
            p->count[p->counts++] = count[i];
    return warnings_fill(c, r, p);
}

static enum err show(struct ctx *c, const struct req *r, struct import_page *p, struct reply *out)
{
    struct sheet s;

    TRY(runs_make(c, &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, _("Import a file"), MENU, &p->frame));
    TRY(sheet_view_fill(c, r, &s, &p->runs));
    TRY(mapping_fill(c, r, p));
    p->file = (struct field){
        .name = "file",
        .label = _("File"),
        .hint = _("CSV or an event log (XES), also packed with gzip. At most 8 MB; larger files go "
                  "in with peil import."),
        .required = true,
        .error = form_error(&p->wrong, "file")
    };
    return import_html(c, &out->body, p);
}

/* The file whose rejected lines can still be fetched, after it was imported. */
enum err web_import_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct import_page p = { 0 };
    struct req_file f;

    if (text_to_int(req_query(r, "kept"), &p.kept)) {
        if (kept_file_get(c, r->visitor->kept, p.kept, &f) == OK) {
            p.kept_name = f.name;
        } else {
            err_clear(c);
            p.kept = 0;
        }
    }
    return show(c, r, &p, out);
}

/* The file of the form, or the one that was tried before. */
static enum err file_take(struct ctx *c, const struct req *r, struct req_file *ret_file, int64_t *ret_kept)
{
    const struct req_file *f = req_file(r, "file");

    *ret_kept = 0;
    if (f != NULL) {
        *ret_file = *f;
        return kept_file_put(c, r->visitor->kept, f, ret_kept);
    }
    if (!text_to_int(req_form(r, "kept"), ret_kept))
        return FAIL_FIELD("file", "%s", _("Choose a file."));
    if (kept_file_get(c, r->visitor->kept, *ret_kept, ret_file) == OK)
        return OK;
    err_clear(c);
    *ret_kept = 0;
    return FAIL_FIELD("file", "%s", kept_file_gone(c));
}

static enum err run(struct ctx *c, const struct req *r, const struct req_file *f, bool dry,
                    struct buf *rejects, struct import_report *ret_report)
{
    struct import_options o = { .mapping = mapping_of(r),
                                .dry_run = dry,
                                .content = f->data,
                                .content_len = f->len,
                                .unpacked_max = UNPACKED,
                                .rejects_to = rejects };
    enum err e = import_file(c, f->name, &o, ret_report);

    if (e == E_TOO_LARGE)
        return FAIL_FIELD("file", "%s",
                          _("The file is too large for this page. Import it with peil import."));
    if (e == E_INVALID && c->err.field[0] == '\0')
        text_copy(c->err.field, sizeof c->err.field, "file");
    return e;
}

static enum err imported(struct ctx *c, const struct req *r, int64_t kept, const struct import_report *report,
                         struct reply *out)
{
    if (report->rejected > 0)
        return reply_redirect(c, out, MENU "?done=imported&kept=%lld", (long long)kept);
    kept_file_drop(c, r->visitor->kept, kept);
    return reply_redirect(c, out, MENU "?done=imported");
}

enum err web_import_post(struct ctx *c, const struct req *r, struct reply *out)
{
    bool dry = !text_is(req_form(r, "step"), "add");
    struct import_report report = { .rejected = 0 };
    struct import_page p = { 0 };
    struct req_file f = { 0 };
    enum err e = file_take(c, r, &f, &p.kept);

    if (e == OK)
        e = run(c, r, &f, dry, NULL, &report);
    if (e == OK && !dry)
        return imported(c, r, p.kept, &report, out);
    if (e != OK)
        TRY(wrong_take(c, e, out, &p.wrong));
    p.kept_name = f.name;
    if (e == OK || report.rejected > 0)
        TRY(report_fill(c, &report, &p));
    return show(c, r, &p, out);
}

/* The trial again, for its rejected lines only. */
enum err web_import_rejects_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct import_report report;
    struct req_file f;

    TRY(kept_file_get(c, r->visitor->kept, r->ids.id[0], &f));
    db_read_end(c); /* the trial is a transaction of its own */
    enum err e = run(c, r, &f, true, &out->body, &report);
    if (e != OK && report.rejected == 0)
        return e;
    err_clear(c);
    return reply_file(c, out, "text/csv; charset=utf-8", "afgekeurd.csv");
}
