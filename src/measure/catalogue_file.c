// SPDX-License-Identifier: EUPL-1.2
#include "measure/catalogue_file.h"

#include "base/text.h"

#include <string.h>

#define FIELDS 64

struct lines {
    char *next; /* NULL: at the end */
    int line;
    char delimiter;
};

/* Cuts a line into fields, in place. A quoted field may hold delimiters and doubled quotes, no line ends. */
static size_t cut(char *line, char delimiter, char *field[FIELDS])
{
    size_t n = 0;
    char *p = line;

    while (n < FIELDS) {
        char *to = p;
        bool quoted = *p == '"';
        field[n++] = to;
        for (p += quoted; *p != '\0'; p++) {
            if (quoted && *p == '"') {
                if (p[1] != '"') {
                    quoted = false;
                    continue;
                }
                p++;
            } else if (!quoted && *p == delimiter) {
                break;
            }
            *to++ = *p;
        }
        bool last = *p == '\0';
        *to = '\0';
        if (last)
            return n;
        p++;
    }
    return FIELDS + 1;
}

/* The next line that says something; NULL at the end. */
static char *line_next(struct lines *l)
{
    while (l->next != NULL) {
        char *line = l->next, *end = strchr(line, '\n');
        l->line++;
        l->next = end != NULL ? end + 1 : NULL;
        if (end != NULL)
            *end = '\0';
        line = text_trim(line);
        if (line[0] != '\0' && line[0] != '#')
            return line;
    }
    return NULL;
}

static bool fault(struct catalogue_fault *f, int line, const char *column, const char *text)
{
    *f = (struct catalogue_fault){ line, column, text };
    return false;
}

/* Which column of a row each field is. */
static bool header(struct lines *l, size_t column[FIELDS], size_t *ret_n, struct catalogue_fault *ret_fault)
{
    char *field[FIELDS], *line = line_next(l);
    size_t n, k;

    *ret_n = 0;
    if (line == NULL)
        return true;
    l->delimiter = strchr(line, ';') != NULL ? ';' : strchr(line, '\t') != NULL ? '\t' : ',';
    n = cut(line, l->delimiter, field);
    for (size_t i = 0; i < n; i++) {
        char *name = n <= FIELDS ? text_trim(field[i]) : line;
        for (k = 0; k < DEFINITION_COLUMNS && !text_is(definition_column[k], name); k++)
            continue;
        if (k == DEFINITION_COLUMNS)
            return fault(ret_fault, l->line, name, name);
        column[i] = k;
    }
    *ret_n = n;
    return true;
}

static void put(struct definition *d, size_t column, const char *text)
{
    *definition_place(d, column) = text[0] != '\0' ? text : NULL;
}

bool catalogue_file_read(char *text, const struct catalogue_settings *s, struct definition *row, size_t room,
                         size_t *ret_n, struct catalogue_fault *ret_fault)
{
    struct lines l = { .next = text };
    size_t column[FIELDS], columns, n = 0;
    struct definition_fault wrong;
    struct part part;
    char *field[FIELDS];

    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        l.next += 3;
    if (!header(&l, column, &columns, ret_fault))
        return false;
    for (char *line = line_next(&l); line != NULL; line = line_next(&l), n++) {
        size_t fields = cut(line, l.delimiter, field);
        if (fields > columns || n == room)
            return fault(ret_fault, l.line, "", fields <= FIELDS ? field[fields - 1] : line);
        row[n] = (struct definition){ 0 };
        for (size_t i = 0; i < fields; i++)
            put(&row[n], column[i], text_trim(field[i]));
        if (!part_parse(&row[n], s, &part, &wrong))
            return fault(ret_fault, l.line, wrong.column, wrong.text);
    }
    *ret_n = n;
    return true;
}
