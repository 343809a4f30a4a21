// SPDX-License-Identifier: EUPL-1.2
/* What the demo files of partners, places, presence and referrals share. */
#ifndef PEIL_REGISTER_DEMO_PLACE_H
#define PEIL_REGISTER_DEMO_PLACE_H

#include "register/demo_core.h"

/* Sets the clock of the context to an hour of that day, or of the Monday after a weekend. False when that is
 * not before the end of the demo: then nothing has happened yet, and the clock stays. */
bool demo_clock(struct ctx *c, const struct demo *d, int32_t day, int hour);

#endif
