// SPDX-License-Identifier: EUPL-1.2
/* Reading contacts. */
#include "base/text.h"
#include "register/contact.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"
#include "store/vault.h"

static enum err begin(struct ctx *c, const char *action, int64_t id)
{
    struct look look = { c->actor != NULL ? c->actor->account : INT_NONE, action, "contact", id };

    TRY(may(c, RIGHT_CONTACT));
    return read_log_add(c, &look);
}

static enum err open_text(struct ctx *c, int64_t keeper, struct blob sealed, const char **ret_text)
{
    *ret_text = "";
    if (sealed.data == NULL || keeper == INT_NONE)
        return OK;
    enum err e = vault_open(c, keeper, sealed, ret_text);
    if (e != E_NOT_FOUND)
        return e;
    err_clear(c); /* the key was destroyed: the words are gone, the question still counts */
    *ret_text = "";
    return OK;
}

static enum err questions_of(struct ctx *c, struct contact *k, bool texts)
{
    struct sql_contact_questions_row *row;
    struct contact_question *q;

    TRY(sql_contact_questions(c, k->id, &row, &k->questions));
    TRY(ctx_alloc(c, k->questions + 1, sizeof *q, (void *)&q));
    for (size_t i = 0; i < k->questions; i++) {
        q[i] = (struct contact_question){ .contact = k->id,
                                          .seq = row[i].seq,
                                          .topic = row[i].topic,
                                          .outcome = row[i].outcome,
                                          .text = "",
                                          .request = row[i].request };
        if (texts)
            TRY(open_text(c, k->keeper, row[i].question, &q[i].text));
    }
    k->question = q;
    return OK;
}

enum err contact_get(struct ctx *c, int64_t id, struct contact *ret_contact)
{
    struct sql_contact_get_row r;
    const char **name;

    TRY(begin(c, "view", id));
    TRY(sql_contact_get(c, c->scope->all, c->scope->team, c->actor->account, id, &r));
    struct contact k = { .id = r.id,
                         .occurred_at = r.occurred_at,
                         .recorded_at = r.recorded_at,
                         .account = r.account,
                         .team = r.team,
                         .neighbourhood = r.neighbourhood,
                         .person = r.person,
                         .keeper = r.keeper,
                         .session = r.session,
                         .channel = r.channel,
                         .asker = r.asker,
                         .heard = r.heard,
                         .referrer = r.referrer,
                         .failure = r.failure,
                         .who = r.who,
                         .tally = r.tally,
                         .withdrawn = r.withdrawn };
    TRY(person_names(c, &r.person, 1, &name));
    k.name = name[0];
    TRY(questions_of(c, &k, true));
    *ret_contact = k;
    return OK;
}

static struct contact contact_of(const struct sql_contact_between_row *r)
{
    return (struct contact){ .id = r->id,
                             .occurred_at = r->occurred_at,
                             .recorded_at = r->recorded_at,
                             .account = r->account,
                             .team = r->team,
                             .neighbourhood = r->neighbourhood,
                             .person = r->person,
                             .keeper = r->keeper,
                             .session = r->session,
                             .channel = r->channel,
                             .asker = r->asker,
                             .heard = r->heard,
                             .referrer = r->referrer,
                             .failure = r->failure,
                             .who = r->who,
                             .tally = r->tally,
                             .withdrawn = r->withdrawn };
}

enum err contact_list(struct ctx *c, const struct contact_period *p, struct contact **ret_contact,
                      size_t *ret_n)
{
    struct sql_contact_between_row *row;
    struct contact *k;
    const char **name;
    int64_t *person;
    size_t n;

    TRY(begin(c, "list", INT_NONE));
    struct sql_contact_between_args args = { c->scope->all, c->scope->team, c->actor->account, p->from, p->to,
                                             p->max,        p->skip };
    TRY(sql_contact_between(c, &args, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *k, (void *)&k));
    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = row[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++) {
        k[i] = contact_of(&row[i]);
        k[i].name = name[i];
        TRY(questions_of(c, &k[i], false));
    }
    *ret_contact = k;
    *ret_n = n;
    return OK;
}

enum err contact_open(struct ctx *c, const char *asker, struct contact_waiting **ret_open, size_t *ret_n)
{
    struct sql_contact_open_row *row;
    struct contact_waiting *w;
    size_t n;

    TRY(begin(c, "list", INT_NONE));
    TRY(sql_contact_open(c, c->scope->all, c->scope->team, c->actor->account, asker, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *w, (void *)&w));
    for (size_t i = 0; i < n; i++)
        w[i] = (struct contact_waiting){ .contact = row[i].contact,
                                         .seq = row[i].seq,
                                         .occurred_at = row[i].occurred_at,
                                         .person = row[i].person,
                                         .topic = row[i].topic,
                                         .outcome = row[i].outcome,
                                         .asker = row[i].asker,
                                         .channel = row[i].channel };
    *ret_open = w;
    *ret_n = n;
    return OK;
}

enum err contact_of_person(struct ctx *c, int64_t person, struct contact_row **ret_row, size_t *ret_n)
{
    struct sql_contact_of_person_row *row;
    struct contact_row *r;
    size_t n;

    *ret_n = 0;
    if (!role_may(c->actor->role, RIGHT_CONTACT))
        return OK;
    TRY(sql_contact_of_person(c, c->scope->all, c->scope->team, c->actor->account, person, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *r, (void *)&r));
    for (size_t i = 0; i < n; i++)
        r[i] = (struct contact_row){ row[i].id, row[i].occurred_at, row[i].channel, row[i].asker };
    *ret_row = r;
    *ret_n = n;
    return OK;
}
