// SPDX-License-Identifier: EUPL-1.2
#include "exchange/import_run.h"

#include "base/text.h"
#include "exchange/xes.h"

#include <string.h>

#define SAMPLE 300

/* The usual columns of XES, under all the names that xes_read knows. */
static const char *const xes_column[] = { "case",         "case_id",        "case:concept:name",
                                          "activity",     "concept:name",   "timestamp",
                                          "time",         "time:timestamp", "resource",
                                          "org:resource", "lifecycle",      "lifecycle:transition" };

struct candidate {
    struct mapping *m;
    size_t fit;
    bool confirmed; /* an activity of the sample stands in it; a mapping of another kind needs no more than
                       its columns */
};

struct search {
    struct candidate *candidate;
    size_t n;
    int left; /* records still to look at */
};

static enum err candidates_get(struct ctx *c, const struct mapping_header *h, struct search *s)
{
    TRY(ctx_alloc(c, mapping_ready_count + 1, sizeof *s->candidate, (void *)&s->candidate));
    for (size_t i = 0; i < mapping_ready_count; i++) {
        struct candidate k = { 0 };
        TRY(mapping_load(c, mapping_ready[i].name, &k.m));
        k.fit = mapping_fit(k.m, h);
        k.confirmed = k.m->kind != MAPPING_EVENTS;
        if (k.fit == 0)
            continue;
        TRY(mapping_bind(c, k.m, h));
        s->candidate[s->n++] = k;
    }
    return OK;
}

static enum err sample_row(struct ctx *c, void *arg, const struct csv_record *rec)
{
    struct search *s = arg;

    for (size_t i = 0; i < s->n; i++) {
        struct candidate *k = &s->candidate[i];
        int at = k->m->column[MAPPING_ACTIVITY].index;
        if (!k->confirmed && (size_t)at < rec->n)
            k->confirmed = mapping_find_activity(k->m, rec->field[at].text, rec->field[at].len) != NULL;
    }
    if (--s->left > 0)
        return OK;
    return FAIL(E_BUSY, "%s", "enough"); /* ends an XES reader */
}

static enum err sample_csv(struct ctx *c, struct source *src, struct search *s)
{
    struct csv *r;
    struct csv_record rec;
    struct mapping_header h = { 0 };
    const char **name;
    bool more;

    TRY(csv_open(c, src, &r));
    TRY(csv_next(c, r, &rec, &more));
    TRY(ctx_alloc(c, rec.n + 1, sizeof *name, (void *)&name));
    for (size_t i = 0; more && i < rec.n; i++)
        TRY(ctx_copy(c, rec.field[i].text, &name[i]));
    h = (struct mapping_header){ name, more ? rec.n : 0 };
    TRY(candidates_get(c, &h, s));
    while (more && s->left > 1) {
        TRY(csv_next(c, r, &rec, &more));
        if (more)
            TRY(sample_row(c, s, &rec));
    }
    return OK;
}

static enum err sample_xes(struct ctx *c, struct source *src, struct search *s)
{
    struct mapping_header h = { xes_column, COUNT(xes_column) };
    enum err e;

    TRY(candidates_get(c, &h, s));
    e = xes_read(c, src, xes_column, COUNT(xes_column), sample_row, s);
    if (e == E_BUSY && s->left <= 0) {
        err_clear(c);
        return OK;
    }
    return e;
}

/* What to do about it: on the command line, or on the page. */
static enum err none_fits(struct ctx *c, const char *path, const struct import_options *o)
{
    if (o->content != NULL)
        return FAIL_FIELD("file",
                          _("The columns of the file %s are not known here. The explanation below says which "
                            "columns are needed."),
                          path);
    return FAIL(E_INVALID, _("No ready mapping fits the file %s. Say with --mapping how it is to be read."),
                path);
}

static enum err more_fit(struct ctx *c, const char *path, const struct import_options *o)
{
    if (o->content != NULL)
        return FAIL_FIELD("mapping", _("The file %s can be read in more than one way. Choose what it is."),
                          path);
    return FAIL(E_INVALID, _("More than one ready mapping fits the file %s. Choose one with --mapping."),
                path);
}

enum err import_find_mapping(struct ctx *c, const char *path, const struct import_options *o,
                             struct mapping **ret_mapping)
{
    SOURCE_AUTO struct source *src = NULL;
    struct search s = { .left = SAMPLE };
    const struct candidate *best = NULL;
    bool tie = false;

    if (text_is(path, "-"))
        return FAIL(E_INVALID, "%s", _("Say with --mapping how the lines from stdin are to be read."));
    TRY(import_open(c, path, o, &src));
    if (source_is_xml(src))
        TRY(sample_xes(c, src, &s));
    else
        TRY(sample_csv(c, src, &s));
    for (size_t i = 0; i < s.n; i++) {
        if (!s.candidate[i].confirmed)
            continue;
        tie = best != NULL && best->fit == s.candidate[i].fit;
        if (best == NULL || s.candidate[i].fit > best->fit)
            best = &s.candidate[i];
    }
    if (best == NULL)
        return none_fits(c, path, o);
    if (tie)
        return more_fit(c, path, o);
    *ret_mapping = best->m;
    return OK;
}
