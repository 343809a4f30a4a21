// SPDX-License-Identifier: EUPL-1.2
// expect 5: memory: goto
int f(void)
{
    goto out;
out:
    return 0;
}
