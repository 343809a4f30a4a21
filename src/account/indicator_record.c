// SPDX-License-Identifier: EUPL-1.2
/* The records behind a part of an indicator. */
#include "account/indicator_core.h"
#include "measure/part_measure.h"
#include "register/clock.h"
#include "register/config.h"

bool indicator_of_requests(enum fact_set set)
{
    return set == FACT_REQUEST || set == FACT_SILENCE || set == FACT_WORSE || set == FACT_WINDOW ||
           set == FACT_APPOINTMENT || set == FACT_LEVEL || set == FACT_LINE || set == FACT_APPLICATION ||
           set == FACT_ANSWER || set == FACT_GOAL || set == FACT_AREA;
}

bool indicator_is_line(enum fact_set set)
{
    return set == FACT_CALL || set == FACT_STAFF_DAY || set == FACT_EXPERIENCE ||
           set == FACT_EXPERIENCE_QUESTION || set == FACT_INVITATION || set == FACT_STATEMENT ||
           set == FACT_MIRROR || set == FACT_PANEL || set == FACT_PARTNER_ANSWER || set == FACT_PATTERN ||
           set == FACT_IMPROVEMENT || set == FACT_PUBLISHED || set == FACT_ADVICE || set == FACT_WORK_SAMPLE;
}

/* Throughput is what remains of a list after all that came and went: no rows of its own. */
bool indicator_has_records(const struct part *p)
{
    return p->calc != CALC_FIGURE || p->figure != FIGURE_THROUGHPUT;
}

/* The question of a figure as account/result.c puts it. */
static enum err figure_rows_of(struct ctx *c, const struct register_facts *f, const struct part *p,
                               const struct indicator_query *q, const struct config *k, uint8_t *mark,
                               int64_t *value)
{
    const struct extract *x = &f->x.x;
    struct figure_query ask = { .at = q->at, .from = q->from, .to = q->to, .in_days = true };
    int64_t *norm;

    TRY(ctx_alloc(c, x->n + 1, sizeof *norm, (void *)&norm));
    for (size_t i = 0; i < x->n; i++)
        norm[i] = time_of_nl_day(clock_norm_day(k, x->urgency[i], time_nl_day(x->received[i])) + 1, 0) - 1;
    ask.norm = norm;
    ask.gap_days = k->contact_days;
    ask.skip = p->figure == FIGURE_INFLOW ? EXTRACT_DUPLICATE
               : p->figure == FIGURE_STOCK || p->figure == FIGURE_CONTACT
                   ? 0
                   : EXTRACT_DIRECT | EXTRACT_URGENT | EXTRACT_DUPLICATE;
    part_figure_rows(x, &ask, p->figure, mark, value);
    return OK;
}

static enum err rows_of(struct ctx *c, const struct register_facts *f, const struct part *p,
                        const struct indicator_query *q, uint8_t *mark, int64_t *value)
{
    bool on_date =
        p->calc == CALC_STOCK || p->calc == CALC_STOCK_SHARE; /* of the reference date, as measured */
    const struct part_period period = { on_date ? 0 : q->from, on_date ? 0 : q->to };
    const struct config *k;

    TRY(config_get(c, &k));
    if (p->calc == CALC_FIGURE)
        return figure_rows_of(c, f, p, q, k, mark, value);
    const struct part_task task = { .part = p,
                                    .facts = &f->f,
                                    .calendar = &k->calendar,
                                    .at = q->at,
                                    .period = &period,
                                    .periods = 1,
                                    .groups = 1 };
    part_rows(&task, mark, value);
    return OK;
}

enum err indicator_records(struct ctx *c, const struct register_facts *f, const struct part *p,
                           const struct indicator_query *q, struct indicator_record **ret_record,
                           size_t *ret_n)
{
    enum fact_set set = p->calc == CALC_FIGURE ? FACT_REQUEST : p->set;
    const struct fact_rows *rows = &f->f.set[set];
    const int64_t *record = f->record[set];
    struct indicator_record *list;
    int64_t *value;
    uint8_t *mark;
    size_t n = 0;

    *ret_n = 0;
    TRY(ctx_alloc(c, rows->n + 1, sizeof *list, (void *)&list));
    *ret_record = list;
    if (!indicator_breaks_down(p, q))
        return OK;
    TRY(ctx_alloc(c, rows->n + 1, sizeof *mark, (void *)&mark));
    TRY(ctx_alloc(c, rows->n + 1, sizeof *value, (void *)&value));
    TRY(rows_of(c, f, p, q, mark, value));
    for (size_t i = 0; i < rows->n; i++) {
        if (mark[i] == PART_OUTSIDE || !indicator_row_asked(&f->f, q, rows, i))
            continue;
        list[n] =
            (struct indicator_record){ record != NULL ? record[i] : INT_NONE, i, mark[i], value[i], NULL };
        if (p->calc == CALC_MIX) {
            list[n].code = f->f.name[p->code].name[value[i]];
            list[n].value = INT64_MIN;
        }
        n++;
    }
    *ret_n = n;
    return OK;
}
