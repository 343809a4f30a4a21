// SPDX-License-Identifier: EUPL-1.2
#include "register/late_letter.h"

#include "base/text.h"
#include "register/batch.h"
#include "register/message.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static enum err letter_fill(struct ctx *c, const struct config *k, const struct sql_law_letters_row *row,
                            struct late_letter *l)
{
    struct identity who = { 0 };
    struct safe_contact safe;

    if (row->person != INT_NONE)
        TRY(person_get(c, row->person, &who));
    safe_contact_read(who.safe_contact, &safe);
    *l = (struct late_letter){ .request = row->request,
                               .name = or_empty(who.name),
                               .address = or_empty(who.address),
                               .postcode = or_empty(who.postcode),
                               .team = config_team_name(k, row->team),
                               .reported = time_nl_day(row->reported_at),
                               .due = law_research_due(&k->calendar, row->reported_at),
                               .letter = safe_contact_verdict(&safe, WAY_LETTER, 12 * 60) };
    l->days = c->today - l->due;
    l->warning = l->letter == SAFE_STOP ? safe_contact_warning(c, &safe, WAY_LETTER, 12 * 60) : "";
    request_number(row->request, time_nl_day(row->received_at), l->number);
    return OK;
}

static enum err ready(struct ctx *c, const char *action, struct late_letter **ret_letter, size_t *ret_n)
{
    struct look look = { c->actor->account, action, "late_letter", INT_NONE };
    struct sql_law_letters_row *row;
    struct late_letter *l;
    const struct config *k;
    size_t n;

    TRY(config_get(c, &k));
    TRY(sql_law_letters(c, law_research_cutoff(&k->calendar, c->today), INT_NONE, LATE_LETTERS, &row, &n));
    TRY(read_log_add(c, &look));
    TRY(ctx_alloc(c, n + 1, sizeof *l, (void *)&l));
    for (size_t i = 0; i < n; i++)
        TRY(letter_fill(c, k, &row[i], &l[i]));
    *ret_letter = l;
    *ret_n = n;
    return OK;
}

enum err late_letter_count(struct ctx *c, int64_t *ret_n)
{
    struct sql_law_letter_count_row row;
    const struct config *k;

    TRY(may(c, RIGHT_WMO));
    TRY(config_get(c, &k));
    TRY(sql_law_letter_count(c, law_research_cutoff(&k->calendar, c->today), &row));
    *ret_n = row.n;
    return OK;
}

enum err late_letter_list(struct ctx *c, const struct late_letter **ret_letter, size_t *ret_n,
                          int64_t *ret_total)
{
    struct late_letter *l;

    TRY(may(c, RIGHT_WMO));
    TRY(ready(c, "list", &l, ret_n));
    TRY(late_letter_count(c, ret_total));
    *ret_letter = l;
    return OK;
}

/* The one template of this letter (letter.h), in Dutch: the resident reads it. */
static enum err write_letter(struct ctx *c, int64_t request, struct letter_text *ret_text)
{
    struct letter_slots slots;
    struct request q;

    TRY(request_get(c, (struct request_id){ request }, &q));
    TRY(letter_slots_fill(c, &q, LETTER_SIX_WEEKS, LANG_NL, &slots));
    return letter_render(c, LETTER_SIX_WEEKS, LANG_NL, &slots, ret_text);
}

static bool asked_for(int64_t request, const int64_t *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == request)
            return true;
    return n == 0;
}

enum err late_letter_print(struct ctx *c, const int64_t *request, size_t n,
                           const struct late_letter **ret_letter, size_t *ret_n)
{
    struct late_letter *l;
    size_t all, kept = 0;

    TRY(may(c, RIGHT_WMO));
    TRY(ready(c, "print", &l, &all));
    for (size_t i = 0; i < all; i++)
        if (asked_for(l[i].request, request, n) && l[i].letter != SAFE_STOP)
            l[kept++] = l[i];
    if (kept == 0)
        return FAIL(E_NOT_FOUND, "%s", _("There is no letter to print."));
    for (size_t i = 0; i < kept; i++)
        TRY(write_letter(c, l[i].request, &l[i].text));
    *ret_letter = l;
    *ret_n = kept;
    return OK;
}

struct sending {
    const int64_t *request;
    size_t n, done;
    int64_t batch;
};

/* In the log of messages; it holds the text, and refuses what is not safe. */
static enum err log_letter(struct ctx *c, int64_t request, int64_t event)
{
    struct message_form m = { .request = { request },
                              .kind = letter_kinds[LETTER_SIX_WEEKS].code,
                              .way = "letter",
                              .at = TIME_NONE,
                              .lang = LANG_NL,
                              .event = event };
    struct letter_text text;
    int64_t id;

    TRY(write_letter(c, request, &text));
    TRY(letter_plain(c, &text, &m.text));
    return message_add(c, &m, &id);
}

static enum err send_all(struct ctx *c, void *arg)
{
    struct sending *s = arg;

    s->done = 0;
    TRY(batch_begin(c, "late_letter", &s->batch));
    for (size_t i = 0; i < s->n; i++) {
        struct law_step step = { .request = { s->request[i] },
                                 .version = -1,
                                 .kind = KIND_LATE_LETTER,
                                 .day = c->today,
                                 .application = INT_NONE,
                                 .until = DAY_NONE,
                                 .number = INT_NONE };
        struct sql_law_get_row *row;
        size_t rows;
        int64_t seq;
        TRY(sql_law_get(c, s->request[i], &row, &rows));
        if (rows == 0 || !row[0].letter)
            continue;
        TRY(law_step_add(c, &step, &seq));
        TRY(batch_put(c, s->batch, s->request[i], seq));
        TRY(log_letter(c, s->request[i], seq));
        s->done++;
    }
    return OK;
}

enum err late_letter_sent(struct ctx *c, const int64_t *request, size_t n, int64_t *ret_batch, size_t *ret_n)
{
    struct sending s = { .request = request, .n = n };

    TRY(may(c, RIGHT_WMO));
    if (n == 0)
        return FAIL_FIELD("request", "%s", _("First choose one or more letters."));
    if (n > LATE_LETTERS)
        return FAIL_FIELD("request", "%s", _("Choose at most 500 letters at once."));
    TRY(db_tx(c, send_all, &s));
    *ret_batch = s.batch;
    *ret_n = s.done;
    return OK;
}

enum err research_count_get(struct ctx *c, struct research_count *ret_count)
{
    int32_t first = c->today - 7 * RESEARCH_WEEKS;
    struct research_count r = { 0 };
    struct sql_law_reports_row *row;
    const struct config *k;
    size_t n;

    TRY(may(c, RIGHT_WMO));
    TRY(config_get(c, &k));
    TRY(sql_law_reports(c, law_research_cutoff(&k->calendar, first),
                        law_research_cutoff(&k->calendar, c->today), &row, &n));
    for (size_t i = 0; i < n; i++) {
        int32_t due = law_research_due(&k->calendar, row[i].reported_at);
        bool sent = row[i].account_at != TIME_NONE;
        if (!sent && row[i].ended_at != TIME_NONE && time_nl_day(row[i].ended_at) <= due) {
            r.dropped++;
            continue;
        }
        r.due++;
        r.kept += sent && time_nl_day(row[i].account_at) <= due;
        r.late += (sent && time_nl_day(row[i].account_at) > due) || (!sent && row[i].ended_at != TIME_NONE);
        r.open += !sent && row[i].ended_at == TIME_NONE;
        r.letters += row[i].letter_at != TIME_NONE;
    }
    *ret_count = r;
    return OK;
}
