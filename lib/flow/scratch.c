/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/store.h"
#include "util/text.h"

consent__scratch *consent__scratch_take(consent_store *store) {
    for (int i = 0; i < CONSENT__SCRATCH; i++) {
        consent__scratch *s = &store->scratch[i];
        if (!atomic_flag_test_and_set_explicit(&s->taken, memory_order_acquire))
            return s;
    }
    consent__scratch *s = consent__alloc(&store->env, sizeof *s);
    if (!s)
        return NULL;
    consent__arena_init(&s->arena, &store->env);
    consent__buf_init(&s->buf, &store->env);
    consent__buf_init(&s->box, &store->env);
    return s;
}

/* What a call decrypted lies in the buffer: it does not stay behind. */
void consent__scratch_give(consent_store *store, consent__scratch *s) {
    if (!s)
        return;
    if (s->pooled) {
        if (s->buf.len)
            consent__wipe(s->buf.data, s->buf.len);
        consent__arena_reset(&s->arena);
        consent__buf_reset(&s->buf);
        atomic_flag_clear_explicit(&s->taken, memory_order_release);
        return;
    }
    consent__arena_free(&s->arena);
    consent__buf_wipe_free(&s->buf);
    consent__buf_free(&s->box);
    consent__release(&store->env, s);
}
