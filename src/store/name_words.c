// SPDX-License-Identifier: EUPL-1.2
#include "store/name_words.h"

#include "base/err.h"
#include "base/sound.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* A different word and its bearers; most words have one bearer, who needs no memory of its own. */
struct word {
    uint32_t text, hash;
    uint32_t sound[SOUND_KEYS]; /* hashes of its keys; 0: none */
    uint32_t n, room;           /* room 0: the only bearer is in `one` */
    union {
        uint32_t one, *many;
    } person;
};
struct name_words {
    char *text;
    size_t text_used, text_room;
    struct word *word;
    size_t n, room;
    uint32_t *slot; /* open addressing: index + 1 */
    size_t slots;
    size_t bytes; /* of the lists */
};

static uint32_t hash_of(const char *text)
{
    uint32_t h = 2166136261u; /* FNV-1a */

    for (; *text != '\0'; text++)
        h = (h ^ (unsigned char)*text) * 16777619u;
    return h != 0 ? h : 1;
}

/* ── The words of a name ──────────────────────────────────────────────────────────────────────────────────
 */

static bool in_word(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || (unsigned char)ch >= 0x80;
}

static void add_joined(struct name_split *s, const char *a, const char *b)
{
    size_t n = strlen(a);

    if (s->n == NAME_WORDS || n + strlen(b) >= NAME_WORD)
        return;
    memcpy(s->word[s->n], a, n);
    text_copy(s->word[s->n] + n, NAME_WORD - n, b);
    s->n++;
}

/* "van den" + "berg", and "abdel" + "-" + "kader". */
static void join(struct name_split *s, const bool *hyphen)
{
    char front[NAME_WORD] = "";
    size_t n = s->n;

    for (size_t i = 0; i < n; i++) {
        if (sound_particle(s->word[i]) && strlen(front) + strlen(s->word[i]) < NAME_WORD) {
            text_copy(front + strlen(front), NAME_WORD - strlen(front), s->word[i]);
            continue;
        }
        if (front[0] != '\0')
            add_joined(s, front, s->word[i]);
        if (i > 0 && hyphen[i] && !sound_particle(s->word[i - 1]))
            add_joined(s, s->word[i - 1], s->word[i]);
        front[0] = '\0';
    }
}

void name_split(const char *name, bool joined, struct name_split *ret_split)
{
    char folded[256];
    bool hyphen[NAME_WORDS] = { false };
    const char *p = folded;

    text_fold(folded, sizeof folded, name);
    ret_split->n = 0;
    while (*p != '\0' && ret_split->n < NAME_WORDS) {
        size_t n = 0, blanks = 0;
        for (; *p != '\0' && !in_word(*p); p++)
            blanks += *p != '-' && *p != '\'';
        char *to = ret_split->word[ret_split->n];
        hyphen[ret_split->n] = blanks == 0;
        for (; in_word(*p); p++)
            if (n + 1 < NAME_WORD)
                to[n++] = *p;
        to[n] = '\0';
        ret_split->n += n > 0;
    }
    if (joined)
        join(ret_split, hyphen);
}

/* ── The dictionary ───────────────────────────────────────────────────────────────────────────────────────
 */

struct name_words *name_words_make(void)
{
    return calloc(1, sizeof(struct name_words));
}

void name_words_free(struct name_words *w)
{
    for (size_t i = 0; w != NULL && i < w->n; i++)
        if (w->word[i].room > 0)
            free(w->word[i].person.many);
    if (w != NULL) {
        free(w->text);
        free(w->word);
        free(w->slot);
        free(w);
    }
}

static struct word *find(const struct name_words *w, const char *text, uint32_t hash)
{
    for (size_t i = hash; w->slots > 0; i++) {
        uint32_t at = w->slot[i & (w->slots - 1)];
        if (at == 0)
            return NULL;
        if (w->word[at - 1].hash == hash && strcmp(w->text + w->word[at - 1].text, text) == 0)
            return &w->word[at - 1];
    }
    return NULL;
}

static void put_slot(struct name_words *w, uint32_t index)
{
    size_t i = w->word[index].hash & (w->slots - 1);

    while (w->slot[i] != 0)
        i = (i + 1) & (w->slots - 1);
    w->slot[i] = index + 1;
}

static bool more_slots(struct name_words *w)
{
    size_t slots = w->slots > 0 ? w->slots * 2 : 4096;
    uint32_t *slot = calloc(slots, sizeof *slot);

    if (slot == NULL)
        return false;
    free(w->slot);
    w->slot = slot;
    w->slots = slots;
    for (size_t i = 0; i < w->n; i++)
        put_slot(w, (uint32_t)i);
    return true;
}

static bool more_words(struct name_words *w)
{
    size_t room = w->room + w->room / 2 + 1024;
    struct word *word = realloc(w->word, room * sizeof *word);

    if (word == NULL)
        return false;
    w->word = word;
    w->room = room;
    return true;
}

static bool more_text(struct name_words *w)
{
    size_t room = w->text_room + w->text_room / 2 + 65536;
    char *text = room < UINT32_MAX ? realloc(w->text, room) : NULL;

    if (text == NULL)
        return false;
    w->text = text;
    w->text_room = room;
    return true;
}

static struct word *add_word(struct name_words *w, const char *text, uint32_t hash)
{
    char key[SOUND_KEYS][SOUND_KEY];
    size_t len = strlen(text) + 1;

    if ((w->n == w->room && !more_words(w)) || (w->text_room - w->text_used < len && !more_text(w)) ||
        (w->n * 2 >= w->slots && !more_slots(w)))
        return NULL;
    struct word *x = &w->word[w->n];
    *x = (struct word){ .text = (uint32_t)w->text_used, .hash = hash };
    size_t keys = len > 3 ? sound_keys(text, key) : 0;
    for (size_t i = 0; i < keys; i++)
        x->sound[i] = hash_of(key[i]);
    memcpy(w->text + w->text_used, text, len);
    w->text_used += len;
    put_slot(w, (uint32_t)w->n++);
    return x;
}

static uint32_t *bearers(struct word *x)
{
    return x->room > 0 ? x->person.many : &x->person.one;
}

static bool add_bearer(struct name_words *w, struct word *x, uint32_t person)
{
    if (x->n > 0 && bearers(x)[x->n - 1] == person)
        return true; /* "Jan Jan" */
    if (x->n == 0 && x->room == 0) {
        x->person.one = person;
        x->n = 1;
        return true;
    }
    if (x->n >= x->room) {
        uint32_t room = x->room > 0 ? x->room + x->room / 2 : 4;
        uint32_t *many = realloc(x->room > 0 ? x->person.many : NULL, room * sizeof *many);
        if (many == NULL)
            return false;
        if (x->room == 0)
            many[0] = x->person.one;
        w->bytes += (room - x->room) * sizeof *many;
        x->person.many = many;
        x->room = room;
    }
    x->person.many[x->n++] = person;
    return true;
}

bool name_words_add(struct name_words *w, const char *name, uint32_t person)
{
    struct name_split s;

    name_split(name, true, &s);
    for (size_t i = 0; i < s.n; i++) {
        uint32_t hash = hash_of(s.word[i]);
        struct word *x = find(w, s.word[i], hash);
        if (x == NULL)
            x = add_word(w, s.word[i], hash);
        if (x == NULL || !add_bearer(w, x, person))
            return false;
    }
    return true;
}

void name_words_remove(struct name_words *w, const char *name, uint32_t person)
{
    struct name_split s;

    name_split(name, true, &s);
    for (size_t i = 0; i < s.n; i++) {
        struct word *x = find(w, s.word[i], hash_of(s.word[i]));
        for (uint32_t k = 0; x != NULL && k < x->n; k++)
            if (bearers(x)[k] == person) {
                bearers(x)[k] = bearers(x)[x->n - 1];
                x->n--;
                break;
            }
    }
}

/* ── Searching ────────────────────────────────────────────────────────────────────────────────────────────
 */

struct asked {
    const char *word;
    size_t len;
    uint32_t sound[SOUND_KEYS];
};

static uint8_t rank_of(const struct name_words *w, const struct word *x, const struct asked *a)
{
    const char *text = w->text + x->text;

    if (text[0] == a->word[0] && strncmp(text, a->word, a->len) == 0)
        return text[a->len] == '\0' ? 3 : 2;
    for (size_t i = 0; i < SOUND_KEYS; i++)
        if (a->sound[i] != 0 && (a->sound[i] == x->sound[0] || a->sound[i] == x->sound[1]))
            return 1;
    return 0;
}

void name_words_rank(const struct name_words *w, const char *word, uint8_t *rank, size_t persons)
{
    struct asked a = { .word = word, .len = strlen(word) };
    char key[SOUND_KEYS][SOUND_KEY];
    size_t keys = a.len >= 3 ? sound_keys(word, key) : 0;

    for (size_t i = 0; i < keys; i++) /* one sound alone says nothing */
        a.sound[i] = key[i][1] != '\0' ? hash_of(key[i]) : 0;
    for (size_t i = 0; i < w->n; i++) {
        const struct word *x = &w->word[i];
        uint8_t r = rank_of(w, x, &a);
        if (r == 0)
            continue;
        const uint32_t *p = x->room > 0 ? x->person.many : &x->person.one;
        for (uint32_t k = 0; k < x->n; k++)
            if (p[k] < persons && rank[p[k]] < r)
                rank[p[k]] = r;
    }
}

size_t name_words_size(const struct name_words *w)
{
    return w->text_room + w->room * sizeof *w->word + w->slots * sizeof *w->slot + w->bytes;
}
