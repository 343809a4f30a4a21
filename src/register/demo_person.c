// SPDX-License-Identifier: EUPL-1.2
/* Names, birth dates, addresses and phone numbers of people who do not exist. Phone numbers begin with 06-555
 * or 0492-555, postcodes end in SA, SD or SS, which are never given out, and the streets are in no town. */
#include "base/text.h"
#include "register/demo_core.h"

#include <stdio.h>
#include <string.h>

struct names {
    double share;
    const char *const *woman, *const *man, *const *family;
    size_t women, men, families;
};
#define LIST(name, ...) static const char *const name[] = { __VA_ARGS__ }

LIST(dutch_woman, "Anna", "Maria", "Johanna", "Sanne", "Lotte", "Femke", "Marloes", "Wilhelmina", "Truus",
     "Riet", "Ans", "Mieke", "Anneke", "Ingrid", "Monique", "Esmée", "Zoë", "Noa", "Julia", "Sofie", "Fleur",
     "Nienke", "Petronella", "Gerda", "Corrie", "Tineke", "Yvonne", "Kim", "Daniëlle", "Renée", "Toos",
     "Mariëtte", "Ilse");
LIST(dutch_man, "Jan", "Piet", "Kees", "Henk", "Willem", "Joost", "Bram", "Sem", "Daan", "Luuk", "Thijs",
     "Ruud", "Harrie", "Toon", "Frans", "Wim", "Gerard", "Peter", "Marcel", "Sjaak", "Noël", "René", "Levi",
     "Finn", "Jesse", "Theo", "Antoon", "Bart", "Rob", "Dirk", "Niels", "Maarten", "Jurriën");
LIST(dutch_family, "de Jong", "Jansen", "de Vries", "van den Berg", "van Dijk", "Bakker", "Janssen", "Visser",
     "Smit", "Meijer", "de Boer", "Mulder", "van der Heijden", "Verhoeven", "van den Heuvel", "van Lieshout",
     "Manders", "van de Ven", "Swinkels", "van Bommel", "Martens", "Kuijpers", "van Hout", "Vereijken",
     "van der Linden", "Hendriks", "Peeters", "Maas", "Raaijmakers", "van 't Hoff", "in 't Veld",
     "van Oorschot", "Vermeulen", "van de Kerkhof", "Driessen", "Coolen", "Adriaans", "Koolen", "Slegers",
     "op den Camp", "ter Horst");
LIST(turkish_woman, "Fatma", "Ayşe", "Elif", "Zeynep", "Emine", "Hatice", "Özlem", "Sevgi", "Gülay", "Büşra");
LIST(turkish_man, "Mehmet", "Mustafa", "Ahmet", "Ali", "Hüseyin", "Emre", "Yusuf", "Ömer", "Serkan", "Umut");
LIST(turkish_family, "Yılmaz", "Kaya", "Demir", "Şahin", "Çelik", "Öztürk", "Arslan", "Doğan", "Koç",
     "Yıldız");
LIST(moroccan_woman, "Fatima", "Khadija", "Naima", "Samira", "Latifa", "Hafida", "Yasmina", "Soumaya",
     "Ikram");
LIST(moroccan_man, "Mohamed", "Rachid", "Hassan", "Youssef", "Karim", "Abdelkader", "Brahim", "Ilias",
     "Soufiane");
LIST(moroccan_family, "El Amrani", "Bouzid", "El Idrissi", "Benali", "Aït Lahcen", "Chakir", "El Khattabi",
     "Ouali", "Ben Haddou");
LIST(polish_woman, "Agnieszka", "Katarzyna", "Małgorzata", "Joanna", "Ewa", "Zofia", "Beata");
LIST(polish_man, "Piotr", "Krzysztof", "Andrzej", "Tomasz", "Paweł", "Marek", "Łukasz");
LIST(polish_family, "Kowalski", "Nowak", "Wiśniewski", "Wójcik", "Kamiński", "Lewandowski", "Zieliński");
LIST(syrian_woman, "Rima", "Hala", "Nour", "Rasha", "Lina", "Maya", "Sawsan");
LIST(syrian_man, "Omar", "Khaled", "Samer", "Bassel", "Anas", "Firas", "Majd");
LIST(syrian_family, "Al-Hassan", "Haddad", "Al Masri", "Khoury", "Darwish", "Al-Ahmad", "Nassar");
LIST(surinamese_woman, "Sharmila", "Cynthia", "Radjwantie", "Muriël", "Anjali", "Gracia");
LIST(surinamese_man, "Ricardo", "Dinesh", "Orlando", "Rajesh", "Humphrey", "Winston");
LIST(surinamese_family, "Ramdin", "Kartosen", "Biervliet", "Jagernath", "Pinas", "Wongsodikromo");

#define PEOPLE(share, of)                                                                                    \
    {                                                                                                        \
        share, of##_woman, of##_man, of##_family, COUNT(of##_woman), COUNT(of##_man), COUNT(of##_family)     \
    }
static const struct names peoples[] = {
    PEOPLE(64, dutch), PEOPLE(10, turkish), PEOPLE(9, moroccan),
    PEOPLE(7, polish), PEOPLE(6, syrian),   PEOPLE(4, surinamese),
};
LIST(streets, "Verzonnenstraat", "Fantasielaan", "Nergenshof", "Denkbeeldige Dreef", "Sprookjespad",
     "Niemandslaan", "Bedachtestraat", "Luchtkasteelweg", "Wolkenhof", "Dromenlaan", "Verhalenplein",
     "Schijnbeemd");
/* Answers about safe contact (register/safe_contact.h): call, leave a message, text, e-mail, letter. */
LIST(safe, "1:yyyyy:-:-:", "1:yyyyy:-:-:", "1:yyyyy:-:-:", "1:yynyy:-:-:", "1:ynyyy:-:-:",
     "1:ynnny:0900-1200:-:", "1:yyyyn:-:-:Brieven worden door een ander geopend.",
     "1:ynnnn:0900-1700:n:Zeg dat u van de fysiotherapeut bent.",
     "1:yyyyy:-:-:Bel liever met de dochter; mevrouw hoort slecht.",
     "1:nyyyy:-:-:Liever een bericht dan bellen.",
     "1:ynnny:0900-1500:n:Alleen bellen op maandag en woensdag, dan is hij alleen thuis.",
     "1:ynnny:0900-1700:n:De ex-partner is er soms in de avond.",
     "1:nnnnn:-:a:", "1:yyyyy:-:-:Tolk nodig: Arabisch.");

#define PICK(r, list) (list)[rng_below((r), COUNT(list))]

static const struct names *choose_people(struct rng *r)
{
    double share[COUNT(peoples)];

    for (size_t i = 0; i < COUNT(peoples); i++)
        share[i] = peoples[i].share;
    return &peoples[rng_choice(r, share, COUNT(peoples))];
}

static void random_of(const struct town *t, size_t i, uint64_t what, struct rng *ret_rng)
{
    rng_seed(ret_rng, t->param.seed * 0xd1342543de82ef95u + i * 8 + what);
}

/* The request whose person heads the household: an earlier one nearby, or itself. */
static size_t household(const struct town *t, size_t i)
{
    for (int step = 0; step < 8; step++) {
        struct rng r;
        random_of(t, i, 1, &r);
        if (i < 50 || rng_unit(&r) > 0.07)
            break;
        size_t other = i - 1 - rng_below(&r, i < 400 ? i : 400);
        if (t->request[other].hood != t->request[i].hood)
            break;
        i = other;
    }
    return i;
}

static void family_name(struct rng *r, const struct names *n, char *text, size_t size)
{
    double u = rng_unit(r);
    const char *first = n->family[rng_below(r, n->families)], *second = PICK(r, dutch_family);

    if (u < .06)
        snprintf(text, size, "%s-%s", first, second);
    else if (u < .065)
        snprintf(text, size, "%s-%s tot Verzonnenburg", first, second);
    else
        text_copy(text, size, first);
}

static void first_name(struct rng *r, const struct names *n, char *text, size_t size)
{
    bool woman = rng_unit(r) < .56;
    double u = rng_unit(r);
    const char *const *list = woman ? n->woman : n->man;
    size_t len = woman ? n->women : n->men;
    const char *a = list[rng_below(r, len)], *b = list[rng_below(r, len)], *d = list[rng_below(r, len)];

    if (u < .05)
        snprintf(text, size, "%s-%s", a, b);
    else if (u < .06)
        snprintf(text, size, "%s %s %s", a, b, d);
    else
        text_copy(text, size, a);
}

/* Children for questions about growing up, old people for help at home. */
static int32_t birth_day(struct rng *r, const struct town_request *q)
{
    int32_t asked = time_nl_day(q->received_at);
    double years = 20 + 50 * rng_unit(r);

    if (q->theme == TOWN_HOUSEHOLD || q->theme == TOWN_MOBILITY)
        years = 60 + 37 * rng_unit(r);
    if (q->theme >= TOWN_UPBRINGING && q->theme <= TOWN_SCHOOL_TROUBLE)
        years = 3 + 15 * rng_unit(r);
    return asked - (int32_t)(years * 365.25);
}

/* Writes behind what is in `text` and returns where. */
static const char *put(struct demo_person *p, size_t *len, const char *text)
{
    char *to = p->text + *len;

    text_copy(to, sizeof p->text - *len, text);
    *len += strlen(to) + 1;
    return to;
}

static void put_contact(struct demo_person *p, size_t *len, struct rng *r, const char *first,
                        const char *family)
{
    char text[200], mail[80];
    double u = rng_unit(r);

    snprintf(text, sizeof text, u < .8 ? "06-555%05d" : "0492-555%03d",
             (int)rng_below(r, u < .8 ? 100000 : 1000));
    if (u < .96)
        p->who.phone = put(p, len, text);
    text_fold(mail, 40, first);
    text_copy(mail + strlen(mail), 2, ".");
    text_fold(mail + strlen(mail), 40, family);
    for (char *at = mail; *at != '\0'; at++)
        if (strchr(" '", *at) != NULL)
            *at = '-';
    snprintf(text, sizeof text, "%s@post.example", mail);
    if (rng_unit(r) < .45)
        p->who.email = put(p, len, text);
    if (rng_unit(r) < .78)
        p->who.safe_contact = PICK(r, safe);
}

static void put_home(struct demo_person *p, size_t *len, const struct town *t, size_t home)
{
    static const char *const end[] = { "SA", "SD", "SS" };
    struct rng r;
    char text[80];

    random_of(t, home, 2, &r);
    snprintf(text, sizeof text, "%s %d", PICK(&r, streets), 1 + (int)rng_below(&r, 240));
    p->who.address = put(p, len, text);
    snprintf(text, sizeof text, "57%02d %s", (int)rng_below(&r, 10), PICK(&r, end));
    p->who.postcode = put(p, len, text);
}

static void drop_letter(char *name)
{
    size_t n = strlen(name);

    while (n > 1 && ((unsigned char)name[n - 1] & 0xc0) == 0x80)
        n--;
    name[n - 1] = '\0';
}

void demo_person_make(const struct town *t, size_t i, bool slip, struct demo_person *ret_p)
{
    size_t home = household(t, i), len = 0;
    char first[100], family[100], name[200];
    const struct names *n;
    struct rng r;

    memset(ret_p, 0, sizeof *ret_p);
    random_of(t, home, 3, &r);
    n = choose_people(&r);
    family_name(&r, n, family, sizeof family);
    random_of(t, i, 4, &r);
    first_name(&r, n, first, sizeof first);
    date_iso(birth_day(&r, &t->request[i]), ret_p->birth);
    bool anonymous = rng_unit(&r) < .012;
    put_contact(ret_p, &len, &r, first, family);
    put_home(ret_p, &len, t, home);
    if (anonymous) {
        ret_p->who = (struct identity){ .phone = ret_p->who.phone };
        return;
    }
    snprintf(name, sizeof name, "%s %s", first, family);
    if (slip) /* a letter too few, or no birth date */
        drop_letter(name);
    ret_p->who.name = put(ret_p, &len, name);
    if (!slip || i % 4 != 0)
        ret_p->who.birth = ret_p->birth;
}

bool demo_worker_woman(uint64_t seed, size_t i)
{
    struct rng r;

    rng_seed(&r, seed * 0xa0761d6478bd642fu + i);
    choose_people(&r);
    return rng_unit(&r) < .56; /* the first thing that first_name asks */
}

void demo_worker_name(uint64_t seed, size_t i, char *text, size_t size)
{
    char first[100], family[100];
    const struct names *n;
    struct rng r;

    rng_seed(&r, seed * 0xa0761d6478bd642fu + i);
    n = choose_people(&r);
    first_name(&r, n, first, sizeof first);
    family_name(&r, n, family, sizeof family);
    snprintf(text, size, "%s %s", first, family);
}
