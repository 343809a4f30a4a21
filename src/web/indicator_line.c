// SPDX-License-Identifier: EUPL-1.2
/* Rows behind a figure that have no record of their own: phone calls, days of a team, what was counted
 * outside. What was counted is all there is of them. */
#include "account/indicator_series.h"
#include "base/date.h"
#include "base/text.h"
#include "register/absence.h"
#include "register/config.h"
#include "web/indicator_seen.h"
#include "web/show.h"

#include <string.h>

static int64_t number_in(const struct fact_rows *r, enum fact_column column, size_t row)
{
    return r->column[column] != NULL ? r->column[column][row] : INT_NONE;
}

static const char *name_in(const struct facts *f, const struct fact_rows *r, enum fact_code code, size_t row)
{
    int32_t k = r->code[code] != NULL ? r->code[code][row] : -1;

    return k >= 0 ? f->name[code].name[k] : NULL;
}

/* Of a team by its name: the rows of facts know no ids. */
static bool may_see_absence(struct ctx *c, const char *team)
{
    const struct config *k;

    if (team == NULL || config_get(c, &k) != OK)
        return false;
    for (size_t i = 0; i < k->teams; i++)
        if (text_is(k->team[i].name, team))
            return absence_may_see(c, INT_NONE, k->team[i].id);
    return false;
}

static bool of_residents(enum fact_set set)
{
    return set == FACT_EXPERIENCE || set == FACT_EXPERIENCE_QUESTION || set == FACT_INVITATION ||
           set == FACT_STATEMENT || set == FACT_PANEL;
}

/* "8 of 12 present, 2 ill" */
static const char *team_day(struct ctx *c, const struct fact_rows *r, size_t row)
{
    return filled_text(c, _("{1} people, {2} of them ill"), count_text(c, number_in(r, FACT_PEOPLE, row)),
                       count_text(c, number_in(r, FACT_SICK, row)));
}

/* What stands in the line besides its day and team. */
static const char *line_what(struct ctx *c, const struct facts *f, enum fact_set set, size_t row)
{
    const struct fact_rows *r = &f->set[set];
    const char *kind = name_in(f, r, FACT_KIND, row), *place = name_in(f, r, FACT_NEIGHBOURHOOD, row);
    const char *channel = name_in(f, r, FACT_CHANNEL, row), *text;

    if (set == FACT_CALL)
        return (r->marks[row] & FACT_BIT(ABANDONED)) != 0 ? _("hung up") : _("answered");
    if (set == FACT_STAFF_DAY)
        return team_day(c, r, row);
    text = kind != NULL ? indicator_code_name(c, kind) : "";
    if (place != NULL)
        text = text[0] != '\0' ? filled_text(c, "{1}; {2}", text, place) : place;
    if (channel != NULL)
        text = text[0] != '\0' ? filled_text(c, "{1}; {2}", text, indicator_code_name(c, channel))
                               : indicator_code_name(c, channel);
    if (of_residents(set))
        text = filled_text(c, text[0] != '\0' ? "{1}; {2}" : "{1}",
                           month_text(c, time_nl_day(r->column[FACT_AT][row])), text);
    return text;
}

static const char *line_name(const struct ctx *c, enum fact_set set)
{
    switch (set) {
    case FACT_CALL:
        return _("call");
    case FACT_STAFF_DAY:
        return _("day of a team");
    case FACT_PATTERN:
        return _("pattern");
    case FACT_IMPROVEMENT:
        return _("measure");
    case FACT_PUBLISHED:
        return _("publication");
    case FACT_ADVICE:
        return _("advice or question");
    case FACT_MIRROR:
        return _("mirror talk");
    case FACT_INVITATION:
        return _("invitation");
    case FACT_WORK_SAMPLE:
        return _("hours");
    default:
        return _("answer");
    }
}

/* A set of single answers: they are small numbers of everybody. */
static bool of_answers(enum fact_set set)
{
    return of_residents(set) || set == FACT_PARTNER_ANSWER;
}

bool indicator_line_may(struct ctx *c, enum fact_set set)
{
    const struct config *k;

    if (set == FACT_STAFF_DAY)
        return absence_may_see(c, INT_NONE, c->actor->team);
    if (of_answers(set))
        return indicator_may_see_small(c, NULL);
    if (set != FACT_WORK_SAMPLE || indicator_may_see_small(c, NULL))
        return true;
    return config_get(c, &k) == OK && indicator_may_see_small(c, config_team_name(k, c->actor->team));
}

bool indicator_line(struct ctx *c, const struct register_facts *f, enum fact_set set, size_t row,
                    struct indicator_seen *ret_line)
{
    const struct fact_rows *r = &f->f.set[set];
    const char *team = name_in(&f->f, r, FACT_TEAM, row);

    if (set == FACT_STAFF_DAY && !may_see_absence(c, team))
        return false;
    if (of_answers(set) && !indicator_may_see_small(c, NULL))
        return false;
    if (set == FACT_WORK_SAMPLE && !indicator_may_see_small(c, team))
        return false;
    *ret_line =
        (struct indicator_seen){ .number = line_name(c, set),
                                 .day = of_residents(set) ? DAY_NONE : time_nl_day(r->column[FACT_AT][row]),
                                 .team = team != NULL ? team : "",
                                 .what = line_what(c, &f->f, set, row) };
    return true;
}
