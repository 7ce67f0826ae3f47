/* SPDX-License-Identifier: Apache-2.0 */
#include "manifest.h"

#include <expat.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* expat gives a name as namespace, this character, local name; no namespace can hold it. */
#define BETWEEN "\n"
#define ANDROID "http://schemas.android.com/apk/res/android" BETWEEN
#define TOOLS "http://schemas.android.com/tools" BETWEEN

struct reading {
    struct manifest *m;
    XML_Parser parser;
    int depth;
};

/* The first problem counts: expat may call once more after it was stopped. */
static void refuse(struct reading *r, const char *problem) {
    if (r->m->problem[0] == '\0') {
        snprintf(r->m->problem, sizeof r->m->problem, "%s", problem);
        r->m->line = XML_GetCurrentLineNumber(r->parser);
        r->m->column = XML_GetCurrentColumnNumber(r->parser) + 1;
    }
    XML_StopParser(r->parser, XML_FALSE);
}

/* ---- lists of names ---- */

static bool names_have(const struct names *names, const char *name) {
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->v[i], name) == 0)
            return true;
    return false;
}

static bool names_add(struct names *names, const char *name) {
    if (names->count == names->room) {
        size_t room = names->room > 0 ? names->room * 2 : 32;
        char **v = realloc(names->v, room * sizeof *v);
        if (v == NULL)
            return false;
        names->v = v;
        names->room = room;
    }
    names->v[names->count] = strdup(name);
    if (names->v[names->count] == NULL)
        return false;
    names->count++;
    return true;
}

static void names_free(struct names *names) {
    for (size_t i = 0; i < names->count; i++)
        free(names->v[i]);
    free(names->v);
    *names = (struct names){NULL, 0, 0};
}

static void drop_own(struct manifest *m) {
    size_t kept = 0;
    for (size_t i = 0; i < m->asked.count; i++) {
        if (names_have(&m->own, m->asked.v[i]))
            free(m->asked.v[i]);
        else
            m->asked.v[kept++] = m->asked.v[i];
    }
    m->asked.count = kept;
}

/* ---- elements ---- */

static const char *attribute(const char **attributes, const char *name) {
    for (size_t i = 0; attributes[i] != NULL; i += 2)
        if (strcmp(attributes[i], name) == 0)
            return attributes[i + 1];
    return NULL;
}

static bool asks(const char *element) {
    return strcmp(element, "uses-permission") == 0 ||
           strcmp(element, "uses-permission-sdk-23") == 0 ||
           strcmp(element, "uses-permission-sdk-m") == 0;
}

static bool taken_out(const char **attributes) {
    const char *node = attribute(attributes, TOOLS "node");
    return node != NULL && (strcmp(node, "remove") == 0 || strcmp(node, "removeAll") == 0);
}

static void permission(struct reading *r, struct names *names, const char **attributes) {
    const char *name = attribute(attributes, ANDROID "name");
    if (taken_out(attributes))
        return;
    if (name == NULL || name[0] == '\0') {
        refuse(r, attribute(attributes, "name") != NULL
                      ? "the name of a permission is not in the namespace of Android"
                      : "a permission without android:name");
        return;
    }
    if (names_have(names, name))
        return;
    if (names->count == MANIFEST_NAMES) {
        refuse(r, "more permissions than any app has");
    } else if (!names_add(names, name)) {
        r->m->no_memory = true;
        refuse(r, "out of memory");
    }
}

static void XMLCALL element_starts(void *user, const char *element, const char **attributes) {
    struct reading *r = user;
    int depth = r->depth++;
    if (depth == 0 && strcmp(element, "manifest") != 0)
        refuse(r, "the document is no manifest: its outermost element is another");
    else if (depth == 1 && asks(element))
        permission(r, &r->m->asked, attributes);
    else if (depth == 1 && strcmp(element, "permission") == 0)
        permission(r, &r->m->own, attributes);
}

static void XMLCALL element_ends(void *user, const char *element) {
    (void)element;
    ((struct reading *)user)->depth--;
}

/* A manifest needs none, and only there can entities be declared that grow without end. */
static void XMLCALL doctype_starts(void *user, const char *name, const char *system,
                                   const char *public, int internal) {
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    refuse(user, "a DOCTYPE, which a manifest has no use for");
}

bool manifest_read(struct manifest *m, const char *bytes, size_t len) {
    struct reading r = {m, XML_ParserCreateNS(NULL, BETWEEN[0]), 0};
    memset(m, 0, sizeof *m);
    if (r.parser == NULL || len > MANIFEST_MAX) {
        m->no_memory = r.parser == NULL;
        snprintf(m->problem, sizeof m->problem, "it cannot be held");
        XML_ParserFree(r.parser);
        return false;
    }
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, element_starts, element_ends);
    XML_SetStartDoctypeDeclHandler(r.parser, doctype_starts);
    if (XML_Parse(r.parser, bytes, (int)len, XML_TRUE) != XML_STATUS_OK) {
        enum XML_Error code = XML_GetErrorCode(r.parser);
        m->no_memory = m->no_memory || code == XML_ERROR_NO_MEMORY;
        refuse(&r, XML_ErrorString(code));
    }
    XML_ParserFree(r.parser);
    drop_own(m);
    return m->problem[0] == '\0';
}

void manifest_free(struct manifest *m) {
    names_free(&m->asked);
    names_free(&m->own);
}
