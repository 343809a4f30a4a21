// SPDX-License-Identifier: EUPL-1.2
#include "register/partner.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/person.h"
#include "register/right.h"
#include "store/sql.h"
#include "store/vault.h"

#include <string.h>

#define SEPARATOR '\x1f' /* between the fields of a contact person */
#define CONTACT_FIELDS 4
#define MONTHS_MAX 240

const struct code_name partner_kinds[] = {
    { "welfare", N_("Welfare organisation") },
    { "school", N_("School") },
    { "gp", N_("Family doctor") },
    { "health", N_("Health care") },
    { "housing", N_("Housing corporation") },
    { "police", N_("Police") },
    { "debt", N_("Debt help") },
    { "seniors", N_("Seniors' union") },
    { "clients", N_("Clients' organisation") },
    { "volunteers", N_("Volunteers") },
    { "provider", N_("Provider") },
    { "municipality", N_("Municipality") },
    { "other", N_("Other") },
};
const size_t partner_kind_count = COUNT(partner_kinds);
const struct code_name partner_stages[PARTNER_STAGES] = {
    { "acquaintance", N_("Getting to know each other") },
    { "talking", N_("Talking about working together") },
    { "preparing", N_("Agreement being prepared") },
    { "agreed", N_("Agreement made") },
};
const size_t partner_stage_count = PARTNER_STAGES;
static const struct code_name steps[] = {
    { "added", N_("Written down") },
    { "changed", N_("Changed") },
    { "stage", N_("Stage") },
    { "ended", N_("Working together ended") },
    { "contact_added", N_("Contact person added") },
    { "contact_ended", N_("Contact person removed") },
};

const char *partner_kind_name(const struct ctx *c, const char *code)
{
    return code_text(c, partner_kinds, partner_kind_count, code);
}

const char *partner_stage_name(const struct ctx *c, const char *code)
{
    return code_text(c, partner_stages, partner_stage_count, code);
}

const char *partner_step_name(const struct ctx *c, const char *code)
{
    return code_text(c, steps, COUNT(steps), code);
}

#define PARTNER(row)                                                                                         \
    ((struct partner){ (row).id, (row).version, (row).name, (row).kind, (row).stage, (row).keeper,           \
                       (row).ended_on })

enum err partner_all(struct ctx *c, struct partner **ret_partner, size_t *ret_n)
{
    struct sql_partner_all_row *row;
    size_t n;

    TRY(may(c, RIGHT_PARTNER));
    TRY(sql_partner_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_partner, (void *)ret_partner));
    for (size_t i = 0; i < n; i++)
        (*ret_partner)[i] = PARTNER(row[i]);
    *ret_n = n;
    return OK;
}

enum err partner_get(struct ctx *c, int64_t id, struct partner *ret_partner)
{
    struct sql_partner_get_row row;

    TRY(may(c, RIGHT_PARTNER));
    TRY(sql_partner_get(c, id, &row));
    *ret_partner = PARTNER(row);
    return OK;
}

enum err partner_areas(struct ctx *c, int64_t id, struct partner_area **ret_area, size_t *ret_n)
{
    struct sql_partner_neighbourhoods_row *row;
    size_t n;

    TRY(may(c, RIGHT_PARTNER));
    TRY(sql_partner_neighbourhoods(c, id, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_area, (void *)ret_area));
    for (size_t i = 0; i < n; i++)
        (*ret_area)[i] = (struct partner_area){ row[i].neighbourhood, row[i].name };
    *ret_n = n;
    return OK;
}

enum err partner_history(struct ctx *c, const struct partner *p, const struct happening **ret_h,
                         size_t *ret_n)
{
    struct history_of what = { "partner", p->id, p->keeper, -1 };

    TRY(may(c, RIGHT_PARTNER));
    return history_all(c, &what, ret_h, ret_n);
}

/* ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static size_t stage_find(const char *code)
{
    size_t i = 0;

    while (i < PARTNER_STAGES && !text_is(partner_stages[i].code, code))
        i++;
    return i;
}

static bool kind_known(const char *code)
{
    for (size_t i = 0; i < partner_kind_count; i++)
        if (text_is(partner_kinds[i].code, code))
            return true;
    return false;
}

static enum err step_add(struct ctx *c, struct partner *p, int64_t seen, const struct happening *h)
{
    struct history_of what = { "partner", p->id, p->keeper, seen };

    return history_add(c, &what, h, &p->version);
}

static enum err put(struct ctx *c, const struct partner *p)
{
    struct sql_partner_put_args row = { p->id, p->version, p->name, p->kind, p->stage, p->ended_on };

    return sql_partner_put(c, &row);
}

/* A new partner begins with getting to know each other, today. */
static enum err insert(struct ctx *c, const char *name, const char *kind, struct partner *p)
{
    struct sql_partner_insert_row added;
    struct happening h = HAPPENING_NONE;

    *p =
        (struct partner){ .name = name, .kind = kind, .stage = partner_stages[0].code, .ended_on = DAY_NONE };
    TRY(person_add(c, &(struct identity){ 0 }, &p->keeper));
    struct sql_partner_insert_args row = { 1, name, kind, p->stage, p->keeper };
    TRY(sql_partner_insert(c, &row, &added));
    p->id = added.id;
    h.kind = "stage";
    h.reason = p->stage;
    TRY(step_add(c, p, -1, &h));
    return put(c, p);
}

struct saving {
    const struct partner_form *f;
    int64_t id;
};

static enum err save(struct ctx *c, void *arg)
{
    struct saving *s = arg;
    const struct partner_form *f = s->f;
    struct sql_partner_by_name_row *known;
    struct sql_partner_get_row row;
    struct happening h = HAPPENING_NONE;
    struct partner p;
    size_t n;

    TRY(sql_partner_by_name(c, f->name, &known, &n));
    if (n > 0 && known[0].id != f->id)
        return FAIL_FIELD("name", _("There is a partner \"%s\" already."), f->name);
    if (f->id == INT_NONE) {
        TRY(insert(c, f->name, f->kind, &p));
    } else {
        TRY(sql_partner_get(c, f->id, &row));
        p = PARTNER(row);
        h.kind = "changed";
        TRY(step_add(c, &p, f->version, &h));
        p.name = f->name;
        p.kind = f->kind;
        TRY(put(c, &p));
    }
    s->id = p.id;
    TRY(sql_partner_neighbourhood_clear(c, p.id));
    for (size_t i = 0; i < f->neighbourhoods; i++)
        TRY(sql_partner_neighbourhood_insert(c, p.id, f->neighbourhood[i]));
    return OK;
}

enum err partner_save(struct ctx *c, const struct partner_form *f, int64_t *ret_id)
{
    struct saving s = { .f = f };

    TRY(may(c, RIGHT_PARTNER_EDIT));
    if (text_empty(f->name))
        return FAIL_FIELD("name", "%s", _("Fill in a name."));
    if (!kind_known(f->kind))
        return FAIL_FIELD("kind", "%s", _("Choose what kind of organisation this is."));
    TRY(db_tx(c, save, &s));
    *ret_id = s.id;
    return OK;
}

/* Noon of that day, or now when that is still to come. */
static int64_t moment(const struct ctx *c, int32_t day)
{
    int64_t noon = time_of_nl_day(day, 12 * 3600);

    return day == c->today && noon > c->now ? c->now : noon;
}

/* The stage that holds is the one that was reached last. */
static enum err present_stage(struct ctx *c, struct partner *p)
{
    const struct happening *h;
    struct history_of what = { "partner", p->id, p->keeper, -1 };
    int64_t at = TIME_NONE;
    size_t n;

    TRY(history_all(c, &what, &h, &n));
    for (size_t i = 0; i < n; i++)
        if (text_is(h[i].kind, "stage") && h[i].occurred_at >= at) {
            at = h[i].occurred_at;
            p->stage = h[i].reason;
        }
    return OK;
}

static enum err reach(struct ctx *c, void *arg)
{
    const struct partner_step *s = arg;
    struct sql_partner_get_row row;
    struct happening h = HAPPENING_NONE;

    TRY(sql_partner_get(c, s->id, &row));
    struct partner p = PARTNER(row);
    h.kind = "stage";
    h.reason = s->stage;
    h.occurred_at = moment(c, s->day);
    TRY(step_add(c, &p, s->version, &h));
    TRY(present_stage(c, &p));
    return put(c, &p);
}

enum err partner_reach(struct ctx *c, const struct partner_step *s)
{
    struct partner_step copy = *s;

    TRY(may(c, RIGHT_PARTNER_EDIT));
    if (stage_find(s->stage) == PARTNER_STAGES)
        return FAIL_FIELD("stage", "%s", _("Choose one of the list."));
    if (s->day == DAY_NONE)
        return FAIL_FIELD("day", "%s", _("Fill in the day."));
    if (s->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    return db_tx(c, reach, &copy);
}

static enum err end(struct ctx *c, void *arg)
{
    const struct partner_step *s = arg;
    struct sql_partner_get_row row;
    struct happening h = HAPPENING_NONE;

    TRY(sql_partner_get(c, s->id, &row));
    struct partner p = PARTNER(row);
    if (p.ended_on != DAY_NONE)
        return FAIL(E_CONFLICT, "%s", _("Working together has ended already."));
    h.kind = "ended";
    h.occurred_at = moment(c, s->day);
    TRY(step_add(c, &p, s->version, &h));
    p.ended_on = s->day;
    return put(c, &p);
}

enum err partner_end(struct ctx *c, int64_t id, int64_t version, int32_t day)
{
    struct partner_step s = { id, version, NULL, day };

    TRY(may(c, RIGHT_PARTNER_EDIT));
    if (day == DAY_NONE)
        return FAIL_FIELD("day", "%s", _("Fill in the day."));
    if (day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    return db_tx(c, end, &s);
}

/* ── Stages over time ─────────────────────────────────────────────────────────────────────────────────────
 */

/* The stage of one partner on a day; PARTNER_STAGES when we did not know each other yet. Its steps lie among
 * those of others, in the order in which they were reached. */
static size_t stage_on(const struct sql_partner_stages_row *row, size_t n, int64_t partner, int32_t day)
{
    size_t stage = PARTNER_STAGES;

    for (size_t i = 0; i < n && time_nl_day(row[i].reached_at) <= day; i++)
        if (row[i].partner == partner)
            stage = stage_find(row[i].stage);
    return stage;
}

static int32_t month_end(int32_t day)
{
    struct civil d = date_to_civil(day);

    return date_add_months(date_from_civil(d.year, d.month, 1), 1) - 1;
}

enum err partner_months(struct ctx *c, int32_t from, int32_t to, struct partner_month **ret_month,
                        size_t *ret_n)
{
    struct sql_partner_stages_row *row;
    struct partner *partner;
    struct partner_month *m;
    size_t rows, partners, n = 0;

    TRY(may(c, RIGHT_PARTNER));
    TRY(sql_partner_stages(c, &row, &rows));
    TRY(partner_all(c, &partner, &partners));
    TRY(ctx_alloc(c, MONTHS_MAX, sizeof *m, (void *)&m));
    for (int32_t last = month_end(from); n < MONTHS_MAX && last <= month_end(to);
         last = month_end(last + 1)) {
        m[n] = (struct partner_month){ .last_day = last < c->today ? last : c->today };
        for (size_t i = 0; i < partners; i++) {
            size_t stage = stage_on(row, rows, partner[i].id, m[n].last_day);
            if (stage < PARTNER_STAGES &&
                (partner[i].ended_on == DAY_NONE || partner[i].ended_on > m[n].last_day))
                m[n].n[stage]++;
        }
        n++;
        if (last >= c->today)
            break;
    }
    *ret_month = m;
    *ret_n = n;
    return OK;
}

/* ── Contact persons ──────────────────────────────────────────────────────────────────────────────────────
 */

static const char **contact_field(struct partner_contact *k, size_t i)
{
    const char **const at[CONTACT_FIELDS] = { &k->name, &k->function, &k->phone, &k->email };

    return at[i];
}

static enum err seal(struct ctx *c, int64_t keeper, struct partner_contact k, struct blob *ret_sealed)
{
    struct buf text = { 0 };

    for (size_t i = 0; i < CONTACT_FIELDS; i++) {
        buf_str(&text, *contact_field(&k, i));
        if (i + 1 < CONTACT_FIELDS)
            buf_char(&text, SEPARATOR);
    }
    enum err e = text.failed ? FAIL(E_NOMEM, "%s", "") : vault_seal(c, keeper, buf_text(&text), ret_sealed);
    buf_free(&text);
    return e;
}

static enum err open_contact(struct ctx *c, int64_t keeper, struct blob sealed, struct partner_contact *k)
{
    const char *text;
    char *p;

    TRY(vault_open(c, keeper, sealed, &text));
    p = arena_copy(c->arena, text, strlen(text));
    if (p == NULL)
        return FAIL(E_NOMEM, "%s", "");
    for (size_t i = 0; i < CONTACT_FIELDS; i++) {
        char *stop = strchr(p, SEPARATOR);
        if (stop != NULL)
            *stop = '\0';
        *contact_field(k, i) = *p != '\0' ? p : NULL;
        if (stop == NULL)
            break;
        p = stop + 1;
    }
    return OK;
}

enum err partner_contacts(struct ctx *c, const struct partner *p, struct partner_contact **ret_contact,
                          size_t *ret_n)
{
    struct sql_partner_contacts_row *row;
    struct partner_contact *k;
    size_t n;

    TRY(may(c, RIGHT_PARTNER));
    *ret_n = 0;
    if (!role_may(c->actor->role, RIGHT_PARTNER_EDIT) && !role_may(c->actor->role, RIGHT_CONTACT))
        return OK;
    TRY(sql_partner_contacts(c, p->id, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *k, (void *)&k));
    for (size_t i = 0; i < n; i++) {
        k[i] = (struct partner_contact){ .id = row[i].id, .added_on = row[i].added_on };
        TRY(open_contact(c, p->keeper, row[i].sealed, &k[i]));
    }
    *ret_contact = k;
    *ret_n = n;
    return OK;
}

struct contact_change {
    int64_t partner;
    const struct partner_contact *contact;
    bool add;
};

static enum err change_contact(struct ctx *c, void *arg)
{
    const struct contact_change *g = arg;
    struct sql_partner_get_row row;
    struct sql_partner_contact_insert_row added;
    struct happening h = HAPPENING_NONE;
    struct blob sealed;

    TRY(sql_partner_get(c, g->partner, &row));
    struct partner p = PARTNER(row);
    if (g->add) {
        TRY(seal(c, p.keeper, *g->contact, &sealed));
        TRY(sql_partner_contact_insert(c, p.id, sealed, c->today, &added));
        h.number = added.id;
    } else {
        TRY(sql_partner_contact_end(c, g->contact->id, p.id, c->today));
        h.number = g->contact->id;
    }
    h.kind = g->add ? "contact_added" : "contact_ended";
    TRY(step_add(c, &p, -1, &h));
    return put(c, &p);
}

enum err partner_contact_add(struct ctx *c, int64_t partner, const struct partner_contact *k)
{
    struct contact_change g = { partner, k, true };

    TRY(may(c, RIGHT_PARTNER_EDIT));
    if (text_empty(k->name))
        return FAIL_FIELD("contact_name", "%s", _("Fill in a name."));
    return db_tx(c, change_contact, &g);
}

enum err partner_contact_end(struct ctx *c, int64_t partner, int64_t contact)
{
    struct partner_contact k = { .id = contact };
    struct contact_change g = { partner, &k, false };

    TRY(may(c, RIGHT_PARTNER_EDIT));
    return db_tx(c, change_contact, &g);
}
