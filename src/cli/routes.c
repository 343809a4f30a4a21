// SPDX-License-Identifier: EUPL-1.2
/* peil routes: every page with the right that it needs, from the one table. */
#include "base/buf.h"
#include "cli/cli.h"
#include "web/route.h"

static const char *method_name(const struct route *r)
{
    return r->method == METHOD_POST ? "POST" : "GET";
}

static void put_json(const struct route *r, struct buf *b)
{
    buf_lit(b, "{\"method\":");
    buf_json(b, method_name(r));
    buf_lit(b, ",\"path\":");
    buf_json(b, r->path);
    buf_lit(b, ",\"right\":");
    buf_json(b, right_code(r->right));
    buf_lit(b, ",\"kind\":");
    buf_json(b, route_kind_code(r->kind));
    buf_lit(b, "}");
}

COMMAND(routes)
{
    struct ctx *c = &k->c;
    enum format format;
    struct buf b = { 0 };
    size_t n;
    const struct route *r = route_all(&n);

    if (k->args > 0)
        return cli_usage(k);
    TRY(cli_format(k, &format));
    buf_str(&b, format == FORMAT_JSON ? "[" : format == FORMAT_CSV ? "method,path,right,kind\n" : "");
    for (size_t i = 0; i < n; i++) {
        if (format == FORMAT_JSON) {
            buf_str(&b, i > 0 ? ",\n" : "\n");
            put_json(&r[i], &b);
        } else {
            buf_printf(&b, format == FORMAT_CSV ? "%s,%s,%s,%s\n" : "%-5s %-28s %-14s %s\n",
                       method_name(&r[i]), r[i].path, right_code(r[i].right), route_kind_code(r[i].kind));
        }
    }
    buf_str(&b, format == FORMAT_JSON ? "\n]\n" : "");
    fwrite(b.data, 1, b.len, stdout);
    buf_free(&b);
    return OK;
}
