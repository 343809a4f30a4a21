// SPDX-License-Identifier: EUPL-1.2
#include "register/person_file.h"

#include "register/person_link.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

#define REQUESTS_MOST 60

static int by_received(const void *pa, const void *pb)
{
    const struct sql_person_requests_row *a = pa, *b = pb;

    if (a->received_at != b->received_at)
        return a->received_at > b->received_at ? -1 : 1;
    return a->request > b->request ? -1 : a->request < b->request;
}

/* The numbers of the requests that this user sees, and how many there are besides. */
static enum err find_requests(struct ctx *c, const int64_t *group, size_t n,
                              struct sql_person_requests_row *ret_row, size_t *ret_n, int64_t *ret_hidden)
{
    size_t found = 0;

    *ret_hidden = 0;
    for (size_t i = 0; i < n; i++) {
        struct sql_person_requests_row *row;
        struct sql_person_reach_row reach;
        size_t rows;
        TRY(sql_person_requests(c, group[i], &row, &rows));
        TRY(sql_person_reach(c, group[i], INT_NONE, &reach));
        *ret_hidden += reach.requests - (int64_t)rows;
        for (size_t k = 0; k < rows && found < REQUESTS_MOST; k++)
            ret_row[found++] = row[k];
    }
    qsort(ret_row, found, sizeof *ret_row, by_received);
    *ret_n = found;
    return OK;
}

static enum err fill_requests(struct ctx *c, const int64_t *group, size_t n, struct person_file *f)
{
    struct sql_person_requests_row *row;
    struct person_request *x;

    TRY(ctx_alloc(c, REQUESTS_MOST, sizeof *row, (void *)&row));
    TRY(find_requests(c, group, n, row, &f->requests, &f->hidden));
    TRY(ctx_alloc(c, f->requests + 1, sizeof *x, (void *)&x));
    for (size_t i = 0; i < f->requests; i++) {
        TRY(request_get(c, (struct request_id){ row[i].request }, &x[i].request));
        TRY(regie_of(c, &x[i].request, &x[i].regie, &x[i].regies));
        x[i].ave = ave_of(&x[i].request);
        if (x[i].request.now.ended_at == TIME_NONE && x[i].ave.level > f->ave)
            f->ave = x[i].ave.level;
    }
    f->request = x;
    return OK;
}

/* A housemate's escalation concerns the whole household, as far as this user sees it. */
static enum err fill_household(struct ctx *c, struct person_file *f)
{
    TRY(household_of(c, f->person, &f->household, &f->households));
    for (size_t i = 0; i < f->households; i++)
        for (size_t k = 0; k < f->household[i].now; k++) {
            int64_t level;
            if (f->household[i].member[k].self)
                continue;
            TRY(ave_person_level(c, f->household[i].member[k].person, &level));
            f->ave = level > f->ave ? level : f->ave;
        }
    return OK;
}

static enum err fill_others(struct ctx *c, const int64_t *group, size_t n, struct person_file *f)
{
    struct person_other *o;

    TRY(ctx_alloc(c, n, sizeof *o, (void *)&o));
    for (size_t i = 1; i < n; i++) {
        struct sql_person_reach_row reach;
        o[i - 1].person = group[i];
        TRY(person_get_own(c, group[i], &o[i - 1].who, NULL));
        TRY(sql_person_reach(c, group[i], INT_NONE, &reach));
        o[i - 1].requests = reach.requests;
    }
    f->other = o;
    f->others = n - 1;
    return OK;
}

static enum err fill_timeline(struct ctx *c, const int64_t *group, size_t n, struct person_file *f)
{
    struct request *request;

    TRY(ctx_alloc(c, f->requests + 1, sizeof *request, (void *)&request));
    for (size_t i = 0; i < f->requests; i++)
        request[i] = f->request[i].request;
    struct timeline_of of = { group, n, request, f->requests };
    return timeline_read(c, &of, &f->timeline);
}

enum err person_file_get(struct ctx *c, int64_t person, struct person_file *ret_file)
{
    struct person_file f = { .ave = AVE_LEAST };
    struct sql_person_seal_get_row *seal;
    const int64_t *group;
    size_t n, seals;

    TRY(may(c, RIGHT_REQUEST));
    TRY(person_check(c, person));
    TRY(person_link_group(c, person, &group, &n));
    struct look look = { c->actor->account, "view", "person", group[0] };
    TRY(read_log_add(c, &look));
    f.person = group[0];
    TRY(person_get_own(c, f.person, &f.who, &f.serial));
    TRY(sql_person_seal_get(c, f.person, &seal, &seals));
    f.sealed = seals > 0;
    TRY(fill_requests(c, group, n, &f));
    TRY(fill_household(c, &f));
    TRY(network_of(c, f.person, &f.helper, &f.helpers));
    TRY(fill_others(c, group, n, &f));
    TRY(fill_timeline(c, group, n, &f));
    *ret_file = f;
    return OK;
}
