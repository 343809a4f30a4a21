// SPDX-License-Identifier: EUPL-1.2
/* One letter: fill in what is not known, look at it, print it, and write down that it was sent. */
#include "base/text.h"
#include "register/config.h"
#include "register/network.h"
#include "web/message.h"
#include "web/part.h"
#include "web/show.h"
#include "web/tpl.h"
#include "web/window_tell.h"

struct letter_typed {
    const char *value[LETTER_SLOTS], *way, *step;
};
enum { EXTRA = 2 };

static const struct code_name letter_ways[] = { { "letter", N_("Letter") },
                                                { "hand", N_("Letter by hand") },
                                                { "mail", N_("E-mail") } };

static const size_t letter_way_count = COUNT(letter_ways);

/* A letter being made: its kind, language and slots. */
struct making {
    struct request q;
    enum letter letter;
    enum lang lang;
    struct letter_slots slots;
    struct expectation_offer offer;
    bool period; /* it tells the expected period */
    struct form_field field[LETTER_SLOTS + EXTRA];
    struct pair value[LETTER_SLOTS];
    struct form form;
};

static bool is_letter(enum letter letter)
{
    return letter_kinds[letter].way == WAY_LETTER;
}

/* One field for each slot, with what is known in it. */
static void fields_make(struct making *m)
{
    size_t n = 0;

    for (size_t i = 0; i < m->slots.n; i++) {
        m->value[i] = (struct pair){ "", "" };
        if (m->period && letter_slot_is_period(m->letter, m->slots.slot[i].name) &&
            m->slots.slot[i].value != NULL)
            continue; /* days of the period are not typed */
        m->field[n++] =
            (struct form_field){ .name = m->slots.slot[i].name,
                                 .offset = offsetof(struct letter_typed, value) + i * sizeof(char *),
                                 .kind = FORM_TEXT,
                                 .max = 300,
                                 .label = m->slots.slot[i].label };
        m->value[i] = (struct pair){ m->slots.slot[i].name,
                                     m->slots.slot[i].value != NULL ? m->slots.slot[i].value : "" };
    }
    if (is_letter(m->letter))
        m->field[n++] = (struct form_field){
            FORM_AT(struct letter_typed, way), .kind = FORM_CODE,      .codes = letter_ways,
            .n_codes = &letter_way_count,      .look = FORM_AS_SELECT, .label = N_("In which way?")
        };
    m->field[n++] =
        (struct form_field){ FORM_AT(struct letter_typed, step), .kind = FORM_TEXT, .hidden = true };
    m->form = (struct form){ .field = m->field, .n = n, .value = m->value, .n_values = m->slots.n };
}

static enum err begin(struct ctx *c, const struct req *r, struct making *m)
{
    const char *lang = r->method == METHOD_POST ? req_form(r, "lang") : req_query(r, "lang");

    TRY(may(c, RIGHT_MESSAGE));
    if (!letter_find(r->ids.word, &m->letter))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this letter."));
    m->lang = text_is(lang, "en") ? LANG_EN : LANG_NL;
    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &m->q));
    TRY(letter_slots_fill(c, &m->q, m->letter, m->lang, &m->slots));
    TRY(expectation_offer_get(c, &m->q, &m->offer));
    m->period = letter_kinds[m->letter].without != NULL && m->offer.may;
    struct letter_period period = expectation_letter_period(&m->offer);
    if (m->period)
        TRY(letter_period_put(c, &m->q, m->letter, m->lang, &period, &m->slots));
    fields_make(m);
    return OK;
}

static enum err tabs_fill(struct ctx *c, const struct req *r, const struct making *m, struct letter_page *p)
{
    TRY(query_url(c, r, "lang", "nl", &p->tab[0].url));
    TRY(query_url(c, r, "lang", "en", &p->tab[1].url));
    p->tab[0].label = _("Dutch");
    p->tab[1].label = _("English");
    p->tab[0].count = p->tab[1].count = INT_NONE;
    p->tab[0].current = m->lang == LANG_NL;
    p->tab[1].current = m->lang == LANG_EN;
    return OK;
}

static enum err letter_show(struct ctx *c, const struct req *r, struct making *m,
                            const struct form_errors *wrong, struct reply *out)
{
    struct letter_page p = { .word = letter_kinds[m->letter].code, .is_letter = is_letter(m->letter) };
    struct addressee to = { .resident = true };
    struct safe_contact safe;
    const struct config *k;

    TRY(config_get(c, &k));
    TRY(frame_fill(c, r, _(letter_kinds[m->letter].name), "/waiting", &p.frame));
    p.request = &m->q;
    p.period = m->period;
    p.from = m->offer.said.from;
    p.to = m->offer.said.to;
    p.none = letter_kinds[m->letter].without != NULL && !m->period;
    if (p.none)
        TRY(expectation_text(c, &m->offer.now, &p.why_none));
    p.name = m->q.who.name != NULL ? m->q.who.name : "";
    p.address = m->q.who.address;
    p.postcode = m->q.who.postcode;
    if (m->q.person != INT_NONE)
        TRY(network_addressee(c, m->q.person, &to));
    if (!to.resident) { /* on the envelope stands who opens it */
        p.name = to.helper.name != NULL ? to.helper.name : to.helper.organisation;
        p.address = to.helper.address;
        p.postcode = NULL;
    }
    p.municipality = k->municipality;
    p.lang = m->lang == LANG_NL ? "nl" : "en";
    TRY(letter_day(c, m->lang, c->today, &p.day));
    TRY(letter_render(c, m->letter, m->lang, &m->slots, &p.text));
    TRY(letter_plain(c, &p.text, &p.plain));
    safe_contact_read(m->q.who.safe_contact, &safe);
    p.warning = safe_contact_warning(c, &safe, letter_kinds[m->letter].way, time_nl_second(c->now) / 60);
    TRY(tabs_fill(c, r, m, &p));
    TRY(form_view_fill(c, r, &m->form, wrong, &p.form));
    p.form.n_hidden = 0; /* the buttons say the step */
    return letter_html(c, &out->body, &p);
}

enum err web_letter_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct making m;

    TRY(begin(c, r, &m));
    return letter_show(c, r, &m, NULL, out);
}

/* What was typed goes into the slots; "sent" also writes it down. */
static enum err letter_save(struct ctx *c, const struct req *r, struct making *m, struct form_errors *errors,
                            bool *ret_sent)
{
    struct letter_typed t = { 0 };
    struct letter_text text;
    const char *plain;
    int64_t id;

    TRY(form_take(c, r, &m->form, &t, errors));
    for (size_t i = 0; i < m->slots.n; i++)
        if (!m->period || !letter_slot_is_period(m->letter, m->slots.slot[i].name) || !text_empty(t.value[i]))
            m->slots.slot[i].value = text_empty(t.value[i]) ? NULL : t.value[i];
    *ret_sent = text_is(t.step, "sent");
    if (!*ret_sent)
        return OK;
    for (size_t i = 0; i < m->slots.n; i++)
        if (m->slots.slot[i].value == NULL)
            return FAIL_FIELD(m->slots.slot[i].name, "%s", _("Fill this in before the letter goes out."));
    TRY(letter_render(c, m->letter, m->lang, &m->slots, &text));
    TRY(letter_plain(c, &text, &plain));
    struct message_form f = { .request = m->q.id,
                              .kind = letter_kinds[m->letter].code,
                              .way = is_letter(m->letter) ? text_empty(t.way) ? "letter" : t.way
                                                          : way_names[letter_kinds[m->letter].way].code,
                              .at = TIME_NONE,
                              .lang = m->lang,
                              .text = plain };
    struct expectation_tell_form tell;
    if (!m->period)
        return expectation_letter(c, &f, NULL, &id);
    TRY(window_shown(c, r, &tell));
    if (tell.from != m->offer.said.from || tell.to != m->offer.said.to)
        return FAIL(E_CONFLICT, "%s",
                    _("The period was computed again meanwhile. Look at the new one first."));
    tell.version = -1;
    tell.understood = NULL;
    return expectation_letter(c, &f, &tell, &id);
}

enum err web_letter_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    struct making m;
    bool sent = false;

    TRY(begin(c, r, &m));
    enum err e = letter_save(c, r, &m, &errors, &sent);
    if (e == OK && sent)
        return reply_redirect(c, out, "/requests/%lld/messages?done=sent", (long long)r->ids.id[0]);
    if (e != OK)
        TRY(wrong_take(c, e, out, &errors));
    return letter_show(c, r, &m, &errors, out);
}
