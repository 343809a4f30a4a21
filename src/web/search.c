// SPDX-License-Identifier: EUPL-1.2
#include "web/search.h"

#include "base/text.h"
#include "web/tpl.h"

static enum err show(struct ctx *c, const struct req *r, struct search_page *p, struct reply *out)
{
    TRY(config_get(c, &p->config));
    TRY(frame_fill(c, r, _("Search a resident"), NULL, &p->frame));
    p->frame.asked = p->asked;
    p->may_register = p->frame.may_register;
    return search_html(c, &out->body, p);
}

enum err web_search_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct search_page p = { .asked = "" };

    return show(c, r, &p, out);
}

enum err web_search_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct search_page p = { .asked = req_form(r, "q") };
    struct found found = { .request = { INT_NONE } };
    enum err e;

    if (text_empty(p.asked))
        return reply_redirect(c, out, "/search");
    e = search_person(c, p.asked, &found);
    if (e == E_INVALID) {
        TRY(ctx_copy(c, c->err.text, &p.wrong));
        err_clear(c);
        out->status = err_status(e);
        return show(c, r, &p, out);
    }
    TRY(e);
    if (found.request.v != INT_NONE)
        return reply_redirect(c, out, "/requests/%lld", (long long)found.request.v);
    p.person = found.person;
    p.n = found.n;
    return show(c, r, &p, out);
}
