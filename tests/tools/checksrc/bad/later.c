// SPDX-License-Identifier: EUPL-1.2
// expect 3: todo
// TODO finish
