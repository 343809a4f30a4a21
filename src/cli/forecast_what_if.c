// SPDX-License-Identifier: EUPL-1.2
/* peil forecast REGISTER --what-if FILE: plans beside each other. The file is described in
 * docs/expectation.md.
 */
#include "account/expectation_history.h"
#include "account/scenario.h"
#include "base/text.h"
#include "cli/forecast.h"

#include <jansson.h>
#include <math.h>

static const struct {
    const char *name;
    size_t offset;
} numbers[] = {
    { "workers", offsetof(struct scenario, workers) },
    { "presence", offsetof(struct scenario, presence) },
    { "ill", offsetof(struct scenario, ill) },
    { "ill_weeks", offsetof(struct scenario, ill_weeks) },
    { "arrivals", offsetof(struct scenario, arrivals) },
};

static bool read_member(const char *key, const json_t *v, struct scenario *s)
{
    if (text_is(key, "name") && json_is_string(v)) {
        text_copy(s->name, sizeof s->name, json_string_value(v));
        return true;
    }
    if (text_is(key, "city") && json_is_boolean(v)) {
        s->city = json_is_true(v);
        return true;
    }
    if (text_is(key, "asked_first") && json_is_boolean(v)) {
        s->asked_first = json_is_true(v);
        return true;
    }
    for (size_t i = 0; i < COUNT(numbers); i++)
        if (text_is(key, numbers[i].name) && json_is_integer(v)) {
            *(int64_t *)(void *)((char *)s + numbers[i].offset) = json_integer_value(v);
            return true;
        }
    return false;
}

/* What a key takes: for who wrote it wrong. */
static enum err wrong_member(struct ctx *c, size_t plan, const char *key)
{
    bool number = false, choice = text_is(key, "city") || text_is(key, "asked_first");

    for (size_t i = 0; i < COUNT(numbers); i++)
        number = number || text_is(key, numbers[i].name);
    if (number)
        return FAIL(E_REQUEST, _("Plan %zu: \"%s\" needs a whole number, without quotes."), plan, key);
    if (choice)
        return FAIL(E_REQUEST, _("Plan %zu: \"%s\" is true or false, without quotes."), plan, key);
    if (text_is(key, "name"))
        return FAIL(E_REQUEST, _("Plan %zu: \"%s\" is a text between quotes."), plan, key);
    return FAIL(E_REQUEST, _("Plan %zu: there is no \"%s\". A plan has: %s."), plan, key,
                "name, workers, presence, ill, ill_weeks, arrivals, asked_first, city");
}

/* Says of which plan it is that something is wrong. */
static enum err check_plan(struct ctx *c, size_t plan, const struct scenario *s)
{
    const char *why;

    if (scenario_check(c, s) == OK)
        return OK;
    TRY(ctx_copy(c, c->err.text, &why));
    err_clear(c);
    return FAIL(E_REQUEST, _("Plan %zu: %s"), plan, why);
}

static enum err read_plans(struct ctx *c, json_t *root, struct scenario **ret_scenario, size_t *ret_n)
{
    size_t n = json_array_size(root);
    const char *key;
    json_t *value;

    if (!json_is_array(root) || n == 0 || n > SCENARIOS_MAX)
        return FAIL(E_REQUEST, "%s", _("The file must hold a list of 1 to 100 plans."));
    TRY(ctx_alloc(c, n, sizeof **ret_scenario, (void *)ret_scenario));
    for (size_t i = 0; i < n; i++) {
        json_t *plan = json_array_get(root, i);
        if (!json_is_object(plan))
            return FAIL(E_REQUEST, "%s", _("The file must hold a list of 1 to 100 plans."));
        json_object_foreach(
            plan, key, value) if (!read_member(key, value, &(*ret_scenario)[i])) return wrong_member(c, i + 1,
                                                                                                     key);
        TRY(check_plan(c, i + 1, &(*ret_scenario)[i]));
    }
    *ret_n = n;
    return OK;
}

static enum err load(struct ctx *c, const char *path, struct scenario **ret_scenario, size_t *ret_n)
{
    json_error_t wrong;
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &wrong);

    if (root == NULL && json_error_code(&wrong) == json_error_cannot_open_file)
        return FAIL(E_NOT_FOUND, _("There is no file %s, or it cannot be read."), path);
    if (root == NULL && json_error_code(&wrong) == json_error_duplicate_key)
        return FAIL(E_REQUEST, _("%s, line %d: a name stands twice in a plan."), path, wrong.line);
    if (root == NULL)
        return FAIL(E_REQUEST, _("%s, line %d: this is not JSON. Docs/expectation.md has an example."), path,
                    wrong.line);
    enum err e = read_plans(c, root, ret_scenario, ret_n);
    json_decref(root);
    return e;
}

/* After another member. */
static void put_value(struct buf *b, const char *name, const struct scenario_value *v)
{
    buf_char(b, ',');
    buf_json(b, name);
    buf_lit(b, ":{\"value\":");
    buf_number(b, v->value, 6);
    buf_lit(b, ",\"low\":");
    buf_number(b, v->low, 6);
    buf_lit(b, ",\"high\":");
    buf_number(b, v->high, 6);
    buf_char(b, '}');
}

static void put_result(struct buf *b, const char *name, const struct scenario_result *r)
{
    buf_lit(b, "{\"name\":");
    buf_json(b, name);
    buf_lit(b, ",\"at\":[");
    for (size_t k = 0; k < SCENARIO_MOMENTS; k++) {
        const struct scenario_effect *e = &r->at[k];
        buf_printf(b, "%s{\"days\":%d", k > 0 ? "," : "", scenario_days[k]);
        put_value(b, "middle", &e->middle);
        put_value(b, "p80", &e->most);
        put_value(b, "more_middle", &e->more_middle);
        put_value(b, "more_p80", &e->more_most);
        put_value(b, "size", &e->size);
        buf_char(b, '}');
    }
    buf_lit(b, "]}");
}

static void cell(struct buf *b, const struct scenario_value *v)
{
    size_t from = b->len;

    buf_fixed(b, v->value, 0, '.');
    buf_lit(b, " (");
    buf_fixed(b, v->low, 0, '.');
    buf_lit(b, "..");
    buf_fixed(b, v->high, 0, '.');
    buf_char(b, ')');
    do
        buf_char(b, ' ');
    while (b->len < from + 18);
}

static void put_line(struct buf *b, const char *name, const struct scenario_result *r)
{
    for (size_t k = 0; k < SCENARIO_MOMENTS; k++) {
        buf_printf(b, "  %-28.28s %4d  ", k == 0 ? name : "", scenario_days[k]);
        cell(b, &r->at[k].middle);
        cell(b, &r->at[k].most);
        cell(b, &r->at[k].more_middle);
        cell(b, &r->at[k].size);
        buf_char(b, '\n');
    }
}

struct plans {
    const struct scenario *s;
    size_t n;
    const struct expectation_history *history;
};

/* The pages refuse such a list too. */
static void put_few(struct ctx *c, struct forecast_asked *a, const char *name, int64_t came)
{
    if (a->format == FORMAT_JSON) {
        buf_printf(&a->out, ",\"requests\":%lld,\"plans\":[]}", (long long)came);
        return;
    }
    buf_printf(&a->out, "%s\n  ", name);
    buf_printf(
        &a->out,
        _("Requests in the last half year: %lld. That is too few to compute a plan with; from %d on it "
          "can be done."),
        (long long)came, EXPECTATION_LEAST);
    buf_char(&a->out, '\n');
}

static enum err run_list(struct ctx *c, struct forecast_asked *a, int64_t list, const struct plans *p)
{
    struct scenario_how how = { .seed = a->how.seed,
                                .replications = a->how.replications,
                                .threads = a->how.threads,
                                .day = a->day,
                                .history = p->history };
    const struct scenario *s = p->s;
    size_t n = p->n;
    struct scenario_result *r;
    const char *name;
    struct buf *b = &a->out;
    int64_t came;
    bool few;

    TRY(ctx_alloc(c, n + 1, sizeof *r, (void *)&r));
    TRY(expectation_list_name(c, list, &name));
    TRY(scenario_few(c, list, p->history, &few, &came));
    if (!few)
        TRY(scenario_run(c, list, s, n, &how, r));
    if (a->format == FORMAT_JSON) {
        buf_printf(b, "%s{\"list\":%lld,\"name\":", a->any ? "," : "", (long long)list);
        buf_json(b, name);
        a->any = true;
    }
    if (few) {
        put_few(c, a, name, came);
        return OK;
    }
    if (a->format != FORMAT_JSON) {
        buf_printf(b, "%s\n  %-27s %s  %-18s%-18s%-18s%s\n", name, "", _("ahead"), _("middle"), "p80",
                   _("more"), _("on the list"));
        put_line(b, _("As it goes on now"), &r[0]);
        for (size_t i = 0; i < n; i++)
            put_line(b, s[i].name, &r[i + 1]);
        return OK;
    }
    buf_lit(b, ",\"plans\":[");
    put_result(b, "", &r[0]);
    for (size_t i = 0; i < n; i++) {
        buf_char(b, ',');
        put_result(b, s[i].name, &r[i + 1]);
    }
    buf_lit(b, "]}");
    return OK;
}

enum err forecast_what_if(struct cli *k, struct forecast_asked *a, const char *path)
{
    struct ctx *c = &k->c;
    const struct config *g;
    struct expectation_history history;
    struct plans p = { .history = &history };
    struct scenario *s;

    TRY(load(c, path, &s, &p.n));
    p.s = s;
    TRY(config_get(c, &g));
    TRY(expectation_history_read(c, a->day, &history));
    TRY(forecast_print_begin(c, a));
    enum err e = OK;
    if (g->list.city) {
        e = run_list(c, a, LIST_CITY, &p);
    } else {
        for (size_t i = 0; e == OK && i < g->teams; i++)
            if (a->how.list == INT_NONE || a->how.list == g->team[i].id)
                e = run_list(c, a, g->team[i].id, &p);
    }
    if (e == OK)
        e = forecast_print_end(c, a);
    buf_free(&a->out);
    return e;
}
