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
/* What a version of a policy (NULL: the only one; the one in force) declares for a platform ("android",
 * "ios", "web", "desktop"; NULL: android) against the names an app asks the system for, at most 4096 of
 * 1 to 256 bytes each; "android.permission." before a name counts for nothing. No row: they agree.
 * Columns: kind t, name t, permission t (key of the entry), source t, items j, sections j; the last four
 * empty for what is not declared. Kinds, in this order:
 *   not-declared      the app asks for it, the policy does not say so
 *   not-in-app        declared, and the app does not ask for it
 *   no-purpose        declared for no purpose
 *   unexplained       it reads items that none of its purposes processes: items
 *   sdk-no-recipient  its source is no recipient, nor the first such source, which is the app's own list
 *   sdk-not-shared    its source is a recipient with which no purpose shares anything
 * Rules: PIPL arts 6, 17(1)(2); the Measures of 2019 for identifying unlawful collection by apps,
 * groups 2 and 4. CONSENT_E_ARGUMENT, _ENCODING, _LIMIT, _AMBIGUOUS, _NOT_FOUND, _STATE. */
CONSENT_API consent_status consent_permission_diff(consent_store *store, const char *policy,
                                                   const char *version, const char *platform,
                                                   const char *const *names, size_t name_count,
                                                   consent_rows **out, consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
