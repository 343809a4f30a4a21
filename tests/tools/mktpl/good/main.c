// SPDX-License-Identifier: EUPL-1.2
/* Renders the example page. */
#include "page.h"

#include "web/show.h"
#include "web/tpl.h"

#include <stdio.h>

void show_days(struct ctx *c, struct buf *out, int32_t days)
{
    (void)c;
    buf_int(out, days);
    buf_lit(out, "&nbsp;d");
}

int main(void)
{
    static struct row row[] = {
        { .id = 7, .name = "<A&B>", .code = "x y", .days = 3, .visits = 1, .urgency = URGENCY_HIGH },
        { .id = INT64_MIN + 1, .name = NULL, .days = -1, .visits = 200, .late = true },
    };
    struct page p = { .team = "\"West\" {2} é", .back = "//evil.example", .row = row, .n = 2, .edit = true };
    struct arena a;
    struct ctx c;
    struct buf out = { .data = NULL };

    p.large = UINT64_MAX;
    p.unknown = INT64_MIN;
    arena_init(&a, 1 << 20);
    ctx_init(&c, &a, LANG_EN);
    if (page_html(&c, &out, &p) != OK)
        return 1;
    p.n = 0;
    p.back = "/a?b=c&d";
    if (page_html(&c, &out, &p) != OK)
        return 1;
    p.n = 101;
    p.row = (struct row[101]){ { .id = 1 } };
    p.back = "/\\evil";
    p.edit = false;
    if (row_html(&c, &out, &row[1], 9) != OK)
        return 1;
    fputs(buf_text(&out), stdout);
    buf_free(&out);
    arena_free(&a);
    return 0;
}
