// SPDX-License-Identifier: EUPL-1.2
#include "web/request_card.h"

#include "base/buf.h"
#include "base/text.h"
#include "web/case_card.h"
#include "web/route.h"
#include "web/window_tell.h"

#include <string.h>

/* Where a card stands: before the first talk, while help runs, and after the end; 0: not then. */
static const struct {
    const char *title, *id;
    enum err (*fill)(struct ctx *c, const struct request *r, struct request_card *k);
    int waiting, helped, ended;
} cards[] = {
    { N_("Expected period"), "card-expected", card_expected, 5, 0, 0 },
    { N_("Asked before"), "card-again", card_again, 10, 60, 20 },
    { N_("Closed"), "card-closing", card_closing, 0, 0, 10 },
    { N_("Talks"), "card-talk", card_talk, 20, 20, 50 },
    { N_("Plan"), "card-plan", card_plan, 0, 10, 30 },
    { N_("Help"), "card-line", card_line, 0, 15, 40 },
    { N_("Looking back"), "card-evaluation", card_evaluation, 0, 30, 45 },
    { N_("Groups"), "card-group", card_group, 30, 40, 60 },
    { N_("The waiting"), "card-waited", card_waited, 0, 50, 70 },
};

struct card_line *card_line_add(struct request_card *k, const char *label, const char *text)
{
    struct card_line *l = &k->line[k->n < CARD_LINES ? k->n++ : CARD_LINES - 1];

    *l = (struct card_line){ .label = label, .text = text };
    return l;
}

enum err request_url(struct ctx *c, const struct request *r, const char *path, const char **ret_url)
{
    struct buf b = { 0 };

    buf_printf(&b, "/requests/%lld%s", (long long)r->id.v, path);
    enum err e = ctx_copy(c, buf_text(&b), ret_url);
    buf_free(&b);
    return e;
}

/* Whether there is such a page and this user may see it. */
static bool leads(const struct ctx *c, const char *url)
{
    const struct route *route;
    struct path_ids ids;

    return route_find(METHOD_GET, url, strcspn(url, "?"), &route, &ids) == OK && c->actor != NULL &&
           role_may(c->actor->role, route->right);
}

enum err card_action_add(struct ctx *c, const struct request *r, struct request_card *k, const char *label,
                         const char *path)
{
    const char *url;

    TRY(request_url(c, r, path, &url));
    if (k->actions < CARD_ACTIONS && leads(c, url))
        k->action[k->actions++] = (struct card_action){ label, url };
    return OK;
}

static int place_of(size_t i, const struct request *r)
{
    if (r->now.ended_at != TIME_NONE)
        return cards[i].ended;
    return r->now.waiting ? cards[i].waiting : cards[i].helped;
}

enum err request_cards_fill(struct ctx *c, const struct request *r, struct request_card **ret_card,
                            size_t *ret_n)
{
    struct request_card *card;
    size_t n = 0;

    TRY(ctx_alloc(c, COUNT(cards), sizeof *card, (void *)&card));
    for (int last = 0;;) {
        size_t best = COUNT(cards);
        for (size_t i = 0; i < COUNT(cards); i++)
            if (place_of(i, r) > last && (best == COUNT(cards) || place_of(i, r) < place_of(best, r)))
                best = i;
        if (best == COUNT(cards))
            break;
        last = place_of(best, r);
        for (size_t i = 0; i < COUNT(cards); i++) {
            if (place_of(i, r) != last)
                continue;
            card[n] = (struct request_card){ .title = _(cards[i].title), .id = cards[i].id };
            TRY(cards[i].fill(c, r, &card[n]));
            for (size_t k = 0; k < card[n].n; k++)
                card[n].plain += card[n].line[k].label == NULL;
            n += card[n].n > 0 || card[n].actions > 0;
        }
    }
    *ret_card = card;
    *ret_n = n;
    return OK;
}

/* ── What is next ─────────────────────────────────────────────────────────────────────────────────────────
 */

struct step {
    const char *label, *path, *why; /* msgids */
};

static struct step step_waiting(const struct request *r)
{
    if (r->now.urgency == URGENCY_UNKNOWN)
        return (struct step){ N_("Decide how urgent it is"), "/triage",
                              N_("Nobody has judged this request yet.") };
    if (r->now.worker == INT_NONE)
        return (struct step){ N_("Give to a worker"), "/allocate",
                              N_("Nobody is going to help this resident yet.") };
    return (struct step){ N_("Register the first talk"), "/talks",
                          N_("The waiting stops at the first talk with the worker who is going to help.") };
}

static enum err step_helped(struct ctx *c, const struct request *r, struct step *ret_step)
{
    struct care k;

    TRY(care_of(c, r, &k));
    const struct care_played *p = &k.played;
    if (!p->planned)
        *ret_step =
            (struct step){ N_("Write the plan"), "/plan/new",
                           N_("Agree on what must be better, who does what, and when you look back.") };
    else if (r->now.state == STATE_PLANNED && p->open == 0)
        *ret_step = (struct step){ N_("Start the help"), "/lines", N_("There is a plan, and no help yet.") };
    else if (p->evaluate_on != DAY_NONE && p->evaluate_on <= c->today)
        *ret_step = (struct step){ N_("Look back together"), "/evaluations", N_("The agreed day has come.") };
    else if (r->now.state == STATE_EVALUATED)
        *ret_step = (struct step){ N_("Close the request"), "/close",
                                   N_("You looked back together and agreed on no next time.") };
    else
        *ret_step = (struct step){ N_("Register a talk"), "/talks", N_("The help runs.") };
    return OK;
}

static enum err step_ended(struct ctx *c, const struct request *r, struct step *ret_step)
{
    const struct config *config;
    struct care k;

    TRY(config_get(c, &config));
    TRY(care_of(c, r, &k));
    int64_t until = k.played.helped_until;
    if (until != TIME_NONE && date_add_months(time_nl_day(until), config->aftercare_months) <= c->today)
        *ret_step = (struct step){ N_("Call how it goes"), "/aftercare",
                                   N_("The help ended some months ago, and nobody has asked how it goes.") };
    else
        *ret_step = (struct step){ N_("Asks for help again"), "/reopen",
                                   N_("The old text goes along; nobody has to tell everything again.") };
    return OK;
}

enum err next_step_fill(struct ctx *c, const struct request *r, struct next_step *ret_step)
{
    struct step s = { 0 };
    const char *url;

    *ret_step = (struct next_step){ 0 };
    if (r->now.merged != INT_NONE)
        return OK;
    if (r->now.ended_at != TIME_NONE)
        TRY(step_ended(c, r, &s));
    else if (r->now.waiting)
        s = step_waiting(r);
    else
        TRY(step_helped(c, r, &s));
    TRY(request_url(c, r, s.path, &url));
    if (leads(c, url))
        *ret_step = (struct next_step){ _(s.label), url, _(s.why) };
    return OK;
}
