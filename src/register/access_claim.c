// SPDX-License-Identifier: EUPL-1.2
#include "register/access_claim.h"

#include "base/text.h"
#include "register/history.h"
#include "register/person.h"
#include "register/person_link.h"
#include "register/right.h"
#include "store/sql.h"

const struct code_name claim_relations[] = {
    { "family", N_("Family") },
    { "friend", N_("Friend or acquaintance") },
    { "neighbour", N_("Neighbour") },
    { "colleague", N_("Family of a colleague") },
};
const size_t claim_relation_count = COUNT(claim_relations);

enum err access_claim_settle(struct ctx *c, int64_t person)
{
    const int64_t *all;
    size_t n;

    TRY(person_link_group(c, person, &all, &n));
    for (size_t i = 0; i < n; i++)
        TRY(sql_access_block_delete(c, all[i]));
    for (size_t i = 0; i < n; i++) {
        struct sql_access_claim_of_row *row;
        size_t rows;
        TRY(sql_access_claim_of(c, all[i], &row, &rows));
        for (size_t k = 0; k < rows; k++)
            for (size_t j = 0; j < n; j++)
                TRY(sql_access_block_put(c, row[k].account, all[j], c->now));
    }
    return OK;
}

/* A step of the claim; the note is sealed with the resident's key. */
static enum err step(struct ctx *c, int64_t id, int64_t person, int64_t seen, const char *kind,
                     const char *note, int64_t *ret_version)
{
    struct history_of of = { "access_claim", id, person, seen };
    struct happening h = HAPPENING_NONE;

    h.kind = kind;
    h.note = note;
    return history_add(c, &of, &h, ret_version);
}

struct claiming {
    int64_t person;
    const char *relation, *note;
};

static enum err put_claim(struct ctx *c, void *arg)
{
    const struct claiming *f = arg;
    struct sql_access_claim_insert_row added;
    int64_t version;

    TRY(person_check(c, f->person));
    TRY(sql_access_claim_insert(c, c->actor->account, f->person, f->relation, c->now, &added));
    TRY(step(c, added.id, f->person, 0, "declared", f->note, &version));
    return access_claim_settle(c, f->person);
}

enum err access_claim_add(struct ctx *c, int64_t person, const char *relation, const char *note)
{
    struct claiming f = { person, relation, note };

    TRY(may(c, RIGHT_REQUEST));
    if (c->actor->account == INT_NONE)
        return FAIL(E_FORBIDDEN, "%s", _("Only who has an account can say this."));
    if (!code_known(claim_relations, claim_relation_count, relation))
        return FAIL_FIELD("relation", "%s", _("Choose one of the list."));
    return db_tx(c, put_claim, &f);
}

/* ── For the team lead ────────────────────────────────────────────────────────────────────────────────────
 */

/* INT_NONE: all teams. */
static int64_t own_team(const struct ctx *c)
{
    return c->actor->role == ROLE_TEAM_LEAD ? c->actor->team : INT_NONE;
}

static enum err first_note(struct ctx *c, int64_t id, int64_t person, const char **ret_note)
{
    struct history_of of = { "access_claim", id, person, -1 };
    const struct happening *h;
    size_t n;

    *ret_note = NULL;
    TRY(history_all(c, &of, &h, &n));
    if (n > 0)
        *ret_note = h[0].note;
    return OK;
}

/* The name of the resident, when this user may see it. */
static enum err fill_name(struct ctx *c, struct access_claim *x)
{
    struct identity who = { 0 };
    enum err e = role_may(c->actor->role, RIGHT_REQUEST) ? person_check(c, x->person) : E_NOT_FOUND;

    x->name = "";
    if (e == E_NOT_FOUND) {
        err_clear(c);
        return OK;
    }
    TRY(e);
    TRY(person_get(c, x->person, &who));
    x->name = who.name != NULL ? who.name : "";
    return OK;
}

enum err access_claims(struct ctx *c, const struct access_claim **ret_claim, size_t *ret_n)
{
    struct sql_access_claim_open_row *row;
    struct access_claim *x;
    size_t n;

    TRY(may(c, RIGHT_SEAL));
    TRY(sql_access_claim_open(c, own_team(c), &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *x, (void *)&x));
    for (size_t i = 0; i < n; i++) {
        x[i] = (struct access_claim){ .id = row[i].id,
                                      .version = row[i].version,
                                      .account = row[i].account,
                                      .person = row[i].person,
                                      .who = row[i].who,
                                      .relation = row[i].relation,
                                      .declared_at = row[i].declared_at,
                                      .confirmed_at = row[i].confirmed_at,
                                      .confirmed_by = row[i].confirmed_by,
                                      .cases = row[i].cases };
        TRY(fill_name(c, &x[i]));
        TRY(first_note(c, x[i].id, x[i].person, &x[i].note));
    }
    *ret_claim = x;
    *ret_n = n;
    return OK;
}

struct judging {
    int64_t id, seen;
    const char *note; /* NULL: confirm */
};

static enum err judge(struct ctx *c, void *arg)
{
    const struct judging *j = arg;
    struct sql_access_claim_get_row row;
    int64_t version;
    bool ends = j->note != NULL;

    TRY(sql_access_claim_get(c, j->id, &row));
    if (own_team(c) != INT_NONE && row.team != own_team(c))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    if (row.account == c->actor->account)
        return FAIL(E_FORBIDDEN, "%s", _("Somebody else must judge what you declared yourself."));
    if (row.ended_at != TIME_NONE)
        return FAIL(E_CONFLICT, "%s", _("This block has ended already."));
    TRY(step(c, j->id, row.person, j->seen, ends ? "ended" : "confirmed", j->note, &version));
    struct sql_access_claim_put_args put = { j->id, version, ends ? row.confirmed_at : c->now,
                                             c->actor->account, ends ? c->now : TIME_NONE };
    TRY(sql_access_claim_put(c, &put));
    return access_claim_settle(c, row.person);
}

enum err access_claim_confirm(struct ctx *c, int64_t id, int64_t seen)
{
    struct judging j = { id, seen, NULL };

    TRY(may(c, RIGHT_SEAL));
    return db_tx(c, judge, &j);
}

enum err access_claim_end(struct ctx *c, int64_t id, int64_t seen, const char *note)
{
    struct judging j = { id, seen, note };

    TRY(may(c, RIGHT_SEAL));
    if (text_empty(note))
        return FAIL_FIELD("why", "%s", _("Write down why."));
    return db_tx(c, judge, &j);
}
