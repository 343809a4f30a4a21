// SPDX-License-Identifier: EUPL-1.2
#include "register/right.h"

#include "base/text.h"

#define R(right) (1u << RIGHT_##right)

enum reach { REACH_NOBODY, REACH_TEAM, REACH_ALL };

static const struct role_row {
    const char *code, *name;
    unsigned rights; /* besides R(NONE) and R(LOGGED_IN) */
    enum reach reach;
} roles[ROLES] = {
    [ROLE_INTAKE] = { "intake", N_("Intake"),
                      R(WAITING_LIST) | R(REQUEST) | R(REGISTER) | R(CALL) | R(EVENT) | R(FIGURES),
                      REACH_ALL },
    [ROLE_SOCIAL_WORKER] = { "social_worker", N_("Social worker"),
                             R(WAITING_LIST) | R(REQUEST) | R(REGISTER) | R(CALL) | R(EVENT) | R(FIGURES),
                             REACH_TEAM },
    [ROLE_TEAM_LEAD] = { "team_lead", N_("Team lead"),
                         R(WAITING_LIST) | R(REQUEST) | R(REGISTER) | R(CALL) | R(EVENT) | R(FIGURES) |
                             R(EXPORT),
                         REACH_TEAM },
    [ROLE_QUALITY] = { "quality", N_("Quality officer"), R(FIGURES), REACH_NOBODY },
    [ROLE_COMPLAINTS] = { "complaints", N_("Complaints officer"), R(FIGURES), REACH_NOBODY },
    [ROLE_BOARD] = { "board", N_("Board"), R(FIGURES), REACH_NOBODY },
    [ROLE_BACK_OFFICE] = { "back_office", N_("Municipal back office"), R(FIGURES), REACH_NOBODY },
    [ROLE_ACCOUNT_MANAGER] = { "account_manager", N_("Account manager"), R(FIGURES), REACH_NOBODY },
    [ROLE_ADVISORY_COUNCIL] = { "advisory_council", N_("Advisory council"), 0, REACH_NOBODY },
    [ROLE_PARTNER] = { "partner", N_("Partner"), 0, REACH_NOBODY },
    [ROLE_DPO] = { "dpo", N_("Data protection officer"), R(FIGURES) | R(ACCESS_LOG), REACH_NOBODY },
    [ROLE_ADMIN] = { "admin", N_("Administrator"), R(ACCOUNTS), REACH_NOBODY },
    [ROLE_SYSTEM] = { "system", N_("Command line"), ~0u, REACH_ALL },
};

static const char *const rights[RIGHTS] = {
    [RIGHT_NONE] = "none",       [RIGHT_LOGGED_IN] = "logged_in", [RIGHT_WAITING_LIST] = "waiting_list",
    [RIGHT_REQUEST] = "request", [RIGHT_REGISTER] = "register",   [RIGHT_CALL] = "call",
    [RIGHT_EVENT] = "event",     [RIGHT_FIGURES] = "figures",     [RIGHT_IMPORT] = "import",
    [RIGHT_EXPORT] = "export",   [RIGHT_ACCOUNTS] = "accounts",   [RIGHT_ACCESS_LOG] = "access_log",
};

bool role_may(enum role role, enum right right)
{
    return right == RIGHT_NONE || right == RIGHT_LOGGED_IN || (roles[role].rights & (1u << right)) != 0;
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
    struct scope s = { .all = 0, .team = INT_NONE, .worker = INT_NONE };

    if (roles[a->role].reach == REACH_ALL || (a->role == ROLE_TEAM_LEAD && a->team == INT_NONE)) {
        s.all = 1;
    } else if (roles[a->role].reach == REACH_TEAM) {
        s.team = a->team;
        s.worker = a->worker;
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
