// SPDX-License-Identifier: EUPL-1.2
/* The parts that every page is made of: fields, choices, tabs, page numbers. A handler fills them,
 * tpl/part.html writes them; so that label, hint, error and input belong together on every page in the same
 * way. Texts are borrowed. */
#ifndef PEIL_WEB_PART_H
#define PEIL_WEB_PART_H

#include "base/ctx.h"
#include "base/text.h"
#include "web/form.h"
#include "web/reply.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct field {
    const char *name, *label, *hint; /* hint: NULL for none */
    const char *id;                  /* NULL: the name */
    const char *value;               /* as it was typed */
    const char *type;                /* NULL: text */
    const char *autocomplete;        /* NULL: off */
    const char *inputmode;           /* NULL: text */
    const char *error;               /* NULL: nothing wrong */
    bool required, narrow, lines;    /* lines: a text area */
    bool first;                      /* the page opens with the cursor in it */
};

struct option {
    const char *value, *label, *note; /* note: NULL for none */
    bool chosen;
};
/* A list to choose one from: <select>, or radios when each choice should be read. */
struct choice {
    const char *name, *label, *hint, *error;
    const char *id; /* NULL: the name */
    const struct option *option;
    size_t n;
    bool required, optional; /* optional: says so beside the label */
};

/* A question: nothing follows its mark. */
static inline bool label_asks(const char *label)
{
    size_t n = strlen(label);

    return n > 0 && label[n - 1] == '?';
}

static inline const char *field_id(const struct field *f)
{
    return f->id != NULL ? f->id : f->name;
}
static inline const char *choice_id(const struct choice *f)
{
    return f->id != NULL ? f->id : f->name;
}

struct tab {
    const char *label, *url;
    int64_t count; /* INT_NONE: not shown */
    bool current;
};

struct page_link {
    int64_t number; /* 0: a gap */
    const char *url;
    bool current;
};
enum { PAGE_LINKS = 9 };
struct pages {
    struct page_link link[PAGE_LINKS];
    size_t n;
    const char *previous, *next; /* NULL: there is none */
};

/* What others did since the user looked: told first when a form was refused because of it. */
struct news_line {
    const char *title, *reason, *who; /* reason, who: NULL */
    int64_t occurred_at;
};
struct news {
    const struct news_line *line;
    size_t n; /* 0: nothing, or no form was sent */
};

/* The numbers around `current` (from 1) with the first and the last; url_of makes the address of a page. */
enum err pages_fill(struct ctx *c, int64_t current, int64_t last,
                    enum err (*url_of)(struct ctx *c, void *arg, int64_t page, const char **ret_url),
                    void *arg, struct pages *ret_pages) MUST_CHECK;
/* A form that was not right is shown again: takes the failure `e` out of the context, so that the page can be
 * made, and gives the answer its status. What the register refused joins what form_read found. Other failures
 * than E_INVALID and E_CONFLICT are passed on. */
enum err wrong_take(struct ctx *c, enum err e, struct reply *out, struct form_errors *errors) MUST_CHECK;

#endif
