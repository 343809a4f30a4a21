// SPDX-License-Identifier: EUPL-1.2
/* Roles and rights: one table, from the organisation's agreement on who may see and do what (least
 * privilege). Rights say what a role may do; the scope says on whom (store/db.h). Both are checked here in
 * the register, never in a template or handler. */
#ifndef PEIL_REGISTER_RIGHT_H
#define PEIL_REGISTER_RIGHT_H

#include "store/db.h"

enum role {
    ROLE_INTAKE,           /* Aanmeld- en Adviesteam */
    ROLE_SOCIAL_WORKER,    /* sociaal werker */
    ROLE_TEAM_LEAD,        /* teamleider */
    ROLE_QUALITY,          /* kwaliteitsmedewerker */
    ROLE_COMPLAINTS,       /* klachtenfunctionaris */
    ROLE_BOARD,            /* bestuur */
    ROLE_BACK_OFFICE,      /* backoffice gemeente */
    ROLE_ACCOUNT_MANAGER,  /* accountmanager */
    ROLE_ADVISORY_COUNCIL, /* adviesraad */
    ROLE_PARTNER,          /* partner */
    ROLE_DPO,              /* functionaris gegevensbescherming */
    ROLE_ADMIN,            /* beheerder: accounts, no content */
    ROLE_SYSTEM,           /* the command line of whoever holds the register file */
    ROLES,
};

enum right {
    RIGHT_NONE,         /* everybody, without logging in */
    RIGHT_LOGGED_IN,    /* everybody with an account */
    RIGHT_WAITING_LIST, /* see the waiting list with names */
    RIGHT_REQUEST,      /* open a request and its resident */
    RIGHT_REGISTER,     /* register a request */
    RIGHT_CALL,         /* register a call, put on the call list */
    RIGHT_EVENT,        /* notes, appointments and other events of a request */
    RIGHT_FIGURES,      /* see figures of the whole organisation */
    RIGHT_IMPORT,       /* import files; what is in them needs its own right too */
    RIGHT_EXPORT,       /* take lists out as a file */
    RIGHT_ACCOUNTS,     /* accounts */
    RIGHT_ACCESS_LOG,   /* who looked at what */
    RIGHT_SEARCH,       /* search persons */
    RIGHT_CONTACT,      /* contacts, call-backs, phone tally */
    RIGHT_TRIAGE,       /* decide how urgent */
    RIGHT_ALLOCATE,     /* give a request to a worker */
    RIGHT_CASE,         /* talks, plan, goals, help, evaluation, closing */
    RIGHT_WMO,          /* Wmo report and research */
    RIGHT_DECISION,     /* applications, decisions, objections */
    RIGHT_MERGE,        /* join and split doubles */
    RIGHT_HOUSEHOLD,    /* household, network, who directs */
    RIGHT_SEAL,         /* seal a request, confirm a block */
    RIGHT_EMERGENCY,    /* open a request of someone else, with a reason (noodtoegang) */
    RIGHT_MESSAGE,      /* letters and messages to residents */
    RIGHT_TRANSFER,     /* hand-over lists (overdracht) */
    RIGHT_GROUP,        /* groups */
    RIGHT_STAFF,        /* see workers and caseload */
    RIGHT_STAFF_EDIT,   /* change them */
    RIGHT_ABSENCE,      /* absence: own, or of the team */
    RIGHT_PLACE,        /* places and consultation hours, tally there */
    RIGHT_PLACE_EDIT,   /* plan them */
    RIGHT_PARTNER,      /* directory and agreements */
    RIGHT_PARTNER_EDIT, /* change them */
    RIGHT_REFERRAL,     /* a partner's own referrals */
    RIGHT_COMPLAINT_ENTER,
    RIGHT_COMPLAINT_LIST, /* see some complaints: which ones and how much, the register decides */
    RIGHT_COMPLAINT,      /* handle complaints, with names */
    RIGHT_COMPLAINT_READ, /* complaints without names */
    RIGHT_SIGNAL,         /* send and see signals */
    RIGHT_SIGNAL_JUDGE,
    RIGHT_INCIDENT, /* report incidents */
    RIGHT_INCIDENT_HANDLE,
    RIGHT_SETTINGS,      /* norms, teams, places, calendar */
    RIGHT_BASELINE,      /* seal a baseline (nulmeting), add an erratum to it */
    RIGHT_BASELINE_SIGN, /* co-sign one that somebody else sealed */
    RIGHTS,
};

struct actor {
    int64_t account; /* INT_NONE on the command line */
    enum role role;
    const char *name, *login;
    int64_t team, worker; /* INT_NONE: none */
    int64_t partner;      /* the organisation of a partner's account; INT_NONE */
};

bool role_may(enum role role, enum right right);
/* OK, E_LOGIN without an actor, or E_FORBIDDEN. */
enum err may(struct ctx *c, enum right right) MUST_CHECK;
/* What the actor sees of residents: everything (intake, command line), a team (lead, worker), what the back
 * office has to do with, or nothing. Grants and blocks are added by the session. */
struct scope scope_of(const struct actor *a);

const char *role_code(enum role role);                /* "team_lead": stored, and in `--as` */
const char *role_name(struct ctx *c, enum role role); /* for a person */
bool role_find(const char *code, enum role *ret_role);
const char *right_code(enum right right);

#endif
