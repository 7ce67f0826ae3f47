/* SPDX-License-Identifier: Apache-2.0 */
/* Notices of changes. Every version after the first is told on the page of changes; a material one
 * also to each subject who was there before it came into force, by a prominent notice or a pop-up
 * (the first customer's s6, PIPL art. 17(2)); one with change.acknowledge has to be acknowledged,
 * and the points it concerns answer NOTICE_PENDING until then. What changed is said in words, in
 * Chinese (zh-CN) and English, built from the computed difference. */
#ifndef CONSENT_NOTICE_H
#define CONSENT_NOTICE_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The entries of the page of changes of one policy (NULL: the only one), the newest first. lang:
 * for titles, summary and words; NULL or one there are no words for: the binding language, in words
 * the nearest. Columns: policy t, version t, class t (as computed), triggers j, published_at u,
 * from u (in force from), form t (page, notice, acknowledge: the strongest that is owed), summary
 * t, changes j
 * ([{"text","type","key","class","trigger","sections"}…]; changes of translations and of order
 * alone are left out). CONSENT_E_NOT_FOUND, _AMBIGUOUS. */
CONSENT_API
consent_status consent_notice_page(consent_store *store, const char *policy, const char *lang,
                                   consent_rows **out, consent_error **err);
/* The notices a subject still waits for, the oldest first: the source of a pop-up, without a
 * network. policy NULL: of all. The columns of consent_notice_page, and shown_at u (absent: never).
 * Those that were published and are not in force yet are among them. CONSENT_E_NOT_FOUND. */
CONSENT_API
consent_status consent_notice_pending(consent_store *store, const char *subject, const char *policy,
                                      const char *lang, consent_rows **out, consent_error **err);
/* How many subjects wait: a row for every version after the first, of one policy (NULL: of all).
 * Subjects are looked at by order of registration: those behind `after` (0: from the first),
 * `limit` of them (0: all). *out_next: what to give as `after` to go on, 0 at the end; may be NULL;
 * the numbers of the parts are added up by the caller. Memory does not grow with the subjects, and
 * no snapshot is held for long: what is written meanwhile may be counted or not. Adopted subjects
 * are left out, their account is counted. Columns: policy t, version t, class t (as computed), from
 * u, form t (as consent_notice_page), subjects n (registered before it came into force), shown n,
 * acknowledged n (of these; the acknowledged were shown it), waiting n (of these; as
 * consent_notice_pending; 0 when only the page is owed). Use this one for notices: by parts, also of
 * versions that only the page tells of; consent_summary_get counts those that are owed more along with
 * all the rest of the store, in one snapshot: its waiting and shown are `waiting` here, and with its
 * done they are `subjects`. CONSENT_E_NOT_FOUND, _ARGUMENT (negative).
 */
CONSENT_API
consent_status consent_notice_count(consent_store *store, const char *policy, int64_t after,
                                    int64_t limit, int64_t *out_next, consent_rows **out,
                                    consent_error **err);
/* Records that notices were shown, or acknowledged: an event each, with surface (NULL: not said)
 * and time; the first time counts. version NULL: every one that is pending. guardian: who
 * acknowledges for a child, a verified one; who needs a guardian to consent needs one to
 * acknowledge. NULL otherwise. One row for each event: event n, at u, policy t, version t; out may
 * be NULL. CONSENT_DONE when there was nothing to record. Errors: CONSENT_E_NOT_FOUND, _AMBIGUOUS,
 * _STATE (a draft, the first version, an adopted subject), _REFUSED (a child without a guardian, a
 * guardian who may not speak, the surface "implied": going on using the service acknowledges
 * nothing), _ARGUMENT, _ENCODING. */
CONSENT_API
consent_status consent_notice_shown(consent_store *store, const char *subject, const char *policy,
                                    const char *version, const char *surface, const char *lang,
                                    consent_rows **out, consent_error **err);
CONSENT_API
consent_status consent_notice_acknowledge(consent_store *store, const char *subject,
                                          const char *policy, const char *version,
                                          const char *surface, const char *lang,
                                          const char *guardian, consent_rows **out,
                                          consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
