// SPDX-License-Identifier: EUPL-1.2
/* Contacts as numbers: failure demand, how people found us, what they ask. */
#include "base/text.h"
#include "register/contact.h"
#include "register/request.h"
#include "register/right.h"
#include "store/sql.h"

static void count(int64_t *counter, const struct code_name *list, size_t n, const char *code, int64_t by)
{
    for (size_t i = 0; i < n && i < CONTACT_CODES; i++)
        if (text_is(list[i].code, code))
            counter[i] += by;
}

static void count_contact(struct contact_figures *f, const struct sql_contact_counts_row *row)
{
    f->contacts += row->n;
    f->tallies += row->tally ? row->n : 0;
    f->failures += row->failure != NULL ? row->n : 0;
    f->heard_asked += row->heard != NULL ? row->n : 0;
    f->heard_known += row->heard != NULL && !text_is(row->heard, "unknown") ? row->n : 0;
    count(f->failure, contact_failures, contact_failure_count, row->failure, row->n);
    count(f->heard, contact_heards, contact_heard_count, row->heard, row->n);
    count(f->asker, contact_askers, contact_asker_count, row->asker, row->n);
    count(f->channel, request_channels, request_channel_count, row->channel, row->n);
}

enum err contact_figures(struct ctx *c, int64_t from, int64_t to, struct contact_figures *ret_f)
{
    struct sql_contact_counts_row *row;
    struct sql_contact_topic_counts_row *topic;
    struct contact_figures f = { 0 };
    size_t n, topics;

    if (!role_may(c->actor->role, RIGHT_CONTACT))
        TRY(may(c, RIGHT_FIGURES));
    TRY(sql_contact_counts(c, from, to, &row, &n));
    TRY(sql_contact_topic_counts(c, from, to, &topic, &topics));
    for (size_t i = 0; i < n; i++)
        count_contact(&f, &row[i]);
    for (size_t i = 0; i < topics; i++) {
        f.questions += topic[i].n;
        count(f.topic, contact_topics, contact_topic_count, topic[i].topic, topic[i].n);
        count(f.outcome, contact_outcomes, contact_outcome_count, topic[i].outcome, topic[i].n);
    }
    *ret_f = f;
    return OK;
}
