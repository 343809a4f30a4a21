// SPDX-License-Identifier: EUPL-1.2
// expect 3: static: mine
static _Thread_local struct db *mine;
