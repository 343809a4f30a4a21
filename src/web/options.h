// SPDX-License-Identifier: EUPL-1.2
/* What can be picked in many places: teams and neighbourhoods of the configuration, in forms (FORM_PICK) and
 * to say what a page is about. */
#ifndef PEIL_WEB_OPTIONS_H
#define PEIL_WEB_OPTIONS_H

#include "web/form.h"
#include "web/part.h"

/* name: of the field. */
enum err team_options(struct ctx *c, const char *name, struct form_options *ret_options) MUST_CHECK;
enum err neighbourhood_options(struct ctx *c, const char *name, struct form_options *ret_options) MUST_CHECK;

/* What a page is about: `all` first ("All teams", without a value; NULL: one must be chosen), then each
 * option. chosen: INT_NONE for all. */
enum err options_choice(struct ctx *c, const struct form_options *options, const char *label, const char *all,
                        int64_t chosen, struct choice *ret_choice) MUST_CHECK;
enum err team_choice(struct ctx *c, int64_t chosen, struct choice *ret_choice) MUST_CHECK;
enum err neighbourhood_choice(struct ctx *c, const char *name, int64_t chosen,
                              struct choice *ret_choice) MUST_CHECK;

/* The team that this user works in and does not look beyond; INT_NONE: sees every team. */
int64_t team_within(const struct ctx *c);
/* The team that a page is asked for, in the address or the form ("team"), but never beyond team_within;
 * INT_NONE: all. */
int64_t team_asked(const struct ctx *c, const struct req *r);

#endif
