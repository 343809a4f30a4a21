// SPDX-License-Identifier: EUPL-1.2
// expect 3: memory: free
void f(void *p) { free(p); }
