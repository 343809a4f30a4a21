// SPDX-License-Identifier: EUPL-1.2
/* Legal terms on the page of today. */
#include "base/text.h"
#include "register/application.h"
#include "register/config.h"
#include "register/late_letter.h"
#include "web/law.h"
#include "web/show.h"

enum { SOON = 5 }; /* working days */

static enum err url_of(struct ctx *c, int64_t request, const char **ret_url)
{
    char url[64] = "/requests/";
    char *end = text_put_int(url + 10, request);

    text_copy(end, 8, "/law");
    return ctx_copy(c, url, ret_url);
}

/* Own requests for a worker, the team for its lead, decisions for the back office. */
enum err today_terms(struct ctx *c, struct today_block *b)
{
    bool own = c->actor->role == ROLE_SOCIAL_WORKER;
    struct due_term *due;
    const struct config *k;
    int64_t *person;
    const char **name;
    size_t n;

    if (own && c->actor->worker == INT_NONE)
        return OK; /* nobody's */
    TRY(config_get(c, &k));
    TRY(due_terms(c, own ? c->actor->worker : INT_NONE, calendar_add_working(&k->calendar, c->today, SOON),
                  &due, &n));
    b->title = _("Legal terms: late or within 5 working days");
    b->url = "/law/terms";
    b->count = (int64_t)n;
    b->empty = _("No legal term ends within 5 working days.");
    b->late = n > 0 && due[0].term.overdue;
    size_t shown = n < TODAY_ROWS ? n : TODAY_ROWS;
    TRY(ctx_alloc(c, shown + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < shown; i++)
        person[i] = due[i].person;
    TRY(person_names(c, person, shown, &name));
    for (size_t i = 0; i < shown; i++) {
        struct today_row *row = today_row_add(b);
        bool late = due[i].term.overdue;
        row->text = resident_name(c, name[i]);
        row->sub = law_kind_name(c, due[i].term.kind);
        row->badge = late ? _("Too late") : day_text(c, due[i].term.now.due);
        row->look = late ? "danger" : "warning";
        TRY(url_of(c, due[i].request, &row->url));
    }
    return OK;
}

enum err today_letters(struct ctx *c, struct today_block *b)
{
    const struct late_letter *l;
    int64_t total;
    size_t n;

    TRY(late_letter_count(c, &total));
    b->title = _("Letters: six weeks have passed");
    b->url = "/law/letters";
    b->count = total;
    b->empty = _("No letter is ready. Every report is within its six weeks, or was told.");
    b->late = total > 0;
    if (total == 0)
        return OK;
    TRY(late_letter_list(c, &l, &n, &total));
    for (size_t i = 0; i < n && i < TODAY_ROWS; i++) {
        struct today_row *row = today_row_add(b);
        row->text = resident_name(c, l[i].name);
        row->sub = _("The six weeks are over. The letter is ready.");
        row->badge = day_text(c, l[i].due);
        row->look = "danger";
        TRY(url_of(c, l[i].request, &row->url));
    }
    return OK;
}
