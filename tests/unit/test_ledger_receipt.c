/* SPDX-License-Identifier: Apache-2.0 */
/* Opening what was signed while memory runs out: never a word about the message instead. What is
 * wrong with a message is told in tests/api/test_proof.c. */
#include "foundation.h"

#include "ledger/receipt.h"
#include "seal/seal.h"

#define NAME "libconsent/00112233445566778899aabbccddeeff/1"
#define MOST 64

typedef struct letter {
    consent__buf jws;
    uint8_t public_key[32];
} letter;

static void letter_new(foundation *f, letter *l, const char *payload) {
    const uint8_t seed[32] = {3};
    uint8_t kid[4], signature[CONSENT__SIGNATURE];
    consent__signer *signer = NULL;
    assert_int_equal(consent__seal_init(&f->cx), CONSENT_OK);
    assert_int_equal(consent__signer_from_seed(&f->cx, seed, &signer), CONSENT_OK);
    consent__signer_public(signer, l->public_key);
    consent__note_key_id(NAME, l->public_key, kid);
    consent__buf_init(&l->jws, &f->env);
    consent__jws_input(&l->jws, CONSENT__RECEIPT_TYPE, kid, payload, strlen(payload));
    assert_int_equal(consent__signer_sign(&f->cx, signer, l->jws.data, l->jws.len, signature),
                     CONSENT_OK);
    consent__jws_finish(&l->jws, signature);
    assert_false(l->jws.failed);
    consent__signer_free(signer);
}

static consent_status letter_open(foundation *f, const letter *l, consent__buf *payload,
                                  const char **why) {
    return consent__jws_open(&f->cx, (const char *)l->jws.data, l->jws.len, CONSENT__RECEIPT_MAX,
                             CONSENT__RECEIPT_TYPE, NAME, l->public_key, payload, why);
}

static void test_jws_open_gives_the_payload_in_canonical_form(void **state) {
    foundation f;
    letter l;
    consent__buf payload;
    const char *why = "";
    (void)state;
    foundation_init(&f);
    letter_new(&f, &l, "{ \"b\" : 1.0, \"a\" : [] }");
    consent__buf_init(&payload, &f.env);
    consent__buf_text(&payload, "before");
    assert_int_equal(letter_open(&f, &l, &payload, &why), CONSENT_OK);
    assert_null(why);
    assert_string_equal(consent__buf_cstr(&payload), "before{\"a\":[],\"b\":1}");
    l.jws.len--; /* the payload is still shown */
    assert_int_equal(letter_open(&f, &l, &payload, &why), CONSENT_OK);
    assert_string_equal(why, "MALFORMED");
    assert_string_equal(consent__buf_cstr(&payload), "before{\"a\":[],\"b\":1}");
    consent__buf_free(&payload);
    consent__buf_free(&l.jws);
    foundation_done(&f);
}

static void test_jws_open_without_memory_says_nothing_of_the_message(void **state) {
    foundation f;
    letter l;
    int64_t failed = 0;
    (void)state;
    foundation_init(&f);
    letter_new(&f, &l, "{\"a\":{\"b\":\"\\u00e9\"}}");
    for (;; failed++) {
        consent__buf payload;
        const char *why = NULL;
        assert_true(failed < MOST);
        consent__buf_init(&payload, &f.env);
        f.until_fail = failed;
        consent_status st = letter_open(&f, &l, &payload, &why);
        f.until_fail = -1;
        consent__buf_free(&payload);
        assert_null(why);
        if (st == CONSENT_OK)
            break;
        assert_int_equal(st, CONSENT_E_MEMORY);
        consent__forget(&f.cx);
    }
    assert_true(failed >= 4);
    consent__buf_free(&l.jws);
    foundation_done(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_jws_open_gives_the_payload_in_canonical_form),
        cmocka_unit_test(test_jws_open_without_memory_says_nothing_of_the_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
