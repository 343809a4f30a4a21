// SPDX-License-Identifier: EUPL-1.2
/* Facts: what measuring knows of the register beside the waiting clocks of measure/extract.h. One set of
 * columns for each kind of record, one row for each record: moments, numbers, small codes and yes-or-no
 * marks. No persons: no names, no numbers of people or requests, no free text. The register fills them for
 * one moment; whoever measures only reads.
 *
 * A set has the columns that its records have; the others are NULL. Rows that belong to a request carry its
 * team, neighbourhood and so on. A set without any row says nothing about a period: that is "no data", never
 * zero (`since`). */
#ifndef PEIL_MEASURE_FACTS_H
#define PEIL_MEASURE_FACTS_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*        set                 name           a row is */
#define FACT_SET_LIST(X)                                                                                     \
    X(FACT_REQUEST, "request")         /* a request; rows as in the extract */                               \
    X(FACT_SILENCE, "silence")         /* a stretch without contact of somebody who waits */                 \
    X(FACT_WORSE, "worse")             /* became more urgent while waiting */                                \
    X(FACT_WINDOW, "window")           /* an expected period that was told */                                \
    X(FACT_APPOINTMENT, "appointment") /* an appointment whose moment has come, or one that was missed */    \
    X(FACT_LEVEL, "level")             /* a change of the escalation level (AVE) */                          \
    X(FACT_LINE, "line")               /* a line of help that sends the resident on */                       \
    X(FACT_APPLICATION, "application") /* an application for a provision */                                  \
    X(FACT_ANSWER, "answer")           /* somebody was helped: a request with help, a question at once */    \
    X(FACT_GOAL, "goal")               /* a goal that was looked back on */                                  \
    X(FACT_AREA, "area")               /* a life area of a request with a first and a last score */          \
    X(FACT_CALL, "call")               /* phone calls */                                                     \
    X(FACT_CONTACT, "contact")         /* a contact */                                                       \
    X(FACT_CALLBACK, "callback")       /* a promised call-back */                                            \
    X(FACT_SESSION, "session")         /* a consultation hour */                                             \
    X(FACT_COMPLAINT, "complaint")                                                                           \
    X(FACT_SIGNAL, "signal")                                                                                 \
    X(FACT_INCIDENT, "incident")                                                                             \
    X(FACT_AGREEMENT, "agreement") /* a written agreement with a partner */                                  \
    X(FACT_REFERRAL, "referral")   /* a resident sent to us by a partner */                                  \
    X(FACT_STAFF, "staff")         /* a worker */                                                            \
    X(FACT_STAFF_DAY, "staff_day") /* a team on a day */                                                     \
    X(FACT_VACANCY, "vacancy")                                                                               \
    X(FACT_TRANSFER, "transfer")     /* somebody on a hand-over list */                                      \
    X(FACT_PROGRAMME, "programme")   /* a group */                                                           \
    X(FACT_EXPERIENCE, "experience") /* an answer to the three questions after a contact */                  \
    X(FACT_EXPERIENCE_QUESTION, "experience_question") /* an answer to one of these questions */             \
    X(FACT_INVITATION, "invitation")                   /* an invitation to answer them */                    \
    X(FACT_STATEMENT, "statement")                     /* an answer in the yearly survey of clients */       \
    X(FACT_MIRROR, "mirror")                           /* a mirror talk */                                   \
    X(FACT_PANEL, "panel")                             /* an answer of the city panel */                     \
    X(FACT_PARTNER_ANSWER, "partner_answer")           /* an answer of a partner */                          \
    X(FACT_PATTERN, "pattern")                         /* a pattern in complaints or signals */              \
    X(FACT_IMPROVEMENT, "improvement")                 /* a measure to do better */                          \
    X(FACT_PUBLISHED, "published")                     /* a published result */                              \
    X(FACT_ADVICE, "advice")                           /* advice or a question of the advisory council */    \
    X(FACT_WORK_SAMPLE, "work_sample")                 /* hours of a sampled working week */

enum fact_set {
#define X(name, text) name,
    FACT_SET_LIST(X)
#undef X
        FACT_SETS
};

/*        column              name           a moment? */
#define FACT_COLUMN_LIST(X)                                                                                  \
    X(FACT_AT, "at", true)               /* when it happened */                                              \
    X(FACT_END, "end", true)             /* when it was done */                                              \
    X(FACT_DUE, "due", true)             /* until when it had to be done */                                  \
    X(FACT_GONE, "gone", true)           /* when it could not be done any more */                            \
    X(FACT_RECEIVED, "received", true)   /* when the resident asked */                                       \
    X(FACT_RECORDED, "recorded", true)   /* when it was typed in */                                          \
    X(FACT_CONFIRMED, "confirmed", true) /* receipt told in writing */                                       \
    X(FACT_TRIAGED, "triaged", true)     /* judged how urgent */                                             \
    X(FACT_URGENT, "urgent", true)       /* known to be an emergency */                                      \
    X(FACT_URGENT_DUE, "urgent_due", true)                                                                   \
    X(FACT_PROTECTED, "protected", true) /* first protective action, or the first talk */                    \
    X(FACT_STARTED, "started", true)     /* first talk */                                                    \
    X(FACT_OFF, "off", true)             /* off the waiting list, for whatever reason */                     \
    X(FACT_CLOSED, "closed", true)                                                                           \
    X(FACT_NORM, "norm", true)             /* last moment within the norm of its urgency */                  \
    X(FACT_PLANNED, "planned", true)       /* the first plan was agreed */                                   \
    X(FACT_CLEAR, "clear", true)           /* seen and clear: first talk, and plan, help or end */           \
    X(FACT_FIRST_LINE, "first_line", true) /* the first line of help began */                                \
    X(FACT_HELPED, "helped", true)         /* a plan was agreed, or closed with help: the first of these */  \
    X(FACT_WMO, "wmo", true)               /* Wmo report */                                                  \
    X(FACT_WMO_DUE, "wmo_due", true)       /* end of its six weeks */                                        \
    X(FACT_WMO_DONE, "wmo_done", true)     /* written account of the research */                             \
    X(FACT_WINDOW_END, "window_end", true) /* last day of the expected period that was told last */          \
    X(FACT_AGAIN, "again", true)           /* the next request of the same person after closing */           \
    X(FACT_TIMES, "times", false)          /* how many such facts the row stands for */                      \
    X(FACT_WAITED, "waited", false)        /* seconds until answered */                                      \
    X(FACT_NUMBER, "number", false)                                                                          \
    X(FACT_PEOPLE, "people", false)                                                                          \
    X(FACT_WHO, "who", false) /* the same number for the same person; no number of a person */               \
    X(FACT_TALKS, "talks", false)                                                                            \
    X(FACT_CHANGES, "changes", false) /* of the main worker */                                               \
    X(FACT_AREAS, "areas", false)     /* life areas with a score */                                          \
    X(FACT_WIDTH, "width", false)     /* days from the first to the last day of a window */                  \
    X(FACT_PLANNED_MINUTES, "planned_minutes", false)                                                        \
    X(FACT_HELD_MINUTES, "held_minutes", false)                                                              \
    X(FACT_QUESTIONS, "questions", false)                                                                    \
    X(FACT_UNHANDLED, "unhandled", false)                                                                    \
    X(FACT_SOLVED, "solved", false)                                                                          \
    X(FACT_MADE, "made", false) /* requests that came of it */                                               \
    X(FACT_SICK, "sick", false)                                                                              \
    X(FACT_FILLED, "filled", false)           /* hundredths of an fte in service */                          \
    X(FACT_PRESENT, "present", false)         /* the same, less who is absent */                             \
    X(FACT_ESTABLISHED, "established", false) /* the same, agreed */                                         \
    X(FACT_OPEN, "open", false)               /* open requests, in hundredths */                             \
    X(FACT_CAPACITY, "capacity", false)                                                                      \
    X(FACT_TOOK_PART, "took_part", false)                                                                    \
    X(FACT_FINISHED, "finished", false)                                                                      \
    X(FACT_SEVERITY, "severity", false)                                                                      \
    X(FACT_REPORTERS, "reporters", false)                                                                    \
    X(FACT_EUROS, "euros", false)                                                                            \
    X(FACT_MINUTES, "minutes", false)

enum fact_column {
#define X(name, text, moment) name,
    FACT_COLUMN_LIST(X)
#undef X
        FACT_COLUMNS
};

/*        mark */
#define FACT_MARK_LIST(X)                                                                                    \
    X(DIRECT, "direct")           /* the team itself helped */                                               \
    X(INDIRECT, "indirect")       /* somebody else did */                                                    \
    X(PLAN_DIRECT, "plan_direct") /* by the plan: the team itself */                                         \
    X(CLOSED_DIRECT, "closed_direct")                                                                        \
    X(CLOSED_INDIRECT, "closed_indirect")                                                                    \
    X(EMERGENCY, "emergency")   /* now */                                                                    \
    X(AT_ONCE, "at_once")       /* answered at once: no waiting */                                           \
    X(CARRY_OVER, "carry_over") /* waited before the register began */                                       \
    X(DUPLICATE, "duplicate")   /* the same question as another request */                                   \
    X(REPEAT, "repeat")         /* the same person had a request that closed in the months before */         \
    X(KNOWN, "known")           /* it is known who */                                                        \
    X(BRIDGED, "bridged")       /* help for the time of waiting was offered */                               \
    X(BRIDGE_USED, "bridge_used")                                                                            \
    X(TOLD, "told") /* of the independent supporter */                                                       \
    X(UNDERSTOOD, "understood")                                                                              \
    X(SUPPORTED, "supported")     /* the supporter helped */                                                 \
    X(CARER, "carer")             /* there is an informal carer */                                           \
    X(CARER_ASKED, "carer_asked") /* how heavy it is was asked */                                            \
    X(CHOICE, "choice")           /* choice of provider: explained */                                        \
    X(CHOICE_LAW, "choice_law")   /* the law gives a choice */                                               \
    X(WISH, "wish")               /* a wish for a provider is known */                                       \
    X(HONOURED, "honoured")                                                                                  \
    X(MULTIPLE, "multiple") /* several problems at once */                                                   \
    X(ALONE, "alone")       /* can go on alone, says the resident */                                         \
    X(ALONE_ASKED, "alone_asked")                                                                            \
    X(WMO_DROPPED, "wmo_dropped") /* ended before the six weeks were over */                                 \
    X(NO_PLACE, "no_place")       /* neighbourhood not known */                                              \
    X(HALF, "half")               /* required fields are missing */                                          \
    X(CORRECTED, "corrected")     /* a step was taken back */                                                \
    X(ANSWERED, "answered")                                                                                  \
    X(ABANDONED, "abandoned")                                                                                \
    X(UNTIMED, "untimed") /* how long it took is not known */                                                \
    X(FAILURE, "failure") /* exists because something was late, unclear or wrong */                          \
    X(FIRST, "first")                                                                                        \
    X(LAST, "last")                                                                                          \
    X(RETURNED, "returned") /* came back about the same within 14 days */                                    \
    X(WITHDRAWN, "withdrawn")                                                                                \
    X(BY_PLAN, "by_plan")                                                                                    \
    X(HELD, "held")                                                                                          \
    X(REACHED, "reached")                                                                                    \
    X(UP, "up")                                                                                              \
    X(DOWN, "down")                                                                                          \
    X(MISSED, "missed") /* the resident did not come */                                                      \
    X(MISSED_BY_US, "missed_by_us")                                                                          \
    X(ARRIVED, "arrived")                                                                                    \
    X(UNKNOWN, "unknown")                                                                                    \
    X(BY_RESIDENT, "by_resident") /* reached, says the resident */                                           \
    X(BY_WORKER, "by_worker")                                                                                \
    X(SOLVED, "informal") /* solved by talking */                                                            \
    X(COMMITTEE, "committee")                                                                                \
    X(OMBUDSMAN, "ombudsman")                                                                                \
    X(JUDGED, "judged")                                                                                      \
    X(KEPT, "kept")                                                                                          \
    X(CONSENT, "consent")                                                                                    \
    X(STAYS, "stays") /* stays with the partner while waiting */                                             \
    X(TRANSFERRED, "transferred")                                                                            \
    X(SAME_WORKER, "same_worker")                                                                            \
    X(WORKER_ASKED, "worker_asked") /* whether the worker stayed the same is known */                        \
    X(ASKED, "asked")               /* to move at the takeover */                                            \
    X(MOVED, "moved")               /* moved at the takeover */                                              \
    X(CALAMITY, "calamity")                                                                                  \
    X(REPORTED, "reported") /* reported to the supervisor */                                                 \
    X(MEASURED, "measured") /* something was done about it */

enum fact_mark {
#define X(name, text) FACT_IS_##name,
    FACT_MARK_LIST(X)
#undef X
        FACT_MARKS
};
#define FACT_BIT(mark) (UINT64_C(1) << FACT_IS_##mark)

/* Small codes from 0, -1 unknown, with their texts in struct facts. */
/*        code                name */
#define FACT_CODE_LIST(X)                                                                                    \
    X(FACT_TEAM, "team")                                                                                     \
    X(FACT_NEIGHBOURHOOD, "neighbourhood")                                                                   \
    X(FACT_URGENCY, "urgency")                                                                               \
    X(FACT_CHANNEL, "channel")                                                                               \
    X(FACT_ROUTE, "route")                                                                                   \
    X(FACT_CATEGORY, "category")                                                                             \
    X(FACT_KIND, "kind")   /* what this set tells apart: kind of help, of complaint ... */                   \
    X(FACT_CAUSE, "cause") /* a second one */

enum fact_code {
#define X(name, text) name,
    FACT_CODE_LIST(X)
#undef X
        FACT_CODES
};

struct fact_rows {
    size_t n;
    const int64_t *column[FACT_COLUMNS]; /* moments: TIME_NONE; numbers: INT64_MIN unknown */
    const int32_t *code[FACT_CODES];
    const uint64_t *marks; /* bits FACT_BIT; NULL: none */
    int64_t since;         /* the first moment of which the set tells; TIME_NONE: it has no source here */
};
struct fact_names {
    const char *const *name;
    size_t n;
};
struct facts {
    struct fact_rows set[FACT_SETS];
    struct fact_names name[FACT_CODES];
    const int64_t *inhabitants; /* by code of the neighbourhood; -1 unknown; NULL */
    int64_t begin;              /* first moment of the requests; of several organisations the earliest */
};

/* The codes of requests that stand in the extract: these of FACT_REQUEST are the extract's. */
static inline bool fact_code_is_of_extract(enum fact_set set, enum fact_code code)
{
    return set == FACT_REQUEST && code != FACT_KIND && code != FACT_CAUSE;
}

const char *fact_set_name(enum fact_set set);
const char *fact_column_name(enum fact_column column);
bool fact_column_is_moment(enum fact_column column);
const char *fact_mark_name(enum fact_mark mark);
const char *fact_code_name(enum fact_code code);
/* By name, of `len` bytes. */
bool fact_set_find(const char *name, size_t len, enum fact_set *ret_set);
bool fact_column_find(const char *name, size_t len, enum fact_column *ret_column);
bool fact_mark_find(const char *name, size_t len, enum fact_mark *ret_mark);
bool fact_code_find(const char *name, size_t len, enum fact_code *ret_code);

#endif
