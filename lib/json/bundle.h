/* SPDX-License-Identifier: Apache-2.0 */
/* The bundle reader between its files. Each function fills one part of the policy; failures stick in
 * the builder. The document has its shape by then. */
#ifndef CONSENT__JSON_BUNDLE_H
#define CONSENT__JSON_BUNDLE_H

#include "json/build.h"

typedef struct consent__bundle {
    consent__builder b;
    consent__policy *policy;
    consent__keys languages, documents, sections, items, purposes, recipients, assessments;
} consent__bundle;

void consent__bundle_controller(consent__bundle *bundle, int32_t root);
void consent__bundle_documents(consent__bundle *bundle, int32_t root); /* and sections */
void consent__bundle_items(consent__bundle *bundle, int32_t root);
void consent__bundle_purposes(consent__bundle *bundle, int32_t root);
void consent__bundle_permissions(consent__bundle *bundle, int32_t root);
void consent__bundle_recipients(consent__bundle *bundle, int32_t root);
void consent__bundle_exemptions(consent__bundle *bundle, int32_t root);
void consent__bundle_rights(consent__bundle *bundle, int32_t root);
void consent__bundle_minors(consent__bundle *bundle, int32_t root);
void consent__bundle_cancellation(consent__bundle *bundle, int32_t root);
void consent__bundle_incident(consent__bundle *bundle, int32_t root);
void consent__bundle_assessments(consent__bundle *bundle, int32_t root);
void consent__bundle_change(consent__bundle *bundle, int32_t root);

/* One condition; those of the cancellation also have a key, a title and sections. */
void consent__bundle_condition(consent__bundle *bundle, int32_t node, consent__condition *out);

/* Sets the values that the object names. profile.c */
void consent__profile_apply(consent__builder *b, int32_t object, consent__profile *profile);

#endif
