// SPDX-License-Identifier: EUPL-1.2
/* One consultation hour as it is promised: changing it ends it and promises another one. */
#include "base/text.h"
#include "web/options.h"
#include "web/place.h"
#include "web/presence.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

struct end_typed {
    int64_t version;
    int32_t last_day;
};
static const struct form_field end_fields[] = {
    { FORM_AT(struct end_typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct end_typed, last_day), .kind = FORM_DATE, .required = true, .label = N_("Last day") },
};

static enum err forms_add(struct ctx *c, const struct req *r, const struct walk_in_hour *h,
                          const struct panel_sent *sent, struct panel *p)
{
    const char *base = text_made(c, "/hours/%lld", (long long)h->id);
    const struct pair value[] = { { "version", typed_number_text(c, h->version) },
                                  { "weekday", typed_number_text(c, h->weekday) },
                                  { "starts", typed_clock_text(c, h->starts) },
                                  { "ends", typed_clock_text(c, h->ends) },
                                  { "every_weeks", typed_number_text(c, h->every_weeks) },
                                  { "team", typed_number_text(c, h->team) },
                                  { "first_day", typed_day_text(c, c->today + 1) } };
    struct form_options options;

    TRY(team_options(c, "team", &options));
    struct panel_form_of change = { "change",
                                    _("Another time or day"),
                                    _("Save"),
                                    _("What was promised until then stays as it was."),
                                    { .field = hour_fields,
                                      .n = HOUR_FIELDS,
                                      .options = &options,
                                      .n_options = 1,
                                      .value = value,
                                      .n_values = COUNT(value) },
                                    false };
    struct panel_form_of end = { "end",
                                 _("This consultation hour ends"),
                                 _("Save"),
                                 NULL,
                                 { FORM(end_fields), .value = value, .n_values = 1 },
                                 false };
    TRY(panel_form_add(c, r, p, base, &change, sent));
    return panel_form_add(c, r, p, base, &end, sent);
}

static enum err show(struct ctx *c, const struct req *r, const struct panel_sent *sent, struct reply *out)
{
    struct panel p = { .facts_title = _("This consultation hour") };
    const struct config *k;
    struct walk_in_hour h;

    TRY(config_get(c, &k));
    TRY(hour_get(c, r->ids.id[0], &h));
    TRY(frame_fill(c, r, text_made(c, "%s, %s", h.place_name, weekday_name(c, h.weekday)), "/presence",
                   &p.frame));
    p.back = text_made(c, "/places/%lld", (long long)h.place);
    p.back_label = h.place_name;
    panel_fact_add(&p, _("Day of the week"), weekday_name(c, h.weekday));
    panel_fact_add(&p, _("Time"), text_made(c, "%s - %s", clock_text(c, h.starts), clock_text(c, h.ends)));
    panel_fact_add(&p, _("Every so many weeks"), count_text(c, h.every_weeks));
    panel_fact_add(&p, _("Team"), config_team_name(k, h.team));
    panel_fact_add(&p, _("First day"), long_day_text(c, h.first_day));
    panel_fact_add(&p, _("Last day"),
                   h.last_day == DAY_NONE ? _("Until further notice") : long_day_text(c, h.last_day));
    if (user_may(c, RIGHT_PLACE_EDIT) && (h.last_day == DAY_NONE || h.last_day >= c->today))
        TRY(forms_add(c, r, &h, sent, &p));
    return panel_html(c, &out->body, &p);
}

enum err web_hour_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return show(c, r, NULL, out);
}

static enum err save(struct ctx *c, const struct req *r, const char *code, struct form_errors *wrong)
{
    struct form_options options;
    struct walk_in_hour h;
    struct hour_typed t = { 0 };
    struct end_typed e = { 0 };
    struct form form = { .field = hour_fields, .n = HOUR_FIELDS, .options = &options, .n_options = 1 };
    int64_t id;

    TRY(hour_get(c, r->ids.id[0], &h));
    TRY(team_options(c, "team", &options));
    if (text_is(code, "end")) {
        TRY(form_read(c, r, end_fields, COUNT(end_fields), &e, wrong));
        return hour_end(c, h.id, e.version, e.last_day);
    }
    TRY(form_take(c, r, &form, &t, wrong));
    h.version = t.version;
    h.team = t.team;
    h.weekday = t.weekday + 1;
    h.starts = t.starts;
    h.ends = t.ends;
    h.every_weeks = t.every_weeks;
    h.first_day = t.first_day;
    h.last_day = t.last_day;
    return hour_save(c, &h, &id);
}

enum err web_hour_post(struct ctx *c, const struct req *r, struct reply *out)
{
    size_t end = strlen(r->path);
    struct panel_sent sent = { .code = end > 4 && text_is(r->path + end - 4, "/end") ? "end" : "change" };
    struct walk_in_hour h;
    enum err e = save(c, r, sent.code, &sent.wrong);

    if (e == OK) {
        TRY(hour_get(c, r->ids.id[0], &h));
        return reply_redirect(c, out, "/places/%lld?done=saved", (long long)h.place);
    }
    TRY(wrong_take(c, e, out, &sent.wrong));
    return show(c, r, &sent, out);
}
