// SPDX-License-Identifier: EUPL-1.2
/* Partners of the made-up municipality: from getting to know each other to agreements, contact persons, and
 * the agreements with whether they were kept. */
#include "base/rng.h"
#include "base/text.h"
#include "register/agreement.h"
#include "register/demo_place.h"
#include "register/partner.h"
#include "register/right.h"
#include "store/sql.h"

#define REVIEW_MONTHS 6

/* after: days from the first day until each next stage; 0: not reached. hood: where it works, -1 everywhere.
 */
static const struct {
    const char *name, *kind;
    int after[PARTNER_STAGES];
    int hood;
} partners[DEMO_PARTNERS] = {
    { "LEVgroep", "welfare", { 1, 20, 75, 130 }, -1 },
    { "Basisschool De Papieren Boot", "school", { 25, 60, 110, 170 }, 4 },
    { "Kindcentrum De Klimboom", "school", { 25, 70, 150, 240 }, 9 },
    { "Basisschool Het Kwarteltje", "school", { 30, 120, 0, 0 }, 7 },
    { "Vakcollege De Werkbank", "school", { 40, 90, 160, 250 }, 5 },
    { "Lyceum Aan de Aa", "school", { 45, 200, 0, 0 }, 0 },
    { "Huisartsenpraktijk De Weegbree", "gp", { 15, 45, 100, 165 }, 7 },
    { "Huisartsenpraktijk Aan het Kanaal", "gp", { 15, 80, 140, 210 }, 0 },
    { "Woonstichting De Kanaalzone", "housing", { 10, 50, 190, 320 }, -1 },
    { "Politie basisteam", "police", { 5, 30, 0, 0 }, -1 },
    { "Jeugdgezondheidszorg", "health", { 12, 60, 120, 200 }, -1 },
    { "Ouderenbonden", "seniors", { 90, 0, 0, 0 }, -1 },
    { "GOH", "clients", { 100, 0, 0, 0 }, -1 },
    { "Schuldhulp Helmond", "debt", { 8, 40, 90, 150 }, -1 },
    { "Voedselbank", "volunteers", { 20, 75, 170, 0 }, 8 },
    { "Wijkhuis De Fonkel", "welfare", { 160, 400, 0, 0 }, 3 },
    { "Bibliotheek", "volunteers", { 30, 65, 115, 180 }, 0 },
    { "Aanbieder 1", "provider", { 14, 90, 150, 0 }, -1 },
    { "Aanbieder 2", "provider", { 14, 95, 0, 0 }, -1 },
};

/* kept: the verdicts, one each half year; K kept, N not, P partly. */
static const struct {
    int partner;
    const char *text, *norm, *kept;
} agreements[] = {
    { 0, "Wij starten elk kwartaal samen twee groepen.", "Twee groepen per kwartaal", "KPKK" },
    { 0, "LEVgroep hoort binnen 10 werkdagen wat wij met een verwijzing doen.",
      "Antwoord binnen 10 werkdagen", "NNP" },
    { 1, "Elke dinsdag houden wij spreekuur op school.", "Ten minste 36 spreekuren per schooljaar", "PNK" },
    { 2, "Elke twee weken houden wij spreekuur op school.", "Ten minste 18 spreekuren per schooljaar", "KN" },
    { 4, "De mentor en wij bellen elkaar binnen drie werkdagen terug.", "Binnen 3 werkdagen", "KK" },
    { 6, "De praktijkondersteuner en wij overleggen elke maand.", "Tien overleggen per jaar", "KPK" },
    { 7, "Wij zijn elke week een dagdeel in de praktijk.", "Ten minste 40 dagdelen per jaar", "KK" },
    { 8, "Bij een huurachterstand van twee maanden gaan wij samen op huisbezoek.",
      "Huisbezoek binnen 14 dagen", "K" },
    { 10, "De jeugdverpleegkundige draagt gezinnen samen met ons over.",
      "Aankomst nagevraagd binnen 14 dagen", "PK" },
    { 13, "Schuldhulp geeft binnen vijf werkdagen een eerste gesprek.", "Binnen 5 werkdagen", "KNKK" },
    { 16, "Elke donderdag zitten wij in de bibliotheek.", "Ten minste 44 keer per jaar", "KKP" },
};
static const char *const functions[] = { "Intern begeleider", "Praktijkondersteuner", "Teamleider",
                                         "Wijkagent",         "Contactpersoon",       "Zorgcoördinator" };
static const char *const remarks[] = {
    "Door ziekte viel het overleg uit. Wij plannen het nu een kwartaal vooruit.",
    "De antwoorden kwamen te laat. De teamleider belt nu elke week na.",
    "Het lukte in de vakanties niet. Afgesproken is een vervanger."
};

static enum err put_contact(struct ctx *c, const struct demo *d, size_t i)
{
    char name[120], mail[40];
    struct partner_contact k = {
        .name = name, .function = functions[i % COUNT(functions)], .phone = "0492-555000", .email = mail
    };

    demo_worker_name(d->o->seed, 2000000 + i, name, sizeof name);
    text_copy(mail, sizeof mail, "contact@partner.example");
    return partner_contact_add(c, d->partner[i], &k);
}

static enum err put_stages(struct ctx *c, const struct demo *d, size_t i)
{
    for (size_t k = 1; k < PARTNER_STAGES; k++) {
        int32_t day = d->o->from + partners[i].after[k];
        if (partners[i].after[k] == 0 || !demo_clock(c, d, day, 11))
            return OK;
        struct partner_step step = { d->partner[i], -1, partner_stages[k].code, c->today };
        TRY(partner_reach(c, &step));
    }
    return OK;
}

static enum err put_partner(struct ctx *c, struct demo *d, size_t i)
{
    struct partner_form f = { .id = INT_NONE, .name = partners[i].name, .kind = partners[i].kind };

    if (!demo_clock(c, d, d->o->from + partners[i].after[0], 10))
        demo_clock(c, d, d->o->to, 10); /* a short demo knows every partner too */
    if (partners[i].hood >= 0) {
        f.neighbourhood = &d->hood[partners[i].hood];
        f.neighbourhoods = 1;
    }
    TRY(partner_save(c, &f, &d->partner[i]));
    TRY(put_contact(c, d, i));
    return put_stages(c, d, i);
}

static enum err put_judgements(struct ctx *c, const struct demo *d, size_t i, int64_t id, int32_t start)
{
    const char *kept = agreements[i].kept;

    for (int n = 1; kept[n - 1] != '\0'; n++) {
        int32_t day = date_add_months(start, n * REVIEW_MONTHS);
        if (!demo_clock(c, d, day, 14))
            return OK;
        struct agreement_judgement j = { .id = id,
                                         .version = -1,
                                         .verdict = kept[n - 1] == 'K'   ? AGREEMENT_KEPT
                                                    : kept[n - 1] == 'N' ? AGREEMENT_NOT_KEPT
                                                                         : AGREEMENT_PARTLY,
                                         .day = c->today,
                                         .review_on = date_add_months(start, (n + 1) * REVIEW_MONTHS),
                                         .remark = kept[n - 1] == 'K'
                                                       ? NULL
                                                       : remarks[(i + (size_t)n) % COUNT(remarks)] };
        TRY(agreement_judge(c, &j));
    }
    return OK;
}

static enum err put_agreement(struct ctx *c, const struct demo *d, size_t i)
{
    int after = partners[agreements[i].partner].after[PARTNER_STAGES - 1];
    int32_t start = d->o->from + after;
    int64_t id;

    if (after == 0 || !demo_clock(c, d, start, 13))
        return OK;
    start = c->today;
    struct agreement_form f = { .id = INT_NONE,
                                .partner = d->partner[agreements[i].partner],
                                .text = agreements[i].text,
                                .norm = agreements[i].norm,
                                .owner = d->lead[i % TOWN_TEAMS],
                                .starts_on = start,
                                .review_on = date_add_months(start, REVIEW_MONTHS) };
    TRY(agreement_save(c, &f, &id));
    return put_judgements(c, d, i, id, start);
}

/* The account of the partner belongs to the welfare organisation. */
static enum err bind_account(struct ctx *c, const struct demo *d)
{
    struct sql_account_by_login_row *row;
    size_t n;

    TRY(sql_account_by_login(c, "partner", &row, &n));
    return n > 0 ? sql_account_partner(c, row[0].id, d->partner[0]) : OK;
}

static enum err put_partners(struct ctx *c, void *arg)
{
    struct demo *d = arg;

    for (size_t i = 0; i < DEMO_PARTNERS; i++)
        TRY(put_partner(c, d, i));
    for (size_t i = 0; i < COUNT(agreements); i++)
        TRY(put_agreement(c, d, i));
    return bind_account(c, d);
}

enum err demo_partner(struct ctx *c, struct demo *d)
{
    int64_t now = c->now;
    enum err e = db_tx(c, put_partners, d);

    ctx_set_now(c, now);
    return e;
}
