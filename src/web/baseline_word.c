// SPDX-License-Identifier: EUPL-1.2
/* The words of the tables of a baseline: these are sealed in English, whatever the language of who reads
 * them. */
#include "base/text.h"
#include "web/baseline.h"

static const char *const words[] = { N_("name"),
                                     N_("value"),
                                     N_("neighbourhood"),
                                     N_("team"),
                                     N_("inhabitants"),
                                     N_("agreed fte"),
                                     N_("fte"),
                                     N_("of them hired"),
                                     N_("people"),
                                     N_("absent"),
                                     N_("fte present"),
                                     N_("day"),
                                     N_("why"),
                                     N_("what"),
                                     N_("known"),
                                     N_("unknown"),
                                     N_("remark"),
                                     N_("indicator"),
                                     N_("period"),
                                     N_("lower"),
                                     N_("upper"),
                                     N_("source"),
                                     N_("part"),
                                     N_("version"),
                                     N_("since"),
                                     N_("no data"),
                                     N_("too few"),
                                     N_("cannot be said"),
                                     N_("channel"),
                                     N_("route"),
                                     N_("category"),
                                     N_("typed in more than a week later"),
                                     N_("taken over from before the register"),
                                     N_("asked twice"),
                                     N_("first request received"),
                                     N_("all teams"),
                                     N_("norm, working days, unknown"),
                                     N_("norm, working days, later"),
                                     N_("norm, working days, normal"),
                                     N_("norm, working days, soon"),
                                     N_("norm, working days, emergency"),
                                     N_("spoken to while waiting, days"),
                                     N_("call back, working days"),
                                     N_("phone answered, seconds"),
                                     N_("aftercare, months"),
                                     N_("reopened within, months"),
                                     N_("repeated within, months"),
                                     N_("arrival asked after, days"),
                                     N_("protected after an emergency, minutes") };

const char *baseline_word(const struct ctx *c, const char *text)
{
    for (size_t i = 0; i < COUNT(words); i++)
        if (text_is(words[i], text))
            return text_in(c->lang, words[i]);
    return text;
}
