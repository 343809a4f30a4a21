// SPDX-License-Identifier: EUPL-1.2
/* What happens to the made-up residents while they wait, beside the steps of the town: the safety check says
 * something, emergencies get a first protective action, help for now is of some kind, a call is promised, a
 * letter is sent before anyone is given up. */
#include "register/demo_core.h"
#include "register/list_exit.h"

#include <stdlib.h>

#define HOUR 3600

struct writing {
    const struct demo *d;
    const struct town_request *q;
    struct demo_step *step;
    size_t n, room;
    struct rng rng;
};

static struct event *add(struct writing *w, enum kind kind, int64_t at, int64_t account, const char *note)
{
    if (at > w->d->town.param.now || w->n == w->room)
        return NULL;
    struct demo_step *s = &w->step[w->n++];
    *s = (struct demo_step){ .e = EVENT_NONE, .note = note };
    s->e.kind = kind;
    s->e.occurred_at = at;
    s->e.recorded_at = at + 60 * (1 + (int64_t)rng_below(&w->rng, 8));
    if (s->e.recorded_at > w->d->town.param.now)
        s->e.recorded_at = w->d->town.param.now;
    s->e.account = account;
    return &s->e;
}

/* The first action: nearly always within the hour, a few times too late. */
static void protect(struct writing *w, const struct event *judged)
{
    static const char *const what[] = {
        "Vannacht een plek bij haar zus. Politie weet ervan.",
        "Collega is er direct heen gegaan. Kinderen zijn bij oma.",
        "Crisisdienst gebeld; die komt vanmiddag.",
        "Noodpakket eten gebracht en de energie weer laten aansluiten.",
        "Veilig Thuis gebeld voor advies. Afspraak met de wijkagent gemaakt.",
        "Huisarts gaat vandaag langs. Buurvrouw blijft erbij.",
    };
    int64_t minutes = 12 + (int64_t)rng_below(&w->rng, 80);

    if (rng_unit(&w->rng) < .06)
        minutes += 60 * (2 + (int64_t)rng_below(&w->rng, 20));
    int64_t at = judged->occurred_at + minutes * 60;
    if (w->q->started_at != TIME_NONE && at > w->q->started_at)
        at = w->q->started_at - 60; /* the talk came first: help was there then */
    if (at > judged->occurred_at)
        add(w, KIND_PROTECTED, at, w->d->intake, what[rng_below(&w->rng, COUNT(what))]);
}

static void letter(struct writing *w, const struct event *ended)
{
    struct event *e = add(w, KIND_INFORMED, ended->occurred_at - 3 * SECONDS_A_DAY, w->d->intake, NULL);

    if (e != NULL)
        e->reason = REASON_LETTER_UNREACHED;
}

static void bridge(struct writing *w, struct event *offered)
{
    static const char *const kinds[] = { "group", "self_help", "contact_person", "contact_person", "group" };

    offered->reason = kinds[rng_below(&w->rng, COUNT(kinds))];
    if (rng_unit(&w->rng) < .55) {
        const char *kind = offered->reason; /* the array may not be touched through `offered` after this */
        struct event *e =
            add(w, KIND_BRIDGE_ACCEPTED, offered->occurred_at + 2 * SECONDS_A_DAY, w->d->intake, NULL);
        if (e != NULL)
            e->reason = kind;
    }
}

static void look_at(struct writing *w, size_t i)
{
    struct event *e = &w->step[i].e;

    switch (e->kind) {
    case KIND_SAFETY_CHECKED:
        e->reason = w->q->urgency == TOWN_EMERGENCY ? "danger_yes" : "danger_no";
        e->number = (int64_t)rng_below(&w->rng, 2);
        break;
    case KIND_TRIAGED:
        if (e->urgency == URGENCY_EMERGENCY && (size_t)(w->q - w->d->town.request) != w->d->town.emergency)
            protect(w, e);
        break;
    case KIND_BRIDGED:
        bridge(w, e);
        break;
    case KIND_CALL_REACHED:
        if (rng_unit(&w->rng) < .15) /* "call me again next week" */
            e->until = e->occurred_at + (4 + (int64_t)rng_below(&w->rng, 9)) * SECONDS_A_DAY;
        break;
    case KIND_CLOSED:
        if (w->q->end == TOWN_UNREACHABLE && w->q->started_at == TIME_NONE)
            letter(w, e);
        break;
    default:
        break;
    }
}

int demo_step_by_recording(const void *pa, const void *pb)
{
    const struct demo_step *a = pa, *b = pb;

    if (a->e.recorded_at != b->e.recorded_at)
        return a->e.recorded_at < b->e.recorded_at ? -1 : 1;
    if (a->e.occurred_at != b->e.occurred_at)
        return a->e.occurred_at < b->e.occurred_at ? -1 : 1;
    return a->e.seq < b->e.seq ? -1 : a->e.seq > b->e.seq;
}

void demo_steps_sort(struct demo_step *step, size_t n)
{
    for (size_t k = 0; k < n; k++)
        step[k].e.seq = (int64_t)k + 1;
    qsort(step, n, sizeof *step, demo_step_by_recording);
    for (size_t k = 0; k < n; k++)
        step[k].e.seq = (int64_t)k + 1;
}

size_t demo_waiting(const struct demo *d, size_t i, struct demo_step *step, size_t n, size_t room)
{
    struct writing w = { d, &d->town.request[i], step, n, room, { { 0 } } };

    rng_seed(&w.rng, d->o->seed * 0x2545f4914f6cdd1du + i);
    for (size_t k = 0; k < n; k++)
        look_at(&w, k);
    demo_steps_sort(step, w.n);
    return w.n;
}
