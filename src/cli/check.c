// SPDX-License-Identifier: EUPL-1.2
/* peil check REGISTER: the data base, the events and how requests stand, the identities and their keys. */
#include "cli/cli.h"
#include "register/integrity.h"

COMMAND(check)
{
    struct ctx *c = &k->c;
    struct integrity r;

    TRY(cli_open(k, false));
    TRY(integrity_check(c, &r));
    printf(_("Requests: %lld, events: %lld, residents: %lld.\n"), (long long)r.requests, (long long)r.events,
           (long long)r.persons);
    if (r.keyless > 0)
        printf(_("Erased residents: %lld.\n"), (long long)r.keyless);
    if (r.different > 0)
        return FAIL(E_CORRUPT, _("%lld requests do not stand as their events say, the first is number %lld."),
                    (long long)r.different, (long long)r.first_wrong);
    if (r.unreadable > 0)
        return FAIL(E_CORRUPT, _("The names of %lld residents cannot be opened with their key."),
                    (long long)r.unreadable);
    printf("%s\n", _("Everything is as it should be."));
    return OK;
}
