// SPDX-License-Identifier: EUPL-1.2
// expect 6: float
void f(char *s, double v)
{
    snprintf(s, 10,
             "%g", v);
}
