/* SPDX-License-Identifier: Apache-2.0 */
/* Leaves, trees and proofs, against vectors and against the definitions of RFC 6962 written down
 * once more, recursively. */
#include "foundation.h"

#include <stdio.h>

#include "ledger/ledger.h"

#define MOST 130

/* ---- the reference ---- */

static uint8_t leaves[MOST][32];

static uint64_t reference_split(uint64_t n) {
    uint64_t k = 1;
    while (k * 2 < n)
        k *= 2;
    return k;
}

static void reference_root(const uint8_t (*d)[32], uint64_t n, uint8_t out[32]) {
    uint8_t bytes[65] = {1};
    if (n == 0) {
        consent__sha256("", 0, out);
    } else if (n == 1) {
        memcpy(out, d[0], 32);
    } else {
        uint64_t k = reference_split(n);
        reference_root(d, k, bytes + 1);
        reference_root(d + k, n - k, bytes + 33);
        consent__sha256(bytes, 65, out);
    }
}

static void push_root(consent__proof *p, const uint8_t (*d)[32], uint64_t n) {
    reference_root(d, n, p->hash[p->count++]);
}

static void reference_path(uint64_t m, const uint8_t (*d)[32], uint64_t n, consent__proof *p) {
    uint64_t k;
    if (n == 1)
        return;
    k = reference_split(n);
    if (m < k) {
        reference_path(m, d, k, p);
        push_root(p, d + k, n - k);
    } else {
        reference_path(m - k, d + k, n - k, p);
        push_root(p, d, k);
    }
}

static void reference_sub(uint64_t m, const uint8_t (*d)[32], uint64_t n, bool b,
                          consent__proof *p) {
    uint64_t k;
    if (m == n) {
        if (!b)
            push_root(p, d, n);
        return;
    }
    k = reference_split(n);
    if (m <= k) {
        reference_sub(m, d, k, b, p);
        push_root(p, d + k, n - k);
    } else {
        reference_sub(m - k, d + k, n - k, false, p);
        push_root(p, d, k);
    }
}

/* ---- what the store gives to those who prove ---- */

typedef struct store {
    uint64_t size;      /* nodes beyond are refused */
    int64_t until_fail; /* calls that still succeed; negative: all */
} store;

static consent_status store_node(const consent__cx *cx, void *user, int32_t level, uint64_t index,
                                 uint8_t out[32]) {
    store *s = user;
    uint64_t count = UINT64_C(1) << level;
    if (s->until_fail == 0)
        return consent__fail(cx, CONSENT_E_CORRUPT, "No such node.");
    if (s->until_fail > 0)
        s->until_fail--;
    assert_true((index + 1) * count <= s->size);
    reference_root((const uint8_t(*)[32])leaves + index * count, count, out);
    return CONSENT_OK;
}

static int setup(void **state) {
    foundation f;
    int i;
    (void)state;
    foundation_init(&f);
    for (i = 0; i < MOST; i++) {
        uint8_t data[2] = {0, (uint8_t)i};
        consent__sha256(data, 2, leaves[i]);
    }
    return consent__seal_init(&f.cx) == CONSENT_OK ? 0 : -1;
}

static const uint8_t (*all(void))[32] {
    return (const uint8_t(*)[32])leaves;
}

/* ---- leaves ---- */

static void test_leaf_input_is_canonical_json(void **state) {
    static const char want[] =
        "{\"at\":1767225600123456,\"body\":\"000102030405060708090a0b0c0d0e0f10111213141516171819"
        "1a1b1c1d1e1f\",\"kind\":\"consent.decided\",\"seq\":42,\"v\":1}";
    char input[CONSENT__LEAF_INPUT_MAX];
    uint8_t commitment[32], hash[32];
    (void)state;
    fill_up(commitment, 32, 0);
    assert_int_equal(
        consent__leaf_input(42, INT64_C(1767225600123456), "consent.decided", commitment, input),
        sizeof want - 1);
    assert_string_equal(input, want);
    assert_true(consent__leaf(42, INT64_C(1767225600123456), "consent.decided", commitment, hash));
    assert_hex(hash, 32, "20a2cdc85b8e68aec6dc4cf92296a0da0d69c25642c2522264befb3b93082a05");
}

static void test_leaf_input_prints_every_number_as_printf_does(void **state) {
    static const int64_t numbers[] = {0, 1, 9, 10, 99, 100, 12345, INT64_C(9007199254740991)};
    uint8_t commitment[32] = {0};
    char hex[65];
    size_t i, j;
    (void)state;
    consent__hex(commitment, 32, hex);
    for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        for (j = 0; j < 2 * sizeof numbers / sizeof numbers[0]; j++) {
            int64_t at = j % 2 == 0 ? numbers[j / 2] : -numbers[j / 2];
            char got[CONSENT__LEAF_INPUT_MAX], want[CONSENT__LEAF_INPUT_MAX];
            size_t n = consent__leaf_input(numbers[i], at, "a.b-c", commitment, got);
            (void)snprintf(want, sizeof want,
                           "{\"at\":%lld,\"body\":\"%s\",\"kind\":\"a.b-c\",\"seq\":%lld,\"v\":1}",
                           (long long)at, hex, (long long)numbers[i]);
            assert_string_equal(got, want);
            assert_int_equal(n, strlen(want));
        }
    }
}

static void test_leaf_input_refuses_what_json_would_change(void **state) {
    static const char *const kinds[] = {"",    "Consent", "a b", "a\"b",    "a\\b",
                                        "a_b", "a1",      "a\n", "\xc3\xa4"};
    const int64_t limit = INT64_C(9007199254740991);
    char input[CONSENT__LEAF_INPUT_MAX], longest[CONSENT__LEAF_INPUT_MAX + 1];
    uint8_t commitment[32] = {0}, hash[32];
    size_t i, n;
    (void)state;
    for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        assert_int_equal(consent__leaf_input(0, 0, kinds[i], commitment, input), 0);
        assert_false(consent__leaf(0, 0, kinds[i], commitment, hash));
    }
    assert_int_equal(consent__leaf_input(-1, 0, "a", commitment, input), 0);
    assert_int_equal(consent__leaf_input(limit + 1, 0, "a", commitment, input), 0);
    assert_int_equal(consent__leaf_input(0, limit + 1, "a", commitment, input), 0);
    assert_int_equal(consent__leaf_input(0, -limit - 1, "a", commitment, input), 0);
    assert_int_equal(consent__leaf_input(0, INT64_MIN, "a", commitment, input), 0);
    for (n = 1; n < sizeof longest; n++) { /* a kind that is too long, at the longest numbers */
        memset(longest, 'k', n);
        longest[n] = '\0';
        i = consent__leaf_input(limit, -limit, longest, commitment, input);
        assert_true(i == 0 || (i < sizeof input && i == strlen(input)));
        assert_true(n > 80 || i > 0);
    }
    assert_int_equal(i, 0);
}

static void test_commitment_hashes_nonce_then_body(void **state) {
    uint8_t bytes[32 + 5], got[32], want[32];
    (void)state;
    fill_up(bytes, sizeof bytes, 0);
    consent__sha256(bytes, sizeof bytes, want);
    consent__commitment(bytes, bytes + 32, 5, got);
    assert_memory_equal(got, want, 32);
}

/* ---- trees ---- */

static void test_tree_gives_the_roots_of_the_rfc6962_vectors(void **state) {
    static const char *const inputs[] = {"",
                                         "00",
                                         "10",
                                         "2021",
                                         "3031",
                                         "40414243",
                                         "5051525354555657",
                                         "606162636465666768696a6b6c6d6e6f"};
    static const char *const roots[] = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    consent__tree t;
    uint8_t hash[32], data[16];
    size_t i;
    (void)state;
    consent__tree_init(&t);
    for (i = 0; i <= 8; i++) {
        consent__tree_root(&t, hash);
        assert_hex(hash, 32, roots[i]);
        if (i == 8)
            break;
        from_hex(inputs[i], data, strlen(inputs[i]) / 2);
        consent__sha256_pair(0, data, strlen(inputs[i]) / 2, NULL, 0, hash);
        consent__tree_append(&t, hash, NULL, NULL);
    }
}

static void test_leaf_and_node_have_their_own_domains(void **state) {
    uint8_t hash[32], left[32], right[32], plain[64];
    (void)state;
    consent__sha256_pair(0, "L123456", 7, NULL, 0, hash);
    assert_hex(hash, 32, "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
    consent__sha256_pair(1, "N123", 4, "N456", 4, hash);
    assert_hex(hash, 32, "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
    fill_up(left, 32, 0);
    fill_up(right, 32, 32);
    fill_up(plain, 64, 0);
    consent__node(left, right, hash);
    consent__sha256_pair(0, plain, 64, NULL, 0, left);
    assert_memory_not_equal(hash, left, 32); /* a node cannot pass for a leaf */
}

static void test_tree_agrees_with_the_definition_up_to_130_leaves(void **state) {
    consent__tree t;
    uint64_t n;
    (void)state;
    consent__tree_init(&t);
    for (n = 0; n <= MOST; n++) {
        uint8_t got[32], want[32];
        reference_root(all(), n, want);
        consent__tree_root(&t, got);
        assert_memory_equal(got, want, 32);
        consent__tree_of(leaves[0], n, got);
        assert_memory_equal(got, want, 32);
        assert_true(t.size == n);
        if (n < MOST)
            consent__tree_append(&t, leaves[n], NULL, NULL);
    }
}

static void node_done(void *user, int32_t level, uint64_t index, const uint8_t hash[32]) {
    uint64_t *count = user, size = UINT64_C(1) << level;
    uint8_t want[32];
    assert_true(level >= 1);
    reference_root(all() + index * size, size, want);
    assert_memory_equal(hash, want, 32);
    ++*count;
}

static void test_tree_append_tells_every_perfect_subtree_once(void **state) {
    consent__tree t;
    uint64_t n, count = 0, want = 0;
    (void)state;
    consent__tree_init(&t);
    for (n = 1; n <= MOST; n++) {
        uint64_t k;
        consent__tree_append(&t, leaves[n - 1], node_done, &count);
        for (k = 2; n % k == 0; k *= 2)
            want++;
        assert_true(count == want);
    }
}

static void test_tree_decode_reads_what_encode_wrote(void **state) {
    consent__tree t, back;
    uint8_t bytes[64 * 32], a[32], b[32];
    uint64_t n;
    (void)state;
    consent__tree_init(&t);
    for (n = 0; n < MOST; n++) {
        size_t size = consent__tree_encode(&t, bytes);
        assert_int_equal(size, 32 * (size_t)__builtin_popcountll(n));
        assert_true(consent__tree_decode(&back, n, bytes, size));
        assert_true(back.size == n);
        consent__tree_append(&back, leaves[n], NULL, NULL);
        consent__tree_append(&t, leaves[n], NULL, NULL);
        consent__tree_root(&t, a);
        consent__tree_root(&back, b);
        assert_memory_equal(a, b, 32);
        assert_false(consent__tree_decode(&back, n, bytes, size + 1));
        if (size > 0) {
            assert_false(consent__tree_decode(&back, n, bytes, size - 1));
            assert_false(consent__tree_decode(&back, n, bytes, size - 32));
        }
        assert_false(consent__tree_decode(&back, n, bytes, size + 32));
    }
}

/* ---- proofs ---- */

static void assert_proof(const consent__proof *got, const consent__proof *want) {
    assert_int_equal(got->count, want->count);
    assert_memory_equal(got->hash, want->hash, want->count * 32);
}

static bool included(uint64_t index, uint64_t size, const consent__proof *p, const uint8_t *root) {
    return consent__verify_inclusion(index, size, leaves[index], p, root);
}

/* One proof in every way that it can be wrong. */
static void break_inclusion(uint64_t index, uint64_t size, consent__proof *p, uint8_t root[32]) {
    size_t i;
    uint64_t other;
    for (i = 0; i < p->count; i++) {
        p->hash[i][i % 32] ^= 1;
        assert_false(included(index, size, p, root));
        p->hash[i][i % 32] ^= 1;
    }
    root[31] ^= 1;
    assert_false(included(index, size, p, root));
    root[31] ^= 1;
    assert_false(consent__verify_inclusion(index, size, leaves[(index + 1) % MOST], p, root));
    for (other = 0; other < size + 2; other++)
        if (other != index)
            assert_false(consent__verify_inclusion(other, size, leaves[index], p, root));
    if (p->count > 0) {
        p->count--;
        assert_false(included(index, size, p, root));
        p->count++;
    }
    memset(p->hash[p->count++], 0, 32);
    assert_false(included(index, size, p, root));
    p->count--;
}

static void test_inclusion_holds_for_every_leaf_and_for_nothing_else(void **state) {
    foundation f;
    uint64_t size, index;
    (void)state;
    foundation_init(&f);
    for (size = 1; size <= 69; size++) {
        store s = {size, -1};
        uint8_t root[32];
        reference_root(all(), size, root);
        for (index = 0; index < size; index++) {
            consent__proof proof, want = {0};
            assert_int_equal(consent__prove_inclusion(&f.cx, index, size, store_node, &s, &proof),
                             CONSENT_OK);
            reference_path(index, all(), size, &want);
            assert_proof(&proof, &want);
            assert_true(included(index, size, &proof, root));
            break_inclusion(index, size, &proof, root);
        }
    }
    foundation_done(&f);
}

static void break_consistency(uint64_t first, uint64_t second, consent__proof *p, uint8_t a[32],
                              uint8_t b[32]) {
    size_t i;
    uint64_t other;
    for (i = 0; i < p->count; i++) {
        p->hash[i][i % 32] ^= 0x10;
        assert_false(consent__verify_consistency(first, second, a, b, p));
        p->hash[i][i % 32] ^= 0x10;
    }
    a[0] ^= 1;
    assert_false(consent__verify_consistency(first, second, a, b, p));
    a[0] ^= 1;
    if (first > 0) { /* the empty tree says nothing about the later one */
        b[0] ^= 1;
        assert_false(consent__verify_consistency(first, second, a, b, p));
        b[0] ^= 1;
    }
    for (other = 1; other <= second; other++) /* 0 is told by its root, which is wrong here */
        if (other != first && first != 0)
            assert_false(consent__verify_consistency(other, second, a, b, p));
    if (p->count > 0) {
        p->count--;
        assert_false(consent__verify_consistency(first, second, a, b, p));
        p->count++;
    }
    memset(p->hash[p->count++], 0, 32);
    assert_false(consent__verify_consistency(first, second, a, b, p));
    p->count--;
}

static void test_consistency_holds_for_every_pair_and_for_nothing_else(void **state) {
    foundation f;
    uint64_t first, second;
    (void)state;
    foundation_init(&f);
    for (second = 0; second <= 69; second++) {
        for (first = 0; first <= second; first++) {
            store s = {second, -1};
            uint8_t a[32], b[32];
            consent__proof proof, want = {0};
            reference_root(all(), first, a);
            reference_root(all(), second, b);
            assert_int_equal(
                consent__prove_consistency(&f.cx, first, second, store_node, &s, &proof),
                CONSENT_OK);
            if (first > 0)
                reference_sub(first, all(), second, true, &want);
            assert_proof(&proof, &want);
            assert_true(consent__verify_consistency(first, second, a, b, &proof));
            break_consistency(first, second, &proof, a, b);
            if (first != second)
                assert_false(consent__verify_consistency(second, first, b, a, &proof));
        }
    }
    foundation_done(&f);
}

static void test_consistency_refuses_a_rewritten_history(void **state) {
    foundation f;
    store s = {20, -1};
    consent__proof proof;
    uint8_t before[32], after[32], kept;
    (void)state;
    foundation_init(&f);
    reference_root(all(), 13, before);
    kept = leaves[5][0];
    leaves[5][0] ^= 1; /* an event is edited after the checkpoint */
    reference_root(all(), 20, after);
    assert_int_equal(consent__prove_consistency(&f.cx, 13, 20, store_node, &s, &proof), CONSENT_OK);
    assert_false(consent__verify_consistency(13, 20, before, after, &proof));
    leaves[5][0] = kept;
    foundation_done(&f);
}

static void test_proofs_refuse_sizes_that_cannot_be(void **state) {
    foundation f;
    store s = {8, -1};
    consent__proof proof;
    (void)state;
    foundation_init(&f);
    assert_failed(&f, consent__prove_inclusion(&f.cx, 8, 8, store_node, &s, &proof),
                  CONSENT_E_ARGUMENT);
    assert_failed(&f, consent__prove_inclusion(&f.cx, 0, 0, store_node, &s, &proof),
                  CONSENT_E_ARGUMENT);
    assert_failed(&f, consent__prove_inclusion(&f.cx, 0, UINT64_MAX, store_node, &s, &proof),
                  CONSENT_E_ARGUMENT);
    assert_failed(&f, consent__prove_consistency(&f.cx, 9, 8, store_node, &s, &proof),
                  CONSENT_E_ARGUMENT);
    assert_failed(&f, consent__prove_consistency(&f.cx, 1, UINT64_MAX, store_node, &s, &proof),
                  CONSENT_E_ARGUMENT);
    proof.count = CONSENT__PROOF_MAX + 1;
    assert_false(consent__verify_inclusion(0, UINT64_MAX, leaves[0], &proof, leaves[0]));
    assert_false(consent__verify_consistency(1, UINT64_MAX, leaves[0], leaves[0], &proof));
    foundation_done(&f);
}

static void test_proofs_pass_on_the_failure_of_every_node(void **state) {
    foundation f;
    consent__proof proof;
    int64_t n;
    consent_status status = CONSENT_E_CORRUPT;
    (void)state;
    foundation_init(&f);
    for (n = 0; status != CONSENT_OK; n++) {
        store s = {69, n};
        status = consent__prove_inclusion(&f.cx, 20, 69, store_node, &s, &proof);
        if (status != CONSENT_OK)
            assert_failed(&f, status, CONSENT_E_CORRUPT);
    }
    assert_int_equal(n - 1, 8); /* seven steps, the last over a right side of two subtrees */
    foundation_done(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leaf_input_is_canonical_json),
        cmocka_unit_test(test_leaf_input_prints_every_number_as_printf_does),
        cmocka_unit_test(test_leaf_input_refuses_what_json_would_change),
        cmocka_unit_test(test_commitment_hashes_nonce_then_body),
        cmocka_unit_test(test_tree_gives_the_roots_of_the_rfc6962_vectors),
        cmocka_unit_test(test_leaf_and_node_have_their_own_domains),
        cmocka_unit_test(test_tree_agrees_with_the_definition_up_to_130_leaves),
        cmocka_unit_test(test_tree_append_tells_every_perfect_subtree_once),
        cmocka_unit_test(test_tree_decode_reads_what_encode_wrote),
        cmocka_unit_test(test_inclusion_holds_for_every_leaf_and_for_nothing_else),
        cmocka_unit_test(test_consistency_holds_for_every_pair_and_for_nothing_else),
        cmocka_unit_test(test_consistency_refuses_a_rewritten_history),
        cmocka_unit_test(test_proofs_refuse_sizes_that_cannot_be),
        cmocka_unit_test(test_proofs_pass_on_the_failure_of_every_node),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
