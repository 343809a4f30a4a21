// SPDX-License-Identifier: EUPL-1.2
#include "web/duplicate.h"

#include "base/text.h"
#include "register/merge.h"
#include "register/person_edit.h"
#include "register/person_link.h"
#include "register/right.h"
#include "register/safe_contact.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

/* ── The list ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Date of birth")),
    SHEET_COLUMN_SUB(N_("And"), TEXT, N_("Date of birth of the other")),
    SHEET_COLUMN(N_("What is the same?"), TEXT),
    SHEET_COLUMN(N_("Requests"), COUNT),
};

static enum err list_fill(struct ctx *c, struct sheet *s)
{
    const struct duplicate *d;
    size_t n;

    TRY(duplicate_list(c, &d, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, resident_name(c, d[i].name[0]));
        sheet_sub(s, d[i].birth[0] != DAY_NONE ? day_text(c, d[i].birth[0]) : NULL);
        TRY(sheet_link(c, s, "/duplicates/%lld/%lld", (long long)d[i].a, (long long)d[i].b));
        sheet_text(s, resident_name(c, d[i].name[1]));
        sheet_sub(s, d[i].birth[1] != DAY_NONE ? day_text(c, d[i].birth[1]) : NULL);
        sheet_text(s, duplicate_why_name(c, d[i].why));
        sheet_count(s, d[i].requests[0] + d[i].requests[1]);
    }
    return OK;
}

enum err web_duplicate_list_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct duplicate_page p = { 0 };
    struct sheet s = { .object = "duplicate",
                       .title = _("Registered twice?"),
                       .day = c->today,
                       .empty = _("Nobody seems to be registered twice."),
                       SHEET_COLUMNS(columns) };

    TRY(list_fill(c, &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/duplicates", &p.frame));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    TRY(duplicate_judged(c, &p.judged, &p.n_judged));
    TRY(duplicate_joined(c, &p.joined, &p.n_joined));
    return duplicate_list_html(c, &out->body, &p);
}

/* ── Two people side by side ──────────────────────────────────────────────────────────────────────────────
 */

static enum err readable(struct ctx *c, size_t field, const char *value, const char **ret_text)
{
    struct safe_contact safe;
    int32_t day;

    *ret_text = value;
    if (value != NULL && text_is(person_fields[field].code, "safe")) {
        safe_contact_read(value, &safe);
        return safe_contact_line(c, &safe, ret_text);
    }
    if (value != NULL && text_is(person_fields[field].code, "birth") && date_scan(value, strlen(value), &day))
        *ret_text = day_text(c, day);
    return OK;
}

static enum err lines_fill(struct ctx *c, const struct identity *a, const struct identity *b,
                           struct compare_page *p)
{
    struct compare_line *line;

    TRY(ctx_alloc(c, person_field_count, sizeof *line, (void *)&line));
    for (size_t i = 0; i < person_field_count; i++) {
        const char *x = person_field_value(a, i), *y = person_field_value(b, i);
        if (x == NULL && y == NULL)
            continue;
        line[p->n].label = _(person_fields[i].name);
        line[p->n].same = text_is(x, y);
        TRY(readable(c, i, x, &line[p->n].a));
        TRY(readable(c, i, y, &line[p->n++].b));
    }
    p->line = line;
    return OK;
}

static enum err side_fill(struct ctx *c, const struct person_file *f, struct compare_side *s)
{
    struct compare_request *q;

    TRY(ctx_alloc(c, f->requests + 1, sizeof *q, (void *)&q));
    for (size_t i = 0; i < f->requests; i++) {
        const struct request *from = &f->request[i].request;
        q[i] = (struct compare_request){ from->id.v, from->number, state_name(c, from->now.state),
                                         from->question, time_nl_day(from->now.received_at) };
    }
    *s = (struct compare_side){ f->person, f->who.name != NULL ? f->who.name : "", q, f->requests };
    return OK;
}

/* The form: whose data count, and which requests are the same question. A pair of requests is one number. */
struct join_typed {
    int64_t kept, same;
};
static const struct form_field join_fields[] = {
    { FORM_AT(struct join_typed, kept), .kind = FORM_PICK, .required = true, .look = FORM_AS_RADIOS,
      .label = N_("Whose data are right?"), .hint = N_("These data count. The others are kept.") },
    { FORM_AT(struct join_typed, same), .kind = FORM_PICK, .required = true, .look = FORM_AS_RADIOS,
      .label = N_("Which requests are the same question?"),
      .hint = N_("One of the two then counts, with the earliest date. You can split them again.") },
};
enum { PAIRS_MOST = 24 };
struct join_choice {
    struct option_id kept[2], same[PAIRS_MOST + 1];
    int64_t a[PAIRS_MOST + 1], b[PAIRS_MOST + 1]; /* the pair behind each option of `same` */
    struct form_options options[2];
};

static bool counts(const struct person_request *q)
{
    return q->request.now.merged == INT_NONE;
}

static enum err pair_label(struct ctx *c, const char *a, const char *b, const char **ret_label)
{
    struct buf text = { 0 };

    buf_printf(&text, _("%s and %s"), a, b);
    enum err e = ctx_copy(c, buf_text(&text), ret_label);
    buf_free(&text);
    return e;
}

static enum err choice_fill(struct ctx *c, const struct person_file f[2], struct join_choice *j)
{
    size_t n = 1;

    j->same[0] = (struct option_id){ 1, _("None: these are different questions") };
    for (size_t i = 0; i < f[0].requests; i++)
        for (size_t k = 0; k < f[1].requests && n <= PAIRS_MOST; k++) {
            const struct person_request *a = &f[0].request[i], *b = &f[1].request[k];
            if (!counts(a) || !counts(b))
                continue;
            j->a[n] = a->request.id.v;
            j->b[n] = b->request.id.v;
            j->same[n].id = (int64_t)n + 1;
            TRY(pair_label(c, a->request.number, b->request.number, &j->same[n++].label));
        }
    for (int i = 0; i < 2; i++)
        j->kept[i] = (struct option_id){ f[i].person, f[i].who.name != NULL ? f[i].who.name : "" };
    j->options[0] = (struct form_options){ "kept", j->kept, 2 };
    j->options[1] = (struct form_options){ "same", j->same, n };
    return OK;
}

static enum err compare_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                             struct reply *out)
{
    struct compare_page p = { 0 };
    struct person_file f[2];
    struct join_choice j = { 0 };

    TRY(may(c, RIGHT_MERGE));
    for (int i = 0; i < 2; i++) {
        TRY(person_file_get(c, r->ids.id[i], &f[i]));
        TRY(side_fill(c, &f[i], &p.side[i]));
    }
    TRY(frame_fill(c, r, _("Is this the same resident?"), "/duplicates", &p.frame));
    TRY(lines_fill(c, &f[0].who, &f[1].who, &p));
    TRY(choice_fill(c, f, &j));
    struct pair value[] = { { "same", "1" } };
    struct form form = { FORM(join_fields), .options = j.options, .n_options = 2, .value = value,
                         .n_values = COUNT(value) };
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    p.joined = f[0].person == f[1].person;
    return compare_html(c, &out->body, &p);
}

enum err web_duplicate_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return compare_show(c, r, NULL, out);
}

struct joining {
    int64_t kept, other, a, b; /* a, b: requests; INT_NONE: none */
};

static enum err join(struct ctx *c, void *arg)
{
    const struct joining *j = arg;
    int64_t kept;

    TRY(person_link_add(c, j->kept, j->other));
    if (j->a == INT_NONE)
        return OK;
    return merge_add(c, &(struct merge_form){ j->a, j->b, -1, -1, NULL }, &kept);
}

static enum err join_save(struct ctx *c, const struct req *r, struct form_errors *wrong, int64_t *ret_kept)
{
    struct join_choice j = { 0 };
    struct person_file f[2];
    struct join_typed t = { 0 };

    TRY(may(c, RIGHT_MERGE));
    for (int i = 0; i < 2; i++)
        TRY(person_file_get(c, r->ids.id[i], &f[i]));
    TRY(choice_fill(c, f, &j));
    struct form form = { FORM(join_fields), .options = j.options, .n_options = 2 };
    TRY(form_take(c, r, &form, &t, wrong));
    bool none = t.same == INT_NONE || t.same <= 1;
    struct joining x = { t.kept, t.kept == f[0].person ? f[1].person : f[0].person,
                         none ? INT_NONE : j.a[t.same - 1], none ? INT_NONE : j.b[t.same - 1] };
    *ret_kept = t.kept;
    return db_tx(c, join, &x);
}

enum err web_duplicate_join_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    int64_t kept = 0;
    enum err e = join_save(c, r, &wrong, &kept);

    if (e == OK)
        return reply_redirect(c, out, "/persons/%lld?done=joined", (long long)kept);
    TRY(wrong_take(c, e, out, &wrong));
    return compare_show(c, r, &wrong, out);
}

enum err web_duplicate_never_post(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(person_distinct_add(c, r->ids.id[0], r->ids.id[1]));
    return reply_redirect(c, out, "/duplicates?done=distinct");
}

enum err web_duplicate_again_post(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(person_distinct_end(c, r->ids.id[0], r->ids.id[1]));
    return reply_redirect(c, out, "/duplicates/%lld/%lld?done=undone", (long long)r->ids.id[0],
                          (long long)r->ids.id[1]);
}

enum err web_person_split_post(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(person_link_end(c, r->ids.id[0]));
    return reply_redirect(c, out, "/persons/%lld?done=split", (long long)r->ids.id[0]);
}

/* ── Two requests of one person ───────────────────────────────────────────────────────────────────────────
 */

struct split_typed {
    int64_t seen;
};
static const struct form_field split_fields[] = { { FORM_AT(struct split_typed, seen), .kind = FORM_INT } };

enum err web_request_split_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form form = { FORM(split_fields) };
    struct split_typed t = { 0 };

    TRY(form_take(c, r, &form, &t, NULL));
    TRY(merge_end(c, r->ids.id[0], t.seen != INT_NONE ? t.seen : -1));
    return reply_redirect(c, out, "/requests/%lld?done=split", (long long)r->ids.id[0]);
}

struct same_typed {
    int64_t first, second;
    const char *why;
};
static const struct form_field same_fields[] = {
    { FORM_AT(struct same_typed, first), .kind = FORM_PICK, .required = true, .label = N_("This request"),
      .look = FORM_AS_SELECT },
    { FORM_AT(struct same_typed, second), .kind = FORM_PICK, .required = true,
      .label = N_("is the same question as"), .look = FORM_AS_SELECT },
    { FORM_AT(struct same_typed, why), .kind = FORM_LINES, .max = 1000, .label = N_("In your own words") },
};

static enum err request_options(struct ctx *c, const struct person_file *f, struct form_options options[2])
{
    struct option_id *o;
    size_t n = 0;

    TRY(ctx_alloc(c, f->requests + 1, sizeof *o, (void *)&o));
    for (size_t i = 0; i < f->requests; i++)
        if (counts(&f->request[i])) {
            struct buf text = { 0 };
            const struct request *q = &f->request[i].request;
            buf_printf(&text, "%s, %s, %s", q->number, day_text(c, time_nl_day(q->now.received_at)),
                       state_name(c, q->now.state));
            o[n].id = q->id.v;
            enum err e = ctx_copy(c, buf_text(&text), &o[n++].label);
            buf_free(&text);
            TRY(e);
        }
    options[0] = (struct form_options){ "first", o, n };
    options[1] = (struct form_options){ "second", o, n };
    return OK;
}

static enum err same_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct edit_page p = {
        .back_label = _("Back to the resident"),
        .button = _("Join"),
        .lead =
            _("Help that has started goes on; else who asked first counts. The earliest date survives.")
    };
    struct form_options options[2];
    struct person_file f;

    TRY(may(c, RIGHT_MERGE));
    TRY(person_file_get(c, r->ids.id[0], &f));
    TRY(request_options(c, &f, options));
    struct form form = { FORM(same_fields), .options = options, .n_options = 2 };
    TRY(frame_fill(c, r, _("Two requests are the same question"), NULL, &p.frame));
    TRY(edit_page_paths(c, &p, "/persons/{}/requests", "/persons/{}", f.person));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return edit_page_show(c, &p, out);
}

enum err web_request_join_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return same_show(c, r, NULL, out);
}

static enum err same_save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct form_options options[2];
    struct person_file f;
    struct same_typed t = { 0 };
    int64_t kept;

    TRY(may(c, RIGHT_MERGE));
    TRY(person_file_get(c, r->ids.id[0], &f));
    TRY(request_options(c, &f, options));
    struct form form = { FORM(same_fields), .options = options, .n_options = 2 };
    TRY(form_take(c, r, &form, &t, wrong));
    if (t.first == t.second)
        return FAIL_FIELD("second", "%s", _("Choose two different requests."));
    return merge_add(c, &(struct merge_form){ t.first, t.second, -1, -1, text_empty(t.why) ? NULL : t.why },
                     &kept);
}

enum err web_request_join_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = same_save(c, r, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/persons/%lld?done=joined", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return same_show(c, r, &wrong, out);
}
