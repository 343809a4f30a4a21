// SPDX-License-Identifier: EUPL-1.2
/* What was asked at the intake, as rows for the page of a request. */
#include "base/text.h"
#include "register/contact.h"
#include "web/request_new.h"
#include "web/show.h"

static void put(struct intake_view *v, const char *label, const char *value)
{
    if (!text_empty(value) && v->n < INTAKE_ROWS)
        v->row[v->n++] = (struct intake_row){ label, value };
}

enum err intake_view_fill(struct ctx *c, const struct request *q, struct intake_view *ret_view)
{
    struct intake_view v = { .n = 0 };
    struct intake k;
    bool any;

    TRY(intake_get(c, q, &k, &any));
    put(&v, _("Who live at home?"), code_text(c, intake_homes, intake_home_count, k.home));
    put(&v, _("Are there children at home?"), code_text(c, intake_children, intake_child_count, k.children));
    put(&v, _("Does someone care for you?"), code_text(c, intake_carers, intake_carer_count, k.carer));
    put(&v, _("Is an interpreter needed?"),
        code_text(c, intake_interpreters, intake_interpreter_count, k.interpreter));
    put(&v, _("Is help with reading needed?"),
        code_text(c, intake_readings, intake_reading_count, k.reading));
    put(&v, _("Is there other help?"),
        code_text(c, intake_other_helps, intake_other_help_count, k.other_help));
    put(&v, _("How did you hear of us?"), code_text(c, contact_heards, contact_heard_count, k.heard));
    put(&v, _("Name of who sent the resident"), k.referrer);
    put(&v, _("May the referrer know how it goes?"),
        code_text(c, intake_consents, intake_consent_count, k.consent));
    put(&v, _("Is this a report for the Social Support Act?"),
        code_text(c, intake_wmos, intake_wmo_count, k.wmo));
    if (k.wait_until != DAY_NONE)
        put(&v, _("The resident chose to wait until"), day_text(c, k.wait_until));
    put(&v, _("What else do we need to know?"), k.note);
    *ret_view = v;
    return OK;
}
