// SPDX-License-Identifier: EUPL-1.2
#include "stat/people.h"

static const struct history_fact never = { TICK_NONE, TICK_NONE };

bool people_room(struct people *p, size_t most, struct arena *a)
{
    *p = (struct people){ .received = arena_array(a, most, sizeof *p->received),
                          .started = arena_array(a, most, sizeof *p->started),
                          .left = arena_array(a, most, sizeof *p->left),
                          .closed = arena_array(a, most, sizeof *p->closed),
                          .stream = arena_array(a, most, sizeof *p->stream),
                          .team = arena_array(a, most, sizeof *p->team),
                          .helper = arena_array(a, most, sizeof *p->helper),
                          .turn = arena_array(a, most, sizeof *p->turn),
                          .most = most };
    return p->received != NULL && p->started != NULL && p->left != NULL && p->closed != NULL &&
           p->stream != NULL && p->team != NULL && p->helper != NULL && p->turn != NULL;
}

void people_add(struct people *p, int stream, int team, int32_t day)
{
    size_t i = p->n;

    if (i == p->most)
        return;
    p->n++;
    p->received[i] = (struct history_fact){ day, day };
    p->started[i] = p->closed[i] = p->left[i] = never;
    p->stream[i] = (int16_t)stream;
    p->team[i] = (int16_t)team;
    p->helper[i] = -1;
    p->turn[i] = TICK_NONE;
}

static bool ended(const struct history_fact *end, int32_t before)
{
    return end->at != TICK_NONE && end->at < before;
}

void people_forget(struct people *p, int32_t before)
{
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++) {
        if (ended(&p->closed[i], before) || ended(&p->left[i], before))
            continue;
        p->received[n] = p->received[i];
        p->started[n] = p->started[i];
        p->left[n] = p->left[i];
        p->closed[n] = p->closed[i];
        p->stream[n] = p->stream[i];
        p->team[n] = p->team[i];
        p->helper[n] = p->helper[i];
        p->turn[n] = p->turn[i];
        n++;
    }
    p->n = n;
}

void people_show(const struct people *p, bool helped, struct history *ret_history)
{
    ret_history->n = p->n;
    ret_history->received = p->received;
    ret_history->started = p->started;
    ret_history->left = p->left;
    ret_history->closed = p->closed;
    ret_history->stream = p->stream;
    ret_history->team = p->team;
    ret_history->ticks_a_day = 1;
    if (helped) {
        ret_history->worker = p->helper;
        return;
    }
    for (size_t i = 0; i < p->n; i++)
        p->closed[i] = never;
}
