// SPDX-License-Identifier: EUPL-1.2
/* Phone numbers as people write them. */
#ifndef PEIL_REGISTER_PHONE_NUMBER_H
#define PEIL_REGISTER_PHONE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* The digits by which a number is known, in the Dutch way: "+31 6 555 12345", "0031 (0)6-55512345" and
 * "06-55512345" all become "0655512345"; a number abroad keeps its country code. "" for NULL. */
void phone_digits(char *to, size_t size, const char *typed);
/* Whether a text is (a part of) a phone number rather than a name: at least `least` digits and no letters. */
bool phone_like(const char *text, size_t least);

#endif
