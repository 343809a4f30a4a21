// SPDX-License-Identifier: EUPL-1.2
/* What the files of `peil forecast` share. */
#ifndef PEIL_CLI_FORECAST_H
#define PEIL_CLI_FORECAST_H

#include "account/expectation.h"
#include "base/buf.h"
#include "cli/cli.h"

struct forecast_asked {
    struct expectation_how how;
    int32_t day;
    int64_t request; /* only this one; INT_NONE: all */
    enum format format;
    bool backtest; /* how often periods were right, instead of the periods */
    bool any;      /* something was printed */
    struct buf out;
};
enum err forecast_print_begin(struct ctx *c, struct forecast_asked *a) MUST_CHECK;
/* arg: struct forecast_asked. One list. */
enum err forecast_print(struct ctx *c, void *arg, const struct expectation_made *made) MUST_CHECK;
/* Writes to standard output. E_NOT_FOUND when the request that was asked for does not wait. */
enum err forecast_print_end(struct ctx *c, struct forecast_asked *a) MUST_CHECK;
/* --what-if FILE: plans beside each other. */
enum err forecast_what_if(struct cli *k, struct forecast_asked *a, const char *path) MUST_CHECK;
/* --needed: what each list and the telephone need. */
enum err forecast_capacity(struct cli *k, struct forecast_asked *a) MUST_CHECK;

#endif
