// SPDX-License-Identifier: EUPL-1.2
/* The expected periods of the demo register (domain.md section 6: teams that keep an order of their own, a
 * summer, fewer hours for residents from the second year on, a measure) are right as often as they say, from
 * the register to the look back. */
#include "account/expectation.h"
#include "base/date.h"
#include "base/text.h"
#include "register/demo.h"
#include "register/list_order.h"
#include "unit/test.h"

#include <math.h>

struct lists {
    double n, right, loss, naive, worst;
    double class_n[TURN_STREAMS], class_right[TURN_STREAMS];
    int lists, better, own_order;
};

static enum err look_at(struct ctx *c, void *arg, const struct expectation_made *made)
{
    struct lists *l = arg;

    (void)c;
    for (size_t i = 0; i < made->drivers; i++) /* the demo helps who waited 84 days first; the rule differs */
        l->own_order +=
            text_is(made->driver[i].name, EXPECTATION_ORDER) && lround(made->driver[i].value) == 84;
    for (size_t i = 0; i < made->kept->n; i++) {
        const struct calibration_scores *s = &made->kept->scores[i];
        const struct score_mean *e = &s->every;
        double n = (double)e->n;
        if (e->n == 0)
            continue;
        if (s->stream >= 0) {
            l->class_n[s->stream] += n;
            l->class_right[s->stream] += n * e->coverage;
            continue;
        }
        l->lists++;
        l->n += n;
        l->right += n * e->coverage;
        l->loss += n * e->pinball;
        l->naive += n * s->rival[RIVAL_NAIVE].pinball;
        l->better += e->pinball < s->rival[RIVAL_NAIVE].pinball;
        l->worst = e->coverage < l->worst ? e->coverage : l->worst;
    }
    return OK;
}

/* Eight of ten, on every list about, in every class that has a queue about, at far less loss than P10 to P90
 * of the last 200 waits. Two years are scored. */
TEST_LONG(backtest_demo)
{
    struct ctx *c = test_begin("2026-11-26");
    struct demo_options o = { .seed = 1,
                              .from = date_from_civil(2023, 11, 27),
                              .to = c->today,
                              .scale = 1,
                              .password = "not-a-secret" };
    struct expectation_how how = {
        .seed = 1, .replications = 200, .threads = 1, .list = INT_NONE, .calibrate = true, .whole = true
    };
    struct lists l = { .worst = 1 };
    struct demo_made made;

    if (!CHECK_INT(demo_make(c, &o, &made), OK))
        return;
    CHECK_INT(expectation_show(c, &how, c->today, look_at, &l), OK);
    CHECK_INT(l.lists, 4);
    CHECK(l.n > 20000);
    CHECK(l.right / l.n > .78 && l.right / l.n < .82);
    CHECK(l.worst > .74);
    CHECK_INT(l.better, 4);
    CHECK_INT(l.own_order, 4);
    CHECK(l.loss < .75 * l.naive);
    for (size_t k = 0; k < TURN_STREAMS; k++)
        if (l.class_n[k] > 1000)
            CHECK(l.class_right[k] / l.class_n[k] > .75 && l.class_right[k] / l.class_n[k] < .85);
    test_end(c);
}
