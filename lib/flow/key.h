/* SPDX-License-Identifier: Apache-2.0 */
/* Where a store's master key comes from, changing it, and the log key inside or outside. What is
 * noted beside the wrapped root key: docs/decisions/0010. */
#ifndef CONSENT__FLOW_KEY_H
#define CONSENT__FLOW_KEY_H

#include "flow/store.h"

#define CONSENT__KEY_GIVEN 0      /* bytes or a key file */
#define CONSENT__KEY_PASSPHRASE 1 /* data: salt[16], passes (4), memory in bytes (8) */
#define CONSENT__KEY_SERVICE 2    /* data: the master key as the host's key service wrapped it */
#define CONSENT__KEY_DATA 4096

typedef struct consent__master {
    uint8_t key[CONSENT__KEY];
    int32_t kind;
    uint8_t data[CONSENT__KEY_DATA];
    size_t data_len;
    bool made; /* a key file was made for it */
} consent__master;

/* A master key for a new store, or to change to: a key file that does not exist is made. Wipe it
 * after use. */
consent_status consent__master_new(const consent__cx *cx, const consent_options *o,
                                   consent__master *out);
/* Takes a key file away again that consent__master_new made. */
void consent__master_undo(const consent_options *o, const consent__master *m);
/* The master key of a store: m holds kind and data, as they were read. */
consent_status consent__master_open(const consent__cx *cx, const consent_options *o,
                                    consent__master *m);
consent_status consent__master_put(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                   const consent__master *m, const uint8_t root[CONSENT__WRAP]);
consent_status consent__master_get(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                   consent__master *m, uint8_t root[CONSENT__WRAP]);

/* ---- the log key ---- */
#define CONSENT__LOG_OUTSIDE 32 /* bytes of meta.log_key when it is a public key only */
/* For a new store: makes one, or takes the host's. wrapped: CONSENT__WRAP bytes. */
consent_status consent__log_new(const consent__cx *cx, consent_store *s, const consent_options *o,
                                uint8_t *wrapped, size_t *n);
consent_status consent__log_open(const consent__cx *cx, consent_store *s, const consent_options *o,
                                 const uint8_t *wrapped, size_t n);

consent_status consent__flow_key_show(const consent__cx *cx, consent_store *s, consent_rows **out);
consent_status consent__flow_key_rotate(const consent__cx *cx, consent_store *s,
                                        const consent_options *o);

#endif
