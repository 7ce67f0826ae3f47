/* SPDX-License-Identifier: Apache-2.0 */
/* main() for a fuzz target without libFuzzer: gives it each file named on the command line, and the
 * empty input. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    uint8_t *data = NULL;
    size_t size = 0, room = 0;
    for (;;) {
        if (size == room) {
            room = room ? 2 * room : 4096;
            uint8_t *more = realloc(data, room);
            if (!more)
                break;
            data = more;
        }
        size_t n = fread(data + size, 1, room - size, file);
        if (n == 0)
            break;
        size += n;
    }
    int failed = ferror(file) || !feof(file);
    fclose(file);
    if (!failed) {
        /* a block of the exact size, so that the sanitizer sees a read beyond it */
        uint8_t *exact = realloc(data, size ? size : 1);
        if (exact)
            data = exact;
        LLVMFuzzerTestOneInput(data, size);
    }
    free(data);
    return failed ? -1 : 0;
}

int main(int argc, char **argv)
{
    int bad = 0;
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        if (replay_file(argv[i]) != 0) {
            fprintf(stderr, "%s: cannot be read\n", argv[i]);
            bad = 1;
        }
    }
    printf("%d inputs replayed\n", argc);
    return bad;
}
