// SPDX-License-Identifier: EUPL-1.2
/* The frame around every page: title, navigation, who is logged in, what was just done. Handlers fill it
 * first with frame_fill; the navigation shows only what the role may open (the register checks it again). */
#ifndef PEIL_WEB_FRAME_H
#define PEIL_WEB_FRAME_H

#include "base/ctx.h"
#include "base/text.h"
#include "register/right.h"
#include "register/urgent.h"
#include "web/nav.h"
#include "web/req.h"

#include <stdbool.h>
#include <stdint.h>

struct frame {
    const char *title;
    const char *municipality;
    const char *user, *role; /* NULL: nobody is logged in */
    const char *csrf;        /* goes into every form */
    const char *done;        /* what was just done; NULL */
    struct nav nav;
    const char *asked;         /* stands in the search field; NULL */
    int64_t undo;              /* the action that can be taken back (register/batch.h); INT_NONE */
    const char *here;          /* path and query of this page, to come back to */
    struct urgent_alarm alarm; /* emergencies past their norm: on every page of who can act */
    bool alarms;               /* this user is told of late emergencies, also while the page stays open */
    char once[48];             /* goes into every form: it counts once */
    bool demo;                 /* made-up people */
    bool account;              /* this is the page of the own account */
    bool may_list, may_register, may_search;
};

/* Whether to show a way to something; the register decides again when it is used. */
bool user_may(const struct ctx *c, enum right right);
/* menu: the path of an entry of the menu, "/waiting"; NULL when the page stands in none. */
enum err frame_fill(struct ctx *c, const struct req *r, const char *title, const char *menu,
                    struct frame *ret_frame) MUST_CHECK;

#endif
