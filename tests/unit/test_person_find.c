// SPDX-License-Identifier: EUPL-1.2
/* A caller is found by what is heard: a number in any form, a name that sounds alike, a birth date. */
#include "register/phone_number.h"
#include "register/request.h"
#include "store/name_index.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <string.h>

static struct request_id add(struct ctx *c, const char *name, const char *birth, const char *phone)
{
    struct request_id id = { 0 };
    struct request_form f = asked(c);

    f.who.name = name;
    f.who.birth = birth;
    f.who.phone = phone;
    f.question = "Money";
    CHECK(request_add(c, &f, &id) == OK);
    return id;
}

TEST(person_phone_numbers_are_known_in_every_form)
{
    static const char *const form[][2] = {
        { "06-55512345", "0655512345" },      { "+31 6 555 12345", "0655512345" },
        { "0031655512345", "0655512345" },    { "+31 (0)6 555 123 45", "0655512345" },
        { "31655512345", "0655512345" },      { "0492/555555", "0492555555" },
        { "(0492) 55 55 55", "0492555555" },  { "+32 470 12 34 56", "32470123456" },
        { "+48 601 234 567", "48601234567" }, { "", "" },
        { "0031 0492 555555", "0492555555" }, { "112", "112" },
    };
    char digits[NAME_PHONE];

    for (size_t i = 0; i < COUNT(form); i++) {
        phone_digits(digits, sizeof digits, form[i][0]);
        CHECK_STR(digits, form[i][1]);
    }
    phone_digits(digits, sizeof digits, NULL);
    CHECK_STR(digits, "");
    CHECK(phone_like("0492/55", 4));
    CHECK(!phone_like("Jan 0492", 4));
    CHECK(!phone_like("049", 4));
}

/* The name of the first match; "" for none. */
static const char *first(struct ctx *c, const char *text)
{
    struct person_match *m = NULL;
    size_t n = 0;

    if (!CHECK(person_search(c, text, &m, &n) == OK))
        err_clear(c);
    return n > 0 ? m[0].name : "";
}

TEST(person_search_hears_names)
{
    static const struct {
        const char *typed, *found;
    } rows[] = {
        { "jan jansen", "Jan Jansen" },
        { "janssen", "Jan Jansen" },  /* double letter */
        { "meyer", "Corrie Meijer" }, /* y for ij */
        { "corry meier", "Corrie Meijer" },
        { "van den berg", "Truus van den Berg" },
        { "v.d. berg", "Truus van den Berg" }, /* the particle may be absent */
        { "vandenberg", "Truus van den Berg" },
        { "berg truus", "Truus van den Berg" },
        { "elamrani", "Fatima El Amrani" },
        { "el amranie", "Fatima El Amrani" },
        { "chadija", "Khadija Aït Lahcen" },
        { "rashid", "Rachid Bouzid" },
        { "joesoef", "Yusuf Öztürk" },
        { "ozturk", "Yusuf Öztürk" },
        { "yilmas", "Ayşe Yılmaz" },
        { "Aisha Yilmaz", "Ayşe Yılmaz" },
        { "kovalski", "Paweł Kowalski" },
        { "lukas", "Łukasz Wójcik" },
        { "abdelkader", "Abdel-Kader Benali" },
        { "renee", "Renée Thijssen" },
        { "tijsen", "Renée Thijssen" },
        { "0655512", "Jan Jansen" },
        { "+31 6 555 12345", "Jan Jansen" },
        { "0492/555555", "Corrie Meijer" },
        { "3-3-1951", "Truus van den Berg" },
        { "berch 3-3-1951", "Truus van den Berg" },
        { "jansen 4-4-1951", "" },
        { "zzz", "" },
        { "ansen", "" },
    };
    struct ctx *c = test_begin("2024-01-03");

    add(c, "Jan Jansen", "1980-05-01", "06-55512345");
    add(c, "Corrie Meijer", NULL, "0492-555555");
    add(c, "Truus van den Berg", "1951-03-03", NULL);
    add(c, "Fatima El Amrani", NULL, NULL);
    add(c, "Khadija Aït Lahcen", NULL, NULL);
    add(c, "Rachid Bouzid", NULL, NULL);
    add(c, "Yusuf Öztürk", NULL, NULL);
    add(c, "Ayşe Yılmaz", NULL, NULL);
    add(c, "Paweł Kowalski", NULL, NULL);
    add(c, "Łukasz Wójcik", NULL, NULL);
    add(c, "Abdel-Kader Benali", NULL, NULL);
    add(c, "Renée Thijssen", NULL, NULL);
    for (size_t i = 0; i < COUNT(rows); i++)
        test_check_str(first(c, rows[i].typed), rows[i].found, __FILE__, __LINE__, rows[i].typed);
    test_end(c);
}

TEST(person_search_ranks_exact_then_prefix_then_sound)
{
    struct ctx *c = test_begin("2024-01-03");
    struct person_match *m;
    size_t n;

    add(c, "Piet Smidt", NULL, NULL);
    add(c, "Piet Smits", NULL, NULL);
    add(c, "Piet Smit", NULL, NULL);
    CHECK(person_search(c, "smit", &m, &n) == OK);
    if (CHECK_INT((int64_t)n, 3)) {
        CHECK_STR(m[0].name, "Piet Smit");
        CHECK_STR(m[1].name, "Piet Smits");
        CHECK_STR(m[2].name, "Piet Smidt");
    }
    CHECK(person_search(c, "  ", &m, &n) == E_INVALID);
    test_end(c);
}

TEST(person_search_follows_a_changed_name)
{
    struct ctx *c = test_begin("2024-01-03");
    struct identity who = { .name = "Anna Bakker" };
    struct request r;

    CHECK(request_get(c, add(c, "Anna Visser", NULL, NULL), &r) == OK);
    CHECK_STR(first(c, "visser"), "Anna Visser");
    CHECK(person_change(c, r.person, &who) == OK);
    CHECK_STR(first(c, "visser"), "");
    CHECK_STR(first(c, "bakker"), "Anna Bakker");
    CHECK_STR(first(c, "anna"), "Anna Bakker");
    test_end(c);
}

TEST(person_find_same_hears_names_with_the_same_birth_date)
{
    struct ctx *c = test_begin("2024-01-03");
    struct identity who = { .name = "Pavel Kovalsky", .birth = "1990-02-01" };
    struct person_match *m;
    size_t n;

    add(c, "Paweł Kowalski", "1990-02-01", NULL);
    CHECK(person_find_same(c, &who, &m, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    who.birth = "1990-02-02";
    CHECK(person_find_same(c, &who, &m, &n) == OK);
    CHECK_INT((int64_t)n, 0);
    test_end(c);
}
