/* SPDX-License-Identifier: Apache-2.0 */
/* Many events of many subjects in one write: states are read and opened in the order in which they
 * lie in the file, stay in memory while acts are applied to them, and are written once; events are
 * sealed and hashed some hundred at a time, by helper threads where the store has any, while those
 * before them are written. What is refused is refused before anything of it is here, so whatever
 * fails here fails the whole write. */
#ifndef CONSENT__FLOW_BATCH_H
#define CONSENT__FLOW_BATCH_H

#include "flow/store.h"

typedef struct consent__batch consent__batch;

/* w->batch, until consent__batch_end, which is due in every case. From then on events of held
 * subjects wait in memory: what reads events or states of this write flushes or settles first. */
consent_status consent__batch_begin(const consent__cx *cx, consent__work *w, int32_t helpers);
void consent__batch_end(consent__work *w); /* what was not settled is lost */

/* So many places, each for an act of a subject; NULL: of no interest. The ids are the caller's
 * until the next call. */
consent_status consent__batch_place(const consent__cx *cx, consent__work *w, const char *const *ids,
                                    size_t count);
/* Reads the subjects of the places from `first` up to *end, as many as are held at once. All before
 * must be settled. */
consent_status consent__batch_load(const consent__cx *cx, consent__work *w, size_t first,
                                   size_t *end);
/* The subject of a place; lives until the next load. CONSENT_E_NOT_FOUND, with its error, when it
 * is not registered. */
consent_status consent__batch_subject(const consent__cx *cx, consent__work *w, size_t place,
                                      consent__subject **out);

/* An event, stamped and complete; head.size already counts it. For append.c. */
consent_status consent__batch_event(const consent__cx *cx, consent__work *w,
                                    const consent__subject *subject, const consent__event *e);
/* Writes the events that wait. */
consent_status consent__batch_flush(const consent__cx *cx, consent__work *w);
/* Writes them and all changed states. */
consent_status consent__batch_settle(const consent__cx *cx, consent__work *w);
/* The state of a held subject changed: the next settle writes it. */
void consent__batch_changed(consent__work *w, consent__subject *subject);
/* A subject was changed in the file: what is held of it, settled before, is read anew. */
void consent__batch_forget(consent__work *w, const uint8_t lookup[CONSENT__LOOKUP]);

#endif
