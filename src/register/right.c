// SPDX-License-Identifier: EUPL-1.2
#include "register/right.h"

#include "base/text.h"

#define R(right) (UINT64_C(1) << RIGHT_##right)

enum reach { REACH_NOBODY, REACH_TEAM, REACH_OFFICE, REACH_ALL, REACH_SEALED };

/* What everybody who works with residents may. */
#define FRONT                                                                                                \
    (R(WAITING_LIST) | R(REQUEST) | R(REGISTER) | R(CALL) | R(EVENT) | R(FIGURES) | R(SEARCH) | R(CONTACT) | \
     R(TRIAGE) | R(WMO) | R(HOUSEHOLD) | R(MESSAGE) | R(TRANSFER) | R(GROUP) | R(PLACE) | R(PARTNER) |       \
     R(SIGNAL) | R(INCIDENT) | R(COMPLAINT_ENTER))

static const struct role_row {
    const char *code, *name;
    uint64_t rights; /* besides R(NONE) and R(LOGGED_IN) */
    enum reach reach;
} roles[ROLES] = {
    [ROLE_INTAKE] = { "intake", N_("Intake"), FRONT | R(MERGE) | R(IMPORT), REACH_ALL },
    [ROLE_SOCIAL_WORKER] = { "social_worker", N_("Social worker"),
                             FRONT | R(CASE) | R(EMERGENCY) | R(STAFF) | R(ABSENCE) | R(COMPLAINT_LIST),
                             REACH_TEAM },
    [ROLE_TEAM_LEAD] = { "team_lead", N_("Team lead"),
                         FRONT | R(CASE) | R(EMERGENCY) | R(ALLOCATE) | R(MERGE) | R(SEAL) | R(STAFF) |
                             R(STAFF_EDIT) | R(ABSENCE) | R(COMPLAINT_LIST) | R(PLACE_EDIT) |
                             R(PARTNER_EDIT) | R(EXPORT),
                         REACH_TEAM },
    [ROLE_QUALITY] = { "quality", N_("Quality officer"),
                       R(FIGURES) | R(COMPLAINT_LIST) | R(COMPLAINT_READ) | R(SIGNAL) | R(SIGNAL_JUDGE) |
                           R(INCIDENT) | R(INCIDENT_HANDLE) | R(PLACE) | R(PARTNER) | R(BASELINE) |
                           R(BASELINE_SIGN) | R(IMPORT),
                       REACH_NOBODY },
    [ROLE_COMPLAINTS] = { "complaints", N_("Complaints officer"),
                          R(FIGURES) | R(COMPLAINT_ENTER) | R(COMPLAINT_LIST) | R(COMPLAINT) |
                              R(COMPLAINT_READ) | R(SIGNAL) | R(INCIDENT),
                          REACH_NOBODY },
    [ROLE_BOARD] = { "board", N_("Board"),
                     R(FIGURES) | R(SIGNAL) | R(INCIDENT) | R(INCIDENT_HANDLE) | R(PLACE) | R(PARTNER) |
                         R(PARTNER_EDIT) | R(STAFF) | R(ABSENCE) | R(SETTINGS) | R(BASELINE) |
                         R(BASELINE_SIGN),
                     REACH_NOBODY },
    [ROLE_BACK_OFFICE] = { "back_office", N_("Municipal back office"),
                           R(FIGURES) | R(REQUEST) | R(WMO) | R(DECISION) | R(MESSAGE), REACH_OFFICE },
    [ROLE_ACCOUNT_MANAGER] = { "account_manager", N_("Account manager"),
                               R(FIGURES) | R(PLACE) | R(PARTNER) | R(BASELINE_SIGN), REACH_NOBODY },
    [ROLE_ADVISORY_COUNCIL] = { "advisory_council", N_("Advisory council"), R(SIGNAL), REACH_NOBODY },
    [ROLE_PARTNER] = { "partner", N_("Partner"), R(REFERRAL) | R(SIGNAL), REACH_NOBODY },
    [ROLE_DPO] = { "dpo", N_("Data protection officer"), R(FIGURES) | R(ACCESS_LOG) | R(SEAL), REACH_NOBODY },
    [ROLE_ADMIN] = { "admin", N_("Administrator"), R(ACCOUNTS) | R(SETTINGS), REACH_NOBODY },
    [ROLE_SYSTEM] = { "system", N_("Command line"), ~UINT64_C(0), REACH_SEALED },
};

static const char *const rights[RIGHTS] = {
    [RIGHT_NONE] = "none",
    [RIGHT_LOGGED_IN] = "logged_in",
    [RIGHT_WAITING_LIST] = "waiting_list",
    [RIGHT_REQUEST] = "request",
    [RIGHT_REGISTER] = "register",
    [RIGHT_CALL] = "call",
    [RIGHT_EVENT] = "event",
    [RIGHT_FIGURES] = "figures",
    [RIGHT_IMPORT] = "import",
    [RIGHT_EXPORT] = "export",
    [RIGHT_ACCOUNTS] = "accounts",
    [RIGHT_ACCESS_LOG] = "access_log",
    [RIGHT_SEARCH] = "search",
    [RIGHT_CONTACT] = "contact",
    [RIGHT_TRIAGE] = "triage",
    [RIGHT_ALLOCATE] = "allocate",
    [RIGHT_CASE] = "case",
    [RIGHT_WMO] = "wmo",
    [RIGHT_DECISION] = "decision",
    [RIGHT_MERGE] = "merge",
    [RIGHT_HOUSEHOLD] = "household",
    [RIGHT_SEAL] = "seal",
    [RIGHT_EMERGENCY] = "emergency",
    [RIGHT_MESSAGE] = "message",
    [RIGHT_TRANSFER] = "transfer",
    [RIGHT_GROUP] = "group",
    [RIGHT_STAFF] = "staff",
    [RIGHT_STAFF_EDIT] = "staff_edit",
    [RIGHT_ABSENCE] = "absence",
    [RIGHT_PLACE] = "place",
    [RIGHT_PLACE_EDIT] = "place_edit",
    [RIGHT_PARTNER] = "partner",
    [RIGHT_PARTNER_EDIT] = "partner_edit",
    [RIGHT_REFERRAL] = "referral",
    [RIGHT_COMPLAINT_ENTER] = "complaint_enter",
    [RIGHT_COMPLAINT_LIST] = "complaint_list",
    [RIGHT_COMPLAINT] = "complaint",
    [RIGHT_COMPLAINT_READ] = "complaint_read",
    [RIGHT_SIGNAL] = "signal",
    [RIGHT_SIGNAL_JUDGE] = "signal_judge",
    [RIGHT_INCIDENT] = "incident",
    [RIGHT_INCIDENT_HANDLE] = "incident_handle",
    [RIGHT_SETTINGS] = "settings",
    [RIGHT_BASELINE] = "baseline",
    [RIGHT_BASELINE_SIGN] = "baseline_sign",
};

bool role_may(enum role role, enum right right)
{
    return right == RIGHT_NONE || right == RIGHT_LOGGED_IN ||
           (roles[role].rights & (UINT64_C(1) << right)) != 0;
}

enum err may(struct ctx *c, enum right right)
{
    if (right == RIGHT_NONE)
        return OK;
    if (c->actor == NULL)
        return FAIL(E_LOGIN, "%s", _("Please log in first."));
    if (!role_may(c->actor->role, right))
        return FAIL(E_FORBIDDEN, "%s", _("You may not see or do this."));
    return OK;
}

struct scope scope_of(const struct actor *a)
{
    struct scope s = { .team = INT_NONE, .worker = INT_NONE, .account = INT_NONE };

    switch (roles[a->role].reach) {
    case REACH_SEALED:
        s.all = 2;
        break;
    case REACH_ALL:
        s.all = 1;
        break;
    case REACH_TEAM:
        s.all = a->role == ROLE_TEAM_LEAD && a->team == INT_NONE; /* a lead of all teams */
        s.team = s.all ? INT_NONE : a->team;
        s.worker = a->worker;
        break;
    case REACH_OFFICE:
        s.office = 1;
        break;
    case REACH_NOBODY:
        break;
    }
    return s;
}

const char *role_code(enum role role)
{
    return roles[role].code;
}

const char *role_name(struct ctx *c, enum role role)
{
    return _(roles[role].name);
}

bool role_find(const char *code, enum role *ret_role)
{
    for (size_t i = 0; i < ROLES; i++)
        if (text_is(roles[i].code, code)) {
            *ret_role = (enum role)i;
            return true;
        }
    return false;
}

const char *right_code(enum right right)
{
    return rights[right];
}
