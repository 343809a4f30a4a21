// SPDX-License-Identifier: EUPL-1.2
/* Sealing, opening and listing. */
#include "account/baseline.h"

#include "account/baseline_core.h"
#include "account/baseline_memory.h"
#include "base/date.h"
#include "base/text.h"
#include "base/version.h"
#include "register/config.h"
#include "register/extract_keep.h"
#include "register/right.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char content_kind[] = "peil baseline", seal_kind[] = "peil seal",
                  signed_as[] = "peil baseline 1";
static const char suffix[] = ".peil";

enum err baseline_folder(struct ctx *c, const char **ret_folder)
{
    return file_beside(c, "PEIL_BASELINES", ".baselines", ret_folder);
}

enum err baseline_numbers(struct ctx *c, int64_t **ret_number, size_t *ret_n)
{
    const char *folder;

    TRY(baseline_folder(c, &folder));
    return file_numbers(c, folder, suffix, ret_number, ret_n);
}

enum err baseline_path(struct ctx *c, const char *folder, int64_t number, const char *with,
                       const char **ret_path)
{
    char path[1200];

    snprintf(path, sizeof path, "%s/%04" PRId64 "%s", folder, number, with);
    return ctx_copy(c, path, ret_path);
}

enum err baseline_hex(struct ctx *c, const unsigned char *data, size_t len, const char **ret_text)
{
    char text[2 * 64 + 1];

    sodium_bin2hex(text, sizeof text, data, len);
    return ctx_copy(c, text, ret_text);
}

/* ---- writing ---- */

static void put_moment(struct buf *b, const char *name, int64_t time)
{
    buf_printf(b, "%s\t", name);
    buf_time(b, time);
    buf_char(b, '\n');
}

static enum err put_about(struct ctx *c, const struct baseline_form *f, int64_t number, const char *previous,
                          struct buf *b)
{
    const struct config *k;

    TRY(config_get(c, &k));
    buf_str(b, "what\tvalue\n");
    buf_printf(b, "number\t%" PRId64 "\n", number);
    table_text(b, "name", f->name);
    table_text(b, "municipality", k->municipality);
    put_moment(b, "sealed_at", c->now);
    table_text(b, "sealed_by", c->actor->name);
    table_text(b, "sealed_role", role_code(c->actor->role));
    if (c->actor->account != INT_NONE)
        buf_printf(b, "sealed_account\t%" PRId64 "\n", c->actor->account);
    put_moment(b, "at", f->at);
    put_moment(b, "from", f->from != f->to ? f->from : TIME_NONE);
    put_moment(b, "to", f->from != f->to ? f->to : TIME_NONE);
    table_text(b, "program", "peil " PEIL_VERSION);
    table_text(b, "previous", previous);
    return OK;
}

/* Numbers that stand for the requests of the rows: who holds the key can find them again, nobody else can. */
static void put_pseudonyms(const struct sign_key *key, const struct register_extract *x, struct buf *b)
{
    for (size_t i = 0; i < x->x.n; i++) {
        int64_t tag = sign_pseudonym(key, x->id[i]);
        for (int shift = 0; shift < 64; shift += 8)
            buf_char(b, (char)((uint64_t)tag >> shift));
    }
}

/* Hash, public key and signature, behind what they are about. */
void baseline_put_seal(const struct sign_key *key, const char *as, struct buf *out)
{
    struct block_part p = { .kind = "" };
    unsigned char hash[SIGN_HASH], signature[SIGN_LEN];

    if (out->failed)
        return;
    memcpy(p.kind, seal_kind, sizeof seal_kind);
    sign_hash(out->data, out->len, hash);
    sign_make(key, as, hash, signature);
    block_add(&p, "hash", hash, sizeof hash);
    block_add(&p, "public key", key->public, sizeof key->public);
    block_add(&p, "signature", signature, sizeof signature);
    block_write(&p, out);
}

struct sealing {
    struct sign_key key;
    struct baseline_content content;
    struct buf about, extract, pseudonyms, reconstructed, out;
};

static void put_file(struct sealing *s)
{
    struct block_part p = { .kind = "" };

    memcpy(p.kind, content_kind, sizeof content_kind);
    block_add(&p, "about", s->about.data, s->about.len);
    for (size_t i = 0; i < BASELINE_TABLES; i++)
        block_add(&p, baseline_table[i], s->content.table[i].data, s->content.table[i].len);
    block_add(&p, baseline_table[BASELINE_TABLES], s->reconstructed.data, s->reconstructed.len);
    block_add(&p, "extract", s->extract.data, s->extract.len);
    block_add(&p, "pseudonyms", s->pseudonyms.data, s->pseudonyms.len);
    s->out.failed |= s->about.failed || s->extract.failed || s->pseudonyms.failed || s->reconstructed.failed;
    block_write(&p, &s->out);
}

/* Nothing is built on a list with a hole in it, also not behind it. */
static enum err check_complete(struct ctx *c)
{
    int64_t *missing;
    size_t n;

    TRY(baseline_memory_missing(c, &missing, &n));
    if (n == 0)
        return OK;
    return FAIL(
        E_CORRUPT,
        _("The file of baseline %lld is missing. Put it back from a copy before you seal another one."),
        (long long)missing[0]);
}

static enum err seal(struct ctx *c, const struct baseline_form *f, struct sealing *s, int64_t *ret_number)
{
    const char *folder, *path, *previous = "";
    int64_t *number, next = 1;
    size_t n;

    TRY(baseline_folder(c, &folder));
    TRY(file_folder(c, folder));
    TRY(check_complete(c));
    TRY(baseline_numbers(c, &number, &n));
    if (n > 0) {
        struct baseline last;
        TRY(baseline_open(c, number[n - 1], &last)); /* nothing is built on a damaged one */
        previous = last.hash;
        next = last.number + 1;
        baseline_close(&last);
    }
    TRY(baseline_reconstructed(c, f->reconstructed, &s->reconstructed));
    TRY(sign_key_get(c, true, &s->key));
    TRY(baseline_content(c, f, f->at, &s->content));
    TRY(put_about(c, f, next, previous, &s->about));
    struct extract_file e = extract_file_of(&s->content.facts.x, &s->content.facts.f);
    extract_file_put(&e, NULL, 0, &s->extract);
    put_pseudonyms(&s->key, &s->content.facts.x, &s->pseudonyms);
    put_file(s);
    baseline_put_seal(&s->key, signed_as, &s->out);
    TRY(baseline_path(c, folder, next, suffix, &path));
    TRY(file_write(c, path, &s->out, true));
    *ret_number = next;
    return baseline_memory_put(c);
}

enum err baseline_seal(struct ctx *c, const struct baseline_form *f, int64_t *ret_number)
{
    struct sealing s = { .about = { 0 } };

    TRY(may(c, RIGHT_BASELINE));
    if (f->at > c->now)
        return FAIL_FIELD("at", "%s", _("A baseline is about a moment that has been."));
    if (f->from > f->to || (f->from != f->to && f->to > f->at))
        return FAIL_FIELD("from", "%s", _("The period must lie before the moment of the baseline."));
    enum err done = seal(c, f, &s, ret_number);
    struct buf *all[] = { &s.about, &s.extract, &s.pseudonyms, &s.reconstructed, &s.out };
    for (size_t i = 0; i < COUNT(all); i++)
        buf_free(all[i]);
    baseline_content_free(&s.content);
    sign_key_forget(&s.key);
    return done;
}

/* ---- reading ---- */

struct table_walk table_walk(const struct block *b)
{
    const char *text = b != NULL ? b->data : NULL;

    return (struct table_walk){ text, text != NULL ? text + b->len : NULL };
}

bool table_next(struct ctx *c, struct table_walk *w, const char *cell[TABLE_CELLS], size_t *ret_n)
{
    size_t n = 0, left = (size_t)(w->end - w->at);
    const char *end = left > 0 ? memchr(w->at, '\n', left) : NULL;
    char *line = end != NULL ? arena_copy(c->arena, w->at, (size_t)(end - w->at)) : NULL;

    if (line == NULL)
        return false;
    w->at = end + 1;
    for (char *next = line; next != NULL && n < TABLE_CELLS;) {
        cell[n++] = next;
        next = strchr(next, '\t');
        if (next != NULL)
            *next++ = '\0';
    }
    *ret_n = n;
    return true;
}

static enum err read_about(struct ctx *c, struct baseline *b)
{
    struct table_walk w = table_walk(block_find(&b->content, "about"));
    const struct {
        const char *name;
        const char **text;
    } texts[] = {
        { "name", &b->name },           { "municipality", &b->municipality }, { "program", &b->program },
        { "sealed_by", &b->sealed_by }, { "sealed_role", &b->sealed_role },   { "previous", &b->previous }
    };
    const struct {
        const char *name;
        int64_t *time;
    } times[] = { { "sealed_at", &b->sealed_at }, { "at", &b->at }, { "from", &b->from }, { "to", &b->to } };
    const char *cell[TABLE_CELLS];
    size_t n;

    while (table_next(c, &w, cell, &n)) {
        for (size_t i = 0; i < COUNT(texts) && n == 2; i++)
            if (text_is(cell[0], texts[i].name))
                *texts[i].text = cell[1];
        for (size_t i = 0; i < COUNT(times) && n == 2; i++)
            if (text_is(cell[0], times[i].name))
                time_scan(cell[1], strlen(cell[1]), false, times[i].time);
        if (n == 2 && text_is(cell[0], "number") && !text_to_int(cell[1], &b->number))
            return FAIL(E_CORRUPT, "%s", _("This baseline has no number."));
        if (n == 2 && text_is(cell[0], "sealed_account") && !text_to_int(cell[1], &b->sealed_account))
            b->sealed_account = INT_NONE;
    }
    if (b->name == NULL || b->previous == NULL || b->at == TIME_NONE || b->sealed_at == TIME_NONE)
        return FAIL(E_CORRUPT, "%s", _("This baseline does not say what it is about."));
    return OK;
}

/* Whose key it was signed with, as far as can be said here. */
static enum baseline_key key_of(struct ctx *c, const unsigned char *public)
{
    struct sign_key own;
    enum baseline_key key = BASELINE_KEY_UNKNOWN;

    if (sign_key_get(c, false, &own) == OK) {
        key = memcmp(own.public, public, SIGN_PUBLIC) == 0 ? BASELINE_OWN_KEY : BASELINE_OTHER_KEY;
        sign_key_forget(&own);
    }
    err_clear(c);
    return key;
}

enum err baseline_check_seal(struct ctx *c, const struct file_map *map, const char *kind, const char *as,
                             struct baseline_seal_read *ret_seal)
{
    const unsigned char *data = map->data;
    struct baseline_seal_read r;
    struct block_part s;

    if (!block_read(data, map->len, false, &r.content) || strcmp(r.content.kind, kind) != 0)
        return FAIL(E_CORRUPT, "%s", _("This is no baseline, or its content was changed."));
    if (!block_read(data + r.content.len, map->len - r.content.len, false, &s) ||
        strcmp(s.kind, seal_kind) != 0 || r.content.len + s.len != map->len)
        return FAIL(E_CORRUPT, "%s", _("The seal of this baseline is missing or was changed."));
    const struct block *h = block_find(&s, "hash"), *key = block_find(&s, "public key"),
                       *sign = block_find(&s, "signature");
    if (h == NULL || key == NULL || sign == NULL || h->len != SIGN_HASH || key->len != SIGN_PUBLIC ||
        sign->len != SIGN_LEN)
        return FAIL(E_CORRUPT, "%s", _("The seal of this baseline is missing or was changed."));
    sign_hash(data, r.content.len, r.hash);
    if (memcmp(r.hash, h->data, sizeof r.hash) != 0)
        return FAIL(E_CORRUPT, "%s", _("The content of this baseline was changed after it was sealed."));
    if (!sign_check(key->data, as, r.hash, sign->data))
        return FAIL(E_CORRUPT, "%s", _("The signature of this baseline is not right."));
    memcpy(r.public, key->data, SIGN_PUBLIC);
    *ret_seal = r;
    return OK;
}

static enum err check_seal(struct ctx *c, struct baseline *b)
{
    struct baseline_seal_read r;

    TRY(baseline_check_seal(c, &b->map, content_kind, signed_as, &r));
    b->content = r.content;
    b->key = key_of(c, r.public);
    TRY(baseline_hex(c, r.hash, SIGN_HASH, &b->hash));
    return baseline_hex(c, r.public, SIGN_PUBLIC, &b->public_key);
}

enum err baseline_open_file(struct ctx *c, const char *path, struct baseline *ret_baseline)
{
    struct baseline b = { .sealed_at = TIME_NONE,
                          .at = TIME_NONE,
                          .from = TIME_NONE,
                          .to = TIME_NONE,
                          .path = path,
                          .sealed_account = INT_NONE };

    TRY(may(c, RIGHT_FIGURES));
    TRY(file_map(c, path, &b.map));
    enum err done = check_seal(c, &b);
    done = done == OK ? read_about(c, &b) : done;
    if (done != OK) {
        baseline_close(&b);
        return done;
    }
    *ret_baseline = b;
    return OK;
}

/* The one before it is there and is the one that it was built on. */
static enum err check_previous(struct ctx *c, const char *folder, const struct baseline *b)
{
    struct baseline before;
    const char *path;

    if (b->number == 1)
        return text_is(b->previous, "") ? OK
                                        : FAIL(E_CORRUPT, "%s", _("The first baseline has none before it."));
    TRY(baseline_path(c, folder, b->number - 1, suffix, &path));
    if (baseline_open_file(c, path, &before) != OK)
        return FAIL(E_CORRUPT, _("Baseline %lld, which this one was built on, is missing or was changed."),
                    (long long)b->number - 1);
    bool same = text_is(before.hash, b->previous);
    baseline_close(&before);
    return same ? OK
                : FAIL(E_CORRUPT, _("Baseline %lld is not the one that this one was built on."),
                       (long long)b->number - 1);
}

/* Against what the register remembers of this number; hash NULL: the file is not there. */
static enum err check_remembered(struct ctx *c, int64_t number, const char *hash, bool *ret_remembered)
{
    const char *sealed;

    TRY(baseline_memory_hash(c, number, &sealed));
    *ret_remembered = sealed != NULL;
    if (sealed == NULL || text_is(sealed, hash))
        return OK;
    if (hash == NULL)
        return FAIL(
            E_CORRUPT, "%s",
            _("This baseline was sealed here, but its file is missing. Put it back from a copy of the "
              "folder of baselines."));
    return FAIL(
        E_CORRUPT, "%s",
        _("This is another baseline than the one that the register remembers under this number. Perhaps "
          "the register or the folder was put back from an older copy."));
}

enum err baseline_open(struct ctx *c, int64_t number, struct baseline *ret_baseline)
{
    const char *folder, *path;
    struct baseline b;
    bool remembered;

    TRY(may(c, RIGHT_FIGURES));
    TRY(baseline_folder(c, &folder));
    TRY(baseline_path(c, folder, number, suffix, &path));
    enum err opened = baseline_open_file(c, path, &b);
    if (opened == E_NOT_FOUND) {
        err_clear(c); /* its message names a path of the server */
        TRY(check_remembered(c, number, NULL, &remembered));
        return FAIL(E_NOT_FOUND, _("There is no baseline %lld."), (long long)number);
    }
    if (opened != OK)
        return opened;
    enum err done = b.number == number
                        ? check_previous(c, folder, &b)
                        : FAIL(E_CORRUPT, "%s", _("This baseline has the name of another one."));
    done = done == OK ? check_remembered(c, number, b.hash, &b.remembered) : done;
    if (done != OK) {
        baseline_close(&b);
        return done;
    }
    *ret_baseline = b;
    return OK;
}

void baseline_close(struct baseline *b)
{
    file_unmap(&b->map);
    b->content.n = 0;
}

static int by_number(const void *a, const void *b)
{
    const struct baseline_line *x = a, *y = b;

    return x->b.number < y->b.number ? -1 : x->b.number > y->b.number;
}

/* Of the files, and of those that the register remembers without one. */
static enum err all_lines(struct ctx *c, struct baseline_line **ret_line, size_t *ret_n)
{
    int64_t *file, *missing;
    struct baseline_line *line;
    size_t files, n;

    TRY(baseline_numbers(c, &file, &files));
    TRY(baseline_memory_missing(c, &missing, &n));
    TRY(ctx_alloc(c, files + n + 1, sizeof *line, (void *)&line));
    for (size_t i = 0; i < files; i++)
        line[i] = (struct baseline_line){ .b.number = file[i] };
    for (size_t i = 0; i < n; i++)
        line[files + i] = (struct baseline_line){ .b.number = missing[i], .missing = true };
    qsort(line, files + n, sizeof *line, by_number);
    *ret_line = line;
    *ret_n = files + n;
    return OK;
}

enum err baseline_list(struct ctx *c, struct baseline_line **ret_line, size_t *ret_n)
{
    struct baseline_line *line;
    const char *folder;
    size_t n;

    TRY(may(c, RIGHT_FIGURES));
    TRY(baseline_folder(c, &folder));
    TRY(all_lines(c, &line, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t number = line[i].b.number;
        if (baseline_open(c, number, &line[i].b) == OK) {
            baseline_close(&line[i].b);
            continue;
        }
        line[i].b = (struct baseline){ .number = number, .sealed_at = TIME_NONE, .at = TIME_NONE };
        TRY(baseline_path(c, folder, number, suffix, &line[i].b.path));
        TRY(ctx_copy(c, c->err.text, &line[i].wrong));
        err_clear(c);
    }
    *ret_line = line;
    *ret_n = n;
    return OK;
}
