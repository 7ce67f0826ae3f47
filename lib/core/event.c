/* SPDX-License-Identifier: Apache-2.0 */
#include "core/event.h"

#include <string.h>

#include "util/text.h"

#define CONSENT__X(name, type) {#name, FIELD_##type, offsetof(consent__event, name##_)},
const consent__field_row consent__field_table[F_COUNT] = {CONSENT__FIELDS(CONSENT__X)};
#undef CONSENT__X

#define B(field) CONSENT__BIT(field)
#define ACT_REQUIRED (B(policy) | B(point) | B(version) | B(class) | B(epoch))
#define ACT_OPTIONAL                                                                               \
    (B(surface) | B(lang) | B(shown) | B(document) | B(by) | B(from) | B(until) | B(idempotency))

const consent__kind_row consent__kind_table[EV_COUNT] = {
    [EV_STORE_CREATED] = {"store.created", true, B(store) | B(key), 0, 1},
    [EV_STORE_RESTORED] = {"store.restored", true, B(generation) | B(sha256) | B(count) | B(key), 0,
                           1},
    [EV_PROFILE_IMPORTED] = {"profile.imported", true, B(key) | B(sha256), 0, 1},
    [EV_CALENDAR_IMPORTED] = {"calendar.imported", true, B(key) | B(sha256), 0, 1},
    [EV_POLICY_IMPORTED] = {"policy.imported", true,
                            B(policy) | B(version) | B(sha256) | B(profile) | B(effective_at), 0,
                            1},
    [EV_POLICY_PUBLISHED] = {"policy.published", true,
                             B(policy) | B(version) | B(sha256) | B(profile) | B(effective_at),
                             B(class) | B(actor) | B(reason) | B(event) | B(from) | B(key) |
                                 B(leaf),
                             1},
    [EV_SUBJECT_REGISTERED] = {"subject.registered", false, B(external), B(born), 1},
    [EV_SUBJECT_CORRECTED] = {"subject.corrected", false, 0, B(born), 1},
    [EV_SUBJECT_ADOPTED] = {"subject.adopted", false, B(other), 0, 1},
    [EV_SUBJECT_ADOPTION] = {"subject.adoption", false, B(other) | B(count), 0, 1},
    [EV_CONSENT_GRANTED] = {"consent.granted", false, ACT_REQUIRED, ACT_OPTIONAL, 1},
    [EV_CONSENT_REFUSED] = {"consent.refused", false, ACT_REQUIRED, ACT_OPTIONAL, 1},
    [EV_CONSENT_WITHDRAWN] = {"consent.withdrawn", false, ACT_REQUIRED, ACT_OPTIONAL, 1},
    [EV_CONSENT_IMPLIED] = {"consent.implied", false, ACT_REQUIRED, ACT_OPTIONAL | B(state), 1},
    [EV_CONSENT_INHERITED] = {"consent.inherited", false,
                              ACT_REQUIRED | B(other) | B(event) | B(observed) | B(state),
                              ACT_OPTIONAL, 1},
    [EV_CONSENT_RECEIVED] = {"consent.received", false,
                             ACT_REQUIRED | B(event) | B(key) | B(leaf) | B(note) | B(observed) |
                                 B(other) | B(state),
                             ACT_OPTIONAL & ~B(idempotency), 1},
    [EV_GUARDIAN_LINKED] = {"guardian.linked", false, B(guardian) | B(evidence),
                            B(until) | B(document), 1},
    [EV_GUARDIAN_VERIFIED] = {"guardian.verified", false, B(guardian),
                              B(verifier) | B(evidence) | B(document), 1},
    [EV_GUARDIAN_ENDED] = {"guardian.ended", false, B(guardian) | B(reason), 0, 1},
    [EV_GUARDIAN_ATTESTED] = {"guardian.attested", false, B(child) | B(leaf) | B(event), 0, 1},
    [EV_PERMISSION_RECORDED] = {"permission.recorded", false, B(name) | B(granted), 0, 1},
    [EV_FACT_PUT] = {"fact.put", false, B(fact) | B(value) | B(source) | B(observed), 0, 1},
    [EV_PURPOSE_OBJECTED] = {"purpose.objected", false, B(policy) | B(purpose), B(reason), 1},
    [EV_PROCESSING_RESTRICTED] = {"processing.restricted", false, 0, B(item) | B(reason), 1},
    [EV_PROCESSING_UNRESTRICTED] = {"processing.unrestricted", false, 0, B(item) | B(reason), 1},
    [EV_NOTICE_SHOWN] = {"notice.shown", false, B(policy) | B(version), B(surface) | B(lang), 1},
    [EV_NOTICE_ACKNOWLEDGED] = {"notice.acknowledged", false, B(policy) | B(version),
                                B(by) | B(surface) | B(lang), 1},
    [EV_EXEMPTION_USED] = {"exemption.used", false,
                           B(policy) | B(version) | B(exemption) | B(purpose) | B(operation) |
                               B(reason) | B(actor),
                           B(recipient) | B(items), 1},
    [EV_SERVICE_STOPPED] = {"service.stopped", true, B(reason), 0, 1},
    [EV_CONTROLLER_CHANGED] = {"controller.changed", true, B(name) | B(granted), 0, 1},
    [EV_KEY_ROTATED] = {"key.rotated", true, 0, 0, 1},
    [EV_SUBJECT_ERASED] = {"subject.erased", true, B(uid) | B(count) | B(sha256), 0, 1},
    [EV_OBLIGATION_ARISEN] = {"obligation.arisen", false,
                              B(event) | B(name) | B(point) | B(policy) | B(version),
                              B(guardian) | B(recipient), 1},
    [EV_OBLIGATION_MET] = {"obligation.met", false, B(event), B(actor) | B(method), 1},
    [EV_DEIDENTIFICATION_CLAIMED] = {"deidentification.claimed", true,
                                     B(policy) | B(version) | B(purpose) | B(method) | B(observed) |
                                         B(actor),
                                     B(items) | B(recipient), 1},
    [EV_REQUEST_OPENED] = {"request.opened", false,
                           B(kind) | B(policy) | B(version) | B(source) | B(observed),
                           B(by) | B(channel) | B(due) | B(evidence) | B(method) | B(provisional) |
                               B(shown) | B(until),
                           1},
    [EV_REQUEST_MOVED] = {"request.moved", false, B(request) | B(state),
                          B(actor) | B(document) | B(due) | B(method) | B(provisional) | B(reason),
                          1},
    [EV_REQUEST_EXTENDED] = {"request.extended", false, B(request) | B(due) | B(reason),
                             B(actor) | B(provisional), 1},
    [EV_REQUEST_ACKNOWLEDGED] = {"request.acknowledged", false, B(request) | B(shown), 0, 1},
    [EV_REQUEST_DUE] = {"request.due", false, B(request) | B(due) | B(key), B(provisional), 1},
    [EV_HOLD_PLACED] = {"hold.placed", false, B(authority), B(items) | B(until) | B(reason), 1},
    [EV_HOLD_RELEASED] = {"hold.released", false, B(hold), B(actor) | B(reason), 1},
    [EV_REMAINDER_KEPT] = {"remainder.kept", true, B(item) | B(reason) | B(uid), B(until), 1},
    [EV_REMAINDER_RELEASED] = {"remainder.released", true, B(uid) | B(reason), B(actor) | B(count),
                               1},
    [EV_ERASURE_ACKNOWLEDGED] = {"erasure.acknowledged", true, B(uid) | B(recipient), B(actor), 1},
    [EV_INCIDENT_OPENED] = {"incident.opened", true,
                            B(kind) | B(observed) | B(policy) | B(reason) | B(version),
                            B(due) | B(items) | B(provisional), 1},
    [EV_INCIDENT_DESCRIBED] = {"incident.described", true, B(event) | B(name) | B(reason), 0, 1},
    [EV_INCIDENT_REPORTED] = {"incident.reported", true, B(authority) | B(event) | B(observed),
                              B(method), 1},
    [EV_INCIDENT_AFFECTED] = {"incident.affected", true, B(count) | B(event), 0, 1},
    [EV_INCIDENT_GUARDIANS] = {"incident.guardians", true, B(count) | B(event), 0, 1},
    [EV_INCIDENT_ANNOUNCED] = {"incident.announced", true, B(event) | B(reason), 0, 1},
    [EV_INCIDENT_CLOSED] = {"incident.closed", true, B(event), B(actor) | B(reason), 1},
    [EV_INCIDENT_NOTIFIED] = {"incident.notified", false, B(channel) | B(event) | B(state), 0, 1},
    [EV_RETENTION_APPLIED] = {"retention.applied", false,
                              B(from) | B(items) | B(policy) | B(state) | B(version), B(actor), 1},
    [EV_RETENTION_EXTENDED] = {"retention.extended", false, B(item) | B(reason) | B(until),
                               B(actor), 1},
    [EV_RETENTION_RELEASED] = {"retention.released", false, B(item), B(actor) | B(reason), 1},
    [EV_LEDGER_REKEYED] = {"ledger.rekeyed", true, B(key) | B(note), 0, 1},
};

int32_t consent__event_kind_of(const char *name) {
    for (int32_t i = 0; i < EV_COUNT; i++)
        if (strcmp(consent__kind_table[i].name, name) == 0)
            return i;
    return -1;
}

bool consent__event_complete(const consent__event *e) {
    const consent__kind_row *k = &consent__kind_table[e->kind];
    uint64_t always = B(v) | B(clock) | (k->store ? 0 : B(uid));
    uint64_t required = k->required | always;
    return (e->has & required) == required && (e->has & ~(required | k->optional)) == 0;
}

void consent__event_set_uid(consent__event *e, consent__field field, const uint8_t uid[16]) {
    memcpy((uint8_t *)e + consent__field_table[field].offset, uid, 16);
    e->has |= UINT64_C(1) << field;
}

bool consent__event_in_range(const consent__event *e) {
    for (int32_t i = 0; i < F_COUNT; i++) {
        const consent__field_row *f = &consent__field_table[i];
        const void *at = (const char *)e + f->offset;
        int64_t n = 0;
        if (!(e->has >> i & 1))
            continue;
        if (f->type == FIELD_INT)
            n = *(const int64_t *)at;
        else if (f->type == FIELD_VALUE)
            n = ((const consent__value *)at)->number;
        if (n > CONSENT__INTEGER_MAX || n < -CONSENT__INTEGER_MAX)
            return false;
    }
    return e->at <= CONSENT__INTEGER_MAX && e->at >= -CONSENT__INTEGER_MAX;
}

int64_t consent__event_in_force(const consent__event *e, int64_t at) {
    if (CONSENT__HAS(e, from))
        return e->from_;
    return at > e->effective_at_ ? at : e->effective_at_;
}
