/* SPDX-License-Identifier: Apache-2.0 */
#include "json/words.h"

#include <string.h>

#include "json/doc.h"

typedef struct reading {
    consent__doc *doc;
    consent__arena *arena;
    consent__phrase *v;
    int32_t count;
    bool failed;
} reading;

static const char *kept(reading *r, const char *text) {
    const char *copy = text ? consent__arena_text(r->arena, text, strlen(text)) : NULL;
    r->failed = r->failed || !copy;
    return copy;
}

static void read_table(reading *r, int32_t node, const char *lang, const char *table) {
    for (int32_t at = consent__doc_first(r->doc, node); at >= 0;
         at = consent__doc_next(r->doc, at)) {
        const char *name = kept(r, consent__doc_name(r->doc, at));
        if (r->doc->nodes[at].kind == NODE_OBJECT)
            read_table(r, at, lang, name);
        else if (r->doc->nodes[at].kind == NODE_STRING)
            r->v[r->count++] =
                (consent__phrase){lang, table, name, kept(r, consent__doc_text(r->doc, at))};
    }
}

consent_status consent__words_read(const consent__cx *cx, const void *bytes, size_t len,
                                   consent__arena *arena, consent__words *out) {
    consent__doc doc;
    memset(out, 0, sizeof *out);
    consent_status st = consent__doc_open(&doc, cx, bytes, len, NULL);
    if (st == CONSENT_OK) {
        reading r = {.doc = &doc, .arena = arena};
        r.v = consent__arena_get(arena, (size_t)doc.count * sizeof *r.v);
        r.failed = !r.v;
        for (int32_t at = consent__doc_first(&doc, 0); at >= 0 && !r.failed;
             at = consent__doc_next(&doc, at))
            read_table(&r, at, kept(&r, consent__doc_name(&doc, at)), "");
        *out = (consent__words){r.count, r.v};
        if (r.failed)
            st = consent__no_memory(cx);
    }
    consent__doc_close(&doc);
    return st;
}

bool consent__words_have(const consent__words *w, const char *lang) {
    for (int32_t i = 0; i < w->count; i++)
        if (strcmp(w->v[i].lang, lang) == 0)
            return true;
    return false;
}

const char *consent__words_get(const consent__words *w, const char *lang, const char *table,
                               const char *key) {
    for (int32_t i = 0; i < w->count; i++)
        if (strcmp(w->v[i].key, key) == 0 && strcmp(w->v[i].table, table) == 0 &&
            strcmp(w->v[i].lang, lang) == 0)
            return w->v[i].text;
    return NULL;
}
