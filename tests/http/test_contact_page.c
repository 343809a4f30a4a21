// SPDX-License-Identifier: EUPL-1.2
/* The pages of contacts, call-backs, letters and the phone: what is typed is kept, what is wrong is said at
 * its field, and who may not see something does not. */
#include "base/buf.h"
#include "base/text.h"
#include "http/page.h"
#include "unit/test.h"
#include "web/site.h"

#include <string.h>

static void ask(int port, const char *method, const char *path, const char *body, struct answer *a)
{
    struct buf b = { 0 };

    buf_printf(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\n", method, path);
    if (body != NULL)
        buf_printf(&b, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n",
                   strlen(body));
    buf_printf(&b, "\r\n%s", body != NULL ? body : "");
    CHECK(client_ask(port, buf_text(&b), a));
    buf_free(&b);
}

#define CALL                                                                                                 \
    "channel=phone&asker=resident&question-0-topic=money&question-0-outcome=answered&question-0-text=Budget"

TEST(contact_page_keeps_what_was_typed)
{
    struct ctx *c = test_begin("2024-01-03");
    struct answer a = { 0 };
    struct site *site;
    int port = page_begin(c, ROLE_INTAKE, &site);

    ask(port, "POST", "/contacts", CALL "&name=Truus+Bakker&person=new&question-1-topic=weather", &a);
    CHECK_INT(a.status, 422);
    page_says(&a, "Budget");
    page_says(&a, "Truus Bakker");
    ask(port, "POST", "/contacts", CALL "&name=Truus+Bakker&person=new", &a);
    CHECK_INT(a.status, 422); /* safe contact was not asked */
    page_says(&a, "veilig kunnen bereiken");
    ask(port, "POST", "/contacts", CALL "&name=Truus+Bakker&person=new&safe_call=yes&safe_from=9%3A00", &a);
    CHECK_INT(a.status, 422); /* one time without the other */
    ask(port, "POST", "/contacts", CALL "&name=Truus+Bakker&person=new&safe_call=yes", &a);
    CHECK_INT(a.status, 303);
    ask(port, "GET", "/contacts/1", NULL, &a);
    CHECK_INT(a.status, 200);
    page_says(&a, "Budget");
    ask(port, "POST", "/contacts", "channel=phone&asker=resident&name=bakker",
        &a); /* only a caller: looks who it is */
    CHECK_INT(a.status, 200);
    page_says(&a, "Truus Bakker");
    ask(port, "POST", "/contacts/1/questions", "seq=1&outcome=answered", &a);
    CHECK_INT(a.status, 409); /* it has been answered already */
    ask(port, "GET", "/contacts/99", NULL, &a);
    CHECK_INT(a.status, 404);
    site_stop(site);
    client_free(&a);
    test_end(c);
}

TEST(contact_page_of_someone_else_is_not_found)
{
    struct ctx *c = test_begin("2024-01-03");
    struct answer a = { 0 };
    struct site *site;
    int port = page_begin(c, ROLE_INTAKE, &site);

    ask(port, "POST", "/contacts", CALL, &a);
    CHECK_INT(a.status, 303);
    ask(port, "POST", "/callbacks", "phone=0655512345&name=Jan", &a);
    CHECK_INT(a.status, 303);
    site_stop(site);
    port = page_begin(c, ROLE_SOCIAL_WORKER, &site);
    ask(port, "GET", "/contacts/1", NULL, &a);
    CHECK_INT(a.status, 404);
    ask(port, "GET", "/callbacks/1", NULL, &a);
    CHECK_INT(a.status, 404);
    site_stop(site);
    client_free(&a);
    test_end(c);
}

TEST(callback_page_shows_who_was_first)
{
    struct ctx *c = test_begin("2024-01-03");
    struct answer a = { 0 };
    struct site *site;
    int port = page_begin(c, ROLE_INTAKE, &site);

    ask(port, "POST", "/callbacks", "name=Jan", &a);
    CHECK_INT(a.status, 422); /* no number */
    ask(port, "POST", "/callbacks", "phone=0655512345&name=Jan", &a);
    CHECK_INT(a.status, 303);
    ask(port, "POST", "/callbacks/1/attempts", "seen=1&result=not_reached&note=Geen+gehoor", &a);
    CHECK_INT(a.status, 303);
    ask(port, "POST", "/callbacks/1/attempts", "seen=1&result=reached&note=Tweede+beller", &a);
    CHECK_INT(a.status, 409);
    page_says(&a, "Tweede beller"); /* what was typed stays */
    page_says(&a, "Geen gehoor");   /* and what the other one did is there */
    site_stop(site);
    client_free(&a);
    test_end(c);
}

TEST(letter_page_is_refused_when_it_is_not_safe)
{
    struct ctx *c = test_begin("2024-01-03");
    struct answer a = { 0 };
    struct site *site;
    int port = page_begin(c, ROLE_INTAKE, &site);

    ask(port, "POST", "/requests",
        "name=Truus+Bakker&safe_call=yes&safe_letter=no&question=Help&received=2-1-2024&danger=no&urgency=2",
        &a);
    CHECK_INT(a.status, 303);
    ask(port, "GET", "/requests/1/letters/six-weeks", NULL, &a);
    CHECK_INT(a.status, 200);
    page_says(&a, "Beste Truus Bakker");
    page_says(&a, "Geen brief sturen");
    ask(port, "GET", "/requests/1/letters/six-weeks?lang=en", NULL, &a);
    page_says(&a, "Dear Truus Bakker");
    ask(port, "POST", "/requests/1/letters/six-weeks", "step=sent&name=T&asked=x&phone=1&lang=nl", &a);
    CHECK_INT(a.status, 422);
    ask(port, "POST", "/requests/1/letters/on-list", "step=sent&name=T&lang=nl", &a);
    CHECK_INT(a.status, 422); /* the period is not filled in */
    ask(port, "GET", "/requests/1/letters/poem", NULL, &a);
    CHECK_INT(a.status, 404);
    ask(port, "GET", "/requests/1/messages", NULL, &a);
    CHECK_INT(a.status, 200);
    site_stop(site);
    client_free(&a);
    test_end(c);
}

TEST(phone_page_counts_a_half_hour)
{
    struct ctx *c = test_begin("2024-01-03");
    struct answer a = { 0 };
    struct site *site;
    int port = page_begin(c, ROLE_INTAKE, &site);

    ask(port, "POST", "/phone", "day=2-1-2024&half_hour=18&offered=20&answered=25", &a);
    CHECK_INT(a.status, 422);
    ask(port, "POST", "/phone", "day=2-1-2024&half_hour=18&offered=20&answered=15&seconds=900", &a);
    CHECK_INT(a.status, 303);
    ask(port, "GET", "/phone?day=2-1-2024", NULL, &a);
    CHECK_INT(a.status, 200);
    page_says(&a, "09:00-09:30");
    ask(port, "GET", "/phone?day=2-1-2024&format=csv", NULL, &a);
    CHECK_INT(a.status, 403); /* taking lists out is a right of its own */
    site_stop(site);
    client_free(&a);
    test_end(c);
}
