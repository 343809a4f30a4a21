// SPDX-License-Identifier: EUPL-1.2
/* The context: everything that one request or one command works with. One each, never global. */
#ifndef PEIL_BASE_CTX_H
#define PEIL_BASE_CTX_H

#include "base/arena.h"
#include "base/err.h"

#include <stdatomic.h>
#include <stdint.h>

enum lang { LANG_NL, LANG_EN };

struct db;
struct scope;
struct actor;

struct ctx {
    struct arena *arena;
    struct db *db;             /* the connection of this thread */
    const struct scope *scope; /* what this user may see; every statement on residents carries it */
    const char *once;          /* token of the form that is being handled; NULL: it may count again */
    const struct actor *actor; /* who is asking: user, role, rights */
    int64_t now;               /* seconds since 1970-01-01T00:00:00Z; tests set it */
    int32_t today;             /* day number of `now` in the Netherlands */
    enum lang lang;
    struct err_slot err;
};

/* An empty context with the clock of the machine. */
void ctx_init(struct ctx *c, struct arena *a, enum lang lang);
/* Sets now and today together. */
void ctx_set_now(struct ctx *c, int64_t now);
/* Arena memory that fails with E_NOMEM. Usage: TRY(ctx_alloc(c, n, sizeof *p, (void *)&p)); */
enum err ctx_alloc(struct ctx *c, size_t count, size_t size, void *ret_ptr) MUST_CHECK;
/* A copy in the arena; NULL (an unknown text) stays NULL. */
enum err ctx_copy(struct ctx *c, const char *text, const char **ret_text) MUST_CHECK;

/* The text in the language of the context; the English text itself when there is no translation. */
const char *text_in(enum lang lang, const char *english) __attribute__((format_arg(2)));
#define _(english) text_in(c->lang, english)

/* A text whose translation is looked up once and then remembered, for what stands on every line of a list:
 * static struct text_site days = { .english = N_("days") };   text_of(c->lang, &days) */
struct text_site {
    const char *english;
    _Atomic(const char *) dutch; /* NULL: not looked up yet */
    _Atomic(uint32_t) plain;     /* bytes of the Dutch text when HTML needs no escape in it; else 0 */
};
const char *text_find(struct text_site *s);
static inline const char *text_of(enum lang lang, struct text_site *s)
{
    const char *text = lang == LANG_NL ? atomic_load_explicit(&s->dutch, memory_order_relaxed) : s->english;

    return text != NULL ? text : text_find(s);
}

#endif
