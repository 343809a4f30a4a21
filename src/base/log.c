// SPDX-License-Identifier: EUPL-1.2
#include "base/log.h"

#include "base/date.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

void log_line(enum log_level level, const char *format, ...)
{
    static const char names[][6] = { "error", "warn", "info" };
    char line[2048], when[21];
    size_t head, len;
    va_list ap;
    int n;

    time_iso((int64_t)time(NULL), when);
    head = (size_t)snprintf(line, sizeof line, "%s %s ", when, names[level]);
    va_start(ap, format);
    n = vsnprintf(line + head, sizeof line - head - 1, format, ap);
    va_end(ap);
    len = n < 0 ? head : head + (size_t)n;
    if (len > sizeof line - 2)
        len = sizeof line - 2;
    for (size_t i = head; i < len; i++) /* one message stays one line, whatever it quotes */
        if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
            line[i] = '?';
    line[len++] = '\n';
    /* One write, so that lines of several threads do not mix. Where stderr is gone there is nobody to tell.
     */
    if (write(STDERR_FILENO, line, len) < 0)
        return;
}
