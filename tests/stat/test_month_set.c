// SPDX-License-Identifier: EUPL-1.2
/* The month set: every kernel and any number of threads against the slow way, on made-up registers of all
 * shapes. */
#include "base/date.h"
#include "measure/month_set.h"
#include "measure/month_standing.h"
#include "stat/month_data.h"
#include "stat/month_oracle.h"
#include "unit/test.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* A register of rows, packed and sorted. */
struct sample {
    struct month_frame frame;
    struct calendar calendar;
    int32_t norm;
    size_t n;
    struct month_row *row;
    uint32_t *group, *from;
    uint16_t (*code)[2], *outcome, *rest;
    struct month_rows rows;
    bool clipped;
};

static void sample_make(struct sample *s, int32_t first, int32_t last, int32_t cells, int32_t norm, size_t n)
{
    memset(s, 0, sizeof *s);
    calendar_init(&s->calendar, &(struct calendar_rule){ 0 });
    CHECK(month_frame_init(&s->frame, first, last, cells));
    month_frame_norm(&s->frame, &s->calendar, norm);
    s->norm = norm;
    s->n = n;
    s->row = calloc(n + 1, sizeof *s->row);
    s->group = calloc(n + 1, sizeof *s->group);
    s->code = calloc(n + 1, sizeof *s->code);
    s->outcome = calloc(n + 1, sizeof *s->outcome);
    s->rest = calloc(n + 1, sizeof *s->rest);
    s->from = calloc((size_t)s->frame.months * (size_t)cells + 2, sizeof *s->from);
}

static void sample_pack(struct sample *s)
{
    for (size_t i = 0; i < s->n; i++)
        CHECK_INT(month_row_pack(&s->frame, &s->row[i], &s->group[i], s->code[i], &s->clipped), MONTH_ROW_OK);
    month_rows_sort(&s->frame, s->n, s->group, (const uint16_t(*)[2])s->code, s->from, s->outcome, s->rest);
    s->rows = (struct month_rows){ &s->frame, s->outcome, s->rest, s->from };
}

static void sample_free(struct sample *s)
{
    void *all[] = { s->row, s->group, s->code, s->outcome, s->rest, s->from };

    for (size_t i = 0; i < COUNT(all); i++)
        free(all[i]);
}

struct thread {
    struct month_set *set;
    void *work;
    pthread_t id;
};

static void *thread_run(void *arg)
{
    struct thread *t = arg;

    month_set_work(t->set, t->work);
    return NULL;
}

/* Counts `times` times in the same memory: what one count leaves must not disturb the next. */
static int32_t (*count_with(const struct sample *s, const struct month_kernel *k, size_t threads,
                            int times))[MONTH_NUMBERS]
{
    int32_t(*number)[MONTH_NUMBERS] = calloc(month_set_rows(&s->frame), sizeof *number);
    struct thread thread[4];
    void *work[4];

    for (size_t i = 0; i < threads; i++)
        work[i] = calloc(1, month_work_size(&s->frame));
    for (int turn = 0; turn < times; turn++) {
        struct month_set set;
        month_set_begin(&set, &s->rows, k, number);
        for (size_t i = 0; i < threads; i++) {
            thread[i] = (struct thread){ .set = &set, .work = work[i] };
            CHECK(pthread_create(&thread[i].id, NULL, thread_run, &thread[i]) == 0);
        }
        for (size_t i = 0; i < threads; i++)
            pthread_join(thread[i].id, NULL);
        month_set_end(&set, work, threads);
    }
    for (size_t i = 0; i < threads; i++)
        free(work[i]);
    return number;
}

static size_t differences(const struct sample *s, int32_t (*a)[MONTH_NUMBERS], int32_t (*b)[MONTH_NUMBERS])
{
    size_t n = 0;

    for (size_t i = 0; i < month_set_rows(&s->frame); i++)
        for (size_t j = 0; j < MONTH_NUMBERS; j++)
            n += a[i][j] != b[i][j];
    return n;
}

/* All ways to count give what the slow way gives. */
static void check_all(struct sample *s)
{
    int32_t(*want)[MONTH_NUMBERS] = calloc(month_set_rows(&s->frame), sizeof *want);
    const struct month_kernel *kernel[] = { &month_kernel_plain, month_kernel_with(MONTH_256),
                                            month_kernel_with(MONTH_512) };

    sample_pack(s);
    month_oracle(&s->frame, &s->calendar, s->norm, s->row, s->n, want);
    for (size_t k = 0; k < COUNT(kernel); k++)
        for (size_t threads = 1; threads <= 3; threads += 2) {
            int32_t(*got)[MONTH_NUMBERS] = count_with(s, kernel[k], threads, 2);
            CHECK_INT((int64_t)differences(s, got, want), 0);
            free(got);
        }
    free(want);
    sample_free(s);
}

TEST(month_set_like_the_slow_way)
{
    struct sample s;
    struct month_data d;
    struct month_row row;

    sample_make(&s, date_from_civil(2022, 1, 1), date_from_civil(2025, 12, 31), MONTH_DATA_CELLS, 10, 20000);
    month_data_begin(&d, 7, s.n);
    for (size_t i = 0; month_data_next(&d, &row); i++)
        s.row[i] = row;
    check_all(&s);
}

/* Any row at all: short and long waits, everything on one day, ends on the last day. */
static void random_row(struct rng *r, const struct sample *s, int32_t spread, struct month_row *row)
{
    const struct month_frame *f = &s->frame;
    int32_t days = f->last_day - f->first[0] + 1;

    *row = (struct month_row){ .cell = (int32_t)rng_below(r, (uint64_t)f->cells),
                               .received = f->first[0] + (int32_t)rng_below(r, (uint64_t)days),
                               .started = DAY_NONE,
                               .left = DAY_NONE,
                               .closed = DAY_NONE,
                               .direct = rng_below(r, 2) == 0,
                               .reopened = rng_below(r, 3) == 0 };
    int32_t day = row->received + (int32_t)rng_below(r, (uint64_t)spread);
    uint64_t kind = rng_below(r, 4);

    if (kind < 2)
        row->started = day;
    else if (kind == 2)
        row->left = day;
    if (kind < 3 && rng_below(r, 2) == 0)
        row->closed = day + (int32_t)rng_below(r, (uint64_t)spread);
}

TEST(month_set_on_registers_of_any_shape)
{
    static const struct {
        int first[3], last[3];
        int32_t cells, norm, spread;
        size_t n;
    } shape[] = {
        { { 2024, 1, 1 }, { 2024, 1, 1 }, 1, 10, 1, 100 },      /* one day */
        { { 2023, 11, 15 }, { 2024, 3, 14 }, 3, 0, 90, 3000 },  /* from the middle of a month, past a leap day
                                                                 */
        { { 2023, 1, 1 }, { 2023, 4, 30 }, 1, 10, 40, 30000 },  /* groups of thousands; a short February */
        { { 2022, 12, 1 }, { 2025, 2, 28 }, 7, 20, 800, 6000 }, /* a norm that is longer than a month */
        { { 2018, 3, 1 }, { 2025, 9, 30 }, 2, 10, 2000, 4000 }, /* closed more than 62 months later */
        { { 2024, 5, 1 }, { 2024, 12, 31 }, 300, 5, 60, 2000 }, /* empty groups */
        { { 2024, 2, 1 }, { 2024, 4, 30 }, 2, 10, 3, 0 },       /* nobody */
    };
    struct rng r;

    rng_seed(&r, 3);
    for (size_t i = 0; i < COUNT(shape); i++) {
        struct sample s;
        sample_make(&s, date_from_civil(shape[i].first[0], shape[i].first[1], shape[i].first[2]),
                    date_from_civil(shape[i].last[0], shape[i].last[1], shape[i].last[2]), shape[i].cells,
                    shape[i].norm, shape[i].n);
        for (size_t j = 0; j < s.n; j++) {
            random_row(&r, &s, shape[i].spread, &s.row[j]);
            if (s.row[j].closed != DAY_NONE && s.row[j].closed - s.row[j].received > 62 * 28)
                s.row[j].closed = DAY_NONE; /* would be clipped: see month_row_that_does_not_fit */
        }
        check_all(&s);
    }
}

/* More rows in one group than a bin of 16 bits holds. */
TEST(month_set_with_a_group_of_many)
{
    struct sample s;

    sample_make(&s, date_from_civil(2024, 1, 1), date_from_civil(2024, 2, 29), 1, 10, 150001);
    for (size_t i = 0; i < s.n; i++) {
        int32_t day = date_from_civil(2024, 1, 2);
        s.row[i] = (struct month_row){ .received = day,
                                       .started = i % 5 > 0 ? day : DAY_NONE,
                                       .left = i % 5 == 0 && i % 2 == 0 ? day + 3 : DAY_NONE,
                                       .closed = day + 7 };
    }
    check_all(&s);
}

TEST(month_row_and_back)
{
    struct sample s;
    struct rng r;

    rng_seed(&r, 5);
    sample_make(&s, date_from_civil(2021, 6, 9), date_from_civil(2025, 7, 20), 13, 10, 50000);
    for (size_t i = 0; i < s.n; i++) {
        struct month_row back;
        random_row(&r, &s, 300, &s.row[i]);
        CHECK(month_row_pack(&s.frame, &s.row[i], &s.group[i], s.code[i], &s.clipped) == MONTH_ROW_OK);
        month_row_unpack(&s.frame, s.group[i], s.code[i], &back);
        const struct month_row *row = &s.row[i];
        int32_t last = s.frame.last_day;
        CHECK(back.cell == row->cell && back.received == row->received && back.direct == row->direct &&
              back.reopened == row->reopened);
        CHECK_INT(back.started, row->started > last ? DAY_NONE : row->started);
        CHECK_INT(back.left, row->left > last ? DAY_NONE : row->left);
        CHECK_INT(back.closed, row->closed > last ? DAY_NONE : row->closed);
        CHECK(month_row_valid(&s.frame, s.group[i], s.code[i]));
    }
    CHECK(!s.clipped);
    sample_free(&s);
}

TEST(month_row_that_does_not_fit)
{
    struct sample s;
    uint32_t group;
    uint16_t code[2];
    struct month_row back, row = { .received = date_from_civil(2015, 1, 31),
                                   .started = date_from_civil(2024, 1, 1),
                                   .left = DAY_NONE,
                                   .closed = date_from_civil(2024, 2, 1) };

    sample_make(&s, date_from_civil(2015, 1, 1), date_from_civil(2024, 12, 31), 1, 10, 0);
    CHECK(month_row_pack(&s.frame, &row, &group, code, &s.clipped) == MONTH_ROW_OK && s.clipped);
    month_row_unpack(&s.frame, group, code, &back);
    CHECK_INT(back.started, row.received + MONTH_WAIT_MAX);
    row.started = row.received - 1;
    CHECK_INT(month_row_pack(&s.frame, &row, &group, code, &s.clipped), MONTH_ROW_WRONG);
    row.started = row.left = row.received;
    CHECK_INT(month_row_pack(&s.frame, &row, &group, code, &s.clipped), MONTH_ROW_WRONG);
    row.received = s.frame.first[0] - 1;
    CHECK_INT(month_row_pack(&s.frame, &row, &group, code, &s.clipped), MONTH_ROW_OUTSIDE);
    row.received = s.frame.last_day + 1;
    CHECK_INT(month_row_pack(&s.frame, &row, &group, code, &s.clipped), MONTH_ROW_OUTSIDE);
    row = (struct month_row){ .cell = 1, .received = s.frame.last_day };
    CHECK_INT(month_row_pack(&s.frame, &row, &group, code, &s.clipped), MONTH_ROW_OUTSIDE);
    CHECK(!month_frame_init(&s.frame, date_from_civil(2000, 1, 1), date_from_civil(2020, 1, 1), 1));
    CHECK(!month_frame_init(&s.frame, date_from_civil(2020, 1, 2), date_from_civil(2020, 1, 1), 1));
    sample_free(&s);
}

/* Bytes that no register wrote: they are told from real rows, and counting them all the same stays within
 * memory. */
TEST(month_set_of_noise)
{
    struct sample s;
    struct rng r;
    size_t valid = 0;

    rng_seed(&r, 11);
    sample_make(&s, date_from_civil(2006, 1, 1), date_from_civil(2025, 12, 31), 3, 10, 20000);
    for (size_t i = 0; i < s.n; i++) {
        s.group[i] = (uint32_t)rng_below(&r, (uint64_t)s.frame.months * 3);
        s.code[i][0] = (uint16_t)rng_next(&r);
        s.code[i][1] = (uint16_t)rng_next(&r);
        valid += month_row_valid(&s.frame, s.group[i], s.code[i]);
    }
    CHECK(valid > 0 && valid < s.n);
    month_rows_sort(&s.frame, s.n, s.group, (const uint16_t(*)[2])s.code, s.from, s.outcome, s.rest);
    s.rows = (struct month_rows){ &s.frame, s.outcome, s.rest, s.from };
    free(count_with(&s, &month_kernel_plain, 1, 2));
    free(count_with(&s, month_kernel_with(MONTH_256), 1, 2));
    free(count_with(&s, month_kernel_with(MONTH_512), 1, 2));
    sample_free(&s);
}

/* A row as it is known on the last day. */
static void known_row(struct rng *r, const struct sample *s, struct month_row *row)
{
    random_row(r, s, 500, row);
    row->started = row->started > s->frame.last_day ? DAY_NONE : row->started;
    row->left = row->left > s->frame.last_day ? DAY_NONE : row->left;
    row->closed = row->closed > s->frame.last_day ? DAY_NONE : row->closed;
}

/* Standing histograms after thousands of changes in any order, against a full recount: the same bytes. */
TEST(month_standing_like_a_recount)
{
    struct sample s;
    struct rng r;
    const struct month_kernel *kernel[] = { &month_kernel_plain, month_kernel_with(MONTH_256),
                                            month_kernel_with(MONTH_512) };

    for (size_t k = 0; k < COUNT(kernel); k++) {
        rng_seed(&r, 17 + k);
        sample_make(&s, date_from_civil(2022, 5, 3), date_from_civil(2025, 11, 12), 5, 10, 4000);
        struct month_standing *st = month_standing_init(
            aligned_alloc(64, (month_standing_size(&s.frame) + 63) / 64 * 64), &s.frame, kernel[k]);
        int32_t(*number)[MONTH_NUMBERS] = calloc(month_set_rows(&s.frame), sizeof *number);

        for (size_t i = 0; i < s.n; i++)
            known_row(&r, &s, &s.row[i]);
        sample_pack(&s);
        for (size_t i = 0; i < s.n; i++)
            month_standing_change(st, s.group[i], s.code[i], 1);
        for (int turn = 0; turn < 3; turn++) {
            for (int change = 0; change < 2000; change++) {
                size_t i = rng_below(&r, s.n);
                month_standing_change(st, s.group[i], s.code[i], -1);
                known_row(&r, &s, &s.row[i]);
                CHECK(month_row_pack(&s.frame, &s.row[i], &s.group[i], s.code[i], &s.clipped) ==
                      MONTH_ROW_OK);
                month_standing_change(st, s.group[i], s.code[i], 1);
            }
            s.frame.last_day += 3; /* days pass: who waits, waits longer */
            sample_pack(&s);
            int32_t(*want)[MONTH_NUMBERS] = count_with(&s, kernel[k], 1, 1);
            month_standing_all(st, number);
            CHECK(memcmp(number, want, month_set_rows(&s.frame) * sizeof *number) == 0);
            month_standing_all(st, number);
            month_standing_month(st, 20, number);
            CHECK(memcmp(number, want, month_set_rows(&s.frame) * sizeof *number) == 0);
            free(want);
        }
        free(number);
        free(st);
        sample_free(&s);
    }
}
