/* SPDX-License-Identifier: Apache-2.0 */
/* Tells the model what the library answers: steps (support/story.h) as JSON lines on stdin, one
 * line of JSON for each on stdout. {"do":"begin"} starts the next story with a fresh store. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "story.h"

static void answer(const cJSON *step, consent_status st, cJSON *out) {
    char *text = out ? cJSON_PrintUnformatted(out) : NULL;
    if (text)
        puts(text);
    else
        printf("{\"status\":\"%s\"}\n", consent_status_name(st));
    cJSON_free(text);
    cJSON_Delete(out);
    (void)step;
}

int main(void) {
    story s;
    bool open = false;
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0) {
        cJSON *step = cJSON_Parse(line), *out = NULL;
        const char *what =
            step ? cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(step, "do")) : NULL;
        if (!what) {
            fprintf(stderr, "driver: not a step: %s", line);
            return 2;
        }
        if (strcmp(what, "begin") == 0) {
            if (open)
                story_end(&s);
            story_begin(&s);
            open = true;
            answer(step, CONSENT_OK, NULL);
        } else if (open) {
            consent_status st = story_step(&s, step, &out);
            answer(step, st, out);
        }
        cJSON_Delete(step);
    }
    if (open)
        story_end(&s);
    free(line);
    return 0;
}
