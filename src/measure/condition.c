// SPDX-License-Identifier: EUPL-1.2
#include "measure/condition.h"

#include "base/date.h"

#include <string.h>

static const struct unit_name {
    const char *name;
    enum condition_unit unit;
} units[] = {
    { "", UNIT_NONE },  { "s", UNIT_SECONDS },       { "min", UNIT_MINUTES }, { "h", UNIT_HOURS },
    { "d", UNIT_DAYS }, { "wd", UNIT_WORKING_DAYS }, { "w", UNIT_WEEKS },     { "mo", UNIT_MONTHS },
};

struct reader {
    const char *p;
    const struct condition_setting *setting;
    size_t settings;
};

static bool is_name(char ch)
{
    return (ch >= 'a' && ch <= 'z') || ch == '_';
}

static size_t name_length(const char *p)
{
    size_t n = 0;

    while (is_name(p[n]))
        n++;
    return n;
}

bool condition_length_parse(const char *text, size_t len, const struct condition_setting *setting,
                            size_t settings, struct condition_length *ret_length)
{
    struct condition_length l = { 0, UNIT_NONE };
    size_t at = 0;

    if (len > 1 && text[0] == '$') {
        for (size_t i = 0; i < settings; i++)
            if (strlen(setting[i].name) == len - 1 && memcmp(setting[i].name, text + 1, len - 1) == 0) {
                *ret_length = setting[i].length;
                return true;
            }
        return false;
    }
    while (at < len && text[at] >= '0' && text[at] <= '9' && at < 9)
        l.amount = l.amount * 10 + (text[at++] - '0');
    if (at == 0)
        return false;
    for (size_t i = 0; i < COUNT(units); i++)
        if (strlen(units[i].name) == len - at && memcmp(units[i].name, text + at, len - at) == 0) {
            l.unit = units[i].unit;
            *ret_length = l;
            return true;
        }
    return false;
}

static bool read_column(struct reader *r, int *ret_column)
{
    size_t n = name_length(r->p);
    enum fact_column column;

    if (n == 3 && memcmp(r->p, "now", 3) == 0)
        *ret_column = CONDITION_NOW;
    else if (fact_column_find(r->p, n, &column))
        *ret_column = (int)column;
    else
        return false;
    r->p += n;
    return true;
}

static bool read_operator(struct reader *r, enum condition_operator *ret_op)
{
    bool equal = r->p[0] != '\0' && r->p[1] == '=';

    if (*r->p == '<')
        *ret_op = equal ? OP_MOST : OP_LESS;
    else if (*r->p == '>')
        *ret_op = equal ? OP_LEAST : OP_MORE;
    else if (*r->p == '=')
        *ret_op = OP_IS;
    else
        return false;
    r->p += *r->p == '=' || !equal ? 1 : 2;
    return true;
}

/* mark|mark */
static bool read_marks(struct reader *r, struct condition_term *t)
{
    enum fact_mark mark;

    t->kind = TERM_MARKS;
    for (;;) {
        size_t n = name_length(r->p);
        if (!fact_mark_find(r->p, n, &mark))
            return false;
        t->marks |= UINT64_C(1) << mark;
        r->p += n;
        if (*r->p != '|')
            return true;
        r->p++;
    }
}

/* What a column is compared with. */
static bool read_value(struct reader *r, struct condition_term *t)
{
    size_t n = strcspn(r->p, " ");

    t->other = -1;
    if (is_name(*r->p) && read_column(r, &t->other))
        return *r->p == ' ' || *r->p == '\0';
    if (!condition_length_parse(r->p, n, r->setting, r->settings, &t->length))
        return false;
    r->p += n;
    return true;
}

static bool read_column_term(struct reader *r, struct condition_term *t)
{
    int second = -1;

    t->kind = TERM_COLUMN;
    if (!read_column(r, &t->column))
        return false;
    if (r->p[0] == '.' && r->p[1] == '.') {
        r->p += 2;
        t->kind = TERM_BETWEEN;
        if (!read_column(r, &second))
            return false;
    }
    if (!read_operator(r, &t->op) || !read_value(r, t))
        return false;
    if (t->kind == TERM_COLUMN)
        return true;
    if (t->other != -1 || t->length.unit == UNIT_NONE || t->op == OP_IS)
        return false;
    t->other = second;
    return true;
}

/* "a|b|c" are three. */
static size_t texts_in(const char *list, size_t len)
{
    size_t n = 1;

    for (size_t i = 0; i < len; i++)
        n += list[i] == '|';
    return n;
}

static bool read_term(struct reader *r, struct condition_term *t)
{
    size_t n;

    *t = (struct condition_term){ .other = -1 };
    if (*r->p == '!') {
        t->negated = true;
        r->p++;
    }
    n = name_length(r->p);
    if (r->p[n] == '=' && fact_code_find(r->p, n, &t->code)) {
        t->kind = TERM_CODE;
        t->text = r->p + n + 1;
        t->text_len = strcspn(t->text, " ");
        r->p = t->text + t->text_len;
        return t->text_len > 0 && texts_in(t->text, t->text_len) <= CONDITION_CODES;
    }
    if (r->p[n] == '\0' || r->p[n] == ' ' || r->p[n] == '|')
        return read_marks(r, t);
    return read_column_term(r, t);
}

bool condition_parse(const char *text, const struct condition_setting *setting, size_t settings,
                     struct condition *ret_condition, const char **ret_wrong)
{
    struct condition k = { .n = 0 };
    struct reader r = { text, setting, settings };

    for (;;) {
        while (*r.p == ' ')
            r.p++;
        if (*r.p == '\0')
            break;
        *ret_wrong = r.p;
        if (k.n == CONDITION_TERMS || !read_term(&r, &k.term[k.n]) || (*r.p != ' ' && *r.p != '\0'))
            return false;
        k.n++;
    }
    *ret_condition = k;
    return true;
}

/* Is the name one of "a|b|c"? */
static bool one_of(const char *name, const char *list, size_t len)
{
    size_t n = strlen(name);

    while (len > 0) {
        size_t part = 0;
        while (part < len && list[part] != '|')
            part++;
        if (part == n && memcmp(list, name, n) == 0)
            return true;
        part += part < len;
        list += part;
        len -= part;
    }
    return false;
}

void condition_bind(const struct condition *k, const struct facts *f, struct condition_bound *ret_bound)
{
    *ret_bound = (struct condition_bound){ .condition = k };
    for (size_t i = 0; i < k->n; i++) {
        const struct condition_term *t = &k->term[i];
        if (t->kind != TERM_CODE)
            continue;
        for (size_t n = 0; n < f->name[t->code].n && ret_bound->codes[i] < CONDITION_CODES; n++)
            if (one_of(f->name[t->code].name[n], t->text, t->text_len))
                ret_bound->code[i][ret_bound->codes[i]++] = (int32_t)n;
    }
}

/* What was agreed for later is known before. */
static bool is_agreed(int column)
{
    return column == FACT_DUE || column == FACT_NORM || column == FACT_WMO_DUE || column == FACT_URGENT_DUE ||
           column == FACT_WINDOW_END;
}

int64_t condition_moment(const struct condition_view *v, int column, size_t row)
{
    int64_t t;

    if (column == CONDITION_NOW)
        return v->at;
    if (v->rows->column[column] == NULL)
        return TIME_NONE;
    t = v->rows->column[column][row];
    return t > v->at && !is_agreed(column) ? TIME_NONE : t;
}

static int64_t end_of_day(int32_t day)
{
    return time_of_nl_day(day + 1, 0) - 1;
}

int64_t condition_end(const struct calendar *k, int64_t from, const struct condition_length *l)
{
    int32_t n = (int32_t)l->amount;

    switch (l->unit) {
    case UNIT_NONE:
    case UNIT_SECONDS:
        return from + l->amount;
    case UNIT_MINUTES:
        return from + l->amount * 60;
    case UNIT_HOURS:
        return from + l->amount * 3600;
    case UNIT_DAYS:
        return end_of_day(time_nl_day(from) + n);
    case UNIT_WEEKS:
        return end_of_day(time_nl_day(from) + n * 7);
    case UNIT_MONTHS:
        return end_of_day(date_add_months(time_nl_day(from), n));
    case UNIT_WORKING_DAYS:
        break;
    }
    return end_of_day(n > 0 ? calendar_add_working(k, time_nl_day(from), n) : time_nl_day(from));
}

static enum truth truth_of(bool holds)
{
    return holds ? TRUTH_YES : TRUTH_NO;
}

/* Did `done` come at or before `limit`? Before the limit nobody is counted, also who was early: the others of
 * that day still have time, and a share of the early ones alone would be too good. */
static enum truth by_then(int64_t done, int64_t limit, int64_t at)
{
    if (limit > at)
        return TRUTH_OPEN;
    return truth_of(done != TIME_NONE && done <= limit);
}

static enum truth turned(enum truth t)
{
    return t == TRUTH_OPEN ? TRUTH_OPEN : truth_of(t == TRUTH_NO);
}

static enum truth test_between(const struct condition_term *t, const struct condition_view *v, size_t row)
{
    int64_t from = condition_moment(v, t->column, row), to = condition_moment(v, t->other, row), limit;

    if (from == TIME_NONE)
        return TRUTH_NO;
    limit = condition_end(v->calendar, from, &t->length);
    switch (t->op) {
    case OP_MOST:
        return by_then(to, limit, v->at);
    case OP_LESS:
        return by_then(to, limit - 1, v->at);
    case OP_LEAST:
        return turned(by_then(to, limit - 1, v->at));
    default:
        return turned(by_then(to, limit, v->at));
    }
}

static int64_t seconds_of(const struct condition_length *l)
{
    return l->unit == UNIT_MINUTES ? l->amount * 60 : l->unit == UNIT_HOURS ? l->amount * 3600 : l->amount;
}

static bool compare(int64_t a, enum condition_operator op, int64_t b)
{
    switch (op) {
    case OP_MOST:
        return a <= b;
    case OP_LESS:
        return a < b;
    case OP_LEAST:
        return a >= b;
    case OP_MORE:
        return a > b;
    case OP_IS:
        break;
    }
    return a == b;
}

static enum truth test_moments(const struct condition_term *t, const struct condition_view *v, size_t row)
{
    int64_t a = condition_moment(v, t->column, row), b = condition_moment(v, t->other, row);

    if (b == TIME_NONE)
        return TRUTH_NO;
    if (t->other != CONDITION_NOW && (t->op == OP_MOST || t->op == OP_LESS))
        return by_then(a, t->op == OP_LESS ? b - 1 : b, v->at);
    return truth_of(a != TIME_NONE && compare(a, t->op, b));
}

static enum truth test_column(const struct condition_term *t, const struct condition_view *v, size_t row)
{
    const int64_t *column;

    if (t->column == CONDITION_NOW || fact_column_is_moment((enum fact_column)t->column))
        return t->other == -1 ? TRUTH_NO : test_moments(t, v, row);
    column = v->rows->column[t->column];
    if (column == NULL || column[row] == INT64_MIN || t->other != -1)
        return TRUTH_NO;
    return truth_of(compare(column[row], t->op, seconds_of(&t->length)));
}

static bool has_code(const struct condition_bound *b, size_t term, int32_t code)
{
    for (size_t i = 0; i < b->codes[term]; i++)
        if (b->code[term][i] == code)
            return true;
    return false;
}

static enum truth test_term(const struct condition_bound *b, size_t i, const struct condition_view *v,
                            size_t row)
{
    const struct condition_term *t = &b->condition->term[i];
    const int32_t *code;

    switch (t->kind) {
    case TERM_MARKS:
        return truth_of(v->rows->marks != NULL && (v->rows->marks[row] & t->marks) != 0);
    case TERM_CODE:
        code = v->rows->code[t->code];
        return truth_of(code != NULL && code[row] >= 0 && has_code(b, i, code[row]));
    case TERM_COLUMN:
        return test_column(t, v, row);
    case TERM_BETWEEN:
        break;
    }
    return test_between(t, v, row);
}

enum truth condition_test(const struct condition_bound *b, const struct condition_view *v, size_t row)
{
    enum truth all = TRUTH_YES;

    for (size_t i = 0; i < b->condition->n; i++) {
        enum truth t = test_term(b, i, v, row);
        if (b->condition->term[i].negated)
            t = turned(t);
        if (t == TRUTH_NO)
            return TRUTH_NO;
        if (t == TRUTH_OPEN)
            all = TRUTH_OPEN;
    }
    return all;
}
