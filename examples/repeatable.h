/* SPDX-License-Identifier: Apache-2.0 */
/* The outside world of an example, made repeatable: clock and randomness are injected, so that
 * every run prints the same. Never do this elsewhere. */
#ifndef EXAMPLES_REPEATABLE_H
#define EXAMPLES_REPEATABLE_H

#include <consent/options.h>

#include <stdio.h>
#include <stdlib.h>

struct outside {
    int64_t now;     /* what the clock says; the example moves it */
    uint64_t random; /* not 0 */
};

static inline int64_t outside_clock(void *user) {
    return ((const struct outside *)user)->now;
}

/* The same bytes in every run, so that keys and hashes are the same. */
static inline bool outside_random(void *bytes, size_t n, void *user) {
    struct outside *o = user;
    for (size_t i = 0; i < n; i++) {
        o->random ^= o->random >> 12;
        o->random ^= o->random << 25;
        o->random ^= o->random >> 27;
        ((uint8_t *)bytes)[i] = (uint8_t)((o->random * UINT64_C(0x2545F4914F6CDD1D)) >> 56);
    }
    return true;
}

static inline void outside_set(struct outside *o, consent_options *options) {
    consent_options_set_clock(options, outside_clock, o);
    consent_options_set_random(options, outside_random, o);
}

/* Where the bundles are: the first argument, else below the source directory. */
static inline const char *policy_folder(int argc, char **argv, char buffer[1024]) {
    const char *root = getenv("CONSENT_SOURCE_DIR");
#ifdef CONSENT_SOURCE_DIR
    root = CONSENT_SOURCE_DIR;
#endif
    if (argc > 1)
        return argv[1];
    snprintf(buffer, 1024, "%s/policy", root != NULL ? root : ".");
    return buffer;
}

#endif
