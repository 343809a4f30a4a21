// SPDX-License-Identifier: EUPL-1.2
/* The names of residents in memory, so that lists show them and people are found without a name ever being
 * written outside the vault. One a store, shared by its threads, filled by register/person.c; never on disk.
 * About 120 bytes a person. */
#ifndef PEIL_STORE_NAME_INDEX_H
#define PEIL_STORE_NAME_INDEX_H

#include "base/date.h"
#include "store/db.h"

enum { NAME_PHONE = 16 }; /* digits of a phone number with the final NUL; E.164 has at most 15 */

/* What is kept of a person. `name` is shown; `birth` DAY_NONE and `phone` (digits only) "" when unknown. */
struct name_entry {
    int64_t person;
    const char *name, *phone;
    int32_t birth;
};

/* Adds or replaces; E_NOMEM. */
enum err name_index_put(struct ctx *c, struct store *s, const struct name_entry *e,
                        int64_t serial) MUST_CHECK;
/* Around bringing the index up to date: one thread does it, the others wait and then find it done. */
void name_index_fill_begin(struct store *s);
void name_index_fill_end(struct store *s);
/* The server ends: whoever fills stops soon. */
void name_index_stop(struct store *s);
bool name_index_stopped(struct store *s);
/* The highest serial that was put, 0 at first. */
int64_t name_index_serial(struct store *s);
/* Names of n persons into ret_name (arena); NULL where the index does not know the person (yet). */
enum err name_index_names(struct ctx *c, struct store *s, const int64_t *person, size_t n,
                          const char **ret_name) MUST_CHECK;
/* The entry of one person, in the arena; E_NOT_FOUND when the index does not know the person. */
enum err name_index_get(struct ctx *c, struct store *s, int64_t person,
                        struct name_entry *ret_entry) MUST_CHECK;

/* Every person in the order of their numbers; the callback returns false to stop. Entries live until it
 * returns, and nothing can be put meanwhile: only copy. */
void name_index_walk(struct store *s, bool (*entry)(void *arg, const struct name_entry *e), void *arg);

/* How well a name fits what was asked, best last. */
enum name_rank { NAME_NONE, NAME_SOUND, NAME_PREFIX, NAME_EXACT };
/* Who to look for: everything that is filled in must fit. */
struct name_query {
    const char *name;  /* every word fits a word of the name; "van", "de", "el" may be absent; "": any */
    const char *phone; /* digits that are in the number; "": any */
    int32_t birth;     /* DAY_NONE: any */
};
struct name_hit {
    int64_t person;
    enum name_rank rank; /* of the word that fits worst */
};
/* At most `room` hits, the best rank first. Nothing asked finds nothing. */
enum err name_index_find(struct ctx *c, struct store *s, const struct name_query *q, struct name_hit *ret_hit,
                         size_t room, size_t *ret_n) MUST_CHECK;
/* Who was put since a serial: the first `room` of them; how many there are, and how many have a name. */
void name_index_changed(struct store *s, int64_t since, int64_t *ret_person, size_t room, size_t *ret_n,
                        size_t *ret_named);
/* Pairs that look alike, kept with the serial up to which everyone was compared; `why` is the caller's. The
 * pairs of before are replaced. False: none were kept. */
struct name_pair {
    int64_t a, b, why;
};
enum err name_pairs_keep(struct ctx *c, struct store *s, const struct name_pair *pair, size_t n,
                         int64_t serial) MUST_CHECK;
enum err name_pairs_get(struct ctx *c, struct store *s, struct name_pair **ret_pair, size_t *ret_n,
                        int64_t *ret_serial, bool *ret_kept) MUST_CHECK;
/* Bytes in use. */
size_t name_index_size(struct store *s);
void name_index_free(struct store *s);

#endif
