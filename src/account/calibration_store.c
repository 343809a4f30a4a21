// SPDX-License-Identifier: EUPL-1.2
#include "account/calibration_store.h"

#include "base/text.h"
#include "store/sql.h"

#include <string.h>

const char *const forecast_way_code[FORECAST_WAYS] = { "staff", "rate", "wait" };
const char *const calibration_reason_code[3] = { "told", "few", "missed" };

struct putting {
    int64_t list, requests, seq;
    int32_t origin;
    const struct backtest *b;
};

static enum err put_stream(struct ctx *c, const struct putting *p, int64_t stream,
                           const struct calibration_stream *s)
{
    struct sql_calibration_stream_insert_args row = { .list = p->list,
                                                      .origin = p->origin,
                                                      .seq = p->seq,
                                                      .stream = stream,
                                                      .low = s->factor.low,
                                                      .high = s->factor.high,
                                                      .hit = s->hit,
                                                      .n = (int64_t)s->n,
                                                      .origins = (int64_t)s->origins,
                                                      .told = s->told,
                                                      .reason = calibration_reason_code[s->reason] };

    return sql_calibration_stream_insert(c, &row);
}

static enum err put_score(struct ctx *c, const struct putting *p, int64_t stream, const char *kind,
                          const struct score_mean *m)
{
    struct sql_calibration_score_insert_args row = { .list = p->list,
                                                     .origin = p->origin,
                                                     .seq = p->seq,
                                                     .stream = stream,
                                                     .kind = kind,
                                                     .n = (int64_t)m->n,
                                                     .coverage = m->coverage,
                                                     .early = m->early,
                                                     .late = m->late,
                                                     .width = m->width,
                                                     .bias = m->bias,
                                                     .absolute = m->absolute,
                                                     .pinball = m->pinball,
                                                     .crps = m->crps };

    return m->n > 0 ? sql_calibration_score_insert(c, &row) : OK;
}

static enum err put_part(struct ctx *c, const struct putting *p, int64_t stream,
                         const struct backtest_part *part)
{
    TRY(put_score(c, p, stream, "every", &part->every));
    TRY(put_score(c, p, stream, "first", &part->first));
    TRY(put_score(c, p, stream, "last", &part->last));
    for (size_t i = 0; i < RIVALS; i++) {
        char kind[32] = "than ";
        text_copy(kind + 5, sizeof kind - 5, rival_code[i]);
        TRY(put_score(c, p, stream, kind, &part->rival[i]));
    }
    return OK;
}

static enum err put_all(struct ctx *c, void *arg)
{
    struct putting *p = arg;
    const struct backtest *b = p->b;
    struct sql_calibration_last_row *last;
    size_t n;

    TRY(sql_calibration_last(c, p->list, p->origin, &last, &n));
    p->seq = n > 0 && last[0].origin == p->origin ? last[0].seq + 1 : 1;
    struct sql_calibration_insert_args row = { .list = p->list,
                                               .origin = p->origin,
                                               .seq = p->seq,
                                               .made_at = c->now,
                                               .requests = p->requests,
                                               .way = forecast_way_code[b->calibration.way],
                                               .origins = (int64_t)b->origins,
                                               .withdrawals = (int64_t)b->withdrawals,
                                               .withdrawn_on = b->withdrawn_at != TICK_NONE ? b->withdrawn_at
                                                                                            : DAY_NONE };
    TRY(sql_calibration_insert(c, &row));
    TRY(put_stream(c, p, -1, &b->calibration.all));
    TRY(put_part(c, p, -1, &b->all));
    for (size_t i = 0; i < b->streams; i++) {
        TRY(put_stream(c, p, (int64_t)i, &b->calibration.stream[i]));
        TRY(put_part(c, p, (int64_t)i, &b->stream[i]));
    }
    return OK;
}

enum err calibration_put(struct ctx *c, int64_t list, int32_t origin, int64_t requests,
                         const struct backtest *b)
{
    struct putting p = { .list = list, .requests = requests, .origin = origin, .b = b };

    return db_tx(c, put_all, &p);
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err code_find(struct ctx *c, const char *const *code, size_t n, const char *text, size_t *ret_i)
{
    for (size_t i = 0; i < n; i++)
        if (text_is(code[i], text)) {
            *ret_i = i;
            return OK;
        }
    return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
}

static enum err streams_get(struct ctx *c, struct calibration_kept *k)
{
    struct sql_calibration_streams_row *row;
    size_t n, reason;

    TRY(sql_calibration_streams(c, k->list, k->origin, k->seq, &row, &n));
    for (size_t i = 0; i < n; i++) {
        if (row[i].stream >= HISTORY_STREAMS_MAX)
            continue;
        struct calibration_stream *s =
            row[i].stream < 0 ? &k->calibration.all : &k->calibration.stream[row[i].stream];
        TRY(code_find(c, calibration_reason_code, COUNT(calibration_reason_code), row[i].reason, &reason));
        *s = (struct calibration_stream){ .factor = { row[i].low, row[i].high },
                                          .hit = row[i].hit,
                                          .n = (size_t)row[i].n,
                                          .origins = (size_t)row[i].origins,
                                          .told = row[i].told,
                                          .reason = (enum calibration_reason)reason };
    }
    return OK;
}

/* Where the scores of this kind stand; NULL: a kind of a newer program. */
static struct score_mean *place_of(struct calibration_scores *s, const char *kind)
{
    if (text_is(kind, "every"))
        return &s->every;
    if (text_is(kind, "first"))
        return &s->first;
    if (text_is(kind, "last"))
        return &s->last;
    for (size_t i = 0; i < RIVALS; i++)
        if (strncmp(kind, "than ", 5) == 0 && text_is(kind + 5, rival_code[i]))
            return &s->rival[i];
    return NULL;
}

static enum err scores_get(struct ctx *c, struct calibration_kept *k)
{
    struct sql_calibration_scores_row *row;
    struct calibration_scores *s;
    size_t rows, n = 0;

    TRY(sql_calibration_scores(c, k->list, k->origin, k->seq, &row, &rows));
    TRY(ctx_alloc(c, rows + 1, sizeof *s, (void *)&s));
    for (size_t i = 0; i < rows; i++) {
        if (n == 0 || s[n - 1].stream != row[i].stream)
            s[n++].stream = (int16_t)row[i].stream;
        struct score_mean *m = place_of(&s[n - 1], row[i].kind);
        if (m != NULL)
            *m = (struct score_mean){ .n = (size_t)row[i].n,
                                      .coverage = row[i].coverage,
                                      .early = row[i].early,
                                      .late = row[i].late,
                                      .width = row[i].width,
                                      .bias = row[i].bias,
                                      .absolute = row[i].absolute,
                                      .pinball = row[i].pinball,
                                      .crps = row[i].crps };
    }
    k->scores = s;
    k->n = n;
    return OK;
}

enum err calibration_get(struct ctx *c, int64_t list, int32_t day, struct calibration_kept *ret_kept)
{
    struct calibration_kept k = { .list = list, .origin = DAY_NONE, .withdrawn_on = DAY_NONE };
    struct sql_calibration_last_row *row;
    size_t n, way;

    TRY(sql_calibration_last(c, list, day, &row, &n));
    calibration_start(FORECAST_RATE, &k.calibration);
    if (n > 0) {
        TRY(code_find(c, forecast_way_code, FORECAST_WAYS, row[0].way, &way));
        calibration_start((enum forecast_way)way, &k.calibration);
        k.there = true;
        k.origin = row[0].origin;
        k.seq = row[0].seq;
        k.made_at = row[0].made_at;
        k.requests = row[0].requests;
        k.origins = (size_t)row[0].origins;
        k.withdrawals = (size_t)row[0].withdrawals;
        k.withdrawn_on = row[0].withdrawn_on;
        TRY(streams_get(c, &k));
        TRY(scores_get(c, &k));
    }
    *ret_kept = k;
    return OK;
}

static struct calibration_scores scores_of(int16_t stream, const struct backtest_part *p)
{
    struct calibration_scores s = { .stream = stream, .every = p->every, .first = p->first, .last = p->last };

    for (size_t i = 0; i < RIVALS; i++)
        s.rival[i] = p->rival[i];
    return s;
}

enum err calibration_of(struct ctx *c, int64_t list, int32_t origin, int64_t requests,
                        const struct backtest *b, struct calibration_kept *ret_kept)
{
    struct calibration_scores *s;

    TRY(ctx_alloc(c, b->streams + 1, sizeof *s, (void *)&s));
    s[0] = scores_of(-1, &b->all);
    for (size_t i = 0; i < b->streams; i++)
        s[i + 1] = scores_of((int16_t)i, &b->stream[i]);
    *ret_kept =
        (struct calibration_kept){ .there = true,
                                   .list = list,
                                   .requests = requests,
                                   .made_at = c->now,
                                   .origin = origin,
                                   .calibration = b->calibration,
                                   .origins = b->origins,
                                   .withdrawals = b->withdrawals,
                                   .withdrawn_on = b->withdrawn_at != TICK_NONE ? b->withdrawn_at : DAY_NONE,
                                   .scores = s,
                                   .n = b->streams + 1 };
    return OK;
}
