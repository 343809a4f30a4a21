// SPDX-License-Identifier: EUPL-1.2
#include "register/worker.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "register/fte.h"
#include "register/right.h"
#include "store/memo.h"
#include "store/sql.h"

#include <string.h>

const struct code_name worker_disciplines[] = {
    { "social_worker", N_("Social worker") },
    { "family_coach", N_("Family coach") },
    { "youth_coach", N_("Youth coach") },
    { "wmo_officer", N_("Social Support Act officer") },
    { "social_caseworker", N_("Psychosocial worker") },
    { "job_coach", N_("Job coach") },
    { "behavioural_scientist", N_("Behavioural scientist") },
    { "intake", N_("Intake and advice") },
};
const size_t worker_discipline_count = COUNT(worker_disciplines);
const struct code_name worker_contracts[] = {
    { "own", N_("In our own service") },
    { "seconded", N_("Seconded") },
    { "hired", N_("Hired") },
};
const size_t worker_contract_count = COUNT(worker_contracts);
const struct code_name worker_genders[] = {
    { "woman", N_("Woman") },
    { "man", N_("Man") },
    { "other", N_("Otherwise") },
};
const size_t worker_gender_count = COUNT(worker_genders);
const struct code_name worker_takeovers[] = {
    { "asked", N_("Asked to come along") },
    { "moved", N_("Came along") },
    { "declined", N_("Did not come along") },
};
const size_t worker_takeover_count = COUNT(worker_takeovers);
const struct code_name worker_languages[] = {
    /* ISO 639-1; Dutch Sign Language has no two letters */
    { "nl", N_("Dutch") },
    { "en", N_("English") },
    { "de", N_("German") },
    { "fr", N_("French") },
    { "tr", N_("Turkish") },
    { "ar", N_("Arabic") },
    { "zgh", N_("Berber") },
    { "pl", N_("Polish") },
    { "uk", N_("Ukrainian") },
    { "ru", N_("Russian") },
    { "ro", N_("Romanian") },
    { "es", N_("Spanish") },
    { "so", N_("Somali") },
    { "ti", N_("Tigrinya") },
    { "fa", N_("Persian") },
    { "pap", N_("Papiamento") },
    { "dse", N_("Dutch Sign Language") },
};
const size_t worker_language_count = COUNT(worker_languages);
const struct code_name employer_kinds[] = {
    { "own", N_("Our own organisation") },  { "parent", N_("Organisation behind us") },
    { "municipality", N_("Municipality") }, { "partner", N_("Partner") },
    { "agency", N_("Hiring agency") },      { "provider", N_("Provider") },
};
const size_t employer_kind_count = COUNT(employer_kinds);

bool codes_have(const char *codes, const char *code)
{
    size_t len = strlen(code);

    for (const char *p = codes; p != NULL && *p != '\0';) {
        size_t n = strcspn(p, " ");
        if (n == len && memcmp(p, code, n) == 0)
            return true;
        p += n;
        p += strspn(p, " ");
    }
    return false;
}

enum err codes_text(struct ctx *c, const struct code_name *list, size_t n, const char *codes,
                    const char **ret_text)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < n; i++)
        if (codes_have(codes, list[i].code)) {
            buf_str(&b, b.len > 0 ? ", " : "");
            buf_str(&b, _(list[i].name));
        }
    enum err e = ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

bool worker_serves(const struct worker_facts *f, int32_t day)
{
    return (f->started == DAY_NONE || f->started <= day) && (f->ended == DAY_NONE || f->ended >= day);
}

#define NO_TEAM (-1) /* of nobody: a worker of a partner sees no colleagues but themselves */

/* The team beyond which this user does not see; INT_NONE: everyone. */
static int64_t own_team(const struct ctx *c)
{
    bool within = c->actor->role == ROLE_TEAM_LEAD || c->actor->role == ROLE_SOCIAL_WORKER;

    if (c->actor->role == ROLE_SOCIAL_WORKER && c->actor->team == INT_NONE)
        return NO_TEAM;
    return within ? c->actor->team : INT_NONE;
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static struct worker take(const struct sql_worker_staff_row *r)
{
    return (struct worker){ .id = r->id,
                            .version = r->version,
                            .f = { .name = r->name,
                                   .team = r->team,
                                   .discipline = r->discipline,
                                   .others = r->others,
                                   .employer = r->employer,
                                   .contract = r->contract,
                                   .languages = r->languages,
                                   .gender = r->gender,
                                   .room = r->room,
                                   .started = r->started_on,
                                   .ended = r->ended_on,
                                   .takeover = r->takeover },
                            .employer_name = r->employer_name,
                            .employer_kind = r->employer_kind };
}

enum err worker_read_all(struct ctx *c, int64_t team, struct worker **ret_worker, size_t *ret_n)
{
    struct sql_worker_staff_row *row;
    struct worker *w;
    size_t n;

    if (team == INT_NONE)
        TRY(sql_worker_staff(c, &row, &n));
    else
        TRY(sql_worker_staff_of(c, team, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *w, (void *)&w));
    for (size_t i = 0; i < n; i++)
        w[i] = take(&row[i]);
    *ret_worker = w;
    *ret_n = n;
    return OK;
}

enum err worker_all(struct ctx *c, int64_t team, struct worker **ret_worker, size_t *ret_n)
{
    TRY(may(c, RIGHT_STAFF));
    int64_t within = own_team(c);
    if (within != INT_NONE && team != INT_NONE && team != within)
        return FAIL(E_NOT_FOUND, "%s", _("This team is not yours."));
    return worker_read_all(c, within != INT_NONE ? within : team, ret_worker, ret_n);
}

enum err worker_read(struct ctx *c, int64_t id, struct worker *ret_worker)
{
    struct sql_worker_staff_row *row;
    size_t n;

    TRY(sql_worker_get(c, id, &row, &n));
    if (n == 0)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this worker."));
    *ret_worker = take(row);
    return OK;
}

enum err worker_name(struct ctx *c, int64_t id, const char **ret_name)
{
    struct worker w;

    *ret_name = "";
    if (id == INT_NONE)
        return OK;
    TRY(worker_read(c, id, &w));
    *ret_name = w.f.name;
    return OK;
}

enum err worker_get(struct ctx *c, int64_t id, struct worker *ret_worker)
{
    struct worker w;

    TRY(may(c, RIGHT_STAFF));
    TRY(worker_read(c, id, &w));
    int64_t within = own_team(c);
    if (within != INT_NONE && w.f.team != within && c->actor->worker != id)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this worker."));
    *ret_worker = w;
    return OK;
}

enum err worker_versions(struct ctx *c, int64_t id, struct worker_version **ret_version, size_t *ret_n)
{
    struct sql_worker_versions_row *row;
    struct worker_version *v;
    size_t n;

    TRY(sql_worker_versions(c, id, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < n; i++)
        v[i] = (struct worker_version){ .version = row[i].version,
                                        .recorded_at = row[i].recorded_at,
                                        .who = row[i].who,
                                        .f = { .name = row[i].name,
                                               .team = row[i].team,
                                               .discipline = row[i].discipline,
                                               .others = row[i].others,
                                               .employer = row[i].employer,
                                               .contract = row[i].contract,
                                               .languages = row[i].languages,
                                               .gender = row[i].gender,
                                               .room = row[i].room,
                                               .started = row[i].started_on,
                                               .ended = row[i].ended_on,
                                               .takeover = row[i].takeover },
                                        .employer_name = row[i].employer_name };
    *ret_version = v;
    *ret_n = n;
    return OK;
}

/* ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_facts(struct ctx *c, const struct worker_facts *f)
{
    if (text_empty(f->name))
        return FAIL_FIELD("name", "%s", _("Fill in the name."));
    if (f->team != INT_NONE && own_team(c) != INT_NONE && f->team != own_team(c))
        return FAIL_FIELD("team", "%s", _("Choose your own team."));
    if (f->team == INT_NONE && own_team(c) != INT_NONE)
        return FAIL_FIELD("team", "%s", _("Choose your own team."));
    if (f->started != DAY_NONE && f->ended != DAY_NONE && f->ended < f->started)
        return FAIL_FIELD("ended", "%s", _("The last day cannot be before the first day."));
    if (f->room != INT_NONE && (f->room < 0 || f->room > 200))
        return FAIL_FIELD("room", "%s", _("Fill in a number from 0 to 200."));
    return OK;
}

static enum err insert_version(struct ctx *c, int64_t id, int64_t version, const struct worker_facts *f)
{
    struct sql_worker_version_insert_args v = { id,          version,     c->now,        c->actor->account,
                                                f->name,     f->team,     f->discipline, f->others,
                                                f->employer, f->contract, f->languages,  f->gender,
                                                f->room,     f->started,  f->ended,      f->takeover };

    return sql_worker_version_insert(c, &v);
}

static enum err put_facts(struct ctx *c, int64_t id, int64_t seen, const struct worker_facts *f)
{
    struct sql_worker_put_args a = { id,        seen,        f->name,     f->team,      f->discipline,
                                     f->others, f->employer, f->contract, f->languages, f->gender,
                                     f->room,   f->started,  f->ended,    f->takeover };
    struct sql_worker_put_row *row;
    size_t n;

    TRY(sql_worker_put(c, &a, &row, &n));
    if (n == 0)
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed this worker in the meantime. Look at the new version first."));
    return insert_version(c, id, row->version, f);
}

enum err worker_write_first(struct ctx *c, int64_t id, const struct worker_facts *f)
{
    return put_facts(c, id, 0, f);
}

enum err worker_write(struct ctx *c, int64_t id, int64_t seen, const struct worker_facts *f)
{
    struct worker old;

    TRY(worker_read(c, id, &old));
    if (old.version == 0 && seen == 0) /* from an import: what it was, is a version too */
        TRY(insert_version(c, id, 0, &old.f));
    return put_facts(c, id, seen, f);
}

struct writing {
    const struct worker_facts *f;
    int64_t id, seen, fte;
};

/* An employer that is not in the list yet comes with the worker. */
static enum err take_employer(struct ctx *c, const struct worker_facts *from, struct worker_facts *ret_facts)
{
    *ret_facts = *from;
    if (from->employer_new.name == NULL)
        return OK;
    return employer_find_or_add(c, from->employer_new.name, from->employer_new.kind, &ret_facts->employer);
}

static enum err add(struct ctx *c, void *arg)
{
    struct writing *w = arg;
    struct sql_worker_insert_row added;
    struct worker_facts f;

    TRY(sql_worker_insert(c, w->f->name, w->f->team, w->f->discipline, &added));
    w->id = added.id;
    TRY(take_employer(c, w->f, &f));
    TRY(put_facts(c, w->id, 0, &f));
    if (w->fte != INT_NONE)
        return fte_put(c, w->id, w->f->started != DAY_NONE ? w->f->started : c->today, w->fte);
    return OK;
}

enum err worker_add(struct ctx *c, const struct worker_facts *f, int64_t fte, int64_t *ret_id)
{
    struct writing w = { .f = f, .fte = fte };

    TRY(may(c, RIGHT_STAFF_EDIT));
    TRY(check_facts(c, f));
    if (fte != INT_NONE && (fte < 0 || fte > 150))
        return FAIL_FIELD("fte", "%s", _("Fill in hours as a part of a full working week, from 0 to 1.5."));
    TRY(db_tx(c, add, &w));
    *ret_id = w.id;
    return OK;
}

static enum err change(struct ctx *c, void *arg)
{
    struct writing *w = arg;
    struct sql_worker_open_row open;
    struct worker_facts f;

    if (w->f->ended != DAY_NONE) {
        TRY(sql_worker_open(c, w->id, &open));
        if (open.cases > 0)
            return FAIL_FIELD("ended",
                              _("This worker still has %lld open cases. First hand them over to others."),
                              (long long)open.cases);
    }
    TRY(take_employer(c, w->f, &f));
    return worker_write(c, w->id, w->seen, &f);
}

enum err worker_change(struct ctx *c, int64_t id, int64_t seen, const struct worker_facts *f)
{
    struct writing w = { .f = f, .id = id, .seen = seen };
    struct worker old;

    TRY(may(c, RIGHT_STAFF_EDIT));
    TRY(worker_get(c, id, &old));
    TRY(check_facts(c, f));
    return db_tx(c, change, &w);
}

/* ── Employers and accounts ───────────────────────────────────────────────────────────────────────────────
 */

enum err employer_all(struct ctx *c, struct employer **ret_employer, size_t *ret_n)
{
    struct sql_employer_all_row *row;
    struct employer *e;
    size_t n;

    TRY(may(c, RIGHT_LOGGED_IN));
    TRY(sql_employer_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *e, (void *)&e));
    for (size_t i = 0; i < n; i++)
        e[i] = (struct employer){ row[i].id, row[i].name, row[i].kind };
    *ret_employer = e;
    *ret_n = n;
    return OK;
}

enum err employer_find_or_add(struct ctx *c, const char *name, const char *kind, int64_t *ret_id)
{
    struct sql_employer_all_row *row;
    struct sql_employer_insert_row added;
    size_t n;

    TRY(sql_employer_all(c, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (text_is(row[i].name, name)) {
            *ret_id = row[i].id;
            return OK;
        }
    TRY(sql_employer_insert(c, name, kind, &added));
    *ret_id = added.id;
    return OK;
}

enum err worker_accounts(struct ctx *c, struct login_name **ret_account, size_t *ret_n)
{
    struct sql_account_free_row *row;
    struct login_name *a;
    size_t n;

    TRY(may(c, RIGHT_STAFF_EDIT));
    TRY(sql_account_free(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *a, (void *)&a));
    for (size_t i = 0; i < n; i++)
        a[i] = (struct login_name){ row[i].id, row[i].worker, row[i].login, row[i].name, row[i].role };
    *ret_account = a;
    *ret_n = n;
    return OK;
}

struct link {
    int64_t worker, account;
};

/* One account a worker: the one before is let go. */
static enum err link_account(struct ctx *c, void *arg)
{
    const struct link *l = arg;
    struct sql_account_free_row *row;
    size_t n;

    TRY(sql_account_free(c, &row, &n));
    for (size_t i = 0; i < n; i++) {
        if (row[i].id == l->account && row[i].worker != INT_NONE && row[i].worker != l->worker)
            return FAIL_FIELD("account", "%s", _("This account belongs to another worker."));
        if (row[i].worker == l->worker && row[i].id != l->account)
            TRY(sql_account_link(c, row[i].id, INT_NONE));
    }
    return l->account != INT_NONE ? sql_account_link(c, l->account, l->worker) : OK;
}

enum err worker_link(struct ctx *c, int64_t worker, int64_t account)
{
    struct link l = { worker, account };
    struct worker w;

    TRY(may(c, RIGHT_STAFF_EDIT));
    TRY(worker_get(c, worker, &w));
    return db_tx(c, link_account, &l);
}

/* ── Retention ────────────────────────────────────────────────────────────────────────────────────────────
 */

enum err worker_retention(struct ctx *c, int32_t day, struct retention *ret_retention)
{
    struct retention r = { 0 };
    struct fte_book book;

    TRY(may(c, RIGHT_STAFF));
    TRY(fte_book_read(c, day, day, &book));
    for (size_t i = 0; i < book.workers; i++) {
        const struct worker *w = &book.worker[i];
        int64_t fte = fte_of_worker(&book, w->id, w->f.started != DAY_NONE ? w->f.started : day);
        bool moved = text_is(w->f.takeover, "moved");
        if (w->f.takeover != NULL) {
            r.asked++;
            r.asked_fte += fte;
            r.moved += moved;
            r.moved_fte += moved ? fte : 0;
        }
        bool then = w->f.started != DAY_NONE && worker_serves(&w->f, date_add_months(day, -12));
        r.year_ago += then;
        r.still += then && worker_serves(&w->f, day);
        if (w->f.started == DAY_NONE || date_add_months(w->f.started, 12) > day ||
            text_is(w->f.takeover, "declined") || text_is(w->f.takeover, "asked"))
            continue; /* has not been here for a year, or never came */
        bool stayed = worker_serves(&w->f, date_add_months(w->f.started, 12));
        r.moved_before += moved;
        r.moved_stayed += moved && stayed;
        r.arrived += !moved;
        r.arrived_stayed += !moved && stayed;
    }
    *ret_retention = r;
    return OK;
}
