// SPDX-License-Identifier: EUPL-1.2
#include "register/person.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/right.h"
#include "register/state.h"
#include "store/name_index.h"
#include "store/sql.h"
#include "store/vault.h"

#include <string.h>

#define SEPARATOR '\x1f' /* between the fields of an identity; no input field may hold it */
#define FIELDS 7
#define PERSON_CANDIDATES 2000 /* that a search looks at before it chooses */

static const char **field(struct identity *who, size_t i)
{
    const char **const at[FIELDS] = { &who->name,    &who->birth,    &who->phone,       &who->email,
                                      &who->address, &who->postcode, &who->safe_contact };

    return at[i];
}

static enum err seal(struct ctx *c, int64_t person, struct identity who)
{
    struct buf text = { NULL, 0, 0, false };
    struct blob sealed;

    for (size_t i = 0; i < FIELDS; i++) {
        buf_str(&text, *field(&who, i));
        if (i + 1 < FIELDS)
            buf_char(&text, SEPARATOR);
    }
    enum err e = text.failed ? FAIL(E_NOMEM, "%s", "") : vault_seal(c, person, buf_text(&text), &sealed);
    buf_free(&text);
    if (e != OK)
        return e;
    return sql_identity_put(c, person, sealed);
}

static enum err open_identity(struct ctx *c, int64_t person, struct blob sealed, struct identity *ret_who)
{
    const char *text;
    char *p;

    TRY(vault_open(c, person, sealed, &text));
    p = arena_copy(c->arena, text, strlen(text));
    if (p == NULL)
        return FAIL(E_NOMEM, "%s", "");
    *ret_who = (struct identity){ 0 };
    for (size_t i = 0; i < FIELDS; i++) {
        char *end = strchr(p, SEPARATOR);
        if (end != NULL)
            *end = '\0';
        *field(ret_who, i) = *p != '\0' ? p : NULL;
        if (end == NULL)
            break;
        p = end + 1;
    }
    return OK;
}

enum err person_add(struct ctx *c, const struct identity *who, int64_t *ret_person)
{
    struct sql_person_insert_row row;

    TRY(sql_person_insert(c, c->now, &row));
    TRY(vault_add_key(c, row.id));
    TRY(seal(c, row.id, *who));
    *ret_person = row.id;
    return OK;
}

enum err person_change(struct ctx *c, int64_t person, const struct identity *who)
{
    return seal(c, person, *who);
}

enum err person_get(struct ctx *c, int64_t person, struct identity *ret_who)
{
    struct sql_identity_get_row row;

    TRY(sql_identity_get(c, person, &row));
    return open_identity(c, person, row.sealed, ret_who);
}

static void digits(char *to, size_t size, const char *from)
{
    size_t n = 0;

    for (; from != NULL && *from != '\0' && n + 1 < size; from++)
        if (*from >= '0' && *from <= '9')
            to[n++] = *from;
    to[n] = '\0';
    /* +31 6 12345678, 0031 6 12345678 and 06 12345678 are the same number */
    if (n == 13 && memcmp(to, "0031", 4) == 0)
        memmove(to + 1, to + 4, n - 3);
    else if (n == 11 && memcmp(to, "31", 2) == 0) {
        memmove(to + 1, to + 2, n - 1);
        to[0] = '0';
    }
}

static enum err put_in_index(struct ctx *c, int64_t person, int64_t serial, const struct identity *who)
{
    char folded[256], phone[32];

    text_fold(folded, sizeof folded, who->name != NULL ? who->name : "");
    digits(phone, sizeof phone, who->phone);
    struct name_entry e = { person, who->name != NULL ? who->name : "", folded,
                            who->birth != NULL ? who->birth : "", phone };
    return name_index_put(c, db_store(c->db), &e, serial);
}

enum err person_index(struct ctx *c)
{
    struct sql_identity_since_row *row;
    size_t n = 1;

    while (n > 0) {
        struct arena_mark mark = arena_mark(c->arena);
        TRY(sql_identity_since(c, name_index_serial(db_store(c->db)), &row, &n));
        for (size_t i = 0; i < n; i++) {
            struct identity who = { 0 };
            enum err e = open_identity(c, row[i].person, row[i].sealed, &who);
            if (e == E_NOT_FOUND)
                err_clear(c); /* the key was destroyed: this person has no name any more */
            else if (e != OK)
                return e;
            TRY(put_in_index(c, row[i].person, row[i].serial, &who));
        }
        arena_release(c->arena, mark);
    }
    return OK;
}

enum err person_names(struct ctx *c, const int64_t *person, size_t n, const char ***ret_name)
{
    const char **name;

    TRY(ctx_alloc(c, n + 1, sizeof *name, (void *)&name));
    TRY(name_index_names(c, db_store(c->db), person, n, name));
    for (size_t i = 0; i < n; i++) {
        struct identity who = { 0 };
        if (name[i] == NULL && person[i] != INT_NONE) { /* not in the index yet */
            if (person_get(c, person[i], &who) != OK)
                err_clear(c);
            name[i] = who.name;
        }
        if (name[i] == NULL)
            name[i] = "";
    }
    *ret_name = name;
    return OK;
}

/* Collects matches while the index is walked. */
struct search {
    struct ctx *c;
    char folded[256], birth[16], phone[32];
    bool same; /* looking for the same person, not for a text */
    struct person_match *match;
    size_t n, room;
    enum err e;
};

/* At most one letter differs: replaced, left out or put in. */
static bool one_letter_apart(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b), i = 0;

    if (la > lb + 1 || lb > la + 1)
        return false;
    while (a[i] != '\0' && a[i] == b[i])
        i++;
    if (la == lb)
        return a[i] == '\0' || text_is(a + i + 1, b + i + 1);
    return la > lb ? text_is(a + i + 1, b + i) : text_is(a + i, b + i + 1);
}

/* Every word of `words` begins a word of `name`. */
static bool words_begin(const char *name, const char *words)
{
    while (*words != '\0') {
        size_t n = strcspn(words, " ");
        const char *p = name;
        while (p != NULL && strncmp(p, words, n) != 0)
            p = strchr(p, ' ') != NULL ? strchr(p, ' ') + 1 : NULL;
        if (p == NULL)
            return false;
        words += n;
        words += strspn(words, " ");
    }
    return true;
}

static const char *why_same(const struct search *s, const struct name_entry *e)
{
    const struct ctx *c = s->c;
    bool birth = s->birth[0] != '\0' && text_is(s->birth, e->birth);

    if (strlen(s->phone) >= 6 && text_is(s->phone, e->phone))
        return _("the same phone number");
    if (s->folded[0] == '\0')
        return NULL;
    if (text_is(s->folded, e->folded))
        return birth                                        ? _("the same name and birth date")
               : s->birth[0] == '\0' || e->birth[0] == '\0' ? _("the same name")
                                                            : NULL;
    return birth && one_letter_apart(s->folded, e->folded)
               ? _("almost the same name, and the same birth date")
               : NULL;
}

static bool look(void *arg, const struct name_entry *e)
{
    struct search *s = arg;
    struct ctx *c = s->c;
    const char *why = NULL;

    if (s->same)
        why = why_same(s, e);
    else if (strlen(s->phone) >= 4 ? strstr(e->phone, s->phone) != NULL : words_begin(e->folded, s->folded))
        why = "";
    if (why == NULL || e->name[0] == '\0')
        return true;
    struct person_match *m = &s->match[s->n];
    *m = (struct person_match){ .person = e->person, .why = why };
    s->e = ctx_copy(c, e->name, &m->name);
    if (s->e == OK)
        s->e = ctx_copy(c, e->birth, &m->birth);
    if (s->e == OK)
        s->e = ctx_copy(c, e->phone, &m->phone);
    return s->e == OK && ++s->n < s->room;
}

static enum err walk(struct ctx *c, struct search *s, struct person_match **ret_match, size_t *ret_n)
{
    TRY(person_index(c));
    TRY(ctx_alloc(c, s->room, sizeof *s->match, (void *)&s->match));
    name_index_walk(db_store(c->db), look, s);
    *ret_match = s->match;
    *ret_n = s->n;
    return s->e;
}

enum err person_find_same(struct ctx *c, const struct identity *who, struct person_match **ret_match,
                          size_t *ret_n)
{
    struct search s = { .c = c, .same = true, .room = PERSON_MATCHES };

    TRY(may(c, RIGHT_REGISTER));
    text_fold(s.folded, sizeof s.folded, who->name != NULL ? who->name : "");
    text_copy(s.birth, sizeof s.birth, who->birth != NULL ? who->birth : "");
    digits(s.phone, sizeof s.phone, who->phone);
    return walk(c, &s, ret_match, ret_n);
}

/* Whether this user may see a request of the person, and whether one of these waits. */
static enum err standing_of(struct ctx *c, int64_t person, bool *ret_visible, bool *ret_waits)
{
    struct arena_mark mark = arena_mark(c->arena);
    struct sql_person_requests_row *row;
    enum state state;
    size_t n;

    TRY(sql_person_requests(c, person, &row, &n));
    *ret_visible = n > 0;
    *ret_waits = false;
    for (size_t i = 0; i < n; i++)
        *ret_waits = *ret_waits || (state_find(row[i].state, &state) && state_waits(state));
    arena_release(c->arena, mark);
    return OK;
}

/* A common surname finds hundreds: those who wait come first, then the others that this user may see. */
static enum err keep_visible(struct ctx *c, struct person_match *match, size_t *n)
{
    struct person_match front[PERSON_MATCHES] = { 0 }, back[PERSON_MATCHES] = { 0 };
    size_t waiting = 0, others = 0;

    for (size_t i = 0; i < *n && waiting < PERSON_MATCHES; i++) {
        bool visible, waits;
        TRY(standing_of(c, match[i].person, &visible, &waits));
        if (waits)
            front[waiting++] = match[i];
        else if (visible && others < PERSON_MATCHES)
            back[others++] = match[i];
    }
    if (others > PERSON_MATCHES - waiting)
        others = PERSON_MATCHES - waiting;
    memcpy(match, front, waiting * sizeof *match);
    memcpy(match + waiting, back, others * sizeof *match);
    *n = waiting + others;
    return OK;
}

enum err person_search(struct ctx *c, const char *text, struct person_match **ret_match, size_t *ret_n)
{
    struct search s = { .c = c, .room = PERSON_CANDIDATES };

    TRY(may(c, RIGHT_REQUEST));
    text_fold(s.folded, sizeof s.folded, text);
    digits(s.phone, sizeof s.phone, text);
    if (s.folded[0] == '\0')
        return FAIL_FIELD("q", "%s", _("Write a name or a phone number."));
    TRY(walk(c, &s, ret_match, ret_n));
    return keep_visible(c, *ret_match, ret_n);
}
