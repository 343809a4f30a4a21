// SPDX-License-Identifier: EUPL-1.2
#include "register/incident.h"

#include "register/config.h"
#include "register/event.h"
#include "register/person.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"
#include "store/vault.h"

#include <stdio.h>

#define S(state) (1u << INCIDENT_##state)
#define ACTIVE (S(OPEN) | S(RUNNING) | S(DONE))

const struct code_name incident_kinds[] = {
    { "violence", N_("Violence or threat") },
    { "safety_child", N_("Safety of a child") },
    { "suicide", N_("Suicide or an attempt") },
    { "privacy", N_("Data of a resident in the wrong place") },
    { "error", N_("Mistake in the help") },
    { "not_acted", N_("Danger was not noticed or not acted on") },
    { "aggression", N_("Aggression against a colleague") },
    { "other", N_("Something else") },
};
const size_t incident_kind_count = COUNT(incident_kinds);

const struct code_name incident_harms[] = {
    { "1", N_("No harm") },
    { "2", N_("Some harm") },
    { "3", N_("Serious harm") },
    { "4", N_("Death") },
};

static const struct procedure_step steps[INCIDENT_STEPS] = {
    [INCIDENT_REPORTED] = { "reported", N_("Incident reported"), S(OPEN), INCIDENT_OPEN },
    [INCIDENT_SUPERVISOR] = { "supervisor", N_("Told to the supervisor"), ACTIVE, PROCEDURE_SAME },
    [INCIDENT_FAMILY] = { "family", N_("Told to the resident or the family"), ACTIVE, PROCEDURE_SAME },
    [INCIDENT_CALAMITY] = { "calamity", N_("It is a calamity"), ACTIVE, PROCEDURE_SAME },
    [INCIDENT_STARTED] = { "started", N_("Investigation started"), S(OPEN), INCIDENT_RUNNING },
    [INCIDENT_FOUND] = { "found", N_("Investigation finished"), S(RUNNING), INCIDENT_DONE },
    [INCIDENT_MEASURE] = { "measure", N_("Measure taken"), ACTIVE, PROCEDURE_SAME },
    [INCIDENT_NOTE] = { "note", N_("Note"), ACTIVE, PROCEDURE_SAME },
    [INCIDENT_CLOSED_STEP] = { "closed", N_("Closed"), S(DONE), INCIDENT_CLOSED },
};
static const struct code_name states[] = {
    [INCIDENT_OPEN] = { "open", N_("New") },
    [INCIDENT_RUNNING] = { "running", N_("Being investigated") },
    [INCIDENT_DONE] = { "done", N_("Investigated") },
    [INCIDENT_CLOSED] = { "closed", N_("Closed") },
};
const struct procedure incident_steps = { steps, COUNT(steps), states, COUNT(states) };

void incident_replay(const struct happening *h, size_t n, bool calamity, struct incident_standing *ret_s)
{
    struct incident_standing s = {
        .told_at = TIME_NONE, .found_at = TIME_NONE, .closed_at = TIME_NONE, .calamity = calamity
    };
    size_t step;

    for (size_t i = 0; i < n; i++) {
        if (!procedure_find(&incident_steps, h[i].kind, &step) ||
            !procedure_allows(&incident_steps, s.state, step))
            continue;
        s.state = (enum incident_state)procedure_next(&incident_steps, s.state, step);
        if (step == INCIDENT_SUPERVISOR && s.told_at == TIME_NONE)
            s.told_at = h[i].occurred_at;
        if (step == INCIDENT_CALAMITY)
            s.calamity = true;
        if (step == INCIDENT_FOUND)
            s.found_at = h[i].occurred_at;
        if (step == INCIDENT_CLOSED_STEP)
            s.closed_at = h[i].occurred_at;
    }
    s.version = (int64_t)n;
    *ret_s = s;
}

/* ── A new incident ───────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_form(struct ctx *c, const struct incident_form *f)
{
    if (text_empty(f->about))
        return FAIL_FIELD("about", "%s", _("Write down what happened."));
    if (!code_known(incident_kinds, incident_kind_count, f->kind))
        return FAIL_FIELD("kind", "%s", _("Choose what kind of incident it is."));
    if (f->harm < 1 || f->harm > INCIDENT_HARMS)
        return FAIL_FIELD("harm", "%s", _("Choose how much harm there was."));
    if (f->day == DAY_NONE)
        return FAIL_FIELD("day", "%s", _("Fill in on which day it happened."));
    if (f->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    return OK;
}

struct adding {
    const struct incident_form *f;
    int64_t id;
};

static enum err insert(struct ctx *c, void *arg)
{
    struct adding *a = arg;
    const struct incident_form *f = a->f;
    int64_t keeper, at = f->day == c->today ? c->now : time_of_nl_day(f->day, 12 * 3600);
    struct sql_incident_insert_row added;
    struct happening h = HAPPENING_NONE;
    struct blob about;

    TRY(person_add(c, &(struct identity){ 0 }, &keeper));
    TRY(note_seal(c, keeper, f->about, &about));
    struct sql_incident_insert_args row = { keeper, f->kind, f->harm, f->calamity,       f->team,
                                            at,     c->now,  c->now,  c->actor->account, about };
    TRY(sql_incident_insert(c, &row, &added));
    a->id = added.id;
    h.kind = steps[INCIDENT_REPORTED].code;
    struct history_of what = { "incident", added.id, keeper, 0 };
    TRY(history_add(c, &what, &h, NULL));
    struct sql_incident_state_args state = { added.id, 1, states[INCIDENT_OPEN].code, TIME_NONE, TIME_NONE };
    return sql_incident_state(c, &state);
}

enum err incident_add(struct ctx *c, const struct incident_form *f, int64_t *ret_id)
{
    struct adding a = { .f = f };

    TRY(may(c, RIGHT_INCIDENT));
    TRY(check_form(c, f));
    TRY(db_tx(c, insert, &a));
    *ret_id = a.id;
    return OK;
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static void add_term(struct incident *v, const struct ctx *c, const char *name, int32_t due, int64_t done)
{
    bool running = done == TIME_NONE;

    v->term[v->terms++] =
        (struct incident_term){ name, due, running, (running ? c->today : time_nl_day(done)) > due };
}

static void fill_terms(const struct ctx *c, const struct config *k, const struct law_options *o,
                       struct incident *v)
{
    if (v->now.calamity) {
        struct term_state t;
        struct term calamity = { v->found_at, law_length(o, LAW_CALAMITY, time_nl_day(v->found_at)), PARTY_US,
                                 v->now.told_at };
        term_look(&k->calendar, &calamity, NULL, 0, c->now, &t);
        add_term(v, c, _("Tell the supervisor"), t.due, v->now.told_at);
    }
    int32_t due = time_nl_day(v->found_at) + 7 * INCIDENT_WEEKS;
    add_term(v, c, _("Finish the investigation"), due, v->now.found_at);
}

static enum err fill(struct ctx *c, const struct config *k, const struct law_options *o,
                     const struct sql_incident_list_open_row *row, struct incident *v)
{
    *v = (struct incident){ .id = row->id,
                            .keeper = row->keeper,
                            .harm = row->harm,
                            .team = row->team,
                            .occurred_at = row->occurred_at,
                            .found_at = row->found_at,
                            .recorded_at = row->recorded_at,
                            .kind = row->kind };
    snprintf(v->number, sizeof v->number, "I-%d-%lld", date_to_civil(time_nl_day(row->found_at)).year,
             (long long)row->id);
    struct history_of what = { "incident", row->id, row->keeper, -1 };
    TRY(history_all(c, &what, &v->step, &v->steps));
    incident_replay(v->step, v->steps, row->calamity, &v->now);
    fill_terms(c, k, o, v);
    if (row->about.data != NULL)
        TRY(vault_open(c, row->keeper, row->about, &v->about));
    return OK;
}

enum err incident_get(struct ctx *c, int64_t id, struct incident *ret_incident)
{
    struct sql_incident_list_open_row *row;
    struct law_options o;
    const struct config *k;
    struct incident v;
    size_t n;

    TRY(may(c, RIGHT_INCIDENT));
    TRY(config_get(c, &k));
    TRY(law_options_get(c, &o));
    TRY(sql_incident_get(c, id, &row, &n));
    bool all = role_may(c->actor->role, RIGHT_INCIDENT_HANDLE);
    if (n == 0 || (!all && (row->account == INT_NONE || row->account != c->actor->account)))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    TRY(fill(c, k, &o, row, &v));
    struct look look = { c->actor->account, "view", "incident", id };
    TRY(read_log_add(c, &look));
    *ret_incident = v;
    return OK;
}

static enum err select_rows(struct ctx *c, bool open, int32_t from, int32_t to,
                            struct sql_incident_list_open_row **ret_row, size_t *ret_n)
{
    bool all = role_may(c->actor->role, RIGHT_INCIDENT_HANDLE);
    int64_t own = all ? INT_NONE : c->actor->account;

    *ret_n = 0;
    if (!all && own == INT_NONE)
        return OK;
    if (open)
        return sql_incident_list_open(c, own, INCIDENT_PAGE, ret_row, ret_n);
    return sql_incident_list(c, time_of_nl_day(from, 0), time_of_nl_day(to + 1, 0), own, INCIDENT_PAGE,
                             ret_row, ret_n);
}

enum err incident_list(struct ctx *c, bool open, int32_t from, int32_t to, struct incident **ret_incident,
                       size_t *ret_n)
{
    struct sql_incident_list_open_row *row = NULL;
    struct law_options o;
    const struct config *k;
    struct incident *v;
    size_t n;

    TRY(may(c, RIGHT_INCIDENT));
    TRY(config_get(c, &k));
    TRY(law_options_get(c, &o));
    TRY(select_rows(c, open, from, to, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < n; i++)
        TRY(fill(c, k, &o, &row[i], &v[i]));
    struct look look = { c->actor->account, "list", "incident", INT_NONE };
    TRY(read_log_add(c, &look));
    *ret_incident = v;
    *ret_n = n;
    return OK;
}

/* ── The next step ────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_change(struct ctx *c, const struct incident_change *ch, const struct incident *v)
{
    bool needs_note = ch->step == INCIDENT_FOUND || ch->step == INCIDENT_MEASURE || ch->step == INCIDENT_NOTE;

    if (needs_note && text_empty(ch->note))
        return FAIL_FIELD("note", "%s", _("Write it down in a few words."));
    if (ch->at != TIME_NONE && ch->at < v->occurred_at - 86400)
        return FAIL_FIELD("date", "%s", _("This date is before the incident."));
    if (ch->step == INCIDENT_CLOSED_STEP && v->now.calamity && v->now.told_at == TIME_NONE)
        return FAIL_FIELD("step", "%s", _("A calamity is first told to the supervisor."));
    if (!procedure_allows(&incident_steps, v->now.state, ch->step))
        return FAIL(E_CONFLICT, _("This is not possible: the incident is \"%s\"."),
                    procedure_state_name(c, &incident_steps, v->now.state));
    return OK;
}

static enum err change(struct ctx *c, void *arg)
{
    const struct incident_change *ch = arg;
    struct happening h = HAPPENING_NONE;
    struct incident_standing s;
    struct incident v;

    TRY(incident_get(c, ch->id, &v));
    struct history_of what = { "incident", ch->id, v.keeper, ch->seen };
    if (ch->seen < 0 || ch->seen == v.now.version) /* else history_add says what is wrong */
        TRY(check_change(c, ch, &v));
    h.kind = steps[ch->step].code;
    h.occurred_at = ch->at;
    h.note = ch->note;
    TRY(history_add(c, &what, &h, NULL));
    TRY(history_all(c, &what, &v.step, &v.steps));
    incident_replay(v.step, v.steps, v.now.calamity, &s);
    struct sql_incident_state_args row = { ch->id, s.version, states[s.state].code, s.told_at, s.closed_at };
    return sql_incident_state(c, &row);
}

enum err incident_change(struct ctx *c, const struct incident_change *ch)
{
    struct incident_change copy = *ch;

    TRY(may(c, RIGHT_INCIDENT_HANDLE));
    return db_tx(c, change, &copy);
}
