// SPDX-License-Identifier: EUPL-1.2
#include "unit/test.h"
#include "web/route.h"

#include <string.h>

static const struct route table[] = {
    { .method = METHOD_GET, .path = "/" },
    { .method = METHOD_GET, .path = "/requests/new" },
    { .method = METHOD_GET, .path = "/requests/{id}" },
    { .method = METHOD_POST, .path = "/requests" },
    { .method = METHOD_POST, .path = "/requests/{id}/calls/{id}" },
    { .method = METHOD_GET, .path = "/export/{word}" },
};

static enum err find(enum method method, const char *path, const struct route **ret, struct path_ids *ids)
{
    return route_find_in(table, COUNT(table), method, path, strlen(path), ret, ids);
}

TEST(route_finds_what_is_there)
{
    static const struct {
        enum method method;
        const char *path;
        int row; /* -1 not found, -2 other method */
    } cases[] = {
        { METHOD_GET, "/", 0 },
        { METHOD_HEAD, "/", 0 },
        { METHOD_POST, "/", -2 },
        { METHOD_OTHER, "/", -2 },
        { METHOD_GET, "", -1 },
        { METHOD_GET, "//", -1 },
        { METHOD_GET, "/requests/new", 1 },
        { METHOD_GET, "/requests/7", 2 },
        { METHOD_GET, "/requests/7/", -1 },
        { METHOD_GET, "/requests/07", -1 },
        { METHOD_GET, "/requests/0", -1 },
        { METHOD_GET, "/requests/-1", -1 },
        { METHOD_GET, "/requests/7x", -1 },
        { METHOD_GET, "/requests/123456789012345678", 2 },
        { METHOD_GET, "/requests/1234567890123456789", -1 },
        { METHOD_GET, "/requests/99999999999999999999999", -1 },
        { METHOD_GET, "/requests", -2 },
        { METHOD_POST, "/requests/7", -2 },
        { METHOD_POST, "/requests/7/calls/8", 4 },
        { METHOD_POST, "/requests/7/calls/", -1 },
        { METHOD_GET, "/export/list-2024.csv", 5 },
        { METHOD_GET, "/export/.hidden", -1 },
        { METHOD_GET, "/export/..", -1 },
        { METHOD_GET, "/export/a/b", -1 },
        { METHOD_GET, "/export/a b", -1 },
        { METHOD_GET, "/EXPORT/a", -1 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct route *r = NULL;
        struct path_ids ids;
        enum err e = find(cases[i].method, cases[i].path, &r, &ids);

        if (!CHECK_INT(e == OK ? r - table : e == E_METHOD ? -2 : -1, cases[i].row))
            test_check_str(cases[i].path, "", __FILE__, __LINE__, "path");
    }
}

TEST(route_reads_numbers_and_words)
{
    const struct route *r;
    struct path_ids ids;

    CHECK_INT(find(METHOD_POST, "/requests/71/calls/82", &r, &ids), OK);
    CHECK_INT((int64_t)ids.n, 2);
    CHECK_INT(ids.id[0], 71);
    CHECK_INT(ids.id[1], 82);
    CHECK_INT(find(METHOD_GET, "/export/a_b-C.9", &r, &ids), OK);
    CHECK_STR(ids.word, "a_b-C.9");
}

/* The table itself: nothing twice, nothing that cannot be reached, no change without a right. */
TEST(route_table_is_sound)
{
    size_t n;
    const struct route *r = route_all(&n);

    CHECK(n > 5);
    for (size_t i = 0; i < n; i++) {
        const struct route *found = NULL;
        struct path_ids ids;
        char path[128];
        size_t len = 0;

        for (const char *p = r[i].path; *p != '\0'; p++) { /* {id} -> 1 */
            path[len++] = *p == '{' ? '1' : *p;
            if (*p == '{')
                p = strchr(p, '}');
        }
        CHECK_INT(route_find(r[i].method, path, len, &found, &ids), OK);
        if (!CHECK(found == &r[i]))
            test_check_str(r[i].path, "", __FILE__, __LINE__, "hidden by an earlier one");
        CHECK(r[i].path[0] == '/' && r[i].handle != NULL);
        if (r[i].method == METHOD_POST && r[i].right == RIGHT_NONE)
            CHECK(strcmp(r[i].path, "/login") == 0 || strcmp(r[i].path, "/logout") == 0);
    }
}
