// SPDX-License-Identifier: EUPL-1.2
#include "measure/month_row.h"

#include "base/date.h"

#include <assert.h>
#include <string.h>

bool month_frame_init(struct month_frame *f, int32_t first_day, int32_t last_day, int32_t cells)
{
    struct civil from = date_to_civil(first_day), to = date_to_civil(last_day);
    int32_t months = (to.year - from.year) * 12 + to.month - from.month + 1;

    if (last_day < first_day || months > MONTH_FRAME_MONTHS || cells < 1)
        return false;
    memset(f, 0, sizeof *f);
    f->months = months;
    f->cells = cells;
    f->first_year = from.year;
    f->first_month = from.month;
    f->last_day = last_day;
    for (int32_t m = 0; m <= months; m++) {
        int32_t at = from.month - 1 + m;
        f->first[m] = date_from_civil(from.year + at / 12, at % 12 + 1, 1);
    }
    for (int32_t m = 0; m < months; m++)
        for (int32_t day = f->first[m]; day < f->first[m + 1]; day++)
            f->month_of[day - f->first[0]] = (uint8_t)m;
    return true;
}

void month_frame_norm(struct month_frame *f, const struct calendar *k, int32_t working_days)
{
    for (int32_t day = f->first[0]; day < f->first[f->months]; day++) {
        int32_t late = calendar_add_working(k, day, working_days + 1); /* the first day that is too late */
        int32_t most = late - 1 - day;

        f->limit[day - f->first[0]] = (uint16_t)(most > MONTH_WAIT_MAX ? MONTH_WAIT_MAX : most);
    }
}

static int32_t month_at(const struct month_frame *f, int32_t day)
{
    return f->month_of[day - f->first[0]];
}

/* Within the frame and known already. */
static bool happened(const struct month_frame *f, int32_t day)
{
    return day != DAY_NONE && day <= f->last_day;
}

static uint16_t pack_outcome(const struct month_frame *f, const struct month_row *row, int32_t m,
                             bool *clipped)
{
    int32_t day = happened(f, row->started) ? row->started : row->left;

    if (!happened(f, day))
        return (uint16_t)(MONTH_ROW_WAITING << 11 | (row->received - f->first[m]));
    if (day - row->received > MONTH_WAIT_MAX) {
        day = row->received + MONTH_WAIT_MAX;
        *clipped = true;
    }
    int32_t wait = day - row->received;
    int32_t later = month_at(f, day) - month_at(f, f->first[m] + wait);
    int32_t kind = happened(f, row->started) ? MONTH_ROW_STARTED : MONTH_ROW_LEFT;

    assert(later >= 0 && later <= 2);
    return (uint16_t)((kind + later) << 11 | wait);
}

enum month_row_error month_row_pack(const struct month_frame *f, const struct month_row *row,
                                    uint32_t *ret_group, uint16_t ret_code[2], bool *ret_clipped)
{
    bool clipped = false;

    if (row->received < f->first[0] || row->received > f->last_day || row->cell < 0 || row->cell >= f->cells)
        return MONTH_ROW_OUTSIDE;
    if ((row->started != DAY_NONE && row->started < row->received) ||
        (row->left != DAY_NONE && (row->left < row->received || row->started != DAY_NONE)) ||
        (row->closed != DAY_NONE && row->closed < row->received))
        return MONTH_ROW_WRONG;
    int32_t m = month_at(f, row->received);
    uint32_t outcome = pack_outcome(f, row, m, &clipped);
    uint32_t rest = (uint32_t)(row->received - f->first[m]) | (uint32_t)MONTH_NOT_CLOSED << 10;

    if (happened(f, row->closed)) {
        int32_t end = month_at(f, row->closed), later = end - m;
        clipped |= later > MONTH_CLOSED_MAX;
        later = later > MONTH_CLOSED_MAX ? MONTH_CLOSED_MAX : later;
        rest = (rest & 31) | (uint32_t)(row->closed - f->first[end]) << 5 | (uint32_t)later << 10;
    }
    *ret_group = (uint32_t)(m * f->cells + row->cell);
    ret_code[0] = (uint16_t)(outcome | (row->direct ? (uint32_t)MONTH_ROW_DIRECT : 0u) |
                             (row->reopened ? (uint32_t)MONTH_ROW_REOPENED : 0u));
    ret_code[1] = (uint16_t)rest;
    *ret_clipped |= clipped;
    return MONTH_ROW_OK;
}

void month_row_unpack(const struct month_frame *f, uint32_t group, const uint16_t code[2],
                      struct month_row *ret_row)
{
    int32_t m = (int32_t)group / f->cells, kind = code[0] >> 11 & 7, closed = code[1] >> 10;
    int32_t received = f->first[m] + (code[1] & 31), day = received + (code[0] & MONTH_WAIT_MAX);

    *ret_row =
        (struct month_row){ .cell = (int32_t)group % f->cells,
                            .received = received,
                            .started = kind < MONTH_ROW_LEFT ? day : DAY_NONE,
                            .left = kind >= MONTH_ROW_LEFT && kind < MONTH_ROW_WAITING ? day : DAY_NONE,
                            .closed = DAY_NONE,
                            .direct = (code[0] & MONTH_ROW_DIRECT) != 0,
                            .reopened = (code[0] & MONTH_ROW_REOPENED) != 0 };
    if (closed != MONTH_NOT_CLOSED && m + closed < f->months)
        ret_row->closed = f->first[m + closed] + (code[1] >> 5 & 31);
}

bool month_row_valid(const struct month_frame *f, uint32_t group, const uint16_t code[2])
{
    struct month_row row;
    uint32_t again;
    uint16_t same[2];
    bool clipped = false;

    if (group >= (uint32_t)(f->months * f->cells))
        return false;
    month_row_unpack(f, group, code, &row);
    return month_row_pack(f, &row, &again, same, &clipped) == MONTH_ROW_OK && again == group &&
           same[0] == code[0] &&
           (same[1] == code[1] || (code[1] >> 10 == MONTH_CLOSED_MAX && same[1] >> 10 == MONTH_CLOSED_MAX));
}

void month_rows_sort(const struct month_frame *f, size_t n, const uint32_t *group, const uint16_t (*code)[2],
                     uint32_t *ret_from, uint16_t *ret_outcome, uint16_t *ret_rest)
{
    size_t groups = (size_t)f->months * (size_t)f->cells;

    memset(ret_from, 0, (groups + 2) * sizeof *ret_from);
    for (size_t i = 0; i < n; i++)
        ret_from[group[i] +
                 2]++; /* the place of a group is written at its next one, which placing moves back */
    for (size_t g = 2; g <= groups + 1; g++)
        ret_from[g] += ret_from[g - 1];
    for (size_t i = 0; i < n; i++) {
        uint32_t at = ret_from[group[i] + 1]++;
        ret_outcome[at] = code[i][0];
        ret_rest[at] = code[i][1];
    }
}
