// SPDX-License-Identifier: EUPL-1.2
#include "exchange/calendar_file.h"

#include <libical/ical.h>
#include <time.h>

static void drop_component(icalcomponent **k)
{
    if (*k != NULL)
        icalcomponent_free(*k);
}

static void drop_text(char **text)
{
    if (*text != NULL)
        icalmemory_free_buffer(*text);
}

static struct icaltimetype moment(int64_t time)
{
    return icaltime_from_timet_with_zone((time_t)time, 0, icaltimezone_get_utc_timezone());
}

static void add_item(icalcomponent *file, const struct calendar_item *i)
{
    icalcomponent *event = icalcomponent_vanew(
        ICAL_VEVENT_COMPONENT, icalproperty_new_uid(i->uid), icalproperty_new_dtstamp(moment(i->changed_at)),
        icalproperty_new_lastmodified(moment(i->changed_at)), icalproperty_new_dtstart(moment(i->from)),
        icalproperty_new_dtend(moment(i->to)), icalproperty_new_summary(i->title),
        icalproperty_new_status(i->cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED), (void *)0);

    if (i->place != NULL)
        icalcomponent_add_property(event, icalproperty_new_location(i->place));
    icalcomponent_add_component(file, event);
}

enum err calendar_file_write(struct ctx *c, const char *name, const struct calendar_item *item, size_t n,
                             struct buf *out)
{
    icalcomponent *file __attribute__((cleanup(drop_component))) =
        icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
                            icalproperty_new_prodid("-//Peil//Peil//NL"),
                            icalproperty_new_method(ICAL_METHOD_PUBLISH), (void *)0);
    icalproperty *title = icalproperty_new_x(name);

    icalproperty_set_x_name(title, "X-WR-CALNAME");
    icalcomponent_add_property(file, title);
    for (size_t i = 0; i < n; i++)
        add_item(file, &item[i]);
    char *text __attribute__((cleanup(drop_text))) = icalcomponent_as_ical_string_r(file);
    if (text == NULL)
        return FAIL(E_NOMEM, "%s", "");
    buf_str(out, text);
    return out->failed ? FAIL(E_NOMEM, "%s", "") : OK;
}
