// SPDX-License-Identifier: EUPL-1.2
#include "register/month_live.h"

#include "base/date.h"
#include "measure/month_standing.h"
#include "register/config.h"
#include "register/extract_keep.h"
#include "register/month_cell.h"

#include <string.h>

#define MEMORY ((size_t)4 << 30)
#define NOWHERE UINT32_MAX
enum { WAITS = MONTH_WAIT_MAX + 1 };

/* A request as it is counted now. */
struct counted {
    uint32_t group; /* NOWHERE: it is not */
    uint16_t code[2];
    bool odd; /* days do not tell its wait */
};
struct month_live {
    struct arena self; /* holds this struct */
    struct arena memory;
    bool there;
    struct month_frame frame;
    struct month_standing *standing;
    size_t n, room, odd; /* odd: how many are */
    struct counted *row;
    uint32_t events[WAITS], censored[WAITS];
    struct survival_step step[WAITS];
};

struct month_live *month_live_make(void)
{
    struct month_live *m;
    struct arena self;

    arena_init(&self, 1 << 18);
    m = arena_alloc(&self, sizeof *m);
    if (m == NULL)
        return NULL;
    m->self = self;
    arena_init(&m->memory, MEMORY);
    return m;
}

void month_live_free(struct month_live *m)
{
    if (m == NULL)
        return;
    arena_free(&m->memory);
    struct arena self = m->self;
    arena_free(&self);
}

/* ── Rows in and out ──────────────────────────────────────────────────────────────────────────────────── */

/* Where the days of a row are not its wait: followed up to some moment only, started after it was closed, or
 * kept out of waiting figures. */
static bool is_odd(const struct extract *x, size_t i)
{
    return x->lost[i] != TIME_NONE || (x->flags[i] & EXTRACT_DIRECT) != 0 ||
           (x->started[i] != TIME_NONE && x->closed[i] != TIME_NONE && x->closed[i] < x->started[i]);
}

static void put_row(struct month_live *m, const struct extract *x, size_t i)
{
    struct counted *now = &m->row[i], next = { .group = NOWHERE };
    struct month_row row;
    bool clipped = false;

    if (now->group != NOWHERE)
        month_standing_change(m->standing, now->group, now->code, -1);
    if (month_cell_row(x, i, MONTH_BY_TEAM, &row) &&
        month_row_pack(&m->frame, &row, &next.group, next.code, &clipped) == MONTH_ROW_OK) {
        month_standing_change(m->standing, next.group, next.code, 1);
        next.odd = clipped || is_odd(x, i);
    }
    m->odd += (size_t)next.odd;
    m->odd -= (size_t)now->odd;
    *now = next;
}

static enum err make_room(struct ctx *c, struct month_live *m, size_t n)
{
    struct counted *more;

    if (n > m->room) {
        size_t room = n + n / 4 + 256;
        TRY(ctx_alloc(c, room, sizeof *more, (void *)&more));
        if (m->n > 0)
            memcpy(more, m->row, m->n * sizeof *more);
        m->row = more;
        m->room = room;
    }
    for (size_t i = m->n; i < n; i++)
        m->row[i] = (struct counted){ .group = NOWHERE };
    m->n = n;
    return OK;
}

/* The same frame with nobody in it: up to and with today, in a month that goes on. */
static enum err begin(struct ctx *c, struct month_live *m, int32_t day, int32_t cells)
{
    struct civil today = date_to_civil(day);
    int32_t first = date_add_months(date_from_civil(today.year, today.month, 1), -(MONTH_LIVE_MONTHS - 1));
    const struct config *k;
    void *memory;

    arena_free(&m->memory);
    arena_init(&m->memory, MEMORY);
    m->n = m->room = m->odd = 0;
    if (!month_frame_init(&m->frame, first, day, cells))
        return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
    TRY(config_get(c, &k));
    month_frame_norm(&m->frame, &k->calendar, k->norm_days[URGENCY_NORMAL]);
    TRY(ctx_alloc(c, month_standing_size(&m->frame) + 64, 1, &memory));
    memory = (char *)memory + (64 - (uintptr_t)memory % 64) % 64;
    m->standing = month_standing_init(memory, &m->frame, month_kernel_best());
    return OK;
}

static enum err update(struct ctx *c, struct month_live *m, const struct extract_live *l,
                       const struct extract_news *news)
{
    const struct register_extract *x = extract_live_get(l);
    int32_t day = time_nl_day(x->at), cells = (int32_t)(x->team.n + 1) * MONTH_CELL_URGENCIES;
    bool whole = news->whole || !m->there || cells != m->frame.cells || day < m->frame.last_day ||
                 day >= m->frame.first[m->frame.months];

    if (whole)
        TRY(begin(c, m, day, cells));
    m->frame.last_day = day;
    TRY(make_room(c, m, x->x.n));
    for (size_t i = 0; i < x->x.n; i++)
        if (whole || extract_live_touched(l, i))
            put_row(m, &x->x, i);
    return OK;
}

enum err month_live_update(struct ctx *c, struct month_live *m, const struct extract_live *l,
                           const struct extract_news *news)
{
    struct arena *kept = c->arena;

    c->arena = &m->memory;
    enum err e = update(c, m, l, news);
    c->arena = kept;
    m->there = e == OK;
    return e;
}

/* ── Figures ──────────────────────────────────────────────────────────────────────────────────────────── */

/* The number of the month that begins on this day; -1: not one of the frame. */
static int32_t month_of(const struct month_frame *f, int32_t first)
{
    for (int32_t m = 0; m < f->months; m++)
        if (f->first[m] == first)
            return m;
    return -1;
}

static size_t cell_of(int32_t team, int32_t urgency)
{
    return (size_t)team * MONTH_CELL_URGENCIES + (size_t)urgency;
}

bool month_live_wait(struct month_live *m, int32_t month, int32_t team, const struct figure_query *q,
                     struct figure_result *ret_result)
{
    int32_t at = m->there ? month_of(&m->frame, month) : -1, teams = m->frame.cells / MONTH_CELL_URGENCIES;
    uint64_t people = 0;

    if (at < 0 || m->odd > 0 || team + 1 >= teams)
        return false;
    memset(m->events, 0, sizeof m->events);
    memset(m->censored, 0, sizeof m->censored);
    for (int32_t t = 0; t < teams; t++)
        for (int32_t urgency = 0; urgency < MONTH_CELL_URGENCIES; urgency++)
            if ((team == MONTH_LIVE_ALL || t == team + 1) && urgency != URGENCY_EMERGENCY)
                people += month_standing_days(m->standing, at, cell_of(t, urgency), m->events, m->censored);
    struct survival_days days = {
        .events = m->events, .censored = m->censored, .days = WAITS, .start = people
    };
    figure_get_wait_of_days(&days, q, m->step, ret_result);
    return true;
}

/* ── Counting again ───────────────────────────────────────────────────────────────────────────────────── */

static enum err count(struct ctx *c, const struct month_rows *rows, int32_t (**ret_number)[MONTH_NUMBERS])
{
    struct month_set set;
    void *work;

    TRY(ctx_alloc(c, month_set_rows(rows->frame), sizeof **ret_number, (void *)ret_number));
    TRY(ctx_alloc(c, month_work_size(rows->frame) + 64, 1, &work));
    work = (char *)work + (64 - (uintptr_t)work % 64) % 64;
    month_set_begin(&set, rows, month_kernel_best(), *ret_number);
    month_set_work(&set, work);
    month_set_end(&set, &work, 1);
    return OK;
}

static enum err recount(struct ctx *c, struct month_live *m, const struct extract_live *l,
                        struct month_recount *ret)
{
    const struct register_extract *x = extract_live_get(l);
    struct register_extract again;
    struct month_rows rows;
    struct buf out = { 0 };
    int32_t(*number)[MONTH_NUMBERS], (*standing)[MONTH_NUMBERS];
    size_t n = month_set_rows(&m->frame);

    TRY(extract_read(c, x->at, &again));
    struct extract_file old = extract_file_of(x, NULL), fresh = extract_file_of(&again, NULL);
    struct extract_changes changes;
    if (!extract_file_recode(&old, c->arena, &fresh))
        return FAIL(E_NOMEM, "%s", "");
    bool continues = extract_file_put_changes(&old, &fresh, c->arena, &out, &changes);
    buf_free(&out);
    TRY(month_cell_rows_in(c, &fresh.x, &m->frame, MONTH_BY_TEAM, &rows));
    TRY(count(c, &rows, &number));
    TRY(ctx_alloc(c, n, sizeof *standing, (void *)&standing));
    month_standing_all(m->standing, standing);
    *ret = (struct month_recount){ .rows = fresh.x.n, .numbers = n * MONTH_NUMBERS };
    ret->rows_differ = continues ? changes.requests : old.x.n - fresh.x.n;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < MONTH_NUMBERS; k++)
            ret->numbers_differ += number[i][k] != standing[i][k];
    return OK;
}

enum err month_live_recount(struct ctx *c, struct month_live *m, const struct extract_live *l,
                            struct month_recount *ret_recount)
{
    struct arena *kept = c->arena, scratch;

    if (!m->there)
        return FAIL(E_BUSY, "%s", _("The register is busy. Please try again."));
    arena_init(&scratch, MEMORY);
    c->arena = &scratch;
    enum err e = recount(c, m, l, ret_recount);
    c->arena = kept;
    arena_free(&scratch);
    return e;
}
