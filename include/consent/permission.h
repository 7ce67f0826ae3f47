/* SPDX-License-Identifier: Apache-2.0 */
/* Permissions of the operating system: what it answered for this subject on this device. */
#ifndef CONSENT_PERMISSION_H
#define CONSENT_PERMISSION_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Records that the operating system granted or refused the permission of that name (1 to 256 bytes, as
 * the system spells it). Any name is taken: whether the policy declares it is what the check says.
 * CONSENT_E_NOT_FOUND, _STATE (adopted subject), _ARGUMENT, _ENCODING. */
CONSENT_API consent_status consent_permission_record(consent_store *store, const char *subject,
                                                     const char *name, bool granted,
                                                     consent_error **err);
/* The last answer for each name. Columns: name t, granted b, at u, ask_from u (present after a refusal
 * where a policy in force sets `reask_hours`: not to be asked again before).
 * CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
CONSENT_API consent_status consent_permission_list(consent_store *store, const char *subject,
                                                   consent_rows **out, consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
