// SPDX-License-Identifier: EUPL-1.2
/* Complaints, signals and incidents of the made-up municipality: about 23 complaints in the first year, most
 * of them about waiting and not being called back, none to the committee in that year; signals about the
 * neighbourhood where nobody sees the team; a few incidents. */
#include "base/rng.h"
#include "register/complaint.h"
#include "register/demo_core.h"
#include "register/incident.h"
#include "register/signal.h"

#define COMPLAINTS_A_YEAR 25.0 /* 23 in the first year, more later */
#define SIGNALS_A_YEAR 140.0
#define INCIDENTS_A_YEAR 9.0
#define FONKEL_HOOD 3 /* by place in the town */

/* What people complain about, as often as it happens. */
static const struct {
    const char *category, *about;
    double weight;
} complaint_text[] = {
    { "waiting",
      "Ik wacht al meer dan drie maanden op een gesprek. Niemand vertelt mij wanneer ik aan de beurt ben.",
      5 },
    { "waiting", "Er was gezegd dat het twee weken zou duren. Het zijn er nu negen.", 3 },
    { "unreachable", "Ik word niet teruggebeld. Ik heb vier keer een boodschap achtergelaten.", 4 },
    { "unreachable", "Ik kreeg steeds iemand anders aan de telefoon en moest alles opnieuw vertellen.", 2 },
    { "information", "In de brief stond iets anders dan de medewerker mij vertelde.", 3 },
    { "treatment", "Ik voelde mij niet serieus genomen in het gesprek.", 2 },
    { "worker", "Dit is mijn derde medewerker in een halfjaar.", 2 },
    { "decision", "Het besluit over de huishoudelijke hulp is te laat.", 2 },
    { "partners", "De school en het team wisten niet van elkaar wat zij deden.", 1 },
    { "choice", "Ik mocht niet zelf kiezen wie mij helpt en niemand legde uit waarom.", 1 },
    { "complexity", "Ik ben drie keer doorgestuurd naar een ander loket.", 1 },
};
static const struct {
    const char *topic, *source, *teller, *about;
    int hood; /* -1: any */
    double weight;
} signal_text[] = {
    { "visibility", "volunteer", "Wijkhuis De Fonkel",
      "Bewoners rond De Fonkel weten niet dat het team er is.", FONKEL_HOOD, 3 },
    { "visibility", "resident", "Huurdersgroep", "Ik heb in onze buurt nog nooit iemand van het team gezien.",
      FONKEL_HOOD, 2 },
    { "walk_in", "partner", "Basisschool De Papieren Boot",
      "Het spreekuur is te kort voor alle vragen van ouders.", -1, 4 },
    { "walk_in", "partner", "Kindcentrum De Klimboom", "Het spreekuur ging deze maand twee keer niet door.",
      -1, 3 },
    { "waiting", "partner", "Huisartsenpraktijk De Weegbree",
      "Mensen die ik verwijs, wachten langer dan tien weken.", -1, 5 },
    { "waiting", "council", "Adviesraad", "Inwoners horen niet wanneer zij aan de beurt zijn.", -1, 3 },
    { "unreachable", "worker", "", "Veel bellers hangen op maandag op voordat wij kunnen opnemen.", -1, 4 },
    { "handover", "partner", "LEVgroep", "Bij de overdracht weten wij niet wie de nieuwe contactpersoon is.",
      -1, 3 },
    { "information", "worker", "", "De brief over de zes weken is moeilijk te lezen.", -1, 2 },
    { "access", "volunteer", "Voedselbank", "Gezinnen met schulden durven niet te bellen.", -1, 3 },
    { "safety", "worker", "", "De spreekkamer heeft maar één uitgang.", -1, 1 },
    { "content", "resident", "", "De groep voor mantelzorgers zou ook in de avond moeten zijn.", -1, 2 },
};
static const struct {
    const char *kind, *about;
    int harm;
    bool calamity;
} incident_text[] = {
    { "privacy", "Een brief kwam op het oude adres van de inwoner.", 2, false },
    { "aggression", "Een bezoeker sloeg met een stoel in de wachtruimte.", 2, false },
    { "error", "De afspraak voor een spoedbezoek stond een dag te laat in de agenda.", 2, false },
    { "not_acted", "Een tweede melding van de school bleef een week liggen.", 3, false },
    { "safety_child", "Een kind raakte ernstig gewond terwijl het team al op de hoogte was van de zorgen.", 3,
      true },
};

/* The moment is in working hours of a working day. */
static int64_t moment(struct rng *r, int32_t from, int32_t to)
{
    int32_t day = from + (int32_t)rng_below(r, (uint64_t)((int64_t)to - from + 1));

    while (date_weekday(day) > 5)
        day--;
    return time_of_nl_day(day, (9 + (int)rng_below(r, 7)) * 3600 + (int)rng_below(r, 3600));
}

static int64_t on_working_day(int64_t at)
{
    int weekday = date_weekday(time_nl_day(at));

    return weekday > 5 ? at + (8 - weekday) * SECONDS_A_DAY : at;
}

static double span_years(const struct demo *d)
{
    return (double)(d->o->to - d->o->from + 1) / 365.25;
}

/* Acts as the role at that moment, as far as the register's functions ask for it. */
static void at(struct ctx *c, int64_t now)
{
    ctx_set_now(c, now);
}

static enum err complaint_take(struct ctx *c, struct complaint_id id, enum complaint_step step,
                               const char *reason, const char *note)
{
    struct complaint_change ch = { .id = id,
                                   .seen = -1,
                                   .step = step,
                                   .at = TIME_NONE,
                                   .until = step == COMPLAINT_TO_COMMITTEE ? c->now + 21 * SECONDS_A_DAY
                                                                           : TIME_NONE,
                                   .handler = INT_NONE,
                                   .reason = reason,
                                   .note = note };

    return complaint_change(c, &ch);
}

struct complaint_step_at {
    int days;
    enum complaint_step step;
    const char *reason, *note;
};

/* The course of one complaint, as far as it has come by now. */
static enum err complaint_course(struct ctx *c, struct complaint_id id, int64_t received, int64_t now,
                                 bool committee, struct rng *r)
{
    static const char *const outcomes[] = { "upheld", "partly", "partly", "not_upheld" };
    const char *outcome = outcomes[rng_below(r, COUNT(outcomes))];
    int slow = (int)rng_below(r, 22);
    struct complaint_step_at talk[] = {
        { 1, COMPLAINT_ACKNOWLEDGED, NULL, NULL },
        { 6, COMPLAINT_TALKED, NULL, "Gebeld en excuses aangeboden." },
        { 9, COMPLAINT_SOLVED, NULL, "Afspraak gemaakt voor een gesprek." },
        { 9, COMPLAINT_NO_COMMITTEE, "solved", NULL },
        { 10, COMPLAINT_CLOSED_STEP, NULL, NULL },
    };
    struct complaint_step_at answer[] = {
        { 1, COMPLAINT_ACKNOWLEDGED, NULL, NULL },
        { 12, COMPLAINT_HEARD, NULL, "Gehoord op kantoor, met een familielid erbij." },
        { 24 + slow, COMPLAINT_DECIDED_STEP, outcome,
          "Antwoord per brief, met verwijzing naar de ombudsman." },
        { 24 + slow, COMPLAINT_NO_COMMITTEE, "light", NULL },
        { 30 + slow, COMPLAINT_CLOSED_STEP, NULL, NULL },
    };
    struct complaint_step_at board[] = {
        { 1, COMPLAINT_ACKNOWLEDGED, NULL, NULL },
        { 10, COMPLAINT_TO_COMMITTEE, NULL, "De inwoner wil een onafhankelijk oordeel." },
        { 35, COMPLAINT_RULED, outcome, "De commissie vindt dat terugbellen binnen twee dagen moet." },
        { 42, COMPLAINT_DECIDED_STEP, outcome, "Wij nemen het oordeel over." },
        { 45, COMPLAINT_CLOSED_STEP, NULL, NULL },
    };
    const struct complaint_step_at *course = committee ? board : rng_below(r, 3) == 0 ? talk : answer;

    for (size_t i = 0; i < COUNT(talk); i++) {
        int64_t when = on_working_day(received + course[i].days * SECONDS_A_DAY + (int64_t)i * 60);
        if (when > now)
            break;
        at(c, when);
        TRY(complaint_take(c, id, course[i].step, course[i].reason, course[i].note));
    }
    return OK;
}

/* Someone of the register complains, about half of them about their own waiting. */
static enum err put_complaint(struct ctx *c, struct demo *d, struct rng *r, uint64_t nth, int64_t now)
{
    double weight[COUNT(complaint_text)];
    struct complaint_id id;

    for (size_t i = 0; i < COUNT(complaint_text); i++)
        weight[i] = complaint_text[i].weight;
    size_t what = rng_choice(r, weight, COUNT(weight)), who = rng_below(r, d->town.n);
    int64_t received = moment(r, nth < 3 ? d->o->to - 30 : d->o->from, d->o->to); /* some are always open */
    const struct town_request *q = &d->town.request[who];
    if (received > now)
        return OK;
    at(c, received);
    struct complaint_form f = { .person = d->person[who],
                                .request = INT_NONE,
                                .about = complaint_text[what].about,
                                .regime = rng_below(r, 4) == 0 ? "provider" : "awb",
                                .category = complaint_text[what].category,
                                .channel = rng_below(r, 2) == 0 ? "letter" : "phone",
                                .team = d->team[q->team],
                                .worker = INT_NONE,
                                .received = c->today };
    TRY(complaint_add(c, &f, &id));
    bool later = received > time_of_nl_day(d->o->from + 365, 0);
    return complaint_course(c, id, received, now, later && rng_below(r, 6) == 0, r);
}

static enum err signal_course(struct ctx *c, int64_t id, int64_t received, int64_t now, int64_t severity,
                              struct rng *r)
{
    struct signal_change judge = {
        .id = id, .seen = -1, .step = SIGNAL_JUDGED_STEP, .severity = severity, .verdict = "watch"
    };
    struct signal_change answer = {
        .id = id,
        .seen = -1,
        .step = SIGNAL_ANSWERED_STEP,
        .note = "Dank u wel. Wij bespreken dit in het teamoverleg en bellen u daarna."
    };
    struct signal_change close = { .id = id, .seen = -1, .step = SIGNAL_CLOSED_STEP };
    int64_t days = 2 + (int64_t)rng_below(r, 24);

    if (received + days * SECONDS_A_DAY > now || rng_below(r, 12) == 0)
        return OK;
    at(c, received + days * SECONDS_A_DAY);
    TRY(signal_change(c, &judge));
    TRY(signal_change(c, &answer));
    if (received + (days + 30) * SECONDS_A_DAY > now)
        return OK;
    at(c, received + (days + 30) * SECONDS_A_DAY);
    return signal_change(c, &close);
}

static enum err put_signal(struct ctx *c, struct demo *d, struct rng *r, int64_t now)
{
    static const double severity_share[SIGNAL_SEVERITIES] = { 48, 40, 10, 2 };
    double weight[COUNT(signal_text)];
    int64_t id;

    for (size_t i = 0; i < COUNT(signal_text); i++)
        weight[i] = signal_text[i].weight;
    size_t what = rng_choice(r, weight, COUNT(weight));
    size_t hood = signal_text[what].hood >= 0 ? (size_t)signal_text[what].hood : rng_below(r, TOWN_HOODS);
    int64_t received = moment(r, d->o->from, d->o->to);
    if (received > now)
        return OK;
    at(c, received);
    struct signal_form f = { .about = signal_text[what].about,
                             .topic = signal_text[what].topic,
                             .source = signal_text[what].source,
                             .teller = signal_text[what].teller,
                             .severity = 1 + (int64_t)rng_choice(r, severity_share, SIGNAL_SEVERITIES),
                             .neighbourhood = d->hood[hood],
                             .team = d->team[town_hood_team[hood]],
                             .place = INT_NONE };
    TRY(signal_add(c, &f, &id));
    return signal_course(c, id, received, now, f.severity, r);
}

static enum err put_incident(struct ctx *c, struct demo *d, struct rng *r, size_t i, int64_t now)
{
    size_t what = i % COUNT(incident_text);
    int64_t happened = moment(r, d->o->from, d->o->to), id;
    static const struct {
        int days;
        enum incident_step step;
    } course[] = { { 0, INCIDENT_SUPERVISOR },
                   { 3, INCIDENT_STARTED },
                   { 40, INCIDENT_FOUND },
                   { 47, INCIDENT_MEASURE },
                   { 50, INCIDENT_CLOSED_STEP } };

    if (happened > now)
        return OK;
    at(c, happened);
    struct incident_form f = { incident_text[what].about,
                               incident_text[what].kind,
                               incident_text[what].harm,
                               incident_text[what].calamity,
                               c->today,
                               d->team[rng_below(r, TOWN_TEAMS)] };
    TRY(incident_add(c, &f, &id));
    for (size_t k = incident_text[what].calamity ? 0 : 1; k < COUNT(course); k++) {
        int64_t when = happened + course[k].days * SECONDS_A_DAY + 3600;
        if (when > now)
            break;
        at(c, when);
        struct incident_change ch = { id, -1, course[k].step, TIME_NONE,
                                      "Besproken in het team; werkwijze aangepast." };
        TRY(incident_change(c, &ch));
    }
    return OK;
}

/* Nobody around De Fonkel sees the team: nine signals of five people in the last quarter. */
static enum err put_fonkel(struct ctx *c, struct demo *d, int64_t now)
{
    static const char *const teller[] = { "Wijkhuis De Fonkel", "Huurdersgroep", "Bibliotheek", "Buurtvader",
                                          "Basisschool Het Kwarteltje" };
    int64_t id;

    for (int i = 0; i < 9; i++) {
        int64_t when = now - (80 - 8 * i) * SECONDS_A_DAY;
        if (when < time_of_nl_day(d->o->from, 0))
            continue;
        at(c, when);
        struct signal_form f = {
            .about = "Bij De Fonkel is er niemand van het team. Bewoners weten niet waar zij heen moeten.",
            .topic = "visibility",
            .source = i % 5 == 3 ? "volunteer" : "partner",
            .teller = teller[i % 5],
            .severity = 2,
            .neighbourhood = d->hood[FONKEL_HOOD],
            .team = d->team[town_hood_team[FONKEL_HOOD]],
            .place = INT_NONE
        };
        TRY(signal_add(c, &f, &id));
    }
    return OK;
}

struct filling {
    struct demo *d;
    struct rng r;
    int64_t now;
};

static enum err fill(struct ctx *c, void *arg)
{
    struct filling *f = arg;
    double years = span_years(f->d), scale = f->d->o->scale;
    uint64_t complaints = rng_poisson(&f->r, COMPLAINTS_A_YEAR * years * scale);
    uint64_t signals = rng_poisson(&f->r, SIGNALS_A_YEAR * years * scale);
    uint64_t incidents = rng_poisson(&f->r, INCIDENTS_A_YEAR * years * scale);

    for (uint64_t i = 0; i < complaints && f->d->town.n > 0; i++)
        TRY(put_complaint(c, f->d, &f->r, i, f->now));
    for (uint64_t i = 0; i < signals; i++)
        TRY(put_signal(c, f->d, &f->r, f->now));
    for (uint64_t i = 0; i < incidents; i++)
        TRY(put_incident(c, f->d, &f->r, i, f->now));
    return put_fonkel(c, f->d, f->now);
}

enum err demo_complaint(struct ctx *c, struct demo *d)
{
    struct filling f = { .d = d, .now = c->now };

    if (d->town.param.now < f.now)
        f.now = d->town.param.now;
    rng_seed(&f.r, d->o->seed + 0x6b6c6163ULL);
    int64_t now = c->now;
    enum err e = db_tx(c, fill, &f);
    ctx_set_now(c, now);
    return e;
}
