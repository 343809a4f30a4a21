// SPDX-License-Identifier: EUPL-1.2
/* The smallest test frame that does the job. A test is
 *     TEST(date_leap_year) { CHECK_INT(date_from_civil(2024, 3, 1) - date_from_civil(2024, 2, 28), 2); }
 * It registers itself; the one binary runs all, or those whose name starts with an argument. TEST_LONG is for
 * those that take the processor longer than a third of a second: `make quick` leaves them out. */
#ifndef PEIL_TEST_H
#define PEIL_TEST_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stdint.h>

struct test_case {
    const char *name, *file;
    void (*run)(void);
    bool takes_long;
    struct test_case *next;
};
void test_register(struct test_case *t);

#define TEST(name_) TEST_AS(name_, false)
#define TEST_LONG(name_) TEST_AS(name_, true)
#define TEST_AS(name_, takes_long_)                                                                          \
    static void test_run_##name_(void);                                                                      \
    __attribute__((constructor)) static void test_add_##name_(void)                                          \
    {                                                                                                        \
        static struct test_case t = {                                                                        \
            .name = #name_, .file = __FILE__, .run = test_run_##name_, .takes_long = (takes_long_)           \
        };                                                                                                   \
        test_register(&t);                                                                                   \
    }                                                                                                        \
    static void test_run_##name_(void)

/* A failed check is reported with file and line; the test goes on. */
bool test_check(bool ok, const char *file, int line, const char *what);
bool test_check_int(int64_t got, int64_t want, const char *file, int line, const char *what);
bool test_check_str(const char *got, const char *want, const char *file, int line, const char *what);
bool test_check_near(double got, double want, double relative, const char *file, int line, const char *what);
#define CHECK(expr) test_check((expr), __FILE__, __LINE__, #expr)
#define CHECK_INT(got, want) test_check_int((got), (want), __FILE__, __LINE__, #got)
#define CHECK_STR(got, want) test_check_str((got), (want), __FILE__, __LINE__, #got)
/* |got - want| <= relative * max(|want|, 1e-300) */
#define CHECK_NEAR(got, want, relative) test_check_near((got), (want), (relative), __FILE__, __LINE__, #got)
/* Leaves the test, counted as skipped, with the reason in the output. */
void test_skip(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* The day that an ISO date names; and a day as 20240131. */
int32_t test_day(const char *iso);
int test_ymd(int32_t day);

/* Path of a file of the real data sets (variable PEIL_TEST_DATA, default ../shared/data); skips the test when
 * it is absent. */
const char *test_data(const char *name);
/* Whole file as text (freed at the end of the test); skips the test when it is absent. */
const char *test_read_file(const char *path);

/* A fresh context on an empty register of its own, on the data base that PEIL_TEST_URL names (default: an
 * SQLite file in a temporary folder). The clock stands at `day` 12:00 Dutch time. The actor may do
 * everything. */
struct ctx *test_begin(const char *day);
/* The same with the schema only up to this step, as an older program left it. */
struct ctx *test_begin_old(const char *day, const char *last);
void test_end(struct ctx *c);
void test_end_all(void); /* what a skipped test left open; the runner calls it */
/* The register of test_begin, for a second connection to it. */
const char *test_url(const struct ctx *c);
/* A context without register, for pure functions. */
struct ctx *test_begin_bare(void);

#endif
