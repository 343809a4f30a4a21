// SPDX-License-Identifier: EUPL-1.2
#include "exchange/import.h"

static const struct {
    const char *code, *text;
} warnings[IMPORT_WARNINGS] = {
    [IMPORT_END_BEFORE_START] = { "end_before_start", N_("requests whose first talk or end is before their "
                                                         "start: counted as 0 days") },
    [IMPORT_AFTER_END] = { "after_end", N_("requests with a first talk or end after they had ended: the "
                                           "first end counts") },
    [IMPORT_NO_START] = { "no_start",
                          N_("cases without their first step: the first event counts as the start") },
    [IMPORT_TWICE] = { "twice", N_("lines with a key that an earlier line has too") },
    [IMPORT_UNREADABLE] = { "unreadable",
                            N_("bytes that mean nothing in this encoding, shown as a question mark") },
    [IMPORT_SKIPPED] = { "skipped", N_("events that the mapping leaves out") },
};

const char *import_warning_text(const struct ctx *c, enum import_warning w)
{
    return _(warnings[w].text);
}

static void row(struct buf *out, const char *name, int64_t value)
{
    buf_printf(out, "  %-24s %10lld\n", name, (long long)value);
}

void import_report_table(const struct ctx *c, const struct import_report *r, struct buf *out)
{
    buf_printf(out, "%s  (%s, %s)\n", r->file, r->mapping, r->encoding);
    row(out, _("Lines read"), r->lines);
    if (r->calls_new + r->calls_known > 0) {
        row(out, _("New calls"), r->calls_new);
        row(out, _("Known calls"), r->calls_known);
    }
    if (r->answers_new + r->answers_known > 0) {
        row(out, _("New answers"), r->answers_new);
        row(out, _("Known answers"), r->answers_known);
    }
    row(out, _("New requests"), r->requests_new);
    row(out, _("Known requests"), r->requests_known);
    row(out, _("New events"), r->events_new);
    row(out, _("Known events"), r->events_known);
    row(out, _("Without a team"), r->no_team);
    row(out, _("Without a neighbourhood"), r->no_neighbourhood);
    row(out, _("Rejected"), r->rejected);
    for (size_t i = 0; i < r->listed; i++) {
        const struct import_reject *x = &r->reject[i];
        buf_printf(out, _("    line %lld"), (long long)x->line);
        if (x->column[0] != '\0')
            buf_printf(out, _(", column %s"), x->column);
        buf_printf(out, ": %s\n", x->reason);
    }
    if (r->rejected > (int64_t)r->listed)
        buf_printf(out, _("    and %lld more; --rejects FILE writes all of them\n"),
                   (long long)(r->rejected - (int64_t)r->listed));
    for (size_t w = 0; w < IMPORT_WARNINGS; w++)
        if (r->warning[w] > 0)
            buf_printf(out, "  %lld %s\n", (long long)r->warning[w], _(warnings[w].text));
}

static void member(struct buf *out, const char *name, int64_t value)
{
    buf_char(out, ',');
    buf_json(out, name);
    buf_char(out, ':');
    buf_int(out, value);
}

static void member_text(struct buf *out, char before, const char *name, const char *value)
{
    buf_char(out, before);
    buf_json(out, name);
    buf_char(out, ':');
    buf_json(out, value);
}

void import_report_json(const struct import_report *r, struct buf *out)
{
    char delimiter[2] = { r->delimiter, '\0' };

    member_text(out, '{', "file", r->file);
    member_text(out, ',', "mapping", r->mapping);
    member_text(out, ',', "source", r->source);
    member_text(out, ',', "encoding", r->encoding);
    member_text(out, ',', "delimiter", delimiter);
    member(out, "lines", r->lines);
    member(out, "requests_new", r->requests_new);
    member(out, "requests_known", r->requests_known);
    member(out, "events_new", r->events_new);
    member(out, "events_known", r->events_known);
    if (r->calls_new + r->calls_known > 0) {
        member(out, "calls_new", r->calls_new);
        member(out, "calls_known", r->calls_known);
    }
    if (r->answers_new + r->answers_known > 0) {
        member(out, "answers_new", r->answers_new);
        member(out, "answers_known", r->answers_known);
    }
    member(out, "without_team", r->no_team);
    member(out, "without_neighbourhood", r->no_neighbourhood);
    member(out, "rejected", r->rejected);
    buf_lit(out, ",\"rejects\":[");
    for (size_t i = 0; i < r->listed; i++) {
        buf_str(out, i > 0 ? ",{\"line\":" : "{\"line\":");
        buf_int(out, r->reject[i].line);
        member_text(out, ',', "column", r->reject[i].column);
        member_text(out, ',', "reason", r->reject[i].reason);
        buf_char(out, '}');
    }
    buf_lit(out, "],\"warnings\":{");
    for (size_t w = 0; w < IMPORT_WARNINGS; w++) {
        buf_str(out, w > 0 ? "," : "");
        buf_json(out, warnings[w].code);
        buf_char(out, ':');
        buf_int(out, r->warning[w]);
    }
    buf_lit(out, "}}");
}
