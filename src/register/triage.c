// SPDX-License-Identifier: EUPL-1.2
#include "register/triage.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/right.h"
#include "store/sql.h"

#include <string.h>

const struct code_name triage_dangers[] = {
    { "no", N_("No, nobody") },
    { "unsure", N_("I am not sure") },
    { "yes", N_("Yes") },
};
const struct code_name triage_children[] = {
    { "no", N_("No") },
    { "yes", N_("Yes") },
    { "unknown", N_("Not known") },
};
const struct code_name triage_changes[] = {
    { "worse", N_("It became worse") },
    { "better", N_("It became better") },
    { "new_facts", N_("We know more now") },
    { "mistake", N_("The first judgement was not right") },
};
const size_t triage_danger_count = COUNT(triage_dangers), triage_child_count = COUNT(triage_children),
             triage_change_count = COUNT(triage_changes);

bool triage_is_reason(const char *why)
{
    while (why != NULL && *why == ' ')
        why++;
    return why != NULL && strlen(why) >= 3;
}

/* Whether the five steps must be shown before this can be saved. */
static bool needs_steps(const char *danger)
{
    return text_is(danger, "yes") || text_is(danger, "unsure");
}

static enum err check_safety(struct ctx *c, const struct triage_form *f)
{
    if (!code_known(triage_dangers, triage_danger_count, f->danger))
        return FAIL_FIELD("danger", "%s", _("First say whether anyone is in danger."));
    if (!code_known(triage_children, triage_child_count, f->children))
        return FAIL_FIELD("children", "%s", _("Say whether there are children at home."));
    if (needs_steps(f->danger) && !f->steps)
        return FAIL_FIELD("steps", "%s",
                          _("Read the five steps of the reporting code, and tick that you did."));
    return OK;
}

static enum err check_class(struct ctx *c, const struct triage_form *f, int64_t was)
{
    if (f->urgency <= URGENCY_UNKNOWN || f->urgency >= URGENCIES)
        return FAIL_FIELD("urgency", "%s", _("Choose how urgent it is."));
    if (text_is(f->danger, "yes") && f->urgency != URGENCY_EMERGENCY)
        return FAIL_FIELD("urgency", "%s", _("Someone is in danger: choose emergency."));
    if (was != URGENCY_UNKNOWN && was != f->urgency &&
        !code_known(triage_changes, triage_change_count, f->change))
        return FAIL_FIELD("change", "%s", _("Choose why the urgency changes."));
    if (!triage_is_reason(f->why))
        return FAIL_FIELD("why", "%s", _("Write down why you choose this urgency."));
    return OK;
}

const char *triage_danger_reason(const char *danger)
{
    static const char *const reasons[] = { "danger_no", "danger_unsure", "danger_yes" };

    for (size_t i = 0; i < triage_danger_count; i++)
        if (text_is(triage_dangers[i].code, danger))
            return reasons[i];
    return NULL;
}

static enum err add(struct ctx *c, void *arg)
{
    const struct triage_form *f = arg;
    struct request_change safe = { .id = f->request, .version = f->version, .e = EVENT_NONE };
    struct request_change class = { .id = f->request, .version = -1, .e = EVENT_NONE, .note = f->why };
    struct sql_request_get_row row;

    TRY(sql_request_get(c, f->request.v, &row));
    TRY(check_class(c, f, row.urgency));
    safe.e.kind = KIND_SAFETY_CHECKED;
    safe.e.reason = triage_danger_reason(f->danger);
    safe.e.number = text_is(f->children, "yes") ? 1 : text_is(f->children, "no") ? 0 : INT_NONE;
    safe.e.occurred_at = class.e.occurred_at = c->now;
    class.e.kind = KIND_TRIAGED;
    class.e.urgency = f->urgency;
    class.e.reason = row.urgency != URGENCY_UNKNOWN && row.urgency != f->urgency ? f->change : NULL;
    TRY(request_change(c, &safe));
    return request_change(c, &class);
}

enum err triage_add(struct ctx *c, const struct triage_form *f)
{
    struct triage_form copy = *f;

    TRY(may(c, RIGHT_TRIAGE));
    TRY(check_safety(c, f));
    return db_tx(c, add, &copy);
}

/* Danger, violence and getting worse by the day: as the criteria of a regional youth service say, and that
 * suffering counts, not only what does not work (domain: residents' own view). */
static const char *const usual_criteria[URGENCIES] = {
    [URGENCY_EMERGENCY] = N_("Someone is in danger now, or could be today.\n"
                             "There is violence at home, or a recent safety plan.\n"
                             "Veilig Thuis judged that help is needed at once.\n"
                             "A child has nobody to look after it today.\n"
                             "No food, no heating, or out of the house today."),
    [URGENCY_SOON] = N_("It clearly gets worse from day to day.\n"
                        "The carer cannot go on any longer.\n"
                        "Eviction or being cut off within two weeks.\n"
                        "Children suffer from it, and there is no danger today.\n"
                        "The resident suffers so much that waiting two weeks does harm."),
    [URGENCY_NORMAL] = N_("Help is needed, and the situation is stable for two weeks.\n"
                          "There is someone nearby who helps for now."),
    [URGENCY_LATER] = N_("The question is about later, or about something extra.\n"
                         "The resident says that waiting four weeks is fine."),
};

enum err triage_criteria(struct ctx *c, int64_t urgency, const char **ret_text)
{
    struct sql_setting_get_row *row;
    char name[40] = "criteria.";
    size_t n;

    text_copy(name + strlen(name), sizeof name - strlen(name), urgency_code(urgency));
    TRY(sql_setting_get(c, name, &row, &n));
    if (n > 0 && !text_empty(row[0].value))
        *ret_text = row[0].value;
    else
        *ret_text = usual_criteria[urgency] != NULL ? _(usual_criteria[urgency]) : "";
    return OK;
}
