// SPDX-License-Identifier: EUPL-1.2
// expect 3: banned: setlocale
void f(void) { setlocale(LC_ALL, ""); }
