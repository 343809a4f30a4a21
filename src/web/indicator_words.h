// SPDX-License-Identifier: EUPL-1.2
/* A definition of the catalogue in words: what stands in its columns as codes (measure/catalogue.h), as a
 * reader without knowledge of the table understands it. Texts lie in the context's arena. */
#ifndef PEIL_WEB_INDICATOR_WORDS_H
#define PEIL_WEB_INDICATOR_WORDS_H

#include "base/ctx.h"
#include "measure/catalogue.h"

/* What kind of number it is: "share", "time until (Kaplan-Meier)" ... */
const char *definition_form(const struct ctx *c, const struct part *p);
/* Of which records, by which moment: "requests; by: the request came in". */
const char *definition_clock(struct ctx *c, const struct part *p);
/* A condition: "not: emergency; from asking to the first talk: at most 10 working days". "" is "all of them"
 * for a population and nothing for a numerator: the caller says which. */
const char *definition_condition(struct ctx *c, const struct condition *k, const char *nothing);
/* Of a part that has a norm: "at least 80 %". */
const char *definition_norm(struct ctx *c, const struct part *p);
/* For whom: "residents, team leads". */
const char *definition_readers(struct ctx *c, const struct part *p);
/* Where the numbers of a set come from, when the register itself does not record them: which file, or which
 * part of the program. NULL: the register records them. */
const char *definition_source(const struct ctx *c, enum fact_set set);

#endif
