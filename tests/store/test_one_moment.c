// SPDX-License-Identifier: EUPL-1.2
/* What is read together is of one moment: another process writes after every statement, and the answer is
 * that of a register that nobody touched meanwhile. */
#include "unit/asked.h"
#include "unit/staff.h"
#include "unit/test.h"

#include "account/baseline_core.h"
#include "account/expectation_history.h"
#include "account/opinion.h"
#include "base/date.h"
#include "register/facts.h"
#include "register/integrity.h"
#include "register/session.h"
#include "store/engine.h"
#include "store/sql.h"

/* A second process on the register of a test, and the connection of the first, which it follows. */
struct other {
    struct arena arena;
    struct ctx c;
    struct session session;
    struct store *store;
    struct staff_town town;
    struct engine follows; /* in place of the engine of the first */
    const struct engine *real;
    int writes;
};
static struct other *other; /* an engine has no place for it */

/* A case in help and a contact: rows in most of what is read, each set by its own statement. */
static void write_something(struct other *o)
{
    const struct contact_form contact = asked_call("money", TIME_NONE);
    struct arena_mark mark = arena_mark(o->c.arena);
    int64_t id;

    staff_case(&o->c, &o->town, o->town.anna, 1);
    CHECK_INT(contact_add(&o->c, &contact, &id), OK);
    arena_release(o->c.arena, mark);
    o->writes++;
}

static enum err each_and_write(struct ctx *c, struct db *db, const struct sql_statement *s,
                               const union sql_value *value,
                               enum err (*row)(struct ctx *c, void *arg, const void *r), void *arg)
{
    enum err e = other->real->each(c, db, s, value, row, arg);

    if (db->tx_depth == 0)
        write_something(other);
    return e;
}

static struct other *other_begin(struct ctx *c)
{
    static struct other o;

    o = (struct other){ .real = c->db->engine };
    staff_town_make(c, &o.town);
    arena_init(&o.arena, 64u << 20);
    ctx_init(&o.c, &o.arena, LANG_EN);
    ctx_set_now(&o.c, c->now);
    CHECK_INT(store_open(&o.c, test_url(c), false, &o.store), OK);
    CHECK_INT(db_open(&o.c, o.store, &o.c.db), OK);
    session_act_as(&o.c, &o.session, ROLE_SYSTEM, INT_NONE, INT_NONE);
    write_something(&o);
    o.follows = *o.real;
    o.follows.each = each_and_write;
    other = &o;
    return &o;
}

static void other_end(struct ctx *c, struct other *o)
{
    c->db->engine = o->real;
    db_close(o->c.db);
    store_close(o->store);
    arena_free(&o->arena);
    test_end(c);
}

/* From here on until `follow(.., false)` every statement of the first is followed by something new. */
static void follow(struct ctx *c, struct other *o, bool on)
{
    if (on)
        o->writes = 0;
    else
        CHECK(o->writes > 2); /* it was disturbed more than once */
    c->db->engine = on ? &o->follows : o->real;
}

static void check_same_facts(const struct register_facts *a, const struct register_facts *b)
{
    CHECK_INT((int64_t)a->x.x.n, (int64_t)b->x.x.n);
    for (int i = 0; i < FACT_SETS; i++)
        CHECK_INT((int64_t)a->f.set[i].n, (int64_t)b->f.set[i].n);
}

TEST(one_moment_of_facts)
{
    struct ctx *c = test_begin("2024-03-04");
    struct other *o = other_begin(c);
    struct register_facts quiet, busy, after;

    CHECK_INT(facts_read(c, c->now, &quiet), OK);
    follow(c, o, true);
    CHECK_INT(facts_read(c, c->now, &busy), OK);
    follow(c, o, false);
    check_same_facts(&busy, &quiet);
    CHECK_INT(facts_read(c, c->now, &after), OK);
    CHECK_INT((int64_t)after.x.x.n, 1 + o->writes);
    other_end(c, o);
}

TEST(one_moment_of_an_extract)
{
    struct ctx *c = test_begin("2024-03-04");
    struct other *o = other_begin(c);
    struct register_extract quiet, busy;

    CHECK_INT(extract_read(c, c->now, &quiet), OK);
    follow(c, o, true);
    CHECK_INT(extract_read(c, c->now, &busy), OK);
    follow(c, o, false);
    CHECK_INT((int64_t)busy.x.n, (int64_t)quiet.x.n);
    other_end(c, o);
}

TEST(one_moment_of_a_forecast)
{
    struct ctx *c = test_begin("2024-03-04");
    struct other *o = other_begin(c);
    struct expectation_history quiet, busy;

    CHECK_INT(expectation_history_read(c, c->today, &quiet), OK);
    follow(c, o, true);
    CHECK_INT(expectation_history_read(c, c->today, &busy), OK);
    follow(c, o, false);
    CHECK_INT((int64_t)quiet.h.n, 1);
    CHECK_INT((int64_t)busy.h.n, 1);
    other_end(c, o);
}

/* The tables in SQL, and the facts of the same. */
TEST(one_moment_of_two_opinions)
{
    struct ctx *c = test_begin("2024-03-04");
    struct other *o = other_begin(c);
    struct opinion opinion[OPINIONS];

    follow(c, o, true);
    CHECK_INT(opinions_get(c, false, opinion), OK);
    follow(c, o, false);
    for (size_t i = 0; i < OPINIONS; i++)
        CHECK_INT(opinion_score(&opinion[i]).differ, 0);
    other_end(c, o);
}

TEST(one_moment_of_a_check)
{
    struct ctx *c = test_begin("2024-03-04");
    struct other *o = other_begin(c);
    struct integrity r;

    follow(c, o, true);
    CHECK_INT(integrity_check(c, &r), OK);
    follow(c, o, false);
    CHECK_INT(r.requests, 1);
    CHECK_INT(r.persons, 1);
    CHECK_INT(r.different + r.no_events + r.no_regie + r.unreadable + r.keyless, 0);
    CHECK_INT((int64_t)r.records.different, 0);
    other_end(c, o);
}

TEST(one_moment_of_a_baseline)
{
    struct ctx *c = test_begin("2024-03-04");
    struct other *o = other_begin(c);
    const struct baseline_form f = { .name = "One", .at = c->now };
    struct baseline_content quiet, busy;

    CHECK_INT(baseline_content(c, &f, c->now, &quiet), OK);
    follow(c, o, true);
    CHECK_INT(baseline_content(c, &f, c->now, &busy), OK);
    follow(c, o, false);
    check_same_facts(&busy.facts, &quiet.facts);
    for (size_t i = 0; i < BASELINE_TABLES; i++)
        CHECK_STR(buf_text(&busy.table[i]), buf_text(&quiet.table[i]));
    baseline_content_free(&quiet);
    baseline_content_free(&busy);
    other_end(c, o);
}

/* ── Writing meanwhile ── */

static enum err put_setting(struct ctx *c, void *arg)
{
    return sql_setting_put(c, "one_moment", arg);
}

static enum err check_setting(struct ctx *c, const char *want)
{
    struct sql_setting_get_row *row;
    size_t n;

    TRY(sql_setting_get(c, "one_moment", &row, &n));
    CHECK_STR(n > 0 ? row[0].value : "", want);
    return OK;
}

static enum err write_within(struct ctx *c, void *arg)
{
    TRY(check_setting(c, "before"));
    TRY(db_tx(c, put_setting, arg));
    return check_setting(c, "before");
}

/* On a connection that also writes it is refused, and nothing is open afterwards. */
TEST(one_moment_is_not_for_writing)
{
    struct ctx *c = test_begin("2024-03-04");
    char before[] = "before", after[] = "after";

    CHECK_INT(db_tx(c, put_setting, before), OK);
    CHECK_INT(db_read(c, write_within, after), E_DB);
    err_clear(c);
    CHECK_INT(check_setting(c, "before"), OK);
    CHECK_INT(db_tx(c, put_setting, after), OK);
    CHECK_INT(check_setting(c, "after"), OK);
    test_end(c);
}

/* A page of a server may write while it reads: the writer does it, and the page goes on with what it saw. */
TEST(one_moment_of_a_page_that_writes)
{
    struct ctx *c = test_begin("2024-03-04");
    struct db *own = c->db;
    struct store *s = NULL;
    char before[] = "before", after[] = "after";

    CHECK_INT(db_tx(c, put_setting, before), OK);
    CHECK_INT(store_open(c, test_url(c), false, &s), OK);
    CHECK_INT(store_start_writer(c, s), OK);
    CHECK_INT(db_open(c, s, &c->db), OK);
    CHECK_INT(db_read(c, write_within, after), OK);
    CHECK_INT(check_setting(c, "after"), OK);
    db_close(c->db);
    c->db = own;
    store_close(s);
    test_end(c);
}
