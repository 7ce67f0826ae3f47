/* SPDX-License-Identifier: Apache-2.0 */
/* In an empty folder: cc 01_hello.c $(pkg-config --cflags --libs libconsent) && ./a.out */
#include <consent/consent.h>

#include <stdio.h>
#include <string.h>

#define JSON(...) #__VA_ARGS__

/* clang-format off */
static const char bundle[] = JSON({
    "bundle": 1, "policy": "hello", "version": "1", "profile": "none", "languages": ["en"],
    "effective_at": "2024-01-01T00:00:00Z", "utc_offset": "+00:00",
    "controller": {"name": {"en": "Tiny Ltd"},
                   "contacts": [{"kind": "email", "value": "privacy@tiny.example"}]},
    "documents": [{"id": "policy", "kind": "privacy-policy", "title": {"en": "Privacy policy"},
                   "sections": ["s1"]}],
    "sections": [{"id": "s1", "title": {"en": "Newsletter"},
                  "text": {"en": "We send you our newsletter if you ask for it."}}],
    "purposes": [{"key": "newsletter", "title": {"en": "Newsletter"}, "basis": "consent",
                  "class": "general", "required": false, "items": [], "operations": ["use"],
                  "sections": ["s1"]}],
    "items": [], "permissions": [], "recipients": [], "exemptions": [], "rights": [],
    "minors": {"thresholds": {"guardian_below": 0, "adult_from": 18}, "evidence": [],
               "sections": []},
    "cancellation": {"conditions": [], "acknowledge": [], "sections": [],
                     "deadline": {"count": 30, "unit": "days", "calendar": "none"}},
    "incident": {"contents": [], "channels": ["email"], "sections": []}, "assessments": [],
    "change": {"class": "editorial", "summary": {"en": "First version."}}
});
/* clang-format on */

static int fail(consent_error *err) {
    fprintf(stderr, "%s: %s\n", consent_error_operation(err), consent_error_message(err));
    return 1;
}

int main(void) {
    consent_error *err = NULL;
    consent_store *store = NULL;
    consent_options *options = consent_options_new();
    if (consent_options_set_key_file(options, "hello.key", &err) < 0 ||
        consent_store_create("hello.db", options, &store, &err) < 0 ||
        consent_policy_import(store, bundle, strlen(bundle), &err) < 0 ||
        consent_policy_publish(store, "hello", "1", &err) < 0 ||
        consent_subject_add(store, "ann", "1990-05-17", &err) < 0)
        return fail(err);
    printf("May Ann get the newsletter? %d\n", consent_may(store, "ann", "newsletter"));
    if (consent_grant(store, "ann", "newsletter", NULL, &err) < 0)
        return fail(err);
    printf("She agreed. May she now?    %d\n", consent_may(store, "ann", "newsletter"));
    consent_store_free(store);
    consent_options_free(options);
    return 0;
}
