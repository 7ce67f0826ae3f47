/* SPDX-License-Identifier: Apache-2.0 */
/* How long an answer stays right while nothing is written. */
#ifndef CONSENT__CORE_HORIZON_H
#define CONSENT__CORE_HORIZON_H

#include "core/decide.h"

/* No answer is kept longer, so that an instant forgotten here would do harm for a minute at most.
 */
#define CONSENT__HORIZON_MOST (INT64_C(60) * 1000000)

/* The first instant after `at` at which consent__decide could answer otherwise about a purpose (a
 * query of subject and purpose alone), the same catalogue and state given; `at` itself when that
 * cannot be told. Errs on the early side: every instant the catalogue and the state hold counts,
 * whether or not the purpose depends on it.
 * Whoever adds an instant that a rule compares with the time asked about adds it here too. */
int64_t consent__horizon(const consent__catalog *catalog, const consent__state *state,
                         const consent__version *version, int32_t purpose, int64_t at);

#endif
