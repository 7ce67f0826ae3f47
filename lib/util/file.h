/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__UTIL_FILE_H
#define CONSENT__UTIL_FILE_H

#include "util/buf.h"

/* A whole regular file, appended to out. CONSENT_E_NOT_FOUND, CONSENT_E_OPEN (folder, special file,
 * permissions), CONSENT_E_LIMIT (more than max bytes), CONSENT_E_IO. The message does not name the
 * file: names may hold personal data. */
consent_status consent__file_read(const consent__cx *cx, const char *path, size_t max,
                                  consent__buf *out);

/* A regular file, line by line. */
typedef struct consent__lines {
    void *file;          /* NULL: not open */
    int64_t number;      /* of the last line, from 1 */
    int64_t offset, end; /* where it begins, and the next one */
} consent__lines;
/* The same failures but _LIMIT. */
consent_status consent__lines_open(const consent__cx *cx, const char *path, consent__lines *out);
/* The next line without its line feed into out (reset first). CONSENT_DONE at the end of the file,
 * CONSENT_E_SYNTAX when the last line has no line feed, CONSENT_E_LIMIT for one of more than max
 * bytes. */
consent_status consent__lines_next(const consent__cx *cx, consent__lines *lines, size_t max,
                                   consent__buf *out);
void consent__lines_close(consent__lines *lines);

#endif
