// SPDX-License-Identifier: EUPL-1.2
#include "exchange/import.h"

#include <stddef.h>
#include <string.h>

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

#define COUNTED(code, label, member)                                                                         \
    {                                                                                                        \
        code, label, offsetof(struct import_report, member)                                                  \
    }

static const struct {
    const char *code, *label;
    size_t at;
} counted[IMPORT_COUNTS] = {
    COUNTED("lines", N_("Lines read"), lines),
    COUNTED("requests_new", N_("New requests"), requests_new),
    COUNTED("requests_known", N_("Known requests"), requests_known),
    COUNTED("events_new", N_("New events"), events_new),
    COUNTED("events_known", N_("Known events"), events_known),
    COUNTED("calls_new", N_("New calls"), calls_new),
    COUNTED("calls_known", N_("Known calls"), calls_known),
    COUNTED("answers_new", N_("New answers"), answers_new),
    COUNTED("answers_known", N_("Known answers"), answers_known),
    COUNTED("without_team", N_("Without a team"), no_team),
    COUNTED("without_neighbourhood", N_("Without a neighbourhood"), no_neighbourhood),
    COUNTED("rejected", N_("Rejected"), rejected),
};

void import_report_counts(const struct ctx *c, const struct import_report *r,
                          struct import_count ret_count[IMPORT_COUNTS])
{
    for (size_t i = 0; i < IMPORT_COUNTS; i++) {
        int64_t n = *(const int64_t *)((const char *)r + counted[i].at);
        ret_count[i] = (struct import_count){ counted[i].code, _(counted[i].label), n };
    }
}

enum err import_added_text(struct ctx *c, const struct import_report *r, enum import_names which,
                           const char **ret_text)
{
    const struct import_added *a = &r->added[which];
    struct buf b = { 0 };
    enum err e;

    *ret_text = NULL;
    if (a->n == 0)
        return OK;
    buf_str(&b, which == IMPORT_TEAMS ? _("New teams") : _("New neighbourhoods"));
    for (size_t i = 0; i < a->listed; i++) {
        buf_str(&b, i == 0 ? ": " : ", ");
        buf_str(&b, a->at[i].name);
        if (a->at[i].like != NULL)
            buf_printf(&b, _(" (is that %s?)"), a->at[i].like);
    }
    if (a->n > (int64_t)a->listed)
        buf_printf(&b, _(" and %lld more"), (long long)(a->n - (int64_t)a->listed));
    e = ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

/* Calls and answers are only spoken of when the file has them. */
static bool is_told(const struct import_report *r, const struct import_count *k)
{
    if (strncmp(k->code, "calls_", 6) == 0)
        return r->calls_new + r->calls_known > 0;
    if (strncmp(k->code, "answers_", 8) == 0)
        return r->answers_new + r->answers_known > 0;
    return true;
}

void import_report_table(struct ctx *c, const struct import_report *r, struct buf *out)
{
    struct import_count count[IMPORT_COUNTS];

    import_report_counts(c, r, count);
    buf_printf(out, "%s  (%s, %s)\n", r->file, r->mapping, r->encoding);
    for (size_t i = 0; i < IMPORT_COUNTS; i++)
        if (is_told(r, &count[i]))
            buf_printf(out, "  %-24s %10lld\n", count[i].label, (long long)count[i].n);
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
    for (size_t k = 0; k < IMPORT_NAMES; k++) {
        const char *text;
        if (import_added_text(c, r, (enum import_names)k, &text) == OK && text != NULL)
            buf_printf(out, "  %s\n", text);
    }
    for (size_t w = 0; w < IMPORT_WARNINGS; w++)
        if (r->warning[w] > 0)
            buf_printf(out, "  %lld %s\n", (long long)r->warning[w], _(warnings[w].text));
}

static void member_text(struct buf *out, char before, const char *name, const char *value)
{
    buf_char(out, before);
    buf_json(out, name);
    buf_char(out, ':');
    buf_json(out, value);
}

static void added_json(struct buf *out, const char *name, const struct import_added *a)
{
    buf_json(out, name);
    buf_lit(out, ":[");
    for (size_t i = 0; i < a->listed; i++) {
        buf_str(out, i > 0 ? ",{\"name\":" : "{\"name\":");
        buf_json(out, a->at[i].name);
        if (a->at[i].like != NULL)
            member_text(out, ',', "like", a->at[i].like);
        buf_char(out, '}');
    }
    buf_lit(out, "],");
}

void import_report_json(const struct ctx *c, const struct import_report *r, struct buf *out)
{
    struct import_count count[IMPORT_COUNTS];
    char delimiter[2] = { r->delimiter, '\0' };

    member_text(out, '{', "file", r->file);
    member_text(out, ',', "mapping", r->mapping);
    member_text(out, ',', "source", r->source);
    member_text(out, ',', "encoding", r->encoding);
    member_text(out, ',', "delimiter", delimiter);
    import_report_counts(c, r, count);
    for (size_t i = 0; i < IMPORT_COUNTS; i++)
        if (is_told(r, &count[i])) {
            buf_char(out, ',');
            buf_json(out, count[i].code);
            buf_char(out, ':');
            buf_int(out, count[i].n);
        }
    buf_lit(out, ",\"rejects\":[");
    for (size_t i = 0; i < r->listed; i++) {
        buf_str(out, i > 0 ? ",{\"line\":" : "{\"line\":");
        buf_int(out, r->reject[i].line);
        member_text(out, ',', "column", r->reject[i].column);
        member_text(out, ',', "reason", r->reject[i].reason);
        buf_char(out, '}');
    }
    buf_lit(out, "],");
    added_json(out, "teams_new", &r->added[IMPORT_TEAMS]);
    added_json(out, "neighbourhoods_new", &r->added[IMPORT_NEIGHBOURHOODS]);
    buf_lit(out, "\"warnings\":{");
    for (size_t w = 0; w < IMPORT_WARNINGS; w++) {
        buf_str(out, w > 0 ? "," : "");
        buf_json(out, warnings[w].code);
        buf_char(out, ':');
        buf_int(out, r->warning[w]);
    }
    buf_lit(out, "}}");
}
