// SPDX-License-Identifier: EUPL-1.2
/* One line a message on stderr: time, level, text. Never personal data, never a query string. */
#ifndef PEIL_BASE_LOG_H
#define PEIL_BASE_LOG_H

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO };

void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
