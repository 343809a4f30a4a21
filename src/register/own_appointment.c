// SPDX-License-Identifier: EUPL-1.2
#include "register/own_appointment.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"
#include "store/sql.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* A hash, so that no number of a request stands in a file that leaves the house. */
static enum err uid_of(struct ctx *c, int64_t request, int64_t seq, const char **ret_uid)
{
    unsigned char hash[16];
    char text[64], hex[sizeof hash * 2 + 1];

    snprintf(text, sizeof text, "appointment %lld %lld", (long long)request, (long long)seq);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return ctx_copy(c, hex, ret_uid);
}

enum err own_appointment_list(struct ctx *c, int days_back, struct own_appointment **ret_appointment,
                              size_t *ret_n)
{
    struct sql_own_appointments_row *row;
    struct own_appointment *a;
    size_t n = 0;

    TRY(may(c, RIGHT_CONTACT));
    if (c->actor->worker != INT_NONE)
        TRY(sql_own_appointments(c, c->actor->worker, c->now - (int64_t)days_back * SECONDS_A_DAY, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *a, (void *)&a));
    for (size_t i = 0; i < n; i++) {
        a[i] = (struct own_appointment){ .at = row[i].until, .recorded_at = row[i].recorded_at };
        TRY(uid_of(c, row[i].request, row[i].seq, &a[i].uid));
    }
    *ret_appointment = a;
    *ret_n = n;
    return OK;
}
