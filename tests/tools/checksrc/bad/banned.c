// SPDX-License-Identifier: EUPL-1.2
// expect 5: banned: strcpy
void f(char *to, const char *from)
{
    strcpy(to, from);
}
