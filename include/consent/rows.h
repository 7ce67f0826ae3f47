/* SPDX-License-Identifier: Apache-2.0 */
/* Results that are lists: an immutable snapshot of rows with named columns. One type serves every
 * list of the library, so that a binding needs these few functions and no more. Each function that
 * gives rows documents its columns. Times are microseconds since the epoch, UTC. */
#ifndef CONSENT_ROWS_H
#define CONSENT_ROWS_H

#include <consent/error.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct consent_rows consent_rows;

/* 0 for NULL. Getters are safe from any thread. */
CONSENT_API size_t consent_rows_count(const consent_rows *rows);
/* Number of columns and the name of one (NULL beyond the last); it lives as long as rows. */
CONSENT_API size_t consent_rows_columns(const consent_rows *rows);
CONSENT_API const char *consent_rows_column(const consent_rows *rows, size_t column);
/* Text of a cell; NULL when the row, the column or the value is not there. Lives as long as rows. */
CONSENT_API const char *consent_rows_text(const consent_rows *rows, size_t row, const char *column);
/* Number of a cell; `otherwise` when it is not there or is text. Truth values are 0 and 1. */
CONSENT_API int64_t consent_rows_number(const consent_rows *rows, size_t row, const char *column,
                                        int64_t otherwise);
/* Whether the cell has a value. */
CONSENT_API bool consent_rows_has(const consent_rows *rows, size_t row, const char *column);
/* Type of a column: 't' text, 'n' number, 'b' truth value, 'u' time, 'j' JSON text; 0 when none. */
CONSENT_API int32_t consent_rows_type(const consent_rows *rows, const char *column);
CONSENT_API void consent_rows_free(consent_rows *rows);

#ifdef __cplusplus
}
#endif
#endif
