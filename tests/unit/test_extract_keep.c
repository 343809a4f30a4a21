// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "measure/month_set.h"
#include "register/extract_keep.h"
#include "register/month_cell.h"
#include "register/request.h"
#include "register/right.h"
#include "register/session.h"
#include "store/file.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct request_id add(struct ctx *c, int32_t received)
{
    struct request_form f = asked(c);

    f.who.name = "Fatima El Idrissi";
    f.question = "Woont in een schuur";
    f.received = received;
    return asked_add(c, &f);
}

/* What a file holds is what the register says now. */
static void check_file(struct ctx *c, const char *path)
{
    struct register_extract x;
    struct extract_file got;
    struct file_map m;

    CHECK(extract_read(c, c->now, &x) == OK);
    CHECK(file_map(c, path, &m) == OK);
    CHECK(extract_file_get(m.data, m.len, c->arena, &got));
    CHECK_INT((int64_t)got.x.n, (int64_t)x.x.n);
    for (size_t i = 0; i < got.x.n && i < x.x.n; i++) {
        CHECK(got.x.received[i] == x.x.received[i] && got.x.started[i] == x.x.started[i] &&
              got.x.left[i] == x.x.left[i] && got.x.closed[i] == x.x.closed[i] &&
              got.x.last_reached[i] == x.x.last_reached[i] && got.x.flags[i] == x.x.flags[i] &&
              got.x.urgency[i] == x.x.urgency[i]);
        CHECK_STR(got.names[NAMES_CHANNEL].name[got.x.channel[i]], x.channel.name[x.x.channel[i]]);
    }
    CHECK(memmem(m.data, m.len, "Fatima", 6) == NULL &&
          memmem(m.data, m.len, "schuur", 6) == NULL); /* no persons */
    file_unmap(&m);
}

TEST(extract_keep_grows_by_what_happened)
{
    struct ctx *c = test_begin("2024-07-01");
    char folder[] = "/tmp/peil-extract-XXXXXX", path[64];
    struct extract_kept k;

    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/x", folder);
    struct request_id first = add(c, c->today - 40), second = add(c, c->today - 10);
    CHECK(extract_keep(c, path, c->now, &k) == OK);
    CHECK(k.whole && k.rows == 2 && k.changed == 2);
    check_file(c, path);
    CHECK(extract_keep(c, path, c->now, &k) == OK);
    CHECK(!k.whole && k.changed == 0);
    struct request_change change = { .id = second, .version = -1, .e = EVENT_NONE };
    change.e.kind = KIND_CALL_REACHED;
    change.e.occurred_at = c->now - 60;
    CHECK(request_change(c, &change) == OK);
    add(c, c->today);
    CHECK(extract_keep(c, path, c->now, &k) == OK);
    CHECK(!k.whole && k.rows == 3 && k.changed == 2 && first.v > 0);
    check_file(c, path);
    for (int i = 0; i < 110; i++) { /* a file with too many additions is written anew */
        ctx_set_now(c, c->now + 60);
        change.e.occurred_at = c->now - 1;
        CHECK(request_change(c, &change) == OK);
        CHECK(extract_keep(c, path, c->now, &k) == OK && k.changed > 0);
        CHECK(k.whole == (i == 98) && k.changed == (i == 98 ? 3u : 1u));
    }
    check_file(c, path);
    CHECK(truncate(path, 1000) == 0);
    CHECK(extract_keep(c, path, c->now, &k) == E_CORRUPT);
    err_clear(c);
    unlink(path);
    rmdir(folder);
    test_end(c);
}

/* The month set of a register, and of two together. */
TEST(month_cells_of_extracts)
{
    struct ctx *c = test_begin("2024-07-01");
    const struct config *config;
    struct register_extract x;
    struct extract_file e[2], all;
    struct month_rows rows;
    bool any;

    for (int i = 0; i < 30; i++)
        add(c, c->today - i * 3);
    CHECK(config_get(c, &config) == OK);
    CHECK(extract_read(c, c->now, &x) == OK);
    e[0] = e[1] = extract_file_of(&x, NULL);
    for (size_t n = 1; n <= 2; n++) {
        CHECK(month_cell_join(c, e, n, &all) == OK);
        CHECK(month_cell_rows(c, &all, config, &rows, &any) == OK && any);
        int32_t(*number)[MONTH_NUMBERS] = arena_array(c->arena, month_set_rows(rows.frame), sizeof *number);
        void *work = arena_alloc(c->arena, month_work_size(rows.frame) + 64);
        struct month_set set;
        month_set_begin(&set, &rows, month_kernel_best(), number);
        month_set_work(&set, work);
        month_set_end(&set, &work, 1);
        const int32_t *year = number[month_set_rows(rows.frame) - 1];
        CHECK_INT(year[MONTH_INFLOW], (int64_t)(30 * n));
        CHECK_INT(year[MONTH_OPEN], (int64_t)(30 * n));
        CHECK_INT(year[MONTH_KM50], MONTH_NO_DATA);
        size_t cell = (size_t)(rows.frame->months - 1) * (size_t)rows.frame->cells + URGENCY_NORMAL;
        CHECK_INT(number[cell][MONTH_OPEN], (int64_t)(30 * n)); /* no neighbourhood is known */
    }
    test_end(c);
}
