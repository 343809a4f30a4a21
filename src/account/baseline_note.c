// SPDX-License-Identifier: EUPL-1.2
#include "account/baseline_note.h"

#include "account/baseline_core.h"
#include "account/baseline_memory.h"
#include "base/date.h"
#include "base/text.h"
#include "register/history.h"
#include "register/own_account.h"

#include <string.h>

static const char note_kind[] = "peil note", note_as[] = "peil baseline note 1",
                  person_as[] = "peil cosign 1";
static const char suffix[] = ".note", cosigned[] = "cosign", erratum[] = "erratum", remembered[] = "note";

/* ── Reading ── */

static enum err folder_of(struct ctx *c, const struct baseline *b, const char **ret_folder)
{
    const char *folder;

    TRY(baseline_folder(c, &folder));
    return baseline_path(c, folder, b->number, ".notes", ret_folder);
}

struct notes {
    struct baseline_note *note;
    const char **hash; /* of each */
    size_t n;
};

/* What the note says, line by line. */
struct note_text {
    struct baseline_note note;
    const char *kind, *baseline, *previous;
};

static void read_line(struct note_text *t, const char *name, const char *value)
{
    const struct {
        const char *name;
        const char **text;
    } texts[] = { { "kind", &t->kind },    { "baseline", &t->baseline }, { "previous", &t->previous },
                  { "who", &t->note.who }, { "role", &t->note.role },    { "about", &t->note.about },
                  { "was", &t->note.was }, { "is", &t->note.is },        { "why", &t->note.why } };

    for (size_t i = 0; i < COUNT(texts); i++)
        if (text_is(name, texts[i].name))
            *texts[i].text = value;
    if (text_is(name, "at"))
        time_scan(value, strlen(value), false, &t->note.at);
    if (text_is(name, "number") && !text_to_int(value, &t->note.number))
        t->note.number = 0;
    if (text_is(name, "account") && !text_to_int(value, &t->note.account))
        t->note.account = INT_NONE;
}

/* The signature of the person is over the text of the note, which holds the hash of the baseline. */
static bool person_is_right(struct ctx *c, const struct block_part *p, struct baseline_note *n)
{
    const struct block *about = block_find(p, "about"), *key = block_find(p, "person key"),
                       *sign = block_find(p, "person signature");
    unsigned char hash[SIGN_HASH];

    if (about == NULL || key == NULL || sign == NULL || key->len != SIGN_PUBLIC || sign->len != SIGN_LEN)
        return false;
    sign_hash(about->data, about->len, hash);
    return sign_check(key->data, person_as, hash, sign->data) &&
           baseline_hex(c, key->data, SIGN_PUBLIC, &n->public_key) == OK;
}

static enum err note_read(struct ctx *c, const struct file_map *map, const struct baseline *b,
                          const char *previous, struct baseline_note *ret_note, const char **ret_hash)
{
    struct note_text t = { .note = { .at = TIME_NONE, .account = INT_NONE } };
    const char *cell[TABLE_CELLS];
    struct baseline_seal_read r;
    size_t n;

    TRY(baseline_check_seal(c, map, note_kind, note_as, &r));
    struct table_walk w = table_walk(block_find(&r.content, "about"));
    while (table_next(c, &w, cell, &n))
        if (n == 2)
            read_line(&t, cell[0], cell[1]);
    t.note.kind = text_is(t.kind, cosigned) ? BASELINE_COSIGN : BASELINE_ERRATUM;
    if (!text_is(t.baseline, b->hash) || !text_is(t.previous, previous) ||
        (t.note.kind == BASELINE_COSIGN && !person_is_right(c, &r.content, &t.note)))
        return FAIL(E_CORRUPT, "%s", "");
    *ret_note = t.note;
    return baseline_hex(c, r.hash, SIGN_HASH, ret_hash);
}

static enum err missing(struct ctx *c, size_t number)
{
    return FAIL(E_CORRUPT, _("Note %lld beside this baseline is missing or was changed."), (long long)number);
}

/* What the register remembers of the notes: one step of the history of the baseline for each, with its number
 * and hash. */
static struct history_of remembered_of(const struct baseline *b)
{
    return (struct history_of){ "baseline", b->number, INT_NONE, -1 };
}

static bool is_remembered(const struct happening *h)
{
    return text_is(h->kind, remembered);
}

/* The files against the memory of the register: what stands there must still be there, the last one too. */
static enum err check_remembered(struct ctx *c, const struct baseline *b, const struct notes *all)
{
    const struct history_of what = remembered_of(b);
    const struct happening *h;
    size_t n;

    TRY(history_all(c, &what, &h, &n));
    for (size_t i = 0; i < n; i++)
        if (is_remembered(&h[i]) && (h[i].number < 1 || h[i].number > (int64_t)all->n ||
                                     !text_is(h[i].reason, all->hash[h[i].number - 1])))
            return missing(c, (size_t)h[i].number);
    return OK;
}

static enum err read_all(struct ctx *c, const struct baseline *b, struct notes *ret_notes)
{
    const char *folder, *path, *previous = "", **hash;
    struct baseline_note *note;
    int64_t *number;
    size_t n;

    TRY(may(c, RIGHT_FIGURES));
    TRY(folder_of(c, b, &folder));
    TRY(file_numbers(c, folder, suffix, &number, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *note, (void *)&note));
    TRY(ctx_alloc(c, n + 1, sizeof *hash, (void *)&hash));
    for (size_t i = 0; i < n; i++) {
        struct file_map map;
        enum err e = OK;
        TRY(baseline_path(c, folder, (int64_t)i + 1, suffix, &path));
        e = file_map(c, path, &map);
        if (e == OK) {
            e = note_read(c, &map, b, previous, &note[i], &previous);
            file_unmap(&map);
        }
        if (e != OK || note[i].number != (int64_t)i + 1)
            return missing(c, i + 1);
        hash[i] = previous;
    }
    *ret_notes = (struct notes){ note, hash, n };
    return check_remembered(c, b, ret_notes);
}

enum err baseline_notes(struct ctx *c, const struct baseline *b, struct baseline_note **ret_note,
                        size_t *ret_n)
{
    struct notes all;

    TRY(read_all(c, b, &all));
    *ret_note = all.note;
    *ret_n = all.n;
    return OK;
}

/* ── Adding ── */

struct adding {
    const struct baseline *b;
    const char *kind;
    const struct baseline_erratum *erratum; /* NULL */
    const struct sign_key *person;          /* NULL */
    int64_t number;
    const char *previous;
};

static void put_text(const struct ctx *c, const struct adding *g, struct buf *out)
{
    table_text(out, "kind", g->kind);
    buf_printf(out, "number\t%lld\n", (long long)g->number);
    table_text(out, "baseline", g->b->hash);
    table_text(out, "previous", g->previous);
    buf_str(out, "at\t");
    buf_time(out, c->now);
    buf_char(out, '\n');
    table_text(out, "who", c->actor->name);
    table_text(out, "role", role_code(c->actor->role));
    if (c->actor->account != INT_NONE)
        buf_printf(out, "account\t%lld\n", (long long)c->actor->account);
    if (g->erratum == NULL)
        return;
    table_text(out, "about", g->erratum->about);
    table_text(out, "was", g->erratum->was);
    table_text(out, "is", g->erratum->is);
    table_text(out, "why", g->erratum->why);
}

static enum err note_write(struct ctx *c, const struct adding *g, const struct sign_key *key,
                           struct buf *text, struct buf *out)
{
    struct block_part p = { .kind = "" };
    unsigned char hash[SIGN_HASH], signature[SIGN_LEN];
    const char *folder, *path;

    put_text(c, g, text);
    memcpy(p.kind, note_kind, sizeof note_kind);
    block_add(&p, "about", text->data, text->len);
    if (g->person != NULL) {
        sign_hash(text->data, text->len, hash);
        sign_make(g->person, person_as, hash, signature);
        block_add(&p, "person key", g->person->public, sizeof g->person->public);
        block_add(&p, "person signature", signature, sizeof signature);
    }
    out->failed |= text->failed;
    block_write(&p, out);
    baseline_put_seal(key, note_as, out);
    if (out->failed)
        return FAIL(E_NOMEM, "%s", "");
    TRY(folder_of(c, g->b, &folder));
    TRY(file_folder(c, folder));
    TRY(baseline_path(c, folder, g->number, suffix, &path));
    return file_write(c, path, out, true); /* two at once: the second one is refused and may try again */
}

struct remembering {
    const struct baseline *b;
    const struct notes *all;
};

/* Also those that a halt between file and register left out, or that are older than this memory. */
static enum err remember(struct ctx *c, void *arg)
{
    const struct remembering *m = arg;
    const struct history_of what = remembered_of(m->b);
    const struct happening *h;
    int64_t last = 0;
    size_t n;

    TRY(history_all(c, &what, &h, &n));
    for (size_t i = 0; i < n; i++)
        if (is_remembered(&h[i]) && h[i].number > last)
            last = h[i].number;
    for (size_t i = (size_t)last; i < m->all->n; i++) {
        struct happening one = HAPPENING_NONE;
        one.kind = remembered;
        one.number = (int64_t)i + 1;
        one.reason = m->all->hash[i];
        TRY(history_add(c, &what, &one, NULL));
    }
    return OK;
}

static enum err note_add(struct ctx *c, struct adding *g)
{
    struct buf text = { 0 }, out = { 0 };
    struct notes all;
    struct sign_key key;

    TRY(read_all(c, g->b, &all)); /* nothing is built on a damaged one */
    g->previous = all.n > 0 ? all.hash[all.n - 1] : "";
    g->number = (int64_t)all.n + 1;
    TRY(sign_key_get(c, true, &key));
    enum err e = note_write(c, g, &key, &text, &out);
    sign_key_forget(&key);
    buf_free(&text);
    buf_free(&out);
    TRY(e);
    TRY(read_all(c, g->b, &all));
    TRY(db_tx(c, remember, &(struct remembering){ g->b, &all }));
    return baseline_memory_put(c);
}

/* Another person than who sealed it, once. */
static enum err may_cosign(struct ctx *c, const struct baseline *b)
{
    struct baseline_note *note;
    size_t n;

    TRY(may(c, RIGHT_BASELINE_SIGN));
    if (c->actor->account == INT_NONE)
        return FAIL(E_FORBIDDEN, "%s", _("Only somebody with an account can sign."));
    if (b->sealed_account == c->actor->account)
        return FAIL(E_CONFLICT, "%s", _("You sealed this baseline. Somebody else must sign it too."));
    TRY(baseline_notes(c, b, &note, &n));
    for (size_t i = 0; i < n; i++)
        if (note[i].kind == BASELINE_COSIGN && note[i].account == c->actor->account)
            return FAIL(E_CONFLICT, "%s", _("You have signed this baseline already."));
    return OK;
}

enum err baseline_cosign(struct ctx *c, const struct baseline *b, const char *password)
{
    struct adding g = { .b = b, .kind = cosigned };
    struct sign_key person;

    TRY(may_cosign(c, b));
    TRY(own_account_check_password(c, password));
    TRY(sign_key_of_person(c, c->actor->login, password, &person));
    g.person = &person;
    enum err e = note_add(c, &g);
    sign_key_forget(&person);
    return e;
}

enum err baseline_erratum_add(struct ctx *c, const struct baseline *b, const struct baseline_erratum *e,
                              int64_t *ret_number)
{
    struct adding g = { .b = b, .kind = erratum, .erratum = e };

    TRY(may(c, RIGHT_BASELINE));
    if (text_empty(e->about))
        return FAIL_FIELD("about", "%s", _("Say what it is about."));
    if (text_empty(e->why))
        return FAIL_FIELD("why", "%s", _("Say why."));
    TRY(note_add(c, &g));
    *ret_number = g.number;
    return OK;
}
