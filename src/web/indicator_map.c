// SPDX-License-Identifier: EUPL-1.2
#include "base/text.h"
#include "register/outline.h"
#include "web/indicator_core.h"
#include "web/indicator_show.h"

enum err indicator_map_shapes(struct ctx *c, struct map *m, struct map_area *area)
{
    struct outlines o;
    size_t found = 0;

    TRY(outlines_get(c, &o));
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < o.n; k++)
            found += text_is(area[i].name, o.outline[k].name);
    if (found < m->n || m->n == 0)
        return OK; /* a map without one of its places misleads: tiles show all of them */
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < o.n; k++)
            if (text_is(area[i].name, o.outline[k].name)) {
                area[i].shape = o.outline[k].shape;
                area[i].x = o.outline[k].x;
                area[i].y = o.outline[k].y;
            }
    m->height = o.height;
    m->source = o.source;
    return OK;
}

void show_map(struct ctx *c, struct buf *out, const struct map *m)
{
    (void)c;
    map_svg(m, out);
}

void show_multiples(struct ctx *c, struct buf *out, const struct multiples *m)
{
    (void)c;
    multiples_svg(m, out);
}
