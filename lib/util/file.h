/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__UTIL_FILE_H
#define CONSENT__UTIL_FILE_H

#include "util/buf.h"

/* A whole regular file, appended to out. CONSENT_E_NOT_FOUND, CONSENT_E_OPEN (folder, special file,
 * permissions), CONSENT_E_LIMIT (more than max bytes), CONSENT_E_IO. The message does not name the
 * file: names may hold personal data. */
consent_status consent__file_read(const consent__cx *cx, const char *path, size_t max,
                                  consent__buf *out);

#endif
