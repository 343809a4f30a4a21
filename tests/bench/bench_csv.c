// SPDX-License-Identifier: EUPL-1.2
/* The CSV reader against the loop that everybody writes, getline and strsep, on the same file in the same
 * run. bench_csv [FILE]       without a file: one million request lines of its own in a temporary file Prints
 * for each the best of five runs in MB/s; both must find the same number of fields. */
#include "base/arena.h"
#include "base/ctx.h"
#include "base/rng.h"
#include "exchange/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LINES 1000000
#define RUNS 5

struct tally {
    size_t records, fields, bytes;
};

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void file_write(const char *path)
{
    static const char *const channel[] = { "Phone", "Web", "Mobile/Open311", "Twitter" };
    FILE *f = fopen(path, "w");
    struct rng r;

    rng_seed(&r, 7);
    fputs("request_id,created,closed,agency,category,type,district,neighborhood,channel\n", f);
    for (int i = 0; i < LINES; i++) {
        unsigned day = 1 + (unsigned)rng_below(&r, 28), hour = (unsigned)rng_below(&r, 24);
        fprintf(f,
                "%d,2024-01-%02uT%02u:10:00Z,2024-02-%02uT%02u:59:59Z,Agency %u,Category %u,other,%u,Town "
                "part %u,%s\n",
                100000 + i, day, hour, day, hour, (unsigned)rng_below(&r, 100), (unsigned)rng_below(&r, 40),
                (unsigned)rng_below(&r, 12), (unsigned)rng_below(&r, 60),
                channel[rng_below(&r, COUNT(channel))]);
    }
    fclose(f);
}

static enum err read_all(struct ctx *c, const char *path, struct tally *ret_tally)
{
    SOURCE_AUTO struct source *s = NULL;
    struct csv *r;
    struct csv_record record;
    struct tally t = { 0 };
    bool more;

    TRY(source_open(c, path, &s));
    TRY(csv_open(c, s, &r));
    for (;;) {
        TRY(csv_next(c, r, &record, &more));
        if (!more)
            break;
        t.records++;
        t.fields += record.n;
        for (size_t i = 0; i < record.n; i++)
            t.bytes += record.field[i].len;
    }
    *ret_tally = t;
    return OK;
}

static double run_csv(const char *path, struct tally *ret_tally)
{
    struct arena a;
    struct ctx c;
    double start = seconds();

    arena_init(&a, 32 << 20);
    ctx_init(&c, &a, LANG_EN);
    if (read_all(&c, path, ret_tally) != OK) {
        fprintf(stderr, "%s\n", c.err.text);
        exit(1);
    }
    arena_free(&a);
    return seconds() - start;
}

static double run_getline(const char *path, struct tally *ret_tally)
{
    struct tally t = { 0 };
    double start = seconds();
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;

    while (f != NULL && (n = getline(&line, &cap, f)) >= 0) {
        char *rest = line, *field;
        line[strcspn(line, "\r\n")] = '\0';
        t.records++;
        while ((field = strsep(&rest, ",")) != NULL) {
            t.fields++;
            t.bytes += strlen(field);
        }
    }
    free(line);
    if (f != NULL)
        fclose(f);
    *ret_tally = t;
    return seconds() - start;
}

static void report(const char *name, double (*run)(const char *, struct tally *), const char *path,
                   double megabytes)
{
    struct tally t = { 0 };
    double best = 1e9;

    for (int i = 0; i < RUNS; i++) {
        double s = run(path, &t);
        best = s < best ? s : best;
    }
    printf("%-16s %9zu records %9zu fields %10zu bytes %8.3f s %8.0f MB/s\n", name, t.records, t.fields,
           t.bytes, best, megabytes / best);
}

int main(int argc, char **argv)
{
    char path[] = "/tmp/bench_csv.XXXXXX";
    const char *file = argc > 1 ? argv[1] : path;
    FILE *f;
    long size;

    if (argc < 2) {
        close(mkstemp(path));
        file_write(path);
    }
    f = fopen(file, "r");
    if (f == NULL)
        return 1;
    fseek(f, 0, SEEK_END);
    size = ftell(f);
    fclose(f);
    report("peil csv", run_csv, file, (double)size / 1e6);
    report("getline+strsep", run_getline, file, (double)size / 1e6);
    if (argc < 2)
        unlink(path);
    return 0;
}
