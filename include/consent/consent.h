/* SPDX-License-Identifier: Apache-2.0 */
/* libconsent: decides, records and proves consent. This header includes all others.
 *
 * Ownership, five rules:
 * 1. Functions named new, create, open, check, get, list … give a new reference in *out; on failure
 *    *out is NULL.
 * 2. `const` pointers from getters live until the object they came from is freed. Result objects are
 *    immutable snapshots.
 * 3. Arguments are copied; nothing is consumed.
 * 4. `consent_x_free` takes NULL, any thread, any order, calls no callback and cannot fail.
 *    consent_store_close is the separate shutdown that can fail.
 * 5. Objects made from a store hold a reference to it: the order of freeing does not matter.
 *
 * Threads: a store may be used from every thread at once. Builders (options, act, query) belong to
 * one thread at a time. Results may be read from every thread. A function without a handle may be
 * called from every thread, at any time. No callback may call the library, except where it says so.
 *
 * Errors: each function names what it answers by its own rules. Besides, every call that takes a
 * store can answer CONSENT_E_ARGUMENT (NULL where it is not allowed), _CLOSED, _BUSY when it writes,
 * _MEMORY, _SEAL, _RANDOM and the storage band; consent_status_name names them.
 * Text is UTF-8, NUL-terminated. Instants are int64_t microseconds since 1970-01-01T00:00:00Z. */
#ifndef CONSENT_CONSENT_H
#define CONSENT_CONSENT_H

#include <consent/calendar.h>
#include <consent/cancel.h>
#include <consent/check.h>
#include <consent/decision.h>
#include <consent/error.h>
#include <consent/evidence.h>
#include <consent/exemption.h>
#include <consent/export.h>
#include <consent/fact.h>
#include <consent/guardian.h>
#include <consent/handle.h>
#include <consent/incident.h>
#include <consent/ledger.h>
#include <consent/limit.h>
#include <consent/notice.h>
#include <consent/obligation.h>
#include <consent/options.h>
#include <consent/permission.h>
#include <consent/plan.h>
#include <consent/policy.h>
#include <consent/receipt.h>
#include <consent/request.h>
#include <consent/rows.h>
#include <consent/service.h>
#include <consent/status.h>
#include <consent/store.h>
#include <consent/subject.h>
#include <consent/summary.h>
#include <consent/version.h>
#include <consent/watch.h>

#endif
