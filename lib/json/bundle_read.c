/* SPDX-License-Identifier: Apache-2.0 */
/* A bundle as a whole: what it is called, its profile, and the order in which its parts are read.
 */
#include "util/text.h"
#include "json/bundle.h"

#include <string.h>

#include "util/date.h"

static void read_head(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t offset = consent__build_member(b, root, "utc_offset");
    int32_t effective = consent__build_member(b, root, "effective_at");
    p->key = consent__build_string(b, root, "policy");
    p->version = consent__build_string(b, root, "version");
    p->effective_at = consent__build_instant(b, root, "effective_at");
    p->version_at_byte = b->doc->nodes[consent__build_member(b, root, "version")].offset;
    p->effective_at_byte = b->doc->nodes[effective].offset;
    p->change_at_byte = b->doc->nodes[consent__build_member(b, root, "change")].offset;
    if (p->effective_at > CONSENT__INTEGER_MAX)
        consent__build_failed(
            b, consent__doc_fail(b->doc, effective, CONSENT_E_INPUT,
                                 "effective_at lies after 2255-06-05, the last day that an event "
                                 "can name"));
    p->profile_key = consent__build_string(b, root, "profile");
    consent__build_strings(b, root, "languages", &p->languages);
    if (!consent__offset_parse(consent__doc_text(b->doc, offset), &p->utc_offset))
        consent__build_failed(b, consent__doc_fail(b->doc, offset, CONSENT_E_INPUT,
                                                   "expected an offset such as +08:00"));
}

/* What references may name, before anything refers to it. */
static void read_keys(consent__bundle *bundle, int32_t root) {
    const struct {
        const char *list, *name, *what;
        consent__keys *keys;
    } rows[] = {
        {"languages", NULL, "language", &bundle->languages},
        {"documents", "id", "document", &bundle->documents},
        {"sections", "id", "section", &bundle->sections},
        {"items", "key", "item", &bundle->items},
        {"purposes", "key", "purpose", &bundle->purposes},
        {"recipients", "key", "recipient", &bundle->recipients},
        {"assessments", "key", "assessment", &bundle->assessments},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0] && bundle->b.status == CONSENT_OK; i++)
        bundle->b.status = consent__keys_build(
            bundle->b.doc, consent__build_member(&bundle->b, root, rows[i].list), rows[i].name,
            rows[i].what, rows[i].keys);
    bundle->b.languages = &bundle->languages;
}

/* The profile's file, then `rules`; the minors' own thresholds follow when minors are read. */
static void read_profile(consent__bundle *bundle, int32_t root, consent__profile_fn find,
                         void *user) {
    consent__builder *b = &bundle->b;
    consent__cx cx = {b->cx->env, b->cx->err, "profile read"};
    int32_t name = consent__build_member(b, root, "profile");
    int32_t rules = consent__build_member(b, root, "rules");
    const char *key = consent__doc_text(b->doc, name);
    const void *bytes = NULL;
    size_t len = 0;
    if (b->status != CONSENT_OK)
        return;
    b->status = find != NULL ? find(&cx, user, key, &bytes, &len) : CONSENT_E_NOT_FOUND;
    if (b->status == CONSENT_E_NOT_FOUND) {
        consent__forget(&cx);
        b->status =
            consent__doc_fail(b->doc, name, CONSENT_E_REFERENCE, "there is no profile \"%s\"", key);
    }
    if (b->status < 0)
        return;
    b->status = consent__profile_read(&cx, bytes, len, b->arena, &bundle->policy->profile);
    if (b->status == CONSENT_OK && rules >= 0)
        consent__profile_apply(b, rules, &bundle->policy->profile);
    /* Rules for children are due below the law's line, not below a guardian's age that the bundle
     * promises of its own accord. */
    bundle->policy->profile.child_rules_below = bundle->policy->profile.guardian_below;
}

static void check_bases(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    int32_t at;
    for (CONSENT__EACH(b, at, consent__build_member(b, root, "purposes"))) {
        int32_t basis = consent__build_member(b, at, "basis");
        int v = consent__build_word(b, at, "basis", consent__basis_name, 0);
        if ((bundle->policy->profile.bases_not_allowed >> v & 1) != 0)
            consent__build_failed(b, consent__doc_fail(b->doc, basis, CONSENT_E_INPUT,
                                                       "profile \"%s\" does not allow the basis %s",
                                                       bundle->policy->profile_key,
                                                       consent__basis_name(v)));
    }
}

static void read_parts(consent__bundle *bundle, int32_t root) {
    consent__bundle_controller(bundle, root);
    consent__bundle_documents(bundle, root);
    consent__bundle_items(bundle, root);
    consent__bundle_purposes(bundle, root);
    consent__bundle_permissions(bundle, root);
    consent__bundle_recipients(bundle, root);
    consent__bundle_exemptions(bundle, root);
    consent__bundle_rights(bundle, root);
    consent__bundle_minors(bundle, root);
    consent__bundle_cancellation(bundle, root);
    consent__bundle_incident(bundle, root);
    consent__bundle_assessments(bundle, root);
    consent__bundle_change(bundle, root);
}

static consent_status read_bundle(consent__doc *doc, consent__profile_fn profile, void *user,
                                  consent__arena *arena, const consent__policy **out) {
    consent__bundle bundle;
    memset(&bundle, 0, sizeof bundle);
    bundle.b.cx = doc->cx;
    bundle.b.doc = doc;
    bundle.b.arena = arena;
    bundle.policy = consent__build_memory(&bundle.b, 1, sizeof *bundle.policy);
    if (bundle.policy == NULL)
        return bundle.b.status;
    read_keys(&bundle, 0);
    if (bundle.b.status != CONSENT_OK)
        return bundle.b.status;
    read_head(&bundle, 0);
    read_profile(&bundle, 0, profile, user);
    read_parts(&bundle, 0);
    check_bases(&bundle, 0);
    if (bundle.b.status == CONSENT_OK)
        *out = bundle.policy;
    return bundle.b.status;
}

consent_status consent__bundle_read(const consent__cx *cx, const void *bytes, size_t len,
                                    consent__profile_fn profile, void *user, consent__arena *arena,
                                    const consent__policy **out) {
    consent__doc doc;
    consent_status status;
    *out = NULL;
    status = consent__doc_open(&doc, cx, bytes, len, "bundle.schema.json");
    if (status == CONSENT_OK)
        status = consent__shape_check(&doc, 0, &consent__shape_bundle);
    if (status == CONSENT_OK)
        status = read_bundle(&doc, profile, user, arena, out);
    consent__doc_close(&doc);
    return status;
}
