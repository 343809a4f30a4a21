// SPDX-License-Identifier: EUPL-1.2
/* peil serve REGISTER: the screens. Stops in good order at Ctrl+C or SIGTERM: running requests are answered
 * first. */
#include "base/log.h"
#include "cli/cli.h"
#include "register/config.h"
#include "register/duplicate_find.h"
#include "register/person.h"
#include "web/expectation_behind.h"
#include "web/site.h"

#include <pthread.h>
#include <string.h>
#include <sys/resource.h>

/* A PEM file named by an option, in the arena; NULL when the option is absent. */
static enum err read_pem(struct cli *k, const char *option, const char **ret_text)
{
    enum { PEM_MAX = 1 << 18 };
    struct ctx *c = &k->c;
    const char *path = cli_option(k, option);
    char *text;

    if (path == NULL)
        return OK;
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return FAIL(E_IO, _("The file %s cannot be read."), path);
    text = arena_alloc(c->arena, PEM_MAX + 1);
    size_t n = text != NULL ? fread(text, 1, PEM_MAX, f) : 0;
    fclose(f);
    if (n == 0 || n == PEM_MAX)
        return FAIL(E_IO, _("The file %s cannot be read."), path);
    *ret_text = text;
    return OK;
}

struct warming {
    struct store *store;
    struct site *site;
};

static enum err make_ready(struct ctx *c, const struct warming *w)
{
    const struct config *k;
    struct name_pair *pair;
    size_t pairs;

    TRY(db_open(c, w->store, &c->db));
    TRY(person_index(c));
    if (name_index_stopped(w->store))
        return OK;
    TRY(duplicate_find(c, &pair, &pairs));
    TRY(config_get(c, &k));
    site_want_team(w->site, 0); /* these first: they take a moment each */
    for (size_t i = 0; i < k->teams; i++)
        site_want_team(w->site, k->team[i].id);
    site_want_figures(c, w->site);
    return OK;
}

/* What the first readers would wait for, while pages are served already: the names of residents in memory,
 * who may be registered twice, the figures of each team. */
static void *warm(void *arg)
{
    struct arena arena;
    struct ctx c;

    (void)setpriority(PRIO_PROCESS, 0, 10); /* of this thread alone */
    arena_init(&arena, (size_t)1 << 28);
    ctx_init(&c, &arena, LANG_NL);
    if (make_ready(&c, arg) != OK)
        log_line(LOG_ERROR, "names: %s", c.err.text);
    db_close(c.db);
    arena_free(&arena);
    return NULL;
}

static enum err serve(struct cli *k, const struct http_options *http)
{
    struct ctx *c = &k->c;
    struct site_options opt = { .store = k->store,
                                .quiet = cli_flag(k, "--quiet"),
                                .extract = cli_option(k, "--extract") };
    struct site *site;
    pthread_t thread;

    if (k->clock_shift != 0)
        log_line(LOG_INFO, "the clock was set by PEIL_NOW, which is for tests alone");
    TRY(store_start_writer(c, k->store));
    struct expectation_behind *expects = expectation_behind_start(k->store, k->clock_shift);
    opt.expects = expects;
    enum err e = site_start(c, &opt, http, &site);
    if (e != OK) {
        expectation_behind_stop(expects);
        return e;
    }
    printf(_("Peil is ready: %s\n"), http_url(site_http(site)));
    fflush(stdout);
    struct warming warming = { k->store, site };
    bool warms = pthread_create(&thread, NULL, warm, &warming) == 0;
    http_wait_signal();
    name_index_stop(k->store);
    if (warms)
        pthread_join(thread, NULL);
    site_stop(site);
    expectation_behind_stop(expects); /* pages ask it how far it is */
    return OK;
}

COMMAND(serve)
{
    struct ctx *c = &k->c;
    const char *listen_on = cli_option(k, "--listen");
    struct http_options http = { .listen = listen_on != NULL ? listen_on : "127.0.0.1:8080",
                                 .arena_max = 512u << 20, /* figures over a million requests fit */
                                 .clock_shift = k->clock_shift,
                                 .behind_proxy = cli_flag(k, "--behind-proxy") };

    if (k->args > 0)
        return cli_usage(k);
    TRY(read_pem(k, "--tls-cert", &http.tls_cert));
    TRY(read_pem(k, "--tls-key", &http.tls_key));
    if ((http.tls_cert == NULL) != (http.tls_key == NULL))
        return FAIL(E_METHOD, "%s", _("Give --tls-cert and --tls-key together."));
    http_signals(); /* before there is any thread */
    TRY(cli_open(k, false));
    enum err e = serve(k, &http);
    store_stop_writer(k->store);
    return e == E_REQUEST ? E_METHOD : e; /* an address that cannot be */
}
