// SPDX-License-Identifier: EUPL-1.2
/* What figures and dimensions are called. */
#include "account/result.h"
#include "base/text.h"

static const char *const dimension_codes[DIMENSIONS] = {
    [BY_TEAM] = "team",       [BY_NEIGHBOURHOOD] = "neighbourhood",
    [BY_URGENCY] = "urgency", [BY_CHANNEL] = "channel",
    [BY_ROUTE] = "route",     [BY_CATEGORY] = "category",
    [BY_KIND] = "kind",       [BY_YEAR] = "year",
    [BY_QUARTER] = "quarter", [BY_MONTH] = "month",
};

static const struct definition {
    const char *title;
    int version;
} definitions[FIGURES] = {
    [FIGURE_INFLOW] = { N_("Requests received"), 1 },
    [FIGURE_WAIT] = { N_("Waiting time until the first talk, people still waiting included"), 1 },
    [FIGURE_WAIT_STARTED] = { N_("Waiting time of those who started only (too favourable)"), 1 },
    [FIGURE_HELPED] = { N_("Started by a time, people who left counted as not helped"), 1 },
    [FIGURE_NORM] = { N_("Started within the norm"), 1 },
    [FIGURE_STOCK] = { N_("People waiting on the date"), 1 },
    [FIGURE_CONTACT] = { N_("Spoken to within the agreed time"), 1 },
    [FIGURE_LEFT] = { N_("Left the waiting list without help"), 1 },
    [FIGURE_COMPLETION] = { N_("From the request until it was closed, open requests included"), 1 },
    [FIGURE_CLOSED] = { N_("Closed by a time, by reason"), 1 },
    [FIGURE_THROUGHPUT] = { N_("From the first to the last event of a case"), 2 },
};

bool dimension_find(const char *code, enum dimension *ret_d)
{
    for (size_t i = 0; i < DIMENSIONS; i++)
        if (text_is(dimension_codes[i], code)) {
            *ret_d = (enum dimension)i;
            return true;
        }
    return false;
}

const char *dimension_code(enum dimension d)
{
    return dimension_codes[d];
}

const char *figure_title(const struct ctx *c, enum figure_id id)
{
    return _(definitions[id].title);
}

int figure_version(enum figure_id id)
{
    return definitions[id].version;
}

bool figure_find(const char *name, enum figure_id *ret_id)
{
    for (size_t i = 0; i < FIGURES; i++)
        if (text_is(figure_name((enum figure_id)i), name)) {
            *ret_id = (enum figure_id)i;
            return true;
        }
    return false;
}
