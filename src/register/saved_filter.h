// SPDX-License-Identifier: EUPL-1.2
/* A filter of a list that a user keeps under a name (bewaard filter), for the own account or for the whole
 * team. It holds the query of an address: ids and codes, never who is in the list. */
#ifndef PEIL_REGISTER_SAVED_FILTER_H
#define PEIL_REGISTER_SAVED_FILTER_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FILTER_NAME = 40,
    FILTER_QUERY = 500,
    FILTER_MAX = 12
}; /* characters; filters of one account and page */

struct saved_filter {
    int64_t id;
    const char *page, *name, *query; /* page: "/waiting"; query: "tab=over&team=3" */
    bool shared, own;
    const char *who; /* whose it is, when it is not the own one */
};

/* Those of one page: the own ones and what the team shares, by name. None without an account (command line).
 */
enum err saved_filter_list(struct ctx *c, const char *page, struct saved_filter **ret_filter,
                           size_t *ret_n) MUST_CHECK;
/* All of the own account. */
enum err saved_filter_own(struct ctx *c, struct saved_filter **ret_filter, size_t *ret_n) MUST_CHECK;
/* One of the own account; E_NOT_FOUND for one of somebody else. */
enum err saved_filter_get(struct ctx *c, int64_t id, struct saved_filter *ret_filter) MUST_CHECK;

/* E_INVALID ("name") without a name, for one that exists on this page, and for more than FILTER_MAX. shared:
 * for who has a team. */
enum err saved_filter_add(struct ctx *c, const struct saved_filter *f, int64_t *ret_id) MUST_CHECK;
/* Name and sharing. E_NOT_FOUND for one of somebody else. */
enum err saved_filter_change(struct ctx *c, const struct saved_filter *f) MUST_CHECK;
enum err saved_filter_remove(struct ctx *c, int64_t id) MUST_CHECK;

#endif
