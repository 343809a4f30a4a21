// SPDX-License-Identifier: EUPL-1.2
#include "register/phone_number.h"

#include <string.h>

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Takes n characters off the front and puts the 0 there that a Dutch number begins with. */
static void as_dutch(char *digits, size_t n)
{
    if (digits[n] == '0') /* +31 (0)6 */
        n++;
    memmove(digits + 1, digits + n, strlen(digits + n) + 1);
    digits[0] = '0';
}

void phone_digits(char *to, size_t size, const char *typed)
{
    bool plus = typed != NULL && strchr(typed, '+') != NULL;
    size_t n = 0;

    for (; typed != NULL && *typed != '\0' && n + 1 < size; typed++)
        if (*typed >= '0' && *typed <= '9')
            to[n++] = *typed;
    to[n] = '\0';
    if (n > 6 && begins(to, "0031"))
        as_dutch(to, 4);
    else if (n > 4 && begins(to, "31") && (plus || n == 11 || (n == 12 && to[2] == '0')))
        as_dutch(to, 2);
}

bool phone_like(const char *text, size_t least)
{
    size_t n = 0;

    for (; *text != '\0'; text++) {
        if (*text >= '0' && *text <= '9')
            n++;
        else if (strchr(" -/.()+", *text) == NULL)
            return false;
    }
    return n >= least;
}
