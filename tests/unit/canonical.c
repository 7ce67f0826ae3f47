/* SPDX-License-Identifier: Apache-2.0 */
/* One JSON document a line on stdin; its canonical form, or "error" and the status, a line each on
 * stdout. tests/stages/canonical.sh compares them with another implementation's. */
#include <stdio.h>
#include <stdlib.h>

#include "json/json.h"

int main(void) {
    consent_error *err = NULL;
    const consent__cx cx = {&consent__env_default, &err, "canonical"};
    consent__buf out;
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    consent__buf_init(&out, &consent__env_default);
    while ((n = getline(&line, &room, stdin)) > 0) {
        size_t len = (size_t)n - (line[n - 1] == '\n');
        consent__buf_reset(&out);
        consent_status status = consent__json_canonical(&cx, line, len, &out);
        if (status == CONSENT_OK)
            (void)fwrite(out.data, 1, out.len, stdout);
        else
            (void)printf("error %d", (int)status);
        (void)putchar('\n');
        consent__forget(&cx);
    }
    free(line);
    consent__buf_free(&out);
    return ferror(stdin) || fflush(stdout) != 0;
}
