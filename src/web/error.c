// SPDX-License-Identifier: EUPL-1.2
#include "web/error.h"

#include "base/text.h"
#include "web/tpl.h"

static const char *advice(const struct ctx *c, enum err code)
{
    switch (code) {
    case E_FORBIDDEN:
        return _("Do you need this for your work? Ask the administrator for the right role.");
    case E_NOT_FOUND:
        return _(
            "The address may be wrong, or this belongs to another team. Go back and choose from the list.");
    case E_METHOD:
    case E_REQUEST:
        return _("Go back, load the page again and try once more.");
    case E_CONFLICT:
        return _("Go back and load the page again. Then you see what changed.");
    case E_TOO_LARGE:
        return _("Make the text or the file smaller and send it again.");
    case E_BUSY:
        return _("Wait a moment and try again. Nothing you typed was saved yet.");
    default:
        return _("Nothing was saved. Try again. Does it happen again? Tell the administrator at what time.");
    }
}

enum err web_error(struct ctx *c, const struct req *r, struct reply *out)
{
    enum err code = c->err.code;
    struct error_page p = { .status = err_status(code), .advice = advice(c, code) };

    if (code == E_LOGIN && r->method != METHOD_POST)
        return reply_redirect(c, out, "/login");
    p.text = text_empty(c->err.text) || p.status >= 500 ? _(err_text(code)) : c->err.text;
    TRY(ctx_copy(c, p.text, &p.text));
    err_clear(c);
    TRY(frame_fill(c, r, _("Something went wrong"), NULL, &p.frame));
    out->status = p.status;
    return error_html(c, &out->body, &p);
}
