// SPDX-License-Identifier: EUPL-1.2
/* The month set at speed (tests/bench/measure.sh).
 *     bench_measure make N FILE FOLDER   made-up requests: as an extract with rows of the month set, and as
 * CSV bench_measure run FILE NUMBERS     counts them on one and two threads; the figures as CSV; memory at
 * its peak bench_measure standing FILE        standing histograms: a month, everything, a change, a recount
 */
#include "base/date.h"
#include "measure/extract_file.h"
#include "measure/month_set.h"
#include "measure/month_standing.h"
#include "stat/month_data.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static double ms_of(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double now_ms(void)
{
    return ms_of(CLOCK_MONOTONIC);
}

static void *need(void *memory)
{
    if (memory == NULL) {
        fprintf(stderr, "no memory\n");
        exit(1);
    }
    return memory;
}

/* Zeroed, in pages of 2 MB where the system has them: what is touched in any order then needs few entries of
 * pages. */
static void *aligned(size_t size)
{
    size_t page = (size_t)2 << 20,
           room = size < page ? (size + 63) / 64 * 64 : (size + page - 1) / page * page;
    void *memory = need(aligned_alloc(size < page ? 64 : page, room));

    if (size >= page)
        madvise(memory, room, MADV_HUGEPAGE);
    memset(memory, 0, size);
    return memory;
}

/* ---- making ---- */

static void put_day(FILE *f, int32_t day, int32_t last)
{
    if (day != DAY_NONE && day <= last)
        fprintf(f, ",%d", day);
    else
        fprintf(f, ",");
}

static void put_row(FILE *f, const struct month_row *r, int32_t last)
{
    fprintf(f, "%d", r->received);
    put_day(f, r->started, last);
    put_day(f, r->left, last);
    put_day(f, r->closed, last);
    fprintf(f, ",%d,%d,%d\n", r->cell, r->direct, r->reopened);
}

static FILE *file_in(const char *folder, const char *name)
{
    char path[1000];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return need(fopen(path, "w"));
}

static void put_calendar(const struct month_frame *f, const char *folder)
{
    FILE *days = file_in(folder, "calendar.csv"), *frame = file_in(folder, "frame.csv");
    struct calendar k;

    calendar_init(&k, &(struct calendar_rule){ 0 });
    for (int32_t day = f->first[0]; day <= f->last_day; day++)
        fprintf(days, "%d,%d,%d,%d\n", day, f->month_of[day - f->first[0]],
                date_to_civil(day).year - f->first_year, calendar_working_between(&k, f->first[0] - 1, day));
    fprintf(frame, "%d,%d,%d,%d\n", f->months, f->cells, f->last_day, 10);
    fclose(days);
    fclose(frame);
}

static int make(size_t n, const char *path, const char *folder)
{
    static struct month_frame f;
    uint32_t *group = need(calloc(n + 1, sizeof *group)),
             *from = need(calloc(48 * MONTH_DATA_CELLS + 2, sizeof *from));
    uint16_t(*code)[2] = need(calloc(n + 1, sizeof *code));
    uint16_t *outcome = need(calloc(n + 1, sizeof *outcome)), *rest = need(calloc(n + 1, sizeof *rest));
    FILE *csv = file_in(folder, "request.csv");
    struct month_data d;
    struct month_row row;
    bool clipped = false;

    month_data_frame(&f);
    month_data_begin(&d, 1, n);
    for (size_t i = 0; month_data_next(&d, &row); i++) {
        if (month_row_pack(&f, &row, &group[i], code[i], &clipped) != MONTH_ROW_OK || clipped)
            return fprintf(stderr, "a row does not fit\n"), 1;
        put_row(csv, &row, f.last_day);
    }
    fclose(csv);
    put_calendar(&f, folder);
    double start = now_ms();
    month_rows_sort(&f, n, group, (const uint16_t(*)[2])code, from, outcome, rest);
    printf("clustered by month and cell in %.0f ms (once)\n", now_ms() - start);
    struct buf out = { 0 };
    int64_t none = 0;
    struct extract_file e = { .x = { .received = &none }, .at = 0 };
    extract_file_put(&e, &(struct month_rows){ &f, outcome, rest, from }, 10, &out);
    FILE *file = need(fopen(path, "w"));
    bool ok = !out.failed && fwrite(out.data, 1, out.len, file) == out.len && fclose(file) == 0;
    return ok ? 0 : 1;
}

/* ---- counting ---- */

static const void *map(const char *path, size_t *ret_len)
{
    struct stat st;
    int fd = open(path, O_RDONLY);

    if (fd < 0 || fstat(fd, &st) != 0) {
        perror(path);
        exit(1);
    }
    *ret_len = (size_t)st.st_size;
    return need(mmap(NULL, *ret_len, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0));
}

static void open_rows(const char *path, struct month_frame *f, struct month_rows *rows)
{
    size_t len;
    const void *data = map(path, &len);
    double start = now_ms();

    if (!extract_file_rows(data, len, f, rows)) {
        fprintf(stderr, "%s is no extract\n", path);
        exit(1);
    }
    printf("file of %zu bytes opened, every byte and row checked, in %.1f ms\n", len, now_ms() - start);
}

struct thread {
    struct month_set *set;
    void *work;
};

static void *work(void *arg)
{
    struct thread *t = arg;

    month_set_work(t->set, t->work);
    return NULL;
}

/* The shortest of many runs. */
static double count(const struct month_rows *rows, const struct month_kernel *k, int threads,
                    void *const memory[2], int32_t (*number)[MONTH_NUMBERS])
{
    double best = 1e9, until = now_ms() + 1500;
    int runs = 0;

    while (now_ms() < until || runs < 5) {
        struct month_set s;
        pthread_t other;
        double start = now_ms();
        month_set_begin(&s, rows, k, number);
        struct thread t = { &s, memory[1] };
        bool two = threads == 2 && pthread_create(&other, NULL, work, &t) == 0;
        month_set_work(&s, memory[0]);
        if (two)
            pthread_join(other, NULL);
        month_set_end(&s, memory, (size_t)threads);
        double took = now_ms() - start;
        best = took < best ? took : best;
        runs++;
    }
    return best;
}

/* Reading alone, with the widest loads that the compiler has here: GB/s of one core. */
static double bandwidth(const void *data, size_t len)
{
    typedef uint64_t wide __attribute__((vector_size(64), aligned(64), may_alias));
    const wide *p = data;
    wide sum[4] = { { 0 } };
    double best = 0;

    for (int run = 0; run < 9; run++) {
        double start = now_ms();
        for (size_t i = 0; i + 4 <= len / sizeof *p; i += 4)
            for (size_t j = 0; j < 4; j++)
                sum[j] ^= p[i + j];
        double rate = (double)len / (now_ms() - start) / 1e6;
        best = rate > best ? rate : best;
    }
    volatile uint64_t keep = sum[0][0] ^ sum[1][1] ^ sum[2][2] ^ sum[3][3];
    (void)keep;
    return best;
}

/* Each kernel alone, in time of the processor: other work on the machine counts less. */
static void kernels(const struct month_rows *rows, size_t n, void *const memory[2],
                    int32_t (*number)[MONTH_NUMBERS])
{
    const struct month_kernel *k[] = { month_kernel_with(MONTH_512), month_kernel_with(MONTH_256),
                                       &month_kernel_plain };

    for (int i = 0; i < 3; i++) {
        double least = 1e9;
        if (i > 0 && k[i] == k[i - 1])
            continue;
        for (int turn = 0; turn < 40; turn++) {
            struct month_set s;
            double start = ms_of(CLOCK_THREAD_CPUTIME_ID);
            month_set_begin(&s, rows, k[i], number);
            month_set_work(&s, memory[0]);
            month_set_end(&s, memory, 1);
            double took = ms_of(CLOCK_THREAD_CPUTIME_ID) - start;
            least = took < least ? took : least;
        }
        printf("%-8s %8.3f ms of the processor, %.2f ns a row\n", month_kernel_name(k[i]), least,
               least * 1e6 / (double)n);
    }
}

static int run(const char *path, const char *numbers)
{
    static struct month_frame f;
    struct month_rows rows;

    open_rows(path, &f, &rows);
    size_t n = rows.from[(size_t)f.months * (size_t)f.cells];
    int32_t(*number)[MONTH_NUMBERS] = need(calloc(month_set_rows(&f), sizeof *number));
    void *memory[2] = { aligned(month_work_size(&f)), aligned(month_work_size(&f)) };
    const struct month_kernel *best = month_kernel_best();
    double one = count(&rows, best, 1, memory, number), two = count(&rows, best, 2, memory, number);
    double bytes = 4.0 * (double)n, rate = bandwidth(rows.outcome, n * sizeof *rows.outcome);
    FILE *out = need(fopen(numbers, "w"));

    for (size_t i = 0; i < month_set_rows(&f); i++) {
        fprintf(out, "%zu", i);
        for (size_t j = 0; j < MONTH_NUMBERS; j++)
            fprintf(out, ",%d", number[i][j]);
        fprintf(out, "\n");
    }
    fclose(out);
    double plain = count(&rows, &month_kernel_plain, 1, memory, number);
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    printf("ours, %s: %.3f ms on one core, %.3f ms on two; plain C %.3f ms\n", month_kernel_name(best), one,
           two, plain);
    kernels(&rows, n, memory, number);
    printf("%.0f bytes read: %.2f GB/s, %.2f ns a row; reading alone %.1f GB/s, %.0f %% of it\n", bytes,
           bytes / one / 1e6, one * 1e6 / (double)n, rate, 100 * bytes / one / 1e6 / rate);
    printf("memory at its peak %ld kB\nours_ms %.3f\n", u.ru_maxrss, one);
    return 0;
}

/* Any rows at all, out and in again; which ones is drawn beforehand. */
static double changes_ns(struct month_standing *s, const struct month_rows *rows, size_t n)
{
    enum { CHANGES = 500000 };
    struct change {
        uint32_t group;
        uint16_t code[2];
    } *change = need(calloc(CHANGES, sizeof *change));
    uint32_t groups = (uint32_t)(rows->frame->months * rows->frame->cells);
    double best = 1e9;
    struct rng r;

    rng_seed(&r, 1);
    for (size_t i = 0; i < CHANGES; i++) {
        uint32_t low = 0, high = groups, at = (uint32_t)rng_below(&r, n);
        while (high - low > 1)
            *(rows->from[(low + high) / 2] <= at ? &low : &high) = (low + high) / 2;
        change[i] = (struct change){ low, { rows->outcome[at], rows->rest[at] } };
    }
    for (int turn = 0; turn < 10; turn++) {
        double start = now_ms();
        for (size_t i = 0; i < CHANGES; i++)
            month_standing_change(s, change[i].group, change[i].code, turn % 2 == 0 ? -1 : 1);
        double took = (now_ms() - start) * 1e6 / CHANGES;
        best = took < best ? took : best;
    }
    free(change);
    return best;
}

static int standing(const char *path)
{
    static struct month_frame f;
    struct month_rows rows;

    open_rows(path, &f, &rows);
    size_t n = rows.from[(size_t)f.months * (size_t)f.cells];
    const struct month_kernel *k = month_kernel_best();
    int32_t(*number)[MONTH_NUMBERS] = need(calloc(month_set_rows(&f), sizeof *number));
    int32_t(*again)[MONTH_NUMBERS] = need(calloc(month_set_rows(&f), sizeof *again));
    void *memory[2] = { aligned(month_work_size(&f)), NULL };
    struct month_standing *s = month_standing_init(aligned(month_standing_size(&f)), &f, k);
    double month = 1e9, all = 1e9, start = now_ms(), worst = 0;

    for (uint32_t g = 0; g < (uint32_t)f.months * (uint32_t)f.cells; g++)
        for (size_t i = rows.from[g]; i < rows.from[g + 1]; i++)
            month_standing_change(s, g, (const uint16_t[2]){ rows.outcome[i], rows.rest[i] }, 1);
    printf("standing histograms of %zu kB filled in %.0f ms\n", month_standing_size(&f) / 1024,
           now_ms() - start);
    for (int turn = 0; turn < 200; turn++) {
        start = now_ms();
        month_standing_all(s, number);
        double took = now_ms() - start;
        all = took < all ? took : all;
    }
    for (int32_t m = 0; m<f.months; m++, worst = month> worst ? month : worst, month = 1e9)
        for (int turn = 0; turn < 200; turn++) {
            start = now_ms();
            month_standing_month(s, m, number);
            double took = now_ms() - start;
            month = took < month ? took : month;
        }
    double change = changes_ns(s, &rows, n);
    month_standing_all(s, number);
    count(&rows, k, 1, memory, again);
    printf("standing: slowest month %.1f us, everything %.3f ms, %.0f ns a row in or out; recount %s\n",
           worst * 1e3, all, change,
           memcmp(number, again, month_set_rows(&f) * sizeof *number) == 0 ? "the same bytes" : "DIFFERS");
    return memcmp(number, again, month_set_rows(&f) * sizeof *number) != 0;
}

int main(int argc, char **argv)
{
    if (argc == 5 && strcmp(argv[1], "make") == 0)
        return make(strtoull(argv[2], NULL, 10), argv[3], argv[4]);
    if (argc == 4 && strcmp(argv[1], "run") == 0)
        return run(argv[2], argv[3]);
    if (argc == 3 && strcmp(argv[1], "standing") == 0)
        return standing(argv[2]);
    return fprintf(stderr, "usage: %s make N FILE FOLDER | run FILE NUMBERS | standing FILE\n", argv[0]), 2;
}
