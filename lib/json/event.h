/* SPDX-License-Identifier: Apache-2.0 */
/* An event's body: canonical JSON of the fields it has. */
#ifndef CONSENT__JSON_EVENT_H
#define CONSENT__JSON_EVENT_H

#include "core/event.h"
#include "util/arena.h"
#include "util/buf.h"

void consent__event_encode(const consent__event *e, consent__buf *out);
/* Strict: canonical bytes, known fields of this kind only, all required ones. Texts live in the
 * arena. CONSENT_E_MEMORY, or _FORMAT, which names the event's seq, nothing of its content. seq and at are set by the
 * caller afterwards. */
consent_status consent__event_decode(const consent__cx *cx, consent__event_kind kind, int64_t seq,
                                     const void *body, size_t n, consent__arena *arena,
                                     consent__event *out);

#endif
