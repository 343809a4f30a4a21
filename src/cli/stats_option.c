// SPDX-License-Identifier: EUPL-1.2
/* The options of peil stats: numbers, lists and choices, with a clear word when they are not right. */
#include "base/date.h"
#include "base/text.h"
#include "cli/stats.h"

#include <math.h>
#include <string.h>

const char *stats_say(struct stats *s, double v)
{
    return cli_say(s->c, v);
}

enum err stats_missing(struct stats *s, const char *option)
{
    struct ctx *c = s->c;

    return FAIL(E_METHOD, _("peil stats %s needs %s."), s->k->arg[0], option);
}

static enum err scan_number(struct stats *s, const char *option, const char *text, size_t len, double low,
                            double high, double *ret_value)
{
    struct ctx *c = s->c;
    double v;

    if (!text_to_double(text, len, &v) || !(v >= low && v <= high))
        return FAIL(E_METHOD, _("%s is a number from %s to %s, not \"%.*s\"."), option, stats_say(s, low),
                    stats_say(s, high), (int)len, text);
    *ret_value = v;
    return OK;
}

enum err stats_get_number(struct stats *s, const char *option, double low, double high, double otherwise,
                          double *ret_value)
{
    const char *text = cli_option(s->k, option);

    *ret_value = otherwise;
    return text == NULL ? OK : scan_number(s, option, text, strlen(text), low, high, ret_value);
}

enum err stats_check_whole(struct stats *s, const char *option, double v)
{
    struct ctx *c = s->c;

    return isnan(v) || v == floor(v)
               ? OK
               : FAIL(E_METHOD, _("%s is a whole number, not \"%s\"."), option, cli_option(s->k, option));
}

enum err stats_need_number(struct stats *s, const char *option, double low, double high, double *ret_value)
{
    if (cli_option(s->k, option) == NULL)
        return stats_missing(s, option);
    return stats_get_number(s, option, low, high, 0, ret_value);
}

enum err stats_get_list(struct stats *s, const char *option, double low, double high, size_t max,
                        double *ret_value, size_t *ret_n)
{
    struct ctx *c = s->c;
    const char *text = cli_option(s->k, option);

    *ret_n = 0;
    while (text != NULL && *text != '\0') {
        size_t len = strcspn(text, ",");
        if (*ret_n == max)
            return FAIL(E_METHOD, _("%s takes %zu numbers at most."), option, max);
        TRY(scan_number(s, option, text, len, low, high, &ret_value[*ret_n]));
        (*ret_n)++;
        text += len + (text[len] == ',');
    }
    return OK;
}

enum err stats_get_words(struct stats *s, const char *option, const char ***ret_word, size_t *ret_n)
{
    struct ctx *c = s->c;
    const char *text = cli_option(s->k, option);
    size_t n = 1;

    *ret_n = 0;
    if (text == NULL)
        return OK;
    for (const char *at = text; *at != '\0'; at++)
        n += *at == ',';
    TRY(ctx_alloc(c, n, sizeof **ret_word, (void *)ret_word));
    for (size_t i = 0; i < n; i++) {
        size_t len = strcspn(text, ",");
        (*ret_word)[i] = arena_copy(c->arena, text, len);
        if ((*ret_word)[i] == NULL)
            return FAIL(E_NOMEM, "%s", _("The program ran out of memory for this."));
        text += len + (text[len] == ',');
    }
    *ret_n = n;
    return OK;
}

enum err stats_get_choice(struct stats *s, const char *option, const char *const *words, size_t n,
                          size_t *ret_index)
{
    struct ctx *c = s->c;
    const char *text = cli_option(s->k, option);
    char list[200] = "";

    *ret_index = 0;
    if (text == NULL)
        return OK;
    for (size_t i = 0; i < n; i++) {
        size_t used = strlen(list);
        if (text_is(text, words[i])) {
            *ret_index = i;
            return OK;
        }
        snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "", words[i]);
    }
    return FAIL(E_METHOD, _("%s is one of %s, not \"%s\"."), option, list, text);
}

enum err stats_get_time(struct stats *s, const char *option, int64_t otherwise, int64_t *ret_time)
{
    struct ctx *c = s->c;
    const char *text = cli_option(s->k, option);

    *ret_time = otherwise;
    if (text == NULL || time_scan(text, strlen(text), false, ret_time))
        return OK;
    return FAIL(E_METHOD, _("%s is a date or time such as 2024-01-31T12:00:00Z, not \"%s\"."), option, text);
}
