// SPDX-License-Identifier: EUPL-1.2
// expect 3: static: lock
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
