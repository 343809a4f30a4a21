// SPDX-License-Identifier: EUPL-1.2
/* Counting a question without a name: a topic and one of two buttons. */
#include "base/text.h"
#include "register/request.h"
#include "web/contact_new.h"
#include "web/part.h"
#include "web/show.h"
#include "web/tpl.h"

struct tally_typed {
    const char *topic, *channel, *failure, *answered;
};
static const struct form_field fields[] = {
    { FORM_AT(struct tally_typed, topic), .kind = FORM_CODE, .codes = contact_topics,
      .n_codes = &contact_topic_count, .required = true, .look = FORM_AS_RADIOS,
      .label = N_("What is it about?") },
    { FORM_AT(struct tally_typed, channel), .kind = FORM_CODE, .codes = request_channels,
      .n_codes = &request_channel_count, .required = true, .look = FORM_AS_SELECT,
      .label = N_("How did the question come in?") },
    { FORM_AT(struct tally_typed, failure), .kind = FORM_CODE, .codes = contact_failures,
      .n_codes = &contact_failure_count, .look = FORM_AS_SELECT,
      .label = N_("Did something go wrong before?") },
    { FORM_AT(struct tally_typed, answered), .kind = FORM_TEXT, .max = 10, .hidden = true },
};

static enum err tally_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                           struct reply *out)
{
    struct pair preset[] = { { "channel", req_query(r, "channel") } };
    struct form form = { FORM(fields), .value = preset, .n_values = 1 };
    struct contact_period today = { time_of_nl_day(c->today, 0), time_of_nl_day(c->today + 1, 0), 1000, 0 };
    struct tally_page p = { 0 };
    struct contact *k;
    size_t n;

    if (text_empty(preset[0].value))
        preset[0].value = "phone";
    TRY(contact_list(c, &today, &k, &n));
    p.today = (int64_t)n;
    TRY(frame_fill(c, r, _("Tally a question"), "/contacts/new", &p.frame));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    p.form.n_hidden = 0; /* the buttons say it */
    return tally_html(c, &out->body, &p);
}

enum err web_tally_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_CONTACT));
    return tally_show(c, r, NULL, out);
}

static enum err tally_save(struct ctx *c, const struct req *r, struct form_errors *errors,
                           const char **ret_channel)
{
    struct form form = { FORM(fields) };
    struct tally_typed t = { 0 };
    int64_t id;

    TRY(form_take(c, r, &form, &t, errors));
    struct contact_form f = { .person = INT_NONE,
                              .occurred_at = TIME_NONE,
                              .channel = t.channel,
                              .asker = "resident",
                              .failure = text_empty(t.failure) ? NULL : t.failure,
                              .neighbourhood = INT_NONE,
                              .session = INT_NONE,
                              .tally = true,
                              .question = { { t.topic, text_is(t.answered, "no") ? "open" : "answered",
                                              NULL } },
                              .questions = 1 };
    if (!text_is(t.answered, "yes") && !text_is(t.answered, "no"))
        return FAIL_FIELD("topic", "%s", _("Choose: answered or not answered."));
    *ret_channel = t.channel;
    return contact_add(c, &f, &id);
}

enum err web_tally_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    const char *channel = "phone";
    enum err e = tally_save(c, r, &errors, &channel);

    if (e == OK)
        return reply_redirect(c, out, "/contacts/tally?channel=%s&done=tally", channel);
    TRY(wrong_take(c, e, out, &errors));
    return tally_show(c, r, &errors, out);
}
