// SPDX-License-Identifier: EUPL-1.2
/* multipart/form-data: how a browser sends a form with a file in it (RFC 7578; boundaries: RFC 2046 §5.1.1;
 * names: WHATWG HTML, "multipart form data"). The whole body is there, so that a part is found by looking for
 * the next boundary. Only the libraries that also own the connection read this format; none of them reads a
 * body in memory. */
#include "web/req.h"

#include "base/text.h"

#include <string.h>
#include <strings.h>

enum { BOUNDARY = 70, PART_HEADERS = 2048, NAME = 200 };

static const char type[] = "multipart/form-data";
static const char disposition[] = "content-disposition: form-data";

struct body {
    const char *at, *end;
    char mark[BOUNDARY + 5]; /* "\r\n--boundary" */
    size_t mark_len;
};

/* One part: its headers and what is in it. */
struct part {
    const char *head, *data;
    size_t head_len, len;
};

bool req_is_multipart(const char *content_type)
{
    size_t len = sizeof type - 1;

    return content_type != NULL && strncasecmp(content_type, type, len) == 0 &&
           (content_type[len] == ';' || content_type[len] == ' ');
}

static enum err broken(struct ctx *c)
{
    return FAIL(E_REQUEST, "%s", _("The file did not arrive in one piece. Choose it again."));
}

/* The boundary of the content type, in quotes or not. */
static bool boundary_get(const char *content_type, struct body *b)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'()+_,-./:=?";
    const char *s = strcasestr(content_type, "boundary=");
    size_t len;

    if (s == NULL)
        return false;
    s += strlen("boundary=");
    bool quoted = *s == '"';
    s += quoted;
    len = strspn(s, good);
    if (len == 0 || len > BOUNDARY || (quoted && s[len] != '"'))
        return false;
    memcpy(b->mark, "\r\n--", 4);
    memcpy(b->mark + 4, s, len);
    b->mark_len = len + 4;
    return true;
}

/* Where `what` begins in [at, end); NULL when it does not. */
static const char *find(const char *at, const char *end, const char *what, size_t len)
{
    return memmem(at, (size_t)(end - at), what, len);
}

/* Behind a boundary: the next part, or the end. False: neither. */
static bool part_next(struct body *b, struct part *ret_part, bool *ret_end)
{
    const char *blank, *stop;

    if (b->end - b->at < 2)
        return false;
    *ret_end = memcmp(b->at, "--", 2) == 0;
    if (*ret_end) {
        size_t left = (size_t)(b->end - b->at) - 2;
        return left == 0 || (left == 2 && memcmp(b->at + 2, "\r\n", 2) == 0);
    }
    if (memcmp(b->at, "\r\n", 2) != 0)
        return false;
    b->at += 2;
    blank = find(b->at, b->end, "\r\n\r\n", 4);
    if (blank == NULL || blank - b->at > PART_HEADERS)
        return false;
    stop = find(blank + 2, b->end, b->mark, b->mark_len); /* an empty part shares its line end */
    if (stop == NULL)
        return false;
    *ret_part = (struct part){ .head = b->at, .head_len = (size_t)(blank - b->at), .data = blank + 4 };
    ret_part->len = stop > ret_part->data ? (size_t)(stop - ret_part->data) : 0;
    b->at = stop + b->mark_len;
    return true;
}

/* The value of name="..." in the line of the disposition, which is a row of such pairs. False: it is not
 * there. */
static bool attribute(const char *line, const char *end, const char *name, const char **ret_value,
                      size_t *ret_len)
{
    size_t len = strlen(name);
    const char *s = memchr(line, ';', (size_t)(end - line));

    while (s != NULL && s < end && *s == ';') {
        for (s++; s < end && *s == ' ';)
            s++;
        const char *value = find(s, end, "=\"", 2);
        const char *quote = value != NULL ? memchr(value + 2, '"', (size_t)(end - value) - 2) : NULL;
        if (quote == NULL)
            return false;
        *ret_value = value + 2;
        *ret_len = (size_t)(quote - value) - 2;
        if ((size_t)(value - s) == len && strncasecmp(s, name, len) == 0)
            return true;
        s = quote + 1;
    }
    return false;
}

/* The last piece of a path, as some browsers send one. */
static enum err shown_name(struct ctx *c, const char *name, size_t len, const char **ret_name)
{
    for (size_t i = 0; i < len; i++)
        if (name[i] == '/' || name[i] == '\\')
            return shown_name(c, name + i + 1, len - i - 1, ret_name);
    if (len == 0 || len > NAME)
        return FAIL(E_REQUEST, "%s", _("The name of the file cannot be used. Give it a shorter one."));
    return req_text(c, name, len, false, ret_name);
}

static enum err file_add(struct ctx *c, struct req *r, const char *field, const struct part *p,
                         const char *name, size_t name_len)
{
    struct req_file f = { .field = field, .data = p->data, .len = p->len };

    if (name_len == 0 && p->len == 0)
        return OK; /* a field for a file in which none was chosen */
    if (r->n_files == REQ_FILES)
        return FAIL(E_TOO_LARGE, _("There are too many fields in this request."));
    TRY(shown_name(c, name, name_len, &f.name));
    r->file[r->n_files++] = f;
    return OK;
}

static enum err part_take(struct ctx *c, struct req *r, const struct part *p)
{
    const char *line = p->head, *end = p->head + p->head_len, *value;
    const char *field;
    size_t len;

    while (strncasecmp(line, disposition, sizeof disposition - 1) != 0) {
        line = find(line, end, "\r\n", 2);
        if (line == NULL || (size_t)(end - line) < sizeof disposition + 1)
            return broken(c);
        line += 2;
    }
    const char *stop = find(line, end, "\r\n", 2);
    end = stop != NULL ? stop : end;
    if (!attribute(line, end, "name", &value, &len) || len > NAME)
        return broken(c);
    TRY(req_text(c, value, len, false, &field));
    if (attribute(line, end, "filename", &value, &len))
        return file_add(c, r, field, p, value, len);
    if (r->form.n == REQ_PAIRS)
        return FAIL(E_TOO_LARGE, _("There are too many fields in this request."));
    r->form.at[r->form.n].name = field;
    return req_text(c, p->data, p->len, true, &r->form.at[r->form.n++].value);
}

enum err req_multipart(struct ctx *c, struct req *r)
{
    struct body b = { 0 };
    struct part p;
    bool end = false;

    if (!boundary_get(r->header[HEADER_CONTENT_TYPE], &b) || r->body_len < b.mark_len ||
        memcmp(r->body, b.mark + 2, b.mark_len - 2) != 0)
        return broken(c);
    TRY(ctx_alloc(c, REQ_PAIRS, sizeof *r->form.at, (void *)&r->form.at));
    b.at = r->body + b.mark_len - 2;
    b.end = r->body + r->body_len;
    for (;;) {
        if (!part_next(&b, &p, &end))
            return broken(c);
        if (end)
            return OK;
        TRY(part_take(c, r, &p));
    }
}
