// SPDX-License-Identifier: EUPL-1.2
// expect 3: memory: malloc
void *f(void) { return malloc(3); }
