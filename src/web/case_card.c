// SPDX-License-Identifier: EUPL-1.2
#include "web/case_card.h"

#include "base/text.h"
#include "register/clock.h"
#include "register/closing.h"
#include "register/group.h"
#include "register/help_line.h"
#include "register/talk.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/show.h"

/* Content that this user may not read is not shown; the timeline says that it is there. */
static enum err withheld(struct ctx *c, const struct request *r, struct request_card *k)
{
    card_line_add(k, NULL, _("Only who works on this case sees what was agreed."));
    return card_action_add(c, r, k, _("Open it with a reason"), "/open");
}

static const char *score_text(struct ctx *c, int64_t score)
{
    return score == INT_NONE ? NULL : filled_text(c, _("score {1}"), count_text(c, score), NULL);
}

/* ── Talks ────────────────────────────────────────────────────────────────────────────────────────────────
 */

static void told_fill(struct ctx *c, const struct request *r, struct request_card *k)
{
    struct told t = told_of(r);

    card_line_add(k, _("Free independent help mentioned"),
                  t.supporter_told != NULL
                      ? code_text(c, supporter_told_answers, supporter_told_count, t.supporter_told)
                      : _("Not yet"));
    if (t.supporter_used != NULL)
        card_line_add(k, _("Client supporter"),
                      code_text(c, supporter_kinds, supporter_kind_count, t.supporter_used));
    if (t.carer != NULL && r->content)
        card_line_add(k, _("The informal carer"), code_text(c, carer_answers, carer_answer_count, t.carer));
    card_line_add(k, _("Choice of provider explained"),
                  t.choice != NULL ? code_text(c, choice_answers, choice_answer_count, t.choice)
                                   : _("Not yet"));
}

static enum err talks_fill(struct ctx *c, const struct request *r, struct request_card *k)
{
    struct talk *talk;
    size_t n;

    TRY(talk_all(c, r, &talk, &n));
    if (n == 0)
        return OK;
    const struct talk *last = &talk[n - 1];
    struct card_line *l = card_line_add(k, last->first ? _("First talk held on") : _("Last talk on"),
                                        long_day_text(c, time_nl_day(last->at)));
    l->sub = text_empty(last->people) ? NULL : last->people;
    if (!text_empty(last->next_step))
        card_line_add(k, _("Agreed"), last->next_step);
    return OK;
}

enum err card_talk(struct ctx *c, const struct request *r, struct request_card *k)
{
    int64_t next = appointment_next(r, c->now);
    bool open = r->now.ended_at == TIME_NONE;

    TRY(talks_fill(c, r, k));
    if (next != TIME_NONE && open)
        card_line_add(k, _("Next appointment"), long_day_text(c, time_nl_day(next)))->sub =
            typed_moment_text(c, next);
    if (!r->now.waiting)
        told_fill(c, r, k);
    if (!open)
        return OK;
    if (r->now.worker != INT_NONE || !r->now.waiting || c->actor->worker != INT_NONE)
        TRY(card_action_add(c, r, k, r->now.waiting ? _("First talk") : _("Talk"), "/talks"));
    TRY(card_action_add(c, r, k, _("Appointment"), "/appointments"));
    if (next != TIME_NONE || !r->now.waiting)
        TRY(card_action_add(c, r, k, _("Did not take place"), "/no-shows"));
    return card_action_add(c, r, k, _("Told and asked"), "/told");
}

/* ── Plan ─────────────────────────────────────────────────────────────────────────────────────────────────
 */

static void plan_lines(struct ctx *c, const struct plan *p, struct request_card *k)
{
    for (size_t i = 0; i < p->goals; i++) {
        const struct goal *g = &p->goal[i];
        struct card_line *l =
            card_line_add(k, filled_text(c, _("Goal {1}"), count_text(c, g->number), NULL), g->what);
        l->sub = filled_text(c, _("{1}, by {2}"), code_text(c, goal_people, goal_people_count, g->for_whom),
                             day_text(c, g->by));
        l->badge = score_text(c, g->score);
        l->look = "inactive";
    }
    struct card_line *l = card_line_add(k, _("Agreed with the resident"),
                                        p->agreed != DAY_NONE ? long_day_text(c, p->agreed) : _("Not yet"));
    if (p->agreed == DAY_NONE) {
        l->badge = _("to do");
        l->look = "warning";
    }
}

enum err card_plan(struct ctx *c, const struct request *r, struct request_card *k)
{
    struct plan *plan;
    struct care care;
    size_t n;

    if (!r->content)
        return withheld(c, r, k);
    TRY(care_of(c, r, &care));
    TRY(plan_all(c, r, &care, &plan, &n));
    if (n > 0)
        plan_lines(c, &plan[n - 1], k);
    else
        card_line_add(k, NULL, _("There is no plan yet."));
    if (n > 0)
        TRY(card_action_add(c, r, k, _("Show and print"), "/plan"));
    if (r->now.ended_at != TIME_NONE)
        return OK;
    return card_action_add(c, r, k, n > 0 ? _("New version") : _("Write the plan"), "/plan/new");
}

/* ── Lines of help ────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err line_fill(struct ctx *c, const struct request *r, const struct help_line *h,
                          struct request_card *k)
{
    struct card_line *l = card_line_add(k, NULL, line_kind_name(c, h->is.kind));
    char path[48] = "/lines/";
    bool open = h->is.ended_at == TIME_NONE;

    *text_put_int(path + 7, h->is.id) = '\0';
    TRY(request_url(c, r, path, &l->url));
    const char *since = day_text(c, time_nl_day(h->is.started_at));
    const char *period =
        open ? filled_text(c, _("since {1}"), since, NULL)
             : filled_text(c, _("{1} to {2}"), since, day_text(c, time_nl_day(h->is.ended_at)));
    l->sub = text_empty(h->provider) ? period : filled_text(c, "{1}, {2}", h->provider, period);
    if (h->arrival_by != DAY_NONE && h->arrival_by <= c->today) {
        l->badge = _("ask about arrival");
        l->look = "warning";
    } else if (h->is.main && open) {
        l->badge = _("main line");
        l->look = "success";
    } else if (!open) {
        l->badge = _("ended");
        l->look = "inactive";
    }
    return OK;
}

enum err card_line(struct ctx *c, const struct request *r, struct request_card *k)
{
    struct help_line *line;
    struct care care;
    size_t n;

    if (!r->content)
        return OK; /* the plan says how to open it */
    TRY(care_of(c, r, &care));
    TRY(line_all(c, r, &care, &line, &n));
    for (size_t i = 0; i < n; i++)
        TRY(line_fill(c, r, &line[i], k));
    if (n == 0)
        card_line_add(k, NULL, _("No help was started."));
    if (r->now.ended_at != TIME_NONE)
        return OK;
    return card_action_add(c, r, k, _("Start help"), "/lines");
}

/* ── Looking back ─────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err areas_fill(struct ctx *c, const struct request *r, struct request_card *k)
{
    struct area_change *change;
    size_t n, rounds, better = 0, worse = 0;

    TRY(areas_change(c, r, &change, &n, &rounds));
    if (rounds == 0)
        return OK;
    for (size_t i = 0; i < n; i++) {
        if (change[i].first <= 0 || change[i].last <= 0)
            continue;
        better += change[i].last > change[i].first;
        worse += change[i].last < change[i].first;
    }
    struct card_line *l =
        card_line_add(k, _("Life areas"),
                      filled_text(c, _("better: {1}, worse: {2}"), count_text(c, (int64_t)better),
                                  count_text(c, (int64_t)worse)));
    if (rounds == 1)
        l->text = _("Scored once; the change is known after a second time.");
    return OK;
}

enum err card_evaluation(struct ctx *c, const struct request *r, struct request_card *k)
{
    const struct config *config;
    struct evaluation *e;
    struct care care;
    size_t n;

    if (!r->content)
        return OK;
    TRY(config_get(c, &config));
    TRY(care_of(c, r, &care));
    TRY(evaluation_all(c, r, &e, &n));
    if (n > 0) {
        size_t reached = 0, partly = 0;
        for (size_t i = 0; i < e[0].results; i++) {
            reached += text_is(e[0].result[i].by_resident, "yes");
            partly += text_is(e[0].result[i].by_resident, "partly");
        }
        card_line_add(k, _("Last time"), long_day_text(c, time_nl_day(e[0].at)))->sub =
            code_text(c, experiences, experience_count, e[0].experience);
        card_line_add(k, _("Goals, says the resident"),
                      filled_text(c, _("reached: {1}, partly: {2}"), count_text(c, (int64_t)reached),
                                  count_text(c, (int64_t)partly)));
    }
    if (care.played.evaluate_on != DAY_NONE) {
        struct card_line *l = card_line_add(k, _("Next time"), long_day_text(c, care.played.evaluate_on));
        l->badge = care.played.evaluate_on <= c->today ? _("to do") : NULL;
        l->look = "warning";
    }
    TRY(areas_fill(c, r, k));
    if (r->now.ended_at == TIME_NONE && care.played.planned)
        TRY(card_action_add(c, r, k, _("Look back together"), "/evaluations"));
    if (config->life_areas)
        TRY(card_action_add(c, r, k, _("Score life areas"), "/areas"));
    return r->now.ended_at == TIME_NONE ? card_action_add(c, r, k, _("Close the request"), "/close") : OK;
}

/* ── Closing, and asking again ────────────────────────────────────────────────────────────────────────────
 */

static void direct_fill(struct ctx *c, const struct closing *z, struct request_card *k)
{
    if (z->direct == NULL)
        return;
    struct card_line *l = card_line_add(k, _("Direct help, by the rule"), direct_name(c, z->direct));
    l->sub = filled_text(c, _("main line at the plan: {1}; at closing: {2}"),
                         z->main_planned != NULL ? line_kind_name(c, z->main_planned) : _("none"),
                         z->main_closed != NULL ? line_kind_name(c, z->main_closed) : _("none"));
    if (z->direct_said != NULL)
        card_line_add(k, _("Judged otherwise"), direct_name(c, z->direct_said))->sub = z->direct_why;
}

static const char *aftercare_text(struct ctx *c, const struct request *r, int64_t helped_until,
                                  const struct config *k)
{
    for (size_t i = r->events; i > 0; i--) {
        const struct event *e = &r->event[i - 1].e;
        if (e->kind == KIND_AFTERCARE && !e->undone)
            return code_text(c, aftercare_results, aftercare_result_count, e->reason);
    }
    if (helped_until == TIME_NONE)
        return NULL;
    return filled_text(c, _("call on {1}"),
                       long_day_text(c, date_add_months(time_nl_day(helped_until), k->aftercare_months)),
                       NULL);
}

enum err card_closing(struct ctx *c, const struct request *r, struct request_card *k)
{
    const struct config *config;
    struct closing z;
    struct care care;
    bool found;

    TRY(config_get(c, &config));
    TRY(closing_get(c, r, &z, &found));
    TRY(care_of(c, r, &care));
    card_line_add(k, _("Closed on"), long_day_text(c, time_nl_day(r->now.ended_at)))->sub =
        reason_name(c, r->now.end_reason);
    if (z.where_to != NULL)
        card_line_add(k, _("Goes on with"), code_text(c, destinations, destination_count, z.where_to));
    if (z.alone != NULL)
        card_line_add(k, _("Can go on alone"), code_text(c, alone_answers, alone_answer_count, z.alone));
    if (r->content)
        direct_fill(c, &z, k);
    const char *after = aftercare_text(c, r, care.played.helped_until, config);
    if (after != NULL)
        card_line_add(k, _("Aftercare"), after);
    if (r->now.merged != INT_NONE)
        return OK;
    if (care.played.helped_until != TIME_NONE)
        TRY(card_action_add(c, r, k, _("Call how it goes"), "/aftercare"));
    if (z.direct != NULL && r->content)
        TRY(card_action_add(c, r, k, _("Judge direct help otherwise"), "/direct"));
    return card_action_add(c, r, k, _("Asks for help again"), "/reopen");
}

static enum err again_fill(struct ctx *c, const struct again *a, const char *label, struct request_card *k)
{
    struct card_line *l;
    char url[48] = "/requests/";

    if (a->request == INT_NONE)
        return OK;
    *text_put_int(url + 10, a->request) = '\0';
    l = card_line_add(k, label, NULL);
    TRY(ctx_copy(c, a->number, &l->text));
    TRY(ctx_copy(c, url, &l->url));
    l->badge = a->reopened ? _("same question back") : NULL;
    l->look = "warning";
    if (a->closed != DAY_NONE)
        l->sub = filled_text(c, _("closed on {1}"), long_day_text(c, a->closed), NULL);
    return OK;
}

enum err card_again(struct ctx *c, const struct request *r, struct request_card *k)
{
    struct again before, after;

    TRY(again_of(c, r, &before, &after));
    TRY(again_fill(c, &before, _("Repeat of"), k));
    return again_fill(c, &after, _("Asked again"), k);
}

/* ── Groups, and the waiting that is over ─────────────────────────────────────────────────────────────────
 */

enum err card_group(struct ctx *c, const struct request *r, struct request_card *k)
{
    struct in_group *in;
    size_t n;

    TRY(group_of_request(c, r, &in, &n));
    for (size_t i = 0; i < n; i++) {
        char url[48] = "/groups/";
        struct card_line *l = card_line_add(k, NULL, in[i].name);
        *text_put_int(url + 8, in[i].group) = '\0';
        if (user_may(c, RIGHT_GROUP))
            TRY(ctx_copy(c, url, &l->url));
        l->badge = in[i].over ? _("ended") : in[i].bridge ? _("while waiting") : _("as help");
        l->look = in[i].over ? "inactive" : "success";
    }
    return OK;
}

enum err card_waited(struct ctx *c, const struct request *r, struct request_card *k)
{
    const struct config *config;
    struct clocks clocks;
    struct card_line *l;

    TRY(config_get(c, &config));
    clocks = clocks_of(config, &r->now, c->now);
    l = card_line_add(k, _("Waited, everything counted"),
                      filled_text(c, clocks.gross_days == 1 ? _("{1} day") : _("{1} days"),
                                  count_text(c, clocks.gross_days), NULL));
    l->sub = filled_text(c, _("since {1}"), long_day_text(c, clocks.asked_day), NULL);
    if (clocks.net_days != clocks.gross_days)
        card_line_add(k, _("Waited without pauses"),
                      filled_text(c, clocks.net_days == 1 ? _("{1} day") : _("{1} days"),
                                  count_text(c, clocks.net_days), NULL));
    l = card_line_add(k, _("Agreed: at the latest"), long_day_text(c, clocks.norm_day));
    l->badge = clocks.over_norm ? _("over the agreed time") : NULL;
    l->look = "warning";
    return OK;
}
