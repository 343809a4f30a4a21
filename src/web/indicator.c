// SPDX-License-Identifier: EUPL-1.2
#include "web/indicator.h"

#include "base/text.h"
#include "register/config.h"
#include "register/session.h"
#include "web/indicator_core.h"
#include "web/options.h"
#include "web/sheet_view.h"
#include "web/show.h"
#include "web/site.h"
#include "web/tpl.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define MENU "/indicators"

/* ── What was asked ── */

static bool within(int64_t v, const char *text, int64_t *ret_v)
{
    *ret_v = v;
    return text_to_int(text, ret_v) && *ret_v > 0;
}

void indicator_asked_of(const struct ctx *c, const struct req *r, char page, struct indicator_asked *a)
{
    const char *months = req_query(r, "period");
    int64_t urgency = -1;

    *a = (struct indicator_asked){ .page = page,
                                   .role = c->actor->role,
                                   .own_team = c->actor->team,
                                   .urgency = -1,
                                   .today = c->today,
                                   .months = 3,
                                   .live = r->visitor != NULL ? r->visitor->extract : NULL };
    if (a->role != ROLE_TEAM_LEAD && a->role != ROLE_SOCIAL_WORKER)
        a->own_team = INT_NONE; /* makes no difference: one part for all of them */
    if (text_is(months, "1") || text_is(months, "12"))
        a->months = text_is(months, "1") ? 1 : 12;
    if (!within(0, req_query(r, "team"), &a->team))
        a->team = 0;
    if (!within(0, req_query(r, "place"), &a->place))
        a->place = 0;
    if (a->place > 0)
        a->team = 0; /* a neighbourhood belongs to one team */
    if (urgency_find(req_query(r, "urgency"), &urgency))
        a->urgency = urgency;
    text_copy(a->id, sizeof a->id, page == 'p' || page == 'c' ? r->ids.word : "");
}

static void key_of(const struct indicator_asked *a, char key[BEHIND_KEY])
{
    snprintf(key, BEHIND_KEY,
             "%c %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64
             " %" PRId64 " %" PRId64 " %" PRId64 " %s",
             a->page, a->role, a->own_team == INT_NONE ? -1 : a->own_team, a->team, a->place, a->urgency,
             a->months, a->today, a->day[0], a->day[1], a->day[2], a->day[3], a->id[0] != '\0' ? a->id : "-");
}

static bool key_read(const char *key, struct indicator_asked *a)
{
    int64_t *const to[] = { &a->role,  &a->own_team, &a->team,   &a->place,  &a->urgency, &a->months,
                            &a->today, &a->day[0],   &a->day[1], &a->day[2], &a->day[3] };
    char text[BEHIND_KEY], *p = text + 2;

    text_copy(text, sizeof text, key);
    if (strlen(text) < 3 || text[1] != ' ')
        return false;
    *a = (struct indicator_asked){ .page = text[0] };
    for (size_t i = 0; i < COUNT(to); i++) {
        char *end = p + strcspn(p, " ");
        if (*end == '\0')
            return false;
        *end = '\0';
        if (!text_to_int(p, to[i]))
            return false;
        p = end + 1;
    }
    a->own_team = a->own_team < 0 ? INT_NONE : a->own_team;
    text_copy(a->id, sizeof a->id, strcmp(p, "-") != 0 ? p : "");
    return a->role >= 0 && a->role < ROLES;
}

bool indicators_key(const char *key)
{
    return key[0] != '\0' && key[1] == ' ' && strchr("iptc", key[0]) != NULL;
}

void indicators_first_key(const struct ctx *c, enum role role, bool today, char key[BEHIND_KEY])
{
    struct indicator_asked a = { .page = today ? 't' : 'i',
                                 .role = role,
                                 .own_team = INT_NONE,
                                 .urgency = -1,
                                 .months = 3,
                                 .today = c->today };

    key_of(&a, key);
}

/* ── Making it, for a reader of that role ── */

/* The period that ends where the months that are over end. */
static void period_of(const struct indicator_asked *a, int64_t *ret_from, int64_t *ret_to)
{
    struct civil today = date_to_civil((int32_t)a->today);
    int32_t month = date_from_civil(today.year, today.month, 1);

    *ret_to = time_of_nl_day(month, 0);
    *ret_from = time_of_nl_day(date_add_months(month, -(int)a->months), 0);
}

enum err indicator_question(struct ctx *c, const struct indicator_asked *a, struct indicator_measuring *ret)
{
    struct indicator_measuring g = { .a = a };
    struct result_only team = { .by = BY_TEAM, .n = 1 }, urgency = { .by = BY_URGENCY, .n = 1 };
    const struct config *k;

    TRY(config_get(c, &k));
    TRY(indicators_get(c, NULL, &g.all));
    g.q.at = c->now;
    period_of(a, &g.q.from, &g.q.to);
    if (a->place > 0)
        team = (struct result_only){ .by = BY_NEIGHBOURHOOD,
                                     .value = { config_neighbourhood_name(k, a->place) },
                                     .n = 1 };
    else
        team.value[0] = config_team_name(k, a->team);
    urgency.value[0] = a->urgency >= 0 ? urgency_code(a->urgency) : NULL;
    if (a->team > 0 || a->place > 0)
        g.q.only = team;
    if (a->urgency >= 0 && g.q.only.n == 0)
        g.q.only = urgency;
    else if (a->urgency >= 0)
        g.q.also = urgency;
    g.small = indicator_may_see_small(c, a->team > 0 ? team.value[0] : NULL);
    *ret = g;
    return OK;
}

/* What the parts of one indicator are made of; everything on the front page. */
static enum err sets_of(struct ctx *c, const struct indicator_asked *a, bool set[FACT_SETS])
{
    struct indicators all;

    TRY(indicators_get(c, NULL, &all));
    for (size_t i = 0; i < FACT_SETS; i++)
        set[i] = a->id[0] == '\0';
    for (size_t i = 0; i < all.n; i++)
        if (text_is(all.part[i].row->id, a->id) && all.part[i].calc != CALC_FIGURE)
            set[all.part[i].set] = true;
    return OK;
}

enum err indicator_measuring_begin(struct ctx *c, const struct indicator_asked *a,
                                   struct indicator_measuring *ret)
{
    struct register_facts facts;
    bool set[FACT_SETS];

    TRY(sets_of(c, a, set));
    TRY(a->live != NULL ? extract_behind_facts(c, a->live, set, &facts)
                        : facts_read_sets(c, c->now, set, &facts));
    TRY(indicator_question(c, a, ret)); /* of the moment of the facts */
    ret->facts = facts;
    return OK;
}

static enum err make(struct ctx *c, const struct indicator_asked *a, struct buf *out)
{
    if (a->page == 'p')
        return indicator_one_make(c, a, out);
    if (a->page == 'c')
        return indicator_compare_make(c, a, out);
    return a->page == 't' ? indicators_today_make(c, a, out) : indicators_front_make(c, a, out);
}

enum err indicators_make(struct ctx *c, struct extract_behind *live, const char *key, struct buf *out)
{
    const struct actor *actor = c->actor;
    const struct scope *scope = c->scope;
    struct indicator_asked a;
    struct session session;
    enum err e;

    if (!key_read(key, &a))
        return FAIL(E_REQUEST, "indicators %s", key);
    a.live = live;
    session_act_as(c, &session, (enum role)a.role, a.own_team, INT_NONE);
    e = make(c, &a, out);
    c->actor = actor;
    c->scope = scope;
    return e;
}

/* On a new day: as it was measured yesterday, while that of today is made. */
static bool yesterday_get(struct behind *b, const struct ctx *c, const struct indicator_asked *a,
                          struct buf *part, int64_t *ret_made_at)
{
    struct indicator_asked before = *a;
    char key[BEHIND_KEY];

    before.today--;
    key_of(&before, key);
    if (!behind_get(b, c->lang, key, part, ret_made_at))
        return false;
    key_of(a, key);
    behind_want(b, c->lang, key);
    return true;
}

/* As it was measured a moment ago. What nobody asked for before is said to be measured now: ret_made_at is
 * TIME_NONE then. Without the thread behind, the reader measures. */
static enum err part_get(struct ctx *c, const struct req *r, const struct indicator_asked *a,
                         struct buf *part, int64_t *ret_made_at)
{
    struct behind *behind = r->visitor != NULL ? r->visitor->behind : NULL;
    char key[BEHIND_KEY];

    key_of(a, key);
    if (behind_get(behind, c->lang, key, part, ret_made_at) || yesterday_get(behind, c, a, part, ret_made_at))
        return OK;
    switch (behind_read(behind, c->lang, key, part, ret_made_at)) {
    case BEHIND_MADE:
        return OK;
    case BEHIND_SELF:
        *ret_made_at = c->now;
        return indicators_make(c, a->live, key, part);
    default:
        *ret_made_at = TIME_NONE;
        return measuring_html(c, part);
    }
}

/* ── Choices ── */

static enum err choices(struct ctx *c, const struct indicator_asked *a, struct choice *team,
                        struct choice *place, struct choice *urgency, struct choice *period)
{
    static const char *const months[] = { "1", "3", "12" };
    struct option *u, *m;

    TRY(ctx_alloc(c, URGENCIES + 1, sizeof *u, (void *)&u));
    TRY(ctx_alloc(c, COUNT(months), sizeof *m, (void *)&m));
    u[0] = (struct option){ .value = "", .label = _("All classes of urgency") };
    for (int64_t i = 1; i < URGENCIES; i++)
        u[i] = (struct option){ .value = urgency_code(i),
                                .label = urgency_name(c, i),
                                .chosen = i == a->urgency };
    for (size_t i = 0; i < COUNT(months); i++)
        m[i] = (struct option){ .value = months[i],
                                .label = i == 0   ? _("1 month")
                                         : i == 1 ? _("3 months")
                                                  : _("12 months"),
                                .chosen = a->months == (i == 0   ? 1
                                                        : i == 1 ? 3
                                                                 : 12) };
    TRY(team_choice(c, a->team, team));
    TRY(neighbourhood_choice(c, "place", a->place, place));
    *urgency = (struct choice){ .name = "urgency", .label = _("Urgency"), .option = u, .n = URGENCIES };
    *period = (struct choice){ .name = "period", .label = _("Period"), .option = m, .n = COUNT(months) };
    return OK;
}

static enum err file_urls(struct ctx *c, const struct req *r, const char **ret_csv, const char **ret_xlsx)
{
    *ret_csv = *ret_xlsx = NULL;
    if (!user_may(c, RIGHT_EXPORT))
        return OK;
    TRY(query_url(c, r, "format", "csv", ret_csv));
    return query_url(c, r, "format", "xlsx", ret_xlsx);
}

/* The filter in words, for a file. */
const char *indicator_words(struct ctx *c, const struct indicator_asked *a)
{
    const struct config *k;
    int64_t from, to;
    const char *text;

    period_of(a, &from, &to);
    text = filled_text(c, _("{1} to {2}"), day_text(c, time_nl_day(from)), day_text(c, time_nl_day(to) - 1));
    if (config_get(c, &k) != OK)
        return text;
    if (a->team > 0 || a->place > 0)
        text =
            filled_text(c, "{1}; {2}", text,
                        a->place > 0 ? config_neighbourhood_name(k, a->place) : config_team_name(k, a->team));
    return a->urgency >= 0 ? filled_text(c, "{1}; {2}", text, urgency_name(c, a->urgency)) : text;
}

/* ── Pages ── */

static enum err front(struct ctx *c, const struct req *r, struct buf *part, struct reply *out)
{
    struct indicator_asked a;
    struct indicators_page *p;
    int64_t from, to;

    TRY(may(c, RIGHT_FIGURES));
    indicator_asked_of(c, r, 'i', &a);
    if (sheet_is_file(r))
        return indicators_export(c, r, &a, indicator_words(c, &a), out);
    TRY(ctx_alloc(c, 1, sizeof *p, (void *)&p));
    TRY(part_get(c, r, &a, part, &p->made_at));
    TRY(frame_fill(c, r, _("Core figures"), MENU, &p->frame));
    TRY(choices(c, &a, &p->team, &p->place, &p->urgency, &p->period));
    TRY(file_urls(c, r, &p->csv_url, &p->xlsx_url));
    period_of(&a, &from, &to);
    p->from = time_nl_day(from);
    p->to = time_nl_day(to) - 1;
    p->day = c->today;
    p->words = indicator_words(c, &a);
    p->empty = part->len == 0;
    p->part = part;
    return part->failed ? FAIL(E_NOMEM, "%s", "") : indicators_html(c, &out->body, p);
}

enum err web_indicators_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct buf part = { 0 };
    enum err e = front(c, r, &part, out);

    buf_free(&part);
    return e;
}

/* The name of the indicator; E_NOT_FOUND for one that is not there or not for this reader. */
static enum err title_of(struct ctx *c, const char *id, const char **ret_title, bool *ret_records)
{
    struct indicators all;
    size_t first, n;

    TRY(indicators_get(c, NULL, &all));
    if (!indicator_find(&all, id, &first, &n) || !indicator_may_read(c, &all.part[first]))
        return FAIL(E_NOT_FOUND, "%s", _("There is no such figure."));
    *ret_title = filled_text(c, "{1} {2}", id, indicator_name(c, &all, &all.part[first]));
    *ret_records = indicator_records_shown(c, &all, id);
    return OK;
}

/* The four days of two periods; true: all are there and right. Something is typed: what is wrong is said. */
static bool days_read(struct ctx *c, const struct req *r, struct indicator_asked *a, struct field field[4])
{
    static const char *const name[] = { "from", "to", "then_from", "then_to" };
    const char *const label[] = { _("First period from"), _("First period to"), _("Second period from"),
                                  _("Second period to") };
    size_t right = 0, typed = 0;

    for (size_t i = 0; i < COUNT(name); i++) {
        const char *text = req_query(r, name[i]);
        int32_t day = DAY_NONE;
        field[i] = (struct field){ .name = name[i],
                                   .label = label[i],
                                   .hint = _("For example 31-1-2024"),
                                   .value = text != NULL ? text : "",
                                   .narrow = true,
                                   .required = true };
        typed += text != NULL && text[0] != '\0';
        if (text != NULL && text[0] != '\0' && date_parse(c, name[i], text, &day) == OK)
            right++;
        else if (text != NULL && text[0] != '\0' && ctx_copy(c, c->err.text, &field[i].error) != OK)
            field[i].error = "";
        err_clear(c);
        a->day[i] = day;
    }
    for (size_t i = 0; i < COUNT(name) && typed > 0; i++)
        if (field[i].value[0] == '\0')
            field[i].error = _("Fill in a date.");
    for (size_t i = 1; i < COUNT(name) && right == COUNT(name); i += 2)
        if (a->day[i] < a->day[i - 1]) {
            field[i].error = _("The last day lies before the first one.");
            right = 0;
        }
    return right == COUNT(name);
}

/* What the second form needs of the first one, and its answer. */
static enum err two_periods(struct ctx *c, const struct req *r, struct indicator_asked *a, struct buf *part,
                            struct indicator_page *p)
{
    static const char *const name[] = { "period", "team", "place", "urgency" };
    const char **const to[] = { &p->months_value, &p->team_value, &p->place_value, &p->urgency_value };
    int64_t made_at;

    for (size_t i = 0; i < COUNT(name); i++)
        *to[i] = req_query(r, name[i]) != NULL ? req_query(r, name[i]) : "";
    if (!days_read(c, r, a, p->typed))
        return OK;
    a->page = 'c';
    a->months = 3; /* makes no difference */
    TRY(part_get(c, r, a, part, &made_at));
    p->compare = part;
    return OK;
}

/* With the same choices. */
static enum err records_url(struct ctx *c, const struct req *r, const char **ret_url)
{
    const char *query = strchr(r->target, '?');
    const char *id = "";

    TRY(ctx_copy(c, r->ids.word, &id));
    *ret_url = filled_text(c, "/indicators/{1}/records{2}", id, query != NULL ? query : "");
    return OK;
}

static enum err one(struct ctx *c, const struct req *r, struct buf *part, struct buf *compare,
                    struct reply *out)
{
    struct indicator_asked a;
    struct indicator_page *p;
    const char *title;
    int64_t from, to;
    bool records;

    TRY(may(c, RIGHT_FIGURES));
    indicator_asked_of(c, r, 'p', &a);
    TRY(title_of(c, a.id, &title, &records));
    if (sheet_is_file(r))
        return indicators_export(c, r, &a, indicator_words(c, &a), out);
    TRY(ctx_alloc(c, 1, sizeof *p, (void *)&p));
    TRY(part_get(c, r, &a, part, &p->made_at));
    TRY(frame_fill(c, r, title, MENU, &p->frame));
    TRY(choices(c, &a, &p->team, &p->place, &p->urgency, &p->period));
    TRY(file_urls(c, r, &p->csv_url, &p->xlsx_url));
    TRY(ctx_copy(c, a.id, &p->id));
    period_of(&a, &from, &to);
    p->from = time_nl_day(from);
    p->to = time_nl_day(to) - 1;
    p->day = c->today;
    p->words = indicator_words(c, &a);
    p->part = part;
    TRY(two_periods(c, r, &a, compare, p));
    p->records_url = NULL;
    if (records)
        TRY(records_url(c, r, &p->records_url));
    return part->failed ? FAIL(E_NOMEM, "%s", "") : indicator_html(c, &out->body, p);
}

enum err web_indicator_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct buf part = { 0 }, compare = { 0 };
    enum err e = one(c, r, &part, &compare, out);

    buf_free(&part);
    buf_free(&compare);
    return e;
}

enum err indicators_today(struct ctx *c, const struct req *r, struct buf *out)
{
    struct indicator_asked a;
    int64_t made_at;

    if (c->actor == NULL || (c->actor->role != ROLE_BOARD && c->actor->role != ROLE_ACCOUNT_MANAGER))
        return OK;
    indicator_asked_of(c, r, 't', &a);
    return part_get(c, r, &a, out, &made_at);
}
