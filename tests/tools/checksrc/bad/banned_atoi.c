// SPDX-License-Identifier: EUPL-1.2
// expect 3: banned: atoi
int f(const char *s) { return atoi (s); }
