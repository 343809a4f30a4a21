// SPDX-License-Identifier: EUPL-1.2
#include "web/sent.h"

#include "base/text.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

enum { KEPT = 512, TOKEN = 48, WAIT_SECONDS = 2 };

struct sent {
    pthread_mutex_t lock;
    pthread_cond_t more;
    size_t next;
    struct {
        char token[TOKEN], location[SENT_LOCATION];
    } at[KEPT];
};

struct sent *sent_make(struct arena *a)
{
    struct sent *s = arena_alloc(a, sizeof *s);

    if (s == NULL)
        return NULL;
    memset(s, 0, sizeof *s);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->more, NULL);
    return s;
}

void sent_free(struct sent *s)
{
    if (s == NULL)
        return;
    pthread_cond_destroy(&s->more);
    pthread_mutex_destroy(&s->lock);
}

void sent_put(struct sent *s, const char *token, const char *location)
{
    if (location == NULL || strlen(token) >= TOKEN || strlen(location) >= SENT_LOCATION)
        return;
    pthread_mutex_lock(&s->lock);
    text_copy(s->at[s->next].token, TOKEN, token);
    text_copy(s->at[s->next].location, SENT_LOCATION, location);
    s->next = (s->next + 1) % KEPT;
    pthread_cond_broadcast(&s->more);
    pthread_mutex_unlock(&s->lock);
}

static bool find(const struct sent *s, const char *token, char location[SENT_LOCATION])
{
    for (size_t i = 0; i < KEPT; i++)
        if (text_is(s->at[i].token, token)) {
            memcpy(location, s->at[i].location, SENT_LOCATION);
            return true;
        }
    return false;
}

bool sent_wait(struct sent *s, const char *token, char ret_location[SENT_LOCATION])
{
    struct timespec until;
    bool found;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WAIT_SECONDS;
    pthread_mutex_lock(&s->lock);
    while (!(found = find(s, token, ret_location)))
        if (pthread_cond_timedwait(&s->more, &s->lock, &until) == ETIMEDOUT)
            break;
    pthread_mutex_unlock(&s->lock);
    return found;
}
