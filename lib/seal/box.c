/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/seal_impl.h"

#include <sodium.h>
#include <string.h>

#include "util/text.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define PAD 64u

_Static_assert(CONSENT__BOX_OVERHEAD == NONCE + TAG, "what a box adds");
_Static_assert(CONSENT__BOX_NONCE == NONCE, "and its nonce");

size_t consent__box_size(size_t n) {
    return (n / PAD + 1) * PAD + CONSENT__BOX_OVERHEAD;
}

/* In place, so that no plaintext stays behind in a second buffer. */
void consent__box_seal_into(const uint8_t key[CONSENT__KEY], const void *ad, size_t ad_len,
                            const uint8_t nonce[CONSENT__BOX_NONCE], const void *plain, size_t n,
                            uint8_t *box) {
    size_t padded = (n / PAD + 1) * PAD;
    memcpy(box, nonce, NONCE);
    if (n > 0)
        memcpy(box + NONCE, plain, n);
    box[NONCE + n] = 0x80;
    memset(box + NONCE + n + 1, 0, padded - n - 1);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(box + NONCE, NULL, box + NONCE, padded, ad,
                                                     ad_len, NULL, box, key);
}

consent_status consent__box_seal(const consent__cx *cx, const uint8_t key[CONSENT__KEY],
                                 const void *ad, size_t ad_len, const void *plain, size_t n,
                                 consent__buf *out) {
    const size_t before = out->len;
    uint8_t nonce[NONCE], *box;
    consent_status status;
    if (n > SIZE_MAX / 2 - PAD - CONSENT__BOX_OVERHEAD)
        return consent__no_memory(cx);
    box = consent__buf_extend(out, consent__box_size(n));
    if (box == NULL)
        return consent__no_memory(cx);
    status = consent__random(cx, nonce, NONCE);
    if (status != CONSENT_OK) {
        out->len = before;
        return status;
    }
    consent__box_seal_into(key, ad, ad_len, nonce, plain, n, box);
    return CONSENT_OK;
}

/* Length without padding; -1 when the padding is not ours. */
static int64_t unpadded(const uint8_t *p, size_t n) {
    size_t end = n;
    while (end > n - PAD && p[end - 1] == 0)
        end--;
    if (end == n - PAD || p[end - 1] != 0x80)
        return -1;
    return (int64_t)(end - 1);
}

int64_t consent__box_open_into(const uint8_t key[CONSENT__KEY], const void *ad, size_t ad_len,
                               const void *box, size_t n, uint8_t *out) {
    const uint8_t *p = box;
    size_t padded;
    int64_t plain;
    if (n < CONSENT__BOX_OVERHEAD + PAD || (n - CONSENT__BOX_OVERHEAD) % PAD != 0)
        return -1;
    padded = n - CONSENT__BOX_OVERHEAD;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, p + NONCE, n - NONCE, ad,
                                                   ad_len, p, key) != 0)
        return -1;
    plain = unpadded(out, padded);
    if (plain < 0)
        consent__wipe(out, padded);
    return plain;
}

consent_status consent__box_open(const consent__cx *cx, const uint8_t key[CONSENT__KEY],
                                 const void *ad, size_t ad_len, const void *box, size_t n,
                                 consent__buf *out) {
    const size_t before = out->len;
    uint8_t *room = consent__buf_extend(out, n);
    int64_t plain;
    if (room == NULL)
        return consent__no_memory(cx);
    plain = consent__box_open_into(key, ad, ad_len, box, n, room);
    out->len = before;
    if (plain < 0)
        return consent__fail(cx, CONSENT_E_SEAL, "A sealed record does not open.");
    out->len = before + (size_t)plain;
    return CONSENT_OK;
}
