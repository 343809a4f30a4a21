// SPDX-License-Identifier: EUPL-1.2
#include "web/nav.h"

#include "base/text.h"
#include "web/frame.h"

static const char icon_today[] = "M4 11l8-7 8 7v9h-5v-6h-6v6H4z";
static const char icon_list[] = "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01";
static const char icon_call[] =
    "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2";
static const char icon_urgent[] = "M12 4l9 16H3zM12 10v4M12 17h.01";
static const char icon_new[] = "M12 5v14M5 12h14";
static const char icon_figures[] = "M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6";
static const char icon_complaint[] = "M4 5h16v11H9l-5 4zM8 9h8M8 12h5";
static const char icon_signal[] = "M12 19h.01M8 15a6 6 0 0 1 8 0M5 11a10 10 0 0 1 14 0";
static const char icon_incident[] = "M12 4l9 16H3zM12 10v4M12 17h.01";
static const char icon_cases[] = "M4 7h16v12H4zM9 7V4h6v3M4 12h16";
static const char icon_transfer[] = "M4 8h13l-3-3M20 16H7l3 3";
static const char icon_staff[] = "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20a6.5 6.5 0 0 1 13 0M16 "
                                 "4.5a3.5 3.5 0 0 1 0 6.5M18 14a6 6 0 0 1 3.5 6";
static const char icon_place[] = "M12 21c4-5 6-8 6-11a6 6 0 0 0-12 0c0 3 2 6 6 11M12 10h.01";
static const char icon_partner[] =
    "M4 20c0-4 2-6 5-6s5 2 5 6M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M15 5a3 3 0 0 1 0 6M17 14c2 1 3 3 3 6";
static const char icon_referral[] = "M4 12h14M13 6l6 6-6 6";
static const char icon_setting[] = "M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4";
static const char icon_due[] = "M8 3v4M16 3v4M4 10h16M5 5h14v15H5zM9 15l2 2 4-4";
static const char icon_supporter[] = "M12 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M6 20a6 6 0 0 1 12 0M17 8h4M19 6v4";
static const char icon_group[] =
    "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3 20a6 6 0 0 1 12 0M16 11a3 3 0 0 0 0-6M17 14a6 6 0 0 1 4 6";
static const char icon_help[] =
    "M9 9a3 3 0 1 1 4 2.8c-.7.3-1 .9-1 1.7M12 17h.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18";

static const char icon_term[] = "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18";
static const char icon_letter[] = "M3 6h18v12H3zM3 7l9 6 9-6";
static const char icon_decision[] = "M7 3h8l4 4v14H7zM10 14l2 2 4-4";
static const char icon_twice[] = "M9 9h10v10H9zM5 15V5h10";
static const char icon_lock[] = "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3";

/* In the order of the menu. An entry of your area: one line, in its section. */
static const struct nav_entry entries[] = {
    { N_("Today"), "/today", RIGHT_LOGGED_IN, NAV_WORK, icon_today },
    { N_("Waiting list"), "/waiting", RIGHT_WAITING_LIST, NAV_WORK, icon_list },
    { N_("Emergencies"), "/urgent", RIGHT_WAITING_LIST, NAV_WORK, icon_urgent },
    { N_("Call round"), "/calls", RIGHT_CALL, NAV_WORK, icon_call },
    { N_("New contact"), "/contacts/new", RIGHT_CONTACT, NAV_WORK, icon_call },
    { N_("New request"), "/requests/new", RIGHT_REGISTER, NAV_WORK, icon_new },
    { N_("Contacts"), "/contacts", RIGHT_CONTACT, NAV_PEOPLE, icon_list },
    { N_("Call-backs"), "/callbacks", RIGHT_CONTACT, NAV_PEOPLE, icon_call },
    { N_("Complaints"), "/complaints", RIGHT_COMPLAINT_LIST, NAV_QUALITY, icon_complaint },
    { N_("Signals"), "/signals", RIGHT_SIGNAL, NAV_QUALITY, icon_signal },
    { N_("Incidents"), "/incidents", RIGHT_INCIDENT, NAV_QUALITY, icon_incident },
    { N_("My residents"), "/caseload", RIGHT_CASE, NAV_WORK, icon_cases },
    { N_("Hand-over lists"), "/transfers", RIGHT_TRANSFER, NAV_PEOPLE, icon_transfer },
    { N_("Phone"), "/phone", RIGHT_CONTACT, NAV_PEOPLE, icon_call },
    { N_("Not informed in writing"), "/messages", RIGHT_MESSAGE, NAV_PEOPLE, icon_list },
    { N_("Legal terms"), "/law/terms", RIGHT_WMO, NAV_PEOPLE, icon_term },
    { N_("Six-week letters"), "/law/letters", RIGHT_WMO, NAV_PEOPLE, icon_letter },
    { N_("Decisions"), "/decisions", RIGHT_DECISION, NAV_PEOPLE, icon_decision },
    { N_("To do"), "/due", RIGHT_CALL, NAV_PEOPLE, icon_due },
    { N_("Groups"), "/groups", RIGHT_GROUP, NAV_PEOPLE, icon_group },
    { N_("Client supporters"), "/supporters", RIGHT_FIGURES, NAV_QUALITY, icon_supporter },
    { N_("Registered twice?"), "/duplicates", RIGHT_MERGE, NAV_PEOPLE, icon_twice },
    { N_("Escalations"), "/ave", RIGHT_HOUSEHOLD, NAV_PEOPLE, icon_figures },
    { N_("Emergency access"), "/emergency", RIGHT_EMERGENCY, NAV_PEOPLE, icon_lock },
    { N_("Who got in with a reason?"), "/access", RIGHT_ACCESS_LOG, NAV_MANAGE, icon_lock },
    { N_("Sealed and hidden"), "/access/sealed", RIGHT_SEAL, NAV_MANAGE, icon_lock },
    { N_("Core figures"), "/indicators", RIGHT_FIGURES, NAV_QUALITY, icon_figures },
    { N_("What to expect"), "/forecast", RIGHT_FIGURES, NAV_QUALITY, icon_term },
    { N_("Figures"), "/figures", RIGHT_FIGURES, NAV_QUALITY, icon_figures },
    { N_("Baselines"), "/baselines", RIGHT_FIGURES, NAV_QUALITY, icon_lock },
    { N_("Workers"), "/staff", RIGHT_STAFF, NAV_MANAGE, icon_staff },
    { N_("Consultation hours and places"), "/presence", RIGHT_PLACE, NAV_PLACES, icon_place },
    { N_("Partners"), "/partners", RIGHT_PARTNER, NAV_PLACES, icon_partner },
    { N_("Referrals"), "/referrals/inbox", RIGHT_CONTACT, NAV_PLACES, icon_referral },
    { N_("My referrals"), "/referrals", RIGHT_REFERRAL, NAV_PLACES, icon_referral },
    { N_("Import a file"), "/import", RIGHT_IMPORT, NAV_MANAGE, icon_transfer },
    { N_("Settings"), "/settings", RIGHT_SETTINGS, NAV_MANAGE, icon_setting },
    { N_("Help"), "/help", RIGHT_LOGGED_IN, NAV_MANAGE, icon_help },
};

static const char *const section_label[NAV_SECTIONS] = { NULL, N_("Residents"), N_("Places and partners"),
                                                         N_("Quality"), N_("Settings and help") };

const struct nav_entry *nav_all(size_t *ret_n)
{
    *ret_n = COUNT(entries);
    return entries;
}

static size_t section_fill(struct ctx *c, enum nav_section section, const char *current,
                           struct nav_link *link, bool *ret_current)
{
    size_t n = 0;

    for (size_t i = 0; i < COUNT(entries); i++) {
        const struct nav_entry *e = &entries[i];
        if (e->section != section || !user_may(c, e->right))
            continue;
        link[n] = (struct nav_link){ _(e->label), e->path, e->icon, text_is(e->path, current) };
        *ret_current |= link[n].current;
        n++;
    }
    return n;
}

enum err nav_fill(struct ctx *c, const char *current, struct nav *ret_nav)
{
    struct nav_group *group;
    struct nav_link *link;
    size_t groups = 0, links = 0;

    TRY(ctx_alloc(c, NAV_SECTIONS, sizeof *group, (void *)&group));
    TRY(ctx_alloc(c, COUNT(entries), sizeof *link, (void *)&link));
    for (size_t s = 0; s < NAV_SECTIONS; s++) {
        struct nav_group *g = &group[groups];
        g->link = link + links;
        g->n = section_fill(c, (enum nav_section)s, current, link + links, &g->open);
        g->label = groups > 0 && section_label[s] != NULL ? _(section_label[s]) : NULL;
        links += g->n;
        groups += g->n > 0;
    }
    for (size_t i = 1; links > NAV_FEW && i < groups; i++)
        group[i].folds = group[i].n > 1;
    *ret_nav = (struct nav){ .group = group, .n = groups };
    return OK;
}
