// SPDX-License-Identifier: EUPL-1.2
#include "crash/vfs_record.h"

#include <sqlite3.h>

#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECTOR 512

static const char *const suffix[RECORD_FILES] = { "", "-wal", ".keys", ".keys-wal" };

struct op {
    enum record_kind kind;
    int file;
    int64_t offset; /* TRUNCATE: the new size; SYNC: operations before this one are covered */
    size_t len;
    unsigned char *data;
};

struct bytes {
    unsigned char *data;
    size_t len, room;
    bool exists;
};

/* The recording. One at a time, so one place; SQLite's threads share it under the lock. */
static struct {
    char path[512];
    struct op *op;
    size_t n, room, count[RECORD_KINDS];
    struct bytes start[RECORD_FILES];
    pthread_mutex_t lock;
    sqlite3_vfs *below;
    sqlite3_vfs vfs;
} rec = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void *must(void *memory)
{
    if (memory == NULL) {
        fprintf(stderr, "out of memory\n");
        abort();
    }
    return memory;
}

static void add_op(enum record_kind kind, int file, int64_t offset, const void *data, size_t len)
{
    struct op o = { .kind = kind, .file = file, .offset = offset, .len = len };

    if (len > 0) {
        o.data = must(malloc(len));
        memcpy(o.data, data, len);
    }
    if (rec.n == rec.room) {
        rec.room = rec.room > 0 ? rec.room * 2 : 4096;
        rec.op = must(realloc(rec.op, rec.room * sizeof *rec.op));
    }
    rec.op[rec.n++] = o;
    rec.count[kind]++;
}

/* ---- the file system in between ---- */

struct file {
    sqlite3_file base;
    int id;             /* which of the recorded files, or -1 */
    sqlite3_file *real; /* directly behind this struct */
};

static struct file *of(sqlite3_file *f)
{
    return (struct file *)(void *)f;
}

static sqlite3_file *real(sqlite3_file *f)
{
    return of(f)->real;
}

static int io_close(sqlite3_file *f)
{
    return real(f)->pMethods->xClose(real(f));
}

static int io_read(sqlite3_file *f, void *to, int len, sqlite3_int64 offset)
{
    return real(f)->pMethods->xRead(real(f), to, len, offset);
}

static int io_write(sqlite3_file *f, const void *from, int len, sqlite3_int64 offset)
{
    int id = of(f)->id;

    if (id < 0)
        return real(f)->pMethods->xWrite(real(f), from, len, offset);
    pthread_mutex_lock(&rec.lock);
    int rc = real(f)->pMethods->xWrite(real(f), from, len, offset);
    add_op(RECORD_WRITE, id, offset, from, (size_t)len);
    pthread_mutex_unlock(&rec.lock);
    return rc;
}

static int io_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    int id = of(f)->id;

    if (id < 0)
        return real(f)->pMethods->xTruncate(real(f), size);
    pthread_mutex_lock(&rec.lock);
    int rc = real(f)->pMethods->xTruncate(real(f), size);
    add_op(RECORD_TRUNCATE, id, size, NULL, 0);
    pthread_mutex_unlock(&rec.lock);
    return rc;
}

/* A sync covers what was written before it began and counts from the moment it is finished. */
static int io_sync(sqlite3_file *f, int flags)
{
    size_t covered = record_now();
    int rc = real(f)->pMethods->xSync(real(f), flags);

    if (of(f)->id >= 0 && rc == SQLITE_OK) {
        pthread_mutex_lock(&rec.lock);
        add_op(RECORD_SYNC, of(f)->id, (int64_t)covered, NULL, 0);
        pthread_mutex_unlock(&rec.lock);
    }
    return rc;
}

static int io_size(sqlite3_file *f, sqlite3_int64 *ret_size)
{
    return real(f)->pMethods->xFileSize(real(f), ret_size);
}

static int io_lock(sqlite3_file *f, int level)
{
    return real(f)->pMethods->xLock(real(f), level);
}

static int io_unlock(sqlite3_file *f, int level)
{
    return real(f)->pMethods->xUnlock(real(f), level);
}

static int io_check_lock(sqlite3_file *f, int *ret_locked)
{
    return real(f)->pMethods->xCheckReservedLock(real(f), ret_locked);
}

/* A size hint would grow the file behind our back; SQLite does without. */
static int io_control(sqlite3_file *f, int op, void *arg)
{
    if (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE)
        return SQLITE_OK;
    return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int io_sector(sqlite3_file *f)
{
    return real(f)->pMethods->xSectorSize(real(f));
}

static int io_device(sqlite3_file *f)
{
    return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int io_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **ret_map)
{
    return real(f)->pMethods->xShmMap(real(f), page, size, extend, ret_map);
}

static int io_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}

static void io_shm_barrier(sqlite3_file *f)
{
    real(f)->pMethods->xShmBarrier(real(f));
}

static int io_shm_unmap(sqlite3_file *f, int delete)
{
    return real(f)->pMethods->xShmUnmap(real(f), delete);
}

static int io_fetch(sqlite3_file *f, sqlite3_int64 offset, int len, void **ret_map)
{
    return real(f)->pMethods->xFetch(real(f), offset, len, ret_map);
}

static int io_unfetch(sqlite3_file *f, sqlite3_int64 offset, void *map)
{
    return real(f)->pMethods->xUnfetch(real(f), offset, map);
}

static const sqlite3_io_methods io = {
    3,           io_close,       io_read,       io_write,   io_truncate, io_sync,   io_size,
    io_lock,     io_unlock,      io_check_lock, io_control, io_sector,   io_device, io_shm_map,
    io_shm_lock, io_shm_barrier, io_shm_unmap,  io_fetch,   io_unfetch,
};

/* The absolute name SQLite gives ends in the path we know, or not. */
static int file_id(const char *name)
{
    char known[600];

    for (int i = 0; name != NULL && i < RECORD_FILES; i++) {
        snprintf(known, sizeof known, "%s%s", rec.path, suffix[i]);
        if (strcmp(name, known) == 0)
            return i;
    }
    return -1;
}

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *ret_flags)
{
    struct file *own = of(f);

    (void)vfs;
    own->id = file_id(name);
    own->real = (sqlite3_file *)(void *)(own + 1);
    int rc = rec.below->xOpen(rec.below, name, own->real, flags, ret_flags);
    own->base.pMethods = own->real->pMethods != NULL ? &io : NULL;
    return rc;
}

void record_stop(void)
{
    sqlite3_vfs_unregister(&rec.vfs);
    sqlite3_vfs_register(rec.below, 1);
}

size_t record_now(void)
{
    pthread_mutex_lock(&rec.lock);
    size_t n = rec.n;
    pthread_mutex_unlock(&rec.lock);
    return n;
}

size_t record_count(enum record_kind kind)
{
    return rec.count[kind];
}

/* ---- files in memory ---- */

static void bytes_put(struct bytes *b, size_t offset, const unsigned char *data, size_t len)
{
    size_t end = offset + len;

    if (end > b->room) {
        b->room = end * 2;
        b->data = must(realloc(b->data, b->room));
    }
    if (end > b->len) {
        if (offset > b->len)
            memset(b->data + b->len, 0, offset - b->len);
        b->len = end;
    }
    memcpy(b->data + offset, data, len);
    b->exists = true;
}

static void bytes_truncate(struct bytes *b, size_t size)
{
    static const unsigned char zero[1];

    if (size > b->len && size > 0)
        bytes_put(b, size - 1, zero, 1);
    b->len = size;
    b->exists = true;
}

static struct bytes bytes_copy(const struct bytes *b)
{
    struct bytes copy = { .len = b->len, .room = b->len + SECTOR, .exists = b->exists };

    copy.data = must(malloc(copy.room));
    if (b->len > 0)
        memcpy(copy.data, b->data, b->len);
    return copy;
}

static struct bytes bytes_read(const char *path)
{
    struct bytes b = { 0 };
    unsigned char part[65536];
    FILE *f = fopen(path, "rb");

    if (f == NULL)
        return b;
    b.exists = true;
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        bytes_put(&b, b.len, part, n);
    fclose(f);
    return b;
}

static void bytes_write(const struct bytes *b, const char *path)
{
    remove(path);
    if (!b->exists)
        return;
    FILE *f = fopen(path, "wb");
    if (f == NULL || fwrite(b->data, 1, b->len, f) != b->len || fclose(f) != 0) {
        perror(path);
        abort();
    }
}

void record_start(const char *path)
{
    char name[600];

    for (size_t i = 0; i < rec.n; i++)
        free(rec.op[i].data);
    rec.n = 0;
    memset(rec.count, 0, sizeof rec.count);
    snprintf(rec.path, sizeof rec.path, "%s", path);
    for (int i = 0; i < RECORD_FILES; i++) {
        snprintf(name, sizeof name, "%s%s", path, suffix[i]);
        free(rec.start[i].data);
        rec.start[i] = bytes_read(name);
    }
    rec.below = sqlite3_vfs_find(NULL);
    rec.vfs = *rec.below;
    rec.vfs.pNext = NULL;
    rec.vfs.zName = "record";
    rec.vfs.szOsFile = (int)sizeof(struct file) + rec.below->szOsFile;
    rec.vfs.xOpen = vfs_open;
    sqlite3_vfs_register(&rec.vfs, 1);
}

/* ---- the disk that loses power ---- */

struct replay {
    bool deaf;
    size_t at;                       /* operations that have happened */
    struct bytes safe[RECORD_FILES]; /* what a sync has covered */
    size_t *pending[RECORD_FILES];   /* operations no sync has covered, in order */
    size_t n_pending[RECORD_FILES], room[RECORD_FILES];
};

struct replay *replay_begin(bool deaf)
{
    struct replay *r = must(calloc(1, sizeof *r));

    r->deaf = deaf;
    for (int i = 0; i < RECORD_FILES; i++)
        r->safe[i] = bytes_copy(&rec.start[i]);
    return r;
}

static void apply(struct bytes *b, const struct op *o)
{
    if (o->kind == RECORD_WRITE)
        bytes_put(b, (size_t)o->offset, o->data, o->len);
    else if (o->kind == RECORD_TRUNCATE)
        bytes_truncate(b, (size_t)o->offset);
}

/* Everything before `covered` reaches the disk. */
static void settle(struct replay *r, int file, size_t covered)
{
    size_t kept = 0;

    for (size_t i = 0; i < r->n_pending[file]; i++) {
        size_t at = r->pending[file][i];
        if (at < covered)
            apply(&r->safe[file], &rec.op[at]);
        else
            r->pending[file][kept++] = at;
    }
    r->n_pending[file] = kept;
}

static void advance(struct replay *r)
{
    const struct op *o = &rec.op[r->at];
    int f = o->file;
    bool log = f == 1 || f == 3;

    if (o->kind == RECORD_SYNC) {
        if (!(r->deaf && log))
            settle(r, f, (size_t)o->offset);
    } else {
        if (r->n_pending[f] == r->room[f]) {
            r->room[f] = r->room[f] > 0 ? r->room[f] * 2 : 256;
            r->pending[f] = must(realloc(r->pending[f], r->room[f] * sizeof *r->pending[f]));
        }
        r->pending[f][r->n_pending[f]++] = r->at;
    }
    r->at++;
}

/* Writes those sectors of an operation that arrived. */
static void tear(struct bytes *b, const struct op *o, struct rng *rng)
{
    for (size_t done = 0; done < o->len;) {
        size_t offset = (size_t)o->offset + done;
        size_t part = SECTOR - offset % SECTOR;
        if (part > o->len - done)
            part = o->len - done;
        if (rng_below(rng, 2) == 0)
            bytes_put(b, offset, o->data + done, part);
        done += part;
    }
}

/* The fate of what was on its way: nothing, all, a part, a part with torn pieces, the same in another order.
 */
enum fate { FATE_NOTHING, FATE_ALL, FATE_SOME, FATE_TORN, FATE_SHUFFLED, FATES };

static void draw(struct bytes *b, const size_t *pending, size_t n, struct rng *rng)
{
    enum fate fate = (enum fate)rng_below(rng, FATES);
    size_t *order = must(malloc((n + 1) * sizeof *order));

    memcpy(order, pending, n * sizeof *order);
    for (size_t i = n; fate == FATE_SHUFFLED && i > 1; i--) {
        size_t j = (size_t)rng_below(rng, i);
        size_t other = order[j];
        order[j] = order[i - 1];
        order[i - 1] = other;
    }
    for (size_t i = 0; i < n && fate != FATE_NOTHING; i++) {
        const struct op *o = &rec.op[order[i]];
        uint64_t luck = rng_below(rng, 4);
        if (fate == FATE_ALL || luck >= 2)
            apply(b, o);
        else if (luck == 1 && fate != FATE_SOME && o->kind == RECORD_WRITE)
            tear(b, o, rng);
    }
    free(order);
}

void replay_cut(struct replay *r, size_t point, struct rng *rng, const char *path, size_t *ret_unsynced)
{
    char name[600];

    assert(point >= r->at && point <= rec.n);
    while (r->at < point)
        advance(r);
    *ret_unsynced = 0;
    for (int i = 0; i < RECORD_FILES; i++) {
        struct bytes b = bytes_copy(&r->safe[i]);
        draw(&b, r->pending[i], r->n_pending[i], rng);
        snprintf(name, sizeof name, "%s%s", path, suffix[i]);
        bytes_write(&b, name);
        free(b.data);
        *ret_unsynced += r->n_pending[i];
    }
    snprintf(name, sizeof name, "%s-shm", path);
    remove(name);
    snprintf(name, sizeof name, "%s.keys-shm", path);
    remove(name);
}

void replay_end(struct replay *r)
{
    for (int i = 0; i < RECORD_FILES; i++) {
        free(r->safe[i].data);
        free(r->pending[i]);
    }
    free(r);
}
