// SPDX-License-Identifier: EUPL-1.2
#include "web/calibration.h"

#include "base/text.h"
#include "register/list_order.h"
#include "web/show.h"
#include "web/tpl.h"

#include <math.h>
#include <string.h>

/* What the codes of forecast/backtest.h mean, for a table. */
static const char *rival_name(const struct ctx *c, enum rival rival)
{
    static const char *const name[RIVALS] = {
        [RIVAL_LAST] = N_("As long as who began last"),
        [RIVAL_POSITION] = N_("People ahead, divided by the pace"),
        [RIVAL_MEAN] = N_("The mean of the last 26 weeks"),
        [RIVAL_SURVIVAL] = N_("The waits of the last year (Kaplan-Meier)"),
        [RIVAL_NAIVE] = N_("The last 200 waits"),
    };

    return _(name[rival]);
}

static const char *share(struct ctx *c, double v)
{
    return isfinite(v) ? percent_text(c, v) : "";
}

static const char *class_of(struct ctx *c, int16_t stream)
{
    struct turn_stream s[TURN_STREAMS];
    size_t n = turn_streams(s);

    if (stream < 0 || (size_t)stream >= n)
        return _("Everyone");
    const char *urgency = urgency_name(c, s[stream].urgency);
    return s[stream].wmo ? filled_text(c, _("{1}, Wmo report"), urgency, NULL) : urgency;
}

/* Whether periods are told, in a word and its colour. */
static void state_of(struct ctx *c, const struct calibration_stream *s, const char **ret_badge,
                     const char **ret_look)
{
    static const char *const badge[] = { N_("told"), N_("not enough known yet"), N_("withdrawn") };
    static const char *const look[] = { "success", "inactive", "warning" };
    enum calibration_reason reason = s->told ? CALIBRATION_TOLD : s->reason;

    *ret_badge = _(badge[reason]);
    *ret_look = look[reason];
}

static struct calibration_row row_of(struct ctx *c, const struct calibration_kept *k,
                                     const struct calibration_scores *s)
{
    struct calibration_row r = { .class = class_of(c, s->stream),
                                 .n = (int64_t)s->every.n,
                                 .few = s->every.n < CALIBRATION_SHOWN };

    const struct calibration_stream *now =
        s->stream < 0 ? &k->calibration.all : &k->calibration.stream[s->stream];
    state_of(c, now, &r.badge, &r.look);
    if (r.few)
        return r;
    r.lately = now->n >= CALIBRATION_SHOWN ? share(c, now->hit) : "";
    r.every = share(c, s->every.coverage);
    r.first = s->first.n >= CALIBRATION_SHOWN ? share(c, s->first.coverage) : "";
    r.last = s->last.n >= CALIBRATION_SHOWN ? share(c, s->last.coverage) : "";
    r.early = share(c, s->every.early);
    r.late = share(c, s->every.late);
    r.width = number_text(c, s->every.width, 0);
    return r;
}

static void rivals_fill(struct ctx *c, const struct calibration_scores *s, struct calibration_list *l)
{
    for (int i = -1; i < RIVALS; i++) {
        const struct score_mean *m = i < 0 ? &s->every : &s->rival[i];
        if (m->n < CALIBRATION_SHOWN)
            continue;
        l->rival[l->rivals++] =
            (struct rival_row){ .name = i < 0 ? _("Peil") : rival_name(c, (enum rival)i),
                                .error = isfinite(m->absolute) ? number_text(c, m->absolute, 1) : "",
                                .pinball = isfinite(m->pinball) ? number_text(c, m->pinball, 2) : "",
                                .coverage = share(c, m->coverage),
                                .ours = i < 0 };
    }
}

/* The conclusion in a sentence or two. */
static const char *sentence_of(struct ctx *c, const struct calibration_kept *k)
{
    const struct calibration_stream *all = &k->calibration.all;
    const char *hit = isfinite(all->hit) ? count_text(c, lround(100 * all->hit)) : NULL;

    if (!k->there || hit == NULL || all->n < CALIBRATION_SHOWN)
        return _("Too little is known yet of how often periods are right, so none are told.");
    const char *right = filled_text(c, _("Of 100 periods {1} were right in the last half year."), hit, NULL);
    const char *so =
        all->told ? _("We tell them.") : _("That is too few: we tell none until it is right again.");
    return filled_text(c, "{1} {2}", right, so);
}

static enum err list_fill(struct ctx *c, int64_t list, struct calibration_list *ret_list)
{
    struct calibration_list l = { .list = list };
    struct calibration_kept k;
    struct calibration_row *row;

    TRY(expectation_list_name(c, list, &l.name));
    TRY(calibration_get(c, list, c->today, &k));
    TRY(expectation_order_of(c, list, &l.order));
    TRY(ctx_alloc(c, k.n + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < k.n; i++) {
        if (k.scores[i].stream < 0)
            rivals_fill(c, &k.scores[i], &l);
        if (k.scores[i].every.n > 0)
            row[l.n++] = row_of(c, &k, &k.scores[i]);
    }
    l.row = row;
    l.sentence = sentence_of(c, &k);
    state_of(c, &k.calibration.all, &l.badge, &l.look);
    l.origins = (int64_t)k.origins;
    l.withdrawals = (int64_t)k.withdrawals;
    l.origin = k.origin;
    l.withdrawn_on = k.withdrawn_on;
    *ret_list = l;
    return OK;
}

/* The list of the reader's own team stands first and open; for who has none the one on which most people
 * wait.
 */
static enum err own_first(struct ctx *c, struct calibration_list *list, size_t n)
{
    int64_t id;

    TRY(expectation_list_longest(c, &id));
    if (c->actor != NULL && c->actor->team != INT_NONE)
        TRY(expectation_list_id(c, c->actor->team, &id));
    for (size_t i = 1; i < n; i++)
        if (list[i].list == id) {
            struct calibration_list own = list[i];
            memmove(&list[1], &list[0], i * sizeof own);
            list[0] = own;
        }
    if (n > 0)
        list[0].open = true;
    return OK;
}

enum err web_calibration_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct calibration_page p = { 0 };
    struct calibration_list *list;
    const int64_t *id;

    TRY(frame_fill(c, r, _("How often are our periods right?"),
                   user_may(c, RIGHT_FIGURES) ? "/forecast" : NULL, &p.frame));
    TRY(expectation_lists(c, &id, &p.n));
    TRY(ctx_alloc(c, p.n + 1, sizeof *list, (void *)&list));
    for (size_t i = 0; i < p.n; i++)
        TRY(list_fill(c, id[i], &list[i]));
    TRY(own_first(c, list, p.n));
    p.list = list;
    return calibration_html(c, &out->body, &p);
}
