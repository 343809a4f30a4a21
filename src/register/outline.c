// SPDX-License-Identifier: EUPL-1.2
#include "register/outline.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/config.h"
#include "register/right.h"
#include "register/setting.h"

#include <string.h>

/* The text of the setting: a first line "height<TAB>source", then a line "name<TAB>x<TAB>y<TAB>shape" each.
 */

static char *field(char **text)
{
    char *from = *text, *end = from + strcspn(from, "\t\n");

    *text = *end != '\0' ? end + 1 : end;
    *end = '\0';
    return from;
}

static double number(const char *text)
{
    double v;

    return text_to_double(text, strlen(text), &v) ? v : 0;
}

enum err outlines_get(struct ctx *c, struct outlines *ret_outlines)
{
    struct outlines o = { 0 };
    struct outline *list;
    const char *kept;
    size_t lines = 0;
    char *text;

    TRY(setting_text(c, "map", &kept));
    for (const char *p = kept; *p != '\0'; p++)
        lines += *p == '\n';
    TRY(ctx_alloc(c, lines + 1, sizeof *list, (void *)&list));
    text = arena_copy(c->arena, kept, strlen(kept));
    if (text == NULL)
        return FAIL(E_NOMEM, "%s", "");
    o.height = *text != '\0' ? number(field(&text)) : 0;
    o.source = field(&text);
    while (*text != '\0' && o.n < lines) {
        struct outline *one = &list[o.n++];
        one->name = field(&text);
        one->x = number(field(&text));
        one->y = number(field(&text));
        one->shape = field(&text);
    }
    o.outline = list;
    *ret_outlines = o;
    return OK;
}

static enum err put(struct ctx *c, void *arg)
{
    return setting_put(c, "map", arg);
}

enum err outlines_put(struct ctx *c, const struct outlines *o)
{
    struct buf text = { 0 };
    const char *kept;
    enum err e;

    TRY(may(c, RIGHT_SETTINGS));
    buf_fixed(&text, o->height, 1, '.');
    buf_printf(&text, "\t%s\n", o->source);
    for (size_t i = 0; i < o->n; i++) {
        buf_printf(&text, "%s\t", o->outline[i].name);
        buf_fixed(&text, o->outline[i].x, 1, '.');
        buf_char(&text, '\t');
        buf_fixed(&text, o->outline[i].y, 1, '.');
        buf_printf(&text, "\t%s\n", o->outline[i].shape);
    }
    e = text.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&text), &kept);
    buf_free(&text);
    if (e != OK)
        return e;
    return db_tx(c, put, (void *)(uintptr_t)kept);
}
