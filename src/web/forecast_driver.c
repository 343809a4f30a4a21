// SPDX-License-Identifier: EUPL-1.2
/* What drives a list, in words and in figures. */
#include "register/right.h"
#include "web/forecast.h"

#include <math.h>

enum { ABSENCE_SHOWN = 10 }; /* workers: absence of fewer could be that of one person */

static const struct {
    const char *name, *label;
    bool share, absence;
    bool hundred; /* of 100 */
    bool staff;   /* says nothing where no workers are known */
} drivers[] = {
    { "arrivals_week", N_("Come, a week"), false, false, false, false },
    { "starts_week", N_("Begin, a week"), false, false, false, false },
    { "left_week", N_("Leave without help, a week"), false, false, false, false },
    { "leave_rate_soon", N_("Of 100 who wait, leave in a week: soon"), false, false, true, false },
    { "leave_rate_normal", N_("Of 100 who wait, leave in a week: normal"), false, false, true, false },
    { "leave_rate_later", N_("Of 100 who wait, leave in a week: can wait"), false, false, true, false },
    { "closed_week", N_("Help ends, a week"), false, false, false, false },
    { "urgent_share", N_("Of who comes, urgent or soon"), true, false, false, false },
    { "open_cases", N_("Get help now"), false, false, false, false },
    { "help_weeks", N_("Weeks that help takes, on average"), false, false, false, false },
    { "workers", N_("Workers in service"), false, false, false, true },
    { "hours", N_("Their hours, as full-time workers"), false, false, false, true },
    { "absence_share", N_("Of these, absent today"), true, true, false, true },
    { "leave_planned", N_("Working time on leave, coming weeks"), true, true, false, true },
    { "presence_share", N_("Working time at places, last weeks"), true, false, false, true },
    { "presence_planned", N_("Working time at places, coming weeks"), true, false, false, true },
    { "holidays", N_("Working days closed, coming weeks"), false, false, false, false },
};

static void say(struct forecast_page *p, const char *text)
{
    if (text != NULL && p->sayings < DRIVERS_SAID)
        p->said[p->sayings++] = text;
}

static const char *compared(double now, double before, const char *more, const char *less, const char *same)
{
    if (isnan(before))
        return NULL;
    return now > before * 1.1 ? more : now < before * 0.9 ? less : same;
}

/* Who comes, who is urgent, who leaves. */
static void say_people(struct ctx *c, struct forecast_page *p)
{
    const struct expected_list *l = &p->list;
    double come = expectation_driver(l, "arrivals_week"), before = expectation_driver(l, "arrivals_before"),
           urgent = expectation_driver(l, "urgent_share"), was = expectation_driver(l, "urgent_before"),
           left = expectation_driver(l, "left_week");

    if (!isnan(come) && !isnan(before))
        say(p,
            filled_text(c,
                        compared(come, before,
                                 _("More people come than in the half year before: {1} a week, then {2}."),
                                 _("Fewer people come than in the half year before: {1} a week, then {2}."),
                                 _("As many people come as in the half year before: {1} a week, then {2}.")),
                        number_text(c, come, 1), number_text(c, before, 1)));
    if (urgent > 0) {
        const char *more = compared(urgent, was, _("That is more than before."),
                                    _("That is less than before."), _("That is as before."));
        say(p, filled_text(c, "{1} {2}",
                           filled_text(c, _("Urgent people go first: {1} of who comes."),
                                       percent_text(c, urgent), NULL),
                           more));
    }
    if (!isnan(left) && left > 0)
        say(p, filled_text(c, _("{1} people a week leave the list without help."), number_text(c, left, 1),
                           NULL));
    else if (!isnan(left))
        say(p, _("In the last eight weeks nobody left the list without help."));
}

/* Who can help, and what takes their time. */
static void say_capacity(struct ctx *c, struct forecast_page *p, bool absence)
{
    const struct expected_list *l = &p->list;
    double open = expectation_driver(l, "open_cases"), hours = expectation_driver(l, "hours"),
           ended = expectation_driver(l, "closed_week"), absent = expectation_driver(l, "absence_share"),
           leave = expectation_driver(l, "leave_planned"), places = expectation_driver(l, "presence_share"),
           planned = expectation_driver(l, "presence_planned"), closed = expectation_driver(l, "holidays");

    if (hours > 0 && !isnan(open))
        say(p,
            filled_text(c, "{1} {2}",
                        filled_text(c, _("{1} full-time workers help {2} residents at the same time."),
                                    number_text(c, hours, 1), number_text(c, open, 0)),
                        filled_text(c, _("{1} places a week come free."), number_text(c, ended, 1), NULL)));
    if (absence && !isnan(absent))
        say(p, filled_text(c,
                           _("Today {1} of the workers are absent; {2} of the coming working time is "
                             "leave."),
                           percent_text(c, absent), percent_text(c, isnan(leave) ? 0 : leave)));
    if (!isnan(places) && !isnan(planned) && places + planned > 0)
        say(p, filled_text(c,
                           _("Places such as schools take {1} of the working time, and {2} in the coming "
                             "weeks."),
                           percent_text(c, places), percent_text(c, planned)));
    if (!isnan(closed))
        say(p, closed > 0
                   ? filled_text(c, _("In the coming eight weeks {1} working days fall out by holidays."),
                                 number_text(c, closed, 0), NULL)
                   : _("In the coming eight weeks there are no holidays."));
}

static void conclude(struct ctx *c, struct forecast_page *p)
{
    double come = expectation_driver(&p->list, "arrivals_week"),
           begin = expectation_driver(&p->list, "starts_week"),
           leave = expectation_driver(&p->list, "left_week");

    p->second = "";
    if (p->few != NULL || isnan(come) || isnan(begin))
        return;
    double gone = begin + (isnan(leave) ? 0 : leave);
    p->second = filled_text(c,
                            come > gone * 1.05 ? _("More people come ({1} a week) than leave the list ({2}).")
                            : come < gone * 0.95
                                ? _("Fewer people come ({1} a week) than leave the list ({2}).")
                                : _("About as many people come ({1} a week) as leave the list ({2})."),
                            number_text(c, come, 1), number_text(c, gone, 1));
}

void forecast_drivers_fill(struct ctx *c, struct forecast_page *p)
{
    double workers = expectation_driver(&p->list, "workers");
    bool absence = workers >= ABSENCE_SHOWN || (c->actor != NULL && role_may(c->actor->role, RIGHT_ABSENCE));

    for (size_t i = 0; i < COUNT(drivers) && p->drivers < DRIVERS_SHOWN; i++) {
        double v = expectation_driver(&p->list, drivers[i].name);
        if (isnan(v) || (!absence && drivers[i].absence) || (drivers[i].staff && !(workers > 0)))
            continue;
        v *= drivers[i].hundred ? 100 : 1;
        bool whole = v == floor(v);
        p->driver[p->drivers++] =
            (struct driver_view){ _(drivers[i].label),
                                  drivers[i].share ? percent_text(c, v) : number_text(c, v, whole ? 0 : 1) };
    }
    conclude(c, p);
    say_people(c, p);
    say_capacity(c, p, absence);
}
