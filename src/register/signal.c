// SPDX-License-Identifier: EUPL-1.2
#include "register/signal.h"

#include "base/buf.h"
#include "register/config.h"
#include "register/event.h"
#include "register/person.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"
#include "store/vault.h"

#include <stdio.h>
#include <string.h>

#define S(state) (1u << SIGNAL_##state)
#define ACTIVE (S(OPEN) | S(JUDGED) | S(ANSWERED))
#define SEPARATOR '\x1f' /* between what was said and who said it */

const struct code_name signal_topics[] = {
    { "waiting", N_("Having to wait for help") },
    { "unreachable", N_("Not called back, not reachable") },
    { "visibility", N_("Not known or seen in the neighbourhood") },
    { "walk_in", N_("Walk-in hour too short or cancelled") },
    { "handover", N_("Hand-over and working together") },
    { "information", N_("Information and letters") },
    { "access", N_("Hard to get to the right help") },
    { "safety", N_("Safety") },
    { "content", N_("Content of the help") },
    { "other", N_("Something else") },
};
const size_t signal_topic_count = COUNT(signal_topics);

const struct code_name signal_sources[] = {
    { "worker", N_("Colleague") },         { "resident", N_("Resident") },   { "partner", N_("Partner") },
    { "council", N_("Advisory council") }, { "volunteer", N_("Volunteer") }, { "place", N_("Walk-in hour") },
};
const size_t signal_source_count = COUNT(signal_sources);

const struct code_name signal_verdicts[] = {
    { "single", N_("It stands alone") },
    { "watch", N_("Keep an eye on it") },
    { "pattern", N_("It is a pattern") },
    { "not", N_("Nothing is wrong") },
};
const size_t signal_verdict_count = COUNT(signal_verdicts);

const struct code_name signal_severities[] = {
    { "1", N_("Inconvenience") },
    { "2", N_("Hindrance") },
    { "3", N_("Serious") },
    { "4", N_("Danger") },
};

static const struct procedure_step steps[SIGNAL_STEPS] = {
    [SIGNAL_RECEIVED] = { "received", N_("Signal received"), S(OPEN), SIGNAL_OPEN },
    [SIGNAL_JUDGED_STEP] = { "judged", N_("Judged"), ACTIVE, SIGNAL_JUDGED },
    [SIGNAL_ANSWERED_STEP] = { "answered", N_("Answered"), ACTIVE, SIGNAL_ANSWERED },
    [SIGNAL_NOTE] = { "note", N_("Note"), ACTIVE, PROCEDURE_SAME },
    [SIGNAL_CLOSED_STEP] = { "closed", N_("Closed"), S(ANSWERED), SIGNAL_CLOSED },
};
static const struct code_name states[] = {
    [SIGNAL_OPEN] = { "open", N_("New") },
    [SIGNAL_JUDGED] = { "judged", N_("Judged") },
    [SIGNAL_ANSWERED] = { "answered", N_("Answered") },
    [SIGNAL_CLOSED] = { "closed", N_("Closed") },
};
const struct procedure signal_steps = { steps, COUNT(steps), states, COUNT(states) };

void signal_replay(const struct happening *h, size_t n, struct signal_standing *ret_s)
{
    struct signal_standing s = { .severity = 1, .answered_at = TIME_NONE, .closed_at = TIME_NONE };
    size_t step;

    for (size_t i = 0; i < n; i++) {
        if (!procedure_find(&signal_steps, h[i].kind, &step) ||
            !procedure_allows(&signal_steps, s.state, step))
            continue;
        s.state = (enum signal_state)procedure_next(&signal_steps, s.state, step);
        if (h[i].number != INT_NONE)
            s.severity = h[i].number;
        if (step == SIGNAL_JUDGED_STEP)
            s.verdict = h[i].reason;
        if (step == SIGNAL_ANSWERED_STEP && s.answered_at == TIME_NONE)
            s.answered_at = h[i].occurred_at;
        if (step == SIGNAL_CLOSED_STEP)
            s.closed_at = h[i].occurred_at;
    }
    s.version = (int64_t)n;
    *ret_s = s;
}

int signal_answer_days(int64_t severity)
{
    return severity >= 4 ? 0 : severity == 3 ? 5 : 15;
}

/* ── A new signal ─────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_form(struct ctx *c, const struct signal_form *f)
{
    if (text_empty(f->about))
        return FAIL_FIELD("about", "%s", _("Write down what you saw or heard."));
    if (!code_known(signal_topics, signal_topic_count, f->topic))
        return FAIL_FIELD("topic", "%s", _("Choose what the signal is about."));
    if (!code_known(signal_sources, signal_source_count, f->source))
        return FAIL_FIELD("source", "%s", _("Choose who tells it."));
    if (f->severity < 1 || f->severity > SIGNAL_SEVERITIES)
        return FAIL_FIELD("severity", "%s", _("Choose how serious it is."));
    return OK;
}

struct adding {
    const struct signal_form *f;
    int64_t id;
};

static enum err seal_about(struct ctx *c, int64_t keeper, const struct signal_form *f,
                           struct blob *ret_sealed)
{
    struct buf b = { 0 };

    buf_str(&b, f->about);
    buf_char(&b, SEPARATOR);
    buf_str(&b, f->teller != NULL ? f->teller : "");
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : note_seal(c, keeper, buf_text(&b), ret_sealed);
    buf_free(&b);
    return e;
}

/* Who told it, as a mark; without a name it is the account. */
static enum err mark_reporter(struct ctx *c, const char *teller, char mark[VAULT_MARK])
{
    char who[256] = "";

    if (teller != NULL)
        text_fold(who, sizeof who, teller);
    const char *name = text_trim(who);
    if (name[0] == '\0') {
        snprintf(who, sizeof who, "#%lld", (long long)c->actor->account);
        name = who;
    }
    return vault_mark(c, name, mark);
}

static enum err insert(struct ctx *c, void *arg)
{
    struct adding *a = arg;
    const struct signal_form *f = a->f;
    struct sql_signal_insert_row added;
    struct happening h = HAPPENING_NONE;
    char reporter[VAULT_MARK];
    struct blob about;
    int64_t keeper;

    TRY(mark_reporter(c, f->teller, reporter));
    TRY(person_add(c, &(struct identity){ 0 }, &keeper));
    TRY(seal_about(c, keeper, f, &about));
    struct sql_signal_insert_args row = { keeper,   f->topic,         f->severity,       f->source,
                                          reporter, f->neighbourhood, f->team,           f->place,
                                          c->now,   c->now,           c->actor->account, about };
    TRY(sql_signal_insert(c, &row, &added));
    a->id = added.id;
    h.kind = steps[SIGNAL_RECEIVED].code;
    h.number = f->severity;
    struct history_of what = { "signal", added.id, keeper, 0 };
    TRY(history_add(c, &what, &h, NULL));
    struct sql_signal_state_args state = { added.id,  1,        states[SIGNAL_OPEN].code, f->severity, NULL,
                                           TIME_NONE, TIME_NONE };
    return sql_signal_state(c, &state);
}

enum err signal_add(struct ctx *c, const struct signal_form *f, int64_t *ret_id)
{
    struct adding a = { .f = f };

    TRY(may(c, RIGHT_SIGNAL));
    TRY(check_form(c, f));
    TRY(db_tx(c, insert, &a));
    *ret_id = a.id;
    return OK;
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Who works in the organisation sees all signals; the advisory council and partners their own. */
static bool sees_all(const struct actor *a)
{
    return a->role != ROLE_ADVISORY_COUNCIL && a->role != ROLE_PARTNER;
}

/* What was said, and who said it ("" when that is the account itself). */
static enum err open_about(struct ctx *c, int64_t keeper, struct blob sealed, const char **ret_about,
                           const char **ret_teller)
{
    const char *text;
    char *copy, *end;

    *ret_about = *ret_teller = "";
    if (sealed.data == NULL)
        return OK;
    TRY(vault_open(c, keeper, sealed, &text));
    copy = arena_copy(c->arena, text, strlen(text));
    if (copy == NULL)
        return FAIL(E_NOMEM, "%s", "");
    end = strchr(copy, SEPARATOR);
    if (end != NULL) {
        *end = '\0';
        *ret_teller = end + 1;
    }
    *ret_about = copy;
    return OK;
}

/* One loud voice counts once: each name once, and a signal of which nobody says who told it with its account.
 */
static enum err count_reporters(struct ctx *c, const struct signal_view *v, int64_t *ret_n)
{
    int64_t from = v->received_at - SIGNAL_DAYS * SECONDS_A_DAY;

    if (v->neighbourhood == INT_NONE) {
        struct sql_signal_reporters_nowhere_row row;
        TRY(sql_signal_reporters_nowhere(c, v->topic, from, v->received_at, &row));
        *ret_n = row.n;
        return OK;
    }
    struct sql_signal_reporters_row row;
    TRY(sql_signal_reporters(c, v->topic, v->neighbourhood, from, v->received_at, &row));
    *ret_n = row.n;
    return OK;
}

/* A row of the list: how it stands, without text and steps. */
static enum err fill(struct ctx *c, const struct config *k, const struct sql_signal_list_open_row *row,
                     struct signal_view *v)
{
    int32_t day = time_nl_day(row->received_at);
    size_t state;

    *v = (struct signal_view){ .id = row->id,
                               .keeper = row->keeper,
                               .severity = row->severity,
                               .neighbourhood = row->neighbourhood,
                               .team = row->team,
                               .received_at = row->received_at,
                               .topic = row->topic,
                               .source = row->source,
                               .own = row->account != INT_NONE && row->account == c->actor->account,
                               .now = { .version = row->version,
                                        .severity = row->severity,
                                        .answered_at = row->answered_at,
                                        .closed_at = row->closed_at,
                                        .verdict = row->verdict },
                               .due = DAY_NONE };
    if (!procedure_state_find(&signal_steps, row->state, &state))
        return FAIL(E_CORRUPT, _("The register holds an unknown state \"%s\"."), row->state);
    v->now.state = (enum signal_state)state;
    snprintf(v->number, sizeof v->number, "S-%d-%lld", date_to_civil(day).year, (long long)row->id);
    if (row->answered_at == TIME_NONE && row->closed_at == TIME_NONE) {
        int days = signal_answer_days(v->severity);
        v->due = days > 0 ? calendar_add_working(&k->calendar, day, days) : day;
        v->late = v->due < c->today;
    }
    return count_reporters(c, v, &v->reporters);
}

/* What was said, and the steps. */
static enum err fill_texts(struct ctx *c, struct blob about, struct signal_view *v)
{
    struct history_of what = { "signal", v->id, v->keeper, -1 };

    TRY(open_about(c, v->keeper, about, &v->about, &v->teller));
    return history_all(c, &what, &v->step, &v->steps);
}

enum err signal_get(struct ctx *c, int64_t id, struct signal_view *ret_signal)
{
    struct sql_signal_list_open_row *row;
    const struct config *k;
    struct signal_view v;
    size_t n;

    TRY(may(c, RIGHT_SIGNAL));
    TRY(config_get(c, &k));
    TRY(sql_signal_get(c, id, &row, &n));
    if (n == 0 || (!sees_all(c->actor) && (row->account == INT_NONE || row->account != c->actor->account)))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    TRY(fill(c, k, row, &v));
    TRY(fill_texts(c, row->about, &v));
    struct look look = { c->actor->account, "view", "signal", id };
    TRY(read_log_add(c, &look));
    *ret_signal = v;
    return OK;
}

static enum err select_rows(struct ctx *c, const struct signal_filter *f,
                            struct sql_signal_list_open_row **ret_row, size_t *ret_n)
{
    int64_t own = sees_all(c->actor) ? INT_NONE : c->actor->account;
    struct sql_signal_list_args args = { f->open ? TIME_NONE : time_of_nl_day(f->from, 0),
                                         f->open ? TIME_NONE : time_of_nl_day(f->to + 1, 0),
                                         f->topic,
                                         f->severity,
                                         own,
                                         SIGNAL_PAGE };

    if (!sees_all(c->actor) && own == INT_NONE) { /* the command line as a council member: has sent nothing */
        *ret_n = 0;
        return OK;
    }
    if (!f->open)
        return sql_signal_list(c, &args, ret_row, ret_n);
    return sql_signal_list_open(c, f->topic, f->severity, own, SIGNAL_PAGE, ret_row, ret_n);
}

enum err signal_list(struct ctx *c, const struct signal_filter *f, struct signal_view **ret_signal,
                     size_t *ret_n)
{
    struct sql_signal_list_open_row *row = NULL;
    struct signal_view *v;
    const struct config *k;
    size_t n = 0;

    TRY(may(c, RIGHT_SIGNAL));
    TRY(config_get(c, &k));
    TRY(select_rows(c, f, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < n; i++)
        TRY(fill(c, k, &row[i], &v[i]));
    struct look look = { c->actor->account, "list", "signal", INT_NONE };
    TRY(read_log_add(c, &look));
    *ret_signal = v;
    *ret_n = n;
    return OK;
}

/* ── The next step ────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_change(struct ctx *c, const struct signal_change *ch, const struct signal_view *v)
{
    if (ch->step == SIGNAL_JUDGED_STEP && !code_known(signal_verdicts, signal_verdict_count, ch->verdict))
        return FAIL_FIELD("verdict", "%s", _("Choose how you judge it."));
    if (ch->step == SIGNAL_JUDGED_STEP && (ch->severity < 1 || ch->severity > SIGNAL_SEVERITIES))
        return FAIL_FIELD("severity", "%s", _("Choose how serious it is."));
    if ((ch->step == SIGNAL_ANSWERED_STEP || ch->step == SIGNAL_NOTE) && text_empty(ch->note))
        return FAIL_FIELD("note", "%s", _("Write it down in a few words."));
    if (!procedure_allows(&signal_steps, v->now.state, ch->step))
        return FAIL(E_CONFLICT, _("This is not possible: the signal is \"%s\"."),
                    procedure_state_name(c, &signal_steps, v->now.state));
    return OK;
}

static enum err change(struct ctx *c, void *arg)
{
    const struct signal_change *ch = arg;
    struct happening h = HAPPENING_NONE;
    struct signal_standing s;
    struct signal_view v;

    TRY(signal_get(c, ch->id, &v));
    struct history_of what = { "signal", ch->id, v.keeper, ch->seen };
    if (ch->seen < 0 || ch->seen == v.now.version) /* else history_add says what is wrong */
        TRY(check_change(c, ch, &v));
    h.kind = steps[ch->step].code;
    h.number = ch->step == SIGNAL_JUDGED_STEP ? ch->severity : INT_NONE;
    h.reason = ch->step == SIGNAL_JUDGED_STEP ? ch->verdict : NULL;
    h.note = ch->note;
    TRY(history_add(c, &what, &h, NULL));
    TRY(history_all(c, &what, &v.step, &v.steps));
    signal_replay(v.step, v.steps, &s);
    struct sql_signal_state_args row = { ch->id,    s.version,     states[s.state].code, s.severity,
                                         s.verdict, s.answered_at, s.closed_at };
    return sql_signal_state(c, &row);
}

enum err signal_change(struct ctx *c, const struct signal_change *ch)
{
    struct signal_change copy = *ch;

    TRY(may(c, ch->step == SIGNAL_NOTE && sees_all(c->actor) ? RIGHT_SIGNAL : RIGHT_SIGNAL_JUDGE));
    return db_tx(c, change, &copy);
}
