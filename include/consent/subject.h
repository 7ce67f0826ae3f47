/* SPDX-License-Identifier: Apache-2.0 */
/* Subjects: the persons (or devices before sign-in) whose data it is. The host's id for one, 1 to
 * 512 bytes of UTF-8, is stored sealed and looked up by a keyed hash. */
#ifndef CONSENT_SUBJECT_H
#define CONSENT_SUBJECT_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Registers a subject. `born`: "YYYY-MM-DD", or NULL for an age that is not known (which is never
 * taken for adult). CONSENT_DONE when it is registered already with the same birth date;
 * CONSENT_E_CONFLICT with another. CONSENT_E_ARGUMENT for an empty or too long id or a date that does
 * not exist or lies in the future, CONSENT_E_ENCODING for one that is not UTF-8. */
CONSENT_API consent_status consent_subject_add(consent_store *store, const char *subject,
                                               const char *born, consent_error **err);
/* Sets or corrects the birth date (NULL: not known). CONSENT_E_NOT_FOUND. */
CONSENT_API consent_status consent_subject_set_born(consent_store *store, const char *subject,
                                                    const char *born, consent_error **err);
/* One row: subject t, uid t, state t (active, adopted), born t (absent: not known), registered_at u,
 * decisions n. CONSENT_E_NOT_FOUND. */
CONSENT_API consent_status consent_subject_get(consent_store *store, const char *subject,
                                               consent_rows **out, consent_error **err);
/* All subjects by order of registration, `limit` of them (0: all) after the first `skip`. Columns as
 * consent_subject_get. */
CONSENT_API consent_status consent_subject_list(consent_store *store, int64_t skip, int64_t limit,
                                                consent_rows **out, consent_error **err);

/* Takes what was said on a device before sign-in over into the account: per point only where the account
 * has said nothing itself; time, class, expiry and text shown are kept, objections and restrictions too.
 * The device subject becomes "adopted" and takes no further acts. To the account of a child (who needs a
 * guardian under a policy in force) only with a verified `guardian`, who then stands for the grants; what
 * a child said on a device that is known to be a child's goes over without, and counts no more than
 * before. guardian is NULL otherwise. out_count (may be NULL): decisions taken over. Errors:
 * CONSENT_E_NOT_FOUND, _STATE (either was adopted), _REFUSED, _ARGUMENT, _ENCODING. */
CONSENT_API consent_status consent_subject_adopt(consent_store *store, const char *from,
                                                 const char *to, const char *guardian,
                                                 int64_t *out_count, consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
