// SPDX-License-Identifier: EUPL-1.2
#include "register/person.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/person_edit.h"
#include "register/person_link.h"
#include "register/phone_number.h"
#include "store/name_index.h"
#include "store/sql.h"
#include "store/vault.h"

#include <string.h>

#define SEPARATOR '\x1f' /* between the fields of an identity; no input field may hold it */
#define FIELDS 10

const struct code_name person_interpreters[] = {
    { "no", N_("No") },
    { "yes", N_("Yes, someone beside them") },
    { "phone", N_("Yes, by phone") },
};
const size_t person_interpreter_count = COUNT(person_interpreters);
const struct code_name person_readings[] = { { "no", N_("No") }, { "yes", N_("Yes") } };
const size_t person_reading_count = COUNT(person_readings);

static const char **field(struct identity *who, size_t i)
{
    const char **const at[FIELDS] = { &who->name,        &who->birth,    &who->phone,        &who->email,
                                      &who->address,     &who->postcode, &who->safe_contact, &who->language,
                                      &who->interpreter, &who->reading };

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
    struct identity before = { 0 };
    int64_t top;

    TRY(person_link_top(c, person, &top));
    TRY(person_get_own(c, top, &before, NULL));
    TRY(person_change_keep(c, top, &before, who));
    return seal(c, top, *who);
}

enum err person_get_own(struct ctx *c, int64_t person, struct identity *ret_who, int64_t *ret_serial)
{
    struct sql_identity_get_row row;

    TRY(sql_identity_get(c, person, &row));
    TRY(open_identity(c, person, row.sealed, ret_who));
    if (ret_serial != NULL)
        *ret_serial = row.serial;
    return OK;
}

enum err person_get(struct ctx *c, int64_t person, struct identity *ret_who)
{
    int64_t top;

    TRY(person_link_top(c, person, &top));
    return person_get_own(c, top, ret_who, NULL);
}

static enum err put_in_index(struct ctx *c, int64_t person, int64_t serial, const struct identity *who)
{
    char phone[NAME_PHONE];
    int32_t birth = DAY_NONE;

    phone_digits(phone, sizeof phone, who->phone);
    if (who->birth != NULL && !date_scan(who->birth, strlen(who->birth), &birth))
        birth = DAY_NONE;
    struct name_entry e = {
        .person = person, .name = who->name != NULL ? who->name : "", .phone = phone, .birth = birth
    };
    return name_index_put(c, db_store(c->db), &e, serial);
}

static enum err fill_index(struct ctx *c)
{
    struct sql_identity_since_row *row;
    size_t n = 1;

    while (n > 0 && !name_index_stopped(db_store(c->db))) {
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

enum err person_index(struct ctx *c)
{
    name_index_fill_begin(db_store(c->db));
    enum err e = fill_index(c);
    name_index_fill_end(db_store(c->db));
    return e;
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
