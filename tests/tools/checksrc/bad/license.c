// expect 1: spdx
int a;
