// SPDX-License-Identifier: EUPL-1.2
/* What made-up residents want to become better and what is agreed with them, in plain Dutch: data, not part
 * of the screens. */
#include "register/demo_help.h"

#define EACH 4
static const struct demo_goal goal[TOWN_THEMES][EACH] = {
    [TOWN_HOUSEHOLD] = { { "Ik wil in mijn eigen huis blijven wonen en mijn bed zelf kunnen verschonen.",
                           "resident", "Dochter doet de was. Wij zoeken hulp voor het zware werk." },
                         { "Ik wil een dag per week vrij van de zorg voor mijn man.", "carer",
                           "Dagbesteding op dinsdag. Buurvrouw brengt en haalt." },
                         { "Moeder moet weer op tijd eten.", "resident",
                           "Broer belt om twaalf uur. Maaltijd aan huis op drie dagen." },
                         { "Het huis moet schoon genoeg zijn om bezoek te vragen.", "household",
                           "Samen een weekschema maken; zoon stofzuigt." } },
    [TOWN_MOBILITY] = { { "Ik wil zelf naar de winkel kunnen.", "resident",
                          "Ergotherapeut kijkt mee. Wij helpen met de aanvraag." },
                        { "De badkamer moet veilig zijn.", "resident",
                          "Woningcorporatie plaatst beugels. Wij bellen na." },
                        { "Onze zoon kan met zijn stoel naar buiten.", "child",
                          "Vader meet de deur op. Wij vragen de drempelhulp aan." },
                        { "Ik kom twee keer per week bij de dialyse zonder iemand te vragen.", "resident",
                          "Vervoerspas aanvragen; neef rijdt tot die er is." } },
    [TOWN_PSYCHE] = { { "Ik wil om negen uur op kunnen staan.", "resident",
                        "Elke maandag bellen wij even. Zus loopt mee naar buiten." },
                      { "Ik maak mijn post weer zelf open.", "resident", "Samen op woensdag, een half uur." },
                      { "Ik weet wie ik bel als het slecht gaat.", "resident",
                        "Kaart met drie namen op de koelkast." },
                      { "Een vaste plek om overdag te zijn.", "resident",
                        "Proefdag bij de werkplaats; wij gaan de eerste keer mee." } },
    [TOWN_LONELY] = { { "Ik wil elke week iemand spreken.", "resident",
                        "Maatje via het wijkhuis. Koffieochtend op donderdag." },
                      { "Ik wil weer kaarten.", "resident", "Buurman neemt mij mee naar De Vlonder." },
                      { "Ik wil iets voor een ander doen.", "resident",
                        "Proefmiddag in de moestuin; gastvrouw is mijn contact." },
                      { "Ik wil Nederlands oefenen.", "resident", "Taalgroep, twee keer per week." } },
    [TOWN_UPBRINGING] = { { "Wij eten weer zonder ruzie aan tafel.", "household",
                            "Drie keer samen oefenen. Oma is op vrijdag vrij van ons." },
                          { "Mijn dochter slaapt door.", "child",
                            "Vast avondritme; wij bellen na twee weken." },
                          { "Ik word niet meer zo snel boos.", "resident",
                            "Oudercursus en een plek om stoom af te blazen." },
                          { "Mijn zoon slaat zijn zusje niet meer.", "child",
                            "Gezinscoach komt op woensdag. School doet hetzelfde." } },
    [TOWN_YOUTH_MIND] = { { "Ik ga weer de hele dag naar school.", "child",
                            "Mentor start de dag met mij. Moeder brengt tot de hoek." },
                          { "Onze dochter eet weer met ons mee.", "child",
                            "Huisarts houdt het gewicht bij." },
                          { "Ik durf te zeggen hoe het gaat.", "child",
                            "Jongerencoach, wandelend, elke week." },
                          { "Wij weten hoe wij kunnen helpen.", "household",
                            "Twee avonden met andere ouders." } },
    [TOWN_SCHOOL_TROUBLE] = { { "Mijn zoon gaat vijf dagen naar school.", "child",
                                "Opbouwen: eerst twee ochtenden. School belt om negen uur." },
                              { "Mijn kind gaat met brood naar school.", "household",
                                "Ontbijtgroep; samen boodschappen doen." },
                              { "Geen schorsing meer.", "child", "Coach in de pauze; afspraken op papier." },
                              { "Hij heeft een plek waar hij kan leren.", "child",
                                "Overleg met school en leerplicht." } },
    [TOWN_DIVORCE] = { { "De kinderen gaan zonder huilen naar allebei.", "child",
                         "Rooster op de koelkast. Overdracht bij oma." },
                       { "Wij kunnen praten zonder te schreeuwen.", "household",
                         "Vier gesprekken met een neutrale derde." },
                       { "Ik zie de kinderen elke week.", "resident",
                         "Zondagmiddag, eerst met begeleiding." },
                       { "Ieder een eigen dak.", "household",
                         "Urgentie aanvragen; broer heeft tijdelijk een kamer." } },
    [TOWN_MONEY] = { { "Geen deurwaarder meer aan de deur.", "resident",
                       "Schuldhulp belt. Wij zijn bij het eerste gesprek." },
                     { "Ik weet elke week wat ik kan uitgeven.", "resident", "Weekgeld en een envelop." },
                     { "Alle post open en in een map.", "resident", "Twee ochtenden met een vrijwilliger." },
                     { "De kinderen kunnen naar zwemles.", "child", "Aanvraag bij het kindfonds." } },
    [TOWN_HOUSING] = { { "Een eigen plek om te slapen.", "resident", "Inschrijven; zus tot de zomer." },
                       { "De schimmel weg uit de slaapkamer.", "household",
                         "Corporatie komt kijken; wij bellen na." },
                       { "Ik kan weer bij mijn bed.", "resident",
                         "Elke week een kast, met een vrijwilliger." },
                       { "Rust met de buren.", "household", "Gesprek met buurtbemiddeling." } },
    [TOWN_RELATIONS] = { { "Het is veilig in huis.", "household",
                           "Afspraken op papier. Wie belt bij onrust: zus en wijkagent." },
                         { "Ik durf weer over straat.", "resident",
                           "Route samen lopen; telefoonnummer onder de 1." },
                         { "De kinderen weten waar zij heen kunnen.", "child", "Kamer bij oma is klaar." },
                         { "Mijn zoon vraagt geen geld meer.", "resident",
                           "Bewindvoerder; ik zeg nee met steun." } },
};

#define LIST(name, ...) static const char *const name[] = { __VA_ARGS__ }
#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])
LIST(next_steps, "Volgende week samen de post op volgorde leggen.",
     "Wij bellen de huisarts, u vraagt uw zus mee te komen.",
     "Over tien dagen weer bij u thuis, dan maken wij het plan.",
     "U schrijft op wat er goed gaat; wij vragen de uitslag van school op.",
     "Maandag gaan wij samen naar het wijkhuis.", "Wij zoeken uit welke hulp er is en bellen vrijdag.");
LIST(talks, "Even rustig doorgesproken hoe het deze weken ging.", "Samen gebeld met de woningcorporatie.",
     "Het gaat beter; de afspraken lukken op de meeste dagen.",
     "Moeizame week. Kleine stap gekozen voor de komende dagen.",
     "Met school om tafel gezeten; iedereen weet wie wat doet.",
     "Plan erbij gepakt: eerste doel is bijna klaar.");
LIST(providers, "Sociaal werker van ons team", "Gezinscoach van ons team",
     "Wmo-consulent en sociaal werker samen");
LIST(informal, "Zus en buurvrouw", "Vrijwilliger van de kerk", "Zoon, elke zaterdag", "Buren van nummer 12");
LIST(general, "Wijkhuis De Fonkel", "LEVgroep, maatschappelijk werk", "Voedselbank", "Boodschappenbus",
     "Budgetwinkel");
LIST(special, "Aanbieder 3, begeleiding thuis", "Aanbieder 7, jeugdpsycholoog", "Aanbieder 1, dagbesteding",
     "Aanbieder 9, gezinsbehandeling", "Aanbieder 12, hulpmiddelen");
LIST(evaluations, "Twee doelen gaan goed; het derde schuiven wij op.",
     "Er is rust in huis. Wij bellen minder vaak.", "Meer tijd nodig; doel kleiner gemaakt.",
     "Trots op de kinderen, zegt moeder.", "Meneer geeft zichzelf een punt meer dan de vorige keer.");
LIST(aftercare, "Gaat goed; zij redt het met hulp van de buren.",
     "Een vraag over een formulier, meteen beantwoord.", "Gaat beter dan gedacht.",
     "Blij met het telefoontje.", "Wil liever niet meer gebeld worden.");

static const char *pick(const char *const *list, size_t n, uint64_t r)
{
    return list[r % n];
}

const struct demo_goal *demo_goal(uint8_t theme, uint64_t r)
{
    return &goal[theme][r % EACH];
}

const char *demo_next_step(uint64_t r)
{
    return pick(next_steps, COUNT_OF(next_steps), r);
}

const char *demo_talk_note(uint64_t r)
{
    return pick(talks, COUNT_OF(talks), r);
}

const char *demo_evaluation_note(uint64_t r)
{
    return pick(evaluations, COUNT_OF(evaluations), r);
}

const char *demo_aftercare_note(size_t result)
{
    return aftercare[result % COUNT_OF(aftercare)];
}

const char *demo_provider(uint8_t help, uint64_t r)
{
    switch (help) {
    case TOWN_INFORMAL:
        return pick(informal, COUNT_OF(informal), r);
    case TOWN_GENERAL:
        return pick(general, COUNT_OF(general), r);
    case TOWN_SPECIALIST:
        return pick(special, COUNT_OF(special), r);
    default:
        return pick(providers, COUNT_OF(providers), r);
    }
}
