// SPDX-License-Identifier: EUPL-1.2
/* The HTML: which element and attribute the reader is in, and what is not allowed there. */
#include "mktpl.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool is_void(const char *tag)
{
    return listed("area base br col embed hr img input link meta source track wbr", tag);
}

static void remember(struct mk *m, struct seen *list, size_t *n, const char *name, size_t len,
                     const char *what)
{
    for (size_t i = 0; i < *n; i++)
        if (!list[i].hidden && strlen(list[i].name) == len && strncasecmp(list[i].name, name, len) == 0)
            fail(m, m->p, "the %s %.*s stands here twice", what, (int)len, name);
    if (*n == MAX_SEEN)
        fail(m, m->p, "too many of one kind: %s", what);
    list[(*n)++] = (struct seen){ .name = copy(name, len) };
}

static bool has_attr(const struct mk *m, const char *name)
{
    for (size_t i = 0; i < m->n_attrs; i++)
        if (strcasecmp(m->attrs[i].name, name) == 0)
            return true;
    return false;
}

static enum kind kind_of(const char *attr)
{
    if (strcasecmp(attr, "style") == 0 || strcasecmp(attr, "srcdoc") == 0 || strncasecmp(attr, "on", 2) == 0)
        return BANNED;
    if (listed("href src action formaction poster cite data xlink:href manifest background longdesc", attr))
        return URL;
    if (strcmp(attr, "id") == 0)
        return ID;
    if (listed("alt title placeholder label summary aria-label aria-description aria-valuetext", attr))
        return WORDS;
    if (listed("srcset imagesrcset ping http-equiv sandbox attributename from to values by", attr))
        return CLOSED;
    return PLAIN;
}

static void attribute(struct mk *m)
{
    size_t n = 0;
    while (isalnum((unsigned char)m->p[n]) || (m->p[n] != '\0' && strchr("-_:.", m->p[n]) != NULL))
        n++;
    if (n == 0 || n >= sizeof m->st.attr)
        fail(m, m->p, "this cannot stand in <%s>", m->st.tag);
    if (m->st.place != IN_TAG)
        fail(m, m->p, "a blank is missing before this attribute");
    for (size_t i = 0; i <= n; i++)
        m->st.attr[i] = (char)(i < n ? tolower((unsigned char)m->p[i]) : '\0');
    m->st.kind = kind_of(m->st.attr);
    if (m->st.kind == BANNED)
        fail(m, m->p, "%s is not allowed: no inline script, style or document", m->st.attr);
    remember(m, m->attrs, &m->n_attrs, m->p, n, "attribute");
    m->refresh |= strcmp(m->st.attr, "http-equiv") == 0;
    literal(m, " ", 1);
    literal(m, m->p, n);
    m->p += n;
    m->st.place = AFTER_ATTR;
    if (m->p[0] != '=')
        return;
    if (m->p[1] != '"')
        fail(m, m->p, "the value of %s must stand in double quotes", m->st.attr);
    literal(m, "=\"", 2);
    m->p += 2;
    m->st.place = IN_VALUE;
    m->st.url = URL_START;
    m->value_at = m->p;
    m->words = 0;
}

static void end_value(struct mk *m)
{
    struct block *b = m->n_blocks > 0 ? &m->blocks[m->n_blocks - 1] : NULL;
    size_t n = (size_t)(m->p - m->value_at);

    if (b != NULL && b->entry.place == IN_VALUE)
        fail(m, m->p, "a branch cannot end the attribute it stands in");
    if (m->st.kind == URL && m->st.url == URL_SCHEME)
        fail(m, m->p, "a URL starts with / # ? . or https: mailto: tel:");
    if (m->st.kind == ID) {
        remember(m, m->ids, &m->n_ids, m->value_at, n, "id");
        if (m->each_depth > 0 && memmem(m->value_at, n, "{{", 2) == NULL)
            fail(m, m->p, "this id is repeated by the loop: give it a value, id=\"row-{{row->id}}\"");
    }
    if (strcmp(m->st.attr, "translate") == 0 && n == 2 && strncmp(m->value_at, "no", 2) == 0)
        m->st.open[m->st.depth].verbatim = true;
    literal(m, "\"", 1);
    m->p++;
    m->st.place = AFTER_ATTR;
}

static void url_byte(struct mk *m, char ch)
{
    struct state *s = &m->st;
    size_t n = strlen(m->scheme);

    if (s->url == URL_START) {
        m->scheme[0] = '\0';
        n = 0;
        if (!isalpha((unsigned char)ch) && strchr("/#?.", ch) == NULL)
            fail(m, m->p, "a URL starts with / # ? . or https: mailto: tel:");
        s->url = ch == '/' ? URL_SLASH : isalpha((unsigned char)ch) ? URL_SCHEME : URL_PATH;
    } else if (s->url == URL_SLASH) {
        s->url = ch == '/' ? URL_HOST : URL_PATH;
    } else if (s->url == URL_HOST && ch == '/' && m->last != '/' && m->last != ':') {
        s->url = URL_PATH;
    }
    if (s->url == URL_SCHEME && ch != ':' && n + 1 < sizeof m->scheme) {
        m->scheme[n] = ch;
        m->scheme[n + 1] = '\0';
    } else if (s->url == URL_SCHEME) {
        if (!listed("http https mailto tel", m->scheme))
            fail(m, m->p, "a URL starts with / # ? . or https: mailto: tel:");
        s->url = m->scheme[0] == 'h' ? URL_HOST : URL_PATH;
    }
    m->last = ch;
}

static void end_tag_open(struct mk *m)
{
    static const struct {
        const char *tag, *attr;
    } needs[] = { { "img", "alt" }, { "html", "lang" }, { "iframe", "title" }, { "script", "src" } };
    bool closed = m->p[0] == '/';

    if (m->n_blocks > 0 && m->blocks[m->n_blocks - 1].entry.place != IN_TEXT)
        fail(m, m->p, "a branch cannot end the tag it stands in");
    if (closed && (m->p[1] != '>' || (!is_void(m->st.tag) && !inside(m, "svg math"))))
        fail(m, m->p, "<%s/> is not HTML: write <%s></%s>", m->st.tag, m->st.tag, m->st.tag);
    for (size_t i = 0; i < COUNT(needs); i++)
        if (strcmp(needs[i].tag, m->st.tag) == 0 && !has_attr(m, needs[i].attr))
            fail(m, m->p, "<%s> needs %s", needs[i].tag, needs[i].attr);
    if (m->refresh && m->content)
        fail(m, m->p, "a value cannot stand in content beside http-equiv");
    m->p += closed ? 2 : 1;
    m->st.place = IN_TEXT;
    m->words = 0;
    if (is_void(m->st.tag)) {
        literal(m, ">", 1);
        return;
    }
    literal(m, closed ? "/>" : ">", closed ? 2 : 1);
    m->st.depth += !closed;
    if (strcmp(m->st.tag, "script") == 0 && strncmp(m->p, "</script>", 9) != 0)
        fail(m, m->p, "no inline script: <script src=\"...\"></script>");
    if (listed("pre textarea", m->st.tag) && *m->p != '\n') /* browsers drop the first line break */
        literal(m, "\n", 1);
}

static void check_nesting(const struct mk *m, const char *tag)
{
    if (listed("style xmp plaintext noembed noframes", tag))
        fail(m, m->p, "<%s> is not allowed", tag);
    if (inside(m, "title textarea"))
        fail(m, m->p, "only text can stand inside <title> and <textarea>");
    if (listed("a form button label option", tag) && inside(m, tag))
        fail(m, m->p, "<%s> cannot stand inside <%s>", tag, tag);
    if (inside(m, "p") &&
        listed("address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 "
               "h4 h5 h6 header hr main nav ol p pre section table ul",
               tag))
        fail(m, m->p, "<%s> cannot stand inside <p>: browsers would end the paragraph", tag);
    if (m->st.depth + 1 == MAX_DEPTH)
        fail(m, m->p, "elements are nested too deeply");
}

static void tag_open(struct mk *m, size_t n)
{
    struct state *s = &m->st;

    snprintf(s->tag, sizeof s->tag, "%.*s", (int)n, m->p + 1);
    check_nesting(m, s->tag);
    bool verbatim = (s->depth > 0 && s->open[s->depth - 1].verbatim) || listed("code kbd samp var", s->tag);
    s->open[s->depth] = (struct element){ .line = line_of(m, m->p), .verbatim = verbatim };
    snprintf(s->open[s->depth].name, sizeof s->open[0].name, "%s", s->tag);
    m->n_attrs = 0;
    m->refresh = m->content = false;
    literal(m, m->p, n + 1);
    m->p += n + 1;
    s->place = AFTER_ATTR;
}

static void tag_close(struct mk *m, size_t n)
{
    struct state *s = &m->st;
    const struct element *e = s->depth > 0 ? &s->open[s->depth - 1] : NULL;

    if (m->p[2 + n] != '>')
        fail(m, m->p, "a closing tag holds only its name");
    if (e == NULL)
        fail(m, m->p, "</%.*s> closes nothing", (int)n, m->p + 2);
    if (strlen(e->name) != n || strncmp(e->name, m->p + 2, n) != 0)
        fail(m, m->p, "</%.*s> stands where <%s> of line %d must be closed", (int)n, m->p + 2, e->name,
             e->line);
    s->depth--;
    literal(m, m->p, n + 3);
    m->p += n + 3;
    m->words = 0;
}

static void markup(struct mk *m)
{
    bool closing = m->p[1] == '/';
    const char *name = m->p + (closing ? 2 : 1);
    size_t n = 0;

    if (strncmp(m->p, "<!--", 4) == 0) {
        const char *end = strstr(m->p, "-->"), *value_in = strstr(m->p, "{{");
        if (end == NULL || (value_in != NULL && value_in < end))
            fail(m, m->p, "%s",
                 end == NULL ? "a comment is not closed" : "no {{ }} in a comment: use {{! ... }}");
        m->p = end + 3;
        return;
    }
    if (strncasecmp(m->p, "<!doctype html>", 15) == 0) {
        literal(m, m->p, 15);
        m->p += 15;
        return;
    }
    while (isalnum((unsigned char)name[n]) || (n > 0 && name[n] == '-'))
        n++;
    if (n == 0 || n >= sizeof m->st.tag)
        fail(m, m->p,
             strncmp(name, "{{", 2) == 0 ? "a value cannot be a tag name" : "write &lt; for a bare '<'");
    if (closing)
        tag_close(m, n);
    else
        tag_open(m, n);
}

static void entity(struct mk *m)
{
    size_t n = 1;
    while (isalnum((unsigned char)m->p[n]) || (n == 1 && m->p[n] == '#'))
        n++;
    if (n == 1 || m->p[n] != ';')
        fail(m, m->p, "write &amp; for a bare '&'");
    literal(m, m->p, n + 1);
    m->p += n + 1;
    m->words = 0;
}

/* A word that nobody can translate is a mistake. */
static void check_word(struct mk *m, char ch)
{
    const struct state *s = &m->st;
    bool letter = isalpha((unsigned char)ch) || (ch & 0x80) != 0;
    bool counts = s->place == IN_TEXT ? s->depth == 0 || !s->open[s->depth - 1].verbatim
                                      : s->kind == WORDS && !s->open[s->depth].verbatim;
    m->words = letter && counts ? m->words + 1 : 0;
    if (m->words == 2 && isalpha((unsigned char)ch))
        fail(m, m->p,
             "words must be translated: {{_ \"...\"}}, or stand in an element with translate=\"no\"");
}

static void text_byte(struct mk *m)
{
    char ch = *m->p;
    if (isspace((unsigned char)ch) && !inside(m, "pre textarea")) {
        if (m->started && m->blank != '\n')
            m->blank = ch == '\n' ? '\n' : ' ';
        m->words = 0;
        m->p++;
        return;
    }
    check_word(m, ch);
    literal(m, m->p++, 1);
}

void byte(struct mk *m)
{
    char ch = *m->p;

    if (m->st.place == IN_TEXT) {
        if (ch == '<')
            markup(m);
        else if (ch == '&')
            entity(m);
        else
            text_byte(m);
    } else if (m->st.place == IN_VALUE) {
        if (ch == '"') {
            end_value(m);
            return;
        }
        check_word(m, ch);
        if (m->st.kind == URL)
            url_byte(m, ch);
        if (ch == '&')
            entity(m);
        else
            literal(m, m->p++, 1);
    } else if (ch == '>' || ch == '/') {
        end_tag_open(m);
    } else if (isspace((unsigned char)ch)) {
        m->st.place = IN_TAG;
        m->p++;
    } else {
        attribute(m);
    }
}
