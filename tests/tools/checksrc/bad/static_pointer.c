// SPDX-License-Identifier: EUPL-1.2
// expect 3: static: names
static const char *names[] = { "a" };
