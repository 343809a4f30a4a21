// SPDX-License-Identifier: EUPL-1.2
/* What is put beside a sealed baseline and never in it: the signature of a second person, and errata. Each is
 * a file of its own with the hash of the baseline and of the note before it, sealed with the key of the
 * register, in the folder NUMBER.notes beside the baseline. Only ever added. The register remembers number
 * and hash of each in the history of the baseline (append-only), so that the last one cannot be taken away
 * unseen either.
 *
 * A co-signature is made with a key that comes out of the signer's own password (store/sign.h): nobody else
 * can make it, and everybody can check it with the public key that stands beside it. */
#ifndef PEIL_ACCOUNT_BASELINE_NOTE_H
#define PEIL_ACCOUNT_BASELINE_NOTE_H

#include "account/baseline.h"

enum baseline_note_kind { BASELINE_COSIGN, BASELINE_ERRATUM };
struct baseline_note {
    int64_t number;
    enum baseline_note_kind kind;
    const char *who, *role; /* name, code of the role */
    int64_t account;        /* INT_NONE: the command line */
    int64_t at;
    const char *about, *was, *is, *why; /* of an erratum */
    const char *public_key;             /* of the person who co-signed, hexadecimal */
};
/* All notes in order, each checked. E_CORRUPT names the one that is missing or was changed. Rights:
 * RIGHT_FIGURES. */
enum err baseline_notes(struct ctx *c, const struct baseline *b, struct baseline_note **ret_note,
                        size_t *ret_n) MUST_CHECK;
/* Whoever is logged in signs with the own password. E_CONFLICT for who sealed it, or signed it already.
 * Rights: RIGHT_BASELINE_SIGN, with an account. */
enum err baseline_cosign(struct ctx *c, const struct baseline *b, const char *password) MUST_CHECK;
struct baseline_erratum {
    const char *about, *was, *is, *why; /* why and about are needed; no names of residents */
};
/* A numbered correction beside it: old and new value are both seen, the baseline stays as it is. Rights:
 * RIGHT_BASELINE. */
enum err baseline_erratum_add(struct ctx *c, const struct baseline *b, const struct baseline_erratum *e,
                              int64_t *ret_number) MUST_CHECK;

#endif
