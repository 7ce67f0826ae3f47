/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/ledger.h>

#include "api/call.h"
#include "flow/ledger.h"

consent_status consent_ledger_head(consent_store *store, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "ledger head", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_ledger_head(&cx, store, out))
                            : st;
}

consent_status consent_ledger_prove(consent_store *store, int64_t seq, consent_rows **out,
                                    consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "ledger prove", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_prove(&cx, store, seq, out))
                            : st;
}

consent_status consent_ledger_consistency(consent_store *store, int64_t first, int64_t second,
                                          consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "ledger consistency", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_consistency(&cx, store, first, second, out))
               : st;
}

consent_status consent_ledger_checkpoint(consent_store *store, consent_rows **out,
                                         consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "ledger checkpoint", err, out, false);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_checkpoint(&cx, store, out))
                            : st;
}

consent_status consent_ledger_checkpoints(consent_store *store, consent_rows **out,
                                          consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "ledger checkpoints", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_checkpoints(&cx, store, out))
                            : st;
}

consent_status consent_ledger_key(consent_store *store, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "ledger key", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_ledger_key(&cx, store, out))
                            : st;
}

consent_status consent_ledger_rekey(consent_store *store, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "ledger rekey", err, NULL, false);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_rekey(&cx, store)) : st;
}
