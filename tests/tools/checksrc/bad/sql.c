// SPDX-License-Identifier: EUPL-1.2
// expect 3: sql
static const char *const q = "SELECT id FROM request";
