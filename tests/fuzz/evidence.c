/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence from strangers. 'b': a bundle, the files in the order they are asked for, each ended by
 * a byte 0xff (which no text holds); the second byte says in which parts they come. 'l': one line
 * of a complete export. What is damaged is found; nothing crashes, nothing is trusted without a
 * key. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <consent/evidence.h>

#include "flow/whole.h"

static void must(bool good) {
    if (!good)
        abort();
}

static void plain(const char *name) {
    must(*name && strlen(name) < 128 && name[0] != '/' && name[0] != '.' && !strstr(name, ".."));
}

static void bundle(const uint8_t *p, size_t n) {
    consent_evidence *e = NULL;
    consent_rows *verdict = NULL, *findings = NULL;
    const uint8_t *end = p + n;
    const char *name;
    size_t step = n ? *p + 1 : 1;
    p += n > 0;
    must(consent_evidence_new(NULL, &e, NULL) == CONSENT_OK);
    while ((name = consent_evidence_wants(e)) != NULL) {
        const uint8_t *stop = p < end ? memchr(p, 0xff, (size_t)(end - p)) : NULL;
        bool there = p < end;
        plain(name);
        stop = stop ? stop : end;
        while (p < stop) {
            size_t part = (size_t)(stop - p) < step ? (size_t)(stop - p) : step;
            consent_status st = consent_evidence_give(e, p, part, NULL);
            must(st == CONSENT_OK || st == CONSENT_DONE);
            p += part;
        }
        p += p < end;
        must(consent_evidence_end(e, there, NULL) == CONSENT_OK);
    }
    must(consent_evidence_verdict(e, &verdict, NULL) == CONSENT_OK);
    must(consent_evidence_findings(e, &findings, NULL) == CONSENT_OK);
    must(consent_rows_number(verdict, 0, "trusted", 1) == 0);
    must((consent_rows_number(verdict, 0, "ok", 0) != 0) == (consent_rows_count(findings) == 0));
    consent_rows_free(verdict);
    consent_rows_free(findings);
    consent_evidence_free(e);
}

static void line(const uint8_t *p, size_t n) {
    consent_error *err = NULL;
    const consent__cx cx = {&consent__env_default, &err, "fuzz"};
    consent__arena a;
    consent__line l;
    consent__arena_init(&a, cx.env);
    consent_status st = consent__line_read(&cx, p, n, 1, 0, &a, &l);
    must((st == CONSENT_OK) == (err == NULL));
    must(st == CONSENT_OK || st == CONSENT_E_SYNTAX || st == CONSENT_E_INPUT);
    consent_error_free(err);
    consent__arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size && data[0] == 'b')
        bundle(data + 1, size - 1);
    else if (size && data[0] == 'l')
        line(data + 1, size - 1);
    return 0;
}
