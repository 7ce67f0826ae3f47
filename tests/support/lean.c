/* SPDX-License-Identifier: Apache-2.0 */
#include "lean.h"

#include "lean_db.h"

#include "flow/store.h"

void lean_soon(consent_store *store) {
    lean_db_soon(store->db);
}
