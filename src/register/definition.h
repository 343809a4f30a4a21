// SPDX-License-Identifier: EUPL-1.2
/* Indicators of the municipality's own (measure/catalogue_file.h), as they stand in the setting "indicators",
 * and the amounts that definitions name ($phone, $direct_share ...). */
#ifndef PEIL_REGISTER_DEFINITION_H
#define PEIL_REGISTER_DEFINITION_H

#include "base/ctx.h"
#include "measure/catalogue_file.h"

enum { DEFINITION_AMOUNTS = 9, DEFINITIONS_MAX = 200 };
/* What the settings say now. */
enum err definition_amounts(struct ctx *c, struct condition_setting to[DEFINITION_AMOUNTS]) MUST_CHECK;
/* The rows of a text; NULL: of the setting. E_INVALID on "indicators" with line, column and what stands
 * there. */
enum err definition_own(struct ctx *c, const char *text, struct definition **ret_row,
                        size_t *ret_n) MUST_CHECK;

#endif
