/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_LEDGER_H
#define CONSENT__FLOW_LEDGER_H

#include "flow/store.h"

consent_status consent__flow_ledger_head(const consent__cx *cx, consent_store *s,
                                         consent_rows **out);
consent_status consent__flow_prove(const consent__cx *cx, consent_store *s, int64_t seq,
                                   consent_rows **out);
consent_status consent__flow_consistency(const consent__cx *cx, consent_store *s, int64_t first,
                                         int64_t second, consent_rows **out);
consent_status consent__flow_checkpoint(const consent__cx *cx, consent_store *s,
                                        consent_rows **out); /* out may be NULL */
consent_status consent__flow_checkpoints(const consent__cx *cx, consent_store *s,
                                         consent_rows **out);
consent_status consent__flow_ledger_key(const consent__cx *cx, consent_store *s,
                                        consent_rows **out);
/* The same inside a transaction. */
consent_status consent__ledger_keys(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                    consent_rows **out);
consent_status consent__flow_rekey(const consent__cx *cx, consent_store *s);

/* The tree of a view, from which proofs are made: hashes are read from tiles, the right edge comes
 * from the head. */
typedef struct consent__prover {
    consent_store *store;
    consent__tx *tx;
    consent__tree tree;
    uint8_t root[CONSENT__HASH];
    struct consent__leaves *leaves; /* NULL: none are kept */
} consent__prover;
/* Leaf hashes of the tile read last, for whoever proves many events in their order. */
typedef struct consent__leaves {
    uint64_t tile;
    bool filled; /* with all 256 of them */
    uint8_t hash[256][CONSENT__HASH];
} consent__leaves;
consent_status consent__prover_open(const consent__cx *cx, const consent__view *view,
                                    consent__prover *out);
/* A consent__node_fn. */
consent_status consent__prover_node(const consent__cx *cx, void *prover, int32_t level,
                                    uint64_t index, uint8_t out[CONSENT__HASH]);
/* Inclusion in the whole tree, verified. */
consent_status consent__prover_include(const consent__cx *cx, consent__prover *p, int64_t seq,
                                       const uint8_t leaf[CONSENT__HASH], consent__proof *out);
/* ["…","…"] */
void consent__proof_json(consent__buf *out, const consent__proof *proof);
#endif
