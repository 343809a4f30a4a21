// SPDX-License-Identifier: EUPL-1.2
/* What the example pages show. */
#ifndef PEIL_TEST_PAGE_H
#define PEIL_TEST_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum urgency { URGENCY_LOW, URGENCY_HIGH };

struct row {
    int64_t id;
    const char *name;
    char code[8];
    int32_t days;
    uint8_t visits;
    enum urgency urgency;
    bool late;
};

struct page {
    const char *team, *back;
    const struct row *row;
    size_t n;
    uint64_t large;
    int64_t unknown;
    bool edit, admin;
};

#endif
