// SPDX-License-Identifier: EUPL-1.2
#include "base/text.h"
#include "register/person_link.h"
#include "register/right.h"
#include "register/search.h"
#include "unit/test.h"

#include <string.h>

static int64_t add(struct ctx *c, int64_t person, const char *name, const char *birth, int32_t received)
{
    struct request_id id = { 0 };
    struct request_form f = { .person = person,
                              .who = { .name = name, .birth = birth, .phone = "06 12345678" },
                              .question = "help",
                              .received = received,
                              .channel = "phone",
                              .route = "self",
                              .neighbourhood = INT_NONE,
                              .team = INT_NONE,
                              .urgency = URGENCY_UNKNOWN };

    CHECK_INT(request_add(c, &f, &id), OK);
    return id.v;
}

static int64_t person_of(struct ctx *c, int64_t request)
{
    struct request r;

    CHECK_INT(request_get(c, (struct request_id){ request }, &r), OK);
    return r.person;
}

TEST(search_finds_persons_with_all_their_requests)
{
    struct ctx *c = test_begin("2024-03-01");
    struct found f = { 0 };
    int64_t first = add(c, INT_NONE, "Ünal Jansen", "1951-03-03", c->today - 400);
    int64_t person = person_of(c, first), second = add(c, person, NULL, NULL, c->today);

    add(c, INT_NONE, "Piet Bakker", NULL, c->today);
    CHECK_INT(search_person(c, "unal", &f), OK);
    CHECK_INT((int64_t)f.n, 1);
    CHECK_STR(f.person[0].match.name, "Ünal Jansen");
    CHECK_INT((int64_t)f.person[0].n, 2);
    CHECK_INT(f.person[0].request[0].id, second); /* newest first */
    CHECK_INT(f.person[0].request[1].id, first);
    CHECK_INT(search_person(c, "janssen 3-3-1951", &f), OK); /* sounds the same */
    CHECK_INT((int64_t)f.n, 1);
    CHECK_INT(search_person(c, "nobody at all", &f), OK);
    CHECK_INT((int64_t)f.n, 0);
    CHECK_INT(search_person(c, "%%", &f), E_INVALID); /* not everyone */
    err_clear(c);
    CHECK_INT(search_person(c, "' OR 1=1 --", &f), OK);
    CHECK_INT((int64_t)f.n, 0);
    test_end(c);
}

TEST(search_knows_a_request_number_from_a_phone_number)
{
    struct ctx *c = test_begin("2024-03-01");
    struct found f = { 0 };
    int64_t id = add(c, INT_NONE, "Ünal Jansen", NULL, c->today);
    char text[40] = "2024-", *end = text_put_int(text + 5, id);

    *end = '\0';
    CHECK_INT(search_person(c, text, &f), OK);
    CHECK_INT(f.request.v, id);
    CHECK_INT(search_person(c, text + 5, &f), OK);
    CHECK_INT(f.request.v, id);
    text[3] = '3'; /* of another year: not this request */
    CHECK_INT(search_person(c, text, &f), OK);
    CHECK_INT(f.request.v, INT_NONE);
    CHECK_INT(search_person(c, "0612345678", &f), OK);
    CHECK_INT(f.request.v, INT_NONE);
    CHECK_INT((int64_t)f.n, 1);
    test_end(c);
}

TEST(search_shows_a_person_who_was_joined_once)
{
    struct ctx *c = test_begin("2024-03-01");
    struct found f = { 0 };
    int64_t a = person_of(c, add(c, INT_NONE, "Ünal Jansen", NULL, c->today - 3));
    int64_t b = person_of(c, add(c, INT_NONE, "Ünal Janssen", NULL, c->today - 1));

    CHECK_INT(search_person(c, "unal", &f), OK);
    CHECK_INT((int64_t)f.n, 2);
    CHECK_INT(person_link_add(c, a, b), OK);
    CHECK_INT(search_person(c, "unal", &f), OK);
    CHECK_INT((int64_t)f.n, 1);
    CHECK_INT((int64_t)f.person[0].n, 2);
    test_end(c);
}

TEST(search_stays_within_right_and_scope)
{
    struct ctx *c = test_begin("2024-03-01");
    struct actor other = { .account = INT_NONE, .role = ROLE_BOARD, .name = "x", .team = INT_NONE };
    struct found f = { 0 };
    int64_t id = add(c, INT_NONE, "Ünal Jansen", NULL, c->today);
    char text[24];

    *text_put_int(text, id) = '\0';
    c->actor = &other;
    CHECK_INT(search_person(c, "unal", &f), E_FORBIDDEN);
    err_clear(c);
    other.role = ROLE_SOCIAL_WORKER; /* of no team: sees nobody */
    other.worker = INT_NONE;
    struct scope scope = scope_of(&other);
    c->scope = &scope;
    CHECK_INT(search_person(c, "unal", &f), OK);
    CHECK_INT((int64_t)f.n, 0);
    CHECK_INT(search_person(c, text, &f), OK);
    CHECK_INT(f.request.v, INT_NONE);
    test_end(c);
}
