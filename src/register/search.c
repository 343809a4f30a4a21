// SPDX-License-Identifier: EUPL-1.2
#include "register/search.h"

#include "base/date.h"
#include "register/person_link.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

/* "1234" may be a number of a request and the begin of a phone number: only one that this user can open
 * counts. */
static enum err number_find(struct ctx *c, const char *text, struct request_id *ret_id)
{
    struct sql_request_get_row row;
    struct request_id id;
    char number[32];
    enum err e;

    ret_id->v = INT_NONE;
    if (!request_number_find(text, &id))
        return OK;
    e = sql_request_get(c, id.v, &row);
    if (e == E_NOT_FOUND) {
        err_clear(c);
        return OK;
    }
    TRY(e);
    request_number(id.v, time_nl_day(row.received_at), number);
    if (strchr(text, '-') == NULL || text_is(text, number)) /* another year is another number */
        *ret_id = id;
    return OK;
}

static int newest_first(const void *a, const void *b)
{
    const struct found_request *x = a, *y = b;

    if (x->received != y->received)
        return x->received > y->received ? -1 : 1;
    return x->id > y->id ? -1 : 1;
}

static enum err requests_add(struct ctx *c, int64_t person, struct found_person *p)
{
    struct sql_person_requests_row *row;
    struct found_request *all;
    size_t n;

    TRY(sql_person_requests(c, person, &row, &n));
    TRY(ctx_alloc(c, p->n + n + 1, sizeof *all, (void *)&all));
    if (p->n > 0)
        memcpy(all, p->request, p->n * sizeof *all);
    for (size_t i = 0; i < n; i++) {
        struct found_request *q = &all[p->n++];
        *q = (struct found_request){ .id = row[i].request,
                                     .urgency = row[i].urgency,
                                     .team = row[i].team,
                                     .received = time_nl_day(row[i].received_at) };
        request_number(q->id, q->received, q->number);
        if (!state_find(row[i].state, &q->state))
            return FAIL(E_CORRUPT, _("The register holds an unknown state \"%s\"."), row[i].state);
    }
    p->request = all;
    return OK;
}

/* One person with the requests of all registrations; nothing is added for a person who stands there already.
 */
static enum err person_put(struct ctx *c, const struct person_match *m, int64_t *top, struct found_person *to,
                           size_t *n)
{
    struct found_person p = { .match = *m, .birth = DAY_NONE };
    const int64_t *group;
    size_t groups;

    TRY(person_link_group(c, m->person, &group, &groups));
    for (size_t i = 0; i < *n; i++)
        if (top[i] == group[0])
            return OK;
    for (size_t i = 0; i < groups; i++)
        TRY(requests_add(c, group[i], &p));
    if (p.n == 0)
        return OK;
    struct found_request *all;
    TRY(ctx_alloc(c, p.n, sizeof *all, (void *)&all));
    memcpy(all, p.request, p.n * sizeof *all);
    qsort(all, p.n, sizeof *all, newest_first);
    p.request = all;
    if (m->birth != NULL && !date_scan(m->birth, strlen(m->birth), &p.birth))
        p.birth = DAY_NONE;
    top[*n] = group[0];
    to[(*n)++] = p;
    return OK;
}

enum err search_person(struct ctx *c, const char *text, struct found *ret_found)
{
    struct found f = { .request = { INT_NONE } };
    struct found_person *person;
    struct person_match *match;
    int64_t *top;
    size_t n;

    TRY(may(c, RIGHT_SEARCH));
    struct look look = { c->actor->account, "search", "person", INT_NONE };
    TRY(read_log_add(c, &look));
    TRY(number_find(c, text, &f.request));
    if (f.request.v != INT_NONE) {
        *ret_found = f;
        return OK;
    }
    TRY(person_search(c, text, &match, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    TRY(ctx_alloc(c, n + 1, sizeof *top, (void *)&top));
    for (size_t i = 0; i < n; i++)
        TRY(person_put(c, &match[i], top, person, &f.n));
    f.person = person;
    *ret_found = f;
    return OK;
}
