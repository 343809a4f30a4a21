// SPDX-License-Identifier: EUPL-1.2
/* What the made-up residents ask and what the made-up workers note, in plain Dutch: data, not part of the
 * screens. */
#include "register/demo_core.h"

#include <string.h>

#define EACH 6
static const char *const question[TOWN_THEMES][EACH] = {
    [TOWN_HOUSEHOLD] = { "Na mijn heupoperatie lukt het huishouden niet meer. Ik wil graag thuis blijven "
                         "wonen.",
                         "Mijn man heeft dementie. Ik zorg dag en nacht voor hem en ik houd het niet meer "
                         "vol.",
                         "Stofzuigen en ramen wassen gaat niet meer door mijn longen. Kan iemand helpen?",
                         "Mijn moeder valt vaak en vergeet te eten. De buurvrouw belde ons. Wat kunnen we "
                         "doen?",
                         "Vader zit de hele dag alleen. Is er dagbesteding in de buurt?",
                         "De thuiszorg stopt volgende maand. Ik weet niet hoe het dan moet met wassen en "
                         "koken." },
    [TOWN_MOBILITY] = { "Ik kom de trap niet meer op. Kan er een traplift komen?",
                        "Mijn scootmobiel is kapot en ik kom de deur niet meer uit.",
                        "Ik kan niet meer met de bus. Hoe kom ik bij de dialyse?",
                        "De badkamer is niet veilig meer. Ik ben al twee keer uitgegleden.",
                        "Mijn zoon zit in een rolstoel en we kunnen niet bij de achterdeur naar binnen.",
                        "Ik wil een parkeerplaats dicht bij huis, ik kan maar vijftig meter lopen." },
    [TOWN_PSYCHE] = { "Ik ben al maanden somber en kom mijn bed bijna niet uit. Waar moet ik beginnen?",
                      "Ik ben net uit de kliniek en wil niet terugvallen. Wie kan mij helpen met mijn dagen?",
                      "Ik durf niet meer naar buiten. De huisarts zegt dat ik bij u moet zijn.",
                      "Mijn broer hoort stemmen en doet de deur niet meer open.",
                      "Ik krijg de post niet meer open gemaakt en alles loopt in de soep.",
                      "Sinds mijn burn-out lukt niets meer. Mijn uitkering stopt bijna." },
    [TOWN_LONELY] = { "Sinds mijn vrouw dood is praat ik met niemand meer.",
                      "Ik woon hier pas en ken geen mens. Ik zou graag ergens koffie drinken.",
                      "Ik wil iets doen voor een ander, maar ik weet niet wat ik nog kan.",
                      "De dagen duren lang. Vroeger ging ik kaarten, maar dat is gestopt.",
                      "Ik spreek de taal niet goed en zit veel binnen. Kan ik ergens oefenen?",
                      "Mijn kinderen wonen ver weg. Soms zie ik een week niemand." },
    [TOWN_UPBRINGING] = { "Mijn dochter van vier slaapt niet en ik ben op. Ik word te snel boos.",
                          "Onze zoon luistert nergens naar. Wij maken elke dag ruzie aan tafel.",
                          "Ik ben alleen met drie kinderen en krijg het niet meer voor elkaar.",
                          "Mijn dochter zit de hele nacht op haar telefoon en liegt erover.",
                          "De crèche zegt dat mijn kind achterloopt. Waar kan ik terecht?",
                          "Mijn zoon slaat zijn zusje. Ik weet niet meer wat ik moet doen." },
    [TOWN_YOUTH_MIND] = { "Mijn dochter van veertien wil niet meer eten en sluit zich op.",
                          "Mijn zoon heeft paniek op school. De psycholoog heeft pas over maanden plek.",
                          "Ik ben zestien en het gaat niet goed met mij. Mijn moeder weet het niet.",
                          "Wij denken aan autisme. De school vraagt om een onderzoek.",
                          "Sinds de dood van opa droomt mijn zoon elke nacht naar.",
                          "Onze dochter is gepest en praat niet meer met ons." },
    [TOWN_SCHOOL_TROUBLE] = { "Mijn zoon gaat al zes weken niet naar school.",
                              "School wil mijn kind naar speciaal onderwijs sturen. Klopt dat wel?",
                              "Mijn dochter spijbelt en gaat om met oudere jongens.",
                              "Hij is geschorst en zit de hele dag thuis te gamen.",
                              "De leerkracht maakt zich zorgen: ons kind komt zonder brood op school.",
                              "Onze tweeling kan niet meekomen en er is geen plek voor extra hulp." },
    [TOWN_DIVORCE] = { "Wij gaan uit elkaar en de kinderen zitten ertussen.",
                       "Mijn ex houdt zich niet aan de afspraken. De kinderen huilen bij elk bezoek.",
                       "Ik heb de kinderen al drie weken niet gezien.",
                       "De rechter zegt dat wij hulp moeten zoeken bij het ouderschap.",
                       "Mijn zoon wil niet meer naar zijn vader en ik weet niet waarom.",
                       "Wij wonen gescheiden in één huis omdat ik niets kan vinden." },
    [TOWN_MONEY] = { "Ik kan de energierekening niet betalen en er ligt een brief van de deurwaarder.",
                     "Mijn toeslag is stopgezet en nu loopt de huur achter.",
                     "Ik durf mijn post niet open te maken. Er liggen wel vijftig brieven.",
                     "Er wordt beslag gelegd op mijn loon. Ik houd te weinig over voor eten.",
                     "Ik ben zzp'er geweest en heb nu schulden bij de belasting.",
                     "Wij komen elke maand tekort. Kunnen de kinderen toch naar zwemles?" },
    [TOWN_HOUSING] = { "Ik moet over twee weken mijn huis uit en heb niets.",
                       "Ik slaap bij vrienden op de bank, elke week ergens anders.",
                       "Er is schimmel in de slaapkamer en de kinderen hoesten.",
                       "De buren maken elke nacht lawaai en niemand doet iets.",
                       "Het huis staat zo vol dat ik niet meer bij mijn bed kan.",
                       "Mijn volwassen zoon komt vrij en kan hier niet wonen." },
    [TOWN_RELATIONS] = { "Mijn man schreeuwt en gooit met dingen. De kinderen zijn erbij.",
                         "Ik ben bij mijn vriend weggegaan en ben bang dat hij mij zoekt.",
                         "Mijn zoon van dertig dwingt mij geld te geven.",
                         "Wij hebben al jaren ruzie in de familie en nu is er een trouwerij.",
                         "Mijn vrouw drinkt. Ik houd het voor de kinderen stil.",
                         "Mijn dochter mag van haar man niet meer alleen naar buiten." },
};

struct notes {
    const char *const *text;
    size_t n;
    unsigned every; /* one in so many steps has a note */
};
#define LIST(name, ...) static const char *const name[] = { __VA_ARGS__ }
#define NOTES(name, every)                                                                                   \
    {                                                                                                        \
        name, COUNT(name), every                                                                             \
    }

LIST(triaged, "Geen gevaar. Er is familie die meehelpt.",
     "Situatie is zwaar, maar stabiel. Kan de norm afwachten.",
     "Huisarts is betrokken en houdt het in de gaten.", "Vraag is duidelijk; een gesprek thuis is nodig.",
     "Er zijn kinderen in huis; gevraagd of het veilig is: ja.",
     "Twijfel besproken met de gedragswetenschapper.");
LIST(emergency, "Er is vandaag iemand in gevaar. Moet nu opgepakt worden.",
     "Geweld thuis en kinderen erbij. Veilig Thuis is gebeld.", "Staat vandaag op straat met een kind.",
     "Geen eten en geen verwarming in huis. Vandaag nodig.");
LIST(soon, "Wordt elke dag zwaarder; de mantelzorger houdt het niet lang meer vol.",
     "Over twee weken huisuitzetting als er niets gebeurt.",
     "De kinderen hebben er last van. Geen gevaar, wel snel.",
     "Lijdt er zo onder dat twee weken wachten schade doet.");
LIST(later, "De vraag gaat over later in het jaar. Vindt vier weken wachten goed.",
     "Extra vraag naast hulp die er al is.", "Wil iets veranderen, maar het gaat nu nog.");
LIST(worse, "De situatie is slechter geworden: mantelzorger is uitgevallen.",
     "Er is een nieuwe brief van de deurwaarder; huisuitzetting dreigt.",
     "School belde: het gaat thuis niet goed meer. Sneller oppakken.",
     "Twee keer gevallen in een week. De huisarts vraagt om spoed.");
LIST(reached, "Gesproken. Er is niets veranderd; wil graag horen wanneer het zover is.",
     "Gaat iets beter. De vraag blijft staan.", "Is ongerust over hoe lang het nog duurt. Uitleg gegeven.",
     "Wil tot na de vakantie wachten met een afspraak.", "Heeft hulp van de buurvrouw tot wij komen.",
     "Gevraagd of het veilig is thuis: ja.", "Vindt het fijn dat wij bellen.",
     "Heeft de folder van het wijkhuis gekregen en gaat daar eens kijken.");
LIST(attempted, "Geen gehoor.", "Voicemail; niet ingesproken.", "Nummer in gesprek, morgen opnieuw.",
     "Zoon nam op; mevrouw is naar de dokter.");
LIST(bridged, "Plek aangeboden in de wandelgroep zolang het wachten duurt.",
     "Verwezen naar het spreekuur van het wijkhuis voor hulp bij brieven.",
     "Vrijwilliger komt een keer per week langs.", "Cursus voor ouders aangeboden; wil erover nadenken.");
LIST(paused, "Ligt in het ziekenhuis en belt zelf als zij thuis is.",
     "Is zes weken bij familie in het buitenland.", "Wil eerst zelf proberen of het lukt.");
LIST(chose, "Koos ervoor te wachten op het nieuwe sociaal team.");
LIST(given_back, "Past beter bij een gezinscoach.", "Geen ruimte door ziekte in het team.",
     "Inwoner kent deze medewerker privé.");
LIST(first_talk, "Kennisgemaakt aan de keukentafel. Samen de vraag op een rij gezet.",
     "Gesprek op locatie. Er speelt meer dan bij de aanmelding was verteld.",
     "Gesproken met moeder en dochter samen. Vervolgafspraak gemaakt.",
     "Helder gesprek; mevrouw weet goed wat zij zelf kan.",
     "Meneer vond het spannend. Volgende keer met zijn broer.");
LIST(plan_agreed, "Drie doelen afgesproken in de eigen woorden van het gezin.",
     "Plan: eerst de post en de schulden, daarna dagbesteding.",
     "Plan besproken met de zus, die ook een deel op zich neemt.",
     "Doel: over een half jaar weer zelf boodschappen.");
LIST(evaluated, "Twee van de drie doelen gehaald.", "Gaat langzamer dan gehoopt; er is rust in huis gekomen.",
     "Mevrouw geeft zichzelf nu een 7; bij het begin een 4.", "Doelen bijgesteld.");
LIST(closed, "Doelen gehaald. Weet ons te vinden als het nodig is.",
     "Hulp overgedragen; warm overgedragen met gesprek.",
     "Samen afgesloten. Over drie maanden bellen wij nog een keer.",
     "Kan zonder ons verder met hulp van familie.");
LIST(solved, "Is al opgelost met hulp van familie.", "Heeft zelf een oplossing gevonden.");
LIST(elsewhere, "Hulp gekregen via de huisarts.",
     "Is geholpen door het maatschappelijk werk van het ziekenhuis.");
LIST(withdrawn, "Wil niet langer wachten en ziet ervan af.",
     "Vindt het te lang duren. Gewezen op de klachtregeling.");
LIST(unreachable, "Drie keer gebeld op verschillende dagen en een brief gestuurd. Teamleider akkoord.");
LIST(moved, "Verhuisd naar een andere gemeente; gegevens met toestemming doorgegeven.");
LIST(died, "Overleden. Familie gecondoleerd.");
LIST(duplicate, "Stond al op de lijst; samengevoegd met de eerste aanmelding.");

static const struct notes of_step[TOWN_STEPS] = {
    [TOWN_REACHED] = NOTES(reached, 1),         [TOWN_ATTEMPTED] = NOTES(attempted, 3),
    [TOWN_BRIDGED] = NOTES(bridged, 1),         [TOWN_PAUSED] = NOTES(paused, 1),
    [TOWN_GIVEN_BACK] = NOTES(given_back, 1),   [TOWN_FIRST_TALK] = NOTES(first_talk, 1),
    [TOWN_PLAN_AGREED] = NOTES(plan_agreed, 2), [TOWN_EVALUATED] = NOTES(evaluated, 1),
};
static const struct notes of_end[TOWN_ENDS] = {
    [TOWN_HELPED] = NOTES(closed, 2),
    [TOWN_SOLVED] = NOTES(solved, 1),
    [TOWN_ELSEWHERE] = NOTES(elsewhere, 1),
    [TOWN_WITHDRAWN] = NOTES(withdrawn, 1),
    [TOWN_UNREACHABLE] = NOTES(unreachable, 1),
    [TOWN_MOVED] = NOTES(moved, 1),
    [TOWN_DIED] = NOTES(died, 1),
    [TOWN_DUPLICATE] = NOTES(duplicate, 1),
};

const char *demo_question(const struct town *t, size_t i)
{
    const struct town_request *q = &t->request[i];
    size_t of = q->end == TOWN_DUPLICATE ? (size_t)q->again : i;
    struct rng r;

    rng_seed(&r, t->param.seed * 0x8bb84b93962eacc9u + of);
    return question[q->theme][rng_below(&r, EACH)];
}

/* A class that is not the usual one is always explained. */
static const struct notes *of_class(const struct town_event *e)
{
    static const struct notes classes[] = { [TOWN_LATER] = NOTES(later, 1),
                                            [TOWN_NORMAL] = NOTES(triaged, 2),
                                            [TOWN_SOON] = NOTES(soon, 1),
                                            [TOWN_EMERGENCY] = NOTES(emergency, 1) };

    return &classes[e->urgency];
}

const char *demo_note(const struct town_request *q, const struct town_event *e)
{
    static const struct notes got_worse = NOTES(worse, 1), waited = NOTES(chose, 1);
    const struct notes *n = &of_step[e->step];

    if (e->step == TOWN_ENDED)
        n = &of_end[q->end];
    if (e->step == TOWN_TRIAGED)
        n = e->at == q->worse_at ? &got_worse : of_class(e);
    if (e->step == TOWN_PAUSED && e->at < q->recorded_at)
        n = &waited;
    if (n->n == 0 || e->pick % n->every != 0)
        return NULL;
    return n->text[e->pick / n->every % n->n];
}
