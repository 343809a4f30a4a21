// SPDX-License-Identifier: EUPL-1.2
/* Consultation hours as they are promised, and the sessions that follow from them. */
#include "base/text.h"
#include "register/presence_core.h"
#include "register/right.h"

#include <stdlib.h>
#include <string.h>

#define DAY_MINUTES 1440
#define WEEKS_MAX 8
#define DAYS_MAX 800

#define HOUR(row)                                                                                            \
    ((struct walk_in_hour){ .id = (row).id,                                                                  \
                            .version = (row).version,                                                        \
                            .place = (row).place,                                                            \
                            .team = (row).team,                                                              \
                            .place_name = (row).place_name,                                                  \
                            .weekday = (row).weekday,                                                        \
                            .starts = (row).starts,                                                          \
                            .ends = (row).ends,                                                              \
                            .every_weeks = (row).every_weeks,                                                \
                            .first_day = (row).first_day,                                                    \
                            .last_day = (row).last_day })

static enum err hours_read(struct ctx *c, int64_t place, int64_t team, struct walk_in_hour **ret_hour,
                           size_t *ret_n)
{
    struct sql_hour_all_row *row;
    size_t n;

    TRY(sql_hour_all(c, place, team, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_hour, (void *)ret_hour));
    for (size_t i = 0; i < n; i++)
        (*ret_hour)[i] = HOUR(row[i]);
    *ret_n = n;
    return OK;
}

enum err hour_all(struct ctx *c, int64_t place, int64_t team, struct walk_in_hour **ret_hour, size_t *ret_n)
{
    TRY(may(c, RIGHT_PLACE));
    return hours_read(c, place, team, ret_hour, ret_n);
}

enum err hour_get(struct ctx *c, int64_t id, struct walk_in_hour *ret_hour)
{
    struct sql_hour_get_row row;

    TRY(may(c, RIGHT_PLACE));
    TRY(sql_hour_get(c, id, &row));
    *ret_hour = HOUR(row);
    return OK;
}

static int32_t monday_of(int32_t day)
{
    return day - date_weekday(day) + 1;
}

bool hour_is_on(const struct walk_in_hour *h, int32_t day, const struct calendar *k,
                const struct place_break *breaks, size_t n_breaks)
{
    if (day < h->first_day || (h->last_day != DAY_NONE && day > h->last_day) ||
        date_weekday(day) != h->weekday)
        return false;
    if ((monday_of(day) - monday_of(h->first_day)) / 7 % h->every_weeks != 0)
        return false;
    /* a plan for a weekend is meant so; a holiday in the week closes */
    if (h->weekday <= 5 ? !calendar_is_working(k, day) : calendar_holiday_name(day) != NULL)
        return false;
    for (size_t i = 0; i < n_breaks; i++)
        if (breaks[i].place == h->place && day >= breaks[i].first_day && day <= breaks[i].last_day)
            return false;
    return true;
}

/* ── Changing the plan ────────────────────────────────────────────────────────────────────────────────────
 */

/* last_day: of a promise that ends. */
static enum err step(struct ctx *c, int64_t id, int64_t seen, const char *kind, int32_t last_day,
                     int64_t *ret_version)
{
    struct happening h = HAPPENING_NONE;
    struct history_of what = { "walk_in_hour", id, INT_NONE, seen };

    h.kind = kind;
    if (last_day != DAY_NONE)
        h.until = time_of_nl_day(last_day, 12 * 3600);
    return history_add(c, &what, &h, ret_version);
}

static enum err end(struct ctx *c, int64_t id, int64_t seen, int32_t last_day)
{
    int64_t version;

    TRY(step(c, id, seen, "ended", last_day, &version));
    return sql_hour_end(c, id, version, last_day);
}

enum err hour_end_place(struct ctx *c, int64_t place, int32_t last_day)
{
    struct sql_hour_all_row *row;
    size_t n;

    TRY(sql_hour_all(c, place, INT_NONE, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (row[i].last_day == DAY_NONE || row[i].last_day > last_day)
            TRY(end(c, row[i].id, -1, last_day));
    return OK;
}

enum err presence_check_times(struct ctx *c, int64_t starts, int64_t ends)
{
    if (starts < 0 || starts >= DAY_MINUTES)
        return FAIL_FIELD("starts", "%s", _("Fill in the time at which it starts, such as 13:30."));
    if (ends < 0 || ends > DAY_MINUTES)
        return FAIL_FIELD("ends", "%s", _("Fill in the time at which it ends, such as 15:00."));
    if (ends <= starts)
        return FAIL_FIELD("ends", "%s", _("It must end later than it starts."));
    return OK;
}

static enum err check_hour(struct ctx *c, const struct walk_in_hour *h)
{
    if (h->weekday < 1 || h->weekday > 7)
        return FAIL_FIELD("weekday", "%s", _("Choose the day of the week."));
    TRY(presence_check_times(c, h->starts, h->ends));
    if (h->every_weeks < 1 || h->every_weeks > WEEKS_MAX)
        return FAIL_FIELD("every_weeks", _("Fill in a number of weeks from 1 to %d."), WEEKS_MAX);
    if (h->first_day == DAY_NONE)
        return FAIL_FIELD("first_day", "%s", _("Fill in the first day."));
    if (h->first_day < c->today)
        return FAIL_FIELD("first_day", "%s", _("A promise begins today or later."));
    if (h->last_day != DAY_NONE && h->last_day < h->first_day)
        return FAIL_FIELD("last_day", "%s", _("The last day cannot be before the first day."));
    return OK;
}

static enum err insert_hour(struct ctx *c, void *arg)
{
    struct walk_in_hour *h = arg;
    struct sql_place_get_row place;
    struct sql_hour_insert_row added;

    TRY(sql_place_get(c, h->place, &place));
    if (place.closed_on != DAY_NONE)
        return FAIL_FIELD("place", "%s", _("This place is closed."));
    if (h->id != INT_NONE)
        TRY(end(c, h->id, h->version, h->first_day - 1));
    struct sql_hour_insert_args row = { 1,
                                        h->place,
                                        h->team != INT_NONE ? h->team : place.team,
                                        h->weekday,
                                        h->starts,
                                        h->ends,
                                        h->every_weeks,
                                        h->first_day,
                                        h->last_day,
                                        c->now,
                                        c->actor->account };
    TRY(sql_hour_insert(c, &row, &added));
    h->id = added.id;
    return step(c, added.id, -1, "added", DAY_NONE, NULL);
}

enum err hour_save(struct ctx *c, const struct walk_in_hour *h, int64_t *ret_id)
{
    struct walk_in_hour copy = *h;

    TRY(may(c, RIGHT_PLACE_EDIT));
    TRY(check_hour(c, h));
    TRY(db_tx(c, insert_hour, &copy));
    *ret_id = copy.id;
    return OK;
}

static enum err end_hour(struct ctx *c, void *arg)
{
    const struct walk_in_hour *h = arg;

    return end(c, h->id, h->version, h->last_day);
}

enum err hour_end(struct ctx *c, int64_t id, int64_t version, int32_t last_day)
{
    struct walk_in_hour h;

    TRY(may(c, RIGHT_PLACE_EDIT));
    TRY(hour_get(c, id, &h));
    if (last_day == DAY_NONE)
        return FAIL_FIELD("last_day", "%s", _("Fill in the last day."));
    if (last_day < c->today)
        return FAIL_FIELD("last_day", "%s", _("What was promised in the past stays: choose today or later."));
    h.version = version;
    h.last_day = last_day;
    return db_tx(c, end_hour, &h);
}

/* ── Sessions in a period ─────────────────────────────────────────────────────────────────────────────────
 */

struct listing {
    const struct calendar *calendar;
    const struct place_break *breaks;
    struct sql_presence_between_row *kept; /* what was written down, by day */
    struct presence *row;
    size_t n_breaks, n_kept, n, room;
};

/* Was something written down about the session of this plan on this day? */
static bool is_kept(const struct listing *l, int64_t hour, int32_t day)
{
    size_t low = 0, high = l->n_kept;

    while (low < high) {
        size_t mid = (low + high) / 2;
        if (l->kept[mid].day < day)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < l->n_kept && l->kept[low].day == day; low++)
        if (l->kept[low].hour == hour)
            return true;
    return false;
}

static int64_t hood_of(const struct sql_place_all_row *place, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (place[i].id == id)
            return place[i].neighbourhood;
    return INT_NONE;
}

static void promise(struct listing *l, const struct walk_in_hour *h, int64_t hood, int32_t from, int32_t to)
{
    int32_t first = from > h->first_day ? from : h->first_day;

    first += (int32_t)(h->weekday - date_weekday(first) + 7) % 7;
    for (int32_t day = first; day <= to; day += 7)
        if (hour_is_on(h, day, l->calendar, l->breaks, l->n_breaks) && !is_kept(l, h->id, day))
            l->row[l->n++] = (struct presence){ .id = INT_NONE,
                                                .version = 0,
                                                .hour = h->id,
                                                .place = h->place,
                                                .neighbourhood = hood,
                                                .team = h->team,
                                                .place_name = h->place_name,
                                                .day = day,
                                                .starts = h->starts,
                                                .ends = h->ends,
                                                .state = PRESENCE_PROMISED,
                                                .told_at = TIME_NONE,
                                                .moved_to = INT_NONE,
                                                .signal = INT_NONE,
                                                .held_from = INT_NONE,
                                                .held_to = INT_NONE,
                                                .visitors = INT_NONE };
}

static int by_time(const void *one, const void *two)
{
    const struct presence *a = one, *b = two;

    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->starts != b->starts)
        return a->starts < b->starts ? -1 : 1;
    int names = strcmp(a->place_name, b->place_name);
    return names != 0 ? names : (a->id > b->id) - (a->id < b->id);
}

static enum err sessions_read(struct ctx *c, const struct presence_filter *f, struct presence **ret_row,
                              size_t *ret_n)
{
    const struct config *k;
    struct listing l = { 0 };
    struct walk_in_hour *hour;
    struct sql_place_all_row *place;
    struct place_break *breaks;
    size_t hours, places;

    if (f->to < f->from || f->to - f->from > DAYS_MAX)
        return FAIL_FIELD("to", _("Choose a period of at most %d days."), DAYS_MAX);
    TRY(config_get(c, &k));
    TRY(hours_read(c, f->place, f->team, &hour, &hours));
    TRY(sql_place_all(c, &place, &places));
    TRY(breaks_read(c, INT_NONE, &breaks, &l.n_breaks));
    TRY(sql_presence_between(c, f->from, f->to, f->place, f->team, &l.kept, &l.n_kept));
    l.calendar = &k->calendar;
    l.breaks = breaks;
    l.room = l.n_kept + hours * ((size_t)(f->to - f->from) / 7 + 1) + 1;
    TRY(ctx_alloc(c, l.room, sizeof *l.row, (void *)&l.row));
    for (size_t i = 0; i < hours; i++)
        promise(&l, &hour[i], hood_of(place, places, hour[i].place), f->from, f->to);
    for (size_t i = 0; i < l.n_kept; i++)
        l.row[l.n++] = PRESENCE(l.kept[i]);
    qsort(l.row, l.n, sizeof *l.row, by_time);
    *ret_row = l.row;
    *ret_n = l.n;
    return OK;
}

enum err presence_list(struct ctx *c, const struct presence_filter *f, struct presence **ret_row,
                       size_t *ret_n)
{
    TRY(may(c, RIGHT_PLACE));
    return sessions_read(c, f, ret_row, ret_n);
}

enum err presence_book_read(struct ctx *c, const struct presence_filter *f, struct presence **ret_row,
                            size_t *ret_n)
{
    return sessions_read(c, f, ret_row, ret_n);
}

/* The same session has the same name in every file: that of its plan and day, or of its record. */
static enum err uid_of(struct ctx *c, const struct presence *p, const char **ret_uid)
{
    char text[80], *at = text, day[11];

    memcpy(at, p->hour != INT_NONE ? "hour-" : "session-", p->hour != INT_NONE ? 5 : 8);
    at += p->hour != INT_NONE ? 5 : 8;
    at = text_put_int(at, p->hour != INT_NONE ? p->hour : p->id);
    *at++ = '-';
    date_iso(p->day, day);
    memcpy(at, day, sizeof day - 1);
    memcpy(at + sizeof day - 1, "@peil", sizeof "@peil");
    return ctx_copy(c, text, ret_uid);
}

static const char *address_of(const struct sql_place_all_row *place, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (place[i].id == id)
            return place[i].address;
    return NULL;
}

enum err presence_public(struct ctx *c, const struct presence_filter *f, struct public_session **ret_session,
                         size_t *ret_n)
{
    struct sql_place_all_row *place;
    struct public_session *s;
    struct presence *row;
    size_t n, places;

    TRY(sessions_read(c, f, &row, &n));
    TRY(sql_place_all(c, &place, &places));
    TRY(ctx_alloc(c, n + 1, sizeof *s, (void *)&s));
    for (size_t i = 0; i < n; i++) {
        const struct presence *p = &row[i];
        s[i] = (struct public_session){
            .place_name = p->place_name,
            .address = address_of(place, places, p->place),
            .day = p->day,
            .starts = p->starts,
            .ends = p->ends,
            .cancelled = text_is(p->state, PRESENCE_CANCELLED) || text_is(p->state, PRESENCE_MOVED),
        };
        TRY(uid_of(c, p, &s[i].uid));
    }
    *ret_session = s;
    *ret_n = n;
    return OK;
}
