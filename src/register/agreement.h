// SPDX-License-Identifier: EUPL-1.2
/* Agreements (afspraken) with a partner: what was agreed, by which norm, who looks after it, when it is
 * looked at again, and whether it was kept. Texts name no resident: partners and the public may read them. */
#ifndef PEIL_REGISTER_AGREEMENT_H
#define PEIL_REGISTER_AGREEMENT_H

#include "register/partner.h"

enum agreement_verdict { AGREEMENT_NOT_KEPT, AGREEMENT_KEPT, AGREEMENT_PARTLY, AGREEMENT_VERDICTS };
extern const char *const agreement_verdict_code[AGREEMENT_VERDICTS + 1];  /* ended by NULL */
const char *agreement_verdict_name(const struct ctx *c, int64_t verdict); /* INT_NONE: not judged yet */
const char *agreement_step_name(const struct ctx *c, const char *code);

struct agreement {
    int64_t id, version, partner;
    const char *partner_name, *text, *norm;
    int64_t owner; /* account */
    const char *owner_name;
    int32_t starts_on, review_on, ends_on, judged_on; /* DAY_NONE: not ended, not judged */
    int64_t kept; /* enum agreement_verdict of the last judgement; INT_NONE */
};
struct agreement_form {
    int64_t id, version, partner; /* id INT_NONE: a new one for this partner */
    const char *text, *norm;
    int64_t owner;
    int32_t starts_on, review_on;
};
/* Of a partner, or all (INT_NONE), also those that ended. Rights: RIGHT_PARTNER. */
enum err agreement_list(struct ctx *c, int64_t partner, struct agreement **ret_row, size_t *ret_n) MUST_CHECK;
enum err agreement_get(struct ctx *c, int64_t id, struct agreement *ret_agreement) MUST_CHECK;
/* Those to be looked at again on that day or before; of one owner or all (INT_NONE). Rights: RIGHT_PARTNER.
 */
enum err agreement_due(struct ctx *c, int32_t before, int64_t owner, struct agreement **ret_row,
                       size_t *ret_n) MUST_CHECK;
/* Rights: RIGHT_PARTNER_EDIT. A partner with an agreement has reached the last stage. */
enum err agreement_save(struct ctx *c, const struct agreement_form *f, int64_t *ret_id) MUST_CHECK;

struct agreement_judgement {
    int64_t id, version;
    int64_t verdict;    /* enum agreement_verdict */
    int32_t day;        /* not in the future */
    int32_t review_on;  /* the next time, after that day */
    const char *remark; /* NULL */
};
enum err agreement_judge(struct ctx *c, const struct agreement_judgement *j) MUST_CHECK;
enum err agreement_end(struct ctx *c, int64_t id, int64_t version, int32_t day) MUST_CHECK;
/* Steps, oldest first; kind "judged" has number: the verdict. Remarks only for those who work with partners
 * or residents (RIGHT_PARTNER_EDIT or RIGHT_CONTACT). Rights: RIGHT_PARTNER. */
enum err agreement_history(struct ctx *c, int64_t id, const struct happening **ret_h,
                           size_t *ret_n) MUST_CHECK;

/* Who may look after an agreement. Rights: RIGHT_PARTNER_EDIT. */
struct agreement_owner {
    int64_t account;
    const char *name;
};
enum err agreement_owners(struct ctx *c, struct agreement_owner **ret_owner, size_t *ret_n) MUST_CHECK;

#endif
