// SPDX-License-Identifier: EUPL-1.2
/* The runner: `peil-test [prefix...]` runs the tests whose name starts with one of the prefixes, `--list`
 * names them, `--quick` first leaves out those that take long. With PEIL_TEST_LOCALE set they run in the
 * locale of the environment; with PEIL_TEST_TIMES=0.5 those that take the processor longer than half a second
 * are named with how long. */
#include "unit/test.h"

#include "base/date.h"
#include "base/text.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BARE_MEMORY = 64 << 20 };

/* What is kept until the end of a test. */
struct kept {
    struct kept *next;
    struct arena arena;
    struct ctx ctx;
    char *text;
};

struct tally {
    const char *file;
    int passed, failed, skipped;
};

static struct test_case *first, **last = &first;
static struct test_case *running;
static int failures; /* of the test that is running */
static jmp_buf leave;
static struct kept *kept;

void test_register(struct test_case *t)
{
    *last = t;
    last = &t->next;
}

__attribute__((format(printf, 3, 4))) static bool report(const char *file, int line, const char *format, ...)
{
    va_list ap;

    failures++;
    printf("%s:%d: %s: ", file, line, running->name);
    va_start(ap, format);
    vprintf(format, ap);
    va_end(ap);
    putchar('\n');
    fflush(stdout);
    return false;
}

bool test_check(bool ok, const char *file, int line, const char *what)
{
    return ok || report(file, line, "not true: %s", what);
}

bool test_check_int(int64_t got, int64_t want, const char *file, int line, const char *what)
{
    return got == want || report(file, line, "%s is %" PRId64 ", not %" PRId64, what, got, want);
}

bool test_check_str(const char *got, const char *want, const char *file, int line, const char *what)
{
    return text_is(got, want) || report(file, line, "%s is \"%s\", not \"%s\"", what,
                                        got != NULL ? got : "(null)", want != NULL ? want : "(null)");
}

bool test_check_near(double got, double want, double relative, const char *file, int line, const char *what)
{
    double size = fmax(fabs(want), 1e-300);

    return fabs(got - want) <= relative * size || report(file, line, "%s is %.17g, not %.17g (off by %.3g)",
                                                         what, got, want, fabs(got - want) / size);
}

void test_skip(const char *format, ...)
{
    va_list ap;

    printf("%s: %s: skipped: ", running->file, running->name);
    va_start(ap, format);
    vprintf(format, ap);
    va_end(ap);
    putchar('\n');
    longjmp(leave, 1);
}

static struct kept *keep(void)
{
    struct kept *k = calloc(1, sizeof *k);

    if (k == NULL) {
        fputs("no memory for the tests\n", stderr);
        exit(2);
    }
    k->next = kept;
    kept = k;
    return k;
}

static void drop_kept(void)
{
    while (kept != NULL) {
        struct kept *k = kept;

        kept = k->next;
        arena_free(&k->arena);
        free(k->text);
        free(k);
    }
}

/* Wednesday 3 January 2024, 12:00 in the Netherlands. */
struct ctx *test_begin_bare(void)
{
    struct kept *k = keep();

    arena_init(&k->arena, BARE_MEMORY);
    ctx_init(&k->ctx, &k->arena, LANG_EN);
    ctx_set_now(&k->ctx, time_of_nl_day(date_from_civil(2024, 1, 3), 12 * 3600));
    return &k->ctx;
}

int32_t test_day(const char *iso)
{
    int32_t day = DAY_NONE;

    CHECK(date_scan(iso, strlen(iso), &day));
    return day;
}

int test_ymd(int32_t day)
{
    struct civil c = date_to_civil(day);

    return c.year * 10000 + c.month * 100 + c.day;
}

const char *test_data(const char *name)
{
    const char *folder = getenv("PEIL_TEST_DATA");
    struct kept *k = keep();

    if (asprintf(&k->text, "%s/%s", folder != NULL ? folder : "../shared/data", name) < 0) {
        k->text = NULL;
        test_skip("no memory");
    }
    if (access(k->text, R_OK) != 0)
        test_skip("no %s (PEIL_TEST_DATA names the folder)", k->text);
    return k->text;
}

const char *test_read_file(const char *path)
{
    struct kept *k = keep();
    FILE *f = fopen(path, "rb");
    size_t size = 0;

    if (f == NULL)
        test_skip("cannot read %s", path);
    if (getdelim(&k->text, &size, '\0', f) < 0) { /* a text has no NUL: everything */
        free(k->text);
        k->text = strdup("");
    }
    fclose(f);
    return k->text;
}

/* A crash says in which test it was. Not where a sanitizer has its own handler. */
static void crashed(int number)
{
    static const char head[] = "crash in test ";

    if (running != NULL && write(STDERR_FILENO, head, sizeof head - 1) > 0 &&
        write(STDERR_FILENO, running->name, strlen(running->name)) > 0 && write(STDERR_FILENO, "\n", 1) > 0)
        signal(number, SIG_DFL);
    signal(number, SIG_DFL);
    raise(number);
}

static void watch_crashes(void)
{
    static const int numbers[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

    for (size_t i = 0; i < COUNT(numbers); i++) {
        struct sigaction before;

        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            signal(numbers[i], crashed);
    }
}

static bool quick; /* without those that take long */

static bool wanted(const struct test_case *t, char **prefixes)
{
    if (quick && t->takes_long)
        return false;
    if (*prefixes == NULL)
        return true;
    for (; *prefixes != NULL; prefixes++)
        if (strncmp(t->name, *prefixes, strlen(*prefixes)) == 0)
            return true;
    return false;
}

static double processor_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void name_slow(const struct test_case *t, double seconds)
{
    const char *limit = getenv("PEIL_TEST_TIMES");
    double least;

    if (limit != NULL && text_to_double(limit, strlen(limit), &least) && seconds > least)
        printf("%.2f s: %s\n", seconds, t->name);
}

static void run(struct test_case *t, struct tally *sum)
{
    double begin = processor_seconds();
    volatile bool skipped = false;

    running = t;
    failures = 0;
    if (setjmp(leave) == 0)
        t->run();
    else
        skipped = true;
    test_end_all();
    drop_kept();
    running = NULL;
    name_slow(t, processor_seconds() - begin);
    if (failures > 0)
        sum->failed++;
    else if (skipped)
        sum->skipped++;
    else
        sum->passed++;
}

static void print_tally(const struct tally *t)
{
    if (t->file != NULL)
        printf("%s: ", t->file);
    printf("%d passed, %d failed", t->passed, t->failed);
    if (t->skipped > 0)
        printf(", %d skipped", t->skipped);
    putchar('\n');
    fflush(stdout);
}

/* Tests of one file stand together: they register in the order in which they were linked. */
static int run_all(char **prefixes)
{
    struct tally all = { .file = NULL }, one = { .file = NULL };

    for (struct test_case *t = first; t != NULL; t = t->next) {
        if (!wanted(t, prefixes))
            continue;
        one.file = t->file;
        run(t, &one);
        if (t->next != NULL && strcmp(t->next->file, t->file) == 0 && wanted(t->next, prefixes))
            continue;
        print_tally(&one);
        all.passed += one.passed;
        all.failed += one.failed;
        all.skipped += one.skipped;
        one = (struct tally){ .file = NULL };
    }
    if (all.passed + all.failed + all.skipped == 0) {
        fputs("no test has such a name; --list names them\n", stderr);
        all.failed = 1;
    }
    print_tally(&all);
    return all.failed > 0;
}

int main(int argc, char **argv)
{
    (void)argc;
    quick = argv[1] != NULL && strcmp(argv[1], "--quick") == 0;
    argv += quick;
    if (argv[1] != NULL && strcmp(argv[1], "--list") == 0) {
        for (const struct test_case *t = first; t != NULL; t = t->next)
            if (wanted(t, argv + 2))
                printf("%s\n", t->name);
        return 0;
    }
    if (getenv("PEIL_TEST_LOCALE") != NULL && setlocale(LC_ALL, "") == NULL) {
        fputs("PEIL_TEST_LOCALE: this locale is not installed\n", stderr);
        return 2;
    }
    watch_crashes();
    return run_all(argv + 1);
}
