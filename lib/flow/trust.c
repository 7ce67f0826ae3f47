/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/trust.h"

#include <stdio.h>
#include <string.h>

consent_status consent__trust(const consent__cx *cx, const char *vkey, consent__arena *a,
                              consent__trusted *out) {
    size_t n = strlen(vkey);
    while (n && (vkey[n - 1] == '\n' || vkey[n - 1] == '\r'))
        n--; /* as a file holds it */
    out->vkey = consent__arena_text(a, vkey, n);
    if (!out->vkey)
        return consent__no_memory(cx);
    return consent__note_vkey_parse(cx, out->vkey, a, &out->name, out->public_key);
}

consent_status consent__not_trusted(const consent__cx *cx, const char *what, const char *why) {
    static const struct {
        const char *why;
        consent_status status;
        const char *means;
    } rows[] = {
        {"OVERSIZED", CONSENT_E_LIMIT, "is larger than the limit"},
        {"MALFORMED", CONSENT_E_FORMAT, "is no compact JWS over JSON"},
        {"DUPLICATE_MEMBER", CONSENT_E_DUPLICATE, "has a member twice"},
        {"KEY_EMBEDDED", CONSENT_E_SIGNATURE, "brings a key; the key is given apart"},
        {"ALG_NONE", CONSENT_E_SIGNATURE, "is not signed"},
        {"ALG_WRONG", CONSENT_E_SIGNATURE, "is signed by another algorithm than EdDSA"},
        {"TYPE_WRONG", CONSENT_E_FORMAT, "is of another type"},
        {"HEADER_MEMBER", CONSENT_E_FORMAT, "has a member in its header that is not known"},
        {"KEY_FOREIGN", CONSENT_E_SIGNATURE, "names another key than the one trusted"},
        {"SIGNATURE", CONSENT_E_SIGNATURE, "was not signed by the key trusted, or was changed"},
        {"LEDGER_MISSING", CONSENT_E_FORMAT, "lacks its event or the proof of it"},
        {"CHECKPOINT_FOREIGN", CONSENT_E_SIGNATURE, "proves its event by the log of another store"},
        {"CHECKPOINT_SIGNATURE", CONSENT_E_SIGNATURE, "has a checkpoint not signed by that key"},
        {"CHECKPOINT_MALFORMED", CONSENT_E_FORMAT, "has a checkpoint that is none"},
        {"PROOF", CONSENT_E_PROOF, "does not prove that its event is in the ledger"},
        {"CONTENT_MISMATCH", CONSENT_E_FORMAT, "says something else than its event"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(why, rows[i].why) == 0)
            return consent__fail(cx, rows[i].status, "%s: the %s %s", why, what, rows[i].means);
    return consent__fail(cx, CONSENT_E_FORMAT, "%s: the %s is refused", why, what);
}

bool consent__own_log(const consent_store *s, const char *name) {
    char own[64];
    snprintf(own, sizeof own, "libconsent/%s/", s->id_text);
    return strncmp(name, own, strlen(own)) == 0;
}
