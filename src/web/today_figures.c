// SPDX-License-Identifier: EUPL-1.2
/* The block of today for who works with figures and not with residents. The figures themselves stay on their
 * own page, which is kept until the register changes: this one opens at once. */
#include "web/today.h"

enum err today_figures(struct ctx *c, struct today_block *b)
{
    if (user_may(c, RIGHT_WAITING_LIST)) /* begins with people */
        return OK;
    b->title = _("Figures");
    b->url = "/indicators";
    *today_row_add(b) = (struct today_row){ .text = _("How we do in the last 3 months"),
                                            .sub = _("Waiting time, agreed time and contact, for all teams"),
                                            .url = "/figures" };
    *today_row_add(b) = (struct today_row){ .text = _("How we do in the last 12 months"),
                                            .sub = _("The same figures over a year"),
                                            .url = "/figures?period=12" };
    *today_row_add(b) = (struct today_row){ .text = _("How we measure"),
                                            .sub = _("What each figure and each word means"),
                                            .url = "/help" };
    return OK;
}
