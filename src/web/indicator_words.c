// SPDX-License-Identifier: EUPL-1.2
#include "web/indicator_words.h"

#include "account/indicator_series.h"
#include "base/buf.h"
#include "base/text.h"
#include "web/indicator.h"
#include "web/show.h"

#include <stdio.h>
#include <string.h>

static const char *const set_word[FACT_SETS] = {
    [FACT_REQUEST] = N_("requests"),
    [FACT_SILENCE] = N_("stretches of waiting without a talk"),
    [FACT_WORSE] = N_("times that somebody became worse off while waiting"),
    [FACT_WINDOW] = N_("expected periods that were told"),
    [FACT_APPOINTMENT] = N_("appointments"),
    [FACT_LEVEL] = N_("changes of the level of escalation"),
    [FACT_LINE] = N_("residents sent on to somebody else"),
    [FACT_APPLICATION] = N_("applications for a provision"),
    [FACT_ANSWER] = N_("residents who were helped"),
    [FACT_GOAL] = N_("goals that were looked back on"),
    [FACT_AREA] = N_("life areas scored twice"),
    [FACT_CALL] = N_("phone calls"),
    [FACT_CONTACT] = N_("contacts"),
    [FACT_CALLBACK] = N_("promises to call back"),
    [FACT_SESSION] = N_("consultation hours"),
    [FACT_COMPLAINT] = N_("complaints"),
    [FACT_SIGNAL] = N_("signals"),
    [FACT_INCIDENT] = N_("incidents"),
    [FACT_AGREEMENT] = N_("agreements with partners"),
    [FACT_REFERRAL] = N_("referrals"),
    [FACT_STAFF] = N_("workers"),
    [FACT_STAFF_DAY] = N_("teams, day by day"),
    [FACT_VACANCY] = N_("vacancies"),
    [FACT_TRANSFER] = N_("residents on a hand-over list"),
    [FACT_PROGRAMME] = N_("groups"),
    [FACT_EXPERIENCE] = N_("answers after a contact"),
    [FACT_EXPERIENCE_QUESTION] = N_("answers to a question after a contact"),
    [FACT_INVITATION] = N_("invitations to tell the experience"),
    [FACT_STATEMENT] = N_("answers in the survey of clients"),
    [FACT_MIRROR] = N_("mirror talks"),
    [FACT_PANEL] = N_("answers of the city panel"),
    [FACT_PARTNER_ANSWER] = N_("answers of partners"),
    [FACT_PATTERN] = N_("patterns in complaints and signals"),
    [FACT_IMPROVEMENT] = N_("measures to do better"),
    [FACT_PUBLISHED] = N_("published results"),
    [FACT_ADVICE] = N_("advice and questions of the council"),
    [FACT_WORK_SAMPLE] = N_("hours of a sampled working week"),
};
/* Moments and numbers. */
static const char *const column_word[FACT_COLUMNS] = {
    [FACT_AT] = N_("the moment itself"),
    [FACT_END] = N_("the end of it"),
    [FACT_DUE] = N_("the end of the term"),
    [FACT_GONE] = N_("the moment it was over"),
    [FACT_RECEIVED] = N_("the question of the resident"),
    [FACT_RECORDED] = N_("the moment it was typed in"),
    [FACT_CONFIRMED] = N_("the confirmation of receipt"),
    [FACT_TRIAGED] = N_("the judgement how urgent it is"),
    [FACT_URGENT] = N_("the moment it was an emergency"),
    [FACT_URGENT_DUE] = N_("the end of the term of an emergency"),
    [FACT_PROTECTED] = N_("the first protective action"),
    [FACT_STARTED] = N_("the first talk"),
    [FACT_OFF] = N_("the end of waiting"),
    [FACT_CLOSED] = N_("the closing"),
    [FACT_NORM] = N_("the end of the norm of its urgency"),
    [FACT_PLANNED] = N_("the agreed plan"),
    [FACT_CLEAR] = N_("the moment it was clear which help"),
    [FACT_FIRST_LINE] = N_("the first help"),
    [FACT_HELPED] = N_("the plan, or the closing with help"),
    [FACT_WMO] = N_("the Wmo report"),
    [FACT_WMO_DUE] = N_("the end of the six weeks"),
    [FACT_WMO_DONE] = N_("the written account of the research"),
    [FACT_WINDOW_END] = N_("the end of the expected period"),
    [FACT_AGAIN] = N_("the next question of the same person"),
    [FACT_TIMES] = N_("number of times"),
    [FACT_WAITED] = N_("seconds of waiting"),
    [FACT_NUMBER] = N_("the number"),
    [FACT_PEOPLE] = N_("people"),
    [FACT_TALKS] = N_("number of talks"),
    [FACT_CHANGES] = N_("changes of worker"),
    [FACT_AREAS] = N_("life areas with a score"),
    [FACT_WIDTH] = N_("width in days"),
    [FACT_PLANNED_MINUTES] = N_("minutes planned"),
    [FACT_HELD_MINUTES] = N_("minutes held"),
    [FACT_QUESTIONS] = N_("questions brought"),
    [FACT_UNHANDLED] = N_("questions left over"),
    [FACT_SOLVED] = N_("questions solved"),
    [FACT_MADE] = N_("requests made"),
    [FACT_SICK] = N_("days of sickness"),
    [FACT_FILLED] = N_("hours in service"),
    [FACT_PRESENT] = N_("hours present"),
    [FACT_ESTABLISHED] = N_("hours agreed"),
    [FACT_OPEN] = N_("open requests"),
    [FACT_CAPACITY] = N_("places"),
    [FACT_TOOK_PART] = N_("people who took part"),
    [FACT_FINISHED] = N_("people who finished"),
    [FACT_SEVERITY] = N_("how serious"),
    [FACT_REPORTERS] = N_("number of reporters"),
    [FACT_EUROS] = N_("euros"),
    [FACT_MINUTES] = N_("minutes"),
};
static const char *const mark_word[FACT_MARKS] = {
    [FACT_IS_DIRECT] = N_("helped by the team itself"),
    [FACT_IS_INDIRECT] = N_("helped by somebody else"),
    [FACT_IS_PLAN_DIRECT] = N_("helped by the team itself, by the plan"),
    [FACT_IS_CLOSED_DIRECT] = N_("closed with help of the team itself"),
    [FACT_IS_CLOSED_INDIRECT] = N_("closed with help of somebody else"),
    [FACT_IS_EMERGENCY] = N_("emergency"),
    [FACT_IS_AT_ONCE] = N_("answered at once"),
    [FACT_IS_CARRY_OVER] = N_("waited before the register began"),
    [FACT_IS_DUPLICATE] = N_("the same question twice"),
    [FACT_IS_REPEAT] = N_("asked before, not long ago"),
    [FACT_IS_KNOWN] = N_("known"),
    [FACT_IS_BRIDGED] = N_("help for now was offered"),
    [FACT_IS_BRIDGE_USED] = N_("help for now is used"),
    [FACT_IS_TOLD] = N_("told of the independent supporter"),
    [FACT_IS_UNDERSTOOD] = N_("understood"),
    [FACT_IS_SUPPORTED] = N_("helped by the supporter"),
    [FACT_IS_CARER] = N_("there is an informal carer"),
    [FACT_IS_CARER_ASKED] = N_("asked how heavy the care is"),
    [FACT_IS_CHOICE] = N_("choice of provider explained"),
    [FACT_IS_CHOICE_LAW] = N_("the law gives a choice"),
    [FACT_IS_WISH] = N_("a wish is known"),
    [FACT_IS_HONOURED] = N_("wish granted"),
    [FACT_IS_MULTIPLE] = N_("several problems at once"),
    [FACT_IS_ALONE] = N_("can go on alone"),
    [FACT_IS_ALONE_ASKED] = N_("asked whether it can be done alone"),
    [FACT_IS_WMO_DROPPED] = N_("ended within the six weeks"),
    [FACT_IS_NO_PLACE] = N_("neighbourhood unknown"),
    [FACT_IS_HALF] = N_("required fields missing"),
    [FACT_IS_CORRECTED] = N_("a step was taken back"),
    [FACT_IS_ANSWERED] = N_("answered"),
    [FACT_IS_ABANDONED] = N_("hung up"),
    [FACT_IS_UNTIMED] = N_("duration unknown"),
    [FACT_IS_FAILURE] = N_("something was late, unclear or wrong"),
    [FACT_IS_FIRST] = N_("the first one"),
    [FACT_IS_LAST] = N_("the last one"),
    [FACT_IS_RETURNED] = N_("came back about the same"),
    [FACT_IS_WITHDRAWN] = N_("withdrawn"),
    [FACT_IS_BY_PLAN] = N_("planned"),
    [FACT_IS_HELD] = N_("held"),
    [FACT_IS_REACHED] = N_("spoken to"),
    [FACT_IS_UP] = N_("a step up"),
    [FACT_IS_DOWN] = N_("a step down"),
    [FACT_IS_MISSED] = N_("the resident did not come"),
    [FACT_IS_MISSED_BY_US] = N_("we did not come"),
    [FACT_IS_ARRIVED] = N_("arrived"),
    [FACT_IS_UNKNOWN] = N_("unknown"),
    [FACT_IS_BY_RESIDENT] = N_("reached, says the resident"),
    [FACT_IS_BY_WORKER] = N_("reached, says the worker"),
    [FACT_IS_SOLVED] = N_("solved by talking"),
    [FACT_IS_COMMITTEE] = N_("went to the committee"),
    [FACT_IS_OMBUDSMAN] = N_("went to the ombudsman"),
    [FACT_IS_JUDGED] = N_("judged"),
    [FACT_IS_KEPT] = N_("yes, or kept"),
    [FACT_IS_CONSENT] = N_("the resident agrees"),
    [FACT_IS_STAYS] = N_("stays with the partner while waiting"),
    [FACT_IS_TRANSFERRED] = N_("handed over"),
    [FACT_IS_SAME_WORKER] = N_("kept the same worker"),
    [FACT_IS_WORKER_ASKED] = N_("the worker before and after is known"),
    [FACT_IS_ASKED] = N_("asked"),
    [FACT_IS_MOVED] = N_("moved along"),
    [FACT_IS_CALAMITY] = N_("calamity"),
    [FACT_IS_REPORTED] = N_("reported to the supervisor"),
    [FACT_IS_MEASURED] = N_("something was done about it"),
};
static const char *const reader_word[READERS] = {
    [READER_RESIDENT] = N_("residents"),       [READER_WORKER] = N_("social workers"),
    [READER_TEAM_LEAD] = N_("team leads"),     [READER_QUALITY] = N_("quality officers"),
    [READER_BOARD] = N_("the board"),          [READER_ACCOUNT_MANAGER] = N_("the account manager"),
    [READER_COUNCIL] = N_("the town council"), [READER_ADVISORY] = N_("the advisory council"),
    [READER_PARTNER] = N_("partners"),
};

const char *definition_form(const struct ctx *c, const struct part *p)
{
    static const char *const word[CALCS] = {
        [CALC_FIGURE] = N_("the figure of the waiting list with this code"),
        [CALC_COUNT] = N_("how many"),
        [CALC_SHARE] = N_("share"),
        [CALC_PEOPLE] = N_("share, each person once"),
        [CALC_RATE] = N_("how many per 1,000"),
        [CALC_TIME] = N_("time until, who is not there yet included (Kaplan-Meier)"),
        [CALC_QUANTILE] = N_("median and 90th percentile"),
        [CALC_SUM] = N_("added up"),
        [CALC_POOLED] = N_("one number of the other, added up"),
        [CALC_RATIO] = N_("one number divided by the other"),
        [CALC_MEAN] = N_("mean"),
        [CALC_STOCK] = N_("how many on the date"),
        [CALC_STOCK_SHARE] = N_("share on the date"),
        [CALC_MIX] = N_("share of each kind"),
        [CALC_PLACES] = N_("share of the neighbourhoods"),
        [CALC_SPREAD] = N_("difference between neighbourhoods, with the same mix"),
    };

    if (p->calc == CALC_FIGURE && p->unit == MEASURE_DAYS)
        return _(word[CALC_TIME]);
    if (p->calc == CALC_FIGURE && p->unit == MEASURE_SHARE)
        return _(word[CALC_SHARE]);
    if (p->calc == CALC_FIGURE)
        return p->figure == FIGURE_STOCK ? _(word[CALC_STOCK]) : _(word[CALC_COUNT]);
    return _(word[p->calc]);
}

static const char *column_name(const struct ctx *c, int column)
{
    if (column == CONDITION_NOW)
        return _("the reference date");
    return column >= 0 && column_word[column] != NULL ? _(column_word[column]) : "";
}

const char *definition_clock(struct ctx *c, const struct part *p)
{
    const char *text;

    if (p->calc == CALC_FIGURE)
        return _("requests");
    text = _(set_word[p->set]);
    if (p->until < 0)
        return p->clock < 0 ? text
                            : filled_text(c, _("{1}; the period holds: {2}"), text, column_name(c, p->clock));
    text = filled_text(c, _("{1}; from {2}"), text, column_name(c, p->clock));
    text = filled_text(c, _("{1} to {2}"), text, column_name(c, p->until));
    return p->gone < 0 ? text : filled_text(c, _("{1}, cut short by {2}"), text, column_name(c, p->gone));
}

/* ── Conditions ── */

static const char *length_words(struct ctx *c, const struct condition_length *l)
{
    static const char *const many[] = {
        [UNIT_NONE] = "{1}",
        [UNIT_SECONDS] = N_("{1} seconds"),
        [UNIT_MINUTES] = N_("{1} minutes"),
        [UNIT_HOURS] = N_("{1} hours"),
        [UNIT_DAYS] = N_("{1} days"),
        [UNIT_WORKING_DAYS] = N_("{1} working days"),
        [UNIT_WEEKS] = N_("{1} weeks"),
        [UNIT_MONTHS] = N_("{1} months"),
    };
    static const char *const one[] = {
        [UNIT_NONE] = "1",
        [UNIT_SECONDS] = N_("one second"),
        [UNIT_MINUTES] = N_("one minute"),
        [UNIT_HOURS] = N_("one hour"),
        [UNIT_DAYS] = N_("one day"),
        [UNIT_WORKING_DAYS] = N_("one working day"),
        [UNIT_WEEKS] = N_("one week"),
        [UNIT_MONTHS] = N_("one month"),
    };

    if (l->amount == 1)
        return l->unit == UNIT_NONE ? "1" : _(one[l->unit]);
    return filled_text(c, l->unit == UNIT_NONE ? many[UNIT_NONE] : _(many[l->unit]), count_text(c, l->amount),
                       "");
}

/* "answered, or: hung up" */
static const char *mark_words(struct ctx *c, uint64_t marks)
{
    const char *text = "";

    for (size_t i = 0; i < FACT_MARKS; i++)
        if ((marks >> i & 1) != 0)
            text =
                text[0] != '\0' ? filled_text(c, _("{1}, or {2}"), text, _(mark_word[i])) : _(mark_word[i]);
    return text;
}

static const char *code_words(struct ctx *c, const struct condition_term *t)
{
    const char *text = "", *at = t->text, *end = t->text + t->text_len;

    while (at < end) {
        size_t n = 0;
        while (at + n < end && at[n] != '|')
            n++;
        char code[64];
        snprintf(code, sizeof code, "%.*s", (int)n, at);
        const char *name = "";
        if (ctx_copy(c, indicator_code_name(c, code), &name) != OK)
            return text;
        text = text[0] != '\0' ? filled_text(c, _("{1}, or {2}"), text, name) : name;
        at += n + (at + n < end);
    }
    return filled_text(c, _("kind: {1}"), text, "");
}

static const char *column_words(struct ctx *c, const struct condition_term *t)
{
    static const char *const moment[] = {
        [OP_MOST] = N_("{1} not later than {2}"),
        [OP_LESS] = N_("{1} before {2}"),
        [OP_LEAST] = N_("{1} not before {2}"),
        [OP_MORE] = N_("{1} after {2}"),
        [OP_IS] = N_("{1} at {2}"),
    };
    static const char *const number[] = {
        [OP_MOST] = N_("{1}: at most {2}"),
        [OP_LESS] = N_("{1}: less than {2}"),
        [OP_LEAST] = N_("{1}: at least {2}"),
        [OP_MORE] = N_("{1}: more than {2}"),
        [OP_IS] = N_("{1}: {2}"),
    };
    const char *what = column_name(c, t->column);

    if (t->kind == TERM_BETWEEN)
        what = filled_text(c, _("from {1} to {2}"), what, column_name(c, t->other));
    if (t->kind == TERM_COLUMN && t->other >= 0)
        return filled_text(c, _(moment[t->op]), what, column_name(c, t->other));
    return filled_text(c, _(number[t->op]), what, length_words(c, &t->length));
}

const char *definition_condition(struct ctx *c, const struct condition *k, const char *nothing)
{
    const char *text = "";

    for (size_t i = 0; i < k->n; i++) {
        const struct condition_term *t = &k->term[i];
        const char *term = t->kind == TERM_MARKS  ? mark_words(c, t->marks)
                           : t->kind == TERM_CODE ? code_words(c, t)
                                                  : column_words(c, t);
        if (t->negated)
            term = filled_text(c, _("not: {1}"), term, "");
        text = text[0] != '\0' ? filled_text(c, "{1}; {2}", text, term) : term;
    }
    return k->n > 0 ? text : nothing;
}

const char *definition_norm(struct ctx *c, const struct part *p)
{
    if (p->unit == MEASURE_SHARE && p->norm >= 1)
        return _("everyone");
    return filled_text(c, p->better == BETTER_LOWER ? _("at most {1}") : _("at least {1}"),
                       unit_text(c, p, p->norm), "");
}

const char *definition_readers(struct ctx *c, const struct part *p)
{
    const char *text = "";

    for (size_t i = 0; i < READERS; i++)
        if ((p->readers >> i & 1) != 0)
            text = text[0] != '\0' ? filled_text(c, "{1}, {2}", text, _(reader_word[i])) : _(reader_word[i]);
    return p->only ? filled_text(c, _("only {1}"), text, "") : text;
}

const char *definition_source(const struct ctx *c, enum fact_set set)
{
    switch (set) {
    case FACT_EXPERIENCE:
    case FACT_EXPERIENCE_QUESTION:
    case FACT_INVITATION:
    case FACT_STATEMENT:
    case FACT_MIRROR:
    case FACT_PANEL:
    case FACT_PARTNER_ANSWER:
    case FACT_WORK_SAMPLE:
        return _(
            "These numbers come from a survey or list that is imported as a file, without names. Without "
            "such a file there are no data.");
    case FACT_PATTERN:
    case FACT_IMPROVEMENT:
    case FACT_PUBLISHED:
    case FACT_ADVICE:
        return _(
            "Peil does not keep this itself yet. A list that is kept elsewhere can be imported as a file; "
            "without it there are no data.");
    default:
        return NULL;
    }
}
