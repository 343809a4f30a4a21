// SPDX-License-Identifier: EUPL-1.2
/* peil baseline REGISTER seal|list|show|compare|verify: first measurements that nobody can change afterwards.
 */
#include "account/baseline_note.h"
#include "base/date.h"
#include "base/text.h"
#include "cli/cli.h"
#include "register/session.h"

#include <string.h>

static const char *key_text(const struct ctx *c, enum baseline_key key)
{
    switch (key) {
    case BASELINE_OWN_KEY:
        return _("signed with the key of this register");
    case BASELINE_OTHER_KEY:
        return _("signed with another key than that of this register");
    default:
        return _("whose key it was signed with cannot be said here");
    }
}

static void put_moment(const char *name, int64_t time)
{
    char text[21] = "-";

    if (time != TIME_NONE)
        time_iso(time, text);
    printf("%-14s %s\n", name, text);
}

static void put_about(const struct ctx *c, const struct baseline *b)
{
    printf("%-14s %lld\n%-14s %s\n%-14s %s\n", _("Baseline"), (long long)b->number, _("Name"), b->name,
           _("Municipality"), b->municipality != NULL ? b->municipality : "");
    put_moment(_("Sealed"), b->sealed_at);
    put_moment(_("About"), b->at);
    put_moment(_("From"), b->from);
    put_moment(_("To"), b->to);
    printf("%-14s %s\n%-14s %s\n%-14s %s\n%-14s %s, %s\n", _("Program"), b->program != NULL ? b->program : "",
           _("Hash"), b->hash, _("Hash before"), b->previous, _("Public key"), b->public_key,
           key_text(c, b->key));
}

/* Who sealed and signed it, and the errata; E_CORRUPT when one of them is not as it was. */
static enum err put_notes(struct ctx *c, const struct baseline *b)
{
    struct baseline_note *note;
    char at[21];
    size_t n;

    if (b->sealed_by != NULL)
        printf("%-14s %s (%s)\n", _("Sealed by"), b->sealed_by, b->sealed_role != NULL ? b->sealed_role : "");
    TRY(baseline_notes(c, b, &note, &n));
    for (size_t i = 0; i < n; i++) {
        const struct baseline_note *x = &note[i];
        time_iso(x->at, at);
        if (x->kind == BASELINE_COSIGN)
            printf("%-14s %s (%s) %s, %s\n", _("Signed too"), x->who, x->role, at, x->public_key);
        else
            printf("%-14s %lld %s %s (%s): %s: %s -> %s. %s\n", _("Erratum"), (long long)x->number, at,
                   x->who, x->role, x->about, x->was, x->is, x->why);
    }
    return OK;
}

/* --files: values from before the register, found in paper files. */
static enum err read_reconstructed(struct cli *k, struct baseline_form *f)
{
    struct ctx *c = &k->c;
    const char *path = cli_option(k, "--files");
    struct file_map m;

    if (path == NULL)
        return OK;
    TRY(file_map(c, path, &m));
    f->reconstructed = arena_copy(c->arena, m.data, m.len);
    file_unmap(&m);
    return f->reconstructed != NULL ? OK : FAIL(E_NOMEM, "%s", "");
}

/* Of a date the whole day is known; the year before it is the period. */
static enum err seal(struct cli *k)
{
    struct ctx *c = &k->c;
    int32_t at, from, to;
    int64_t number;
    struct baseline b = { .number = 0 };

    TRY(cli_day(k, "--at", DAY_NONE, &at));
    struct baseline_form f = { .name = cli_option(k, "--name"),
                               .at = at != DAY_NONE ? time_of_nl_day(at + 1, 0) : c->now };
    int32_t last = time_nl_day(f.at - 1);
    TRY(cli_day(k, "--to", last, &to));
    TRY(cli_day(k, "--from", date_add_months(to, -12) + 1, &from));
    f.name = f.name != NULL ? f.name : _("Baseline");
    f.from = time_of_nl_day(from, 0);
    f.to = to < last ? time_of_nl_day(to + 1, 0) : f.at;
    TRY(read_reconstructed(k, &f));
    enum err e = baseline_seal(c, &f, &number);
    if (e == E_INVALID && !text_is(c->err.field, "files")) /* that is about what stands in the files */
        e = E_METHOD;
    TRY(e);
    TRY(baseline_open(c, number, &b));
    put_about(c, &b);
    printf("%-14s %s, %zu\n", _("File"), b.path, b.map.len);
    baseline_close(&b);
    return OK;
}

/* By number, or any file. */
static enum err open_one(struct cli *k, struct baseline *ret_baseline)
{
    struct ctx *c = &k->c;
    int64_t number;

    if (k->args < 2)
        return cli_usage(k);
    if (text_to_int(k->arg[1], &number))
        return baseline_open(c, number, ret_baseline);
    return baseline_open_file(c, k->arg[1], ret_baseline);
}

static enum err list(struct cli *k)
{
    struct ctx *c = &k->c;
    struct baseline_line *line;
    size_t n, wrong = 0;
    char at[21];

    TRY(baseline_list(c, &line, &n));
    for (size_t i = 0; i < n; i++) {
        const struct baseline *b = &line[i].b;
        time_iso(b->at, at);
        if (line[i].wrong != NULL)
            printf("%4lld  %s: %s\n", (long long)b->number, b->path, line[i].wrong);
        else
            printf("%4lld  %s  %.16s  %s\n", (long long)b->number, at, b->hash, b->name);
        wrong += line[i].wrong != NULL;
    }
    if (n == 0)
        printf("%s\n", _("There is no baseline yet."));
    return wrong == 0 ? OK : FAIL(E_CORRUPT, _("%zu baselines are not whole."), wrong);
}

static enum err show(struct cli *k)
{
    struct ctx *c = &k->c;
    const char *only = cli_option(k, "--block");
    struct baseline b = { .number = 0 };

    TRY(open_one(k, &b));
    const struct block *one = only != NULL ? block_find(&b.content, only) : NULL;
    if (only != NULL && one == NULL) {
        baseline_close(&b);
        return FAIL(E_NOT_FOUND, _("This baseline holds no \"%s\"."), only);
    }
    if (one != NULL) /* as it is: also for the extract, to a file */
        fwrite(one->data, 1, one->len, stdout);
    for (size_t i = 0; only == NULL && i == 0; i++)
        put_about(c, &b);
    for (size_t i = 0; only == NULL && baseline_table[i] != NULL; i++) {
        const struct block *t = block_find(&b.content, baseline_table[i]);
        printf("\n%s (%s)\n", baseline_table_name(c, baseline_table[i]), baseline_table[i]);
        if (t != NULL)
            fwrite(t->data, 1, t->len, stdout);
    }
    baseline_close(&b);
    return OK;
}

static enum err verify(struct cli *k)
{
    struct ctx *c = &k->c;
    struct baseline b = { .number = 0 };

    if (k->args < 2) {
        TRY(list(k));
        return OK;
    }
    TRY(open_one(k, &b));
    put_about(c, &b);
    enum err e =
        b.number > 0 && k->args >= 2 && text_to_int(k->arg[1], &(int64_t){ 0 }) ? put_notes(c, &b) : OK;
    baseline_close(&b);
    TRY(e);
    printf("%s\n", _("Not a byte was changed since it was sealed."));
    if (text_to_int(k->arg[1], &(int64_t){ 0 }) && !b.remembered)
        printf("%s\n",
               _("The register does not remember it: it was sealed before the register kept that, or the "
                 "register was put back from an older copy."));
    return OK;
}

static enum err compare(struct cli *k)
{
    static const char *const change[] = { "", N_("new"), N_("gone") };
    struct ctx *c = &k->c;
    struct baseline_changes d;
    struct baseline b = { .number = 0 };

    TRY(open_one(k, &b));
    enum err done = baseline_compare(c, &b, &d);
    baseline_close(&b);
    if (done != OK)
        return done;
    for (size_t i = 0; i < d.n; i++) {
        const struct baseline_row *r = &d.row[i];
        if (r->change == BASELINE_CHANGED)
            printf("%lld\t%s\t%s\t%s\n", (long long)r->row, r->column, r->old, r->new);
        else
            printf("%lld\t%s\n", (long long)r->row, _(change[r->change]));
    }
    for (int i = 0; i < FACT_SETS; i++)
        if (d.facts[i] > 0)
            printf("%s\t%zu\t%s\n", fact_set_name((enum fact_set)i), d.facts[i],
                   baseline_set_name(c, (enum fact_set)i));
    for (size_t i = 0; i < d.texts; i++)
        printf("%s\t%s\t%s\n", d.text[i].table, d.text[i].now ? "+" : "-", d.text[i].line);
    printf(_("%zu requests differ from the baseline; %zu lines of its tables are different now.\n"), d.rows,
           d.texts);
    return OK;
}

/* Somebody with an account signs too, with the own password. */
static enum err cosign(struct cli *k)
{
    struct ctx *c = &k->c;
    const char *login = cli_option(k, "--login"), *password;
    const struct actor *actor = c->actor;
    struct baseline b = { .number = 0 };
    struct session s;

    if (login == NULL)
        return cli_usage(k);
    TRY(cli_password(k, &password));
    TRY(session_login(c, login, password, &s));
    c->actor = &s.actor;
    TRY(open_one(k, &b));
    enum err e = baseline_cosign(c, &b, password);
    baseline_close(&b);
    c->actor = actor;
    if (e == OK)
        printf("%s\n", _("Signed."));
    return e;
}

static const char *given(struct cli *k, const char *name)
{
    const char *text = cli_option(k, name);

    return text != NULL ? text : "";
}

static enum err add_erratum(struct cli *k)
{
    struct ctx *c = &k->c;
    const struct baseline_erratum e = { given(k, "--about"), given(k, "--was"), given(k, "--is"),
                                        given(k, "--why") };
    struct baseline b = { .number = 0 };
    int64_t number;

    if (e.about[0] == '\0' || e.why[0] == '\0')
        return FAIL(E_METHOD, "%s", _("An erratum needs --about TEXT and --why TEXT."));
    TRY(open_one(k, &b));
    enum err done = baseline_erratum_add(c, &b, &e, &number);
    baseline_close(&b);
    if (done == OK)
        printf("%s %lld\n", _("Erratum"), (long long)number);
    return done;
}

COMMAND(baseline)
{
    static const struct {
        const char *name;
        enum err (*run)(struct cli *k);
        int most; /* words, with the verb */
    } verbs[] = { { "seal", seal, 1 },          { "list", list, 1 },     { "show", show, 2 },
                  { "compare", compare, 2 },    { "verify", verify, 2 }, { "cosign", cosign, 2 },
                  { "erratum", add_erratum, 2 } };
    struct ctx *c = &k->c;

    for (size_t i = 0; k->args > 0 && i < COUNT(verbs); i++)
        if (text_is(k->arg[0], verbs[i].name) && k->args <= verbs[i].most) {
            TRY(cli_open(k, false));
            return verbs[i].run(k);
        }
    return cli_usage(k);
}
