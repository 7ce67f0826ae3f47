/* SPDX-License-Identifier: Apache-2.0 */
#include "clauses.h"

#include "output.h"

#include <stdlib.h>
#include <string.h>

static char *copy_of(const char *text) {
    return text != NULL ? strdup(text) : NULL;
}

bool clause_changed(const struct clause *c) {
    if (c->before == NULL || c->after == NULL)
        return true;
    return strcmp(c->before, c->after) != 0 ||
           (c->title != NULL && c->title_before != NULL && strcmp(c->title, c->title_before) != 0);
}

void clauses_free(struct clauses *list) {
    for (size_t i = 0; i < list->count; i++) {
        struct clause *c = &list->v[i];
        free(c->id);
        free(c->title);
        free(c->title_before);
        free(c->before);
        free(c->after);
        free(c->triggers);
        free(c->types);
    }
    free(list->v);
    memset(list, 0, sizeof *list);
}

static struct clause *find(struct clauses *list, const char *id) {
    for (size_t i = 0; i < list->count; i++)
        if (list->v[i].id != NULL && strcmp(list->v[i].id, id) == 0)
            return &list->v[i];
    return NULL;
}

static struct clause *insert(struct clauses *list, size_t at, const char *id) {
    struct clause *v = realloc(list->v, (list->count + 1) * sizeof *v);
    if (v == NULL)
        return NULL;
    list->v = v;
    memmove(v + at + 1, v + at, (list->count - at) * sizeof *v);
    memset(&v[at], 0, sizeof v[at]);
    v[at].id = copy_of(id);
    list->count++;
    return &v[at];
}

/* One side: the texts of every section of a version. Those the list lacks are put after the one
 * that stands before them in this version. */
static int read_side(struct app *app, const char *policy, const char *version, bool newer,
                     struct clauses *list) {
    consent_error *error = NULL;
    consent_rows *rows = NULL, *text = NULL;
    const char *lang = app_option(app, OPT_LANG);
    consent_status status = consent_policy_show(app->store, policy, version, lang, &rows, &error);
    size_t after = 0;
    for (size_t i = 0; status >= 0 && i < consent_rows_count(rows); i++) {
        const char *id = consent_rows_text(rows, i, "key");
        if (strcmp(consent_rows_text(rows, i, "kind"), "section") != 0)
            continue;
        struct clause *c = find(list, id);
        if (c == NULL)
            c = insert(list, newer ? list->count : after, id);
        status = c == NULL
                     ? CONSENT_E_MEMORY
                     : consent_policy_text(app->store, policy, version, id, lang, &text, &error);
        if (status < 0)
            break;
        after = (size_t)(c - list->v) + 1;
        *(newer ? &c->after : &c->before) = copy_of(consent_rows_text(text, 0, "text"));
        *(newer ? &c->title : &c->title_before) = copy_of(consent_rows_text(text, 0, "title"));
        consent_rows_free(text);
    }
    consent_rows_free(rows);
    return status < 0 ? fail(app, "policy diff", status, error) : EXIT_DONE;
}

/* ---- what rests on a clause ---- */

static void append(char **list, const char *word) {
    size_t n = *list != NULL ? strlen(*list) : 0, m = strlen(word);
    for (const char *at = *list; at != NULL && (at = strstr(at, word)) != NULL; at += m)
        if ((at == *list || at[-1] == ' ') && (at[m] == '\0' || at[m] == ','))
            return; /* is there already */
    char *longer = realloc(*list, n + m + 3);
    if (longer == NULL)
        return;
    memcpy(longer + n, n > 0 ? ", " : "", n > 0 ? 3 : 1);
    memcpy(longer + (n > 0 ? n + 2 : 0), word, m + 1);
    *list = longer;
}

static void mark(struct clauses *list, const cJSON *change) {
    const cJSON *trigger = cJSON_GetObjectItemCaseSensitive(change, "trigger");
    const cJSON *cls = cJSON_GetObjectItemCaseSensitive(change, "class");
    const char *type = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(change, "type"));
    const cJSON *id;
    cJSON_ArrayForEach(id, cJSON_GetObjectItemCaseSensitive(change, "sections")) {
        struct clause *c = find(list, id->valuestring);
        char number[16];
        if (c == NULL || type == NULL)
            continue;
        append(&c->types, type);
        snprintf(number, sizeof number, "%d", cJSON_IsNumber(trigger) ? trigger->valueint : 0);
        if (cJSON_IsNumber(trigger) && strcmp(cls->valuestring, "material") == 0)
            append(&c->triggers, number);
        c->restricts |= cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(change, "restricts_rights"));
    }
}

int clauses_read(struct app *app, const char *policy, const char *older, const char *newer,
                 const char *changes, struct clauses *out) {
    cJSON *list = cJSON_Parse(changes);
    const cJSON *change;
    int status;
    memset(out, 0, sizeof *out);
    status = read_side(app, policy, newer, true, out);
    if (status == EXIT_DONE)
        status = read_side(app, policy, older, false, out);
    for (size_t i = 0; i < out->count && status == EXIT_DONE; i++)
        if (out->v[i].title == NULL)
            out->v[i].title = copy_of(out->v[i].title_before);
    cJSON_ArrayForEach(change, list) mark(out, change);
    cJSON_Delete(list);
    return status;
}
