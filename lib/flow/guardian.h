/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_GUARDIAN_H
#define CONSENT__FLOW_GUARDIAN_H

#include "flow/store.h"

typedef struct consent__guardianship { /* one change of a link; NULL texts are absent */
    const char *child, *guardian, *policy, *evidence, *document, *verifier;
    int64_t until; /* 0: no end */
    int32_t end;   /* CONSENT_END_* */
} consent__guardianship;

consent_status consent__flow_guardian_link(const consent__cx *cx, consent_store *s,
                                           const consent__guardianship *in);
consent_status consent__flow_guardian_verify(const consent__cx *cx, consent_store *s,
                                             const consent__guardianship *in);
consent_status consent__flow_guardian_end(const consent__cx *cx, consent_store *s,
                                          const consent__guardianship *in);
consent_status consent__flow_guardian_list(const consent__cx *cx, consent_store *s,
                                           const char *child, consent_rows **out);
consent_status consent__flow_guardian_standing(const consent__cx *cx, consent_store *s,
                                               const consent__guardianship *in);

/* A link that is neither ended nor past its end at t; NULL when there is none. */
const consent__link *consent__standing_link(const consent__state *child, const uint8_t guardian[16],
                                            int64_t t);
/* CONSENT_E_REFUSED unless the guardian's age is known and makes an adult under the policy. */
consent_status consent__known_adult(const consent__cx *cx, const consent__policy *p,
                                    const consent__state *guardian, int64_t t);
/* Whether somebody may speak and ask for the child at t: linked, verified, not over, the child not
 * of age under the policy. CONSENT_E_REFUSED names what is missing. Requests on behalf of a child
 * ask this too. */
consent_status consent__standing(const consent__cx *cx, const consent__policy *p,
                                 const consent__state *child, const uint8_t guardian[16],
                                 int64_t t);
/* Loads the guardian; "the guardian is not registered". */
consent_status consent__guardian_need(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                      const char *id, consent__arena *arena, consent__subject *out);

#endif
