/* SPDX-License-Identifier: Apache-2.0 */
/* Keys, boxes, signatures and Argon2id. The answers that are not from a standard were computed with
 * Python's hashlib and cryptography packages: they pin the bytes of docs/file-format.md. */
#include "foundation.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seal/seal.h"

static const uint8_t store_id[16] = {0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17,
                                     0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f};

typedef struct opened {
    foundation f;
    uint8_t master[32], wrapped[CONSENT__WRAP];
    consent__keys *keys;
} opened;

static void opened_init(opened *o) {
    foundation_init(&o->f);
    fill_up(o->master, 32, 0xa0);
    assert_int_equal(consent__keys_new(&o->f.cx, o->master, store_id, o->wrapped, &o->keys),
                     CONSENT_OK);
}

static void opened_done(opened *o) {
    consent__keys_free(o->keys);
    foundation_done(&o->f);
}

/* ---- keys ---- */

static void test_keys_derive_the_bytes_of_the_file_format(void **state) {
    opened o;
    uint8_t out[32], salt[16], uid[16];
    (void)state;
    opened_init(&o);
    assert_hex(o.wrapped, CONSENT__WRAP,
               "202122232425262728292a2b2c2d2e2f30313233343536378c6f9db2eb947b1969d19517a9b27399"
               "7f6207dc19ea33cfcff05e2533c3b56e150ddb388e064e70a6bf83c566af7ac7");
    consent__keys_id(o.keys, out);
    assert_hex(out, 4, "d4890b3c");
    consent__lookup(o.keys, "user-1", 6, out);
    assert_hex(out, 16, "6c29a6fb98bfe9b14e275d284873aa79");
    consent__digest(o.keys, "user-1", 6, out);
    assert_hex(out, 16, "376e2f3383bf7b096b00e954d671d521");
    memset(salt, 1, 16);
    memset(uid, 2, 16);
    consent__subject_key(o.keys, salt, uid, out);
    assert_hex(out, 32, "70fad951071e538981bf72934aa22e968951fc923550428a6d97637e8f08e1da");
    opened_done(&o);
}

static void test_keys_open_gives_the_same_keys(void **state) {
    opened o;
    consent__keys *again;
    uint8_t a[16], b[16];
    (void)state;
    opened_init(&o);
    assert_int_equal(consent__keys_open(&o.f.cx, o.master, store_id, o.wrapped, &again),
                     CONSENT_OK);
    consent__lookup(o.keys, "x", 1, a);
    consent__lookup(again, "x", 1, b);
    assert_memory_equal(a, b, 16);
    consent__keys_free(again);
    opened_done(&o);
}

static void test_keys_open_refuses_another_master_store_or_wrap(void **state) {
    opened o;
    consent__keys *keys = (consent__keys *)&o;
    uint8_t other[16];
    size_t i;
    (void)state;
    opened_init(&o);
    for (i = 0; i < 32; i++) {
        o.master[i] ^= 1;
        assert_failed(&o.f, consent__keys_open(&o.f.cx, o.master, store_id, o.wrapped, &keys),
                      CONSENT_E_KEY);
        assert_null(keys);
        o.master[i] ^= 1;
    }
    for (i = 0; i < CONSENT__WRAP; i++) {
        o.wrapped[i] ^= 0x40;
        assert_failed(&o.f, consent__keys_open(&o.f.cx, o.master, store_id, o.wrapped, &keys),
                      CONSENT_E_KEY);
        o.wrapped[i] ^= 0x40;
    }
    memcpy(other, store_id, 16);
    other[15] ^= 1;
    assert_failed(&o.f, consent__keys_open(&o.f.cx, o.master, other, o.wrapped, &keys),
                  CONSENT_E_KEY);
    opened_done(&o);
}

static void test_keys_rewrap_leaves_the_root(void **state) {
    opened o;
    consent__keys *again;
    uint8_t fresh[32], wrapped[CONSENT__WRAP], a[4], b[4];
    (void)state;
    opened_init(&o);
    memset(fresh, 0x77, 32);
    assert_int_equal(consent__keys_rewrap(&o.f.cx, o.keys, fresh, wrapped), CONSENT_OK);
    assert_failed(&o.f, consent__keys_open(&o.f.cx, o.master, store_id, wrapped, &again),
                  CONSENT_E_KEY);
    assert_int_equal(consent__keys_open(&o.f.cx, fresh, store_id, wrapped, &again), CONSENT_OK);
    consent__keys_id(o.keys, a);
    consent__keys_id(again, b);
    assert_memory_equal(a, b, 4);
    consent__keys_free(again);
    opened_done(&o);
}

static void test_keys_new_without_randomness_gives_nothing(void **state) {
    foundation f;
    uint8_t master[32] = {0}, wrapped[CONSENT__WRAP];
    consent__keys *keys = (consent__keys *)&f;
    (void)state;
    foundation_init(&f);
    f.random_fails = true;
    assert_failed(&f, consent__keys_new(&f.cx, master, store_id, wrapped, &keys), CONSENT_E_RANDOM);
    assert_null(keys);
    consent__keys_free(NULL);
    foundation_done(&f);
}

static void test_subject_key_depends_on_salt_and_uid(void **state) {
    opened o;
    uint8_t salt[16] = {0}, uid[16] = {0}, first[32], other[32];
    size_t i;
    (void)state;
    opened_init(&o);
    consent__subject_key(o.keys, salt, uid, first);
    for (i = 0; i < 32; i++) {
        uint8_t *byte = i < 16 ? &salt[i] : &uid[i - 16];
        *byte = 1;
        consent__subject_key(o.keys, salt, uid, other);
        assert_memory_not_equal(first, other, 32);
        *byte = 0;
    }
    opened_done(&o);
}

static void write_to(const void *guarded) {
    const struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)signal(SIGSEGV, SIG_DFL); /* a sanitizer would write a report */
    (void)signal(SIGBUS, SIG_DFL);
    *(volatile uint8_t *)(uintptr_t)guarded = 1;
    _exit(0);
}

static void assert_readonly(const void *guarded) {
    int status = 0;
    pid_t child = fork();
    assert_int_not_equal(child, -1);
    if (child == 0)
        write_to(guarded);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

static void test_keys_and_signers_cannot_be_written(void **state) {
    opened o;
    consent__signer *s;
    (void)state;
    opened_init(&o);
    assert_int_equal(consent__signer_new(&o.f.cx, &s), CONSENT_OK);
    assert_readonly(o.keys);
    assert_readonly(s);
    consent__signer_free(s);
    opened_done(&o);
}

/* ---- boxes ---- */

static const char ladies[] = "Ladies and Gentlemen of the class of '99: If I could offer you "
                             "only one tip for the future, sunscreen would be it.";

/* draft-irtf-cfrg-xchacha-03 A.3.1: key, nonce, associated data and ciphertext. The draft's text is
 * not padded, so only the tag differs; it comes from the same code that gave the draft's tag. */
static void test_box_seal_gives_the_ciphertext_of_the_xchacha_draft(void **state) {
    foundation f;
    consent__buf box;
    uint8_t key[32], ad[12];
    (void)state;
    foundation_init(&f);
    consent__buf_init(&box, &f.env);
    fill_up(key, 32, 0x80);
    f.next_random = 0x40;
    from_hex("50515253c0c1c2c3c4c5c6c7", ad, 12);
    assert_int_equal(consent__box_seal(&f.cx, key, ad, 12, ladies, sizeof ladies - 1, &box),
                     CONSENT_OK);
    assert_hex(box.data, box.len,
               "404142434445464748494a4b4c4d4e4f5051525354555657bd6d179d3e83d43b9576579493c0e939"
               "572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216"
               "cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
               "21f9664c97637da9768812f615c68b13b52e4a33b60f72469a9bbfb32b59359736235341cf0521d5"
               "d98fe36a523ee2e0");
    consent__buf_free(&box);
    foundation_done(&f);
}

static void test_box_round_trips_every_length(void **state) {
    foundation f;
    consent__buf box, plain;
    uint8_t key[32], bytes[200], out[400];
    size_t n;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&box, &f.env);
    consent__buf_init(&plain, &f.env);
    fill_up(key, 32, 5);
    fill_up(bytes, sizeof bytes, 0);
    bytes[63] = bytes[64] = 0x80; /* what looks like padding at the end of a text */
    bytes[65] = 0;
    for (n = 0; n <= sizeof bytes; n++) {
        consent__buf_reset(&box);
        consent__buf_reset(&plain);
        consent__buf_text(&plain, "kept");
        assert_int_equal(consent__box_seal(&f.cx, key, "ad", 2, bytes, n, &box), CONSENT_OK);
        assert_int_equal(box.len, CONSENT__BOX_OVERHEAD + (n / 64 + 1) * 64);
        assert_int_equal(consent__box_open(&f.cx, key, "ad", 2, box.data, box.len, &plain),
                         CONSENT_OK);
        assert_int_equal(plain.len, 4 + n);
        assert_memory_equal(plain.data, "kept", 4);
        assert_memory_equal(plain.data + 4, bytes, n);
        assert_int_equal(consent__box_open_into(key, "ad", 2, box.data, box.len, out), n);
        assert_memory_equal(out, bytes, n);
    }
    consent__buf_free(&box);
    consent__buf_free(&plain);
    foundation_done(&f);
}

static void test_box_open_refuses_every_changed_byte(void **state) {
    foundation f;
    consent__buf box, plain;
    uint8_t key[32], out[200];
    char ad[] = "type and place";
    size_t i;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&box, &f.env);
    consent__buf_init(&plain, &f.env);
    consent__buf_text(&plain, "kept");
    fill_up(key, 32, 5);
    assert_int_equal(consent__box_seal(&f.cx, key, ad, sizeof ad, "secret", 6, &box), CONSENT_OK);
    for (i = 0; i < box.len; i++) {
        box.data[i] ^= 1;
        assert_failed(&f, consent__box_open(&f.cx, key, ad, sizeof ad, box.data, box.len, &plain),
                      CONSENT_E_SEAL);
        assert_int_equal(consent__box_open_into(key, ad, sizeof ad, box.data, box.len, out), -1);
        box.data[i] ^= 1;
    }
    for (i = 0; i < sizeof key; i++) {
        key[i] ^= 1;
        assert_int_equal(consent__box_open_into(key, ad, sizeof ad, box.data, box.len, out), -1);
        key[i] ^= 1;
    }
    for (i = 0; i < sizeof ad; i++) {
        ad[i] ^= 1;
        assert_int_equal(consent__box_open_into(key, ad, sizeof ad, box.data, box.len, out), -1);
        ad[i] ^= 1;
        assert_int_equal(consent__box_open_into(key, ad, i, box.data, box.len, out), -1);
    }
    for (i = 0; i < box.len; i++)
        assert_failed(&f, consent__box_open(&f.cx, key, ad, sizeof ad, box.data, i, &plain),
                      CONSENT_E_SEAL);
    assert_int_equal(plain.len, 4);
    assert_int_equal(consent__box_open_into(key, ad, sizeof ad, box.data, box.len, out), 6);
    consent__buf_free(&box);
    consent__buf_free(&plain);
    foundation_done(&f);
}

static void test_box_seal_without_memory_or_randomness_adds_nothing(void **state) {
    foundation f;
    consent__buf box;
    uint8_t key[32] = {0};
    (void)state;
    foundation_init(&f);
    consent__buf_init(&box, &f.env);
    consent__buf_text(&box, "kept");
    f.random_fails = true;
    assert_failed(&f, consent__box_seal(&f.cx, key, "", 0, "x", 1, &box), CONSENT_E_RANDOM);
    assert_int_equal(box.len, 4);
    f.until_fail = 0;
    consent__buf_free(&box);
    consent__buf_init(&box, &f.env);
    f.random_fails = false;
    assert_failed(&f, consent__box_seal(&f.cx, key, "", 0, "x", 1, &box), CONSENT_E_MEMORY);
    consent__buf_free(&box);
    foundation_done(&f);
}

static void test_box_never_uses_a_nonce_twice(void **state) {
    foundation f;
    consent__buf a, b;
    uint8_t key[32] = {0};
    (void)state;
    foundation_init(&f);
    f.env.random = NULL;
    consent__buf_init(&a, &f.env);
    consent__buf_init(&b, &f.env);
    assert_int_equal(consent__box_seal(&f.cx, key, "", 0, "x", 1, &a), CONSENT_OK);
    assert_int_equal(consent__box_seal(&f.cx, key, "", 0, "x", 1, &b), CONSENT_OK);
    assert_memory_not_equal(a.data, b.data, 24);
    consent__buf_free(&a);
    consent__buf_free(&b);
    foundation_done(&f);
}

/* ---- Ed25519 ---- */

static void test_signer_gives_the_vectors_of_rfc8032(void **state) {
    static const struct {
        const char *seed, *public_key, *message, *signature;
    } cases[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
         "cf9b46bd25bf5f0595bbe24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
         "0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
        {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
         "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7609"
         "84dc6594a7c15e9716ed28dc027beceea1ec40a"},
    };
    foundation f;
    size_t i;
    (void)state;
    foundation_init(&f);
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t seed[32], public_key[32], message[2], signature[64];
        size_t n = strlen(cases[i].message) / 2, byte;
        consent__signer *s;
        from_hex(cases[i].seed, seed, 32);
        from_hex(cases[i].message, message, n);
        assert_int_equal(consent__signer_from_seed(&f.cx, seed, &s), CONSENT_OK);
        consent__signer_public(s, public_key);
        assert_hex(public_key, 32, cases[i].public_key);
        assert_int_equal(consent__signer_sign(&f.cx, s, message, n, signature), CONSENT_OK);
        assert_hex(signature, 64, cases[i].signature);
        assert_true(consent__verify(public_key, message, n, signature));
        for (byte = 0; byte < 64; byte++) {
            signature[byte] ^= 4;
            assert_false(consent__verify(public_key, message, n, signature));
            signature[byte] ^= 4;
        }
        assert_false(consent__verify(public_key, "other", 5, signature));
        public_key[3] ^= 1;
        assert_false(consent__verify(public_key, message, n, signature));
        consent__signer_free(s);
    }
    consent__signer_free(NULL);
    foundation_done(&f);
}

static void test_verify_refuses_the_zero_key(void **state) {
    /* All zeros is a point of small order: it "verifies" anything in a careless verifier. */
    uint8_t public_key[32] = {0}, signature[64] = {0};
    (void)state;
    assert_false(consent__verify(public_key, "x", 1, signature));
    public_key[0] = signature[0] = 1;
    assert_false(consent__verify(public_key, "x", 1, signature));
}

static void test_signer_wrap_opens_in_its_store_only(void **state) {
    opened o;
    consent__signer *s, *again;
    consent__keys *others;
    uint8_t seed[32], wrapped[CONSENT__WRAP], a[32], b[32], other_id[16] = {0},
                                                            other_wrap[CONSENT__WRAP];
    (void)state;
    opened_init(&o);
    memset(seed, 7, 32);
    assert_int_equal(consent__signer_from_seed(&o.f.cx, seed, &s), CONSENT_OK);
    assert_int_equal(consent__signer_wrap(&o.f.cx, s, o.keys, wrapped), CONSENT_OK);
    assert_hex(wrapped, CONSENT__WRAP,
               "38393a3b3c3d3e3f404142434445464748494a4b4c4d4e4ffac836c58f4e0cf054d465b1324ce589"
               "1378e95ddbe31d2bc7a46216747a513581bfe150a8100b39e48e705f90eb083f");
    assert_int_equal(consent__signer_unwrap(&o.f.cx, o.keys, wrapped, &again), CONSENT_OK);
    consent__signer_public(s, a);
    consent__signer_public(again, b);
    assert_memory_equal(a, b, 32);
    consent__signer_free(again);
    o.f.next_random = 0; /* the same root, another store */
    assert_int_equal(consent__keys_new(&o.f.cx, o.master, other_id, other_wrap, &others),
                     CONSENT_OK);
    assert_failed(&o.f, consent__signer_unwrap(&o.f.cx, others, wrapped, &again), CONSENT_E_SEAL);
    assert_null(again);
    wrapped[30] ^= 1;
    assert_failed(&o.f, consent__signer_unwrap(&o.f.cx, o.keys, wrapped, &again), CONSENT_E_SEAL);
    consent__keys_free(others);
    consent__signer_free(s);
    opened_done(&o);
}

/* ---- Argon2id ---- */

static void test_argon2id_gives_the_vectors_of_libsodium(void **state) {
    /* libsodium's test/default/pwhash_argon2id.c, tv3. */
    static const char passphrase[] =
        "^T5H$JYt39n%K*j:W]!1s?vg!:jGi]Ax?..l7[p0v:1jHTpla9;]bUN;?bWyCbtqg ";
    foundation f;
    uint8_t salt[16], out[32];
    (void)state;
    foundation_init(&f);
    from_hex("6c0f356abb225f2b1ddd66d34739843b", salt, 16);
    assert_int_equal(consent__argon2id(&f.cx, "", 0, salt, 2, 4882u * 1024, out), CONSENT_OK);
    assert_hex(out, 32, "366f1004cfbb447d435e8f6bbe9e5cc0a10e38e7c3da0e89bb19578a1a0d7291");
    assert_int_equal(consent__argon2id(&f.cx, passphrase, sizeof passphrase - 1,
                                       (const uint8_t *)">A 16-bytes salt", 19, 4096u * 1024, out),
                     CONSENT_OK);
    assert_hex(out, 32, "96d07fb9ed643ed04c0467eccac3293e2804ea188d10a67dbecf2f2cd5434060");
    foundation_done(&f);
}

static void test_argon2id_refuses_too_little_work(void **state) {
    foundation f;
    uint8_t salt[16] = {0}, out[32];
    (void)state;
    foundation_init(&f);
    assert_failed(&f, consent__argon2id(&f.cx, "x", 1, salt, 0, 1 << 20, out), CONSENT_E_ARGUMENT);
    assert_failed(&f, consent__argon2id(&f.cx, "x", 1, salt, 1, 8191, out), CONSENT_E_ARGUMENT);
    assert_failed(&f, consent__argon2id(&f.cx, "x", 1, salt, 1, UINT64_MAX, out),
                  CONSENT_E_ARGUMENT);
    foundation_done(&f);
}

static int setup(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    return consent__seal_init(&f.cx) == CONSENT_OK ? 0 : -1;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_derive_the_bytes_of_the_file_format),
        cmocka_unit_test(test_keys_open_gives_the_same_keys),
        cmocka_unit_test(test_keys_open_refuses_another_master_store_or_wrap),
        cmocka_unit_test(test_keys_rewrap_leaves_the_root),
        cmocka_unit_test(test_keys_new_without_randomness_gives_nothing),
        cmocka_unit_test(test_subject_key_depends_on_salt_and_uid),
        cmocka_unit_test(test_keys_and_signers_cannot_be_written),
        cmocka_unit_test(test_box_seal_gives_the_ciphertext_of_the_xchacha_draft),
        cmocka_unit_test(test_box_round_trips_every_length),
        cmocka_unit_test(test_box_open_refuses_every_changed_byte),
        cmocka_unit_test(test_box_seal_without_memory_or_randomness_adds_nothing),
        cmocka_unit_test(test_box_never_uses_a_nonce_twice),
        cmocka_unit_test(test_signer_gives_the_vectors_of_rfc8032),
        cmocka_unit_test(test_verify_refuses_the_zero_key),
        cmocka_unit_test(test_signer_wrap_opens_in_its_store_only),
        cmocka_unit_test(test_argon2id_gives_the_vectors_of_libsodium),
        cmocka_unit_test(test_argon2id_refuses_too_little_work),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
