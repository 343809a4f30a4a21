// SPDX-License-Identifier: EUPL-1.2
/* What the files of call-backs share. */
#ifndef PEIL_REGISTER_CALLBACK_CORE_H
#define PEIL_REGISTER_CALLBACK_CORE_H

#include "register/callback.h"
#include "store/sql.h"

/* The sealed text of a promise. */
enum { CALLBACK_NAME, CALLBACK_PHONE, CALLBACK_NOTE, CALLBACK_PARTS };
#define CALLBACK_SEPARATOR '\x1f'

enum err callback_check(struct ctx *c, const struct callback_promise *p) MUST_CHECK;

#endif
