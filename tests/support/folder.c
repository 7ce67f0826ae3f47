/* SPDX-License-Identifier: Apache-2.0 */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void give_up(const char *what, const char *path) {
    fprintf(stderr, "%s %s: %s\n", what, path, strerror(errno));
    abort();
}

void folder_path(const char *folder, const char *name, char out[FOLDER_MAX]) {
    if (snprintf(out, FOLDER_MAX, "%s/%s", folder, name) >= FOLDER_MAX) {
        errno = ENAMETOOLONG;
        give_up("path", name);
    }
}

void folder_new(char out[FOLDER_MAX]) {
    const char *base = getenv("TMPDIR");
    folder_path(base != NULL ? base : "/tmp", "consent-XXXXXX", out);
    if (mkdtemp(out) == NULL)
        give_up("mkdtemp", out);
}

static void each_entry(const char *folder, bool deep, int *count) {
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    if (dir == NULL)
        give_up("opendir", folder);
    while ((entry = readdir(dir)) != NULL) {
        char path[FOLDER_MAX];
        struct stat st;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (count != NULL) {
            ++*count;
            continue;
        }
        folder_path(folder, entry->d_name, path);
        if (deep && lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
            folder_remove(path);
        else
            (void)unlink(path);
    }
    (void)closedir(dir);
}

void folder_remove(const char *folder) {
    each_entry(folder, true, NULL);
    (void)rmdir(folder);
}

void folder_empty(const char *folder) {
    each_entry(folder, false, NULL);
}

int folder_count(const char *folder) {
    int count = 0;
    each_entry(folder, false, &count);
    return count;
}

bool folder_has(const char *path) {
    struct stat st;
    return lstat(path, &st) == 0;
}

char *folder_read(const char *path, size_t *out_size) {
    FILE *file = fopen(path, "rb");
    size_t size = 0, room = 65536, n;
    char *bytes = malloc(room + 1);
    if (file == NULL || bytes == NULL)
        give_up("reading", path);
    while ((n = fread(bytes + size, 1, room - size, file)) > 0) {
        size += n;
        if (size == room) {
            room *= 2;
            bytes = realloc(bytes, room + 1);
            if (bytes == NULL)
                give_up("reading", path);
        }
    }
    if (ferror(file) || fclose(file) != 0)
        give_up("reading", path);
    bytes[size] = '\0';
    if (out_size != NULL)
        *out_size = size;
    return bytes;
}

void folder_write(const char *path, const void *bytes, size_t n) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const char *p = bytes;
    if (fd < 0)
        give_up("writing", path);
    while (n > 0) {
        ssize_t put = write(fd, p, n);
        if (put <= 0)
            give_up("writing", path);
        p += put;
        n -= (size_t)put;
    }
    if (close(fd) != 0)
        give_up("writing", path);
}

void folder_copy(const char *from, const char *to) {
    size_t n = 0;
    char *bytes = folder_read(from, &n);
    folder_write(to, bytes, n);
    free(bytes);
}
