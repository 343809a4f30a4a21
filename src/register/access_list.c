// SPDX-License-Identifier: EUPL-1.2
/* What the data protection officer sees of access: reasons that were given, and who looked at what. */
#include "register/access.h"
#include "register/history.h"
#include "register/person_link.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"
#include "store/vault.h"

#include <stdlib.h>
#include <string.h>

const struct code_name access_judgements[] = {
    { "right", N_("Rightly opened") },
    { "asked", N_("Asked the lead for an explanation") },
    { "wrong", N_("Wrongly opened") },
};
const size_t access_judgement_count = COUNT(access_judgements);

/* The code on the first line, then the words. */
static enum err open_reason(struct ctx *c, int64_t person, struct blob sealed, struct access_case *x)
{
    const char *text = NULL;

    if (sealed.data == NULL || person == INT_NONE)
        return OK;
    enum err e = vault_open(c, person, sealed, &text);
    if (e == E_NOT_FOUND) {
        err_clear(c); /* the resident was erased */
        return OK;
    }
    TRY(e);
    size_t n = strcspn(text, "\n");
    char *code = arena_copy(c->arena, text, n);
    if (code == NULL)
        return FAIL(E_NOMEM, "%s", "");
    x->reason = code;
    x->why = text + n + (text[n] == '\n');
    return OK;
}

static enum err fill(struct ctx *c, const struct sql_access_case_list_row *row, struct access_case *x)
{
    *x = (struct access_case){ .id = row->id,
                               .request = row->request,
                               .account = row->account,
                               .who = row->who,
                               .kind = row->kind,
                               .starts_at = row->starts_at,
                               .ends_at = row->ends_at,
                               .judged = row->judged,
                               .judged_by = row->judged_by,
                               .judged_at = row->judged_at,
                               .looks = row->looks };
    if (!role_find(row->role, &x->role))
        return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
    request_number(row->request, time_nl_day(row->received_at), x->number);
    return open_reason(c, row->person, row->reason, x);
}

enum err access_cases(struct ctx *c, const struct access_filter *f, const struct access_case **ret_case,
                      size_t *ret_n)
{
    struct sql_access_case_list_row *row;
    struct access_case *x;
    size_t n;

    TRY(may(c, RIGHT_ACCESS_LOG));
    struct look look = { c->actor->account, "list", "access", INT_NONE };
    TRY(read_log_add(c, &look));
    TRY(sql_access_case_list(c, f->kind, f->account, f->request, f->open, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *x, (void *)&x));
    for (size_t i = 0; i < n; i++)
        TRY(fill(c, &row[i], &x[i]));
    *ret_case = x;
    *ret_n = n;
    return OK;
}

struct judging {
    int64_t id;
    const char *judgement, *note;
};

static enum err judge(struct ctx *c, void *arg)
{
    const struct judging *j = arg;
    struct sql_access_case_get_row row;
    struct happening h = HAPPENING_NONE;

    TRY(sql_access_case_get(c, j->id, &row));
    if (row.account == c->actor->account)
        return FAIL(E_FORBIDDEN, "%s", _("Somebody else must judge this."));
    struct history_of of = { "access_grant", j->id, row.person, 0 };
    h.kind = "judged";
    h.reason = j->judgement;
    h.note = row.person != INT_NONE ? j->note : NULL;
    return history_add(c, &of, &h, NULL);
}

enum err access_judge(struct ctx *c, int64_t id, const char *judgement, const char *note)
{
    struct judging j = { id, judgement, note };

    TRY(may(c, RIGHT_ACCESS_LOG));
    if (!code_known(access_judgements, access_judgement_count, judgement))
        return FAIL_FIELD("judgement", "%s", _("Choose one of the list."));
    return db_tx(c, judge, &j);
}

static struct access_look look_of(const struct sql_access_log_request_row *row)
{
    return (struct access_look){ .account = row->account,
                                 .first_at = row->first_at,
                                 .last_at = row->last_at,
                                 .times = row->times,
                                 .object_id = row->object_id,
                                 .who = row->name,
                                 .login = row->login,
                                 .action = row->action,
                                 .object = row->object };
}

static int by_last(const void *pa, const void *pb)
{
    const struct access_look *a = pa, *b = pb;

    return a->last_at > b->last_at ? -1 : a->last_at < b->last_at;
}

/* All registrations of the person whose request this is. */
static enum err looks_of_person(struct ctx *c, int64_t person, struct access_look **ret_look, size_t *ret_n)
{
    struct access_look *x;
    const int64_t *group;
    size_t n, all = 0;

    TRY(person_link_group(c, person, &group, &n));
    TRY(ctx_alloc(c, n * ACCESS_ROWS, sizeof *x, (void *)&x));
    for (size_t i = 0; i < n; i++) {
        struct sql_access_log_request_row *row;
        size_t rows;
        TRY(sql_access_log_person(c, group[i], &row, &rows));
        for (size_t k = 0; k < rows; k++)
            x[all++] = look_of(&row[k]);
    }
    qsort(x, all, sizeof *x, by_last);
    *ret_look = x;
    *ret_n = all < ACCESS_ROWS ? all : ACCESS_ROWS;
    return OK;
}

enum err access_looks_of_request(struct ctx *c, struct request_id request,
                                 const struct access_look **ret_look, size_t *ret_n)
{
    bool everything = c->actor != NULL && role_may(c->actor->role, RIGHT_ACCESS_LOG);
    struct sql_access_log_request_row *row;
    struct sql_request_get_row seen;
    struct sql_seal_get_row facts;
    struct access_look *x;
    size_t n;

    TRY(may(c, everything ? RIGHT_ACCESS_LOG : RIGHT_SEAL));
    if (!everything)
        TRY(sql_request_get(c, request.v, &seen));
    TRY(sql_seal_get(c, request.v, &facts));
    struct look look = { c->actor->account, "readers", "request", request.v };
    TRY(read_log_add(c, &look));
    if (everything && facts.person != INT_NONE) {
        TRY(looks_of_person(c, facts.person, &x, ret_n));
        *ret_look = x;
        return OK;
    }
    TRY(sql_access_log_request(c, request.v, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *x, (void *)&x));
    for (size_t i = 0; i < n; i++)
        x[i] = look_of(&row[i]);
    *ret_look = x;
    *ret_n = n;
    return OK;
}

enum err access_account(struct ctx *c, int64_t account, const char **ret_name, enum role *ret_role)
{
    struct sql_access_account_row *row;
    size_t n;

    TRY(may(c, RIGHT_ACCESS_LOG));
    TRY(sql_access_account(c, account, &row, &n));
    if (n == 0 || !role_find(row[0].role, ret_role))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    *ret_name = row[0].name;
    return OK;
}

enum err access_looks_of_account(struct ctx *c, int64_t account, const struct access_look **ret_look,
                                 size_t *ret_n)
{
    struct sql_access_log_of_account_row *row;
    struct access_look *x;
    size_t n;

    TRY(may(c, RIGHT_ACCESS_LOG));
    struct look look = { c->actor->account, "readers", "account", account };
    TRY(read_log_add(c, &look));
    TRY(sql_access_log_of_account(c, account, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *x, (void *)&x));
    for (size_t i = 0; i < n; i++)
        x[i] = (struct access_look){ .account = account,
                                     .first_at = row[i].first_at,
                                     .last_at = row[i].last_at,
                                     .times = row[i].times,
                                     .object_id = row[i].object_id,
                                     .action = row[i].action,
                                     .object = row[i].object };
    *ret_look = x;
    *ret_n = n;
    return OK;
}
