// SPDX-License-Identifier: EUPL-1.2
// expect 3: static: all
static struct { const char *a; } all[3];
