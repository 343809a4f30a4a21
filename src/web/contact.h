// SPDX-License-Identifier: EUPL-1.2
/* Contacts: the list with its small tables, and one contact. */
#ifndef PEIL_WEB_CONTACT_H
#define PEIL_WEB_CONTACT_H

#include "register/contact.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/reply.h"
#include "web/sheet_view.h"
#include "web/today.h"

struct share_view {
    const char *label;
    int64_t n;
    const char *share; /* "38 %"; "" when the group is too small */
};
struct contact_table {
    const char *title, *note;
    const struct share_view *row;
    size_t n;
};
struct contact_list_page {
    struct frame frame;
    struct sheet_view sheet;
    struct form_view period;
    struct contact_figures figures;
    struct contact_table table[4];
    size_t tables;
};

struct question_view {
    int64_t seq, request;
    const char *topic, *outcome, *text, *look;
    bool to_register; /* its request has to be written */
    bool open;
};
struct callback_view {
    int64_t id;
    const char *state, *look, *name;
    int32_t due;
    int64_t attempts;
};
struct contact_page {
    struct frame frame;
    const struct contact *contact;
    const char *channel, *asker, *heard, *referrer, *failure, *neighbourhood, *safe;
    const struct question_view *question;
    size_t n;
    const struct callback_view *callback;
    size_t callbacks;
    struct form_view settle;
    bool may_settle;
};

enum err web_contact_list_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_contact_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_contact_settle_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_contact_withdraw_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* Blocks of today: questions without an answer, requests to write; those of providers. */
enum err today_questions(struct ctx *c, struct today_block *b) MUST_CHECK;

/* "danger" for late, "warning" for tried in vain ... */
enum err callback_views(struct ctx *c, const struct callback *b, size_t n,
                        struct callback_view **ret_view) MUST_CHECK;

#endif
