// SPDX-License-Identifier: EUPL-1.2
#include "register/timeline_source.h"

#include "base/buf.h"
#include "register/callback.h"
#include "register/contact.h"
#include "register/household.h"
#include "register/message.h"
#include "register/network.h"
#include "register/right.h"

static enum err path(struct ctx *c, const char *format, int64_t id, const char **ret_path)
{
    struct buf b = { 0 };

    buf_str(&b, format);
    buf_int(&b, id);
    enum err e = ctx_copy(c, buf_text(&b), ret_path);
    buf_free(&b);
    return e;
}

enum err timeline_contacts(struct ctx *c, const struct timeline_of *of, struct timeline *t)
{
    if (!role_may(c->actor->role, RIGHT_CONTACT))
        return OK;
    for (size_t i = 0; i < of->persons; i++) {
        struct contact_row *row;
        size_t n;
        TRY(contact_of_person(c, of->person[i], &row, &n));
        for (size_t k = 0; k < n; k++) {
            struct timeline_entry x = { .at = row[k].occurred_at,
                                        .recorded_at = TIME_NONE,
                                        .title = _("Contact"),
                                        .detail = channel_name(c, row[k].channel),
                                        .tone = TONE_GOOD,
                                        .request = INT_NONE };
            TRY(path(c, "/contacts/", row[k].id, &x.url));
            TRY(timeline_add(c, t, &x));
        }
    }
    return OK;
}

static enum err add_callback(struct ctx *c, const struct callback *from, struct timeline *t)
{
    struct timeline_entry x = { .at = from->promised_at,
                                .recorded_at = from->recorded_at,
                                .title = _("Promised to call back"),
                                .detail = callback_state_name(c, from->state),
                                .note = from->note,
                                .request = from->request };

    TRY(path(c, "/callbacks/", from->id, &x.url));
    TRY(timeline_add(c, t, &x));
    if (from->state != CALLBACK_OPEN)
        return OK;
    x.promise = true;
    x.at = time_of_nl_day(from->due, 0);
    x.recorded_at = TIME_NONE;
    x.title = _("Call back");
    x.detail = from->owner_name;
    return timeline_add(c, t, &x);
}

enum err timeline_callbacks(struct ctx *c, const struct timeline_of *of, struct timeline *t)
{
    if (!role_may(c->actor->role, RIGHT_CONTACT))
        return OK;
    for (size_t i = 0; i < of->persons; i++) {
        struct callback_about about = { of->person[i], INT_NONE, INT_NONE };
        struct callback *row;
        size_t n;
        TRY(callback_of(c, &about, &row, &n));
        for (size_t k = 0; k < n; k++)
            TRY(add_callback(c, &row[k], t));
    }
    return OK;
}

enum err timeline_messages(struct ctx *c, const struct timeline_of *of, struct timeline *t)
{
    if (!role_may(c->actor->role, RIGHT_MESSAGE))
        return OK;
    for (size_t i = 0; i < of->persons; i++) {
        struct message *row;
        size_t n;
        TRY(message_of_person(c, of->person[i], &row, &n));
        for (size_t k = 0; k < n; k++) {
            struct timeline_entry x = { .at = row[k].sent_at,
                                        .recorded_at = row[k].recorded_at,
                                        .title = row[k].kind,
                                        .detail = row[k].taken_back ? _("taken back: not sent")
                                                  : row[k].incoming ? _("came in")
                                                                    : _("sent"),
                                        .who = row[k].who,
                                        .request = INT_NONE };
            TRY(timeline_add(c, t, &x));
        }
    }
    return OK;
}

/* Something that began, and that ended when it did. */
static enum err add_span(struct ctx *c, struct timeline *t, const char *begins, const char *ends,
                         const char *detail, int32_t from, int32_t until)
{
    struct timeline_entry x = { .at = time_of_nl_day(from, 0),
                                .recorded_at = TIME_NONE,
                                .title = begins,
                                .detail = detail,
                                .request = INT_NONE };

    TRY(timeline_add(c, t, &x));
    if (until == DAY_NONE || until > c->today)
        return OK;
    x.at = time_of_nl_day(until, 0);
    x.title = ends;
    return timeline_add(c, t, &x);
}

enum err timeline_people(struct ctx *c, const struct timeline_of *of, struct timeline *t)
{
    const struct household *home;
    const struct helper *helper;
    size_t n;

    TRY(household_of(c, of->person[0], &home, &n)); /* of all registrations, as the network */
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < home[i].n; k++) {
            const struct household_member *m = &home[i].member[k];
            if (!m->self && !m->hidden)
                TRY(add_span(c, t, _("Came to live there"), _("Left the household"), m->name, m->starts_on,
                             m->ends_on));
        }
    TRY(network_of(c, of->person[0], &helper, &n));
    for (size_t i = 0; i < n; i++)
        TRY(add_span(c, t, _("Began to help"), _("Stopped helping"),
                     helper[i].name != NULL ? helper[i].name : helper[i].organisation, helper[i].starts_on,
                     helper[i].ends_on));
    return OK;
}
