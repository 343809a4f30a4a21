// SPDX-License-Identifier: EUPL-1.2
// expect 3: tab
	int a;
