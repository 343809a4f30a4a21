// SPDX-License-Identifier: EUPL-1.2
/* What the parts of the template compiler share. mktpl.c reads the file and its directives, mktpl_html.c
 * follows the HTML, mktpl_value.c takes what stands between double braces, mktpl_block.c branches and loops,
 * mktpl_code.c writes the C. A mistake in a template ends the program with its file and line: nothing here
 * returns errors or frees memory. */
#ifndef PEIL_TOOLS_MKTPL_H
#define PEIL_TOOLS_MKTPL_H

#include <stdbool.h>
#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define MAX_DEPTH 64  /* open elements */
#define MAX_BLOCKS 32 /* open {{#...}} */
#define MAX_SEEN 512  /* ids of a page, attributes of a tag */
#define MAX_TEXTS 256 /* translations lifted out of loops */
#define MAX_ARGS 9    /* {1} .. {9} */

struct text {
    char *s;
    size_t len, cap;
};

enum place { IN_TEXT, IN_TAG, AFTER_ATTR, IN_VALUE };
enum kind { PLAIN, URL, ID, WORDS, CLOSED, BANNED }; /* of an attribute; CLOSED takes no values */
enum url { URL_START, URL_SLASH, URL_SCHEME, URL_HOST, URL_PATH };

struct element {
    char name[24];
    int line;
    bool verbatim; /* inside a name or code: words need no translation */
};

/* Where the reader is in the HTML; branches save, restore and compare it. */
struct state {
    enum place place;
    enum kind kind;
    enum url url;
    char tag[24], attr[48];
    int depth;
    struct element open[MAX_DEPTH];
};

struct seen {
    char *name;
    bool hidden; /* belongs to another branch */
};

enum block_kind { BLOCK_IF, BLOCK_EACH, BLOCK_WRAP };
struct block {
    enum block_kind kind;
    bool has_else, joined;
    const char *at, *call;
    struct state entry, join;
    size_t ids_from, attrs_from;
};

struct mk {
    const char *file, *src, *p;
    struct text out, protos, structs, includes; /* of the file */
    struct text code, lit, lift;                /* of the function */
    char *page, *params;
    const char *page_at, *value_at;
    char scheme[12];
    char blank, last; /* white space not written yet; last byte of the URL */
    bool started, framed, uses_show, refresh, content;
    int words, each_depth, indent;
    struct state st;
    struct block blocks[MAX_BLOCKS];
    struct seen ids[MAX_SEEN], attrs[MAX_SEEN];
    size_t n_blocks, n_ids, n_attrs, n_texts;
    char *texts[MAX_TEXTS];
};

/* ---- mktpl_code.c: texts, messages and the function that is written ---- */

void *must(void *p);
void add(struct text *t, const char *s, size_t n);
__attribute__((format(printf, 2, 3))) void addf(struct text *t, const char *format, ...);
char *copy(const char *s, size_t n);
/* The line of the file in which `at`, a place in the source, lies. */
int line_of(const struct mk *m, const char *at);
__attribute__((noreturn, format(printf, 3, 4))) void fail(const struct mk *m, const char *at,
                                                          const char *format, ...);
/* Whether a name is one of a list with blanks between. */
bool listed(const char *list, const char *name);
bool is_word(char ch);
/* Whether one of these elements is open. */
bool inside(const struct mk *m, const char *list);
void write_indent(struct mk *m);
/* Constant text waits in m->lit so that neighbours become one call; flush writes it. */
void literal(struct mk *m, const char *s, size_t n);
void flush(struct mk *m);
/* One line of C that came from this place in the template. */
__attribute__((format(printf, 3, 4))) void statement(struct mk *m, const char *at, const char *format, ...);
/* Ends the function of the page, or half of it: "_before" and "_after" for a frame. */
void write_function(struct mk *m, const char *suffix);

/* ---- mktpl_value.c ---- */

/* Behind the quoted text at q, or NULL when its line ends first. */
const char *skip_quoted(const char *q);
const char *skip_blank(const char *q);
/* Checks brackets and quotes and returns the end of the first item: a comma, or a blank if `by_blank`. */
const char *item_end(const struct mk *m, const char *at, const char *q, bool by_blank);
/* Fails unless `expr` holds 1 to `max` expressions. */
void check_list(const struct mk *m, const char *at, const char *expr, int max, const char *what);
void check_one(const struct mk *m, const char *at, const char *expr, const char *what);
/* What stands behind the _ of {{_ "text" a, b}} and {{_n "one" "many" n, b}}. */
void translation(struct mk *m, const char *at, const char *q, bool plural);
void value(struct mk *m, const char *at, const char *expr);

/* ---- mktpl_block.c ---- */

/* Among the attributes of a tag. */
bool in_tag(const struct state *s);
void hash_directive(struct mk *m, const char *at, const char *q);
void close_block(struct mk *m, const char *at);
/* "name_html expr, expr" as a C call, with `suffix` behind the name. */
char *page_call(struct mk *m, const char *at, const char *q, const char *suffix);
void slot(struct mk *m, const char *at);

/* ---- mktpl_html.c ---- */

/* Reads one piece of HTML. */
void byte(struct mk *m);

#endif
