// SPDX-License-Identifier: EUPL-1.2
#include "web/safe_form.h"

#include "base/text.h"
#include "web/form_view.h"

const struct code_name safe_answers[] = { { "yes", N_("yes") }, { "no", N_("no") } };
const size_t safe_answer_count = COUNT(safe_answers);

static const char *const names[WAYS] = { "safe_call", "safe_voicemail", "safe_text", "safe_mail",
                                         "safe_letter" };

enum err safe_typed_read(struct ctx *c, const struct safe_typed *t, struct safe_contact *ret_safe,
                         bool *ret_given)
{
    struct safe_contact s = {
        .from = -1, .to = -1, .neutral = t->neutral, .asked = true, .structured = true
    };
    bool given = t->neutral || !text_empty(t->note);

    for (size_t i = 0; i < WAYS; i++) {
        s.way[i] = text_is(t->way[i], "yes") ? SAFE_YES : text_is(t->way[i], "no") ? SAFE_NO : SAFE_NOT_ASKED;
        given = given || s.way[i] != SAFE_NOT_ASKED;
    }
    if ((t->from == INT_NONE) != (t->to == INT_NONE))
        return FAIL_FIELD(t->from == INT_NONE ? "safe_from" : "safe_to", "%s",
                          _("Fill in both times, or neither."));
    if (t->from != INT_NONE) {
        s.from = (int)t->from;
        s.to = (int)t->to;
        given = true;
    }
    s.note = text_empty(t->note) ? NULL : t->note;
    *ret_safe = s;
    *ret_given = given;
    return OK;
}

enum err safe_values_fill(struct ctx *c, const char *stored, struct pair *value, size_t *n)
{
    struct safe_contact s;

    safe_contact_read(stored, &s);
    for (size_t i = 0; i < WAYS; i++)
        if (s.way[i] != SAFE_NOT_ASKED)
            value[(*n)++] = (struct pair){ names[i], s.way[i] == SAFE_YES ? "yes" : "no" };
    if (s.from >= 0) {
        value[(*n)++] = (struct pair){ "safe_from", typed_clock_text(c, s.from) };
        value[(*n)++] = (struct pair){ "safe_to", typed_clock_text(c, s.to) };
    }
    if (s.neutral)
        value[(*n)++] = (struct pair){ "safe_neutral", "on" };
    if (!text_empty(s.note))
        TRY(ctx_copy(c, s.note, &value[*n].value));
    if (!text_empty(s.note))
        value[(*n)++].name = "safe_note";
    return OK;
}
