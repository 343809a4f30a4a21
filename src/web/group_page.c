// SPDX-License-Identifier: EUPL-1.2
/* One group: who takes part, who was there, adding people and letting them go. */
#include "base/buf.h"
#include "base/text.h"
#include "web/group.h"
#include "web/record.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

static enum err themes_text(struct ctx *c, const struct group *g, const char **ret_text)
{
    struct buf b = { 0 };
    enum err e;

    for (size_t i = 0; i < g->themes; i++)
        buf_printf(&b, "%s%s", i > 0 ? ", " : "", code_text(c, group_themes, group_theme_count, g->theme[i]));
    e = ctx_copy(c, g->themes > 0 ? buf_text(&b) : _("every question"), ret_text);
    buf_free(&b);
    return e;
}

static enum err ends_fill(struct ctx *c, const struct participant *p, size_t n, struct group_page *page)
{
    const char **end;

    TRY(ctx_alloc(c, n + 1, sizeof *end, (void *)&end));
    for (size_t i = 0; i < n; i++) {
        if (p[i].ended_at == TIME_NONE)
            continue;
        end[i] = code_text(c, group_ends, group_end_count, p[i].end_reason);
        if (end[i] == p[i].end_reason) /* ended as a line of help */
            end[i] = code_text(c, line_ends, line_end_count, p[i].end_reason);
    }
    page->person = p;
    page->people = n;
    page->end = end;
    return OK;
}

static enum err group_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                           struct reply *out)
{
    struct group_page p = { .fill = INT_NONE };
    struct group_session *session;
    struct participant *person;
    const struct config *k;
    struct group g;
    size_t n;

    TRY(config_get(c, &k));
    TRY(group_get(c, r->ids.id[0], &g));
    TRY(group_people(c, &g, &person, &n, &p.others));
    TRY(ends_fill(c, person, n, &p));
    TRY(group_sessions(c, g.id, &session, &p.sessions));
    TRY(frame_fill(c, r, g.name, "/groups", &p.frame));
    TRY(themes_text(c, &g, &p.themes));
    p.session = session;
    p.group = &g;
    p.kind = code_text(c, group_kinds, group_kind_count, g.kind);
    p.team = g.team != INT_NONE ? config_team_name(k, g.team) : _("All teams");
    p.here = g.joined - g.ended;
    p.room = g.capacity > p.here ? g.capacity - p.here : 0;
    p.over = g.stopped || g.ends < c->today;
    if (!p.over)
        p.fill = p.here * 100 / g.capacity;
    p.may_case = user_may(c, RIGHT_CASE);
    if (wrong != NULL)
        p.wrong = *wrong;
    p.day = wrong != NULL ? req_form(r, "day") : typed_day_text(c, c->today < g.ends ? c->today : g.ends);
    p.guests = wrong != NULL ? req_form(r, "guests") : NULL;
    return group_html(c, &out->body, &p);
}

enum err web_group_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return group_show(c, r, NULL, out);
}

/* ── Who was there ────────────────────────────────────────────────────────────────────────────────────────
 */

struct session_typed {
    int32_t day;
    int64_t guests;
    struct form_ids present;
};
static const struct form_field session_fields[] = {
    { FORM_AT(struct session_typed, day), .kind = FORM_DATE, .required = true, .label = N_("On which day?") },
    { FORM_AT(struct session_typed, guests), .kind = FORM_INT, .max = 500,
      .label = N_("Others who were there") },
    { FORM_AT(struct session_typed, present), .kind = FORM_IDS, .label = N_("Who was there?") },
};

static enum err session_save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct session_typed t = { 0 };

    TRY(form_read(c, r, session_fields, COUNT(session_fields), &t, wrong));
    return attendance_add(
        c, &(struct attendance_form){ r->ids.id[0], t.day, t.present.id, t.present.n, t.guests });
}

enum err web_group_session_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = session_save(c, r, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/groups/%lld?done=session", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return group_show(c, r, &wrong, out);
}

/* ── Adding people ────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err join_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct group_join_page p = { 0 };
    struct group_candidate *candidate;
    struct group g;

    TRY(group_get(c, r->ids.id[0], &g));
    TRY(group_candidates(c, &g, &candidate, &p.n));
    TRY(frame_fill(c, r, _("Add people to the group"), "/groups", &p.frame));
    p.group = &g;
    p.candidate = candidate;
    for (size_t i = 0; i < p.n; i++)
        p.fitting += candidate[i].fits;
    p.room = g.capacity - (g.joined - g.ended);
    p.room = p.room > 0 ? p.room : 0;
    if (wrong != NULL)
        p.wrong = *wrong;
    p.day = wrong != NULL ? req_form(r, "day") : typed_day_text(c, c->today);
    return group_join_html(c, &out->body, &p);
}

enum err web_group_join_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return join_show(c, r, NULL, out);
}

struct join_typed {
    int32_t day;
    struct form_ids request;
};
static const struct form_field join_fields[] = {
    { FORM_AT(struct join_typed, day), .kind = FORM_DATE, .required = true, .label = N_("Take part from") },
    { FORM_AT(struct join_typed, request), .kind = FORM_IDS, .label = N_("Residents") },
};

static enum err join_save(struct ctx *c, const struct req *r, struct form_errors *wrong, int64_t *ret_batch)
{
    struct join_typed t = { 0 };

    TRY(form_read(c, r, join_fields, COUNT(join_fields), &t, wrong));
    return group_join(c, &(struct group_join){ r->ids.id[0], t.request.id, t.request.n, t.day }, ret_batch);
}

enum err web_group_join_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    int64_t batch;
    enum err e = join_save(c, r, &wrong, &batch);

    if (e == OK)
        return reply_redirect(c, out, "/groups/%lld?done=joined&batch=%lld", (long long)r->ids.id[0],
                              (long long)batch);
    TRY(wrong_take(c, e, out, &wrong));
    return join_show(c, r, &wrong, out);
}

/* ── Leaving ──────────────────────────────────────────────────────────────────────────────────────────────
 */

struct leave_typed {
    int32_t day;
    const char *reason;
};
static const struct form_field leave_fields[] = {
    { FORM_AT(struct leave_typed, day), .kind = FORM_DATE, .required = true, .label = N_("Last day"),
      .narrow = true },
    { FORM_AT(struct leave_typed, reason), .kind = FORM_CODE, .codes = group_ends,
      .n_codes = &group_end_count, .required = true, .label = N_("Why does it end?") },
};

static enum err leave_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                           struct reply *out)
{
    struct pair value[] = { { "day", typed_day_text(c, c->today) } };
    struct form form = { FORM(leave_fields), .value = value, .n_values = 1 };
    struct record_new_page p = { .button = _("Save") };
    struct participant *person;
    struct group g;
    struct buf b = { 0 };
    int64_t others;
    size_t n;

    TRY(group_get(c, r->ids.id[0], &g));
    TRY(group_people(c, &g, &person, &n, &others));
    for (size_t i = 0; i < n; i++)
        if (person[i].id == r->ids.id[1])
            p.lead = filled_text(c, "{1} \xc2\xb7 {2}", person[i].name, g.name);
    if (p.lead == NULL)
        return FAIL(E_NOT_FOUND, "%s", _("Nobody like this takes part in the group."));
    TRY(frame_fill(c, r, _("Stop taking part"), "/groups", &p.frame));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    buf_printf(&b, "/groups/%lld", (long long)g.id);
    enum err e = ctx_copy(c, buf_text(&b), &p.back);
    if (e == OK)
        e = ctx_copy(c, r->path, &p.action);
    buf_free(&b);
    TRY(e);
    return record_new_html(c, &out->body, &p);
}

enum err web_group_leave_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return leave_show(c, r, NULL, out);
}

static enum err leave_save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct leave_typed t = { 0 };

    TRY(form_read(c, r, leave_fields, COUNT(leave_fields), &t, wrong));
    return group_leave(c, &(struct group_leave){ r->ids.id[0], r->ids.id[1], t.day, t.reason });
}

enum err web_group_leave_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = leave_save(c, r, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/groups/%lld?done=left_group", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return leave_show(c, r, &wrong, out);
}
