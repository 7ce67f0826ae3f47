/* SPDX-License-Identifier: Apache-2.0 */
/* What went wrong, in detail. Every function that can fail takes a `consent_error **err` as its last
 * argument: NULL when the caller does not care; otherwise *err is set to a new error on failure (the
 * caller frees it) and to NULL on success. Messages name operations, keys and places in documents,
 * never a subject and never a value that was stored. */
#ifndef CONSENT_ERROR_H
#define CONSENT_ERROR_H

#include <consent/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct consent_error consent_error;

/* The status the call returned. CONSENT_OK for NULL. */
CONSENT_API consent_status consent_error_status(const consent_error *error);
/* The engine's own code (SQLite's extended code, errno), 0 when there is none. */
CONSENT_API int32_t consent_error_code(const consent_error *error);
/* The operation that failed, such as "policy import". Lives as long as the error. "" for NULL. */
CONSENT_API const char *consent_error_operation(const consent_error *error);
/* One English sentence, UTF-8. Lives as long as the error. "" for NULL. */
CONSENT_API const char *consent_error_message(const consent_error *error);
/* RFC 6901 pointer to the place in the document that was refused, NULL when there is none.
 * Lives as long as the error. */
CONSENT_API const char *consent_error_where(const consent_error *error);
/* Byte offset of that place in the document, -1 when there is none. */
CONSENT_API int64_t consent_error_offset(const consent_error *error);
/* Takes NULL. Any thread. Freeing the error of an out-of-memory condition is allowed and does
 * nothing. */
CONSENT_API void consent_error_free(consent_error *error);

#ifdef __cplusplus
}
#endif
#endif
