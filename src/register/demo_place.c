// SPDX-License-Identifier: EUPL-1.2
/* Places of the made-up municipality: four locations from the first day, nine outreach places that were to
 * open before the first summer and opened later, and their consultation hours. De Fonkel is scarcely staffed.
 */
#include "register/demo_place.h"

#include "register/place.h"
#include "register/presence.h"
#include "register/right.h"

/* planned, opens: days from the first day; 0: on it. Hours: weekday 1..5, minutes, every so many weeks. */
static const struct {
    const char *name, *kind, *address;
    int hood, partner; /* partner: by place in the list of demo_partner.c, -1: none */
    int planned, put_off, opens;
    int weekday, starts, ends, every;
} places[DEMO_PLACES] = {
    { "Huis aan de Vaart", PLACE_LOCATION, "Vaartkade 12", 0, -1, 0, 0, 0, 1, 540, 720, 1 },
    { "De Spoel", PLACE_LOCATION, "Spoelstraat 3", 8, -1, 0, 0, 0, 3, 780, 960, 1 },
    { "De Vlonder", PLACE_LOCATION, "Vlonderpad 40", 2, -1, 0, 0, 0, 2, 540, 720, 1 },
    { "Het Noorderlicht", PLACE_LOCATION, "Noordlaan 8", 5, -1, 0, 0, 0, 4, 780, 960, 1 },
    { "Wijkhuis De Fonkel", "community_centre", "Fonkelplein 1", 3, 15, 120, 300, 430, 5, 600, 660, 4 },
    { "Bibliotheek", "library", "Boekenplein 2", 0, 16, 60, 0, 95, 4, 600, 720, 1 },
    { "Huisartsenpraktijk De Weegbree", "gp", "Kruidenhof 9", 7, 6, 75, 0, 100, 3, 540, 660, 1 },
    { "Huisartsenpraktijk Aan het Kanaal", "gp", "Kanaaldijk 77", 0, 7, 75, 0, 150, 1, 780, 900, 1 },
    { "Consultatiebureau", "baby_clinic", "Dreef 20", 1, 10, 90, 0, 120, 2, 540, 630, 2 },
    { "Voedselbank", "food_bank", "Loods 4", 8, 14, 90, 150, 165, 5, 780, 870, 1 },
    { "Basisschool De Papieren Boot", "school", "Bootweg 5", 4, 1, 100, 0, 140, 2, 495, 585, 1 },
    { "Kindcentrum De Klimboom", "school", "Takkenlaan 14", 9, 2, 120, 0, 240, 4, 495, 570, 2 },
    { "Vakcollege De Werkbank", "school", "Gereedschapslaan 1", 5, 4, 120, 220, 250, 3, 720, 780, 1 },
};

bool demo_clock(struct ctx *c, const struct demo *d, int32_t day, int hour)
{
    int32_t working = day + (date_weekday(day) > 5 ? 8 - date_weekday(day) : 0);
    int64_t at = time_of_nl_day(working, hour * 3600);

    if (at >= d->town.param.now)
        return false;
    ctx_set_now(c, at);
    return true;
}

static enum err put_plan(struct ctx *c, const struct demo *d, size_t i, int64_t id)
{
    int32_t first = d->o->from;

    if (places[i].put_off > 0 && demo_clock(c, d, first + places[i].planned, 9))
        TRY(place_move(c, &(struct place_move){ id, -1, PLACE_PLANNED, first + places[i].put_off,
                                                "Er zijn nog geen medewerkers voor deze plek." }));
    if (demo_clock(c, d, first + places[i].opens, 10))
        TRY(place_move(c, &(struct place_move){ id, -1, PLACE_OPENED, c->today, NULL }));
    return OK;
}

/* The school holidays of the south, some weeks a year: nobody is promised anything then. */
static enum err put_breaks(struct ctx *c, const struct demo *d, int64_t id)
{
    static const struct {
        int month, day, days;
        const char *name;
    } holiday[] = { { 4, 29, 7, "Meivakantie" },
                    { 7, 20, 44, "Zomervakantie" },
                    { 10, 21, 7, "Herfstvakantie" },
                    { 12, 23, 16, "Kerstvakantie" } };
    int last = date_to_civil(d->o->to).year;

    demo_clock(c, d, d->o->from, 9);
    for (int year = date_to_civil(d->o->from).year; year <= last; year++)
        for (size_t i = 0; i < COUNT(holiday); i++) {
            int32_t day = date_from_civil(year, holiday[i].month, holiday[i].day);
            struct place_break b = { 0, id, day, day + holiday[i].days - 1, holiday[i].name };
            if (day >= c->today)
                TRY(place_break_add(c, &b));
        }
    return OK;
}

static enum err put_hour(struct ctx *c, const struct demo *d, size_t i, int64_t id)
{
    int32_t opens = d->o->from + places[i].opens;
    struct walk_in_hour h = { .id = INT_NONE,
                              .place = id,
                              .team = INT_NONE,
                              .weekday = places[i].weekday,
                              .starts = places[i].starts,
                              .ends = places[i].ends,
                              .every_weeks = places[i].every,
                              .first_day = opens,
                              .last_day = DAY_NONE };
    int64_t hour;

    if (!demo_clock(c, d, opens, 11))
        return OK;
    h.first_day = c->today;
    return hour_save(c, &h, &hour);
}

static enum err put_place(struct ctx *c, struct demo *d, size_t i)
{
    struct place_form f = { .id = INT_NONE,
                            .kind = places[i].kind,
                            .name = places[i].name,
                            .address = places[i].address,
                            .neighbourhood = d->hood[places[i].hood],
                            .team = INT_NONE,
                            .partner = places[i].partner >= 0 ? d->partner[places[i].partner] : INT_NONE,
                            .opens_on = d->o->from + places[i].planned };

    if (!demo_clock(c, d, d->o->from, 8))
        return OK;
    TRY(place_save(c, &f, &d->place[i]));
    if (places[i].kind[0] == 's')
        TRY(put_breaks(c, d, d->place[i]));
    TRY(put_plan(c, d, i, d->place[i]));
    return put_hour(c, d, i, d->place[i]);
}

static enum err put_places(struct ctx *c, void *arg)
{
    struct demo *d = arg;

    for (size_t i = 0; i < DEMO_PLACES; i++)
        TRY(put_place(c, d, i));
    return OK;
}

enum err demo_place(struct ctx *c, struct demo *d)
{
    int64_t now = c->now;
    enum err e = db_tx(c, put_places, d);

    ctx_set_now(c, now);
    return e;
}
