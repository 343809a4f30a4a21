// SPDX-License-Identifier: EUPL-1.2
/* What can be picked in many forms: teams and neighbourhoods of the configuration, for FORM_PICK fields. */
#ifndef PEIL_WEB_OPTIONS_H
#define PEIL_WEB_OPTIONS_H

#include "web/form.h"

/* name: of the field. */
enum err team_options(struct ctx *c, const char *name, struct form_options *ret_options) MUST_CHECK;
enum err neighbourhood_options(struct ctx *c, const char *name, struct form_options *ret_options) MUST_CHECK;

#endif
