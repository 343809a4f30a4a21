// SPDX-License-Identifier: EUPL-1.2
/* A recorder between SQLite and the disk, and a disk that loses power.
 *
 * record_start puts itself in front of SQLite's file system: everything works as before, and each write,
 * truncation and completed sync of the named register, its key store and their logs is kept in order.
 * replay_* then makes the files as a power cut at any moment could have left them: all that had been synced,
 * and of the rest a random part: dropped, torn at sectors of 512 bytes, or arrived in another order. Same
 * seed, same files.
 *
 * What is assumed of the disk: a completed sync is kept, and a sector is written whole or not at all. That is
 * what SQLite assumes too ("powersafe overwrite"). Tests only; one recording at a time. */
#ifndef PEIL_CRASH_VFS_RECORD_H
#define PEIL_CRASH_VFS_RECORD_H

#include "base/rng.h"

#include <stdbool.h>
#include <stddef.h>

/* Register, its log, key store, its log. */
#define RECORD_FILES 4

enum record_kind { RECORD_WRITE, RECORD_TRUNCATE, RECORD_SYNC, RECORD_KINDS };

/* Starts recording the register at `path`; what its files hold now counts as safely stored. */
void record_start(const char *path);
/* How many operations are recorded so far. What was acknowledged before this call must survive a cut from
 * here on. */
size_t record_now(void);
size_t record_count(enum record_kind kind);
/* Back to the ordinary file system; the recording stays for the replay. All connections must be closed. */
void record_stop(void);

struct replay;
/* A disk on which nothing of the recording has happened yet. With `deaf` it ignores syncs of the write-ahead
 * logs, which must lose acknowledged writes: that shows that a test would see it. */
struct replay *replay_begin(bool deaf);
/* Power stays on until `point` operations have happened (never less than before); then it is cut and the
 * files are written to `path` and beside it. `ret_unsynced` is the number of operations whose fate was drawn.
 */
void replay_cut(struct replay *r, size_t point, struct rng *rng, const char *path, size_t *ret_unsynced);
void replay_end(struct replay *r);

#endif
