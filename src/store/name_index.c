// SPDX-License-Identifier: EUPL-1.2
#include "store/name_index.h"

#include "base/text.h"
#include "store/engine.h"

#include <stdlib.h>
#include <string.h>

/* An entry is four texts behind each other; `at` finds it by person id, which the data base hands out
 * densely. */
struct name_index {
    char *text;
    size_t used, room;
    uint32_t *at; /* offset + 1; 0: unknown */
    size_t persons;
    int64_t serial;
};

static const char *next_text(const char *p)
{
    return p + strlen(p) + 1;
}

static struct name_entry entry_at(const struct name_index *x, int64_t person)
{
    const char *name = x->text + x->at[person] - 1, *folded = next_text(name), *birth = next_text(folded);

    return (struct name_entry){ person, name, folded, birth, next_text(birth) };
}

static bool make_room(struct name_index *x, size_t more, size_t person)
{
    if (x->text == NULL || x->room - x->used < more) {
        size_t room = x->room * 2 + more + 65536;
        char *text = room < UINT32_MAX ? realloc(x->text, room) : NULL;
        if (text == NULL)
            return false;
        x->text = text;
        x->room = room;
    }
    if (person >= x->persons) {
        size_t persons = person + person / 2 + 1024;
        uint32_t *at = realloc(x->at, persons * sizeof *at);
        if (at == NULL)
            return false;
        memset(at + x->persons, 0, (persons - x->persons) * sizeof *at);
        x->at = at;
        x->persons = persons;
    }
    return true;
}

static void append(struct name_index *x, const char *text)
{
    size_t n = strlen(text) + 1;

    memcpy(x->text + x->used, text, n);
    x->used += n;
}

static bool put(struct name_index *x, const struct name_entry *e, int64_t serial)
{
    size_t more = strlen(e->name) + strlen(e->folded) + strlen(e->birth) + strlen(e->phone) + 4;

    if (!make_room(x, more, (size_t)e->person))
        return false;
    x->at[e->person] = (uint32_t)x->used + 1;
    append(x, e->name);
    append(x, e->folded);
    append(x, e->birth);
    append(x, e->phone);
    if (serial > x->serial)
        x->serial = serial;
    return true;
}

enum err name_index_put(struct ctx *c, struct store *s, const struct name_entry *e, int64_t serial)
{
    pthread_rwlock_wrlock(&s->names_lock);
    if (s->names == NULL)
        s->names = calloc(1, sizeof *s->names);
    bool ok = s->names != NULL && e->person >= 0 && put(s->names, e, serial);
    pthread_rwlock_unlock(&s->names_lock);
    return ok ? OK : FAIL(E_NOMEM, "%s", "");
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

void name_index_walk(struct store *s, bool (*entry)(void *arg, const struct name_entry *e), void *arg)
{
    pthread_rwlock_rdlock(&s->names_lock);
    const struct name_index *x = s->names;
    for (size_t i = 0; x != NULL && i < x->persons; i++) {
        if (x->at[i] == 0)
            continue;
        struct name_entry e = entry_at(x, (int64_t)i);
        if (!entry(arg, &e))
            break;
    }
    pthread_rwlock_unlock(&s->names_lock);
}

void name_index_free(struct store *s)
{
    if (s->names != NULL) {
        free(s->names->text);
        free(s->names->at);
        free(s->names);
    }
    s->names = NULL;
}
