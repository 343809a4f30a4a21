// SPDX-License-Identifier: EUPL-1.2
/* Workers: they take complete requests from a queue, call the handler and give the answer back to the loop.
 */
#include "web/http_core.h"

#include "base/log.h"

#include <stdio.h>
#include <unistd.h>

static void prepare(struct http_worker *w)
{
    arena_release(&w->arena, (struct arena_mark){ 0 });
    ctx_init(&w->ctx, &w->arena, w->http->opt.lang);
    w->ctx.db = w->db;
    if (w->http->opt.clock_shift != 0)
        ctx_set_now(&w->ctx, w->ctx.now + w->http->opt.clock_shift);
}

static void work_on(struct http_worker *w, struct exchange *x)
{
    const struct http_options *opt = &w->http->opt;

    prepare(w);
    page_take(&w->http->pages, &x->reply.body);
    reply_clear(&x->reply);
    if (w->db == NULL && opt->thread_start != NULL && !opt->thread_start(w)) {
        log_line(LOG_ERROR, "worker: %s (%s)", w->ctx.err.text, w->ctx.err.trace);
        x->reply.status = 503;
        return;
    }
    w->ctx.db = w->db;
    opt->handle(w, &x->req, &x->reply);
    if (x->reply.ready != NULL)
        x->ready = x->reply.ready;
    else
        x->response = response_make(&x->reply, x->req.https, opt->once || atomic_load(&w->http->stopping));
}

void queue_add(struct queue *q, struct exchange *x)
{
    x->next = NULL;
    if (q->first == NULL)
        q->first = x;
    else
        q->last->next = x;
    q->last = x;
    q->n++;
}

static struct exchange *queue_take(struct queue *q)
{
    struct exchange *x = q->first;

    if (x != NULL) {
        q->first = x->next;
        q->n--;
    }
    return x;
}

/* The next request; NULL when the pool stops, or when there is none and the worker must not sleep now. */
static struct exchange *take(struct pool *p, bool sleep)
{
    struct exchange *x;

    pthread_mutex_lock(&p->lock);
    while ((x = queue_take(&p->queue)) == NULL && sleep && !p->stop) {
        p->idle++;
        while (p->called == 0 && !p->stop)
            pthread_cond_wait(&p->work, &p->lock);
        if (p->called > 0)
            p->called--;
        else
            p->idle--;
    }
    pthread_mutex_unlock(&p->lock);
    return x;
}

/* Waking a thread costs more than many a request, so it is done sparingly: those that are awake take what
 * comes. */
static void call_workers(struct pool *p, unsigned n)
{
    p->idle -= n;
    p->called += n;
    while (n-- > 0)
        pthread_cond_signal(&p->work);
}

void pool_push(struct pool *p, struct queue *batch)
{
    unsigned busy, n = batch->n;

    if (n == 0)
        return;
    pthread_mutex_lock(&p->lock);
    if (p->queue.first == NULL)
        p->queue.first = batch->first;
    else
        p->queue.last->next = batch->first;
    p->queue.last = batch->last;
    p->queue.n += n;
    *batch = (struct queue){ 0 };
    busy = p->n - p->idle;
    n = n < p->idle ? n : p->idle;
    n = busy >= p->busy_wanted ? 0 : n < p->busy_wanted - busy ? n : p->busy_wanted - busy;
    call_workers(p, n);
    pthread_mutex_unlock(&p->lock);
}

void pool_hurry(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    if (p->queue.first != NULL && p->idle > 0 && http_now_ms() - p->queue.first->queued_ms >= PATIENCE_MS)
        call_workers(p, 1);
    pthread_mutex_unlock(&p->lock);
}

unsigned pool_waiting(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    unsigned n = p->queue.n;
    pthread_mutex_unlock(&p->lock);
    return n;
}

static void *worker_run(void *arg)
{
    struct http_worker *w = arg;
    struct pool *p = &w->http->pool[w->pool];
    struct exchange *x, *next = NULL;
    char name[16];

    snprintf(name, sizeof name, "peil-%s-%u", (const char *[]){ "read", "write", "slow" }[w->pool], w->index);
    pthread_setname_np(pthread_self(), name);
    arena_init(&w->arena, w->http->opt.arena_max);
    while ((x = next != NULL ? next : take(p, true)) != NULL) {
        work_on(w, x);
        next = take(p, false);
        loop_finish(x, next != NULL);
    }
    if (w->http->opt.thread_stop != NULL) {
        prepare(w);
        w->http->opt.thread_stop(w);
    }
    arena_free(&w->arena);
    return NULL;
}

bool pool_start(struct http *h, struct pool *p, enum http_pool kind)
{
    unsigned wanted = h->opt.workers[kind];
    unsigned cores = http_cores();

    /* Reading keeps a core busy; writes mostly wait for the disk together. */
    p->busy_wanted = kind == POOL_READ && cores < wanted ? cores : wanted;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->work, NULL);
    p->worker = arena_array(&h->memory, wanted, sizeof *p->worker);
    p->thread = arena_array(&h->memory, wanted, sizeof *p->thread);
    if (p->worker == NULL || p->thread == NULL)
        return false;
    while (p->n < wanted) {
        p->worker[p->n] = (struct http_worker){ .http = h, .pool = kind, .index = p->n };
        if (pthread_create(&p->thread[p->n], NULL, worker_run, &p->worker[p->n]) != 0)
            return false;
        p->n++;
    }
    return true;
}

void pool_stop(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    p->stop = true;
    pthread_cond_broadcast(&p->work);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->n; i++)
        pthread_join(p->thread[i], NULL);
    pthread_cond_destroy(&p->work);
    pthread_mutex_destroy(&p->lock);
}
