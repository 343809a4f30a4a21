// SPDX-License-Identifier: EUPL-1.2
/* Every page, list and file of every indicator of a made-up town: no number without n, definition and
 * version; no percentage of a small group; what has no data is no number and is not drawn. */
#include "account/indicator.h"
#include "base/date.h"
#include "base/text.h"
#include "http/client.h"
#include "register/config.h"
#include "register/demo.h"
#include "unit/test.h"
#include "unit/unzip.h"
#include "web/site.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CELLS = 12, CELL = 300, ROWS = 200 };

struct table {
    char caption[CELL], head[CELLS][CELL];
    char cell[ROWS][CELLS][CELL];
    size_t heads, rows, cells[ROWS];
};
struct walk {
    struct ctx *c;
    struct site *site;
    int port;
    struct answer a;
    int64_t tables, numbers, charts, multiples, maps, empty; /* what was seen of each */
};

/* ── Reading a page ── */

/* The text between two places, without tags; "&lt;" and the like stay. */
static void plain(const char *from, const char *to, char *text, size_t room)
{
    size_t n = 0;
    bool tag = false;

    for (const char *p = from; p < to && n + 1 < room; p++) {
        if (*p == '<')
            tag = true;
        if (!tag && *p != '\n')
            text[n++] = *p;
        if (*p == '>')
            tag = false;
    }
    text[n] = '\0';
}

/* The cells of a row into `to`; how many there are. */
static size_t cells_of(const char *row, const char *end, char to[CELLS][CELL])
{
    size_t n = 0;

    for (const char *p = row; p < end && n < CELLS;) {
        const char *td = strstr(p, "<td"), *th = strstr(p, "<th ");
        const char *at = td == NULL ? th : th == NULL || td < th ? td : th, *close;
        if (at == NULL || at >= end)
            break;
        close = strstr(at, at == td ? "</td>" : "</th>");
        if (close == NULL)
            break;
        plain(strchr(at, '>') + 1, close, to[n++], CELL);
        p = close;
    }
    return n;
}

/* The next table from there on; where it ends, NULL when there is none. */
static const char *table_next(const char *p, struct table *t)
{
    const char *begin = strstr(p, "<table"), *end, *body, *caption;

    t->heads = t->rows = 0;
    t->caption[0] = '\0';
    if (begin == NULL || (end = strstr(begin, "</table>")) == NULL ||
        (body = strstr(begin, "<tbody>")) == NULL)
        return NULL;
    caption = strstr(begin, "<caption");
    if (caption != NULL && caption < body)
        plain(strchr(caption, '>') + 1, strstr(caption, "</caption>"), t->caption, CELL);
    t->heads = cells_of(strstr(begin, "<thead>"), body, t->head);
    for (const char *row = strstr(body, "<tr"); row != NULL && row < end && t->rows < ROWS;
         row = strstr(row + 1, "<tr")) {
        t->cells[t->rows] = cells_of(row, strstr(row, "</tr>"), t->cell[t->rows]);
        t->rows++;
    }
    return end;
}

/* "1.234" or "1,234"; -1: no number. */
static int64_t number_of(const char *text)
{
    int64_t n = 0;

    if (!isdigit((unsigned char)*text))
        return -1;
    for (; isdigit((unsigned char)*text) || *text == '.' || *text == ','; text++)
        n = isdigit((unsigned char)*text) ? n * 10 + (*text - '0') : n;
    return n;
}

static bool is_number(const char *text)
{
    return isdigit((unsigned char)*text) || *text == '-' || strncmp(text, "−", strlen("−")) == 0;
}

static size_t times(const char *text, const char *end, const char *what)
{
    size_t n = 0;

    for (const char *p = strstr(text, what); p != NULL && p < end; p = strstr(p + 1, what))
        n++;
    return n;
}

/* ── What must hold ── */

static int64_t minimum_of(const struct indicators *all, const char *id)
{
    for (size_t i = 0; i < all->n; i++)
        if (text_is(all->part[i].row->id, id) && all->part[i].first)
            return all->part[i].minimum;
    return 10;
}

static void must(bool ok, const char *path, const struct table *t, size_t row, const char *why)
{
    char what[900];

    snprintf(what, sizeof what, "%s: %s: %s: %.80s | %.60s | %.60s | %.60s", path, t->caption, why,
             t->cell[row][0], t->cell[row][1], t->cell[row][2], t->cell[row][3]);
    test_check(ok, __FILE__, __LINE__, what);
}

/* The column that a number belongs to: the one before it that is no interval. */
static size_t value_column(const struct table *t, size_t n)
{
    size_t k = n - 1;

    while (k > 0 && (text_is(t->head[k], "How sure") || text_is(t->head[k], "Kind")))
        k--;
    return k;
}

static void check_row(struct walk *w, const char *path, const struct table *t, size_t row, int64_t least)
{
    bool all_shown = true, pair = false;

    for (size_t k = 1; k < t->cells[row]; k++) {
        if (!text_is(t->head[k], "Number (n)"))
            continue;
        const char *value = t->cell[row][value_column(t, k)], *n = t->cell[row][k];
        int64_t count = text_is(n, "fewer than 5") ? 1 : number_of(n);
        bool shown = is_number(value), percent = shown && strstr(value, " %") != NULL;
        w->numbers += shown;
        w->empty += !shown;
        must(!percent || count >= least, path, t, row, "a percentage of a small group");
        must(!shown || n[0] != '\0', path, t, row, "a number without n");
        must(count != 0 || !(percent || strstr(value, " day") != NULL) || !shown, path, t, row,
             "a share or time of nobody");
        must(shown || value[0] != '\0' || text_is(t->head[k], ""), path, t, row,
             "nothing says why it is empty");
        all_shown = all_shown && shown;
        pair = true;
    }
    for (size_t k = 1; k < t->cells[row] && pair; k++)
        if (text_is(t->head[k], "Second less first"))
            must(all_shown || t->cell[row][k][0] == '\0', path, t, row,
                 "a difference with what is not shown");
}

static size_t shown_in(const struct table *t, size_t column)
{
    size_t n = 0;

    for (size_t i = 0; i < t->rows; i++)
        n += is_number(t->cell[i][column]);
    return n;
}

/* The drawing before a table has a mark for each number of it, and none for what is not there. */
static void check_drawing(struct walk *w, const char *body, const char *path, const struct table *t)
{
    const char *svg, *end;
    size_t shown = shown_in(t, 1), drawn, zeros = 0;

    if (text_is(t->caption, "Month by month") && (svg = strstr(body, "aria-labelledby=\"months-t")) != NULL) {
        end = strstr(svg, "</svg>");
        drawn = times(svg, end, "peil-chart__point") + times(svg, end, "<path class=\"peil-chart__signal");
        must(drawn == shown, path, t, 0, "months drawn that are no numbers, or the other way round");
        for (size_t i = 0; i < t->rows; i++)
            zeros += t->cell[i][1][0] == '0';
        must(times(svg, end, "cy=\"276.0\"") <= zeros, path, t, 0, "a month drawn as zero");
        w->charts++;
    }
    if (text_is(t->caption, "Neighbourhood by neighbourhood")) {
        svg = strstr(body, "aria-labelledby=\"places-t");
        if (!CHECK(svg != NULL))
            return;
        end = strstr(svg, "</svg>");
        must(times(svg, end, "url(#places-h)") == t->rows - shown, path, t, 0, "areas that are not hatched");
        must(times(svg, end, ">–</text>") == t->rows - shown, path, t, 0,
             "areas with a value that is not there");
        w->maps++;
    }
}

static void check_tables(struct walk *w, const struct indicators *all, const char *path, const char *id)
{
    static struct table t;
    const char *body = buf_text(&w->a.body);

    for (const char *p = table_next(body, &t); p != NULL; p = table_next(p, &t)) {
        bool codes = text_is(t.caption, "What it consists of"), found = false;
        for (size_t k = 0; k < t.heads; k++)
            found = found || text_is(t.head[k], "Number (n)");
        for (size_t i = 0; i < t.rows && found && !codes; i++)
            check_row(w, path, &t, i, minimum_of(all, id != NULL ? id : t.cell[i][0]));
        w->tables += found;
        check_drawing(w, body, path, &t);
    }
}

/* Small multiples: as many marks as there are months of teams with a value that may be shown. */
static void check_multiples(struct walk *w, const char *path, int64_t wanted)
{
    const char *body = buf_text(&w->a.body), *svg = strstr(body, "aria-labelledby=\"teams-t"), *end;
    char what[400];

    if (svg == NULL)
        return;
    end = strstr(svg, "</svg>");
    snprintf(what, sizeof what, "%s: %lld months of teams have a value, %zu are drawn", path,
             (long long)wanted, times(svg, end, "peil-chart__point"));
    test_check((int64_t)times(svg, end, "peil-chart__point") == wanted, __FILE__, __LINE__, what);
    w->multiples++;
}

static int get(struct walk *w, const char *path)
{
    struct buf b = { 0 };

    buf_printf(&b, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n\r\n", path);
    CHECK(client_ask(w->port, buf_text(&b), &w->a));
    buf_free(&b);
    return w->a.status;
}

static void town(struct walk *w)
{
    struct demo_options o = { .seed = 3, .scale = 0.15, .password = "not-a-secret-at-all" };
    struct demo_made made;

    *w = (struct walk){ .c = test_begin("2024-07-01") };
    ctx_set_now(w->c, time(NULL));
    o.to = w->c->today - 1;
    o.from = o.to - 400;
    CHECK_INT(demo_make(w->c, &o, &made), OK);
}

static void open_as(struct walk *w, enum role role, int64_t team)
{
    struct site_as as = { .role = role, .team = team, .worker = INT_NONE };
    struct site_options opt = { .store = db_store(w->c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 60000, .workers = { 1, 2, 1 }, .loops = 1
    };

    if (!CHECK_INT(site_start(w->c, &opt, &http, &w->site), OK))
        test_skip("%s", w->c->err.text);
    w->port = http_port(site_http(w->site));
}

static void end(struct walk *w)
{
    site_stop(w->site);
    client_free(&w->a);
    test_end(w->c);
}

/* ── The pages ── */

/* How many months of teams the small multiples of each part may show to who sees all small numbers. */
static void multiples_wanted(struct walk *w, const struct indicators *all, int64_t *wanted)
{
    struct civil today = date_to_civil(w->c->today);
    int32_t month = date_from_civil(today.year, today.month, 1);
    struct indicator_query q = { .at = w->c->now,
                                 .from = time_of_nl_day(date_add_months(month, -12), 0),
                                 .to = time_of_nl_day(month, 0),
                                 .by = { BY_TEAM, BY_MONTH },
                                 .n_by = 2 };
    struct register_facts f;
    struct measured_list list;

    CHECK_INT(facts_read(w->c, w->c->now, &f), OK);
    CHECK_INT(indicators_measure(w->c, &f, all, &q, &list), OK);
    for (size_t i = 0; i < list.n; i++)
        if (list.row[i].code == NULL && list.row[i].label[0] != NULL &&
            measured_state(&list.row[i]) == MEASURED_VALUE)
            wanted[list.row[i].part - all->part]++;
}

/* Every page of every indicator with these choices. */
static void walk_pages(struct walk *w, const char *query, const int64_t *wanted)
{
    struct indicators all;
    char path[200];
    int pages = 0;

    CHECK_INT(indicators_get(w->c, "", &all), OK);
    snprintf(path, sizeof path, "/indicators?%s", query);
    if (CHECK_INT(get(w, path), 200))
        check_tables(w, &all, path, NULL);
    for (size_t i = 0; i < all.n; i++) {
        const struct part *p = &all.part[i];
        if (!p->first || !indicator_counts(&all, p, w->c->today))
            continue;
        snprintf(path, sizeof path, "/indicators/%s?%s", p->row->id, query);
        int status = get(w, path);
        if (status == 404 && p->only)
            continue;
        if (!CHECK_INT(status, 200)) {
            fprintf(stderr, "  %s\n", path);
            continue;
        }
        check_tables(w, &all, path, p->row->id);
        if (wanted != NULL)
            check_multiples(w, path, wanted[i]);
        CHECK(strstr(buf_text(&w->a.body), ", version ") != NULL);
        CHECK(strstr(buf_text(&w->a.body), "How we measure this") != NULL);
        pages++;
    }
    CHECK(pages >= CATALOGUE_INDICATORS - 1); /* one may be for others */
}

static void tell(const struct walk *w)
{
    if (getenv("PEIL_TEST_TELL") != NULL)
        printf("  %lld tables, %lld numbers, %lld without, %lld charts, %lld small multiples, %lld maps\n",
               (long long)w->tables, (long long)w->numbers, (long long)w->empty, (long long)w->charts,
               (long long)w->multiples, (long long)w->maps);
}

TEST_LONG(indicator_walk_every_page_of_a_board)
{
    int64_t wanted[400] = { 0 };
    struct indicators all;
    struct walk w;

    town(&w);
    CHECK_INT(indicators_get(w.c, "", &all), OK);
    CHECK(all.n < COUNT(wanted));
    multiples_wanted(&w, &all, wanted);
    open_as(&w, ROLE_BOARD, INT_NONE);
    walk_pages(&w, "period=12", wanted);
    tell(&w);
    CHECK(w.tables > 230 && w.numbers > 900 && w.empty > 100);
    CHECK(w.charts > 40 && w.multiples > 20 && w.maps > 10);
    end(&w);
}

TEST_LONG(indicator_walk_every_page_of_an_outsider)
{
    struct walk w;

    town(&w);
    open_as(&w, ROLE_ACCOUNT_MANAGER, INT_NONE);
    walk_pages(&w, "period=1&team=1", NULL);
    walk_pages(&w, "period=3&place=1&urgency=normal", NULL);
    tell(&w);
    CHECK(w.numbers > 200 && w.empty > 500);
    end(&w);
}

/* Two free periods, of which the first lies before the register: no data, and no difference with it. */
TEST_LONG(indicator_walk_every_comparison)
{
    char query[200], day[4][16];
    struct walk w;

    town(&w);
    const int32_t at[] = { w.c->today - 600, w.c->today - 500, w.c->today - 120, w.c->today - 30 };
    for (size_t i = 0; i < COUNT(at); i++) {
        struct civil k = date_to_civil(at[i]);
        snprintf(day[i], sizeof day[i], "%d-%d-%d", k.day, k.month, k.year);
    }
    open_as(&w, ROLE_QUALITY, INT_NONE);
    snprintf(query, sizeof query, "from=%s&to=%s&then_from=%s&then_to=%s", day[0], day[1], day[2], day[3]);
    walk_pages(&w, query, NULL);
    tell(&w);
    CHECK(w.numbers > 500 && w.empty > 200);
    end(&w);
}

/* ── Behind the figures ── */

TEST_LONG(indicator_walk_every_list_of_records)
{
    static const struct {
        enum role role;
        int least; /* lists that may be seen */
    } who[] = {
        { ROLE_TEAM_LEAD, 40 }, { ROLE_QUALITY, 10 }, { ROLE_BOARD, 10 }, { ROLE_ACCOUNT_MANAGER, 3 }
    };
    struct indicators all;
    struct walk w;
    char path[100];

    town(&w);
    CHECK_INT(indicators_get(w.c, "", &all), OK);
    for (size_t k = 0; k < COUNT(who); k++) {
        int seen = 0;
        open_as(&w, who[k].role, INT_NONE);
        for (size_t i = 0; i < all.n; i++) {
            if (!all.part[i].first || !indicator_counts(&all, &all.part[i], w.c->today))
                continue;
            snprintf(path, sizeof path, "/indicators/%s/records?period=12", all.part[i].row->id);
            int status = get(&w, path);
            const char *body = buf_text(&w.a.body), *main = strstr(body, "<main");
            if (status == 403 || status == 404)
                continue;
            CHECK_INT(status, 200);
            if (!CHECK(main != NULL && strstr(main, ", version ") != NULL && strstr(main, "n = ") != NULL))
                fprintf(stderr, "  %s\n", path);
            CHECK(strstr(main, " %<") == NULL); /* a row is no share */
            if (who[k].role == ROLE_BOARD && text_is(all.part[i].row->id, "P1"))
                CHECK(strstr(main, "href=\"/agreements/") != NULL);
            seen++;
        }
        CHECK(seen >= who[k].least);
        site_stop(w.site);
        w.site = NULL;
    }
    open_as(&w, ROLE_BOARD, INT_NONE);
    end(&w);
}

/* ── Files ── */

/* A line of a file of the figures: code, part, figure, what, version, value, how sure, n, agreed, kind. */
static void check_line(const struct indicators *all, char cell[CELLS][CELL], const char *path)
{
    bool shown = is_number(cell[5]), percent = shown && strchr(cell[5], '%') != NULL;
    char what[500];

    snprintf(what, sizeof what, "%s: %s %s, version %s: %s, n %s, %s", path, cell[0], cell[1], cell[4],
             cell[5], cell[7], cell[9]);
    test_check(number_of(cell[4]) >= 1 && cell[3][0] != '\0', __FILE__, __LINE__, what);
    test_check(!percent || number_of(cell[7]) >= minimum_of(all, cell[0]), __FILE__, __LINE__, what);
    test_check(!shown || cell[7][0] != '\0', __FILE__, __LINE__, what);
    test_check(shown || cell[5][0] != '\0', __FILE__, __LINE__, what);
    test_check(cell[7][0] != '\0' || cell[6][0] == '\0', __FILE__, __LINE__, what);
}

/* One line of CSV into cells; where the next one begins. */
static const char *csv_cells(const char *p, char cell[CELLS][CELL], size_t *ret_n)
{
    size_t n = 0, at = 0;
    bool quoted = false;

    for (; *p != '\0' && (quoted || *p != '\n'); p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (!quoted && (*p == ';' || *p == ',')) {
            cell[n][at] = '\0';
            n += n + 1 < CELLS;
            at = 0;
        } else if (*p != '\r' && at + 1 < CELL)
            cell[n][at++] = *p;
    }
    cell[n][at] = '\0';
    *ret_n = n + 1;
    return *p == '\n' ? p + 1 : p;
}

static int64_t check_csv(struct walk *w, const struct indicators *all, const char *path)
{
    char cell[CELLS][CELL];
    int64_t lines = 0;
    bool begun = false;
    size_t n;

    CHECK_INT(get(w, path), 200);
    for (const char *p = buf_text(&w->a.body); *p != '\0';) {
        p = csv_cells(p, cell, &n);
        if (begun && n == 10) {
            check_line(all, cell, path);
            lines++;
        }
        begun = begun || text_is(cell[0], "Code");
    }
    return lines;
}

/* The cells of the rows of a workbook are texts in place; numbers stand in <v>. */
static int64_t check_xlsx(struct walk *w, const struct indicators *all, const char *path)
{
    char cell[CELLS][CELL];
    int64_t lines = 0;
    bool begun = false;

    CHECK_INT(get(w, path), 200);
    const char *sheet = unzip(w->c, &w->a.body, "xl/worksheets/sheet1.xml");
    for (const char *row = strstr(sheet, "<row"); row != NULL; row = strstr(row + 1, "<row")) {
        const char *stop = strstr(row, "</row>");
        size_t n = 0;
        memset(cell, 0, sizeof cell);
        for (const char *p = strstr(row, "<c r=\""); p != NULL && p < stop; p = strstr(p + 1, "<c r=\"")) {
            const char *next = strstr(p + 1, "<c r=\"");
            size_t k = (size_t)(p[6] - 'A'); /* an empty cell is left out */
            if (k < CELLS) {
                plain(p, next != NULL && next < stop ? next : stop, cell[k], CELL);
                n = k + 1;
            }
        }
        n = begun && cell[4][0] != '\0' ? 10 : n;
        if (begun && n == 10) {
            check_line(all, cell, path);
            lines++;
        }
        begun = begun || (n > 0 && text_is(cell[0], "Code"));
    }
    return lines;
}

TEST_LONG(indicator_walk_every_file)
{
    struct indicators all;
    struct walk w;
    int64_t lines, of_pages = 0;
    char path[100];

    town(&w);
    CHECK_INT(indicators_get(w.c, "", &all), OK);
    open_as(&w, ROLE_TEAM_LEAD, INT_NONE);
    lines = check_csv(&w, &all, "/indicators?period=3&format=csv");
    CHECK(lines > 140);
    CHECK_INT(check_xlsx(&w, &all, "/indicators?period=3&format=xlsx"), lines);
    for (size_t i = 0; i < all.n; i++) {
        if (!all.part[i].first || !indicator_counts(&all, &all.part[i], w.c->today))
            continue;
        snprintf(path, sizeof path, "/indicators/%s?period=3&format=csv", all.part[i].row->id);
        if (all.part[i].only && get(&w, path) == 404)
            continue;
        int64_t mine = check_csv(&w, &all, path);
        CHECK(mine >= 1);
        of_pages += mine;
    }
    CHECK_INT(of_pages, lines);
    end(&w);
}
