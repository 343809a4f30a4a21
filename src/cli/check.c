// SPDX-License-Identifier: EUPL-1.2
/* peil check REGISTER: the data base, the events and how requests stand, every other record and its history,
 * the identities and their keys.
 * peil check REGISTER --alarms: for cron, every few minutes; 1 and a line for each emergency that waits too
 * long for a first action. It names nobody. */
#include "base/date.h"
#include "cli/cli.h"
#include "register/integrity.h"
#include "register/urgent.h"

static enum err check_alarms(struct ctx *c)
{
    const struct urgent *u;
    size_t n, late = 0;
    char due[21];

    TRY(urgent_list(c, &u, &n));
    for (size_t i = 0; i < n; i++) {
        if (!u[i].late || u[i].protected_at != TIME_NONE)
            continue;
        time_iso(u[i].due, due);
        printf(_("Request %s (%s): no first action, due %s, waits %lld minutes.\n"), u[i].number, u[i].team,
               due, (long long)u[i].minutes);
        late++;
    }
    if (late > 0)
        return FAIL(E_CONFLICT, _("%zu emergencies wait too long for a first action."), late);
    printf("%s\n", _("No emergency waits too long for a first action."));
    return OK;
}

COMMAND(check)
{
    struct ctx *c = &k->c;
    struct integrity r;

    if (k->args > 0)
        return cli_usage(k);
    TRY(cli_open(k, false));
    if (cli_flag(k, "--alarms"))
        return check_alarms(c);
    TRY(integrity_check(c, &r));
    printf(_("Requests: %lld, events: %lld, residents: %lld.\n"), (long long)r.requests, (long long)r.events,
           (long long)r.persons);
    if (r.keyless > 0 && r.keyless == r.persons)
        return FAIL(
            E_CORRUPT,
            _("Not one of the %lld residents has a key: the key store was lost or is of another register. "
              "Stop the server and put it back from the back-up of the keys."),
            (long long)r.persons);
    if (r.keyless > 0)
        printf(_("Erased residents: %lld.\n"), (long long)r.keyless);
    printf(_("Other records: %lld.\n"), (long long)r.records.records);
    for (size_t i = 0; i < r.records.named; i++)
        printf(_("%s %lld does not stand as its history says.\n"), r.records.wrong[i].kind,
               (long long)r.records.wrong[i].id);
    if (r.different > 0)
        return FAIL(E_CORRUPT, _("%lld requests do not stand as their events say, the first is number %lld."),
                    (long long)r.different, (long long)r.first_wrong);
    if (r.records.different > 0)
        return FAIL(E_CORRUPT, _("%lld records do not stand as their history says."),
                    (long long)r.records.different);
    if (r.unreadable > 0)
        return FAIL(E_CORRUPT, _("The names of %lld residents cannot be opened with their key."),
                    (long long)r.unreadable);
    if (r.no_regie > 0)
        return FAIL(E_CORRUPT, _("%lld open requests have nobody who directs the case."),
                    (long long)r.no_regie);
    printf("%s\n", _("Everything is as it should be."));
    return OK;
}
