/* SPDX-License-Identifier: Apache-2.0 */
/* Differences as JSON: shared by the diff and by notices. */
#ifndef CONSENT__FLOW_DIFF_JSON_H
#define CONSENT__FLOW_DIFF_JSON_H

#include "core/diff.h"
#include "util/buf.h"

void consent__names_json(consent__buf *b, const consent__strings *names);
void consent__triggers_json(consent__buf *b, uint32_t triggers); /* [1,3] */
/* ,"name":"text", or null when text is NULL */
void consent__member_json(consent__buf *b, const char *name, const char *text);
consent__change_class consent__change_class_of(const consent__change *c);

#endif
