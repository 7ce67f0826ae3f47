/* SPDX-License-Identifier: Apache-2.0 */
/* How long an answer stays right while nothing is written. */
#ifndef CONSENT__CORE_HORIZON_H
#define CONSENT__CORE_HORIZON_H

#include "core/decide.h"

/* No answer is kept for longer to either side, so that an instant forgotten here would do harm for
 * a minute at most. */
#define CONSENT__HORIZON_MOST (INT64_C(60) * 1000000)

/* An answer found for `at` is that of every instant in [from, until); until <= at: of none. */
typedef struct consent__span {
    int64_t at, from, until;
} consent__span;

/* From the last instant not after `at` to the first after it at which consent__decide could answer
 * otherwise about a purpose (a query of subject and purpose alone), the same catalogue and state
 * given; empty when that cannot be told. Errs on the near side: every instant the catalogue and the
 * state hold counts, whether or not the purpose depends on it.
 * Whoever adds an instant that a rule compares with the time asked about adds it here too. */
consent__span consent__horizon(const consent__catalog *catalog, const consent__state *state,
                               const consent__version *version, int32_t purpose, int64_t at);

#endif
