/* SPDX-License-Identifier: Apache-2.0 */
/* Some threads that take the same step for many things, beside the thread that hands it out. With
 * no thread at all everything still works, on the caller's. */
#ifndef CONSENT__UTIL_CREW_H
#define CONSENT__UTIL_CREW_H

#include "util/env.h"

#define CONSENT__CREW_MAX 16

typedef struct consent__crew consent__crew;
/* One step for the i-th thing. It must not fail, and must not touch what another step touches. */
typedef void (*consent__crew_fn)(void *user, size_t i);

/* At most CONSENT__CREW_MAX threads; fewer, or none, when the system gives no more. NULL: no
 * memory.
 */
consent__crew *consent__crew_new(const consent__env *env, int32_t threads);
void consent__crew_free(consent__crew *crew); /* NULL allowed; ends a round that runs */
/* Begins the steps 0 … count-1 and returns; what they touch is theirs until crew_finish. */
void consent__crew_start(consent__crew *crew, consent__crew_fn fn, void *user, size_t count);
/* Helps, and returns when all steps are done; does nothing when none were begun. */
void consent__crew_finish(consent__crew *crew);

#endif
