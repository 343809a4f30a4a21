// SPDX-License-Identifier: EUPL-1.2
/* Applications that wait for a decision, and how the municipality does (besluiten, achterstand). */
#ifndef PEIL_WEB_DECISION_H
#define PEIL_WEB_DECISION_H

#include "account/chart.h"
#include "register/application.h"
#include "web/frame.h"
#include "web/sheet_view.h"

struct decision_line {          /* of a small table: a name and a number */
    const char *name, *article; /* article: NULL for none */
    int64_t n;
};
struct decision_page {
    struct frame frame;
    struct tab tab[4];
    size_t tabs;
    struct sheet_view sheet;
    struct decision_figures figures;
    const char *owner;
    const char *in_term; /* share; NULL: too few to say */
    const char *weeks;   /* of work; NULL: nothing was decided */
    struct chart chart;
    struct decision_line party[PARTIES];
    size_t parties;
    struct decision_line ground[DECISION_GROUNDS];
    size_t grounds;
    struct decision_line result[DECISION_RESULTS];
    size_t results;
    const char *first_week, *last_week;
};

enum err web_decisions_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
