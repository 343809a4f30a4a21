// SPDX-License-Identifier: EUPL-1.2
/* Lists about access: emergency access and reasons, who looked, what is sealed, who is hidden from whom. */
#include "register/right.h"
#include "web/access.h"
#include "web/edit_page.h"
#include "web/show.h"
#include "web/tpl.h"

size_t access_tabs(const struct ctx *c, const char *current, struct tab tab[4])
{
    static const struct {
        const char *label, *url;
        enum right right;
    } all[] = {
        { N_("Opened with a reason"), "/access", RIGHT_ACCESS_LOG },
        { N_("Sealed"), "/access/sealed", RIGHT_SEAL },
        { N_("Hidden from colleagues"), "/access/blocks", RIGHT_SEAL },
    };
    size_t n = 0;

    for (size_t i = 0; i < COUNT(all); i++)
        if (user_may(c, all[i].right))
            tab[n++] = (struct tab){ _(all[i].label), all[i].url, INT_NONE, text_is(all[i].url, current) };
    return n;
}

static enum err show(struct ctx *c, const struct req *r, const char *current, struct sheet *s,
                     struct access_page *p, struct reply *out)
{
    if (sheet_is_file(r))
        return web_sheet_export(c, r, s, out);
    TRY(frame_fill(c, r, s->title, user_may(c, RIGHT_ACCESS_LOG) ? "/access" : "/access/sealed", &p->frame));
    p->tabs = access_tabs(c, current, p->tab);
    TRY(sheet_view_fill(c, r, s, &p->sheet));
    return access_html(c, &out->body, p);
}

/* ── Reasons that were given ──────────────────────────────────────────────────────────────────────────────
 */

static const struct code_name kinds[] = { { ACCESS_EMERGENCY, N_("Emergency access") },
                                          { ACCESS_CONTENT, N_("Within the team") } };
static const struct sheet_column case_columns[] = {
    SHEET_COLUMN(N_("When"), MOMENT),
    SHEET_COLUMN_SUB(N_("Who"), TEXT, N_("Role")),
    SHEET_COLUMN_SUB(N_("Request"), TEXT, N_("Looks")),
    SHEET_COLUMN(N_("How"), BADGE),
    SHEET_COLUMN_SUB(N_("Why"), TEXT, N_("In words")),
    SHEET_COLUMN_SUB(N_("Judged"), TEXT, N_("By whom")),
};

static const char *reason_text(const struct ctx *c, const char *code)
{
    const char *text = code_text(c, access_emergency_reasons, access_emergency_reason_count, code);

    return text_is(text, code) ? code_text(c, access_content_reasons, access_content_reason_count, code)
                               : text;
}

static enum err case_row(struct ctx *c, const struct access_case *x, struct sheet *s)
{
    TRY(sheet_row(c, s, x->id));
    sheet_moment(s, x->starts_at);
    TRY(sheet_link(c, s, "/access/%lld", (long long)x->id));
    sheet_text(s, x->who);
    sheet_sub(s, role_name(c, x->role));
    TRY(sheet_link(c, s, "/access/accounts/%lld", (long long)x->account));
    sheet_text(s, x->number);
    struct buf looks = { 0 };
    buf_printf(&looks, _("looked at %lld times"), (long long)x->looks);
    const char *text = NULL;
    enum err e = ctx_copy(c, buf_text(&looks), &text);
    buf_free(&looks);
    TRY(e);
    sheet_sub(s, text);
    TRY(sheet_link(c, s, "/requests/%lld/readers", (long long)x->request));
    sheet_badge(s, code_text(c, kinds, COUNT(kinds), x->kind),
                text_is(x->kind, ACCESS_EMERGENCY) ? "warning" : "neutral");
    sheet_text(s, x->reason != NULL ? reason_text(c, x->reason) : NULL);
    sheet_sub(s, x->why);
    sheet_text(s, x->judged != NULL ? code_text(c, access_judgements, access_judgement_count, x->judged)
                                    : _("not yet"));
    sheet_sub(s, x->judged_by);
    return OK;
}

enum err web_access_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct access_filter f = { .account = INT_NONE, .request = INT_NONE };
    struct access_page p = { .may_find = true };
    struct sheet s = { .object = "access",
                       .title = _("Who got in with a reason?"),
                       .day = c->today,
                       .empty = _("Nobody gave a reason to open a request."),
                       SHEET_COLUMNS(case_columns) };
    const struct access_case *x;
    size_t n;

    if (code_known(kinds, COUNT(kinds), req_query(r, "kind"))) {
        f.kind = req_query(r, "kind");
        s.filter = code_text(c, kinds, COUNT(kinds), f.kind);
    }
    f.open = text_is(req_query(r, "judged"), "no");
    if (f.open)
        s.filter = _("not judged yet");
    TRY(access_cases(c, &f, &x, &n));
    for (size_t i = 0; i < n; i++)
        TRY(case_row(c, &x[i], &s));
    return show(c, r, "/access", &s, &p, out);
}

/* A number that was typed: to the readers of that request. */
enum err web_access_find_get(struct ctx *c, const struct req *r, struct reply *out)
{
    const char *number = req_query(r, "number");
    struct request_id id;

    TRY(may(c, RIGHT_ACCESS_LOG));
    if (number == NULL || !request_number_find(number, &id))
        return reply_redirect(c, out, "/access");
    return reply_redirect(c, out, "/requests/%lld/readers", (long long)id.v);
}

/* ── Judging one ──────────────────────────────────────────────────────────────────────────────────────────
 */

struct judge_typed {
    const char *judgement, *note;
};
static const struct form_field judge_fields[] = {
    { FORM_AT(struct judge_typed, judgement), .kind = FORM_CODE, .required = true, .codes = access_judgements,
      .n_codes = &access_judgement_count, .label = N_("How do you judge this?"), .look = FORM_AS_RADIOS },
    { FORM_AT(struct judge_typed, note), .kind = FORM_LINES, .max = 1000, .label = N_("In your own words") },
};

static enum err judge_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                           struct reply *out)
{
    struct access_filter all = { .account = INT_NONE, .request = INT_NONE };
    struct edit_page p = {
        .action = NULL, .back_label = _("Back to the list"), .button = _("Save"), .lead = ""
    };
    struct form form = { FORM(judge_fields) };
    const struct access_case *x;
    struct buf lead = { 0 };
    size_t n, i = 0;

    TRY(access_cases(c, &all, &x, &n));
    while (i < n && x[i].id != r->ids.id[0])
        i++;
    if (i == n)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    TRY(frame_fill(c, r, _("Judge this access"), "/access", &p.frame));
    TRY(edit_page_paths(c, &p, "/access/{}", "/access", r->ids.id[0]));
    buf_printf(&lead, _("%s opened request %s: %s. %s"), x[i].who, x[i].number,
               x[i].reason != NULL ? reason_text(c, x[i].reason) : "", x[i].why != NULL ? x[i].why : "");
    enum err e = ctx_copy(c, buf_text(&lead), &p.lead);
    buf_free(&lead);
    TRY(e);
    if (x[i].judged != NULL)
        p.warning = _("This was judged already.");
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return edit_page_show(c, &p, out);
}

enum err web_access_judge_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return judge_show(c, r, NULL, out);
}

enum err web_access_judge_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form form = { FORM(judge_fields) };
    struct form_errors wrong = { 0 };
    struct judge_typed t = { 0 };
    enum err e = form_take(c, r, &form, &t, &wrong);

    if (e == OK)
        e = access_judge(c, r->ids.id[0], t.judgement, text_empty(t.note) ? NULL : t.note);
    if (e == OK)
        return reply_redirect(c, out, "/access?done=judged");
    TRY(wrong_take(c, e, out, &wrong));
    return judge_show(c, r, &wrong, out);
}

/* ── Who looked ───────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct code_name actions[] = {
    { "view", N_("Looked at it") },
    { "list", N_("Saw it in a list") },
    { "search", N_("Searched") },
    { "export", N_("Took it out as a file") },
    { "open", N_("Opened with a reason") },
    { "emergency", N_("Emergency access") },
    { "readers", N_("Looked who had looked") },
};
static const struct code_name objects[] = {
    { "request", N_("Request") },
    { "person", N_("Resident") },
    { "waiting_list", N_("Waiting list") },
    { "duplicate", N_("Registered twice?") },
    { "ave", N_("Escalations") },
    { "contact", N_("Contacts") },
    { "access", N_("Access") },
    { "account", N_("Account") },
    { "emergency", N_("Emergency access") },
};
static const struct sheet_column look_columns[] = {
    SHEET_COLUMN(N_("Last"), MOMENT),
    SHEET_COLUMN(N_("First"), MOMENT),
    SHEET_COLUMN_SUB(N_("Who"), TEXT, N_("Login")),
    SHEET_COLUMN(N_("What"), TEXT),
    SHEET_COLUMN_SUB(N_("Of what"), TEXT, N_("Number")),
    SHEET_COLUMN(N_("Times"), COUNT),
};

static enum err look_row(struct ctx *c, const struct access_look *x, const char *who, struct sheet *s)
{
    TRY(sheet_row(c, s, INT_NONE));
    sheet_moment(s, x->last_at);
    sheet_moment(s, x->first_at);
    sheet_text(s, who != NULL ? who : x->who != NULL ? x->who : _("The command line"));
    sheet_sub(s, x->login);
    if (x->account != INT_NONE && user_may(c, RIGHT_ACCESS_LOG) && who == NULL)
        TRY(sheet_link(c, s, "/access/accounts/%lld", (long long)x->account));
    sheet_text(s, code_text(c, actions, COUNT(actions), x->action));
    sheet_text(s, code_text(c, objects, COUNT(objects), x->object));
    if (x->object_id != INT_NONE) {
        sheet_sub(s, typed_number_text(c, x->object_id));
        if (text_is(x->object, "request"))
            TRY(sheet_link(c, s, "/requests/%lld/readers", (long long)x->object_id));
    }
    sheet_count(s, x->times);
    return OK;
}

enum err web_readers_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct access_page p = { .lead = _("Every look is kept. The resident may ask for this list.") };
    struct sheet s = { .object = "readers",
                       .title = _("Who looked at this file?"),
                       .day = c->today,
                       .empty = _("Nobody looked at this yet."),
                       SHEET_COLUMNS(look_columns) };
    const struct access_look *x;
    size_t n;

    s.filter = typed_number_text(c, r->ids.id[0]);
    TRY(access_looks_of_request(c, (struct request_id){ r->ids.id[0] }, &x, &n));
    for (size_t i = 0; i < n; i++)
        TRY(look_row(c, &x[i], NULL, &s));
    return show(c, r, "", &s, &p, out);
}

enum err web_access_account_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct access_page p = { .lead = NULL };
    struct sheet s = { .object = "readers",
                       .title = _("What did this colleague look at?"),
                       .day = c->today,
                       .empty = _("This account looked at nothing yet."),
                       SHEET_COLUMNS(look_columns) };
    const struct access_look *x;
    enum role role;
    size_t n;

    TRY(access_account(c, r->ids.id[0], &s.filter, &role));
    TRY(access_looks_of_account(c, r->ids.id[0], &x, &n));
    p.lead = role_name(c, role);
    for (size_t i = 0; i < n; i++)
        TRY(look_row(c, &x[i], s.filter, &s));
    return show(c, r, "", &s, &p, out);
}

/* ── What is sealed ───────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column sealed_columns[] = {
    SHEET_COLUMN(N_("Request"), TEXT),
    SHEET_COLUMN(N_("All of this resident"), CHECK),
};

enum err web_sealed_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct access_page p = { .lead = _("Numbers only. Take a seal off with a reason.") };
    struct sheet s = { .object = "sealed",
                       .title = _("Sealed requests"),
                       .day = c->today,
                       .empty = _("Nothing is sealed."),
                       SHEET_COLUMNS(sealed_columns) };
    const struct seal_state *x;
    size_t n;

    TRY(access_sealed(c, &x, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, &s, x[i].request));
        sheet_text(&s, x[i].number);
        TRY(sheet_link(c, &s, "/requests/%lld/seal", (long long)x[i].request));
        sheet_check(&s, x[i].person_sealed);
    }
    return show(c, r, "/access/sealed", &s, &p, out);
}
