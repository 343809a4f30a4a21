// SPDX-License-Identifier: EUPL-1.2
/* mksql: definitions and @visible are put in, and what must not be is refused. */
#include "mksql.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX sizeof(((struct statement *)0)->text)

static bool has_word(const char *text, const char *w)
{
    size_t n = strlen(w);

    for (const char *p = text; (p = strstr(p, w)) != NULL; p += n)
        if ((p == text || !(is_word(p[-1]) || p[-1] == '.')) && !(is_word(p[n]) || p[n] == '.'))
            return true;
    return false;
}

/* Tables that hold something about a resident: whatever reads or changes them carries the predicate. */
static void check_scope(const struct sql_file *f, const struct statement *s, const char *text)
{
    static const char *const residents[] = {
        "person",      "identity",     "request",         "event",     "standing",  "contact",
        "callback",    "message",      "intake",          "plan",      "goal",      "help_line",
        "evaluation",  "group_member", "application",     "objection", "household", "household_member",
        "network",     "person_link",  "transfer_member", "referral",  "complaint", "law",
        "told_window", "told_now",     "expected",
    };
    static const char *const uses[] = { "FROM", "JOIN", "UPDATE" };
    char use[40];

    if (s->unscoped || strstr(text, "@visible(") != NULL)
        return;
    for (size_t i = 0; i < COUNT(residents); i++)
        for (size_t k = 0; k < COUNT(uses); k++) {
            if (k == 2 && (strcmp(residents[i], "request") == 0 || strcmp(residents[i], "event") == 0))
                continue; /* the data base itself refuses to change these */
            snprintf(use, sizeof use, "%s %s", uses[k], residents[i]);
            if (has_word(text, use))
                die(f->name, s->line, "%s: \"%s\" without @visible(alias) or \"-- unscoped: reason\"",
                    s->name, use);
        }
}

/* $n must be a parameter of the head, and every parameter must be used: else one is bound to the wrong place.
 */
static void check_params(const struct sql_file *f, const struct statement *s, const char *text)
{
    bool used[MAX_FIELDS + 1] = { false };

    for (const char *p = text; (p = strchr(p, '$')) != NULL; p++) {
        long n = strtol(p + 1, NULL, 10);
        if (!isdigit((unsigned char)p[1]))
            continue;
        if (n < 1 || n > s->params)
            die(f->name, s->line, "%s: $%ld is no parameter of the head", s->name, n);
        used[n] = true;
    }
    for (int i = 1; i <= s->params; i++)
        if (!used[i])
            die(f->name, s->line, "%s: \"%s\" ($%d) is not used", s->name, s->param[i - 1].name, i);
}

/* @name becomes the text of its definition. */
static void expand_defines(const struct sql_file *f, const struct statement *s, char *text)
{
    for (int i = 0; i < f->defines; i++) {
        const char *name = f->define[i].name;
        char out[TEXT_MAX] = "";
        const char *p = text, *at;

        while ((at = strstr(p, name)) != NULL) {
            size_t n = strlen(name);
            bool whole = !is_word(at[n]);
            add(f, out, sizeof out, p, (size_t)(at - p) + (whole ? 0 : n), s->line);
            if (whole)
                add(f, out, sizeof out, f->define[i].text, strlen(f->define[i].text), s->line);
            p = at + n;
        }
        add(f, out, sizeof out, p, strlen(p), s->line);
        memcpy(text, out, sizeof out);
    }
}

/* The one authorisation predicate, over a row of `standing`: everything (2: also what is sealed), or the
 * team's; or one's own; or what the back office has to do with; or whoever waits, when the city has one list;
 * or what a grant opens. Never a person whom
 * this account must not see. Parameters from `first` on: struct scope in its order, with the moment after the
 * account. */
static void write_predicate(char *to, size_t size, const char *a, int first)
{
    int all = first, team = first + 1, worker = first + 2, office = first + 3, account = first + 4,
        now = first + 5, grants = first + 6, blocks = first + 7;

    snprintf(
        to, size,
        "(($%d = 2 OR ((($%d = 1 OR %s.team = $%d) OR ($%d = 1 AND %s.office = 1)"
        " OR ($%d = 2 AND %s.waiting = 1)) AND %s.sealed = 0)"
        " OR %s.worker = $%d OR ($%d = 1 AND EXISTS (SELECT 1 FROM access_grant g_ WHERE g_.account = $%d"
        " AND g_.request = %s.request AND g_.ends_at > $%d)))"
        " AND ($%d = 0 OR NOT EXISTS (SELECT 1 FROM access_block b_ WHERE b_.account = $%d"
        " AND b_.person = %s.person)))",
        all, all, a, team, office, a, office, a, a, a, worker, grants, account, a, now, blocks, account, a);
}

/* @visible(a) becomes the predicate; its values are bound by the generated function. */
static void expand_visible(const struct sql_file *f, struct statement *s, char *text)
{
    char out[TEXT_MAX] = "", alias[32], predicate[1000];
    const char *p = text, *at;

    while ((at = strstr(p, "@visible(")) != NULL) {
        add(f, out, sizeof out, p, (size_t)(at - p), s->line);
        p = word(f, at + strlen("@visible("), alias, sizeof alias, s->line);
        if (*p++ != ')')
            die(f->name, s->line, "@visible(alias)");
        write_predicate(predicate, sizeof predicate, alias, s->params + 1);
        add(f, out, sizeof out, predicate, strlen(predicate), s->line);
        s->scoped = true;
    }
    add(f, out, sizeof out, p, strlen(p), s->line);
    memcpy(text, out, sizeof out);
    if ((at = strchr(text, '@')) != NULL)
        die(f->name, s->line, "%s: nothing is known of \"%.20s\"", s->name, at);
}

static void check_text(const struct sql_file *f, struct statement *s, char *text)
{
    expand_defines(f, s, text);
    check_scope(f, s, text);
    check_params(f, s, text);
    expand_visible(f, s, text);
}

void finish_statement(const struct sql_file *f, struct statement *s)
{
    if (skip(s->text)[0] == '\0')
        die(f->name, s->line, "%s: no statement below the head", s->name);
    bool variant = s->postgres[0] != '\0';
    check_text(f, s, s->text);
    if (!variant)
        return;
    bool scoped = s->scoped;
    s->scoped = false;
    check_text(f, s, s->postgres);
    if (s->scoped != scoped)
        die(f->name, s->line, "%s: @visible in one variant only", s->name);
}
