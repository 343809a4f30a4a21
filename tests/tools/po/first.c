// SPDX-License-Identifier: EUPL-1.2
#line 3 "src/web/tpl/page.html"
int a = FAIL(E_INVALID, _("Someone changed %s."), name);
const char *const b[] = { N_("Low"), text_in(c->lang, "Since {1}, norm {2}"), text_in(c->lang, "Low") };
