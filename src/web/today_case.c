// SPDX-License-Identifier: EUPL-1.2
/* The blocks of today about cases: new ones, steps that are late, who must be told, cases without a worker.
 */
#include "base/text.h"
#include "web/caseload.h"
#include "web/form_page.h"
#include "web/show.h"

static enum err row_put(struct ctx *c, const struct case_row *k, const char *sub, struct today_block *b)
{
    struct today_row *row = today_row_add(b);

    if (row == NULL)
        return OK;
    row->text = resident_name(c, k->name);
    row->sub = sub;
    return path_of(c, "/requests/{}", k->id, &row->url);
}

/* What a worker did not take yet. */
enum err today_new_cases(struct ctx *c, struct today_block *b)
{
    struct caseload load;

    if (c->actor->worker == INT_NONE)
        return OK;
    b->title = _("New for you");
    b->url = "/caseload";
    b->empty = _("There is no new case for you.");
    b->count = 0;
    TRY(caseload_get(c, c->actor->worker, &load));
    for (size_t i = 0; i < load.n; i++)
        if (!load.row[i].accepted && !load.row[i].shared) {
            b->count++;
            TRY(row_put(c, &load.row[i], load.row[i].number, b));
        }
    return OK;
}

enum err today_late_steps(struct ctx *c, struct today_block *b)
{
    struct caseload load;

    if (c->actor->worker == INT_NONE)
        return OK;
    b->title = _("Next step is late");
    b->url = "/caseload";
    b->empty = _("No next step is late.");
    b->late = true;
    b->count = 0;
    TRY(caseload_get(c, c->actor->worker, &load));
    for (size_t i = 0; i < load.n; i++)
        if (load.row[i].next != DAY_NONE && load.row[i].next < c->today && !load.row[i].shared) {
            b->count++;
            TRY(row_put(c, &load.row[i], day_text(c, load.row[i].next), b));
        }
    return OK;
}

enum err today_to_tell(struct ctx *c, struct today_block *b)
{
    struct to_tell *t;
    size_t n;

    b->title = _("Tell about the new worker");
    b->url = "/caseload/inform";
    b->empty = _("Everyone with another worker has been told.");
    TRY(caseload_to_tell(c, &t, &n));
    b->count = (int64_t)n;
    for (size_t i = 0; i < n && i < TODAY_ROWS; i++) {
        struct today_row *row = today_row_add(b);
        row->text = resident_name(c, t[i].name);
        row->sub = t[i].worker_name;
        TRY(path_of(c, "/requests/{}", t[i].id, &row->url));
    }
    return OK;
}

enum err today_no_worker(struct ctx *c, struct today_block *b)
{
    int64_t *id;
    size_t n;

    b->title = _("Worker has left");
    b->url = "/caseload";
    b->empty = _("Every case has a worker who is here.");
    b->late = true;
    TRY(caseload_left(c, c->actor->team, &id, &n));
    b->count = (int64_t)n;
    for (size_t i = 0; i < n && i < TODAY_ROWS; i++) {
        struct today_row *row = today_row_add(b);
        row->text = typed_number_text(c, id[i]);
        TRY(path_of(c, "/requests/{}/allocate", id[i], &row->url));
    }
    return OK;
}
