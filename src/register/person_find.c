// SPDX-License-Identifier: EUPL-1.2
/* Finding residents: who may be the same person, and searching by what is typed. */
#include "base/buf.h"
#include "base/sound.h"
#include "base/text.h"
#include "register/person.h"
#include "register/phone_number.h"
#include "register/right.h"
#include "store/name_index.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

enum {
    CANDIDATES = 1000, /* of a search, before those are kept that this user may see */
    SAME_DAY = 400,    /* people with one birth date whose names are compared */
    DIGITS_MIN = 4,    /* of a phone number, to search by it */
    DIGITS_SAME = 6,   /* to take it for the same number */
};

/* ── Who may be the same ──────────────────────────────────────────────────────────────────────────────────
 */

struct same {
    struct person_match *match;
    size_t n;
};

static enum err add_match(struct ctx *c, struct same *s, int64_t person, const char *why)
{
    struct name_entry e;
    char birth[11];

    for (size_t i = 0; i < s->n; i++)
        if (s->match[i].person == person)
            return OK;
    if (s->n == PERSON_MATCHES)
        return OK;
    TRY(name_index_get(c, db_store(c->db), person, &e));
    if (e.name[0] == '\0')
        return OK;
    struct person_match *m = &s->match[s->n++];
    *m = (struct person_match){ .person = person, .name = e.name, .phone = e.phone, .why = why };
    date_iso(e.birth, birth);
    return ctx_copy(c, birth, &m->birth);
}

static enum err find(struct ctx *c, const struct name_query *q, size_t room, struct name_hit **ret_hit,
                     size_t *ret_n)
{
    TRY(ctx_alloc(c, room, sizeof **ret_hit, (void *)ret_hit));
    return name_index_find(c, db_store(c->db), q, *ret_hit, room, ret_n);
}

static enum err same_phone(struct ctx *c, struct same *s, const char *phone)
{
    struct name_query q = { .name = "", .phone = phone, .birth = DAY_NONE };
    struct name_hit *hit;
    size_t n;

    if (strlen(phone) < DIGITS_SAME)
        return OK;
    TRY(find(c, &q, PERSON_MATCHES, &hit, &n));
    for (size_t i = 0; i < n; i++) {
        struct name_entry e;
        TRY(name_index_get(c, db_store(c->db), hit[i].person, &e));
        if (text_is(e.phone, phone))
            TRY(add_match(c, s, hit[i].person, _("the same phone number")));
    }
    return OK;
}

/* The whole name, in any order of its words. */
static enum err same_name(struct ctx *c, struct same *s, const char *folded, const char *name, int32_t birth)
{
    struct name_query q = { .name = name, .phone = "", .birth = DAY_NONE };
    struct name_hit *hit;
    size_t n;

    TRY(find(c, &q, CANDIDATES, &hit, &n));
    for (size_t i = 0; i < n && hit[i].rank == NAME_EXACT && s->n < PERSON_MATCHES; i++) {
        struct name_entry e;
        char other[256];
        struct arena_mark mark = arena_mark(c->arena);
        TRY(name_index_get(c, db_store(c->db), hit[i].person, &e));
        text_fold(other, sizeof other, e.name);
        int32_t born = e.birth;
        arena_release(c->arena, mark);
        if (!text_is(folded, other) || (birth != DAY_NONE && born != DAY_NONE && birth != born))
            continue;
        TRY(add_match(c, s, hit[i].person,
                      birth != DAY_NONE && born == birth ? _("the same name and birth date")
                                                         : _("the same name")));
    }
    return OK;
}

/* Born on the same day, and the name differs a little or only sounds alike. */
static enum err same_birth(struct ctx *c, struct same *s, const char *folded, const char *name, int32_t birth)
{
    struct name_query q = { .name = "", .phone = "", .birth = birth };
    struct name_hit *hit;
    size_t n;

    TRY(find(c, &q, SAME_DAY, &hit, &n));
    for (size_t i = 0; i < n; i++) {
        struct name_entry e;
        char other[256];
        TRY(name_index_get(c, db_store(c->db), hit[i].person, &e));
        text_fold(other, sizeof other, e.name);
        if (text_one_letter_apart(folded, other))
            TRY(add_match(c, s, e.person, _("almost the same name, and the same birth date")));
    }
    q.name = name;
    TRY(find(c, &q, PERSON_MATCHES, &hit, &n));
    for (size_t i = 0; i < n; i++)
        TRY(add_match(c, s, hit[i].person, _("a name that sounds the same, and the same birth date")));
    return OK;
}

enum err person_find_same(struct ctx *c, const struct identity *who, struct person_match **ret_match,
                          size_t *ret_n)
{
    const char *name = who->name != NULL ? who->name : "";
    char folded[256], phone[NAME_PHONE];
    int32_t birth = DAY_NONE;
    struct same s = { 0 };

    TRY(may(c, RIGHT_REGISTER));
    TRY(person_index(c));
    TRY(ctx_alloc(c, PERSON_MATCHES, sizeof *s.match, (void *)&s.match));
    text_fold(folded, sizeof folded, name);
    phone_digits(phone, sizeof phone, who->phone);
    if (who->birth != NULL && !date_scan(who->birth, strlen(who->birth), &birth))
        birth = DAY_NONE;
    TRY(same_phone(c, &s, phone));
    if (folded[0] != '\0')
        TRY(same_name(c, &s, folded, name, birth));
    if (folded[0] != '\0' && birth != DAY_NONE)
        TRY(same_birth(c, &s, folded, name, birth));
    *ret_match = s.match;
    *ret_n = s.n;
    return OK;
}

enum err person_by_phone(struct ctx *c, const char *phone, int64_t *ret_person)
{
    struct name_hit hit[2];
    char digits[NAME_PHONE];
    size_t n = 0;

    phone_digits(digits, sizeof digits, phone);
    struct name_query q = { .name = "", .phone = digits, .birth = DAY_NONE };
    *ret_person = INT_NONE;
    if (strlen(digits) < DIGITS_SAME)
        return OK;
    TRY(name_index_find(c, db_store(c->db), &q, hit, COUNT(hit), &n));
    if (n == 1) {
        struct name_entry e;
        TRY(name_index_get(c, db_store(c->db), hit[0].person, &e));
        if (text_is(e.phone, digits))
            *ret_person = hit[0].person;
    }
    return OK;
}

/* ── Searching ────────────────────────────────────────────────────────────────────────────────────────────
 */

/* What was typed: a number, or words of which one may be a birth date. */
struct typed {
    char name[256], phone[NAME_PHONE];
    int32_t birth;
};

static bool typed_birth(struct ctx *c, const char *word, int32_t *ret_day)
{
    if (strspn(word, "0123456789-/.") != strlen(word) || date_parse(c, "q", word, ret_day) != OK) {
        err_clear(c);
        return false;
    }
    return true;
}

/* "%%" is no name: it has no word, and who has no word to differ in would be everyone. */
static bool has_word(const char *text)
{
    for (; *text != '\0'; text++)
        if ((*text >= '0' && *text <= '9') || ((*text | 0x20) >= 'a' && (*text | 0x20) <= 'z') ||
            ((unsigned char)*text & 0x80) != 0)
            return true;
    return false;
}

static enum err read_typed(struct ctx *c, const char *text, struct typed *t)
{
    char copy[256];
    char *rest, *word;

    *t = (struct typed){ .birth = DAY_NONE };
    text_copy(copy, sizeof copy, text);
    if (!typed_birth(c, copy, &t->birth) && phone_like(copy, DIGITS_MIN)) {
        phone_digits(t->phone, sizeof t->phone, copy);
        return OK;
    }
    if (t->birth != DAY_NONE)
        return OK;
    for (word = strtok_r(copy, " \t", &rest); word != NULL; word = strtok_r(NULL, " \t", &rest)) {
        size_t n = strlen(t->name);
        if (t->birth == DAY_NONE && typed_birth(c, word, &t->birth))
            continue;
        text_copy(t->name + n, sizeof t->name - n, n > 0 ? " " : "");
        n = strlen(t->name);
        text_copy(t->name + n, sizeof t->name - n, word);
    }
    if (!has_word(t->name))
        t->name[0] = '\0';
    if (t->name[0] == '\0' && t->birth == DAY_NONE)
        return FAIL_FIELD("q", "%s", _("Write a name or a phone number."));
    return OK;
}

static enum err json_list(struct ctx *c, const struct name_hit *hit, size_t n, const char **ret_list)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < n; i++) {
        buf_char(&b, i == 0 ? '[' : ',');
        buf_int(&b, hit[i].person);
    }
    buf_lit(&b, "]");
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&b), ret_list);
    buf_free(&b);
    return e;
}

static int by_person(const void *a, const void *b)
{
    const struct sql_persons_seen_row *x = a, *y = b;

    return x->person < y->person ? -1 : x->person > y->person;
}

static int by_contact(const void *a, const void *b)
{
    const struct sql_persons_contacted_row *x = a, *y = b;

    return x->person < y->person ? -1 : x->person > y->person;
}

/* What the user may see of the candidates: their requests and their contacts. */
struct seen {
    struct sql_persons_seen_row *request;
    struct sql_persons_contacted_row *contact;
    size_t requests, contacts;
};

static enum err seen_of(struct ctx *c, const struct name_hit *hit, size_t n, struct seen *ret_seen)
{
    const char *list;

    TRY(json_list(c, hit, n, &list));
    TRY(sql_persons_seen(c, list, &ret_seen->request, &ret_seen->requests));
    TRY(sql_persons_contacted(c, c->scope->all, c->scope->team, c->actor->account, list, &ret_seen->contact,
                              &ret_seen->contacts));
    if (ret_seen->requests > 0)
        qsort(ret_seen->request, ret_seen->requests, sizeof *ret_seen->request, by_person);
    if (ret_seen->contacts > 0)
        qsort(ret_seen->contact, ret_seen->contacts, sizeof *ret_seen->contact, by_contact);
    return OK;
}

/* -1: nothing may be seen of this person; 1: a request of the person waits. */
static int waits(const struct seen *s, int64_t person)
{
    struct sql_persons_seen_row key = { .person = person }, *at;
    struct sql_persons_contacted_row other = { .person = person };

    at = s->requests > 0 ? bsearch(&key, s->request, s->requests, sizeof key, by_person) : NULL;
    if (at != NULL)
        return at->waits;
    if (s->contacts == 0)
        return -1;
    return bsearch(&other, s->contact, s->contacts, sizeof other, by_contact) != NULL ? 0 : -1;
}

/* Of each rank those who wait, then the others that this user may see. */
static enum err choose(struct ctx *c, const struct name_hit *hit, size_t n, struct same *s)
{
    struct seen seen;

    if (n == 0)
        return OK;
    TRY(seen_of(c, hit, n, &seen));
    for (int rank = NAME_EXACT; rank > NAME_NONE; rank--)
        for (int first = 1; first >= 0; first--)
            for (size_t i = 0; i < n && s->n < PERSON_MATCHES; i++) {
                size_t before = s->n;
                if ((int)hit[i].rank != rank || waits(&seen, hit[i].person) != first)
                    continue;
                TRY(add_match(c, s, hit[i].person, rank == NAME_SOUND ? _("sounds the same") : ""));
                if (s->n > before)
                    s->match[before].waits = first == 1;
            }
    return OK;
}

enum err person_visible(struct ctx *c, int64_t person)
{
    struct name_hit hit = { .person = person };
    struct seen seen;

    TRY(seen_of(c, &hit, 1, &seen));
    return seen.requests + seen.contacts > 0 ? OK : FAIL(E_NOT_FOUND, "%s", _("We cannot find this person."));
}

enum err person_search(struct ctx *c, const char *text, struct person_match **ret_match, size_t *ret_n)
{
    struct same s = { 0 };
    struct name_hit *hit;
    struct typed t;
    size_t n;

    TRY(may(c, RIGHT_REQUEST));
    TRY(read_typed(c, text, &t));
    TRY(person_index(c));
    TRY(ctx_alloc(c, PERSON_MATCHES, sizeof *s.match, (void *)&s.match));
    struct name_query q = { .name = t.name, .phone = t.phone, .birth = t.birth };
    TRY(find(c, &q, CANDIDATES, &hit, &n));
    TRY(choose(c, hit, n, &s));
    *ret_match = s.match;
    *ret_n = s.n;
    return OK;
}
