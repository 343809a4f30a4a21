// SPDX-License-Identifier: EUPL-1.2
#include "register/duplicate.h"

#include "base/sound.h"
#include "base/text.h"
#include "register/person_link.h"
#include "register/right.h"
#include "store/name_index.h"
#include "store/read_log.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

enum {
    DIGITS_SAME = 6,  /* of a phone number, to take it for the same */
    RUN_MOST = 400,   /* people with one key who are compared with each other */
    PAIRS_MOST = 4000 /* before those are left out that are known or out of sight */
};

const char *duplicate_why_name(const struct ctx *c, enum duplicate_why why)
{
    static const char *const names[DUPLICATE_WHYS] = {
        [DUPLICATE_NAME_BIRTH] = N_("the same name and birth date"),
        [DUPLICATE_ALMOST] = N_("almost the same name, and the same birth date"),
        [DUPLICATE_PHONE] = N_("the same phone number"),
        [DUPLICATE_NAME] = N_("the same name"),
    };

    return _(names[why]);
}

/* ── Comparing all with all ───────────────────────────────────────────────────────────────────────────────
 */

/* What is compared of a person. The sound is that of all words together. */
struct one {
    int64_t person;
    const char *folded, *phone, *name;
    char sound[48];
    int32_t birth;
};
struct gathering {
    struct ctx *c;
    struct one *one;
    size_t n, room;
    enum err e;
};

static void sound_of(const char *folded, char *to, size_t size)
{
    char copy[160], *rest, key[SOUND_KEYS][SOUND_KEY];

    text_copy(copy, sizeof copy, folded);
    *to = '\0';
    for (char *word = strtok_r(copy, " -", &rest); word != NULL; word = strtok_r(NULL, " -", &rest)) {
        size_t n = strlen(to);
        if (sound_particle(word) || sound_keys(word, key) == 0)
            continue;
        text_copy(to + n, size - n, key[0]);
        n = strlen(to);
        text_copy(to + n, size - n, " ");
    }
}

static enum err gather(struct ctx *c, struct gathering *g, const struct name_entry *e)
{
    char folded[256];

    if (g->n == g->room) {
        size_t room = g->room > 0 ? g->room * 2 : 4096;
        struct one *more;
        TRY(ctx_alloc(c, room, sizeof *more, (void *)&more));
        if (g->n > 0)
            memcpy(more, g->one, g->n * sizeof *more);
        g->one = more;
        g->room = room;
    }
    struct one *o = &g->one[g->n];
    text_fold(folded, sizeof folded, e->name);
    *o = (struct one){ .person = e->person, .birth = e->birth };
    TRY(ctx_copy(c, folded, &o->folded));
    TRY(ctx_copy(c, e->phone, &o->phone));
    TRY(ctx_copy(c, e->name, &o->name));
    sound_of(folded, o->sound, sizeof o->sound);
    g->n++;
    return OK;
}

static bool gather_one(void *arg, const struct name_entry *e)
{
    struct gathering *g = arg;

    if (e->name[0] != '\0')
        g->e = gather(g->c, g, e);
    return g->e == OK;
}

static int by_birth(const void *pa, const void *pb)
{
    const struct one *a = pa, *b = pb;

    return a->birth != b->birth ? (a->birth < b->birth ? -1 : 1) : strcmp(a->folded, b->folded);
}

static int by_phone(const void *pa, const void *pb)
{
    const struct one *a = pa, *b = pb;

    return strcmp(a->phone, b->phone);
}

static int by_folded(const void *pa, const void *pb)
{
    const struct one *a = pa, *b = pb;

    return strcmp(a->folded, b->folded);
}

/* At most one letter differs: replaced, left out or put in. */
static bool one_letter_apart(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b), i = 0;

    if (la > lb + 1 || lb > la + 1)
        return false;
    while (a[i] != '\0' && a[i] == b[i])
        i++;
    if (la == lb)
        return a[i] == '\0' || text_is(a + i + 1, b + i + 1);
    return la > lb ? text_is(a + i + 1, b + i) : text_is(a + i, b + i + 1);
}

/* DUPLICATE_WHYS: nothing says that they are one. */
static enum duplicate_why compare(const struct one *a, const struct one *b)
{
    bool known = a->birth != DAY_NONE && b->birth != DAY_NONE;
    bool name = text_is(a->folded, b->folded);

    if (known && a->birth != b->birth)
        return DUPLICATE_WHYS; /* two people: a father and son, a mother and child with one phone */
    if (known && name)
        return DUPLICATE_NAME_BIRTH;
    if (known && (one_letter_apart(a->folded, b->folded) || text_is(a->sound, b->sound)))
        return DUPLICATE_ALMOST;
    if (strlen(a->phone) >= DIGITS_SAME && text_is(a->phone, b->phone) &&
        (name || text_is(a->sound, b->sound) || one_letter_apart(a->folded, b->folded)))
        return DUPLICATE_PHONE;
    return name && !known ? DUPLICATE_NAME : DUPLICATE_WHYS;
}

struct pairs_found {
    struct duplicate *pair;
    size_t n;
};

static void add_pair(struct pairs_found *f, const struct one *a, const struct one *b, enum duplicate_why why)
{
    if (f->n == PAIRS_MOST)
        return;
    if (a->person > b->person) {
        const struct one *swap = a;
        a = b;
        b = swap;
    }
    f->pair[f->n++] = (struct duplicate){ .a = a->person,
                                          .b = b->person,
                                          .name = { a->name, b->name },
                                          .birth = { a->birth, b->birth },
                                          .phone = { a->phone, b->phone },
                                          .why = why };
}

/* Everyone with the same key beside each other; people with a very common key are left to the other keys. */
static void compare_runs(struct gathering *g, int (*key)(const void *, const void *),
                         bool (*has_key)(const struct one *o), struct pairs_found *f)
{
    size_t from = 0;

    for (size_t i = 1; i <= g->n; i++) {
        if (i < g->n && key(&g->one[from], &g->one[i]) == 0)
            continue;
        for (size_t a = from; a < i && i - from <= RUN_MOST && has_key(&g->one[from]); a++)
            for (size_t b = a + 1; b < i; b++) {
                enum duplicate_why why = compare(&g->one[a], &g->one[b]);
                if (why != DUPLICATE_WHYS)
                    add_pair(f, &g->one[a], &g->one[b], why);
            }
        from = i;
    }
}

static int only_birth(const void *pa, const void *pb)
{
    const struct one *a = pa, *b = pb;

    return a->birth < b->birth ? -1 : a->birth > b->birth;
}

static bool has_birth(const struct one *o)
{
    return o->birth != DAY_NONE;
}

static bool has_phone(const struct one *o)
{
    return strlen(o->phone) >= DIGITS_SAME;
}

static bool has_name(const struct one *o)
{
    return strchr(o->folded, ' ') != NULL; /* one word says too little */
}

static int by_pair(const void *pa, const void *pb)
{
    const struct duplicate *a = pa, *b = pb;

    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    if (a->b != b->b)
        return a->b < b->b ? -1 : 1;
    return (int)a->why - (int)b->why;
}

static int by_sureness(const void *pa, const void *pb)
{
    const struct duplicate *a = pa, *b = pb;

    if (a->why != b->why)
        return a->why < b->why ? -1 : 1;
    return a->b != b->b ? (a->b > b->b ? -1 : 1) : a->a > b->a ? -1 : a->a < b->a;
}

static enum err find_all(struct ctx *c, struct pairs_found *f)
{
    struct gathering g = { .c = c };

    TRY(person_index(c));
    name_index_walk(db_store(c->db), gather_one, &g);
    TRY(g.e);
    TRY(ctx_alloc(c, PAIRS_MOST, sizeof *f->pair, (void *)&f->pair));
    if (g.n == 0)
        return OK;
    qsort(g.one, g.n, sizeof *g.one, by_birth);
    compare_runs(&g, only_birth, has_birth, f);
    qsort(g.one, g.n, sizeof *g.one, by_phone);
    compare_runs(&g, by_phone, has_phone, f);
    qsort(g.one, g.n, sizeof *g.one, by_folded);
    compare_runs(&g, by_folded, has_name, f);
    qsort(f->pair, f->n, sizeof *f->pair, by_pair); /* one of each pair, the surest */
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++)
        if (n == 0 || f->pair[n - 1].a != f->pair[i].a || f->pair[n - 1].b != f->pair[i].b)
            f->pair[n++] = f->pair[i];
    f->n = n;
    qsort(f->pair, f->n, sizeof *f->pair, by_sureness);
    return OK;
}

/* ── What is known already, or out of sight ───────────────────────────────────────────────────────────────
 */

/* Whether this user may see the person; how many requests. */
static enum err seen(struct ctx *c, int64_t person, bool *ret_seen, int64_t *ret_requests)
{
    struct sql_person_reach_row reach = { 0 };
    enum err e = person_check(c, person);

    *ret_seen = e == OK;
    if (e != OK && e != E_NOT_FOUND)
        return e;
    err_clear(c);
    if (e != OK)
        return OK;
    TRY(sql_person_reach(c, person, INT_NONE, &reach));
    *ret_requests = reach.requests;
    return OK;
}

static enum err judged_apart(struct ctx *c, const int64_t *a, size_t an, const int64_t *b, size_t bn,
                             bool *ret_apart)
{
    for (size_t i = 0; i < an; i++) {
        struct sql_person_distinct_of_row *row;
        size_t n;
        TRY(sql_person_distinct_of(c, a[i], &row, &n));
        for (size_t k = 0; k < n; k++)
            for (size_t j = 0; j < bn; j++)
                *ret_apart = *ret_apart || row[k].other == b[j];
    }
    return OK;
}

static enum err is_open(struct ctx *c, struct duplicate *d, bool *ret_open)
{
    const int64_t *a, *b;
    size_t an, bn;
    bool apart = false, see_a = false, see_b = false;

    *ret_open = false;
    TRY(person_link_group(c, d->a, &a, &an));
    TRY(person_link_group(c, d->b, &b, &bn));
    if (a[0] == b[0])
        return OK;
    TRY(judged_apart(c, a, an, b, bn, &apart));
    if (apart)
        return OK;
    TRY(seen(c, d->a, &see_a, &d->requests[0]));
    if (see_a)
        TRY(seen(c, d->b, &see_b, &d->requests[1]));
    *ret_open = see_a && see_b;
    return OK;
}

enum err duplicate_list(struct ctx *c, const struct duplicate **ret_pair, size_t *ret_n)
{
    struct look look = { c->actor != NULL ? c->actor->account : INT_NONE, "list", "duplicate", INT_NONE };
    struct pairs_found f = { 0 };
    size_t n = 0;

    TRY(may(c, RIGHT_MERGE));
    TRY(read_log_add(c, &look));
    TRY(find_all(c, &f));
    for (size_t i = 0; i < f.n && n < DUPLICATES_MOST; i++) {
        bool open;
        TRY(is_open(c, &f.pair[i], &open));
        if (open)
            f.pair[n++] = f.pair[i];
    }
    *ret_pair = f.pair;
    *ret_n = n;
    return OK;
}

/* ── What was judged ──────────────────────────────────────────────────────────────────────────────────────
 */

static enum err keep_seen(struct ctx *c, struct distinct_pair *p, size_t *n)
{
    size_t kept = 0;

    for (size_t i = 0; i < *n; i++) {
        const int64_t both[2] = { p[i].a, p[i].b };
        int64_t requests;
        bool a = false, b = false;
        const char **name;
        TRY(seen(c, p[i].a, &a, &requests));
        TRY(seen(c, p[i].b, &b, &requests));
        if (!a || !b)
            continue;
        TRY(person_names(c, both, 2, &name));
        p[kept] = p[i];
        p[kept].name[0] = name[0];
        p[kept++].name[1] = name[1];
    }
    *n = kept;
    return OK;
}

enum err duplicate_judged(struct ctx *c, const struct distinct_pair **ret_pair, size_t *ret_n)
{
    struct sql_person_distinct_all_row *row;
    struct distinct_pair *p;
    size_t n;

    TRY(may(c, RIGHT_MERGE));
    TRY(sql_person_distinct_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *p, (void *)&p));
    for (size_t i = 0; i < n; i++)
        p[i] = (struct distinct_pair){ .a = row[i].low, .b = row[i].high, .since = row[i].since };
    TRY(keep_seen(c, p, &n));
    *ret_pair = p;
    *ret_n = n;
    return OK;
}

enum err duplicate_joined(struct ctx *c, const struct distinct_pair **ret_pair, size_t *ret_n)
{
    struct sql_person_link_all_row *row;
    struct distinct_pair *p;
    size_t n;

    TRY(may(c, RIGHT_MERGE));
    TRY(sql_person_link_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *p, (void *)&p));
    for (size_t i = 0; i < n; i++)
        p[i] =
            (struct distinct_pair){ .a = row[i].person, .b = row[i].into_person, .since = row[i].linked_at };
    TRY(keep_seen(c, p, &n));
    *ret_pair = p;
    *ret_n = n;
    return OK;
}
