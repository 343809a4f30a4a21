// SPDX-License-Identifier: EUPL-1.2
#include "register/duplicate_find.h"

#include "base/sound.h"
#include "base/text.h"
#include "register/duplicate.h"
#include "register/person.h"

#include <stdlib.h>
#include <string.h>

enum {
    DIGITS_SAME = 6,    /* of a phone number, to take it for the same */
    RUN_MOST = 400,     /* people with one key who are compared with each other */
    PAIRS_MOST = 4000,  /* before those are left out that are known or out of sight */
    CHANGED_MOST = 40,  /* people who are compared one by one; with more, all are compared again */
    CHANGED_ROOM = 4096 /* with those without a name, whose records only keep texts */
};

/* What is compared of a person. */
struct one {
    int64_t person;
    const char *folded;
    char phone[NAME_PHONE];
    char sound[32]; /* of all words together, made when it is first asked for; "" before that */
    int32_t birth;
};
struct gathering {
    struct ctx *c;
    struct one *one;
    size_t n, room;
    enum err e;
};
struct pairs_found {
    struct name_pair *pair;
    size_t n;
};

/* ── Comparing two ────────────────────────────────────────────────────────────────────────────────────────
 */

static void hear(struct one *o)
{
    char copy[160], *rest, key[SOUND_KEYS][SOUND_KEY], *to = o->sound;
    size_t size = sizeof o->sound;

    if (o->sound[0] != '\0')
        return;
    text_copy(copy, sizeof copy, o->folded);
    text_copy(to, size, "="); /* heard, also when nothing sounds */
    for (char *word = strtok_r(copy, " -", &rest); word != NULL; word = strtok_r(NULL, " -", &rest)) {
        size_t n = strlen(to);
        if (sound_particle(word) || sound_keys(word, key) == 0)
            continue;
        text_copy(to + n, size - n, key[0]);
        n = strlen(to);
        text_copy(to + n, size - n, " ");
    }
}

static bool sounds_same(struct one *a, struct one *b)
{
    hear(a);
    hear(b);
    return text_is(a->sound, b->sound);
}

/* DUPLICATE_WHYS: nothing says that they are one. */
static enum duplicate_why compare(struct one *a, struct one *b)
{
    bool known = a->birth != DAY_NONE && b->birth != DAY_NONE;
    bool name = text_is(a->folded, b->folded);

    if (known && a->birth != b->birth)
        return DUPLICATE_WHYS; /* two people: a father and son, a mother and child with one phone */
    if (known && name)
        return DUPLICATE_NAME_BIRTH;
    if (known && (text_one_letter_apart(a->folded, b->folded) || sounds_same(a, b)))
        return DUPLICATE_ALMOST;
    if (strlen(a->phone) >= DIGITS_SAME && text_is(a->phone, b->phone) &&
        (name || text_one_letter_apart(a->folded, b->folded) || sounds_same(a, b)))
        return DUPLICATE_PHONE;
    return name && !known ? DUPLICATE_NAME : DUPLICATE_WHYS;
}

static void compare_pair(struct pairs_found *f, struct one *a, struct one *b)
{
    enum duplicate_why why = compare(a, b);

    if (why == DUPLICATE_WHYS || f->n == PAIRS_MOST || a->person == b->person)
        return;
    f->pair[f->n++] = (struct name_pair){ .a = a->person < b->person ? a->person : b->person,
                                          .b = a->person < b->person ? b->person : a->person,
                                          .why = why };
}

static int by_pair(const void *pa, const void *pb)
{
    const struct name_pair *a = pa, *b = pb;

    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    if (a->b != b->b)
        return a->b < b->b ? -1 : 1;
    return a->why < b->why ? -1 : a->why > b->why;
}

static int by_sureness(const void *pa, const void *pb)
{
    const struct name_pair *a = pa, *b = pb;

    if (a->why != b->why)
        return a->why < b->why ? -1 : 1;
    return a->b != b->b ? (a->b > b->b ? -1 : 1) : a->a > b->a ? -1 : a->a < b->a;
}

/* One of each pair, the surest; in the order of the list. */
static void put_in_order(struct pairs_found *f)
{
    size_t n = 0;

    if (f->n > 0)
        qsort(f->pair, f->n, sizeof *f->pair, by_pair);
    for (size_t i = 0; i < f->n; i++)
        if (n == 0 || f->pair[n - 1].a != f->pair[i].a || f->pair[n - 1].b != f->pair[i].b)
            f->pair[n++] = f->pair[i];
    f->n = n;
    if (f->n > 0)
        qsort(f->pair, f->n, sizeof *f->pair, by_sureness);
}

/* ── Comparing all with all ───────────────────────────────────────────────────────────────────────────────
 */

static enum err one_of(struct ctx *c, const struct name_entry *e, struct one *ret_one)
{
    char folded[256];

    text_fold(folded, sizeof folded, e->name);
    *ret_one = (struct one){ .person = e->person, .birth = e->birth };
    text_copy(ret_one->phone, sizeof ret_one->phone, e->phone);
    return ctx_copy(c, folded, &ret_one->folded);
}

static bool gather_one(void *arg, const struct name_entry *e)
{
    struct gathering *g = arg;

    if (e->name[0] != '\0' && g->n < g->room)
        g->e = one_of(g->c, e, &g->one[g->n++]);
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

/* Everyone with the same key beside each other; people with a very common key are left to the other keys. */
static void compare_runs(struct gathering *g, int (*key)(const void *, const void *),
                         bool (*has_key)(const struct one *o), struct pairs_found *f)
{
    size_t from = 0;

    for (size_t i = 1; i <= g->n; i++) {
        if (i < g->n && key(&g->one[from], &g->one[i]) == 0)
            continue;
        for (size_t a = from; a < i && i - from <= RUN_MOST && has_key(&g->one[from]); a++)
            for (size_t b = a + 1; b < i; b++)
                compare_pair(f, &g->one[a], &g->one[b]);
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

static enum err compare_all(struct ctx *c, struct pairs_found *f)
{
    struct gathering g = { .c = c };
    size_t all;

    name_index_changed(db_store(c->db), 0, NULL, 0, &all, &g.room);
    TRY(ctx_alloc(c, g.room + 1, sizeof *g.one, (void *)&g.one));
    name_index_walk(db_store(c->db), gather_one, &g);
    TRY(g.e);
    if (g.n == 0)
        return OK;
    qsort(g.one, g.n, sizeof *g.one, by_birth);
    compare_runs(&g, only_birth, has_birth, f);
    qsort(g.one, g.n, sizeof *g.one, by_phone);
    compare_runs(&g, by_phone, has_phone, f);
    qsort(g.one, g.n, sizeof *g.one, by_folded);
    compare_runs(&g, by_folded, has_name, f);
    return OK;
}

/* ── Comparing who changed ────────────────────────────────────────────────────────────────────────────────
 */

static enum err compare_hits(struct ctx *c, struct one *o, const struct name_query *q, struct pairs_found *f)
{
    struct name_hit *hit;
    size_t n;

    TRY(ctx_alloc(c, RUN_MOST + 1, sizeof *hit, (void *)&hit));
    TRY(name_index_find(c, db_store(c->db), q, hit, RUN_MOST + 1, &n));
    for (size_t i = 0; i < n && n <= RUN_MOST; i++) { /* a very common key is left to the other keys */
        struct name_entry e;
        struct one other;
        TRY(name_index_get(c, db_store(c->db), hit[i].person, &e));
        if (e.name[0] == '\0')
            continue;
        TRY(one_of(c, &e, &other));
        compare_pair(f, o, &other);
    }
    return OK;
}

static enum err compare_one(struct ctx *c, int64_t person, struct pairs_found *f)
{
    struct name_entry e;
    struct one o;

    TRY(name_index_get(c, db_store(c->db), person, &e));
    if (e.name[0] == '\0')
        return OK;
    TRY(one_of(c, &e, &o));
    if (has_birth(&o))
        TRY(compare_hits(c, &o, &(struct name_query){ "", "", o.birth }, f));
    if (has_phone(&o))
        TRY(compare_hits(c, &o, &(struct name_query){ "", o.phone, DAY_NONE }, f));
    if (has_name(&o))
        TRY(compare_hits(c, &o, &(struct name_query){ e.name, "", DAY_NONE }, f));
    return OK;
}

static bool among(const int64_t *person, size_t n, int64_t one)
{
    for (size_t i = 0; i < n; i++)
        if (person[i] == one)
            return true;
    return false;
}

/* The kept pairs without those who changed, and these compared anew. */
static enum err compare_changed(struct ctx *c, const int64_t *person, size_t n, struct pairs_found *f)
{
    size_t kept = 0;

    for (size_t i = 0; i < f->n; i++)
        if (!among(person, n, f->pair[i].a) && !among(person, n, f->pair[i].b))
            f->pair[kept++] = f->pair[i];
    f->n = kept;
    for (size_t i = 0; i < n; i++)
        TRY(compare_one(c, person[i], f));
    return OK;
}

enum err duplicate_find(struct ctx *c, struct name_pair **ret_pair, size_t *ret_n)
{
    struct store *s = db_store(c->db);
    struct pairs_found f = { .n = 0 };
    struct name_pair *kept = NULL;
    int64_t *person, since = 0;
    size_t changed = 0, named = 0;
    bool has;

    TRY(person_index(c));
    int64_t serial = name_index_serial(s);
    TRY(ctx_alloc(c, PAIRS_MOST, sizeof *f.pair, (void *)&f.pair));
    TRY(name_pairs_get(c, s, &kept, &f.n, &since, &has));
    if (has && f.n > 0)
        memcpy(f.pair, kept, f.n * sizeof *f.pair);
    TRY(ctx_alloc(c, CHANGED_ROOM, sizeof *person, (void *)&person));
    if (has)
        name_index_changed(s, since, person, CHANGED_ROOM, &changed, &named);
    if (!has || changed > CHANGED_ROOM || named > CHANGED_MOST) {
        f.n = 0;
        TRY(compare_all(c, &f));
    } else {
        TRY(compare_changed(c, person, changed, &f));
    }
    if (!has || changed > 0) {
        put_in_order(&f);
        TRY(name_pairs_keep(c, s, f.pair, f.n, serial));
    }
    *ret_pair = f.pair;
    *ret_n = f.n;
    return OK;
}
