/* SPDX-License-Identifier: Apache-2.0 */
/* Bodies that are gone: erased, or lost to damage. Nothing may call the one the other. */
#ifndef CONSENT__FLOW_GONE_H
#define CONSENT__FLOW_GONE_H

#include "flow/store.h"

/* Every body that is gone is accounted for by an erasure; else CONSENT_E_CORRUPT, which names the
 * event, or the events among which it is. An erasure says how many bodies it took and not which, so
 * they are counted: as many must lie before each, and no more in all. In evidence of one subject,
 * where withheld bodies are gone as well, only what left no stub is seen. */
consent_status consent__gone_check(const consent__cx *cx, consent__view *v);

/* A subject's state counts its events: CONSENT_E_CORRUPT when `found`, those that still have a body
 * (the last of them `last`), are fewer. */
consent_status consent__gone_of_subject(const consent__cx *cx, consent__view *v,
                                        const consent__state *s, int64_t found, int64_t last);
/* The same, counting them first. */
consent_status consent__gone_count(const consent__cx *cx, consent__view *v,
                                   const consent__subject *subject);

#endif
