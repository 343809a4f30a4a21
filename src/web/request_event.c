// SPDX-License-Identifier: EUPL-1.2
/* The form of a note: what no other page is for; and the events that came since a form was opened. */
#include "base/text.h"
#include "web/request.h"
#include "web/show.h"

struct note_typed {
    const char *remark;
    int64_t seen; /* the version that the user saw */
    int32_t day;
};
static const struct form_field note_fields[] = {
    { FORM_AT(struct note_typed, seen), .kind = FORM_INT, .required = true },
    { FORM_AT(struct note_typed, day), .kind = FORM_DATE, .required = true, .label = N_("On which day?") },
    { FORM_AT(struct note_typed, remark), .kind = FORM_LINES, .max = 2000, .required = true,
      .label = N_("Note") },
};

static struct field typed(const struct req *r, const struct request_page *p, const char *name,
                          const char *label, const char *otherwise)
{
    const char *value = req_form(r, name);

    return (struct field){ .name = name,
                           .label = label,
                           .value = value != NULL ? value : otherwise,
                           .required = true,
                           .error = form_error(&p->wrong, name) };
}

enum err event_form_fill(struct ctx *c, const struct req *r, struct request_page *p)
{
    p->day = typed(r, p, "day", _("On which day?"), typed_day_text(c, c->today));
    p->day.narrow = true;
    p->remark = typed(r, p, "remark", _("Note"), "");
    p->remark.lines = true;
    p->event_open = req_form(r, "remark") != NULL;
    p->may_event = user_may(c, RIGHT_EVENT);
    return OK;
}

static enum err event_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct request_change ch = { .id = { r->ids.id[0] }, .e = EVENT_NONE };
    struct note_typed t = { 0 };

    TRY(form_read(c, r, note_fields, COUNT(note_fields), &t, errors));
    if (t.day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    ch.e.kind = KIND_NOTE;
    ch.e.occurred_at = t.day == c->today ? c->now : time_of_nl_day(t.day, 12 * 3600);
    ch.version = t.seen;
    ch.note = t.remark;
    return request_change(c, &ch);
}

enum err web_request_event_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = event_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=event", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return request_show(c, r, errors, out);
}

enum err request_news_since(struct ctx *c, const struct request *q, int64_t seen, struct news *ret_news)
{
    struct news_line *news;
    size_t n = 0;

    TRY(ctx_alloc(c, q->events + 1, sizeof *news, (void *)&news));
    for (size_t i = 0; i < q->events; i++)
        if (q->event[i].e.seq > seen) {
            struct event_view e = event_show(c, &q->event[i]);
            news[n++] = (struct news_line){ e.title, e.reason, e.who, e.occurred_at };
        }
    *ret_news = (struct news){ news, n };
    return OK;
}

enum err request_news_typed(struct ctx *c, const struct req *r, const struct request *q, const char *name,
                            struct news *ret_news)
{
    int64_t seen;

    *ret_news = (struct news){ 0 };
    if (req_form(r, name) == NULL || !text_to_int(req_form(r, name), &seen))
        return OK;
    return request_news_since(c, q, seen, ret_news);
}

enum err request_news_fill(struct ctx *c, const struct req *r, const struct request *q, struct news *ret_news)
{
    return request_news_typed(c, r, q, "version", ret_news);
}
