// SPDX-License-Identifier: EUPL-1.2
// expect 5: static: seen
int f(void)
{
    static bool seen = false;
    return seen;
}
