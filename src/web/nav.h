// SPDX-License-Identifier: EUPL-1.2
/* The menu: one table of entries, each with the right that it needs. Who has few entries sees all of them
 * under their headings; who has many sees the first section, and the others folded, except the one of this
 * page. */
#ifndef PEIL_WEB_NAV_H
#define PEIL_WEB_NAV_H

#include "register/right.h"

enum nav_section { NAV_WORK, NAV_PEOPLE, NAV_PLACES, NAV_QUALITY, NAV_MANAGE, NAV_SECTIONS };
enum { NAV_FEW = 9 }; /* entries that need no folding */

struct nav_link {
    const char *label, *path, *icon; /* icon: path data of an SVG of 24 by 24, drawn with a line */
    bool current;
};
struct nav_group {
    const char *label; /* NULL: the first section, without a heading */
    const struct nav_link *link;
    size_t n;
    bool folds, open;
};
struct nav {
    const struct nav_group *group;
    size_t n;
};

/* The menu of this user; current: the path of the entry that is shown as the present page, or NULL. */
enum err nav_fill(struct ctx *c, const char *current, struct nav *ret_nav) MUST_CHECK;

/* For tests: every entry is a page that its right opens. */
struct nav_entry {
    const char *label, *path;
    enum right right;
    enum nav_section section;
    const char *icon;
};
const struct nav_entry *nav_all(size_t *ret_n);

#endif
