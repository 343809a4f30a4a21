// SPDX-License-Identifier: EUPL-1.2
// expect 3: float
enum err f(struct ctx *c, double v) { return FAIL(E_INVALID, _("not %f"), v); }
