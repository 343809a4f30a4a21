// SPDX-License-Identifier: EUPL-1.2
#include "register/law.h"

#include "base/text.h"
#include "store/sql.h"

#define W(n)                                                                                                 \
    {                                                                                                        \
        (n), TERM_WEEKS, true                                                                                \
    }
#define NEVER_MORE                                                                                           \
    {                                                                                                        \
        0, TERM_WEEKS, true                                                                                  \
    }

/* Every clock of the law in one table; docs/law.md explains each. */
static const struct law_rule rules[LAW_KINDS] = {
    [LAW_RECEIPT] = { "receipt",
                      N_("Confirm the receipt"),
                      "Wmo 2.3.2(1)",
                      { 2, TERM_WORKING_DAYS, false },
                      PARTY_US,
                      NEVER_MORE,
                      true },
    [LAW_PERSONAL_PLAN] = { "personal_plan",
                            N_("The resident may hand in a plan"),
                            "Wmo 2.3.2(2)",
                            { 7, TERM_DAYS, true },
                            PARTY_RESIDENT,
                            NEVER_MORE,
                            false },
    [LAW_RESEARCH] = { "research", N_("Finish the research and send the account"), "Wmo 2.3.2(1)", W(6),
                       PARTY_US, NEVER_MORE, true },
    [LAW_YOUTH_PLAN] = { "youth_plan", N_("Agree on the youth plan"), "Jeugdwet 4.1.3", W(6), PARTY_US,
                         NEVER_MORE, true },
    [LAW_YOUTH_WRITTEN] = { "youth_written",
                            N_("Send the youth plan in writing"),
                            "Jeugdwet 4.1.3",
                            { 14, TERM_DAYS, true },
                            PARTY_US,
                            NEVER_MORE,
                            true },
    [LAW_DECISION_WMO] = { "decision_wmo", N_("Decide on the application"), "Wmo 2.3.5(2)", W(2),
                           PARTY_MUNICIPALITY, NEVER_MORE, true },
    [LAW_DECISION_OTHER] = { "decision_other", N_("Decide on the application"), "Awb 4:13", W(8),
                             PARTY_MUNICIPALITY, NEVER_MORE, true },
    [LAW_DEFAULT] = { "default", N_("Decide after the notice of default"), "Awb 4:17(3)", W(2),
                      PARTY_MUNICIPALITY, NEVER_MORE, true },
    [LAW_PENALTY] = { "penalty", N_("Fix the amount of the penalty"), "Awb 4:18", W(2), PARTY_MUNICIPALITY,
                      NEVER_MORE, true },
    [LAW_OBJECTING] = { "objecting", N_("The resident may object"), "Awb 6:7", W(6), PARTY_RESIDENT,
                        NEVER_MORE, false },
    [LAW_OBJECTION] = { "objection", N_("Decide on the objection"), "Awb 7:10", W(6), PARTY_MUNICIPALITY,
                        W(6), true },
    [LAW_OBJECTION_COMMITTEE] = { "objection_committee", N_("Decide on the objection, with a committee"),
                                  "Awb 7:10", W(12), PARTY_MUNICIPALITY, W(6), true },
    [LAW_REVIEW] = { "review",
                     N_("Look at the decision again"),
                     "Wmo 2.3.9",
                     { 1, TERM_DAYS, false },
                     PARTY_MUNICIPALITY,
                     NEVER_MORE,
                     true },
    [LAW_COMPLAINT] = { "complaint", N_("Answer the complaint"), "Awb 9:11", W(6), PARTY_US, W(4), true },
    [LAW_COMPLAINT_COMMITTEE] = { "complaint_committee", N_("Answer the complaint, with a committee"),
                                  "Awb 9:11", W(10), PARTY_US, W(4), true },
    [LAW_COMPLAINT_REFUSED] = { "complaint_refused", N_("Tell that the complaint is not taken up"),
                                "Awb 9:8(3)", W(4), PARTY_US, NEVER_MORE, true },
    [LAW_COMPLAINT_PROVIDER] = { "complaint_provider",
                                 N_("Answer the complaint (own scheme)"),
                                 "Wmo 3.2",
                                 { 6, TERM_WEEKS, false },
                                 PARTY_US,
                                 { 4, TERM_WEEKS, false },
                                 true },
    [LAW_COMPLAINT_YOUTH] = { "complaint_youth",
                              N_("Ruling of the complaints committee"),
                              "Jeugdwet 4.2.1",
                              { 6, TERM_WEEKS, false },
                              PARTY_THIRD,
                              { 4, TERM_WEEKS, false },
                              true },
    [LAW_COMPLAINT_ANSWER] = { "complaint_answer",
                               N_("Tell what we do with the ruling"),
                               "Jeugdwet 4.2.1",
                               { 1, TERM_MONTHS, true },
                               PARTY_US,
                               NEVER_MORE,
                               true },
    [LAW_ERASURE] = { "erasure",
                      N_("Erase the file on request"),
                      "Wmo 5.3.5",
                      { 3, TERM_MONTHS, true },
                      PARTY_US,
                      NEVER_MORE,
                      true },
    [LAW_CALAMITY] = { "calamity",
                       N_("Report the calamity"),
                       "Wmo 3.4",
                       { 3, TERM_WORKING_DAYS, false },
                       PARTY_US,
                       NEVER_MORE,
                       true },
};

const struct law_provision law_provisions[] = {
    { "wmo_household", N_("Help in the household (Wmo)"), LAW_WMO },
    { "wmo_guidance", N_("Guidance (Wmo)"), LAW_WMO },
    { "wmo_day_care", N_("Day activities (Wmo)"), LAW_WMO },
    { "wmo_short_stay", N_("Short stay (Wmo)"), LAW_WMO },
    { "wmo_transport", N_("Transport (Wmo)"), LAW_WMO },
    { "wmo_wheelchair", N_("Wheelchair (Wmo)"), LAW_WMO },
    { "wmo_dwelling", N_("Changes to the house (Wmo)"), LAW_WMO },
    { "wmo_shelter", N_("Sheltered living (Wmo)"), LAW_WMO },
    { "youth_guidance", N_("Guidance (Youth Act)"), LAW_YOUTH },
    { "youth_treatment", N_("Treatment (Youth Act)"), LAW_YOUTH },
    { "youth_dyslexia", N_("Severe dyslexia (Youth Act)"), LAW_YOUTH },
    { "youth_stay", N_("Stay elsewhere (Youth Act)"), LAW_YOUTH },
    { "youth_transport", N_("Transport (Youth Act)"), LAW_YOUTH },
    { "other", N_("Something else"), LAW_OTHER },
};
const size_t law_provision_count = COUNT(law_provisions);

const struct law_ground law_grounds[] = {
    { "completion", N_("The resident must complete the application"), "Awb 4:15(1)(a)", PARTY_RESIDENT, false,
      true, false, true },
    { "abroad", N_("Information is asked abroad"), "Awb 4:15(1)(b)", PARTY_THIRD, false, true, false, false },
    { "consent", N_("The resident agreed in writing to more time"), "Awb 4:15(2)(a)", PARTY_MUNICIPALITY,
      false, true, true, true },
    { "resident_delay", N_("The resident causes the delay"), "Awb 4:15(2)(b)", PARTY_RESIDENT, false, true,
      false, false },
    { "force_majeure", N_("Force majeure"), "Awb 4:15(2)(c)", PARTY_THIRD, false, true, false, false },
    { "advice", N_("Advice is asked: the term runs on"), "Awb 3:6", PARTY_THIRD, false, false, false, false },
    { "objection_defect", N_("The resident must complete the objection"), "Awb 7:10(2)", PARTY_RESIDENT, true,
      true, false, true },
    { "objection_consent", N_("The resident agreed to more time for the objection"), "Awb 7:10(4)",
      PARTY_MUNICIPALITY, true, true, true, true },
};
const size_t law_ground_count = COUNT(law_grounds);

const struct code_name law_results[] = {
    { "granted", N_("Granted") },
    { "partly", N_("Partly granted") },
    { "refused", N_("Refused") },
    { "not_handled", N_("Not handled: not completed") },
    { "withdrawn", N_("Application withdrawn") },
};
const size_t law_result_count = COUNT(law_results);
const struct code_name law_objection_results[] = {
    { "upheld", N_("Upheld") },
    { "partly_upheld", N_("Partly upheld") },
    { "not_upheld", N_("Not upheld") },
    { "inadmissible", N_("Not admissible") },
    { "objection_withdrawn", N_("Objection withdrawn") },
};
const size_t law_objection_result_count = COUNT(law_objection_results);

const struct code_name law_family_plans[] = {
    { "wanted", N_("The family wants to make its own plan") },
    { "declined", N_("The family makes no plan of its own") },
    { "made", N_("The family plan is ready") },
};
const size_t law_family_plan_count = COUNT(law_family_plans);

static const struct code_name tracks[TRACKS] = {
    [TRACK_NONE] = { "none", N_("No legal track") },
    [TRACK_WMO] = { "wmo_report", N_("Report for the Social Support Act") },
    [TRACK_YOUTH] = { "youth_application", N_("Application for the Youth Act") },
    [TRACK_OTHER] = { "other_application", N_("Application") },
}, stages[STAGES] = {
    [STAGE_NONE] = { "none", "" },
    [STAGE_OPEN] = { "open", N_("research is open") },
    [STAGE_RESEARCHED] = { "researched", N_("researched") },
    [STAGE_APPLIED] = { "applied", N_("applied") },
    [STAGE_DECIDED] = { "decided", N_("decided") },
};

const struct law_rule *law_rule(enum law_kind kind)
{
    return &rules[kind];
}

const char *law_kind_name(const struct ctx *c, enum law_kind kind)
{
    return _(rules[kind].name);
}

/* What was chosen last for that day; changes stand by setting and in the order of their days. */
static int chosen(const struct law_options *o, const char *name, int otherwise, int32_t day)
{
    for (size_t i = 0; i < o->changes; i++)
        if (o->change[i].from <= day && text_is(o->change[i].name, name))
            otherwise = o->change[i].value;
    return otherwise;
}

struct term_length law_length(const struct law_options *o, enum law_kind kind, int32_t day)
{
    struct term_length l = rules[kind].length;

    if (kind == LAW_DECISION_OTHER)
        l.amount = chosen(o, "law.other_weeks", o->other_weeks, day);
    if (kind == LAW_COMPLAINT_PROVIDER)
        l.amount = chosen(o, "law.provider_weeks", o->provider_weeks, day);
    if (kind == LAW_COMPLAINT_YOUTH)
        l.amount = chosen(o, "law.youth_weeks", o->youth_weeks, day);
    if (kind == LAW_RECEIPT)
        l.amount = chosen(o, "law.receipt_days", o->receipt_days, day);
    return l;
}

enum party law_owner(const struct law_options *o, enum law_kind kind, int32_t day)
{
    bool mandate = rules[kind].owner == PARTY_MUNICIPALITY && chosen(o, "law.decides", o->mandate, day) != 0;

    return mandate ? PARTY_US : rules[kind].owner;
}

bool law_provision_find(const char *code, const struct law_provision **ret_provision)
{
    for (size_t i = 0; i < law_provision_count; i++)
        if (text_is(law_provisions[i].code, code)) {
            *ret_provision = &law_provisions[i];
            return true;
        }
    return false;
}

const struct law_ground *law_ground_find(const char *code)
{
    for (size_t i = 0; i < law_ground_count; i++)
        if (text_is(law_grounds[i].code, code))
            return &law_grounds[i];
    return NULL;
}

static const char *name_in(const struct code_name *list, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (text_is(list[i].code, code))
            return list[i].name;
    return NULL;
}

const char *law_code_name(const struct ctx *c, const char *code)
{
    const struct law_provision *p;
    const struct law_ground *g = law_ground_find(code);
    const char *name = name_in(law_results, law_result_count, code);

    if (name == NULL)
        name = name_in(law_objection_results, law_objection_result_count, code);
    if (name == NULL)
        name = name_in(law_family_plans, law_family_plan_count, code);
    if (name == NULL && g != NULL)
        name = g->name;
    if (name == NULL && law_provision_find(code, &p))
        name = p->name;
    return name != NULL ? _(name) : code;
}

const char *track_code(enum law_track track)
{
    return tracks[track].code;
}

const char *stage_code(enum law_stage stage)
{
    return stages[stage].code;
}

const char *track_name(const struct ctx *c, enum law_track track)
{
    return _(tracks[track].name);
}

const char *stage_name(const struct ctx *c, enum law_stage stage)
{
    return stage == STAGE_NONE ? "" : _(stages[stage].name);
}
