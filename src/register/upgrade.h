// SPDX-License-Identifier: EUPL-1.2
/* Opening a register that an older program made: first the schema (store/migrate.h), then what is computed
 * from the events. A step of the schema marks that as stale; here the events are played again, in one
 * transaction with taking the mark away, so that a crash between leaves a register that is brought up to date
 * when it is opened next. */
#ifndef PEIL_REGISTER_UPGRADE_H
#define PEIL_REGISTER_UPGRADE_H

#include "store/db.h"

/* Every opening of a register goes through it; it does nothing when the register is up to date. Errors: those
 * of migrate(). */
enum err upgrade(struct ctx *c) MUST_CHECK;

#endif
