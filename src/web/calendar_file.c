// SPDX-License-Identifier: EUPL-1.2
/* Calendar files: the consultation hours, for everybody, and the own appointments of a worker without a name.
 */
#include "exchange/calendar_file.h"

#include "base/text.h"
#include "register/own_appointment.h"
#include "web/presence.h"

#define DAYS_BACK 31
#define DAYS_AHEAD 366
#define TALK_SECONDS 3600 /* how long a talk is put into the calendar */

static int64_t at(int32_t day, int64_t minutes)
{
    return time_of_nl_day(day, (int)minutes * 60);
}

enum err web_presence_calendar_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct presence_filter f = { c->today - DAYS_BACK, c->today + DAYS_AHEAD, query_int(r, "place", INT_NONE),
                                 query_int(r, "team", INT_NONE) };
    struct public_session *s;
    struct calendar_item *item;
    size_t n;

    TRY(presence_public(c, &f, &s, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *item, (void *)&item));
    for (size_t i = 0; i < n; i++) {
        item[i] =
            (struct calendar_item){ .uid = s[i].uid,
                                    .from = at(s[i].day, s[i].starts),
                                    .to = at(s[i].day, s[i].ends),
                                    .changed_at = at(s[i].day - DAYS_AHEAD, 0),
                                    .title = text_made(c, "%s: %s", _("Consultation hour"), s[i].place_name),
                                    .place = text_empty(s[i].address)
                                                 ? s[i].place_name
                                                 : text_made(c, "%s, %s", s[i].place_name, s[i].address),
                                    .cancelled = s[i].cancelled };
    }
    TRY(calendar_file_write(c, _("Consultation hours"), item, n, &out->body));
    return reply_file(c, out, CALENDAR_TYPE, "spreekuren.ics");
}

/* What a telephone shows to everyone who looks at it: that there is a talk, and when. */
enum err web_appointment_calendar_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct own_appointment *a;
    struct calendar_item *item;
    size_t n;

    (void)r;
    TRY(own_appointment_list(c, DAYS_BACK, &a, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *item, (void *)&item));
    for (size_t i = 0; i < n; i++)
        item[i] = (struct calendar_item){ .uid = a[i].uid,
                                          .from = a[i].at,
                                          .to = a[i].at + TALK_SECONDS,
                                          .changed_at = a[i].recorded_at,
                                          .title = _("Talk") };
    TRY(calendar_file_write(c, _("My appointments"), item, n, &out->body));
    return reply_file(c, out, CALENDAR_TYPE, "afspraken.ics");
}
