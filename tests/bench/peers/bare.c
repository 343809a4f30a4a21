// SPDX-License-Identifier: EUPL-1.2
/* The limit: the waiting list page by libmicrohttpd and SQLite alone. One thread, one loop around
 * libmicrohttpd as in src/web/http.h, the statement of src/store/sql/waiting_list.sql prepared once, the 50
 * rows written straight into the buffer that is sent. The same query, the same rows, the same bytes, the same
 * headers as Peil's page, which the bench checks first.
 *
 * What it leaves out: log in and session, rights and scope of the user, the log of looks, counting the list,
 * sealed names (it reads them in clear from REGISTER.names), filters, paging, translation, templates (all
 * that is not a row is taken as it stands from a page that Peil made), workers beside the loop, deadlines and
 * request guards, errors.
 *     bench_bare REGISTER PAGE PORT        PAGE: a page of Peil; PAGE.headers: its headers */
#include <inttypes.h>
#include <microhttpd.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROWS = 50, HEADERS = 32, DAY0 = 10957, DAYS = 14610 }; /* 2000 to 2039 */

static const char query[] =
    "SELECT s.request, s.person, s.state, s.urgency, s.team, s.neighbourhood, s.worker, s.received_at,"
    " s.heard_at, s.attempts, s.listed, s.paused_at FROM standing s"
    " WHERE s.waiting = 1 AND (?1 IS NULL OR s.team = ?1) AND (?12 = 1 OR s.team = ?13 OR s.worker = ?14)"
    " AND (?2 IS NULL OR s.neighbourhood = ?2) AND (?3 IS NULL OR s.urgency = ?3)"
    " AND (?4 IS NULL OR s.heard_at < ?4) AND (?5 = 0 OR s.listed = 1) AND (?6 IS NULL OR s.received_at <"
    " CASE s.urgency WHEN 4 THEN ?6 WHEN 3 THEN ?7 WHEN 2 THEN ?8 ELSE ?9 END)"
    " ORDER BY s.urgency DESC, s.received_at, s.request LIMIT ?10 OFFSET ?11";

struct text {
    char *data;
    size_t len;
};

static sqlite3_stmt *list;
static struct text head, tail; /* of the page, around the rows */
static struct {
    char *name, *value;
} header[HEADERS];
static size_t headers;
static char **name_of; /* by person */
static size_t names;
static const char *hood_of[1000];
static int ordinal[DAYS], open_day[DAYS]; /* how many working days came before; the nth working day */

static void fail(const char *what)
{
    fprintf(stderr, "bare: %s\n", what);
    exit(1);
}

/* ── Days ───────────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Days since 1970 and back (Hinnant, "chrono-compatible low-level date algorithms", 2013). */
static int day_of(int y, int m, int d)
{
    y -= m <= 2;
    int era = y / 400, yoe = y - era * 400;
    int doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;

    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void civil(int day, int *y, int *m, int *d)
{
    int z = day + 719468, era = z / 146097, doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;

    *d = doy - (153 * mp + 2) / 5 + 1;
    *m = mp < 10 ? mp + 3 : mp - 9;
    *y = yoe + era * 400 + (*m <= 2);
}

static int two(const char *p)
{
    return (p[0] - '0') * 10 + p[1] - '0';
}

static int64_t seconds_of(const char *iso) /* 2026-01-31T23:59:59Z */
{
    int day = day_of(two(iso) * 100 + two(iso + 2), two(iso + 5), two(iso + 8));

    return (int64_t)day * 86400 + two(iso + 11) * 3600 + two(iso + 14) * 60 + two(iso + 17);
}

/* The last Sunday of March or October; 1970-01-01 was a Thursday. */
static int last_sunday(int y, int m)
{
    int day = day_of(y, m, 31);

    return day - (day + 4) % 7;
}

/* Day in the Netherlands: an hour ahead of UTC, two in summer. */
static int nl_day(int64_t t)
{
    int y, m, d;

    civil((int)(t / 86400), &y, &m, &d);
    int64_t from = last_sunday(y, 3) * (int64_t)86400 + 3600, to = last_sunday(y, 10) * (int64_t)86400 + 3600;
    return (int)((t + (t >= from && t < to ? 7200 : 3600)) / 86400);
}

/* ── Files ──────────────────────────────────────────────────────────────────────────────────────────────────
 */

static struct text read_file(const char *path, const char *suffix)
{
    char name[1200];
    struct text t = { NULL, 0 };

    snprintf(name, sizeof name, "%s%s", path, suffix);
    FILE *f = fopen(name, "rb");
    if (f == NULL || fseek(f, 0, SEEK_END) != 0)
        fail(name);
    t.len = (size_t)ftell(f);
    t.data = malloc(t.len + 1);
    rewind(f);
    if (t.data == NULL || fread(t.data, 1, t.len, f) != t.len)
        fail(name);
    t.data[t.len] = '\0';
    fclose(f);
    return t;
}

static void read_page(const char *path)
{
    struct text page = read_file(path, "");
    char *from = strstr(page.data, "<tbody>\n"), *to = strstr(page.data, "</tbody>");

    if (from == NULL || to == NULL)
        fail("no rows in the page");
    from += 8;
    head = (struct text){ page.data, (size_t)(from - page.data) };
    tail = (struct text){ to, page.len - (size_t)(to - page.data) };
    for (char *line = read_file(path, ".headers").data, *next; (next = strchr(line, '\n')) != NULL;
         line = next + 1) {
        char *colon = strstr(line, ": ");
        *next = '\0';
        line[strcspn(line, "\r")] = '\0';
        if (colon == NULL || colon > next || headers == HEADERS || strncmp(line, "Date", 4) == 0 ||
            strncmp(line, "Content-Length", 14) == 0)
            continue;
        *colon = '\0';
        header[headers].name = line;
        header[headers++].value = colon + 2;
    }
}

static void read_names(const char *path)
{
    for (char *line = read_file(path, ".names").data, *next; *line != '\0'; line = next + 1) {
        char *tab;
        size_t person = strtoul(line, &tab, 10);
        next = strchr(line, '\n');
        *next = '\0';
        if (person >= names) {
            size_t n = person * 2 + 1000;
            name_of = realloc(name_of, n * sizeof *name_of);
            if (name_of == NULL)
                fail("no memory");
            memset(name_of + names, 0, (n - names) * sizeof *name_of);
            names = n;
        }
        name_of[person] = tab + 1;
    }
}

static void read_days(const char *path)
{
    bool open[DAYS] = { false };
    int n = 0;

    for (char *line = read_file(path, ".days").data; *line != '\0'; line += 11) {
        int day = day_of(two(line) * 100 + two(line + 2), two(line + 5), two(line + 8)) - DAY0;
        if (day >= 0 && day < DAYS)
            open[day] = true;
    }
    for (int i = 0; i < DAYS; i++) {
        ordinal[i] = n + open[i]; /* with the day itself */
        if (open[i])
            open_day[++n] = i;
    }
}

static void open_register(const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *s;

    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
        sqlite3_exec(db, "PRAGMA cache_size=-8000", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v3(db, query, -1, SQLITE_PREPARE_PERSISTENT, &list, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "SELECT id, name FROM neighbourhood WHERE id < 1000", -1, &s, NULL) !=
            SQLITE_OK)
        fail(sqlite3_errmsg(db));
    while (sqlite3_step(s) == SQLITE_ROW)
        hood_of[sqlite3_column_int(s, 0)] = strdup((const char *)sqlite3_column_text(s, 1));
    sqlite3_finalize(s);
    sqlite3_bind_int(list, 5, 0);
    sqlite3_bind_int(list, 10, ROWS);
    sqlite3_bind_int(list, 11, 0);
    sqlite3_bind_int(list, 12, 1);
}

/* ── The page ───────────────────────────────────────────────────────────────────────────────────────────────
 */

#define PUT(p, literal) (memcpy(p, literal, sizeof literal - 1), (p) + sizeof literal - 1)

static char *put(char *p, const char *text)
{
    size_t n = strlen(text);

    memcpy(p, text, n);
    return p + n;
}

static char *put_html(char *p, const char *text)
{
    for (; *text != '\0'; text++)
        switch (*text) {
        case '&':
            p = PUT(p, "&amp;");
            break;
        case '<':
            p = PUT(p, "&lt;");
            break;
        case '>':
            p = PUT(p, "&gt;");
            break;
        case '"':
            p = PUT(p, "&quot;");
            break;
        case '\'':
            p = PUT(p, "&#39;");
            break;
        default:
            *p++ = *text;
        }
    return p;
}

static char *put_int(char *p, int64_t v)
{
    char digits[20];
    int n = 0;

    do
        digits[n++] = (char)('0' + v % 10);
    while ((v /= 10) > 0);
    while (n > 0)
        *p++ = digits[--n];
    return p;
}

static char *put_day(char *p, int day)
{
    static const char *const month[] = { " jan ", " feb ", " mrt ", " apr ", " mei ", " jun ",
                                         " jul ", " aug ", " sep ", " okt ", " nov ", " dec " };
    int y, m, d;

    civil(day, &y, &m, &d);
    p = put_int(p, d);
    p = put(p, month[m - 1]);
    return put_int(p, y);
}

static char *put_number(char *p, int asked, int64_t id)
{
    int y, m, d;

    civil(asked, &y, &m, &d);
    p = put_int(p, y);
    *p++ = '-';
    return put_int(p, id);
}

static int norm_day(int asked, int urgency)
{
    static const int norm[] = { 10, 20, 10, 3, 0 };

    return norm[urgency] == 0 ? asked : open_day[ordinal[asked - DAY0] + norm[urgency]] + DAY0;
}

static char *put_days(char *p, int64_t n)
{
    p = put_int(p, n);
    return n == 1 ? PUT(p, " dag") : PUT(p, " dagen");
}

static char *put_norm(char *p, int day, int today)
{
    p = put_day(p, day);
    if (today > day) {
        p = PUT(p, "<br><span class=\"peil-verdict peil-verdict--worse\">&#9670; ");
        p = put_days(p, today - day);
        return PUT(p, " over</span></td>\n");
    }
    p = PUT(p, "<br><span class=\"peil-subtle\">nog ");
    p = put_days(p, day - today);
    return PUT(p, "</span></td>\n");
}

static char *put_urgency(char *p, int urgency)
{
    static const char *const look[] = { "inactive\">Nog niet bekend", "inactive\">Kan wachten",
                                        "neutral\">Gewoon", "warning\">Dringend", "danger\">Spoed" };

    p = PUT(p, "<td class=\"peil-fit\" data-label=\"Urgentie\"><span class=\"utrecht-status-badge "
               "utrecht-status-badge--");
    p = put(p, look[urgency]);
    return PUT(p, "</span></td>\n");
}

static char *put_heard(char *p, int64_t heard, int64_t now, bool listed)
{
    int before = nl_day(heard) + 14, today = nl_day(now);
    int64_t silent = now > heard ? (now - heard) / 86400 : 0;

    p = PUT(p, "<td class=\"peil-fit\" data-label=\"Laatst gesproken\">");
    if (silent == 0)
        p = PUT(p, "vandaag");
    else
        p = PUT(put_days(p, silent), " geleden");
    p = PUT(p, "</td>\n<td class=\"peil-fit\" data-label=\"Bellen vóór\">");
    if (today > before) {
        p = PUT(p, "<span class=\"utrecht-status-badge utrecht-status-badge--warning\">");
        p = PUT(put_day(p, before), ", te laat</span>");
    } else {
        p = put_day(p, before);
    }
    if (listed)
        p = PUT(p, " <span class=\"nl-data-badge\">bellijst</span>");
    return PUT(p, "</td>\n</tr>\n");
}

static char *put_resident(char *p, int asked)
{
    int64_t id = sqlite3_column_int64(list, 0), person = sqlite3_column_int64(list, 1),
            hood = sqlite3_column_int64(list, 5);

    p = PUT(p, "<tr>\n<td class=\"peil-check\"><label><span class=\"peil-hidden\">Kies ");
    p = put_number(p, asked, id);
    p = PUT(p, "</span><input class=\"utrecht-checkbox\" type=\"checkbox\" name=\"id\" value=\"");
    p = put_int(p, id);
    p = PUT(p, "\"></label></td>\n<td class=\"peil-card-wide\"><div class=\"peil-person\">"
               "<a class=\"nl-link\" href=\"/requests/");
    p = put_int(p, id);
    p = PUT(p, "\">");
    p = put_html(p, name_of[person]);
    p = PUT(p, "</a><span class=\"peil-subtle\">");
    p = put_number(p, asked, id);
    p = PUT(p, " &middot; ");
    p = put_html(p, hood_of[hood]);
    return PUT(p, "</span></div></td>\n");
}

static char *put_row(char *p, int64_t now, int today)
{
    int64_t received = seconds_of((const char *)sqlite3_column_text(list, 7));
    int64_t heard = seconds_of((const char *)sqlite3_column_text(list, 8));
    int urgency = sqlite3_column_int(list, 3), asked = nl_day(received);
    bool paused = sqlite3_column_type(list, 11) != SQLITE_NULL;

    p = put_resident(p, asked);
    p = put_urgency(p, urgency);
    p = PUT(p, "<td class=\"peil-fit\" data-label=\"Wacht sinds\">");
    p = put_day(p, asked);
    p = PUT(p, "<br><span class=\"peil-subtle\">");
    p = put_days(p, (now - received) / 86400);
    if (paused)
        p = PUT(p, ", gepauzeerd");
    p = PUT(p, "</span></td>\n<td class=\"peil-fit\" data-label=\"Afspraak: uiterlijk\">");
    p = put_norm(p, norm_day(asked, urgency), today);
    return put_heard(p, heard, now, sqlite3_column_int(list, 10) != 0);
}

static struct text page_make(void)
{
    char *page = malloc(head.len + tail.len + ROWS * 4096), *p = page;
    int64_t now = (int64_t)time(NULL);
    int today = nl_day(now);

    if (page == NULL)
        fail("no memory");
    memcpy(p, head.data, head.len);
    p += head.len;
    while (sqlite3_step(list) == SQLITE_ROW)
        p = put_row(p, now, today);
    sqlite3_reset(list);
    memcpy(p, tail.data, tail.len);
    return (struct text){ page, (size_t)(p - page) + tail.len };
}

static enum MHD_Result answer(void *cls, struct MHD_Connection *m, const char *url, const char *method,
                              const char *version, const char *data, size_t *size, void **seen)
{
    static int once;

    (void)cls, (void)url, (void)method, (void)version, (void)data, (void)size;
    if (*seen == NULL) { /* the head is there, the end of the request not yet */
        *seen = &once;
        return MHD_YES;
    }
    struct text page = page_make();
    struct MHD_Response *r = MHD_create_response_from_buffer(page.len, page.data, MHD_RESPMEM_MUST_FREE);
    for (size_t i = 0; i < headers; i++)
        MHD_add_response_header(r, header[i].name, header[i].value);
    enum MHD_Result ok = MHD_queue_response(m, 200, r);
    MHD_destroy_response(r);
    return ok;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        fail("bench_bare REGISTER PAGE PORT");
    read_page(argv[2]);
    read_names(argv[1]);
    read_days(argv[1]);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    open_register(argv[1]);
    struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL, (uint16_t)strtoul(argv[3], NULL, 10), NULL, NULL,
                                            answer, NULL, MHD_OPTION_CONNECTION_LIMIT, 4096U, MHD_OPTION_END);
    if (d == NULL)
        fail("cannot listen");
    struct pollfd fd = { .fd = MHD_get_daemon_info(d, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, .events = POLLIN };
    for (;;) {
        MHD_UNSIGNED_LONG_LONG ms;
        MHD_run(d);
        if (MHD_get_timeout(d, &ms) != MHD_YES || ms > 0)
            poll(&fd, 1, -1);
    }
}
