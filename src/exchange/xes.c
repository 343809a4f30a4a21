// SPDX-License-Identifier: EUPL-1.2
#include "exchange/xes.h"

#include "base/buf.h"
#include "base/text.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#define PIECE ((size_t)64 * 1024)
#define VALUES_LIMIT ((size_t)16 << 20) /* of one trace and one event together */

enum where { IN_FILE, IN_LOG, IN_TRACE, IN_EVENT };

/* Texts of a trace or an event: the values of the columns, one after another in a buffer. */
struct values {
    struct buf text;
    size_t *at; /* per column: 1 + offset in text; 0 absent */
};

struct reader {
    struct ctx *c;
    XML_Parser xml;
    struct source *source;
    const char *const *column;
    size_t columns;
    xes_row row;
    void *arg;
    enum err err;    /* the first failure; the parser is stopped */
    int depth, base; /* of the element now open; of the log, trace or event that we are in */
    enum where where;
    bool had_event; /* in this trace */
    int64_t event_line;
    struct values trace, event;
    struct csv_field *field;
};

/* The usual columns under their short names. */
static const char *full_name(const char *column)
{
    static const char *const name[][2] = {
        { "case", "case:concept:name" },
        { "case_id", "case:concept:name" },
        { "activity", "concept:name" },
        { "timestamp", "time:timestamp" },
        { "time", "time:timestamp" },
        { "resource", "org:resource" },
        { "lifecycle", "lifecycle:transition" },
    };

    for (size_t i = 0; i < COUNT(name); i++)
        if (text_is(column, name[i][0]))
            return name[i][1];
    return column;
}

static void stop(struct reader *r, enum err e)
{
    if (r->err == OK)
        r->err = e;
    XML_StopParser(r->xml, XML_FALSE);
}

static int64_t line_now(const struct reader *r)
{
    return (int64_t)XML_GetCurrentLineNumber(r->xml);
}

static void refuse(struct reader *r, const char *format)
{
    struct ctx *c = r->c;

    if (r->err == OK)
        stop(r, FAIL(E_INVALID, _("Line %lld: %s"), (long long)line_now(r), _(format)));
}

static const char *attribute(const char **pair, const char *name)
{
    for (; *pair != NULL; pair += 2)
        if (text_is(pair[0], name))
            return pair[1];
    return NULL;
}

static void values_clear(struct reader *r, struct values *v)
{
    buf_clear(&v->text);
    memset(v->at, 0, r->columns * sizeof *v->at);
}

/* Keeps the value for every column of that name; the first one counts. */
static void value_keep(struct reader *r, struct values *v, const char *prefix, const char *key,
                       const char *value)
{
    struct ctx *c = r->c;
    size_t before = strlen(prefix), len = strlen(value);

    if (len > CSV_FIELD_LIMIT || v->text.len + len > VALUES_LIMIT) {
        refuse(r, N_("this value is too long."));
        return;
    }
    for (size_t i = 0; i < r->columns; i++) {
        const char *name = full_name(r->column[i]);
        bool of_trace = strncmp(name, "case:", 5) == 0;
        if (of_trace != (before > 0) || v->at[i] != 0 || !text_is(name + before, key))
            continue;
        v->at[i] = v->text.len + 1;
        buf_put(&v->text, value, len + 1);
    }
    if (v->text.failed)
        stop(r, FAIL(E_NOMEM, "%s", ""));
}

static void enter(struct reader *r, enum where where)
{
    r->where = where;
    r->base = r->depth;
}

static void attribute_start(struct reader *r, const char **pair)
{
    const char *key = attribute(pair, "key"), *value = attribute(pair, "value");

    if (key == NULL || value == NULL)
        return;
    if (r->where == IN_EVENT)
        value_keep(r, &r->event, "", key, value);
    else if (r->had_event)
        refuse(r, N_("an attribute of the trace stands behind its first event."));
    else
        value_keep(r, &r->trace, "case:", key, value);
}

static bool is_attribute(const char *name)
{
    static const char *const type[] = { "string", "date", "int", "float", "boolean", "id" };

    for (size_t i = 0; i < COUNT(type); i++)
        if (text_is(name, type[i]))
            return true;
    return false;
}

/* Without the prefix of a name space. */
static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon != NULL ? colon + 1 : name;
}

static void XMLCALL element_start(void *arg, const char *name, const char **pair)
{
    struct reader *r = arg;

    if (r->err != OK)
        return;
    r->depth++;
    name = local_name(name);
    if (r->depth > XES_DEPTH_LIMIT) {
        refuse(r, N_("elements are nested too deep."));
    } else if (r->depth == 1) {
        if (text_is(name, "log"))
            enter(r, IN_LOG);
        else
            refuse(r, N_("this is not an XES file: the first element is not <log>."));
    } else if (r->depth != r->base + 1) {
        return; /* inside an attribute */
    } else if (r->where == IN_LOG && text_is(name, "trace")) {
        enter(r, IN_TRACE);
        r->had_event = false;
        values_clear(r, &r->trace);
    } else if (r->where == IN_TRACE && text_is(name, "event")) {
        enter(r, IN_EVENT);
        r->had_event = true;
        r->event_line = line_now(r);
        values_clear(r, &r->event);
    } else if (r->where >= IN_TRACE && is_attribute(name)) {
        attribute_start(r, pair);
    }
}

static void row_give(struct reader *r)
{
    struct csv_record record = { .line = r->event_line, .n = r->columns, .field = r->field };
    enum err e;

    for (size_t i = 0; i < r->columns; i++) {
        const struct values *v = r->event.at[i] ? &r->event : &r->trace;
        const char *text = v->at[i] ? v->text.data + v->at[i] - 1 : "";
        r->field[i] = (struct csv_field){ text, strlen(text) };
    }
    e = r->row(r->c, r->arg, &record);
    if (e != OK)
        stop(r, e);
}

static void XMLCALL element_end(void *arg, const char *name)
{
    struct reader *r = arg;

    (void)name;
    if (r->err != OK)
        return;
    if (r->depth-- != r->base)
        return;
    if (r->where == IN_EVENT)
        row_give(r);
    r->where = r->where == IN_EVENT ? IN_TRACE : r->where == IN_TRACE ? IN_LOG : IN_FILE;
    r->base = r->depth;
}

static void XMLCALL doctype_start(void *arg, const char *name, const char *system, const char *public_id,
                                  int subset)
{
    (void)name, (void)system, (void)public_id, (void)subset;
    refuse(arg, N_("a document type (DOCTYPE) is not allowed here."));
}

/* Broken XML in our words; `reader.err` when a handler stopped the parser. */
static enum err parse_error(struct reader *r)
{
    struct ctx *c = r->c;

    if (r->err != OK)
        return r->err;
    if (XML_GetErrorCode(r->xml) == XML_ERROR_NO_MEMORY)
        return FAIL(E_NOMEM, "%s", "");
    return FAIL(E_INVALID, _("Line %lld: this XML is broken (%s)."), (long long)line_now(r),
                XML_ErrorString(XML_GetErrorCode(r->xml)));
}

static enum err pieces_parse(struct reader *r)
{
    struct ctx *c = r->c;
    int64_t given = 0;
    size_t n;

    do {
        char *to = XML_GetBuffer(r->xml, (int)PIECE);
        if (to == NULL)
            return FAIL(E_NOMEM, "%s", "");
        TRY(source_read(c, r->source, to, PIECE, &n));
        if (XML_ParseBuffer(r->xml, (int)n, n == 0) != XML_STATUS_OK)
            return parse_error(r);
        given += (int64_t)n;
        /* The parser keeps a tag until it is whole. */
        if (given - (int64_t)XML_GetCurrentByteIndex(r->xml) > (int64_t)XES_TAG_LIMIT)
            return FAIL(E_INVALID, _("Line %lld: %s"), (long long)line_now(r),
                        _("this tag or text is too long."));
    } while (n > 0);
    return OK;
}

enum err xes_read(struct ctx *c, struct source *s, const char *const *column, size_t columns, xes_row row,
                  void *arg)
{
    struct reader r = { .c = c, .source = s, .column = column, .columns = columns, .row = row, .arg = arg };
    enum err e;

    TRY(ctx_alloc(c, columns + 1, sizeof *r.trace.at, (void *)&r.trace.at));
    TRY(ctx_alloc(c, columns + 1, sizeof *r.event.at, (void *)&r.event.at));
    TRY(ctx_alloc(c, columns + 1, sizeof *r.field, (void *)&r.field));
    r.xml = XML_ParserCreate("UTF-8");
    if (r.xml == NULL)
        return FAIL(E_NOMEM, "%s", "");
    XML_SetUserData(r.xml, &r);
    XML_SetElementHandler(r.xml, element_start, element_end);
    XML_SetStartDoctypeDeclHandler(r.xml, doctype_start);
    XML_SetParamEntityParsing(r.xml, XML_PARAM_ENTITY_PARSING_NEVER);
    e = pieces_parse(&r);
    XML_ParserFree(r.xml);
    buf_free(&r.trace.text);
    buf_free(&r.event.text);
    if (e != OK)
        err_trace(c, __FILE__, __LINE__);
    return e;
}
