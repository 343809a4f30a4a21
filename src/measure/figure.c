// SPDX-License-Identifier: EUPL-1.2
#include "measure/figure.h"

#include "measure/figure_core.h"

#include <assert.h>

const char *figure_name(enum figure_id id)
{
    static const char *const name[FIGURES] = {
#define X(code, text) [code] = text,
        FIGURE_LIST(X)
#undef X
    };

    assert(id < FIGURES);
    return name[id];
}

size_t figure_work_bytes(size_t n)
{
    return n * (3 * sizeof(uint64_t) + sizeof(struct survival_step));
}

struct figure_work figure_work_in(void *memory, size_t n)
{
    struct figure_work w = { .step = memory, .cap = n };

    w.key = (uint64_t *)(void *)(w.step + n);
    w.entry = w.key + n;
    w.scratch = w.entry + n;
    return w;
}

void figure_start(struct figure_result *r, enum figure_id id)
{
    *r = (struct figure_result){ .id = id, .reason = FIGURE_EVERY_REASON };
}

void figure_put(struct figure_result *r, struct figure_value v)
{
    assert(r->values < FIGURE_VALUES_MAX);
    r->value[r->values++] = v;
}

void figure_put_plain(struct figure_result *r, enum figure_kind kind, double at, double value)
{
    figure_put(r,
               (struct figure_value){ .kind = kind, .at = at, .value = value, .lower = NAN, .upper = NAN });
}

void figure_put_share(struct figure_result *r, double at, const struct interval *share)
{
    figure_put(r, (struct figure_value){ .kind = FIGURE_SHARE,
                                         .at = at,
                                         .value = share->value,
                                         .lower = share->lower,
                                         .upper = share->upper });
}

const double *figure_quantiles(const struct figure_query *q, const double *usual, size_t n, size_t *ret_n)
{
    *ret_n = q->p != NULL ? q->n_p : n;
    assert(*ret_n <= 8 && q->n_share_at <= 16);
    return q->p != NULL ? q->p : usual;
}

void figure_get_inflow(const struct extract *x, const struct figure_query *q, const struct figure_months *m,
                       struct figure_result *ret)
{
    int64_t sum = 0, most = 0;

    figure_start(ret, FIGURE_INFLOW);
    for (size_t i = 0; m != NULL && i < m->months; i++)
        m->ret_count[i] = 0;
    for (size_t i = 0; i < figure_rows(x, q); i++) {
        size_t row = figure_row(q, i), low = 0, high = m != NULL ? m->months : 0;
        int64_t time = x->received[row];

        if (!figure_in_period(q, time) || !figure_kept(x, q, row)) {
            ret->outside++;
            continue;
        }
        ret->n++;
        while (low < high) { /* the first month that starts after it, less one */
            size_t middle = low + (high - low) / 2;

            if (m->month[middle] <= time)
                low = middle + 1;
            else
                high = middle;
        }
        if (low > 0 && time < m->month[low])
            m->ret_count[low - 1]++;
    }
    for (size_t i = 0; m != NULL && i < m->months; i++) {
        sum += m->ret_count[i];
        most = m->ret_count[i] > most ? m->ret_count[i] : most;
    }
    figure_put_plain(ret, FIGURE_COUNT, NAN, (double)ret->n);
    if (m != NULL && m->months > 0) {
        figure_put_plain(ret, FIGURE_MEAN, NAN, (double)sum / (double)m->months);
        figure_put_plain(ret, FIGURE_MAX, NAN, (double)most);
    }
}
