// SPDX-License-Identifier: EUPL-1.2
#include "web/person.h"

#include "register/config.h"
#include "register/right.h"
#include "register/safe_contact.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

/* ── Who ──────────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err who_fill(struct ctx *c, const struct identity *who, struct person_page *p)
{
    struct safe_contact safe;

    p->name = who->name != NULL ? who->name : "";
    p->birth = DAY_NONE;
    if (who->birth != NULL && !date_scan(who->birth, strlen(who->birth), &p->birth))
        p->birth = DAY_NONE;
    p->age = years_old(p->birth, c->today);
    safe_contact_read(who->safe_contact, &safe);
    TRY(safe_contact_line(c, &safe, &p->safe));
    p->safe_stop = safe.ask_first || safe.neutral || safe.note != NULL;
    for (size_t i = 0; i < WAYS; i++)
        p->safe_stop = p->safe_stop || safe.way[i] == SAFE_NO;
    p->interpreter = who->interpreter != NULL
                         ? code_text(c, person_interpreters, person_interpreter_count, who->interpreter)
                         : NULL;
    p->reading =
        who->reading != NULL ? code_text(c, person_readings, person_reading_count, who->reading) : NULL;
    return OK;
}

/* ── Requests ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static void request_fill(const struct ctx *c, const struct config *k, const struct person_request *from,
                         struct person_request_view *v)
{
    const struct request *r = &from->request;

    *v = (struct person_request_view){ .id = r->id.v,
                                       .number = r->number,
                                       .urgency = r->now.urgency,
                                       .version = r->now.version,
                                       .state = state_name(c, r->now.state),
                                       .team = config_team_name(k, r->now.team),
                                       .question = r->question,
                                       .received = time_nl_day(r->now.received_at),
                                       .merged = r->now.merged,
                                       .sealed = r->now.sealed,
                                       .open = r->now.ended_at == TIME_NONE,
                                       .ave = from->ave.level,
                                       .ave_name = ave_level_name(c, from->ave.level) };
    if (v->open && from->regies > 0) {
        v->regie = from->regie[0].holder;
        v->director = from->regie[0].name[0] != '\0' ? from->regie[0].name : NULL;
    }
}

static enum err requests_fill(struct ctx *c, struct person_page *p)
{
    struct person_request_view *v;
    const struct config *k;

    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, p->file->requests + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < p->file->requests; i++)
        request_fill(c, k, &p->file->request[i], &v[i]);
    p->request = v;
    return OK;
}

static const char *number_of(const struct person_file *f, int64_t request)
{
    for (size_t i = 0; i < f->requests; i++)
        if (f->request[i].request.id.v == request)
            return f->request[i].request.number;
    return NULL;
}

/* ── Timeline and promises ────────────────────────────────────────────────────────────────────────────────
 */

static enum err entry_fill(struct ctx *c, const struct person_file *f, const struct timeline_entry *e,
                           struct person_entry_view *v)
{
    static const char *const looks[] = { "peil-event", "peil-event--good", "peil-event--bad" };

    *v = (struct person_entry_view){ .title = e->title,
                                     .detail = text_empty(e->detail) ? NULL : e->detail,
                                     .note = text_empty(e->note) ? NULL : e->note,
                                     .who = e->who,
                                     .look = looks[e->tone],
                                     .url = e->url,
                                     .number = number_of(f, e->request),
                                     .at = e->at,
                                     .recorded = DAY_NONE,
                                     .day = time_nl_day(e->at),
                                     .withheld = e->withheld,
                                     .undone = e->undone,
                                     .late = e->promise && time_nl_day(e->at) < c->today };
    if (e->recorded_at != TIME_NONE && time_nl_day(e->recorded_at) != v->day)
        v->recorded = time_nl_day(e->recorded_at);
    if (e->url != NULL || e->request == INT_NONE)
        return OK;
    struct buf b = { 0 };
    buf_printf(&b, "/requests/%lld", (long long)e->request);
    enum err err = ctx_copy(c, buf_text(&b), &v->url);
    buf_free(&b);
    return err;
}

static enum err entries_fill(struct ctx *c, struct person_page *p)
{
    const struct timeline_all *t = &p->file->timeline;
    struct person_entry_view *entry, *promise;

    TRY(ctx_alloc(c, t->n + 1, sizeof *entry, (void *)&entry));
    TRY(ctx_alloc(c, t->promises + 1, sizeof *promise, (void *)&promise));
    for (size_t i = 0; i < t->n; i++)
        TRY(entry_fill(c, p->file, &t->entry[i], &entry[i]));
    for (size_t i = 0; i < t->promises; i++)
        TRY(entry_fill(c, p->file, &t->promise[i], &promise[i]));
    p->entry = entry;
    p->promise = promise;
    return OK;
}

/* ── Household and network ────────────────────────────────────────────────────────────────────────────────
 */

static enum err home_fill(struct ctx *c, const struct household *h, struct person_home_view *v)
{
    struct person_member_view *m;

    TRY(ctx_alloc(c, h->n + 1, sizeof *m, (void *)&m));
    v->now = false;
    for (size_t i = 0; i < h->n; i++) {
        const struct household_member *from = &h->member[i];
        m[i] = (struct person_member_view){ from,
                                            code_text(c, household_roles, household_role_count, from->role),
                                            !from->self && !from->hidden };
        v->now = v->now || (from->self && from->ends_on == DAY_NONE);
    }
    v->h = h;
    v->member = m;
    return OK;
}

static enum err around_fill(struct ctx *c, struct person_page *p)
{
    const struct person_file *f = p->file;
    struct person_home_view *home;
    struct person_helper_view *helper;

    TRY(ctx_alloc(c, f->households + 1, sizeof *home, (void *)&home));
    for (size_t i = 0; i < f->households; i++)
        TRY(home_fill(c, &f->household[i], &home[i]));
    TRY(ctx_alloc(c, f->helpers + 1, sizeof *helper, (void *)&helper));
    for (size_t i = 0; i < f->helpers; i++) {
        const struct helper *h = &f->helper[i];
        helper[i] =
            (struct person_helper_view){ h, code_text(c, network_kinds, network_kind_count, h->kind),
                                         code_text(c, network_told, network_told_count, h->told), NULL };
        if (!text_is(h->message, NETWORK_NONE))
            helper[i].message = code_text(c, network_messages, network_message_count, h->message);
    }
    p->home = home;
    p->helper = helper;
    return OK;
}

/* ── The page ─────────────────────────────────────────────────────────────────────────────────────────────
 */

enum err web_person_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct person_page p = { 0 };
    struct person_file f;

    TRY(person_file_get(c, r->ids.id[0], &f));
    if (f.person != r->ids.id[0]) /* joined: the page of the registration whose data count */
        return reply_redirect(c, out, "/persons/%lld", (long long)f.person);
    p.file = &f;
    TRY(frame_fill(c, r, _("Resident"), NULL, &p.frame));
    TRY(who_fill(c, &f.who, &p));
    TRY(requests_fill(c, &p));
    TRY(entries_fill(c, &p));
    TRY(around_fill(c, &p));
    p.ave = ave_level_name(c, f.ave);
    p.may_change = user_may(c, RIGHT_HOUSEHOLD);
    p.may_merge = user_may(c, RIGHT_MERGE);
    p.may_seal = user_may(c, RIGHT_SEAL);
    p.may_register = user_may(c, RIGHT_REGISTER);
    p.may_block = user_may(c, RIGHT_HOUSEHOLD) && c->actor->account != INT_NONE;
    return person_html(c, &out->body, &p);
}

/* ── What was changed ─────────────────────────────────────────────────────────────────────────────────────
 */

static const struct code_name change_kinds[] = {
    { "changed", N_("Data changed") },
    { "joined", N_("Joined with another registration") },
    { "split", N_("Taken apart from another registration") },
    { "distinct", N_("Judged not to be the same as another person") },
    { "distinct_ended", N_("Judgement of being two people taken back") },
};

enum err web_person_history_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct person_history_page p = { .person = r->ids.id[0] };
    const struct person_change *x;
    struct person_change_view *v;
    struct identity who;

    TRY(person_changes(c, p.person, &x, &p.n));
    TRY(person_get(c, p.person, &who));
    TRY(frame_fill(c, r, _("What was changed"), NULL, &p.frame));
    p.name = who.name != NULL ? who.name : "";
    TRY(ctx_alloc(c, p.n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < p.n; i++) {
        struct form_difference *d;
        TRY(person_difference_show(c, &x[i], &d));
        v[i] =
            (struct person_change_view){ .at = x[i].at,
                                         .who = x[i].who,
                                         .title = code_text(c, change_kinds, COUNT(change_kinds), x[i].kind),
                                         .difference = d,
                                         .n = x[i].n,
                                         .other = x[i].other };
    }
    p.change = v;
    return person_history_html(c, &out->body, &p);
}
