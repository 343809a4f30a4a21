// SPDX-License-Identifier: EUPL-1.2
/* A calendar file (agendabestand) that every calendar program reads: iCalendar, RFC 5545, made with libical.
 * Times are written in UTC, so that no time zone table is needed. It may end up on any telephone: what goes
 * in names nobody. */
#ifndef PEIL_EXCHANGE_CALENDAR_FILE_H
#define PEIL_EXCHANGE_CALENDAR_FILE_H

#include "base/buf.h"
#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CALENDAR_TYPE "text/calendar; charset=utf-8"

struct calendar_item {
    const char *uid;           /* the same for the same item in every later file */
    int64_t from, to;          /* moments; to after from */
    int64_t changed_at;        /* the last change; a program takes over a newer one */
    const char *title, *place; /* place: NULL */
    bool cancelled;
};
/* Writes the whole file; name is that of the calendar. E_NOMEM. */
enum err calendar_file_write(struct ctx *c, const char *name, const struct calendar_item *item, size_t n,
                             struct buf *out) MUST_CHECK;

#endif
