// SPDX-License-Identifier: EUPL-1.2
// expect 3: static: count
static int count;
