// SPDX-License-Identifier: EUPL-1.2
/* How an indicator is measured, and its versions side by side. */
#include "base/text.h"
#include "web/indicator_core.h"
#include "web/indicator_words.h"
#include "web/show.h"

static enum err words_fill(struct ctx *c, struct indicator_making *m)
{
    const struct indicators *all = &m->g.all;
    struct grid_row *row;
    size_t n = 0;

    TRY(ctx_alloc(c, all->n + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < all->n; i++) {
        const struct part *p = &all->part[i];
        if (!text_is(p->row->id, m->g.a->id) || !indicator_counts(all, p, (int32_t)m->g.a->today))
            continue;
        row[n++] =
            (struct grid_row){ { p->row->part, part_what(c, p), definition_form(c, p), definition_clock(c, p),
                                 definition_condition(c, &p->of, _("all of them")),
                                 definition_condition(c, &p->yes, ""), definition_readers(c, p) },
                               NULL };
        if (m->p->source == NULL)
            m->p->source = definition_source(c, p->set);
    }
    m->p->definition =
        (struct grid){ .title = _("How we measure this"),
                       .head = { _("Part"), _("What is counted"), _("Form"), _("Of what, and when"),
                                 _("Which of them"), _("Counts as yes"), _("For whom") },
                       .columns = 7,
                       .row = row,
                       .n = n };
    return OK;
}

enum err indicator_definition_fill(struct ctx *c, struct indicator_making *m)
{
    struct measured_list list;
    struct grid_row *version;
    size_t versions = 0;

    TRY(words_fill(c, m));
    TRY(indicator_part_measure(c, m, true, true, &m->g.q, &list));
    TRY(ctx_alloc(c, list.n + 1, sizeof *version, (void *)&version));
    for (size_t i = 0; i < list.n; i++) {
        const struct measured *one = &list.row[i];
        const char *value = measured_text(c, one, m->g.small);
        bool counts = indicator_counts(&m->g.all, one->part, (int32_t)m->g.a->today);
        if (one->code != NULL)
            continue;
        version[versions++] = (struct grid_row){
            { count_text(c, one->part->version),
              one->part->since != DAY_NONE ? day_text(c, one->part->since) : _("from the beginning"),
              counts ? _("yes") : _("no"), part_what(c, one->part),
              value[0] != '\0' ? value : measured_why(c, one, m->g.small),
              measured_between(c, one, m->g.small), measured_count(c, one, m->g.small) },
            NULL,
        };
    }
    m->p->versions = (struct grid){ .title = _("Versions of the definition, side by side"),
                                    .head = { _("Version"), _("Since"), _("Counts now"), _("What is counted"),
                                              _("Value"), _("How sure"), _("Number (n)") },
                                    .columns = 7,
                                    .row = version,
                                    .n = versions };
    return OK;
}
