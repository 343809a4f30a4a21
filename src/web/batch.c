// SPDX-License-Identifier: EUPL-1.2
#include "web/batch.h"

#include "base/text.h"
#include "register/batch.h"

#include <string.h>

/* Only a path of this site, as the page itself wrote it. */
static const char *back_path(const struct req *r)
{
    const char *back = req_form(r, "back");

    return back != NULL && back[0] == '/' && back[1] != '/' && strpbrk(back, "?#\\ \n\t") == NULL ? back
                                                                                                  : "/";
}

enum err web_batch_undo_post(struct ctx *c, const struct req *r, struct reply *out)
{
    size_t n;

    TRY(batch_undo(c, r->ids.id[0], &n));
    return reply_redirect(c, out, "%s?done=undone", back_path(r));
}
