// SPDX-License-Identifier: EUPL-1.2
#include "web/kept_file.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/right.h"

#include <pthread.h>
#include <string.h>

enum { NAME = 256 };

struct kept {
    int64_t number, account, until; /* number 0: free */
    char name[NAME];
    struct buf data;
};

struct kept_files {
    pthread_mutex_t lock;
    int64_t last;
    struct kept at[KEPT_FILES];
};

struct kept_files *kept_files_make(struct arena *a)
{
    struct kept_files *k = arena_alloc(a, sizeof *k);

    if (k == NULL)
        return NULL;
    memset(k, 0, sizeof *k);
    pthread_mutex_init(&k->lock, NULL);
    return k;
}

static void wipe(struct kept *f)
{
    if (f->data.data != NULL)
        explicit_bzero(f->data.data, f->data.cap);
    buf_free(&f->data);
    *f = (struct kept){ 0 };
}

void kept_files_free(struct kept_files *k)
{
    if (k == NULL)
        return;
    for (size_t i = 0; i < KEPT_FILES; i++)
        wipe(&k->at[i]);
    pthread_mutex_destroy(&k->lock);
}

static int64_t account_of(const struct ctx *c)
{
    return c->actor != NULL ? c->actor->account : INT_NONE;
}

/* Wipes what is too old; the place of this account, else a free one, else the oldest. */
static struct kept *place_of(struct kept_files *k, const struct ctx *c)
{
    struct kept *best = &k->at[0];

    for (size_t i = 0; i < KEPT_FILES; i++) {
        struct kept *f = &k->at[i];
        if (f->number != 0 && f->until < c->now)
            wipe(f);
        if (f->number != 0 && f->account == account_of(c))
            return f;
        if (f->number < best->number)
            best = f;
    }
    return best;
}

enum err kept_file_put(struct ctx *c, struct kept_files *k, const struct req_file *f, int64_t *ret_number)
{
    struct buf data = { 0 };
    struct kept *to;

    buf_reserve(&data, f->len); /* at once: what grows leaves copies behind */
    buf_put(&data, f->data, f->len);
    if (data.failed)
        return FAIL(E_NOMEM, "%s", "");
    pthread_mutex_lock(&k->lock);
    to = place_of(k, c);
    wipe(to);
    *to = (struct kept){
        .number = ++k->last, .account = account_of(c), .until = c->now + KEPT_SECONDS, .data = data
    };
    text_copy(to->name, NAME, f->name);
    *ret_number = to->number;
    pthread_mutex_unlock(&k->lock);
    return OK;
}

static struct kept *find(struct kept_files *k, const struct ctx *c, int64_t number)
{
    for (size_t i = 0; i < KEPT_FILES; i++)
        if (number > 0 && k->at[i].number == number && k->at[i].account == account_of(c) &&
            k->at[i].until >= c->now)
            return &k->at[i];
    return NULL;
}

const char *kept_file_gone(const struct ctx *c)
{
    return _("The file was kept for a quarter of an hour and is gone now. Choose it again.");
}

static enum err copy(struct ctx *c, const struct kept *f, struct req_file *ret_file)
{
    char *data;

    if (f == NULL)
        return FAIL(E_NOT_FOUND, "%s", kept_file_gone(c));
    TRY(ctx_alloc(c, f->data.len + 1, 1, (void *)&data));
    memcpy(data, f->data.data, f->data.len);
    *ret_file = (struct req_file){ .field = "file", .data = data, .len = f->data.len };
    return ctx_copy(c, f->name, &ret_file->name);
}

enum err kept_file_get(struct ctx *c, struct kept_files *k, int64_t number, struct req_file *ret_file)
{
    pthread_mutex_lock(&k->lock);
    enum err e = copy(c, find(k, c, number), ret_file);
    pthread_mutex_unlock(&k->lock);
    return e;
}

void kept_file_drop(struct ctx *c, struct kept_files *k, int64_t number)
{
    pthread_mutex_lock(&k->lock);
    struct kept *f = find(k, c, number);
    if (f != NULL)
        wipe(f);
    pthread_mutex_unlock(&k->lock);
}
