// SPDX-License-Identifier: EUPL-1.2
/* Control charts: is a point, or a row of points, more than chance makes?
 *
 * The road: a series -> chart_limits (centre, limits of every point, all constants) -> chart_signals (what is
 * flagged, and by which rule). Nothing is allocated: the arrays of the chart belong to the caller and have as
 * many places as the series has points. A value that is not known is NaN: it is no zero, has no limits, is
 * never flagged and breaks no run.
 *
 *   kind          value and limits                                                   source
 *   CHART_XMR     x; mean +- 2.66 mR, mR the mean moving range (2.66 = 3 / 1.128)    Wheeler & Chambers 1992,
 *                 Understanding Statistical Process Control, 2nd ed., ch. 3; Montgomery 2009, eq. 6.33
 *   CHART_P       k / n; p +- 3 sqrt(p (1 - p) / n), p = sum k / sum n               Montgomery eq. 7.8, 7.2
 *   CHART_U       k / n; u +- 3 sqrt(u / n)                                          Montgomery eq. 7.19
 *   CHART_C       k; c +- 3 sqrt(c)                                                  Montgomery eq. 7.17
 *   CHART_P_PRIME CHART_P with 3 sigma_z: sigma_z = mean moving range of the         Laney 2002, Quality
 *   CHART_U_PRIME z values / 1.128, so that large n does not flag everything        Engineering 14:531-537
 *   CHART_G       cases between two events; g +- 3 sqrt(g (g + 1)); runs are told    Benneyan 2001, Health
 * Care against 0.693 g, near the median of that skew distribution        Manag. Sci. 4:305-318; Provost &
 * Murray 2011, The Health Care Data Guide, p. 228 CHART_T       time between two events, as XmR of x^(1
 * / 3.6), turned back        Nelson 1994, J. Quality Technology 26:60-61 Montgomery: Introduction to
 * Statistical Quality Control, 6th ed. Limits that cannot be (below 0, a share above 1) are cut off there,
 * except of CHART_XMR. */
#ifndef PEIL_MEASURE_CONTROL_CHART_H
#define PEIL_MEASURE_CONTROL_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum chart_kind {
    CHART_XMR,
    CHART_P,
    CHART_P_PRIME,
    CHART_U,
    CHART_U_PRIME,
    CHART_C,
    CHART_G,
    CHART_T,
    CHART_KINDS
};
/* P and U, plain or of Laney: a numerator and a denominator. */
bool chart_needs_denominator(enum chart_kind kind);

#define CHART_D2 1.128       /* mean range of two values of a standard normal, in sigma */
#define CHART_XMR_WIDTH 2.66 /* 3 / CHART_D2, as everybody rounds it */
#define CHART_SCREEN 3.267   /* D4 for two values: a moving range above it times their mean is no chance */
#define CHART_T_POWER 3.6
#define CHART_G_MEDIAN 0.693 /* ln 2 */
#define CHART_SIGMAS 3.0

struct chart_series {
    enum chart_kind kind;
    const double *value;       /* the value, or the numerator of P and U */
    const double *denominator; /* of P and U: above 0, else the point counts as not known; else NULL */
    size_t n;
    bool screen;      /* leave out, once, the moving ranges above CHART_SCREEN times their mean */
    size_t freeze;    /* the centre and the limits come from the first so many points; 0: from all */
    const bool *skip; /* points that the centre and the limits do not come from; NULL: none */
};

struct chart {
    double *point;         /* n each: the value that is drawn */
    double *lower, *upper; /* its limits */
    double *sigma;         /* a third of the way to the limits, before they were cut off */
    bool turned;           /* sigma is one of turned values (CHART_T) */
    double centre;         /* the line; NaN when there is nothing to draw it from */
    double run_line;       /* the line that runs are told against: the centre, but of CHART_G */
    double mean_range;     /* XMR, T (of the turned values), Laney (of z): after screening; else NaN */
    double range_limit;    /* ranges above it were left out; NaN without screening */
    double sigma_z;        /* of Laney; 1 for the others */
    size_t screened;       /* ranges left out */
    size_t ranges;         /* ranges used */
    size_t baseline;       /* points used */
    size_t known;          /* points with a value */
};

/* Fills the arrays of ret (which the caller has set) and the rest of it. Moving ranges are taken between
 * baseline points that follow each other, over the points that are left out. */
void chart_limits(const struct chart_series *s, struct chart *ret);

enum chart_rules {
    /* NHS England, Making Data Count (2019): outside a limit; 7 points in a row on one side of the centre;
     * 7 points in a row rising or falling; 3 points in a row on one side of which 2 lie near the limit, that
     * is more than 2 sigma away and not outside. Every point of such a row is flagged, of the last rule only
     * those near the limit. As in R's NHSRplotthedots. */
    CHART_RULES_NHS,
    /* Anhoej & Olesen 2014, PLoS ONE 9(11):e113825; Anhoej 2015, PLoS ONE 10(3):e0121349: outside a limit;
     * the longest run on one side of the centre above round(log2 n) + 3; fewer crossings of it than the 5 %
     * quantile of a binomial of n - 1 trials at 1/2. n are the points that do not lie on the centre. */
    CHART_RULES_ANHOEJ,
    CHART_RULES_NONE /* only what lies outside a limit */
};
#define CHART_SHIFT 7
#define CHART_TREND 7
#define CHART_NEAR_SIGMAS 2.0

enum chart_flag {
    CHART_OUTSIDE = 1 << 0,
    CHART_FLAG_SHIFT = 1 << 1,
    CHART_FLAG_TREND = 1 << 2,
    CHART_FLAG_NEAR = 1 << 3,         /* two of three near one limit */
    CHART_FLAG_LONG_RUN = 1 << 4,     /* in a run that is longer than chance makes it */
    CHART_FLAG_FEW_CROSSINGS = 1 << 5 /* all points, when the line is crossed too seldom */
};

/* Runs about the centre; the same for every kind and rule set. */
struct chart_runs {
    size_t useful;        /* known points that do not lie on the line */
    size_t longest;       /* points of the longest run */
    size_t longest_max;   /* longer is a signal */
    size_t crossings;     /* changes of side */
    size_t crossings_min; /* fewer is a signal */
    bool signal;
};

/* flag[n] receives bits of enum chart_flag for each point. */
struct chart_runs chart_signals(const struct chart *k, size_t n, enum chart_rules rules, uint8_t *ret_flag);

#endif
