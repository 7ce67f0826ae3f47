/* SPDX-License-Identifier: Apache-2.0 */
/* Signed notes, verifier keys and checkpoints. The first note is the example of the C2SP
 * signed-note specification, the second that of Go's sumdb/note. */
#include "foundation.h"

#include <stdio.h>

#include "ledger/ledger.h"

#define FOO_VKEY "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define FOO_TEXT "This is an example message.\n"
#define FOO_LINE                                                                                   \
    "\xe2\x80\x94 example.com/foo "                                                                \
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=" \
    "\n"

#define PETER_VKEY "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
#define PETER_SEED "810a1402d5146c8d84f2443330f54080ebf98ee17d9c74f6252fc5d5c7283173"
#define PETER_TEXT                                                                                 \
    "If you think cryptography is the answer to your problem,\n"                                   \
    "then you don't know what your problem is.\n"
#define PETER_LINE                                                                                 \
    "\xe2\x80\x94 PeterNeumann "                                                                   \
    "x08go/ZJkuBS9UG/"                                                                             \
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
#define ENOCH_LINE                                                                                 \
    "\xe2\x80\x94 EnochRoot "                                                                      \
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/"                                                 \
    "5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"

#define ORIGIN "example.org/log"
#define ROOT "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

typedef struct world {
    foundation f;
    consent__arena arena;
    char *name;
    uint8_t key[32];
} world;

static void world_init(world *w, const char *vkey) {
    foundation_init(&w->f);
    consent__arena_init(&w->arena, &w->f.env);
    assert_int_equal(consent__note_vkey_parse(&w->f.cx, vkey, &w->arena, &w->name, w->key),
                     CONSENT_OK);
}

static void world_done(world *w) {
    consent__arena_free(&w->arena);
    foundation_done(&w->f);
}

static consent_status note_open(world *w, const char *note) {
    size_t n;
    consent_status status = consent__note_open(&w->f.cx, note, strlen(note), w->name, w->key, &n);
    assert_true((status == CONSENT_OK) == (n > 0));
    return status;
}

/* ---- verifier keys ---- */

static void test_vkey_reads_and_writes_the_examples(void **state) {
    static const char *const keys[] = {
        FOO_VKEY, PETER_VKEY, "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6"};
    size_t i;
    (void)state;
    for (i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        world w;
        consent__buf b;
        uint8_t id[4];
        world_init(&w, keys[i]);
        consent__buf_init(&b, &w.f.env);
        consent__note_vkey(&b, w.name, w.key);
        assert_string_equal(consent__buf_cstr(&b), keys[i]);
        if (i == 0) {
            assert_string_equal(w.name, "example.com/foo");
            consent__note_key_id(w.name, w.key, id);
            assert_hex(id, 4, "530d903a");
        }
        consent__buf_free(&b);
        world_done(&w);
    }
}

static void assert_vkey_refused(world *w, const char *vkey) {
    char *name = (char *)w;
    uint8_t key[32];
    consent_status status = consent__note_vkey_parse(&w->f.cx, vkey, &w->arena, &name, key);
    if (status != CONSENT_E_FORMAT)
        fail_msg("%s", vkey);
    assert_null(name);
    assert_failed(&w->f, status, CONSENT_E_FORMAT);
}

static void test_vkey_refuses_every_mangled_key(void **state) {
    static const char *const bad[] = {
        "",
        "+",
        "++",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        /* another length and another algorithm, with the id that goes with them */
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    };
    world w;
    char key[] = PETER_VKEY, part[sizeof key];
    const size_t n = sizeof key - 1;
    size_t i, j;
    (void)state;
    world_init(&w, PETER_VKEY);
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_vkey_refused(&w, bad[i]);
    for (i = 0; i < n; i++) {
        for (j = i; j <= n; j++) {
            if (i == 0 && j == n)
                continue;
            memcpy(part, key + i, j - i);
            part[j - i] = '\0';
            assert_vkey_refused(&w, part);
        }
    }
    for (i = 0; i < n; i++) {
        key[i]++;
        assert_vkey_refused(&w, key);
        key[i]--;
    }
    world_done(&w);
}

static void test_vkey_refuses_names_that_a_note_cannot_hold(void **state) {
    static const char *const names[] = {"a b",          "a\xc2\xa0",     "a\xe2\x80\x83z",
                                        "\xe3\x80\x80", "a\nb",          "a\x85",
                                        "a\tb",         "\xe2\x80\xa8x", "\x01"};
    world w;
    consent__buf b;
    size_t i;
    (void)state;
    world_init(&w, PETER_VKEY);
    consent__buf_init(&b, &w.f.env);
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        consent__buf_reset(&b);
        consent__note_vkey(&b, names[i], w.key); /* right but for the name */
        assert_vkey_refused(&w, consent__buf_cstr(&b));
    }
    consent__buf_free(&b);
    world_done(&w);
}

static void test_vkey_survives_every_failing_allocation(void **state) {
    consent_status status = CONSENT_E_MEMORY;
    int64_t n;
    (void)state;
    for (n = 0; status != CONSENT_OK; n++) {
        foundation f;
        consent__arena a;
        char *name;
        uint8_t key[32];
        foundation_init(&f);
        consent__arena_init(&a, &f.env);
        f.until_fail = n;
        status = consent__note_vkey_parse(&f.cx, FOO_VKEY, &a, &name, key);
        assert_true(status == CONSENT_OK || status == CONSENT_E_MEMORY);
        assert_int_equal(consent_error_status(f.err), status);
        assert_true((status == CONSENT_OK) == (name != NULL));
        consent__arena_free(&a);
        foundation_done(&f);
        assert_true(n < 10);
    }
    assert_true(n > 2);
}

/* ---- notes ---- */

static void test_note_open_takes_the_examples(void **state) {
    world w;
    size_t n;
    (void)state;
    world_init(&w, FOO_VKEY);
    assert_int_equal(consent__note_open(&w.f.cx, FOO_TEXT "\n" FOO_LINE,
                                        strlen(FOO_TEXT "\n" FOO_LINE), w.name, w.key, &n),
                     CONSENT_OK);
    assert_int_equal(n, strlen(FOO_TEXT));
    world_done(&w);
    world_init(&w, PETER_VKEY);
    assert_int_equal(note_open(&w, PETER_TEXT "\n" PETER_LINE), CONSENT_OK);
    assert_int_equal(note_open(&w, PETER_TEXT "\n" PETER_LINE ENOCH_LINE), CONSENT_OK);
    assert_int_equal(note_open(&w, PETER_TEXT "\n" ENOCH_LINE PETER_LINE), CONSENT_OK);
    world_done(&w);
}

static void test_note_sign_line_gives_the_example_of_go(void **state) {
    world w;
    consent__buf b;
    consent__signer *s;
    uint8_t seed[32], public_key[32], signature[64];
    (void)state;
    world_init(&w, PETER_VKEY);
    consent__buf_init(&b, &w.f.env);
    from_hex(PETER_SEED, seed, 32);
    assert_int_equal(consent__signer_from_seed(&w.f.cx, seed, &s), CONSENT_OK);
    consent__signer_public(s, public_key);
    assert_memory_equal(public_key, w.key, 32);
    assert_int_equal(consent__signer_sign(&w.f.cx, s, PETER_TEXT, strlen(PETER_TEXT), signature),
                     CONSENT_OK);
    consent__buf_text(&b, PETER_TEXT);
    consent__note_sign_line(&b, w.name, w.key, signature);
    assert_string_equal(consent__buf_cstr(&b), PETER_TEXT "\n" PETER_LINE);
    consent__signer_free(s);
    consent__buf_free(&b);
    world_done(&w);
}

static void test_note_open_refuses_every_changed_byte(void **state) {
    world w;
    char note[] = PETER_TEXT "\n" PETER_LINE;
    size_t i;
    int bit;
    (void)state;
    world_init(&w, PETER_VKEY);
    for (i = 0; i < sizeof note - 1; i++) {
        for (bit = 0; bit < 8; bit++) {
            consent_status status;
            note[i] = (char)(note[i] ^ 1 << bit);
            status = note_open(&w, note);
            assert_true(status == CONSENT_E_FORMAT || status == CONSENT_E_SIGNATURE);
            consent__forget(&w.f.cx);
            note[i] = (char)(note[i] ^ 1 << bit);
        }
    }
    for (i = 0; i < sizeof note - 1; i++) {
        size_t n;
        consent_status status = consent__note_open(&w.f.cx, note, i, w.name, w.key, &n);
        assert_failed(&w.f, status, CONSENT_E_FORMAT);
    }
    world_done(&w);
}

static void test_note_open_refuses_what_is_no_note(void **state) {
    static const char *const bad[] = {
        "",
        "\n",
        "\n\n",
        PETER_TEXT,
        PETER_TEXT "\n",
        PETER_TEXT PETER_LINE,
        "\x01" PETER_TEXT "\n" PETER_LINE,
        "\xff" PETER_TEXT "\n" PETER_LINE,
        PETER_TEXT "\r\n" PETER_LINE,
        PETER_TEXT "\n" PETER_LINE "Unexpected line.\n",
        PETER_TEXT "\n" PETER_LINE "\n",
        PETER_TEXT "\n\xe2\x80\x94 Bad Name x08go/ZJ\n" PETER_LINE,
        PETER_TEXT "\n\xe2\x80\x94 Bad+Name x08go/ZJ\n" PETER_LINE,
        PETER_TEXT "\n\xe2\x80\x94  x08go/ZJ\n" PETER_LINE,
        PETER_TEXT "\n\xe2\x80\x94 Other x08goA==\n" PETER_LINE, /* an id alone */
        PETER_TEXT "\n\xe2\x80\x94 Other x08go/Z\n" PETER_LINE,
        PETER_TEXT "\n- Other x08go/ZJ\n" PETER_LINE,
    };
    world w;
    size_t i;
    (void)state;
    world_init(&w, PETER_VKEY);
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        consent_status status = note_open(&w, bad[i]);
        if (status != CONSENT_E_FORMAT)
            fail_msg("%s", bad[i]);
        consent__forget(&w.f.cx);
    }
    world_done(&w);
}

static void test_note_open_wants_the_known_key(void **state) {
    world w;
    (void)state;
    world_init(&w, PETER_VKEY);
    assert_failed(&w.f, note_open(&w, PETER_TEXT "\n" ENOCH_LINE), CONSENT_E_SIGNATURE);
    assert_failed(&w.f, note_open(&w, FOO_TEXT "\n" FOO_LINE), CONSENT_E_SIGNATURE);
    w.key[0] ^= 1; /* the name is ours, the key is not */
    assert_failed(&w.f, note_open(&w, PETER_TEXT "\n" PETER_LINE), CONSENT_E_SIGNATURE);
    w.key[0] ^= 1;
    w.name = (char *)(uintptr_t) "PeterNeuman";
    assert_failed(&w.f, note_open(&w, PETER_TEXT "\n" PETER_LINE), CONSENT_E_SIGNATURE);
    world_done(&w);
}

static void test_note_open_refuses_a_bad_signature_beside_a_good_one(void **state) {
    world w;
    char note[] = PETER_TEXT "\n" PETER_LINE PETER_LINE;
    (void)state;
    world_init(&w, PETER_VKEY);
    assert_int_equal(note_open(&w, note), CONSENT_OK);
    note[sizeof note - 30] = note[sizeof note - 30] == 'A' ? 'B' : 'A';
    assert_failed(&w.f, note_open(&w, note), CONSENT_E_SIGNATURE);
    world_done(&w);
}

static void test_note_open_splits_at_the_last_blank_line(void **state) {
    world w;
    (void)state;
    world_init(&w, PETER_VKEY);
    /* The text of this note would be "Forged\n\n" + the old one: nobody signed that. */
    assert_failed(&w.f, note_open(&w, "Forged\n\n" PETER_TEXT "\n" PETER_LINE),
                  CONSENT_E_SIGNATURE);
    world_done(&w);
}

static void test_note_open_takes_sixteen_signatures_and_not_endlessly_many(void **state) {
    world w;
    consent__buf b;
    int i;
    (void)state;
    world_init(&w, PETER_VKEY);
    consent__buf_init(&b, &w.f.env);
    consent__buf_text(&b, PETER_TEXT "\n");
    for (i = 0; i < 15; i++)
        consent__buf_text(&b, ENOCH_LINE);
    consent__buf_text(&b, PETER_LINE);
    assert_int_equal(note_open(&w, consent__buf_cstr(&b)), CONSENT_OK);
    for (i = 16; i < 101; i++)
        consent__buf_text(&b, ENOCH_LINE);
    assert_failed(&w.f, note_open(&w, consent__buf_cstr(&b)), CONSENT_E_FORMAT);
    consent__buf_free(&b);
    world_done(&w);
}

/* ---- checkpoints ---- */

static void sign_text(world *w, consent__buf *b, const char *text) {
    consent__signer *s;
    uint8_t seed[32], signature[64];
    from_hex(PETER_SEED, seed, 32);
    assert_int_equal(consent__signer_from_seed(&w->f.cx, seed, &s), CONSENT_OK);
    assert_int_equal(consent__signer_sign(&w->f.cx, s, text, strlen(text), signature), CONSENT_OK);
    consent__signer_free(s);
    consent__buf_reset(b);
    consent__buf_text(b, text);
    consent__note_sign_line(b, w->name, w->key, signature);
}

static consent_status checkpoint_open(world *w, consent__buf *b, consent__checkpoint *out) {
    return consent__checkpoint_open(&w->f.cx, (const char *)b->data, b->len, w->name, w->key,
                                    &w->arena, out);
}

static void test_checkpoint_opens_what_was_written(void **state) {
    static const uint64_t sizes[] = {0, 1, 7, 4096, UINT64_C(9007199254740991), UINT64_MAX};
    world w;
    consent__buf text, note;
    uint8_t root[32];
    size_t i;
    (void)state;
    world_init(&w, PETER_VKEY);
    consent__buf_init(&text, &w.f.env);
    consent__buf_init(&note, &w.f.env);
    fill_up(root, 32, 0);
    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        consent__checkpoint c;
        consent__buf_reset(&text);
        consent__checkpoint_text(&text, ORIGIN, sizes[i], root);
        sign_text(&w, &note, consent__buf_cstr(&text));
        assert_int_equal(checkpoint_open(&w, &note, &c), CONSENT_OK);
        assert_string_equal(c.origin, ORIGIN);
        assert_true(c.size == sizes[i]);
        assert_memory_equal(c.root, root, 32);
        if (sizes[i] == 7)
            assert_string_equal(consent__buf_cstr(&text), ORIGIN "\n7\n" ROOT "\n");
    }
    consent__buf_free(&text);
    consent__buf_free(&note);
    world_done(&w);
}

static void test_checkpoint_takes_extension_lines_of_others(void **state) {
    world w;
    consent__buf note;
    consent__checkpoint c;
    (void)state;
    world_init(&w, PETER_VKEY);
    consent__buf_init(&note, &w.f.env);
    sign_text(&w, &note, ORIGIN "\n7\n" ROOT "\nextension one\nextension two\n");
    assert_int_equal(checkpoint_open(&w, &note, &c), CONSENT_OK);
    assert_true(c.size == 7);
    consent__buf_free(&note);
    world_done(&w);
}

static void test_checkpoint_refuses_signed_texts_that_are_none(void **state) {
    static const char *const bad[] = {
        "\n",
        ORIGIN "\n",
        ORIGIN "\n7\n",
        "\n7\n" ROOT "\n",
        ORIGIN "\n\n" ROOT "\n",
        ORIGIN "\n07\n" ROOT "\n",
        ORIGIN "\n00\n" ROOT "\n",
        ORIGIN "\n-1\n" ROOT "\n",
        ORIGIN "\n+1\n" ROOT "\n",
        ORIGIN "\n7 \n" ROOT "\n",
        ORIGIN "\n0x7\n" ROOT "\n",
        ORIGIN "\n18446744073709551616\n" ROOT "\n",
        ORIGIN "\n99999999999999999999999\n" ROOT "\n",
        ORIGIN "\n7\n\n",
        ORIGIN "\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n",
        ORIGIN "\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=\n",
        ORIGIN "\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==\n",
        ORIGIN "\n7\n" ROOT "AAAA\n",
        ORIGIN "\n7\n" ROOT "\n\nafter an empty line\n",
    };
    world w;
    consent__buf note;
    size_t i;
    (void)state;
    world_init(&w, PETER_VKEY);
    consent__buf_init(&note, &w.f.env);
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        consent__checkpoint c;
        consent_status status;
        sign_text(&w, &note, bad[i]);
        status = checkpoint_open(&w, &note, &c);
        if (status != CONSENT_E_FORMAT)
            fail_msg("%s", bad[i]);
        assert_null(c.origin);
        assert_true(c.size == 0);
        consent__forget(&w.f.cx);
    }
    consent__buf_free(&note);
    world_done(&w);
}

static void test_checkpoint_is_not_read_before_it_is_verified(void **state) {
    world w;
    consent__buf note;
    consent__checkpoint c;
    (void)state;
    world_init(&w, PETER_VKEY);
    consent__buf_init(&note, &w.f.env);
    sign_text(&w, &note, ORIGIN "\n7\n" ROOT "\n");
    note.data[strlen(ORIGIN) + 1] = '8'; /* a longer tree, which nobody signed */
    assert_failed(&w.f, checkpoint_open(&w, &note, &c), CONSENT_E_SIGNATURE);
    assert_null(c.origin);
    assert_true(c.size == 0);
    consent__buf_free(&note);
    world_done(&w);
}

static void test_checkpoint_survives_every_failing_allocation(void **state) {
    world w;
    consent__buf note;
    consent_status status = CONSENT_E_MEMORY;
    int64_t n;
    (void)state;
    world_init(&w, PETER_VKEY);
    consent__buf_init(&note, &w.f.env);
    sign_text(&w, &note, ORIGIN "\n7\n" ROOT "\n");
    for (n = 0; status != CONSENT_OK; n++) {
        consent__checkpoint c;
        consent__arena_free(&w.arena);
        w.name = (char *)(uintptr_t) "PeterNeumann";
        w.f.until_fail = n;
        status = checkpoint_open(&w, &note, &c);
        assert_true(status == CONSENT_OK || status == CONSENT_E_MEMORY);
        assert_true((status == CONSENT_OK) == (c.origin != NULL));
        assert_int_equal(consent_error_status(w.f.err), status);
        w.f.until_fail = -1;
        consent__forget(&w.f.cx);
        assert_true(n < 10);
    }
    assert_true(n > 2);
    consent__buf_free(&note);
    world_done(&w);
}

static int setup(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    return consent__seal_init(&f.cx) == CONSENT_OK ? 0 : -1;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vkey_reads_and_writes_the_examples),
        cmocka_unit_test(test_vkey_refuses_every_mangled_key),
        cmocka_unit_test(test_vkey_refuses_names_that_a_note_cannot_hold),
        cmocka_unit_test(test_vkey_survives_every_failing_allocation),
        cmocka_unit_test(test_note_open_takes_the_examples),
        cmocka_unit_test(test_note_sign_line_gives_the_example_of_go),
        cmocka_unit_test(test_note_open_refuses_every_changed_byte),
        cmocka_unit_test(test_note_open_refuses_what_is_no_note),
        cmocka_unit_test(test_note_open_wants_the_known_key),
        cmocka_unit_test(test_note_open_refuses_a_bad_signature_beside_a_good_one),
        cmocka_unit_test(test_note_open_splits_at_the_last_blank_line),
        cmocka_unit_test(test_note_open_takes_sixteen_signatures_and_not_endlessly_many),
        cmocka_unit_test(test_checkpoint_opens_what_was_written),
        cmocka_unit_test(test_checkpoint_takes_extension_lines_of_others),
        cmocka_unit_test(test_checkpoint_refuses_signed_texts_that_are_none),
        cmocka_unit_test(test_checkpoint_is_not_read_before_it_is_verified),
        cmocka_unit_test(test_checkpoint_survives_every_failing_allocation),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
