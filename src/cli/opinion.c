// SPDX-License-Identifier: EUPL-1.2
/* peil opinion REGISTER: the core figures a second time, in SQL, beside what the catalogue says. 1 when a
 * number differs. --alone: the SQL only, for a register that is too big to read (docs/opinion.md). */
#include "account/opinion.h"

#include "base/buf.h"
#include "base/text.h"
#include "cli/cli.h"

#include <math.h>
#include <stdio.h>

struct printing {
    const struct ctx *c;
    bool csv, alone;
    struct opinion_score all;
};

/* A count of the facts that is not there: they were not asked. */
static void put_count(struct buf *out, int64_t v)
{
    if (v != INT_NONE)
        buf_int(out, v);
}

static void csv_line(struct buf *out, const struct opinion *o, const char *what, const char *sql,
                     const char *facts)
{
    buf_printf(out, "%s,%s,%s,%s,%s\n", o->indicator, o->part, what, sql, facts);
}

/* One number: what it is, and both answers as text. */
static void put_number(struct buf *out, const struct printing *p, const struct opinion *o, const char *what,
                       struct buf *sql, struct buf *facts, bool differs)
{
    const struct ctx *c = p->c;

    if (p->csv)
        csv_line(out, o, what, buf_text(sql), buf_text(facts));
    else if (differs)
        buf_printf(out, _("    %s: SQL %s, catalogue %s: DIFFERENT\n"), what, buf_text(sql), buf_text(facts));
    else
        buf_printf(out, "    %s: %s\n", what, buf_text(sql));
    buf_free(sql);
    buf_free(facts);
}

static void put_int(struct buf *out, const struct printing *p, const struct opinion *o, const char *what,
                    int64_t sql, int64_t facts)
{
    struct buf a = { 0 }, b = { 0 };

    put_count(&a, sql);
    put_count(&b, facts);
    put_number(out, p, o, what, &a, &b, !p->alone && sql != facts);
}

static void put_opinion(struct buf *out, struct printing *p, const struct opinion *o)
{
    const struct ctx *c = p->c;
    const struct opinion_score score = opinion_score(o);

    if (!p->csv)
        buf_printf(out, "%s%s %s\n", o->indicator, o->part, _(o->what));
    put_int(out, p, o, "n", o->n, o->facts_n);
    if (!o->only_n)
        put_int(out, p, o, "k", o->k, o->facts_k);
    for (size_t i = 0; i < o->values; i++) {
        const struct opinion_value *v = &o->value[i];
        struct opinion one = { .only_n = true, .value = { *v }, .values = 1 };
        struct buf a = { 0 }, b = { 0 };
        buf_number(&a, v->value, 12);
        buf_number(&b, p->alone ? NAN : v->facts, 12);
        put_number(out, p, o, p->csv ? v->name : _(v->name), &a, &b,
                   !p->alone && opinion_score(&one).differ > 0);
    }
    p->all.numbers += score.numbers;
    p->all.differ += p->alone ? 0 : score.differ;
}

COMMAND(opinion)
{
    static const char *const formats[] = { "table", "csv" };
    struct ctx *c = &k->c;
    struct printing p = { .c = c, .alone = cli_flag(k, "--alone") };
    const char *format = cli_option(k, "--format");
    struct opinion o[OPINIONS];
    struct buf out = { 0 };

    if (k->args != 0)
        return cli_usage(k);
    p.csv = text_is(format, formats[1]);
    if (format != NULL && !p.csv && !text_is(format, formats[0]))
        return FAIL(E_METHOD, _("%s is \"%s\" or \"%s\"."), "--format", formats[0], formats[1]);
    TRY(cli_open(k, false));
    TRY(opinions_get(c, p.alone, o));
    if (p.csv)
        buf_lit(&out, "indicator,part,number,sql,catalogue\n");
    for (size_t i = 0; i < OPINIONS; i++)
        put_opinion(&out, &p, &o[i]);
    if (!out.failed)
        fwrite(buf_text(&out), 1, out.len, stdout);
    buf_free(&out);
    if (p.alone)
        return OK;
    if (p.all.differ > 0)
        return FAIL(E_CONFLICT, _("%lld of %lld numbers differ."), (long long)p.all.differ,
                    (long long)p.all.numbers);
    if (!p.csv)
        printf(_("%lld numbers, 0 differ.\n"), (long long)p.all.numbers);
    return OK;
}
