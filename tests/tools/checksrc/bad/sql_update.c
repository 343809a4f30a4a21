// SPDX-License-Identifier: EUPL-1.2
// expect 3: sql
int n = run(c, "UPDATE request SET urgency = 1");
