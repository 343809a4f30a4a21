// SPDX-License-Identifier: EUPL-1.2
#include "web/team_figures.h"

#include "base/date.h"
#include "base/text.h"
#include "register/config.h"
#include "register/continuity.h"
#include "register/fte.h"
#include "register/right.h"
#include "register/session.h"
#include "register/work_split.h"
#include "web/options.h"
#include "web/show.h"
#include "web/site.h"
#include "web/tpl.h"
#include "web/worker.h"

#include <stdio.h>
#include <string.h>

struct established_typed {
    int64_t team, fte;
    int32_t from;
};
static const struct form_field established_fields[] = {
    { FORM_AT(struct established_typed, team), .kind = FORM_ID, .hidden = true, .required = true },
    { FORM_AT(struct established_typed, from), .kind = FORM_DATE, .required = true,
      .label = N_("From which day?") },
    { FORM_AT(struct established_typed, fte), .kind = FORM_DECIMAL, .required = true,
      .label = N_("Agreed hours") },
};

static const char *share(struct ctx *c, int64_t part, int64_t of)
{
    return of > 0 ? percent_text(c, (double)part / (double)of) : NULL;
}

/* ── What is counted over all events: made behind the reader's back (web/behind.h) ─────────────────────── */

struct counted {
    struct work_month work[TEAM_MONTHS];
    struct absence_share sick[TEAM_MONTHS]; /* as the register itself sees it: whoever reads may see less */
    struct fte_day last[TEAM_MONTHS];       /* the last day of the month, or today */
    struct continuity_share kept;
};

static int32_t last_day(const struct ctx *c, int32_t month)
{
    int32_t last = date_add_months(month, 1) - 1;

    return last > c->today ? c->today : last;
}

static enum err count_all(struct ctx *c, int64_t team, struct counted *ret)
{
    struct fte_book book;

    TRY(work_split(c, team, c->today, TEAM_MONTHS, ret->work));
    TRY(absence_shares(c, team, c->today, TEAM_MONTHS, ret->sick));
    TRY(fte_book_read(c, ret->sick[0].month, c->today, &book));
    for (size_t i = 0; i < TEAM_MONTHS; i++)
        ret->last[i] = fte_of_day(&book, team, last_day(c, ret->sick[i].month));
    return continuity_count(c, team, time_of_nl_day(date_add_months(c->today, -12), 0), &ret->kept);
}

static enum err count(struct ctx *c, int64_t team, struct counted *ret)
{
    const struct actor *actor = c->actor;
    const struct scope *scope = c->scope;
    struct session all;

    memset(ret, 0, sizeof *ret);
    session_act_as(c, &all, ROLE_SYSTEM, INT_NONE, INT_NONE);
    enum err e = count_all(c, team, ret);
    c->actor = actor;
    c->scope = scope;
    return e;
}

enum err team_counts_make(struct ctx *c, const char *key, struct buf *out)
{
    struct counted counted;
    int64_t team;

    if (!text_to_int(key + strlen(TEAM_COUNTS), &team))
        return FAIL(E_REQUEST, "team figures %s", key);
    TRY(count(c, team == 0 ? INT_NONE : team, &counted));
    buf_put(out, (const char *)&counted, sizeof counted);
    return OK;
}

void team_counts_key(int64_t team, char key[BEHIND_KEY])
{
    snprintf(key, BEHIND_KEY, TEAM_COUNTS "%lld", (long long)team);
}

/* As it was counted a moment ago; the first reader waits, and the first one of a month. */
static enum err counts_get(struct ctx *c, const struct req *r, int64_t team, struct counted *ret,
                           int64_t *ret_made_at)
{
    struct behind *behind = r->visitor->behind;
    uint64_t commits = store_commits(db_store(c->db));
    struct civil today = date_to_civil(c->today);
    struct buf part = { 0 };
    char key[BEHIND_KEY];

    team_counts_key(team == INT_NONE ? 0 : team, key);
    bool there = behind_get(behind, c->lang, key, &part, ret_made_at) && part.len == sizeof *ret;
    if (there)
        memcpy(ret, part.data, sizeof *ret);
    buf_free(&part);
    if (there && ret->work[TEAM_MONTHS - 1].month == date_from_civil(today.year, today.month, 1))
        return OK;
    TRY(count(c, team, ret));
    *ret_made_at = c->now;
    buf_put(&part, (const char *)ret, sizeof *ret);
    behind_put(behind, c->lang, key, &part, c->now, commits);
    buf_free(&part);
    return OK;
}

static enum err months_fill(struct ctx *c, int64_t team, const struct counted *k, struct team_figures_page *p)
{
    int64_t agreed;

    for (size_t i = 0; i < TEAM_MONTHS; i++) { /* the last month first */
        struct team_month *m = &p->month[TEAM_MONTHS - 1 - i];
        const struct absence_share *sick = &k->sick[i];
        const int64_t *n = k->work[i].n;
        int64_t steps = n[WORK_HELP] + n[WORK_REFER] + n[WORK_DECIDE];
        bool hidden = !absence_may_count(c, team, sick->people);
        TRY(fte_established(c, team, last_day(c, sick->month), &agreed));
        *m = (struct team_month){ .month = sick->month,
                                  .sick = hidden ? NULL : share(c, sick->sick_days, sick->days),
                                  .help = share(c, n[WORK_HELP], steps),
                                  .refer = share(c, n[WORK_REFER], steps),
                                  .decide = share(c, n[WORK_DECIDE], steps),
                                  .steps = steps,
                                  .agreed = agreed == INT_NONE ? NULL : fte_text(c, agreed),
                                  .actual = k->last[i].people > 0 ? fte_text(c, k->last[i].actual) : NULL };
        p->hidden = p->hidden || hidden;
    }
    return OK;
}

static enum err show(struct ctx *c, const struct req *r, const struct form_errors *wrong, struct reply *out)
{
    int64_t team = team_asked(c, r);
    struct team_figures_page p = { .team_id = team };
    struct counted counted;
    const struct config *k;

    TRY(may(c, RIGHT_FIGURES));
    TRY(frame_fill(c, r, _("Team in figures"), "/staff", &p.frame));
    TRY(config_get(c, &k));
    p.team_name = team == INT_NONE ? _("All teams") : config_team_name(k, team);
    if (team_within(c) == INT_NONE)
        TRY(team_choice(c, team, &p.team));
    TRY(counts_get(c, r, team, &counted, &p.made_at));
    TRY(months_fill(c, team, &counted, &p));
    p.kept = counted.kept.requests >= 10 ? share(c, counted.kept.kept, counted.kept.requests) : NULL;
    p.kept_n = counted.kept.kept;
    p.kept_of = counted.kept.requests;
    p.may_establish = user_may(c, RIGHT_STAFF_EDIT) && team != INT_NONE;
    struct pair value[] = { { "team", typed_number_text(c, team) }, { "from", typed_day_text(c, c->today) } };
    struct form form = { FORM(established_fields), .value = value, .n_values = COUNT(value) };
    if (p.may_establish)
        TRY(form_view_fill(c, r, &form, wrong, &p.established));
    return team_figures_html(c, &out->body, &p);
}

enum err web_team_figures_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return show(c, r, NULL, out);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form form = { FORM(established_fields) };
    struct established_typed t = { 0 };

    TRY(form_take(c, r, &form, &t, errors));
    return fte_establish(c, t.team, t.from, t.fte);
}

enum err web_team_established_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/staff/figures?team=%lld&done=saved", (long long)team_asked(c, r));
    TRY(wrong_take(c, e, out, &errors));
    return show(c, r, &errors, out);
}
