/* SPDX-License-Identifier: Apache-2.0 */
/* Kantara Consent Receipt 1.1, one receipt per decision. It knows consent that is given and nothing
 * else: what was refused or withdrawn names no service, and `decision` says what it is. */
#include "flow/export.h"
#include "json/write.h"

static consent_status receipt(const consent__cx *cx, consent__export *x,
                              const consent__subject *subject, const consent__said *said,
                              void *user) {
    consent__buf *out = &x->out;
    const consent__event *e = &said->event;
    char person[64];
    (void)user;
    if (!consent__said_decision(said))
        return CONSENT_OK;
    consent__buf_text(out, x->records ? ",\n" : "\n");
    consent__write_open(out, NULL, '{');
    consent__said_kantara(out, &x->view, said, subject->state.external);
    consent__write_open(out, "decision", '{');
    consent__write_text(out, "by", CONSENT__HAS(e, by) ? "guardian" : "subject");
    consent__write_text(out, "class", e->class_);
    consent__write_int(out, "event", said->seq);
    consent__write_text(out, "point", e->point_);
    consent__write_text(out, "policy", e->policy_);
    consent__write_text(out, "shown", CONSENT__HAS(e, shown) ? e->shown_ : NULL);
    consent__write_text(out, "state", consent__said_word(said));
    consent__export_person(subject->uid, person);
    consent__write_text(out, "subject", person);
    if (CONSENT__HAS(e, until))
        consent__write_time(out, "until", e->until_);
    consent__write_text(out, "version", e->version_);
    consent__write_close(out, '}');
    consent__write_close(out, '}');
    return consent__export_record(cx, x);
}

static consent_status subject_acts(const consent__cx *cx, consent__export *x,
                                   const consent__subject *subject, void *user) {
    return consent__export_acts(cx, x, subject, 0, INT64_MAX, receipt, user);
}

consent_status consent__export_kantara(const consent__cx *cx, consent__export *x) {
    consent__buf_byte(&x->out, '[');
    consent_status st = consent__export_subjects(cx, x, subject_acts, NULL);
    consent__buf_text(&x->out, "\n]\n");
    return st;
}
