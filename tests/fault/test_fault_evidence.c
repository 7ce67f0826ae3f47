/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence that leaves a store, and a store of evidence that is made, while things fail: no half of
 * either stays. */
#include "sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int bad(const char *what) {
    fprintf(stderr, "  %s\n", what);
    return 1;
}

static int32_t swallow(const char *file, const void *bytes, size_t len, void *user) {
    (void)bytes;
    (void)len;
    if (strcmp(file, "manifest.note") == 0)
        ++*(int *)user;
    return 0;
}

static consent_status bundle(sweep_world *w, consent_error **err) {
    int whole = 0;
    consent_status st = consent_evidence_export(w->store, NULL, swallow, &whole, &w->rows, err);
    return st == CONSENT_OK && whole != 1 ? CONSENT_E_INTERNAL : st;
}

typedef struct bytes {
    char *p;
    size_t n;
} bytes;

static int32_t gather(const void *p, size_t n, void *user) {
    bytes *b = user;
    b->p = realloc(b->p, b->n + n);
    memcpy(b->p + b->n, p, n);
    b->n += n;
    return 0;
}

static void name(const sweep_world *w, const char *end, char out[FOLDER_MAX]) {
    snprintf(out, FOLDER_MAX, "%.*s/%s", (int)(FOLDER_MAX - 16), w->folder, end);
}

static consent_status copy(sweep_world *w, consent_error **err) {
    char file[FOLDER_MAX], path[FOLDER_MAX];
    bytes b = {0};
    consent_store *made = NULL;
    int64_t lines = 0;
    name(w, "x.json", file);
    name(w, "made", path);
    consent_status st = consent_export(w->store, NULL, "json", gather, &b, &lines, err);
    if (st == CONSENT_OK) {
        FILE *to = fopen(file, "wb");
        if (!to || fwrite(b.p, 1, b.n, to) != b.n || fclose(to) != 0)
            abort();
        st = consent_evidence_import(path, w->options, file, NULL, &made, err);
        if ((st == CONSENT_OK) != (made != NULL))
            abort();
        consent_store_free(made);
        remove(file);
    }
    free(b.p);
    return st;
}

static int check_copy(sweep_world *w, consent_status status) {
    char path[FOLDER_MAX];
    consent_store *made = NULL;
    consent_rows *a = NULL, *b = NULL, *found = NULL;
    int findings = 0;
    name(w, "made", path);
    if (status != CONSENT_OK)
        return access(path, F_OK) == 0 ? bad("a store after a failure") : 0;
    if (consent_store_open(path, w->options, &made, NULL) != CONSENT_OK ||
        consent_ledger_head(w->store, &a, NULL) != CONSENT_OK ||
        consent_ledger_head(made, &b, NULL) != CONSENT_OK ||
        consent_ledger_verify(made, NULL, NULL, &found, NULL) != CONSENT_OK ||
        strcmp(consent_rows_text(a, 0, "root"), consent_rows_text(b, 0, "root")) != 0 ||
        consent_rows_count(found) != 0)
        findings += bad("the store of evidence is not the other one");
    consent_rows_free(a);
    consent_rows_free(b);
    consent_rows_free(found);
    consent_store_free(made);
    remove(path);
    return findings;
}

int main(void) {
    static const sweep_row rows[] = {
        {"evidence bundle", SWEEP_LIVE, .call = bundle, .reads = true},
        {"import into a store of evidence", SWEEP_LIVE, .call = copy, .reads = true,
         .check = check_copy},
    };
    return sweep_main("evidence", rows, sizeof rows / sizeof *rows);
}
