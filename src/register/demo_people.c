// SPDX-License-Identifier: EUPL-1.2
/* Who belongs to whom in the made-up municipality: levels of escalation, who directs, seals, households,
 * carers and supporters, doubles that were joined and split again, and reasons with which somebody got in. */
#include "base/rng.h"
#include "base/text.h"
#include "register/access.h"
#include "register/access_claim.h"
#include "register/ave.h"
#include "register/demo_core.h"
#include "register/household.h"
#include "register/network.h"
#include "register/person_link.h"
#include "register/regie.h"
#include "register/right.h"
#include "register/session.h"

#include <stdio.h>
#include <string.h>

#define BATCH 200
#define TEXT(list, r) (list)[rng_below((r), COUNT(list))]

/* ── Events of a request ──────────────────────────────────────────────────────────────────────────────────
 */

static struct event *add(struct demo_step *step, size_t *n, size_t room, enum kind kind, int64_t at)
{
    if (*n == room)
        return NULL;
    struct demo_step *s = &step[(*n)++];
    *s = (struct demo_step){ .e = EVENT_NONE };
    s->e.kind = kind;
    s->e.occurred_at = at;
    s->e.recorded_at = at + 120;
    return &s->e;
}

/* Heavy work is on a level of escalation for a while: most on 2, some on 3, a rare one on 4. */
static void escalate(const struct demo *d, const struct town_request *q, struct rng *r,
                     struct demo_step *step, size_t *n, size_t room)
{
    static const char *const route[] = { NULL, NULL, "case_table", "process_director", "mayor" };
    static const char *const why[] = {
        "Drie organisaties en niemand weet meer wie wat doet.",
        "School, jeugdbescherming en wij komen niet verder. Samen om tafel.",
        "De schulden blijven groeien en de huisuitzetting dreigt.",
        "Ouders praten niet meer met elkaar; de kinderen zitten klem.",
        "De buurt is ongerust. Wijkagent en woningcorporatie zijn erbij.",
    };
    double chance = rng_unit(r);
    int64_t end = q->ended_at < d->town.param.now ? q->ended_at : d->town.param.now;
    int64_t at = q->started_at + (int64_t)(5 + rng_below(r, 25)) * SECONDS_A_DAY;
    int64_t level = chance < .02 ? 4 : chance < .14 ? 3 : 2;

    if (q->started_at == TIME_NONE || q->work < TOWN_MEDIUM || at + SECONDS_A_DAY > end || rng_unit(r) > .35)
        return;
    for (int64_t now = 2; now <= level && at + SECONDS_A_DAY < end; now++) {
        struct event *e = add(step, n, room, KIND_AVE_CHANGED, at);
        if (e == NULL)
            return;
        e->number = now;
        e->account = now >= AVE_LEAD ? d->lead[q->team] : d->helper[q->team];
        e->worker = d->worker[q->worker];
        e->reason = ave_reasons[rng_below(r, 3)].code;
        e->activity = route[now];
        e->until = at + 21 * SECONDS_A_DAY;
        step[*n - 1].note = TEXT(why, r);
        at += (int64_t)(10 + rng_below(r, 30)) * SECONDS_A_DAY;
    }
    if (at + SECONDS_A_DAY < end && rng_unit(r) < .4) { /* and down again */
        struct event *e = add(step, n, room, KIND_AVE_CHANGED, at);
        if (e == NULL)
            return;
        e->number = AVE_LEAST;
        e->account = d->lead[q->team];
        e->worker = d->worker[q->worker];
        e->reason = "better";
        step[*n - 1].note = "Er is rust. Het gezin en de school weten elkaar weer te vinden.";
    }
}

/* Several organisations: one of them, or the process director, directs. */
static void direct(const struct demo *d, const struct town_request *q, struct rng *r, struct demo_step *step,
                   size_t *n, size_t room)
{
    static const struct {
        const char *holder, *reason, *note;
    } who[] = {
        { REGIE_CASE_DIRECTOR, "more_help",
          "Casusregisseur van Bijzonder Jeugdwerk\nZij kennen het gezin al twee jaar." },
        { REGIE_CASE_DIRECTOR, "agreed", "Casusregisseur van Vincent van Gogh\nIn overleg met de inwoner." },
        { REGIE_PROCESS_DIRECTOR, "stagnation",
          "Procesregisseur van de gemeente\nDe samenwerking liep vast tussen vier partijen." },
        { REGIE_RESIDENT, "better", "\nMevrouw neemt de regie zelf weer. Wij helpen op de achtergrond." },
    };
    int64_t end = q->ended_at < d->town.param.now ? q->ended_at : d->town.param.now;
    int64_t at = q->started_at + (int64_t)(8 + rng_below(r, 40)) * SECONDS_A_DAY;
    size_t pick = (size_t)rng_below(r, COUNT(who));

    if (q->started_at == TIME_NONE || q->work < TOWN_SHORT || at + SECONDS_A_DAY > end || rng_unit(r) > .08)
        return;
    struct event *e = add(step, n, room, KIND_REGIE_CHANGED, at);
    if (e == NULL)
        return;
    e->account = d->helper[q->team];
    e->activity = who[pick].holder;
    e->reason = who[pick].reason;
    step[*n - 1].note = who[pick].note;
}

/* A few in a year are sealed: somebody is looking for this resident, or it is a colleague. */
static void hide(const struct demo *d, size_t i, struct rng *r, struct demo_step *step, size_t *n,
                 size_t room)
{
    const struct town_request *q = &d->town.request[i];

    if (rng_below(r, 450) != 0 || q->recorded_at + 7200 > d->town.param.now)
        return;
    struct event *e = add(step, n, room, KIND_SEALED, q->recorded_at + 3600);
    if (e == NULL)
        return;
    bool threat = q->theme == TOWN_RELATIONS || q->theme == TOWN_DIVORCE || i % 2 == 0;
    e->account = d->lead[q->team];
    e->reason = threat ? "threat" : "colleague";
    step[*n - 1].note = threat ? "Ex-partner zoekt mevrouw. Adres en hulp blijven geheim."
                               : "Familie van een medewerker van het team.";
}

size_t demo_people_steps(const struct demo *d, size_t i, struct demo_step *step, size_t n, size_t room)
{
    const struct town_request *q = &d->town.request[i];
    struct rng r;

    rng_seed(&r, d->o->seed * 0x9fb21c651e98df25u + i);
    escalate(d, q, &r, step, &n, room);
    direct(d, q, &r, step, &n, room);
    hide(d, i, &r, step, &n, room);
    return n;
}

/* ── Households and networks ──────────────────────────────────────────────────────────────────────────────
 */

struct around {
    struct demo *d;
    size_t from, to;
    int64_t now;
};

static const char *family_of(const char *name)
{
    const char *blank = name != NULL ? strchr(name, ' ') : NULL;

    return blank != NULL ? blank + 1 : "";
}

/* Someone of the same family name, born about so many years after the resident. */
static enum err add_member(struct ctx *c, const struct around *a, size_t i, size_t k,
                           const struct identity *who, const char *role, int years)
{
    char name[200], other[120], birth[11];
    struct household_form f = {
        .person = a->d->person[i], .known = INT_NONE, .role = role, .own_role = "adult"
    };
    const struct household *h;
    int32_t born;
    size_t n;

    demo_worker_name(a->d->o->seed, 5000000 + i * 10 + k, other, sizeof other);
    other[strcspn(other, " ")] = '\0';
    snprintf(name, sizeof name, "%.90s %.90s", other, family_of(who->name));
    if (who->birth == NULL || !date_scan(who->birth, strlen(who->birth), &born))
        return OK;
    born = date_add_months(born, years * 12) + (int32_t)((i * 37 + k * 113) % 300);
    if (born > c->today - 30)
        born = c->today - 30 - (int32_t)(k * 400);
    date_iso(born, birth);
    f.who =
        (struct identity){ .name = name, .birth = birth, .address = who->address, .postcode = who->postcode };
    f.from = born > c->today - 2000 ? born : c->today - 2000;
    TRY(household_of(c, f.person, &h, &n));
    f.seen = n > 0 ? h[0].version : 0;
    return household_add(c, &f);
}

static enum err put_household(struct ctx *c, const struct around *a, size_t i, const struct identity *who,
                              struct rng *r)
{
    uint8_t theme = a->d->town.request[i].theme;
    bool young = theme == TOWN_UPBRINGING || theme == TOWN_DIVORCE || theme == TOWN_RELATIONS;
    int32_t born;
    size_t k = 0;

    if (who->birth == NULL || !date_scan(who->birth, strlen(who->birth), &born))
        return OK;
    int64_t age = years_old(born, c->today);
    if (age < 18) { /* a child lives with its parents */
        TRY(add_member(c, a, i, k++, who, "parent", -28 - (int)rng_below(r, 8)));
        return rng_unit(r) < .6 ? add_member(c, a, i, k, who, "sibling", 2) : OK;
    }
    if (rng_unit(r) < (young ? .5 : .55))
        TRY(add_member(c, a, i, k++, who, "partner", (int)rng_below(r, 9) - 4));
    int children = age < 55 && (young || rng_unit(r) < .3) ? 1 + (int)rng_below(r, 3) : 0;
    for (int child = 0; child < children; child++)
        TRY(add_member(c, a, i, k++, who, "child", age > 24 ? (int)age - 4 - (int)rng_below(r, 13) : 21));
    return OK;
}

static enum err put_helper(struct ctx *c, const struct around *a, size_t i, struct rng *r)
{
    static const struct {
        const char *kind, *organisation, *told, *message, *note;
    } list[] = {
        { "informal_carer", NULL, "agreements", "none", "Komt elke dag langs. Wordt het zelf ook te zwaar." },
        { "family", NULL, "agreements", "also", "Dochter. Gaat mee naar gesprekken." },
        { "neighbour", NULL, "that", "none", "Doet boodschappen." },
        { "client_supporter", "MEE De Meent", "all", "none", "Onafhankelijk. Denkt mee met mevrouw." },
        { "administrator", "Bewindvoering De Raaf", "agreements", "none", "Alleen over geld." },
        { "mentor", "Stichting Mentorschap", "all", "instead", "Beslist mee over zorg." },
        { "gp", "Huisartsenpraktijk De Weegbree", "that", "none", NULL },
        { "school", "Basisschool De Papieren Boot", "that", "none", "Intern begeleider." },
        { "volunteer", "LEVgroep", "that", "none", "Maatje, elke woensdag." },
    };
    size_t pick = (size_t)rng_below(r, COUNT(list));
    char name[120], phone[20];
    int64_t id;

    demo_worker_name(a->d->o->seed, 8000000 + i, name, sizeof name);
    snprintf(phone, sizeof phone, "06-555%05d", (int)((i * 7919) % 100000));
    struct helper_form f = { .id = INT_NONE,
                             .person = a->d->person[i],
                             .kind = list[pick].kind,
                             .told = list[pick].told,
                             .message = list[pick].message,
                             .name = name,
                             .organisation = list[pick].organisation,
                             .phone = phone,
                             .note = list[pick].note,
                             .starts_on = c->today - (int32_t)rng_below(r, 400),
                             .ends_on = DAY_NONE,
                             .agreed_on = c->today };
    return network_put(c, &f, &id);
}

/* One in four residents: what they told about home, and who helps them. */
static enum err put_around(struct ctx *c, void *arg)
{
    struct around *a = arg;

    for (size_t i = a->from; i < a->to; i++) {
        const struct town_request *q = &a->d->town.request[i];
        struct arena_mark mark = arena_mark(c->arena);
        struct identity who;
        struct rng r;
        rng_seed(&r, a->d->o->seed * 0xd6e8feb86659fd93u + i);
        bool again = q->again >= 0;
        ctx_set_now(c, q->recorded_at);
        TRY(person_get(c, a->d->person[i], &who));
        if (!again && who.name != NULL && rng_unit(&r) < .25) {
            TRY(put_household(c, a, i, &who, &r));
            if (rng_unit(&r) < .6)
                TRY(put_helper(c, a, i, &r));
        }
        arena_release(c->arena, mark);
    }
    return OK;
}

/* ── Doubles ──────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Of the doubles that nobody noticed at the desk some were found later: joined, or judged to be two after all
 * and split again. The rest are proposals. */
static enum err put_links(struct ctx *c, void *arg)
{
    struct around *a = arg;
    size_t nth = 0;

    for (size_t i = 0; i < a->d->town.n; i++) {
        const struct town_request *q = &a->d->town.request[i];
        int64_t mine = a->d->person[i];
        if (q->end != TOWN_DUPLICATE || q->again < 0 || mine == a->d->person[q->again] || nth++ % 3 != 0)
            continue;
        int64_t at = q->recorded_at + 9 * SECONDS_A_DAY;
        ctx_set_now(c, at < a->now ? at : a->now);
        TRY(person_link_add(c, a->d->person[q->again], mine));
        if (nth % 12 != 1)
            continue;
        ctx_set_now(c, c->now + 3600 < a->now ? c->now + 3600 : a->now);
        TRY(person_link_end(c, mine));
        TRY(person_distinct_add(c, a->d->person[q->again], mine));
    }
    return OK;
}

/* ── Access ───────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Acts as an account of the demo; the whole register is in scope, as the command line has it. */
static struct actor acting(const struct demo *d, enum role role, int64_t account, size_t team)
{
    return (struct actor){ .account = account,
                           .role = role,
                           .name = "",
                           .login = "",
                           .team = d->team[team],
                           .worker = INT_NONE,
                           .partner = INT_NONE };
}

static enum err put_emergency(struct ctx *c, const struct around *a, size_t i, size_t team, struct rng *r)
{
    static const struct {
        const char *reason, *why;
    } list[] = {
        { "danger", "Politie belde: mevrouw staat buiten in de kou en is in de war." },
        { "crisis", "Crisisdienst vraagt om het veiligheidsplan. Eigen medewerker is ziek." },
        { "counter", "Meneer staat aan de balie met drie kinderen en heeft geen slaapplek." },
        { "reporting_code", "Signalen van school over blauwe plekken. Wie is al betrokken?" },
        { "danger", "Zus belt: hij reageert niet en de deur is dicht." },
    };
    size_t pick = (size_t)rng_below(r, COUNT(list));
    struct actor act = acting(a->d, ROLE_SOCIAL_WORKER, a->d->helper[team], team);
    const struct actor *own = c->actor;

    // cppcheck-suppress autoVariables
    c->actor = &act; /* put back below */
    enum err e =
        access_emergency(c, &(struct access_form){ { a->d->request[i] }, list[pick].reason, list[pick].why });
    c->actor = own;
    return e;
}

static enum err put_content(struct ctx *c, const struct around *a, size_t i, struct rng *r)
{
    static const struct {
        const char *reason, *why;
    } list[] = { { "replacement", "Collega is met vakantie. De inwoner belde over de afspraak." },
                 { "consult", "Gevraagd om mee te denken over de schulden." },
                 { "contact", "Mevrouw kwam langs op het spreekuur." } };
    size_t pick = (size_t)rng_below(r, COUNT(list)), team = a->d->town.request[i].team;
    struct actor act = acting(a->d, ROLE_SOCIAL_WORKER, a->d->helper[team], team);
    const struct actor *own = c->actor;

    // cppcheck-suppress autoVariables
    c->actor = &act; /* put back below */
    enum err e =
        access_open(c, &(struct access_form){ { a->d->request[i] }, list[pick].reason, list[pick].why });
    c->actor = own;
    return e;
}

static enum err put_access(struct ctx *c, void *arg)
{
    struct around *a = arg;
    struct rng r;
    size_t wanted = a->d->town.n / 150 < 4 ? 4 : a->d->town.n / 150;

    rng_seed(&r, a->d->o->seed * 0x2127599bf4325c37u);
    for (size_t k = 0; k < wanted && a->d->town.n > 20; k++) {
        size_t i = (size_t)rng_below(&r, (uint32_t)a->d->town.n);
        const struct town_request *q = &a->d->town.request[i];
        int64_t at = q->recorded_at + (int64_t)(1 + rng_below(&r, 40)) * SECONDS_A_DAY;
        if (at > a->now)
            continue;
        ctx_set_now(c, at);
        TRY(k % 3 == 0
                ? put_content(c, a, i, &r)
                : put_emergency(c, a, i, (q->team + 1u + (size_t)rng_below(&r, TOWN_TEAMS - 1)) % TOWN_TEAMS,
                                &r));
    }
    return OK;
}

/* The data protection officer judged the older ones; a worker said that she knows a resident. */
static enum err put_judgements(struct ctx *c, void *arg)
{
    struct around *a = arg;
    struct access_filter all = { .kind = ACCESS_EMERGENCY, .account = INT_NONE, .request = INT_NONE };
    struct actor dpo = acting(a->d, ROLE_DPO, a->d->dpo, 0);
    const struct actor *own = c->actor;
    const struct access_case *x;
    size_t n;

    ctx_set_now(c, a->now);
    TRY(access_cases(c, &all, &x, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t at = x[i].starts_at + 3 * SECONDS_A_DAY;
        if (at > a->now - 14 * SECONDS_A_DAY)
            continue;
        ctx_set_now(c, at);
        c->actor = &dpo;
        enum err e = access_judge(c, x[i].id, i % 7 == 0 ? "asked" : "right",
                                  i % 7 == 0 ? "Waarom niet eerst de eigen medewerker gebeld?" : NULL);
        c->actor = own;
        TRY(e);
    }
    return OK;
}

static enum err put_claims(struct ctx *c, void *arg)
{
    struct around *a = arg;
    const struct actor *own = c->actor;

    for (size_t k = 0; k < 2 && a->d->town.n > 60; k++) {
        size_t i = a->d->town.n / 2 + k * 7, team = a->d->town.request[i].team;
        struct actor act = acting(a->d, ROLE_SOCIAL_WORKER, a->d->helper[team], team);
        ctx_set_now(c, a->now - (int64_t)(20 - k * 18) * SECONDS_A_DAY);
        // cppcheck-suppress autoVariables
        c->actor = &act; /* put back below */
        enum err e = access_claim_add(c, a->d->person[i], k == 0 ? "neighbour" : "family",
                                      k == 0 ? "Woont naast mij." : "Mijn oom.");
        c->actor = own;
        TRY(e);
    }
    const struct access_claim *x;
    size_t n;
    TRY(access_claims(c, &x, &n));
    if (n < 2)
        return OK;
    struct actor lead = acting(a->d, ROLE_SYSTEM, a->d->lead[0], 0);
    c->actor = &lead;
    enum err e = access_claim_confirm(c, x[n - 1].id, x[n - 1].version);
    c->actor = own;
    return e;
}

enum err demo_people(struct ctx *c, struct demo *d)
{
    static enum err (*const parts[])(struct ctx * c, void *arg) = { put_links, put_access, put_judgements,
                                                                    put_claims };
    struct around a = { .d = d, .now = d->town.param.now };
    int64_t now = c->now;
    enum err e = OK;

    for (size_t i = 0; i < d->town.n && e == OK; i += BATCH) {
        a.from = i;
        a.to = i + BATCH < d->town.n ? i + BATCH : d->town.n;
        e = db_tx(c, put_around, &a);
    }
    for (size_t i = 0; i < COUNT(parts) && e == OK; i++) {
        struct arena_mark mark = arena_mark(c->arena);
        e = db_tx(c, parts[i], &a);
        arena_release(c->arena, mark);
    }
    ctx_set_now(c, now);
    return e;
}
