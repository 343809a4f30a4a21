// SPDX-License-Identifier: EUPL-1.2
#include "register/config.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "store/slot.h"
#include "store/sql.h"

#include <string.h>

#define CHECK_SECONDS 5

/* What came from the data base; its texts are written into one buffer to see whether anything changed. */
struct raw {
    struct sql_team_all_row *team;
    struct sql_neighbourhood_all_row *neighbourhood;
    struct sql_setting_all_row *setting;
    struct sql_closing_day_all_row *closing;
    size_t teams, neighbourhoods, settings, closings;
};

static enum err read_raw(struct ctx *c, struct raw *r)
{
    TRY(sql_team_all(c, &r->team, &r->teams));
    TRY(sql_neighbourhood_all(c, &r->neighbourhood, &r->neighbourhoods));
    TRY(sql_setting_all(c, &r->setting, &r->settings));
    return sql_closing_day_all(c, &r->closing, &r->closings);
}

/* FNV-1a, 64 bits (Fowler, Noll & Vo 1991). */
static uint64_t mix(uint64_t h, const char *text, int64_t number)
{
    for (; text != NULL && *text != '\0'; text++)
        h = (h ^ (unsigned char)*text) * 1099511628211u;
    for (int i = 0; i < 8; i++)
        h = (h ^ ((uint64_t)number >> (8 * i) & 255)) * 1099511628211u;
    return h;
}

static uint64_t fingerprint(const struct raw *r)
{
    uint64_t h = 14695981039346656037u;

    for (size_t i = 0; i < r->teams; i++)
        h = mix(h, r->team[i].name, r->team[i].id);
    for (size_t i = 0; i < r->neighbourhoods; i++) {
        h = mix(h, r->neighbourhood[i].name, r->neighbourhood[i].id);
        h = mix(h, NULL,
                r->neighbourhood[i].team ^ (int64_t)((uint64_t)r->neighbourhood[i].inhabitants << 8));
    }
    for (size_t i = 0; i < r->settings; i++)
        h = mix(mix(h, r->setting[i].name, 1), r->setting[i].value, 2);
    for (size_t i = 0; i < r->closings; i++)
        h = mix(h, r->closing[i].name, r->closing[i].day);
    return h;
}

static const char *setting(const struct raw *r, const char *name, const char *otherwise)
{
    for (size_t i = 0; i < r->settings; i++)
        if (text_is(r->setting[i].name, name))
            return r->setting[i].value;
    return otherwise;
}

static int setting_int(const struct raw *r, const char *name, int otherwise)
{
    int64_t v;

    return text_to_int(setting(r, name, ""), &v) && v >= 0 && v < 10000 ? (int)v : otherwise;
}

static enum err fill_places(struct ctx *c, struct config *k, const struct raw *r)
{
    struct team *team;
    struct neighbourhood *hood;
    struct closing_day *closing;

    TRY(ctx_alloc(c, r->teams + 1, sizeof *team, (void *)&team));
    TRY(ctx_alloc(c, r->neighbourhoods + 1, sizeof *hood, (void *)&hood));
    TRY(ctx_alloc(c, r->closings + 1, sizeof *closing, (void *)&closing));
    for (size_t i = 0; i < r->teams; i++) {
        team[i].id = r->team[i].id;
        TRY(ctx_copy(c, r->team[i].name, &team[i].name));
    }
    for (size_t i = 0; i < r->neighbourhoods; i++) {
        hood[i] = (struct neighbourhood){ r->neighbourhood[i].id, NULL, r->neighbourhood[i].team,
                                          r->neighbourhood[i].inhabitants };
        TRY(ctx_copy(c, r->neighbourhood[i].name, &hood[i].name));
    }
    for (size_t i = 0; i < r->closings; i++) {
        closing[i].day = r->closing[i].day;
        TRY(ctx_copy(c, r->closing[i].name, &closing[i].name));
    }
    k->team = team;
    k->teams = r->teams;
    k->neighbourhood = hood;
    k->neighbourhoods = r->neighbourhoods;
    k->closing_day = closing;
    k->closing_days = r->closings;
    return OK;
}

static enum err fill_calendar(struct ctx *c, struct config *k)
{
    int32_t *closing;

    TRY(ctx_alloc(c, k->closing_days + 1, sizeof *closing, (void *)&closing));
    for (size_t i = 0; i < k->closing_days; i++)
        closing[i] = k->closing_day[i].day;
    calendar_init(&k->calendar, &(struct calendar_rule){ .closing = closing, .n_closing = k->closing_days });
    return OK;
}

static void fill_rules(struct config *k, const struct raw *r)
{
    k->list = (struct list_rule){ .city = text_is(setting(r, "list.of", "team"), "city"),
                                  .near_days = setting_int(r, "list.near_days", 2),
                                  .wmo_days = setting_int(r, "list.wmo_days", 15) };
    k->call = (struct call_rule){ .soon_days = setting_int(r, "call.soon_days", 2),
                                  .minutes_reached = setting_int(r, "call.minutes_reached", 8),
                                  .minutes_missed = setting_int(r, "call.minutes_missed", 2),
                                  .share_reached = setting_int(r, "call.share_reached", 62) };
    k->urgent = (struct urgent_rule){ .minutes = setting_int(r, "urgent.minutes", 120),
                                      .office_from = setting_int(r, "office.from", 8 * 60 + 30),
                                      .office_to = setting_int(r, "office.to", 17 * 60) };
}

static void fill_caseload(struct config *k, const struct raw *r)
{
    k->weight_points[0] = k->weight_points[2] = setting_int(r, "weight.short", 2);
    k->weight_points[1] = setting_int(r, "weight.light", 1);
    k->weight_points[3] = setting_int(r, "weight.medium", 3);
    k->weight_points[4] = setting_int(r, "weight.heavy", 5);
    k->room_full_time = setting_int(r, "caseload.room", 40);
    k->review_days = setting_int(r, "caseload.review", 90);
}

static enum err build(struct ctx *c, const struct raw *r, struct config **ret_config)
{
    static const int default_norm[URGENCIES] = { 10, 20, 10, 3, 0 };
    struct config *k;
    char name[40];

    TRY(ctx_alloc(c, 1, sizeof *k, (void *)&k));
    TRY(fill_places(c, k, r));
    TRY(fill_calendar(c, k));
    TRY(ctx_copy(c, setting(r, "municipality", "Peil"), &k->municipality));
    TRY(ctx_copy(c, setting(r, "phone", "14 0492"), &k->phone));
    k->made_up = setting_int(r, "made_up", 0) != 0;
    k->aftercare_months = setting_int(r, "aftercare.months", 3);
    k->reopen_months = setting_int(r, "reopen.months", 6);
    k->repeat_months = setting_int(r, "repeat.months", 12);
    k->arrival_days = setting_int(r, "norm.arrival", 14);
    k->goal_score = setting_int(r, "goal_score", 1) != 0;
    k->life_areas = setting_int(r, "life_areas", 0) != 0;
    k->contact_days = setting_int(r, "norm.contact", 14);
    fill_rules(k, r);
    k->callback_days = setting_int(r, "norm.callback", 2);
    k->phone_seconds = setting_int(r, "norm.phone", 30);
    k->phone_share = setting_int(r, "norm.phone_share", 80);
    k->lost_share = setting_int(r, "norm.lost_share", 5);
    k->direct_share = setting_int(r, "norm.direct_share", 80);
    k->window_share = setting_int(r, "norm.window_share", 80);
    fill_caseload(k, r);
    for (int i = 0; i < URGENCIES; i++) {
        text_copy(name, sizeof name, "norm.");
        text_copy(name + 5, sizeof name - 5, urgency_code(i));
        k->norm_days[i] = setting_int(r, name, default_norm[i]);
    }
    k->fingerprint = fingerprint(r);
    *ret_config = k;
    return OK;
}

/* The shared copy lives in the memory of the store: it is made anew only when something changed. */
static enum err refresh(struct ctx *c, struct store_slot *slot)
{
    const struct config *old = slot->value;
    struct arena *request = c->arena;
    struct arena_mark mark = arena_mark(request);
    struct config *k = NULL;
    struct raw r = { 0 };

    enum err e = read_raw(c, &r);
    if (e == OK && (old == NULL || old->fingerprint != fingerprint(&r))) {
        c->arena = &slot->arena;
        e = build(c, &r, &k);
        c->arena = request;
        if (e == OK)
            slot->value = k;
    }
    arena_release(request, mark);
    slot->checked_at = c->now;
    return e;
}

enum err config_get(struct ctx *c, const struct config **ret_config)
{
    struct store *s = db_store(c->db);
    struct store_slot *slot = store_slot_lock(s);
    enum err e = OK;

    if (slot->value == NULL || slot->checked_at + CHECK_SECONDS < c->now || slot->checked_at > c->now)
        e = refresh(c, slot);
    const struct config *k = slot->value;
    store_slot_unlock(s);
    if (e == OK)
        *ret_config = k;
    return e;
}

void config_changed(struct ctx *c)
{
    store_slot_lock(db_store(c->db))->checked_at = INT64_MIN / 2;
    store_slot_unlock(db_store(c->db));
}

const char *config_team_name(const struct config *k, int64_t team)
{
    for (size_t i = 0; i < k->teams; i++)
        if (k->team[i].id == team)
            return k->team[i].name;
    return "";
}

static const struct neighbourhood *hood_find(const struct config *k, int64_t id)
{
    for (size_t i = 0; i < k->neighbourhoods; i++)
        if (k->neighbourhood[i].id == id)
            return &k->neighbourhood[i];
    return NULL;
}

const char *config_neighbourhood_name(const struct config *k, int64_t neighbourhood)
{
    const struct neighbourhood *h = hood_find(k, neighbourhood);

    return h != NULL ? h->name : "";
}

int64_t config_team_of(const struct config *k, int64_t neighbourhood)
{
    const struct neighbourhood *h = hood_find(k, neighbourhood);

    return h != NULL ? h->team : INT_NONE;
}

enum err team_find_or_add(struct ctx *c, const char *name, int64_t *ret_team)
{
    struct sql_team_all_row *row;
    struct sql_team_insert_row added;
    size_t n;

    TRY(sql_team_all(c, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (text_is(row[i].name, name)) {
            *ret_team = row[i].id;
            return OK;
        }
    TRY(sql_team_insert(c, name, &added));
    *ret_team = added.id;
    config_changed(c);
    return OK;
}

enum err neighbourhood_find_or_add(struct ctx *c, const char *name, int64_t team, int64_t *ret_neighbourhood)
{
    struct sql_neighbourhood_all_row *row;
    struct sql_neighbourhood_insert_row added;
    size_t n;

    TRY(sql_neighbourhood_all(c, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (text_is(row[i].name, name)) {
            *ret_neighbourhood = row[i].id;
            return OK;
        }
    TRY(sql_neighbourhood_insert(c, name, NULL, team, INT_NONE, &added));
    *ret_neighbourhood = added.id;
    config_changed(c);
    return OK;
}

enum err setting_put(struct ctx *c, const char *name, const char *value)
{
    TRY(sql_setting_put(c, name, value));
    TRY(sql_law_awake(c));
    config_changed(c);
    return OK;
}
