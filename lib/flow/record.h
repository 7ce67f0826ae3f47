/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_RECORD_H
#define CONSENT__FLOW_RECORD_H

#include "flow/store.h"

/* What the caller says; the builder of the public header. Texts may be NULL. */
typedef struct consent__act {
    const char *subject, *purpose, *policy, *recipient, *surface, *lang, *shown, *document,
        *guardian, *version, *idempotency;
    int32_t decision, cls;
} consent__act;

typedef struct consent__recorded {
    int64_t event, at;
    char point[CONSENT__POINT_MAX];
    char policy[65], version[65];
    int32_t decision, cls;
    bool evidenced, implied;
} consent__recorded;

/* CONSENT_OK, CONSENT_DONE (the idempotency key was used for the same before), or a failure. rows may
 * be NULL; *rows, NULL before, stays so after a failure. */
consent_status consent__flow_record(const consent__cx *cx, consent_store *s,
                                    const consent__act *act, consent__recorded *out,
                                    consent_rows **rows);
/* Many acts in one transaction; each is recorded or refused alone. A failure of the whole undoes
 * everything. rows as above: status n, event n, at u, message t. */
#define CONSENT__MANY_MAX 100000
consent_status consent__flow_record_many(const consent__cx *cx, consent_store *s,
                                         const consent__act *const *acts, size_t count,
                                         consent_rows **rows);

/* Whether a hash is that of what a version shows for a point, or of the whole version, in one of its
 * languages. */
consent_status consent__shown_matches(const consent__cx *cx, consent__work *w,
                                      const consent__version *v, const consent__slot *slot,
                                      const uint8_t want[32], bool *yes);

#endif
