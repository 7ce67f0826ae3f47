/* SPDX-License-Identifier: Apache-2.0 */
/* A process that forks while one of its threads is inside a call: the child gives the store's
 * memory back at once, and the parent's file is as it was. */
#include "../api/api_fixture.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

typedef struct gate {
    fixture *f;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    bool armed, inside, open;
} gate;

/* The clock is asked inside a call: whoever is armed waits there. */
static int64_t waiting_clock(void *user) {
    gate *g = user;
    pthread_mutex_lock(&g->lock);
    if (g->armed) {
        g->armed = false;
        g->inside = true;
        pthread_cond_broadcast(&g->moved);
        while (!g->open)
            pthread_cond_wait(&g->moved, &g->lock);
    }
    pthread_mutex_unlock(&g->lock);
    return g->f->now;
}

static void *add_somebody(void *user) {
    gate *g = user;
    return (void *)(intptr_t)consent_subject_add(g->f->store, "ann", NULL, NULL);
}

/* 0 when the child ended by itself, in time. */
static int free_in_child(consent_store *store) {
    int status = 0;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        alarm(20); /* SIGALRM ends a child that hangs */
        consent_store_free(store);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
}

static void test_fork_with_a_thread_inside_a_call(void **state) {
    fixture *f = *state;
    gate g = {.f = f};
    pthread_t thread;
    void *added;
    pthread_mutex_init(&g.lock, NULL);
    pthread_cond_init(&g.moved, NULL);
    consent_store_free(f->store);
    consent_options_set_clock(f->options, waiting_clock, &g);
    assert_int_equal(consent_store_open(f->path, f->options, &f->store, NULL), CONSENT_OK);

    pthread_mutex_lock(&g.lock);
    g.armed = true;
    pthread_mutex_unlock(&g.lock);
    assert_int_equal(pthread_create(&thread, NULL, add_somebody, &g), 0);
    pthread_mutex_lock(&g.lock);
    while (!g.inside)
        pthread_cond_wait(&g.moved, &g.lock);
    pthread_mutex_unlock(&g.lock);

    assert_int_equal(free_in_child(f->store), 0);

    pthread_mutex_lock(&g.lock);
    g.open = true;
    pthread_cond_broadcast(&g.moved);
    pthread_mutex_unlock(&g.lock);
    assert_int_equal(pthread_join(thread, &added), 0);
    assert_int_equal((intptr_t)added, CONSENT_OK);
    assert_int_equal(consent_subject_add(f->store, "bob", NULL, NULL), CONSENT_OK);
    pthread_cond_destroy(&g.moved);
    pthread_mutex_destroy(&g.lock);
    consent_store_free(f->store); /* before what its clock needs goes */
    f->store = NULL;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_fork_with_a_thread_inside_a_call, api_setup,
                                        api_teardown),
    };
    return cmocka_run_group_tests_name("fork", tests, NULL, NULL);
}
