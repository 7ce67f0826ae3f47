/* SPDX-License-Identifier: Apache-2.0 */
/* Fresh folders and files for tests. All of it aborts with a message when the disk does not play
 * along: that is not what is tested. */
#ifndef TESTS_SUPPORT_FOLDER_H
#define TESTS_SUPPORT_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FOLDER_MAX 512

/* A new folder under $TMPDIR. */
void folder_new(char out[FOLDER_MAX]);
void folder_remove(const char *folder);
void folder_empty(const char *folder); /* files only */
int folder_count(const char *folder);  /* entries, without . and .. */
/* FOLDER/NAME */
void folder_path(const char *folder, const char *name, char out[FOLDER_MAX]);
void folder_copy(const char *from, const char *to);
bool folder_has(const char *path);
/* A whole file, NUL-terminated; to be freed. */
char *folder_read(const char *path, size_t *out_size);
void folder_write(const char *path, const void *bytes, size_t n);

#endif
