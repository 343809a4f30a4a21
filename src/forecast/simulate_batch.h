// SPDX-License-Identifier: EUPL-1.2
/* 64 replications side by side: lane l of every array is one of them. What simulate_plain.c does one at a
 * time, with the same numbers, so the same bytes. The workers' side is in wide registers
 * (simulate_wide_workers.h); whose turn it is, is worked out lane by lane (simulate_list.c). What a batch is
 * made of and how it begins: simulate_batch_make.c; its days: simulate_batch.c. */
#ifndef PEIL_FORECAST_SIMULATE_BATCH_H
#define PEIL_FORECAST_SIMULATE_BATCH_H

#include "forecast/simulate_core.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define SIM_WIDE 1
#endif

enum {
    LANES = 64,
    BATCH_STREAMS = HISTORY_STREAMS_MAX,
    BATCH_WORKERS = MODEL_WORKERS_MAX,
    BATCH_BLOCK = 16 /* days */,
    BATCH_HEALTH = 64 /* days, a multiple of that */,
    BATCH_COUNTS = 4 /* of struct sim_count */
};
#define SIM_BEYOND 0xffffffffu /* in sim_batch.queue: beyond the room */

struct sim_batch {
    _Alignas(64) uint32_t a[LANES], b[LANES]; /* keys */
    float duration[LANES], inverse[LANES], ill[LANES], well[LANES];
    uint32_t shift[LANES], room[BATCH_BLOCK][LANES]; /* the different rooms of the block */
    uint32_t places[LANES], left_over[LANES];        /* of today; after the turns */
    float leaves[BATCH_STREAMS][LANES];              /* mean days until somebody leaves */
    float arrival[BATCH_STREAMS][LANES], next[BATCH_STREAMS][LANES];
    uint32_t asked[BATCH_STREAMS][LANES];
    uint8_t busy[BATCH_WORKERS][LANES], cases[BATCH_WORKERS][LANES], free[BATCH_WORKERS][LANES];
    int32_t change[BATCH_WORKERS][LANES]; /* when it falls ill or is back */
    uint32_t changes[BATCH_WORKERS][LANES];
    uint16_t free_of[BATCH_BLOCK][LANES]; /* places of the days of the block */
    uint64_t turns[BATCH_WORKERS]
                  [BATCH_HEALTH]; /* who falls ill or is back on those days: bit l for lane l */
    uint64_t present[BATCH_WORKERS], healthy[BATCH_WORKERS]; /* today, and at the end of the block */
    /* At the beginning of the block, and who started how many on its days: for who may have to go back. */
    bool keeps_free;
    uint64_t present_before[BATCH_WORKERS];
    uint8_t busy_before[BATCH_WORKERS][LANES], free_by[BATCH_WORKERS][BATCH_BLOCK][LANES];
    uint8_t room_at[BATCH_BLOCK];
    const struct sim_table *t;
    const struct sim_wide *wide;
    uint8_t *ends; /* workers × rows × lanes: cases that end on a day; row `days`: not within the days */
    size_t rows;
    uint16_t *came;                /* streams × days × lanes */
    int32_t *size;                 /* lanes × (days + 1) */
    uint64_t *done;                /* lanes × queues of paused */
    uint32_t n;                    /* lanes that count */
    uint64_t active;               /* of these, that are followed */
    uint32_t open[LANES];          /* as of struct sim_list */
    const struct sim_days *known;  /* the days of workers who are not among `own`; NULL */
    const struct sim_lists *lists; /* and the list, of the day `resumes`; NULL */
    int32_t resumes;               /* on this day the batch goes on where `lists` stands; 0 */
    size_t batch;                  /* of them */
    uint64_t own_first, own;       /* who goes through the days here, from day 0 on; now */
    uint64_t differ;               /* who does so from the block of the day `differs_from` on */
    int32_t differs_from;
    uint16_t *log; /* where cases of `log_worker` end, if that is to be known; NULL */
    size_t log_room, logged, log_worker;
    uint64_t starters; /* workers who start something today, in any lane */
    bool has_cases;    /* `cases` is of the room of the day before */
    const struct model_draw *draw[LANES];
    size_t first_draw; /* of lane 0 */
    double *counts;    /* without staff: days × BATCH_COUNTS × (draws + LANES) (simulate_batch_places.c) */
    uint8_t *counted;  /* by day: whether they are there */
    struct sim_list list[LANES];
    /* Whose turn it is (simulate_wide_list.h), by place: of sim_table.person. The width is rounded up. */
    size_t width;
    uint16_t *left;  /* lanes × width: the day on which they leave */
    uint32_t *queue; /* lanes × queue_lane: who asks from day 0 on, in order (simulate_wide_queue.h), of each
                        stream from `later` on */
    size_t later[BATCH_STREAMS], queue_lane;
    uint32_t later_room[BATCH_STREAMS];
    uint32_t asks[BATCH_STREAMS][LANES]; /* so many of them stand there */
    uint32_t *rank;                      /* streams × days: by age, above 16 bits */
    uint32_t *priority;                  /* days × width */
    bool *has_priority;                  /* by day */
    size_t moves;    /* from one day to the next of `moved`: the width, or 0: persons are not counted */
    int32_t *moved;  /* days × moves: how many lanes have the turn here for the first time, minus for the
                        last time: the sum up to a place is how many have it on that day */
    uint8_t *gone;   /* lanes × width / 8: a bit by place: had left when the turn came */
    uint32_t *often; /* by place: in how many lanes so far */
    uint64_t standing[BATCH_STREAMS];       /* lanes in which somebody of day 0 still waits, by stream */
    uint32_t head[BATCH_STREAMS][LANES];    /* as of struct sim_list */
    uint32_t taken[BATCH_STREAMS][LANES];   /* so many later requests and probes had the turn, */
    uint32_t backlog[BATCH_STREAMS][LANES]; /* and so many wait */
    uint8_t strict[BATCH_STREAMS];          /* streams, who goes first before others, whatever the age */
    uint64_t older[BATCH_STREAMS];          /* lanes in which some of them came before today */
    bool is_strict;
    uint8_t front[BATCH_STREAMS]; /* streams in which somebody waits today, in any lane */
    size_t fronts;
    bool uniform;                 /* help lasts as long in all lanes: one set of parameters */
    bool left_known;              /* the day on which they leave is as of ask.shared, */
    bool came_known;              /* who comes is as of ask.shared (simulate_batch_share.c) */
    uint64_t turns_known;         /* and when these workers fall ill */
    const uint64_t *shared_turns; /* of the batch */
    size_t shared_workers;
    bool alone;          /* workers may go through the days alone, block by block */
    int32_t asked_until; /* after this day nobody still has to come back or is asked about */
    float enough;        /* when so many wait for each place of the block before; more after it was wrong */
};

/* What is done in wide registers, one table for each width. The files are simulate_wide_*.h. */
struct sim_wide {
    void (*begin)(struct sim_batch *b, uint64_t who); /* workers */
    void (*requests)(struct sim_batch *b, int32_t day);
    /* Health and room of the days of a block, which begins today. */
    void (*block)(struct sim_batch *b, int32_t day);
    /* These workers (bits) on days day .. until - 1 of a block, when more people wait than there are places;
     * and back to the beginning of a day of the block, when there were too few. */
    void (*alone)(struct sim_batch *b, int32_t day, int32_t until, uint64_t who);
    void (*back)(struct sim_batch *b, int32_t day, int32_t until, uint64_t who);
    /* Or one day: up to the turns, and from the turns on. */
    void (*places)(struct sim_batch *b, int32_t day);
    void (*start)(struct sim_batch *b, int32_t day);
    /* Without staff: the places of a day for which `counts` are there. */
    void (*count)(struct sim_batch *b, int32_t day);
    void (*list_begin)(struct sim_batch *b);
    /* Who came today joins the list; every day, after the requests. */
    void (*list_day)(struct sim_batch *b, int32_t day);
    /* Gives the places of today; what is not taken stays in `left_over`. Persons are counted in `moved` and
     * `gone`. */
    void (*list_turns)(struct sim_batch *b, int32_t day, struct sim_tally *tally);
    void (*list_end)(struct sim_batch *b);
    /* How many are on the list of each lane at the end of a day. */
    void (*list_size)(const struct sim_batch *b, int32_t day, uint32_t ret_size[LANES]);
};
extern const struct sim_wide sim_wide_512, sim_wide_256;
/* NULL: this processor has neither, or the plain way is asked for. */
const struct sim_wide *sim_wide_of(enum simulate_with with);

/* Without staff: the places of a day (simulate_batch_places.c). */
/* One value of struct sim_count for every draw, and again for the first LANES of them, so that those of any
 * 64 replications stand in a row. */
static inline double *sim_batch_counts(const struct sim_batch *b, int32_t day, size_t value)
{
    return b->counts + ((size_t)day * BATCH_COUNTS + value) * (b->t->m->draws + LANES);
}
bool sim_batch_places_make(struct sim_batch *b, struct arena *a);
void sim_batch_places(struct sim_batch *b, int32_t day);
/* Adds `moved` and `often` to the tally. */
void sim_batch_end(struct sim_batch *b, struct sim_tally *tally);

/* The end of the block of a day. */
static inline int32_t sim_block_end(const struct sim_batch *b, int32_t day)
{
    int32_t end = day - day % BATCH_BLOCK + BATCH_BLOCK;

    return end < b->t->m->days ? end : b->t->m->days;
}
/* A bit for each worker. */
static inline uint64_t sim_everybody(const struct sim_batch *b)
{
    return b->t->m->workers == 0 ? 0 : ~(uint64_t)0 >> (64 - b->t->m->workers);
}
/* A day of the list, when the places of its block are known. Returns whether places were left. */
bool sim_batch_list(struct sim_batch *b, int32_t day, struct sim_tally *tally);
__attribute__((cold)) void sim_batch_log(struct sim_batch *b, const uint32_t *ends, size_t n);

struct sim_batch *sim_batch_make(const struct sim_table *t, const struct sim_wide *wide, struct arena *a);
void sim_batch_begin(struct sim_batch *b, uint32_t first, uint32_t n);
/* Finds out what of ask.shared is the same here; takes it for the batch that begins at `first`. */
void sim_batch_share(struct sim_batch *b);
void sim_batch_share_begin(struct sim_batch *b, uint32_t first);
/* Replications first .. first + n - 1, n at most LANES. */
void sim_batch_run(struct sim_batch *b, uint32_t first, uint32_t n, struct sim_tally *tally);

#endif
