// SPDX-License-Identifier: EUPL-1.2
/* Letters and messages: the log of a request, a letter to print, and who was not informed in writing. */
#ifndef PEIL_WEB_MESSAGE_H
#define PEIL_WEB_MESSAGE_H

#include "register/message.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/reply.h"
#include "web/sheet_view.h"
#include "web/today.h"

struct letter_link {
    const char *name, *code;
    const char *warning; /* why it may not go out; "" when it may */
};
struct message_page {
    struct frame frame;
    const struct request *request;
    const char *name, *safe;
    const char *helper, *helper_kind, *helper_at; /* who gets the messages too, or instead; NULL: nobody */
    bool instead;
    const struct message *message;
    size_t n;
    struct letter_link letter[LETTERS];
    size_t letters;
    struct form_view form;
};
struct letter_page {
    struct frame frame;
    const struct request *request;
    const char *name, *address, *postcode, *day, *municipality, *word, *lang;
    struct letter_text text;
    struct form_view form; /* the slots that are not known */
    const char *warning;   /* "" when it may go out */
    bool period;           /* it tells the period from..to */
    int32_t from, to;
    bool none; /* it could tell a period, but there is none: why_none */
    const char *why_none;
    bool is_letter; /* printed; else a text to send or say */
    const char *plain;
    struct tab tab[2]; /* languages */
};
struct not_informed_page {
    struct frame frame;
    struct sheet_view sheet;
    int64_t todo, explained;
};

enum err web_message_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_message_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_letter_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_letter_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_not_informed_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

enum err today_not_informed(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
