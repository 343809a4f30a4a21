// SPDX-License-Identifier: EUPL-1.2
/* Between the files of forecast/simulate: what is worked out once for a model, what one thread works with,
 * and the list of one replication. */
#ifndef PEIL_FORECAST_SIMULATE_CORE_H
#define PEIL_FORECAST_SIMULATE_CORE_H

#include "forecast/simulate.h"
#include "forecast/simulate_random.h"

enum {
    HELP_BITS = 12, /* the quantile table of help has 2^12 levels: it stays in the first-level cache */
    HELP_TAIL = 64, /* of them at the end, for cases that have lasted longer than nearly all */
    HELP_MOST = 20000,
    LASTED_STEPS = 4, /* a day, of the table that finds a level by days */
    WAIT_BITS = 12,   /* levels of the table of the exponential distribution */
    PLACES_PART = 300 /* a larger mean is drawn in parts */
};

/* One FIFO of those who wait on day 0: of a stream, or at most 64 of a stream that are paused. */
struct sim_queue {
    uint32_t first, n; /* of sim_table.person */
    int16_t stream;
    const uint64_t *back; /* by day: bit i: person i is back from the pause; NULL: not paused */
};
struct sim_table {
    const struct model *m;
    const struct simulate_ask *ask;
    float *help;      /* 2^HELP_BITS levels, just below the days (help_make says why) */
    uint16_t *lasted; /* levels below i / LASTED_STEPS days */
    uint32_t lasted_n;
    float *wait; /* 2^WAIT_BITS levels of the exponential distribution with mean 1 */
    struct sim_queue main[HISTORY_STREAMS_MAX], *paused;
    size_t pauseds;
    uint32_t *person; /* of model.waiting, by queue, in order of asking */
    uint32_t *senior; /* by person of model.waiting: higher asked first; later requests come below */
    int32_t
        last[HISTORY_STREAMS_MAX];   /* requests of this stream after this day change nothing; -1: none do */
    uint8_t *probes;                 /* streams × days: how many ask then */
    uint64_t *here;                  /* by day: workers in service and not on leave */
    int32_t more[MODEL_WORKERS_MAX]; /* model_worker.more in 1/256 */
    float *season;                   /* by day: sum of model.season up to and with it */
    int32_t sized; /* up to and with this day the size of the list is asked for; -1: not at all */
};

/* What one set of parameters comes down to. */
struct sim_draw {
    const struct model_draw *p;
    /* Mean days in the exponential table that give the chances a day. */
    float ill, well, leaves[HISTORY_STREAMS_MAX];
};

/* Of one thread. */
struct sim_tally {
    uint32_t *start, *left, *probe;
    uint16_t *list, *probe_day; /* replications × sim_sizes and probes × replications, of all threads */
};

/* The list of one replication. */
struct sim_list {
    const struct sim_table *t;
    struct random_key key;
    uint32_t number;                   /* of those that are asked for, from 0 */
    float leaves[HISTORY_STREAMS_MAX]; /* as of struct sim_draw */
    size_t step;                       /* from one day to the next of `came` */
    uint32_t head[HISTORY_STREAMS_MAX];
    uint16_t *came[HISTORY_STREAMS_MAX]; /* by day */
    int32_t day[HISTORY_STREAMS_MAX];    /* of the first of the later requests that wait */
    uint32_t taken[HISTORY_STREAMS_MAX]; /* of that day */
    uint32_t later[HISTORY_STREAMS_MAX]; /* of all days */
    uint64_t *done;                      /* by queue of paused */
    int32_t *size;                       /* days + 1: change of the list on each day; NULL */
    uint32_t *open;                      /* persons and probes that had no turn yet */
};

/* The sizes of the list that are asked for: how many, and of which days. */
static inline size_t sim_sizes(const struct sim_table *t)
{
    return t->ask->list ? (size_t)t->m->days : t->ask->sizes;
}
static inline int32_t sim_size_day(const struct sim_table *t, size_t i)
{
    return t->ask->list ? (int32_t)i : t->ask->size_day[i];
}
/* From the changes of a replication to its sizes. */
void sim_sizes_keep(const struct sim_table *t, const int32_t *change, uint16_t *ret_size);

/* What ask.shared was worked out with; NULL. */
const struct sim_table *sim_shared_table(const struct simulate_shared *s);
bool sim_table_make(const struct model *m, const struct simulate_ask *ask, struct arena *a,
                    struct sim_table *ret);
void sim_draw_make(const struct model *m, uint32_t replication, struct sim_draw *ret);
/* Days, rounded down, at one level of the exponential table. */
static inline int32_t sim_wait(const struct sim_table *t, uint32_t u, float mean)
{
    return (int32_t)(t->wait[u >> (32 - WAIT_BITS)] * mean);
}
/* Between request i - 1 and request i of a stream, in the expected number. */
static inline float sim_gap(const struct sim_table *t, struct random_key k, uint32_t stream, uint32_t i)
{
    return t->wait[random_at(k, random_place(RANDOM_COME, stream, i)) >> (32 - WAIT_BITS)];
}
/* Where the number of the nth case that a worker starts on a day stands. */
static inline uint32_t sim_help_at(uint32_t worker, uint32_t day, uint32_t nth)
{
    return random_place(RANDOM_HELP, worker, day << 8 | nth);
}
/* Room of a worker: `room` and `more` in 1/256, `shift` of the replication. */
static inline uint32_t sim_room(uint32_t room, uint32_t shift, uint32_t worker, int32_t more)
{
    int32_t n = (int32_t)(room + ((shift + worker * 0x9e3779b9u) >> 24)) + more;
    uint32_t cases = n > 0 ? (uint32_t)n >> 8 : 0;

    return cases < 250 ? cases : 250;
}
uint32_t sim_room_fixed(const struct model *m, int32_t day, const struct model_draw *p);
/* First day on which case i gives its place free. */
int32_t sim_open_ends(const struct sim_table *t, size_t i, float duration, uint32_t u);

/* A count by inversion from 0: the chance of `least`, and p(k + 1) = p(k) × (ratio + more × k) / (k + 1). */
struct sim_count {
    double p, ratio, more, mean;
    uint32_t least;
};
enum { COUNT_MOST = 65535 };
#define COUNT_END 1e-12 /* beyond the mean and with a chance below this nothing comes */
/* Dispersion: the variance over the mean. */
struct sim_count sim_count_of(double mean, double dispersion);
/* Between 0 and 1, of a random number. */
static inline double sim_count_at(uint32_t u)
{
    return ((double)u + 0.5) / 4294967296.0;
}
/* Places on a day without staff: their mean, where the random number of part i of it stands, and how many. */
double sim_places_mean(const struct model *m, const struct model_draw *p, int32_t day);
static inline uint32_t sim_places_at(int32_t day, uint32_t i)
{
    return random_place(RANDOM_PLACES, i & 63, (uint32_t)day + i / 64 * 2048);
}
uint32_t sim_places(const struct model *m, const struct model_draw *p, int32_t day, struct random_key k);

/* Gives up to `places` turns that take a place; returns how many did. */
uint32_t sim_list_turns(struct sim_list *l, int32_t day, uint32_t places, struct sim_tally *tally);
/* The turn of probe `nth` of those who ask on the day at which this stream has come. */
void sim_list_probe(struct sim_list *l, size_t stream, uint32_t nth, int32_t day, struct sim_tally *tally);
/* Who had no turn by the last day. */
void sim_list_end(struct sim_list *l, struct sim_tally *tally);

struct sim_plain;
struct sim_plain *sim_plain_make(const struct sim_table *t, struct arena *a);
void sim_plain_run(struct sim_plain *w, uint32_t replication, struct sim_tally *tally);

#endif
