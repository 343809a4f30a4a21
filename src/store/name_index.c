// SPDX-License-Identifier: EUPL-1.2
#include "store/name_index.h"

#include "base/sound.h"
#include "base/text.h"
#include "store/engine.h"
#include "store/name_words.h"

#include <stdlib.h>
#include <string.h>

/* Everything lies at the number of the person, which the data base hands out densely. */
struct name_index {
    char *text; /* the names behind each other */
    size_t used, room;
    uint32_t *at; /* offset + 1; 0: unknown */
    int32_t *birth;
    char (*phone)[NAME_PHONE];
    int64_t *put; /* serial with which the person was put last */
    size_t persons;
    int64_t serial;
    struct name_pair *pair;
    size_t pairs;
    int64_t paired; /* serial up to which the pairs are complete */
    struct name_words *words;
};

static bool grow(void **array, size_t from, size_t to, size_t size)
{
    char *p = realloc(*array, to * size);

    if (p == NULL)
        return false;
    memset(p + from * size, 0, (to - from) * size);
    *array = p;
    return true;
}

static bool make_room(struct name_index *x, size_t more, size_t person)
{
    if (x->text == NULL || x->room - x->used < more) {
        size_t room = x->room + x->room / 2 + more + 65536;
        char *text = room < UINT32_MAX ? realloc(x->text, room) : NULL;
        if (text == NULL)
            return false;
        x->text = text;
        x->room = room;
    }
    if (person >= x->persons) {
        size_t persons = person + person / 4 + 1024;
        if (!grow((void *)&x->at, x->persons, persons, sizeof *x->at) ||
            !grow((void *)&x->birth, x->persons, persons, sizeof *x->birth) ||
            !grow((void *)&x->phone, x->persons, persons, sizeof *x->phone) ||
            !grow((void *)&x->put, x->persons, persons, sizeof *x->put))
            return false;
        x->persons = persons;
    }
    return true;
}

static bool put(struct name_index *x, const struct name_entry *e, int64_t serial)
{
    size_t len = strlen(e->name) + 1, i = (size_t)e->person;

    if (!make_room(x, len, i))
        return false;
    if (x->at[i] != 0)
        name_words_remove(x->words, x->text + x->at[i] - 1, (uint32_t)i);
    x->at[i] = (uint32_t)x->used + 1;
    memcpy(x->text + x->used, e->name, len);
    x->used += len;
    x->birth[i] = e->birth;
    x->put[i] = serial;
    memset(x->phone[i], 0, NAME_PHONE);
    text_copy(x->phone[i], NAME_PHONE, e->phone);
    if (serial > x->serial)
        x->serial = serial;
    return name_words_add(x->words, e->name, (uint32_t)i);
}

static bool begin(struct store *s)
{
    if (s->names == NULL)
        s->names = calloc(1, sizeof *s->names);
    if (s->names != NULL && s->names->words == NULL)
        s->names->words = name_words_make();
    return s->names != NULL && s->names->words != NULL;
}

enum err name_index_put(struct ctx *c, struct store *s, const struct name_entry *e, int64_t serial)
{
    pthread_rwlock_wrlock(&s->names_lock);
    bool ok = begin(s) && e->person >= 0 && e->person < UINT32_MAX && put(s->names, e, serial);
    pthread_rwlock_unlock(&s->names_lock);
    return ok ? OK : FAIL(E_NOMEM, "%s", "");
}

void name_index_fill_begin(struct store *s)
{
    pthread_mutex_lock(&s->names_fill);
}

void name_index_fill_end(struct store *s)
{
    pthread_mutex_unlock(&s->names_fill);
}

void name_index_stop(struct store *s)
{
    atomic_store(&s->names_stop, true);
}

bool name_index_stopped(struct store *s)
{
    return atomic_load(&s->names_stop);
}

int64_t name_index_serial(struct store *s)
{
    pthread_rwlock_rdlock(&s->names_lock);
    int64_t serial = s->names != NULL ? s->names->serial : 0;
    pthread_rwlock_unlock(&s->names_lock);
    return serial;
}

static bool knows(const struct name_index *x, int64_t person)
{
    return x != NULL && person >= 0 && (size_t)person < x->persons && x->at[person] != 0;
}

enum err name_index_names(struct ctx *c, struct store *s, const int64_t *person, size_t n,
                          const char **ret_name)
{
    enum err e = OK;

    pthread_rwlock_rdlock(&s->names_lock);
    for (size_t i = 0; i < n && e == OK; i++) {
        const char *name = knows(s->names, person[i]) ? s->names->text + s->names->at[person[i]] - 1 : NULL;
        e = ctx_copy(c, name, &ret_name[i]);
    }
    pthread_rwlock_unlock(&s->names_lock);
    return e;
}

enum err name_index_get(struct ctx *c, struct store *s, int64_t person, struct name_entry *ret_entry)
{
    struct name_entry found = { .person = person, .birth = DAY_NONE };
    enum err e = E_NOT_FOUND;

    pthread_rwlock_rdlock(&s->names_lock);
    if (knows(s->names, person)) {
        e = ctx_copy(c, s->names->text + s->names->at[person] - 1, &found.name);
        if (e == OK)
            e = ctx_copy(c, s->names->phone[person], &found.phone);
        found.birth = s->names->birth[person];
    }
    pthread_rwlock_unlock(&s->names_lock);
    if (e == E_NOT_FOUND)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this person."));
    if (e == OK)
        *ret_entry = found;
    return e;
}

void name_index_walk(struct store *s, bool (*entry)(void *arg, const struct name_entry *e), void *arg)
{
    bool more = true;

    pthread_rwlock_rdlock(&s->names_lock);
    const struct name_index *x = s->names;
    for (size_t i = 0; x != NULL && more && i < x->persons; i++) {
        if (x->at[i] == 0)
            continue;
        struct name_entry e = { (int64_t)i, x->text + x->at[i] - 1, x->phone[i], x->birth[i] };
        more = entry(arg, &e);
    }
    pthread_rwlock_unlock(&s->names_lock);
}

void name_index_changed(struct store *s, int64_t since, int64_t *ret_person, size_t room, size_t *ret_n,
                        size_t *ret_named)
{
    size_t n = 0, named = 0;

    pthread_rwlock_rdlock(&s->names_lock);
    const struct name_index *x = s->names;
    for (size_t i = 0; x != NULL && i < x->persons; i++)
        if (x->at[i] != 0 && x->put[i] > since) {
            if (n < room)
                ret_person[n] = (int64_t)i;
            n++;
            named += x->text[x->at[i] - 1] != '\0';
        }
    pthread_rwlock_unlock(&s->names_lock);
    *ret_n = n;
    *ret_named = named;
}

enum err name_pairs_keep(struct ctx *c, struct store *s, const struct name_pair *pair, size_t n,
                         int64_t serial)
{
    struct name_pair *copy = malloc((n + 1) * sizeof *copy);

    if (copy == NULL)
        return FAIL(E_NOMEM, "%s", "");
    if (n > 0)
        memcpy(copy, pair, n * sizeof *copy);
    pthread_rwlock_wrlock(&s->names_lock);
    if (s->names != NULL) {
        struct name_pair *old = s->names->pair;
        s->names->pair = copy;
        s->names->pairs = n;
        s->names->paired = serial;
        copy = old;
    }
    pthread_rwlock_unlock(&s->names_lock);
    free(copy);
    return OK;
}

enum err name_pairs_get(struct ctx *c, struct store *s, struct name_pair **ret_pair, size_t *ret_n,
                        int64_t *ret_serial, bool *ret_kept)
{
    enum err e = OK;

    *ret_kept = false;
    pthread_rwlock_rdlock(&s->names_lock);
    const struct name_index *x = s->names;
    if (x != NULL && x->pair != NULL) {
        e = ctx_alloc(c, x->pairs + 1, sizeof **ret_pair, (void *)ret_pair);
        if (e == OK && x->pairs > 0)
            memcpy(*ret_pair, x->pair, x->pairs * sizeof **ret_pair);
        *ret_n = x->pairs;
        *ret_serial = x->paired;
        *ret_kept = e == OK;
    }
    pthread_rwlock_unlock(&s->names_lock);
    return e;
}

/* ── Searching ────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Every word narrows what the words before it found; a word that may be absent only lowers the rank. */
static void rank_words(const struct name_index *x, const char *name, uint8_t *rank, uint8_t *of_word)
{
    struct name_split s;
    bool only_particles = true;

    name_split(name, false, &s);
    for (size_t i = 0; i < s.n; i++)
        only_particles = only_particles && sound_particle(s.word[i]);
    for (size_t i = 0; i < s.n; i++) {
        uint8_t least = sound_particle(s.word[i]) && !only_particles ? NAME_SOUND : NAME_NONE;
        memset(of_word, least, x->persons);
        name_words_rank(x->words, s.word[i], of_word, x->persons);
        for (size_t p = 0; p < x->persons; p++)
            rank[p] = rank[p] < of_word[p] ? rank[p] : of_word[p];
    }
}

/* The numbers lie at a fixed distance, each followed by zeros: one search goes over all of them. */
static void keep_phone(const struct name_index *x, const char *phone, uint8_t *rank, uint8_t *has)
{
    const char *from = x->phone[0], *end = from + x->persons * NAME_PHONE;
    size_t len = strlen(phone);

    memset(has, 0, x->persons);
    for (const char *p = from; (p = memmem(p, (size_t)(end - p), phone, len)) != NULL; p++)
        has[(size_t)(p - from) / NAME_PHONE] = 1;
    for (size_t p = 0; p < x->persons; p++)
        rank[p] = has[p] ? rank[p] : NAME_NONE;
}

static size_t collect(const struct name_index *x, const uint8_t *rank, struct name_hit *hit, size_t room)
{
    size_t n = 0;

    for (int r = NAME_EXACT; r > NAME_NONE; r--)
        for (size_t p = 0; p < x->persons && n < room; p++)
            if (rank[p] == r && x->at[p] != 0)
                hit[n++] = (struct name_hit){ (int64_t)p, (enum name_rank)r };
    return n;
}

static size_t find(const struct name_index *x, const struct name_query *q, uint8_t *work,
                   struct name_hit *hit, size_t room)
{
    uint8_t *rank = work, *other = work + x->persons;

    memset(rank, NAME_EXACT, x->persons);
    if (!text_empty(q->name))
        rank_words(x, q->name, rank, other);
    if (!text_empty(q->phone))
        keep_phone(x, q->phone, rank, other);
    if (q->birth != DAY_NONE)
        for (size_t p = 0; p < x->persons; p++)
            rank[p] = x->birth[p] == q->birth ? rank[p] : NAME_NONE;
    return collect(x, rank, hit, room);
}

enum err name_index_find(struct ctx *c, struct store *s, const struct name_query *q, struct name_hit *ret_hit,
                         size_t room, size_t *ret_n)
{
    struct arena_mark mark = arena_mark(c->arena);
    uint8_t *work = NULL;
    enum err e = OK;
    size_t n = 0;

    if (!text_empty(q->name) || !text_empty(q->phone) || q->birth != DAY_NONE) {
        pthread_rwlock_rdlock(&s->names_lock);
        const struct name_index *x = s->names;
        if (x != NULL && x->persons > 0)
            e = ctx_alloc(c, x->persons, 2, (void *)&work);
        if (work != NULL)
            n = find(x, q, work, ret_hit, room);
        pthread_rwlock_unlock(&s->names_lock);
    }
    arena_release(c->arena, mark);
    if (e == OK)
        *ret_n = n;
    return e;
}

size_t name_index_size(struct store *s)
{
    pthread_rwlock_rdlock(&s->names_lock);
    const struct name_index *x = s->names;
    size_t n = x == NULL
                   ? 0
                   : x->room +
                         x->persons * (sizeof *x->at + sizeof *x->birth + sizeof *x->phone + sizeof *x->put) +
                         name_words_size(x->words);
    pthread_rwlock_unlock(&s->names_lock);
    return n;
}

void name_index_free(struct store *s)
{
    if (s->names != NULL) {
        free(s->names->text);
        free(s->names->at);
        free(s->names->birth);
        free(s->names->phone);
        free(s->names->put);
        free(s->names->pair);
        name_words_free(s->names->words);
        free(s->names);
    }
    s->names = NULL;
}
