/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON document that was read: a table of its values in document order, each with its byte offset,
 * its place in the tree and cJSON's value. The scanner makes the table and enforces the grammar, the
 * limits and the uniqueness of member names; cJSON, which is lenient about all of these, then only
 * converts. */
#ifndef CONSENT__JSON_DOC_H
#define CONSENT__JSON_DOC_H

#include <cjson/cJSON.h>

#include "json/json.h"

typedef enum consent__node_kind {
    NODE_OBJECT,
    NODE_ARRAY,
    NODE_STRING,
    NODE_NUMBER,
    NODE_BOOL,
    NODE_NULL
} consent__node_kind;

/* cJSON ends a string at a NUL: whoever reads its strings asks for these flags first. */
#define CONSENT__NUL_IN_NAME 1u
#define CONSENT__NUL_IN_TEXT 2u

typedef struct consent__node {
    const cJSON *json;
    uint32_t offset; /* of the value */
    uint32_t name;   /* of the member's name (its quotation mark); for all others the value's */
    int32_t parent;  /* -1: the root */
    int32_t end;     /* the node after the last descendant; 0 while it is being read */
    uint8_t kind, flags;
} consent__node;

typedef struct consent__doc {
    const consent__cx *cx;
    const char *schema; /* the file that says what may stand in it, for messages; NULL: none */
    const uint8_t *bytes;
    size_t len;
    consent__node *nodes;
    int32_t count, cap;
    consent__arena scratch; /* lives as long as the document */
    cJSON *root;
} consent__doc;

/* Errors: those of json.h for documents, CONSENT_E_MEMORY. To be closed in either case. The bytes
 * and cx are borrowed. */
consent_status consent__doc_open(consent__doc *doc, const consent__cx *cx, const void *bytes,
                                 size_t len, const char *schema);
void consent__doc_close(consent__doc *doc);

/* First pass over doc->bytes: fills doc->nodes. scan.c */
consent_status consent__scan(consent__doc *doc);

/* Nodes are numbers; -1 when there is none. */
int32_t consent__doc_first(const consent__doc *doc, int32_t node);
int32_t consent__doc_next(const consent__doc *doc, int32_t node);
int32_t consent__doc_size(const consent__doc *doc, int32_t node); /* number of children */
int32_t consent__doc_member(const consent__doc *doc, int32_t object, const char *name);
const char *consent__doc_name(const consent__doc *doc, int32_t node); /* of a member */
const char *consent__doc_text(const consent__doc *doc, int32_t node); /* of a string */
/* Whether the number is an integer of |n| <= 2^53-1, as JSON Schema sees integers: 1.0 is one. */
bool consent__doc_int(const consent__doc *doc, int32_t node, int64_t *out);

/* Unescaped name of a member or text of a string, NUL bytes included; valid while the document is.
 * False: out of memory. */
bool consent__doc_string(consent__doc *doc, uint32_t offset, const char **out, size_t *out_n);
/* Unescapes the inside of a valid JSON string; out has room for n bytes. Returns the length. */
size_t consent__json_unescape(const uint8_t *raw, size_t n, char *out);

/* Fail at a node: with the offset of its value, or of its name. */
consent_status consent__doc_fail(const consent__doc *doc, int32_t node, consent_status status,
                                 const char *format, ...) __attribute__((format(printf, 4, 5)));
consent_status consent__doc_fail_name(const consent__doc *doc, int32_t node, consent_status status,
                                      const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Fail at a byte while that node (-1: the document itself) is being read. */
consent_status consent__doc_fail_byte(const consent__doc *doc, int32_t node, size_t offset,
                                      consent_status status, const char *message);

#endif
