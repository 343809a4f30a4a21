// SPDX-License-Identifier: EUPL-1.2
#include "register/setting.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/definition.h"
#include "register/law_setting.h"
#include "register/right.h"
#include "store/sql.h"

#define DAYS_MAX 366

enum err setting_log(struct ctx *c, const struct setting_step *s)
{
    const char *from = text_empty(s->old_value) ? NULL : s->old_value;
    const char *to = text_empty(s->new_value) ? NULL : s->new_value;

    if (text_is(from, to))
        return OK;
    struct sql_setting_change_insert_args row = { s->object, s->id,        s->name, s->subject,       from,
                                                  to,        s->announced, c->now,  c->actor->account };
    return sql_setting_change_insert(c, &row);
}

/* ── The values ───────────────────────────────────────────────────────────────────────────────────────────
 */

/* What holds now: what was set, else what holds as long as nothing was set. */
static enum err read_value(struct ctx *c, const struct setting *s, struct setting_value *ret_value)
{
    struct sql_setting_get_row *row;
    char text[24];
    size_t n;

    TRY(sql_setting_get(c, s->name, &row, &n));
    *ret_value =
        (struct setting_value){ .setting = s, .value = n > 0 ? row[0].value : "", .number = s->otherwise };
    if (s->kind == SETTING_CODE && n == 0)
        ret_value->value = s->codes[0].code;
    if (s->kind == SETTING_TEXT || s->kind == SETTING_CODE || s->kind == SETTING_LINES ||
        (n > 0 && text_to_int(row[0].value, &ret_value->number)))
        return OK;
    *text_put_int(text, s->otherwise) = '\0';
    return ctx_copy(c, text, &ret_value->value);
}

enum err setting_all(struct ctx *c, struct setting_value **ret_value, size_t *ret_n)
{
    struct setting_value *v;

    TRY(may(c, RIGHT_SETTINGS));
    TRY(ctx_alloc(c, setting_count, sizeof *v, (void *)&v));
    for (size_t i = 0; i < setting_count; i++)
        TRY(read_value(c, &settings[i], &v[i]));
    *ret_value = v;
    *ret_n = setting_count;
    return OK;
}

enum err setting_number(struct ctx *c, const char *name, int64_t *ret_number)
{
    struct setting_value v;

    for (size_t i = 0; i < setting_count; i++)
        if (text_is(settings[i].name, name)) {
            TRY(read_value(c, &settings[i], &v));
            *ret_number = v.number;
            return OK;
        }
    return FAIL(E_NOT_FOUND, "%s", name);
}

enum err setting_text(struct ctx *c, const char *name, const char **ret_text)
{
    struct sql_setting_get_row *row;
    size_t n;

    TRY(sql_setting_get(c, name, &row, &n));
    *ret_text = n > 0 ? row[0].value : "";
    return OK;
}

static bool is_code(const struct setting *s, const char *value)
{
    for (size_t i = 0; i < s->n_codes; i++)
        if (text_is(s->codes[i].code, value))
            return true;
    return false;
}

static enum err check_value(struct ctx *c, const struct setting *s, const char *value)
{
    bool days = s->kind == SETTING_DAYS || s->kind == SETTING_WORKING_DAYS;
    int64_t number, max = days ? DAYS_MAX : 9999;

    struct definition *row;
    size_t rows;

    if (text_is(s->name, "indicators"))
        return definition_own(c, value, &row, &rows);
    if (s->kind == SETTING_LINES)
        return OK;
    if (s->kind == SETTING_CODE && !is_code(s, value))
        return FAIL_FIELD(s->name, "%s", _("Choose one of the list."));
    if (s->kind == SETTING_TEXT && text_empty(value))
        return FAIL_FIELD(s->name, "%s", _("Fill this in."));
    if (s->kind == SETTING_CODE || s->kind == SETTING_TEXT)
        return OK;
    if (!text_to_int(value, &number) || number < 0 || number > max)
        return days ? FAIL_FIELD(s->name, _("Fill in a number of days from 0 to %d."), DAYS_MAX)
                    : FAIL_FIELD(s->name, _("Fill in a number from 0 to %lld."), (long long)max);
    if (s->kind == SETTING_DAYS && number == 0)
        return FAIL_FIELD(s->name, "%s", _("Fill in at least one day."));
    return OK;
}

struct changing {
    const char *const *value, *const *seen;
};

static enum err change_values(struct ctx *c, void *arg)
{
    const struct changing *g = arg;

    for (size_t i = 0; i < setting_count; i++) {
        const struct setting *s = &settings[i];
        struct setting_value now;
        TRY(read_value(c, s, &now));
        if (text_is(now.value, g->value[i]) || text_is(g->seen[i], g->value[i]))
            continue;
        if (!text_is(now.value, g->seen[i]))
            return FAIL(E_CONFLICT,
                        _("Someone else changed \"%s\" in the meantime, to \"%s\". Look at it first."),
                        _(s->label), now.value);
        TRY(setting_log(
            c, &(struct setting_step){ "setting", 0, s->name, NULL, now.value, g->value[i], s->rule }));
        TRY(setting_put(c, s->name, g->value[i]));
    }
    return OK;
}

enum err setting_change(struct ctx *c, const char *const *value, const char *const *seen)
{
    struct changing g = { value, seen };

    TRY(may(c, RIGHT_SETTINGS));
    for (size_t i = 0; i < setting_count; i++)
        TRY(check_value(c, &settings[i], value[i]));
    TRY(db_tx(c, change_values, &g));
    config_changed(c);
    return OK;
}

/* ── Closing days, teams, neighbourhoods ──────────────────────────────────────────────────────────────────
 */

struct day_change {
    int32_t day;
    const char *name; /* NULL: taken away */
};

static const char *closing_name(const struct config *k, int32_t day)
{
    for (size_t i = 0; i < k->closing_days; i++)
        if (k->closing_day[i].day == day)
            return k->closing_day[i].name;
    return NULL;
}

static enum err change_day(struct ctx *c, void *arg)
{
    const struct day_change *d = arg;
    const struct config *k;
    char iso[11];

    TRY(config_get(c, &k));
    date_iso(d->day, iso);
    const char *old = closing_name(k, d->day);
    if (d->name == NULL && old == NULL)
        return FAIL(E_NOT_FOUND, "%s", _("This day is no closing day any more."));
    TRY(sql_law_awake(c));
    TRY(setting_log(c, &(struct setting_step){ "closing_day", 0, "closing_day", iso, old, d->name, true }));
    return d->name != NULL ? sql_closing_day_put(c, d->day, d->name) : sql_closing_day_delete(c, d->day);
}

enum err closing_day_add(struct ctx *c, int32_t day, const char *name)
{
    struct day_change d = { day, name };

    TRY(may(c, RIGHT_SETTINGS));
    if (day == DAY_NONE)
        return FAIL_FIELD("day", "%s", _("Fill in the day."));
    if (text_empty(name))
        return FAIL_FIELD("name", "%s", _("Say why it is closed on that day."));
    if (day < c->today)
        return FAIL_FIELD("day", "%s",
                          _("This day is over. What was agreed about it does not change any more."));
    TRY(db_tx(c, change_day, &d));
    config_changed(c);
    return OK;
}

enum err closing_day_remove(struct ctx *c, int32_t day)
{
    struct day_change d = { day, NULL };

    TRY(may(c, RIGHT_SETTINGS));
    if (day < c->today)
        return FAIL_FIELD("day", "%s",
                          _("This day is over. What was agreed about it does not change any more."));
    TRY(db_tx(c, change_day, &d));
    config_changed(c);
    return OK;
}

struct team_step {
    int64_t id;
    const char *seen, *name;
};

static enum err change_team(struct ctx *c, void *arg)
{
    const struct team_step *t = arg;
    struct sql_team_all_row *row;
    struct sql_team_insert_row added;
    const char *old = NULL;
    size_t n;

    TRY(sql_team_all(c, &row, &n));
    for (size_t i = 0; i < n; i++) {
        if (text_is(row[i].name, t->name) && row[i].id != t->id)
            return FAIL_FIELD("name", _("There is a team \"%s\" already."), t->name);
        if (row[i].id == t->id)
            old = row[i].name;
    }
    if (t->id != INT_NONE && old == NULL)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    if (t->id != INT_NONE && !text_is(old, t->seen))
        return FAIL(E_CONFLICT,
                    _("Someone else changed this name in the meantime, to \"%s\". Look at it first."), old);
    struct setting_step step = { "team", t->id, "name", NULL, old, t->name, true };
    if (t->id == INT_NONE) {
        TRY(sql_team_insert(c, t->name, &added));
        step.id = added.id;
    } else {
        TRY(sql_team_rename(c, t->id, t->name));
    }
    return setting_log(c, &step);
}

static enum err run_team(struct ctx *c, struct team_step *t)
{
    TRY(may(c, RIGHT_SETTINGS));
    if (text_empty(t->name))
        return FAIL_FIELD("name", "%s", _("Fill in a name."));
    TRY(db_tx(c, change_team, t));
    config_changed(c);
    return OK;
}

enum err team_add(struct ctx *c, const char *name)
{
    struct team_step t = { INT_NONE, NULL, name };

    return run_team(c, &t);
}

enum err team_change(struct ctx *c, int64_t team, const char *seen, const char *name)
{
    struct team_step t = { team, seen, name };

    return run_team(c, &t);
}

static const char *number_or_null(char text[24], int64_t v)
{
    if (v == INT_NONE)
        return NULL;
    *text_put_int(text, v) = '\0';
    return text;
}

const char *neighbourhood_seen(struct ctx *c, const struct neighbourhood *h)
{
    struct buf b = { 0 };
    const char *text = NULL;
    char number[24];

    buf_printf(&b, "%s|", h->name);
    buf_str(&b, number_or_null(number, h->team));
    buf_char(&b, '|');
    buf_str(&b, number_or_null(number, h->inhabitants));
    if (ctx_copy(c, buf_text(&b), &text) != OK)
        text = "";
    buf_free(&b);
    return text;
}

static enum err log_neighbourhood(struct ctx *c, const struct neighbourhood *old,
                                  const struct neighbourhood *now)
{
    char a[24], b[24];
    const struct config *k;

    TRY(config_get(c, &k));
    struct setting_step s = { "neighbourhood", now->id, "name", now->name, old->name, now->name, false };
    TRY(setting_log(c, &s));
    s = (struct setting_step){ "neighbourhood",
                               now->id,
                               "team",
                               now->name,
                               config_team_name(k, old->team),
                               config_team_name(k, now->team),
                               true };
    TRY(setting_log(c, &s));
    s = (struct setting_step){ "neighbourhood",
                               now->id,
                               "inhabitants",
                               now->name,
                               number_or_null(a, old->inhabitants),
                               number_or_null(b, now->inhabitants),
                               false };
    return setting_log(c, &s);
}

static enum err change_neighbourhood(struct ctx *c, void *arg)
{
    const struct neighbourhood_form *f = arg;
    struct neighbourhood now = { f->id, f->name, f->team, f->inhabitants };
    struct neighbourhood old = { f->id, NULL, INT_NONE, INT_NONE };
    struct sql_neighbourhood_all_row *row;
    struct sql_neighbourhood_insert_row added;
    size_t n;

    TRY(sql_neighbourhood_all(c, &row, &n));
    for (size_t i = 0; i < n; i++) {
        if (text_is(row[i].name, f->name) && row[i].id != f->id)
            return FAIL_FIELD("name", _("There is a neighbourhood \"%s\" already."), f->name);
        if (row[i].id == f->id)
            old = (struct neighbourhood){ row[i].id, row[i].name, row[i].team, row[i].inhabitants };
    }
    if (f->id != INT_NONE && old.name == NULL)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    if (f->id != INT_NONE && f->seen != NULL && !text_is(f->seen, neighbourhood_seen(c, &old)))
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed this neighbourhood in the meantime. Look at it first."));
    if (f->id == INT_NONE) {
        TRY(sql_neighbourhood_insert(c, f->name, NULL, f->team, f->inhabitants, &added));
        now.id = added.id;
    } else {
        TRY(sql_neighbourhood_put(c, f->id, f->name, f->team, f->inhabitants));
    }
    return log_neighbourhood(c, &old, &now);
}

enum err neighbourhood_change(struct ctx *c, const struct neighbourhood_form *f)
{
    struct neighbourhood_form copy = *f;

    TRY(may(c, RIGHT_SETTINGS));
    if (text_empty(f->name))
        return FAIL_FIELD("name", "%s", _("Fill in a name."));
    TRY(db_tx(c, change_neighbourhood, &copy));
    config_changed(c);
    return OK;
}

/* ── What was changed ─────────────────────────────────────────────────────────────────────────────────────
 */

static const struct {
    const char *object, *name, *label;
} labels[] = {
    /* what has no field on the page of settings, and stands in a baseline */
    { "setting", "aftercare.months", N_("Aftercare after so many months") },
    { "setting", "caseload.review", N_("Days after which a case is looked at again") },
    { "setting", "caseload.room", N_("Room for cases of a full-time worker") },
    { "setting", "goal_score", N_("Goals get a score") },
    { "setting", "life_areas", N_("Life areas get a score") },
    { "setting", "made_up", N_("Demo register: everybody in it is made up") },
    { "setting", "norm.callback", N_("Working days within which we call back") },
    { "setting", "norm.phone", N_("Seconds within which a call is answered") },
    { "setting", "reopen.months", N_("The same question comes back: months that count") },
    { "setting", "repeat.months", N_("Asks again: months that count") },
    { "setting", "weight.heavy", N_("Weight of a heavy case") },
    { "setting", "weight.light", N_("Weight of a light case") },
    { "setting", "weight.medium", N_("Weight of a middling case") },
    { "setting", "weight.short", N_("Weight of a short case") },
    { "closing_day", "closing_day", N_("Closing day") },
    { "team", "name", N_("Team") },
    { "neighbourhood", "name", N_("Neighbourhood: name") },
    { "neighbourhood", "team", N_("Neighbourhood: team") },
    { "neighbourhood", "inhabitants", N_("Neighbourhood: inhabitants") },
    { "place", "name", N_("Name") },
    { "place", "kind", N_("Kind of place") },
    { "place", "address", N_("Address") },
    { "place", "neighbourhood", N_("Neighbourhood") },
    { "place", "team", N_("Team") },
    { "place", "partner", N_("Partner") },
};

const char *setting_label(const struct ctx *c, const struct setting_changed *s)
{
    for (size_t i = 0; i < setting_count; i++)
        if (text_is(s->object, "setting") && text_is(s->name, settings[i].name))
            return _(settings[i].label);
    const struct law_setting *law = text_is(s->object, "setting") ? law_setting_find(s->name) : NULL;
    if (law != NULL)
        return _(law->label);
    for (size_t i = 0; i < COUNT(labels); i++)
        if (text_is(s->object, labels[i].object) && text_is(s->name, labels[i].name))
            return _(labels[i].label);
    return s->name;
}

/* The three statements give rows of the same shape. */
#define CHANGED(row)                                                                                         \
    ((struct setting_changed){ (row).object, (row).name, (row).subject, (row).old_value, (row).new_value,    \
                               (row).announced, (row).recorded_at, (row).who })

enum err setting_changes(struct ctx *c, int64_t max, struct setting_changed **ret_change, size_t *ret_n)
{
    struct sql_setting_change_newest_row *row;
    size_t n;

    TRY(may(c, RIGHT_SETTINGS));
    TRY(sql_setting_change_newest(c, max, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_change, (void *)ret_change));
    for (size_t i = 0; i < n; i++)
        (*ret_change)[i] = CHANGED(row[i]);
    *ret_n = n;
    return OK;
}

enum err setting_news(struct ctx *c, int days, struct setting_changed **ret_change, size_t *ret_n)
{
    struct sql_setting_change_told_row *row;
    size_t n;

    TRY(may(c, RIGHT_LOGGED_IN));
    TRY(sql_setting_change_told(c, c->now - (int64_t)days * SECONDS_A_DAY, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_change, (void *)ret_change));
    for (size_t i = 0; i < n; i++)
        (*ret_change)[i] = CHANGED(row[i]);
    *ret_n = n;
    return OK;
}

enum err setting_changes_of(struct ctx *c, const char *object, int64_t id,
                            struct setting_changed **ret_change, size_t *ret_n)
{
    struct sql_setting_change_of_row *row;
    size_t n;

    TRY(sql_setting_change_of(c, object, id, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_change, (void *)ret_change));
    for (size_t i = 0; i < n; i++)
        (*ret_change)[i] = CHANGED(row[i]);
    *ret_n = n;
    return OK;
}
