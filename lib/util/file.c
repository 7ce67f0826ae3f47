/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "util/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static consent_status file_fail(const consent__cx *cx, int code) {
    if (code == ENOENT || code == ENOTDIR)
        return consent__fail_code(cx, CONSENT_E_NOT_FOUND, code, "the file does not exist");
    return consent__fail_code(cx, CONSENT_E_OPEN, code, "the file cannot be opened");
}

static consent_status read_fd(const consent__cx *cx, int fd, size_t max, consent__buf *out) {
    struct stat st;
    uint8_t part[16384];
    size_t total = 0;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return consent__fail(cx, CONSENT_E_OPEN, "not a regular file");
    if (st.st_size > 0 && (uint64_t)st.st_size > max)
        return consent__fail(cx, CONSENT_E_LIMIT, "the file is larger than %zu bytes", max);
    for (;;) {
        ssize_t n = read(fd, part, sizeof part);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return consent__fail_code(cx, CONSENT_E_IO, errno, "the file cannot be read");
        if (n == 0)
            return out->failed ? consent__no_memory(cx) : CONSENT_OK;
        total += (size_t)n;
        if (total > max)
            return consent__fail(cx, CONSENT_E_LIMIT, "the file is larger than %zu bytes", max);
        consent__buf_put(out, part, (size_t)n);
    }
}

consent_status consent__file_read(const consent__cx *cx, const char *path, size_t max,
                                  consent__buf *out) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return file_fail(cx, errno);
    consent_status st = read_fd(cx, fd, max, out);
    close(fd);
    return st;
}

/* ---- lines ---- */

consent_status consent__lines_open(const consent__cx *cx, const char *path, consent__lines *out) {
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    memset(out, 0, sizeof *out);
    if (fd < 0)
        return file_fail(cx, errno);
    bool regular = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    out->file = regular ? fdopen(fd, "rb") : NULL;
    if (out->file)
        return CONSENT_OK;
    close(fd);
    return regular ? consent__no_memory(cx)
                   : consent__fail(cx, CONSENT_E_OPEN, "not a regular file");
}

consent_status consent__lines_next(const consent__cx *cx, consent__lines *l, size_t max,
                                   consent__buf *out) {
    char part[4096];
    consent__buf_reset(out);
    l->offset = l->end;
    l->number++;
    while (fgets(part, (int)sizeof part, l->file)) {
        /* fgets tells no length, and a NUL may stand anywhere: such a line is no text. */
        size_t n = strlen(part);
        bool whole = n > 0 && part[n - 1] == '\n';
        if (!whole && n != sizeof part - 1)
            break;
        consent__buf_put(out, part, whole ? n - 1 : n);
        l->end += (int64_t)n;
        if (out->failed)
            return consent__no_memory(cx);
        if (out->len > max)
            return consent__fail_at(cx, CONSENT_E_LIMIT, NULL, l->offset,
                                    "line %lld is longer than %zu bytes", (long long)l->number,
                                    max);
        if (whole)
            return CONSENT_OK;
    }
    if (ferror((FILE *)l->file))
        return consent__fail_code(cx, CONSENT_E_IO, errno, "the file cannot be read");
    if (feof((FILE *)l->file) && l->end == l->offset && ftell(l->file) == l->end)
        return CONSENT_DONE;
    return consent__fail_at(cx, CONSENT_E_SYNTAX, NULL, l->offset,
                            "line %lld is not whole: it has no end, or holds what is no text",
                            (long long)l->number);
}

void consent__lines_close(consent__lines *l) {
    if (l->file)
        fclose(l->file);
    l->file = NULL;
}
