// SPDX-License-Identifier: EUPL-1.2
/* Files that a test makes for the readers of exchange, in $TMPDIR or /tmp. */
#ifndef PEIL_TEST_TEMP_FILE_H
#define PEIL_TEST_TEMP_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct temp_file {
    char path[200];
};

struct temp_file temp_file_make(const void *data, size_t len);
struct temp_file temp_file_text(const char *text);
struct temp_file temp_file_gzip(const void *data, size_t len); /* the data, packed */
void temp_file_remove(struct temp_file *f);
#define TEMP_FILE __attribute__((cleanup(temp_file_remove))) struct temp_file

#endif
