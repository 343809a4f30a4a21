// SPDX-License-Identifier: EUPL-1.2
#include "http/page.h"

#include "base/text.h"

#include <string.h>

int page_begin(struct ctx *c, enum role role, struct site **ret_site)
{
    static struct site_as as;
    struct site_options opt = { .store = db_store(c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 3000, .workers = { 1, 2, 2 }, .loops = 1
    };

    c->lang = LANG_NL; /* of the site */
    as = (struct site_as){ .role = role, .team = INT_NONE, .worker = INT_NONE };
    if (!CHECK_INT(site_start(c, &opt, &http, ret_site), OK))
        test_skip("%s", c->err.text);
    return http_port(site_http(*ret_site));
}

void page_get(int port, const char *path, struct answer *a)
{
    struct buf b = { 0 };

    buf_printf(&b, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n\r\n", path);
    CHECK(client_ask(port, buf_text(&b), a));
    buf_free(&b);
}

bool page_says_at(struct answer *a, const char *text, const char *file, int line)
{
    bool found = strstr(buf_text(&a->body), text) != NULL;

    if (!found)
        test_check(false, file, line, text);
    return found;
}
