// SPDX-License-Identifier: EUPL-1.2
/* The C locale as an object: numbers are read and written with a point, whatever the machine is set to. */
#ifndef PEIL_BASE_CLOCALE_H
#define PEIL_BASE_CLOCALE_H

#include <locale.h>

locale_t clocale(void);

#endif
