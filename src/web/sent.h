// SPDX-License-Identifier: EUPL-1.2
/* Where forms led to that were sent a moment ago, so that the second click on a button ends at the same page
 * as the first. Only in memory: that a form counts once is the register's work (db_tx, E_TWICE); this is
 * comfort. */
#ifndef PEIL_WEB_SENT_H
#define PEIL_WEB_SENT_H

#include "base/arena.h"

#include <stdbool.h>

enum { SENT_LOCATION = 256 };

struct sent;

struct sent *sent_make(struct arena *a); /* NULL without memory; lives as long as the arena */
void sent_free(struct sent *s);
/* The form with this token led to this path of ours. Too long ones are forgotten. */
void sent_put(struct sent *s, const char *token, const char *location);
/* Where it led; waits up to two seconds for the first click to finish. False: not known. */
bool sent_wait(struct sent *s, const char *token, char ret_location[SENT_LOCATION]);

#endif
