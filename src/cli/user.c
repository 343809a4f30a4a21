// SPDX-License-Identifier: EUPL-1.2
/* peil user add|list REGISTER: accounts. The password comes from a file or standard input, never from the
 * command line. */
#include "base/buf.h"
#include "base/text.h"
#include "cli/cli.h"
#include "register/config.h"
#include "register/partner.h"

#include <stdlib.h>
#include <string.h>

enum err cli_password(struct cli *k, const char **ret_password)
{
    struct ctx *c = &k->c;
    const char *path = cli_option(k, "--password-file");
    char line[300] = "";
    FILE *f = path != NULL ? fopen(path, "r") : stdin;

    if (f == NULL)
        return FAIL(E_IO, _("%s cannot be read."), path);
    if (path == NULL)
        fprintf(stderr, "%s: ", _("Password"));
    bool ok = fgets(line, sizeof line, f) != NULL;
    if (path != NULL)
        fclose(f);
    if (!ok)
        return FAIL(E_IO, "%s", _("There is no password to read."));
    line[strcspn(line, "\r\n")] = '\0';
    return ctx_copy(c, line, ret_password);
}

static enum err find_team(struct ctx *c, const char *name, int64_t *ret_team)
{
    const struct config *config;

    *ret_team = INT_NONE;
    if (name == NULL)
        return OK;
    TRY(config_get(c, &config));
    for (size_t i = 0; i < config->teams; i++)
        if (text_is(config->team[i].name, name)) {
            *ret_team = config->team[i].id;
            return OK;
        }
    return FAIL(E_NOT_FOUND, _("There is no team \"%s\"."), name);
}

static enum err find_partner(struct ctx *c, const char *name, int64_t *ret_partner)
{
    struct partner *partner;
    size_t n;

    *ret_partner = INT_NONE;
    if (name == NULL)
        return OK;
    TRY(partner_all(c, &partner, &n));
    for (size_t i = 0; i < n; i++)
        if (text_is(partner[i].name, name)) {
            *ret_partner = partner[i].id;
            return OK;
        }
    return FAIL(E_NOT_FOUND, _("There is no partner \"%s\"."), name);
}

static enum err no_role(struct ctx *c, const char *role)
{
    struct buf all = { 0 };

    for (int r = 0; r < ROLES; r++)
        if (r != ROLE_SYSTEM)
            buf_printf(&all, "%s%s", all.len > 0 ? ", " : "", role_code((enum role)r));
    enum err e = FAIL(E_METHOD, _("There is no role \"%s\". There are: %s."), role, buf_text(&all));
    buf_free(&all);
    return e;
}

static enum err add(struct cli *k)
{
    struct ctx *c = &k->c;
    struct account_form f = { .login = cli_option(k, "--login"),
                              .name = cli_option(k, "--name"),
                              .worker = INT_NONE };
    const char *role = cli_option(k, "--role");
    int64_t id, partner;

    if (f.login == NULL || role == NULL)
        return cli_usage(k);
    if (f.name == NULL)
        f.name = f.login;
    if (!role_find(role, &f.role) || f.role == ROLE_SYSTEM)
        return no_role(c, role);
    TRY(cli_open(k, false));
    TRY(find_team(c, cli_option(k, "--team"), &f.team));
    TRY(find_partner(c, cli_option(k, "--partner"), &partner));
    TRY(cli_password(k, &f.password));
    enum err e = account_add(c, &f, &id);
    if (e == E_CONFLICT) {
        err_clear(c);
        return FAIL(E_CONFLICT, _("There is an account \"%s\" already."), f.login);
    }
    if (e == OK && partner != INT_NONE)
        e = account_bind(c, id, partner);
    if (e == OK)
        printf(_("Account %s can log in as: %s.\n"), f.login, role_name(c, f.role));
    return e;
}

static enum err list(struct cli *k)
{
    struct ctx *c = &k->c;
    struct account *a;
    size_t n;

    TRY(cli_open(k, false));
    TRY(account_all(c, &a, &n));
    for (size_t i = 0; i < n; i++)
        printf("%-24s %-18s %s%s\n", a[i].login, role_code(a[i].role), a[i].name, a[i].active ? "" : " -");
    return OK;
}

COMMAND(user)
{
    const char *what = k->args > 0 ? k->arg[0] : "", *env = getenv("PEIL_REGISTER");

    k->register_url = k->args > 1 ? k->arg[1] : env != NULL ? env : "./peil.db";
    if (k->args > 2)
        return cli_usage(k);
    if (text_is(what, "add"))
        return add(k);
    return text_is(what, "list") ? list(k) : cli_usage(k);
}
