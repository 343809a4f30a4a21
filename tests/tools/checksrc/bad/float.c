// SPDX-License-Identifier: EUPL-1.2
// expect 5: float
void f(char *s, double v)
{
    snprintf(s, 10, "%d %5.*f", 1, 2, v);
}
