/* SPDX-License-Identifier: Apache-2.0 */
/* Every kind of row goes in and comes out the same; what is missing, double or NULL is refused. */
#include "store_fixture.h"

/* ---- meta, head ---- */

static void test_meta_put_get_replaces_and_appends(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    consent__buf buf;
    consent__buf_init(&buf, f->cx.env);
    OK(f->engine->meta_put(&f->cx, tx, "k", "first", 5));
    OK(f->engine->meta_put(&f->cx, tx, "k", "2", 1));
    OK(f->engine->meta_put(&f->cx, tx, "empty", "", 0));
    OK(f->engine->meta_get(&f->cx, tx, "k", &buf));
    OK(f->engine->meta_get(&f->cx, tx, "id", &buf));
    OK(f->engine->meta_get(&f->cx, tx, "empty", &buf));
    assert_int_equal(buf.len, 17);
    assert_memory_equal(buf.data, "20123456789abcdef", 17);
    EXPECT(f->engine->meta_get(&f->cx, tx, "none", &buf), CONSENT_E_NOT_FOUND);
    assert_int_equal(buf.len, 17);
    OK(f->engine->commit(&f->cx, tx));
    consent__buf_free(&buf);
}

static void test_head_put_get_round_trip(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    consent__head in = {.size = 5, .at = -7, .catalog = 3, .frontier_len = sizeof in.frontier}, out;
    store_bytes(in.frontier, sizeof in.frontier, 1);
    OK(f->engine->head_put(&f->cx, tx, &in));
    OK(f->engine->head_get(&f->cx, tx, &out));
    assert_int_equal(out.size, 5);
    assert_int_equal(out.at, -7);
    assert_int_equal(out.catalog, 3);
    assert_int_equal(out.frontier_len, sizeof in.frontier);
    assert_memory_equal(out.frontier, in.frontier, sizeof in.frontier);
    in.frontier_len = 33; /* not whole hashes */
    EXPECT(f->engine->head_put(&f->cx, tx, &in), CONSENT_E_ENGINE);
    f->engine->rollback(tx);
}

/* ---- events ---- */

static void test_event_append_get_round_trip(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    consent__event_row out;
    store_event e;
    store_add_subject(f, tx, 1);
    store_make_event(&e, 1, 1);
    OK(f->engine->event_append(&f->cx, tx, &e.row));
    OK(f->engine->event_get(&f->cx, tx, 1, &out));
    assert_int_equal(out.seq, 1);
    assert_int_equal(out.at, e.row.at);
    assert_string_equal(out.kind, "consent.granted");
    assert_memory_equal(out.commitment, e.row.commitment, 32);
    assert_memory_equal(out.leaf, e.row.leaf, 32);
    assert_int_equal(out.subject, 1);
    assert_int_equal(out.box_len, sizeof e.box);
    assert_memory_equal(out.box, e.box, sizeof e.box);
    OK(f->engine->event_get(&f->cx, tx, 0, &out));
    assert_int_equal(out.subject, 0); /* of the store: a clear body */
    assert_non_null(out.box);
    EXPECT(f->engine->event_get(&f->cx, tx, 2, &out), CONSENT_E_NOT_FOUND);
    EXPECT(f->engine->event_get(&f->cx, tx, -1, &out), CONSENT_E_NOT_FOUND);
    OK(f->engine->commit(&f->cx, tx));
}

/* A large transaction runs without the triggers; what they demand is demanded all the same. */
static void test_event_append_out_of_order_conflicts_in_a_large_transaction(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    store_event e;
    store_add_subject(f, tx, 1);
    f->engine->expect(tx, 5000);
    static const int64_t wrong[] = {0, 2, 100, INT64_MAX}; /* 0 is there, 1 is next */
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        store_make_event(&e, 1, 1);
        e.row.seq = wrong[i];
        EXPECT(f->engine->event_append(&f->cx, tx, &e.row), CONSENT_E_CONFLICT);
    }
    store_append(f, tx, 1, 1);
    OK(f->engine->savepoint(&f->cx, tx));
    store_append(f, tx, 2, 1);
    OK(f->engine->savepoint_undo(&f->cx, tx));
    store_append(f, tx, 2, 1);
    store_put_state(f, tx, 1, 2, 64);
    f->engine->expect(tx, 0); /* and now the triggers again */
    store_make_event(&e, 7, 1);
    EXPECT(f->engine->event_append(&f->cx, tx, &e.row), CONSENT_E_CONFLICT);
    EXPECT(f->engine->subject_add(&f->cx, tx, 1, e.row.commitment, e.row.leaf), CONSENT_E_CONFLICT);
    store_append(f, tx, 3, 1);
    assert_int_equal(store_size(f, tx), 4);
    OK(f->engine->commit(&f->cx, tx));
    tx = store_write(f);
    f->engine->expect(tx, 5000);
    store_append(f, tx, 4, 1);
    f->engine->rollback(tx);
    tx = store_write(f); /* nothing of that stayed behind */
    store_make_event(&e, 6, 1);
    EXPECT(f->engine->event_append(&f->cx, tx, &e.row), CONSENT_E_CONFLICT);
    store_append(f, tx, 4, 1);
    OK(f->engine->commit(&f->cx, tx));
}

static void test_event_append_out_of_order_conflicts(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    store_event e;
    const int64_t wrong[] = {0, 2, -1, 100, INT64_MAX};
    size_t i;
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        store_make_event(&e, 1, 0);
        e.row.seq = wrong[i];
        EXPECT(f->engine->event_append(&f->cx, tx, &e.row), CONSENT_E_CONFLICT);
    }
    store_append(f, tx, 1, 0);
    OK(f->engine->commit(&f->cx, tx));
}

typedef struct seen {
    store_fixture *f;
    consent__tx *tx;
    int64_t first, last, count, stop_after, subject, with_body;
    bool nested;
    consent_status fails;
} seen;

static consent_status see_event(const consent__cx *cx, void *user, const consent__event_row *row) {
    seen *s = user;
    store_fixture *f = s->f;
    (void)cx;
    if (s->count == 0)
        s->first = row->seq;
    else
        assert_true(row->seq > s->last);
    s->last = row->seq;
    s->count++;
    s->with_body += row->box != NULL;
    if (s->subject != 0 && row->box != NULL)
        assert_int_equal(row->subject, s->subject);
    if (s->nested) { /* the same statement again, and another, while this one is on its way */
        consent__event_row other;
        seen inner = {.f = f, .tx = s->tx};
        OK(f->engine->event_scan(&f->cx, s->tx, 0, INT64_MAX, 0, true, see_event, &inner));
        assert_int_equal(inner.count, 10);
        OK(f->engine->event_get(&f->cx, s->tx, 3, &other));
        assert_int_equal(other.seq, 3);
        assert_string_equal(row->kind, "consent.granted"); /* our row is still there */
    }
    if (s->fails != CONSENT_OK)
        return consent__fail(&f->cx, s->fails, "as asked");
    return s->stop_after == s->count ? CONSENT_DONE : CONSENT_OK;
}

static consent__tx *ten_events(store_fixture *f) {
    consent__tx *tx = store_write(f);
    int64_t seq;
    store_add_subject(f, tx, 1);
    store_add_subject(f, tx, 2);
    for (seq = 1; seq < 10; seq++)
        store_append(f, tx, seq, seq % 3); /* 0: of the store */
    return tx;
}

static void test_event_scan_ranges_subjects_bodies(void **state) {
    static const struct {
        int64_t from, to, subject;
        bool bodies;
        int64_t count, first, last;
    } cases[] = {
        {0, INT64_MAX, 0, true, 10, 0, 9}, {0, INT64_MAX, 0, false, 10, 0, 9},
        {3, 5, 0, true, 3, 3, 5},          {3, 5, 0, false, 3, 3, 5},
        {5, 3, 0, true, 0, 0, 0},          {-5, 0, 0, true, 1, 0, 0},
        {0, INT64_MAX, 1, true, 3, 1, 7},  {0, INT64_MAX, 1, false, 3, 1, 7},
        {2, 5, 2, true, 2, 2, 5},          {0, INT64_MAX, 9, true, 0, 0, 0},
        {10, INT64_MAX, 0, true, 0, 0, 0},
    };
    store_fixture *f = *state;
    consent__tx *tx = ten_events(f);
    size_t i;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        seen s = {.f = f, .subject = cases[i].subject};
        OK(f->engine->event_scan(&f->cx, tx, cases[i].from, cases[i].to, cases[i].subject,
                                 cases[i].bodies, see_event, &s));
        assert_int_equal(s.count, cases[i].count);
        assert_int_equal(s.with_body, cases[i].bodies ? cases[i].count : 0);
        if (s.count > 0) {
            assert_int_equal(s.first, cases[i].first);
            assert_int_equal(s.last, cases[i].last);
        }
    }
    OK(f->engine->commit(&f->cx, tx));
}

static void test_event_scan_stops_fails_and_nests(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = ten_events(f);
    seen stop = {.f = f, .stop_after = 4}, fails = {.f = f, .fails = CONSENT_E_FORMAT};
    seen nested = {.f = f, .tx = tx, .nested = true};
    OK(f->engine->event_scan(&f->cx, tx, 0, 99, 0, true, see_event, &stop));
    assert_int_equal(stop.count, 4);
    EXPECT(f->engine->event_scan(&f->cx, tx, 0, 99, 0, true, see_event, &fails), CONSENT_E_FORMAT);
    assert_int_equal(fails.count, 1);
    OK(f->engine->event_scan(&f->cx, tx, 0, 99, 0, true, see_event, &nested));
    assert_int_equal(nested.count, 10);
    OK(f->engine->commit(&f->cx, tx));
}

static void test_event_upto_finds_last_at_or_before(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = ten_events(f); /* at = 1000, 1010 … 1090 */
    int64_t t, seq;
    store_event e;
    store_make_event(&e, 10, 0);
    e.row.at = 1090; /* the same instant twice */
    OK(f->engine->event_append(&f->cx, tx, &e.row));
    for (t = 990; t < 1110; t++) {
        int64_t wanted = t < 1000 ? -1 : t >= 1090 ? 10 : (t - 1000) / 10;
        OK(f->engine->event_upto(&f->cx, tx, t, &seq));
        assert_int_equal(seq, wanted);
    }
    OK(f->engine->event_upto(&f->cx, tx, INT64_MIN, &seq));
    assert_int_equal(seq, -1);
    f->engine->rollback(tx);
}

static void test_node_put_get_round_trip(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    uint8_t in[32], out[32];
    store_bytes(in, 32, 4);
    OK(f->engine->node_put(&f->cx, tx, 8, INT64_C(1) << 40, in));
    OK(f->engine->node_get(&f->cx, tx, 8, INT64_C(1) << 40, out));
    assert_memory_equal(in, out, 32);
    EXPECT(f->engine->node_get(&f->cx, tx, 8, 1, out), CONSENT_E_NOT_FOUND);
    EXPECT(f->engine->node_put(&f->cx, tx, 8, INT64_C(1) << 40, in), CONSENT_E_CONFLICT);
    f->engine->rollback(tx);
}

/* ---- subjects ---- */

static void check_subject(const consent__subject_row *row, int64_t subject, int64_t seq,
                          size_t box_len) {
    uint8_t bytes[512];
    assert_int_equal(row->subject, subject);
    store_bytes(bytes, 16, 500 + (uint64_t)subject);
    assert_memory_equal(row->uid, bytes, 16);
    store_bytes(bytes, 16, 900 + (uint64_t)subject);
    assert_memory_equal(row->salt, bytes, 16);
    assert_int_equal(row->box_len, box_len);
    if (box_len == 0) {
        assert_null(row->box);
        return;
    }
    store_bytes(bytes, 16, 700 + (uint64_t)subject);
    assert_memory_equal(row->lookup, bytes, 16);
    assert_int_equal(row->seq, seq);
    store_bytes(bytes, box_len, (uint64_t)seq);
    assert_memory_equal(row->box, bytes, box_len);
}

static void test_subject_is_found_by_lookup_id_and_uid(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    consent__subject_row row;
    uint8_t lookup[16], uid[16], key_uid[16], key_salt[16];
    int64_t next = 0;
    OK(f->engine->subject_next(&f->cx, tx, &next));
    assert_int_equal(next, 1);
    store_add_subject(f, tx, 1);
    store_add_subject(f, tx, 7);
    OK(f->engine->subject_next(&f->cx, tx, &next));
    assert_int_equal(next, 8);
    store_put_state(f, tx, 7, 3, 200);
    store_put_state(f, tx, 7, 4, 300);
    store_bytes(lookup, 16, 707);
    store_bytes(uid, 16, 507);
    OK(f->engine->subject_get(&f->cx, tx, lookup, &row));
    check_subject(&row, 7, 4, 300);
    OK(f->engine->subject_by_id(&f->cx, tx, 7, &row));
    check_subject(&row, 7, 4, 300);
    OK(f->engine->subject_by_uid(&f->cx, tx, uid, &row));
    check_subject(&row, 7, 4, 300);
    OK(f->engine->subject_key(&f->cx, tx, 7, key_uid, key_salt));
    assert_memory_equal(key_uid, row.uid, 16);
    assert_memory_equal(key_salt, row.salt, 16);
    EXPECT(f->engine->subject_key(&f->cx, tx, 2, key_uid, key_salt), CONSENT_E_NOT_FOUND);
    OK(f->engine->subject_by_id(&f->cx, tx, 1, &row)); /* known, without state */
    check_subject(&row, 1, 0, 0);
    store_bytes(lookup, 16, 701);
    EXPECT(f->engine->subject_get(&f->cx, tx, lookup, &row), CONSENT_E_NOT_FOUND);
    EXPECT(f->engine->subject_by_id(&f->cx, tx, 2, &row), CONSENT_E_NOT_FOUND);
    EXPECT(f->engine->subject_by_uid(&f->cx, tx, lookup, &row), CONSENT_E_NOT_FOUND);
    OK(f->engine->commit(&f->cx, tx));
}

static void test_subject_pointers_live_until_next_operation(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    consent__subject_row row;
    uint8_t lookup[16];
    store_add_subject(f, tx, 1);
    store_put_state(f, tx, 1, 2, 300);
    OK(f->engine->commit(&f->cx, tx));
    tx = store_read(f);
    store_bytes(lookup, 16, 701);
    OK(f->engine->subject_get(&f->cx, tx, lookup, &row));
    store_bytes(lookup, 16, 0); /* the argument may go */
    check_subject(&row, 1, 2, 300);
    f->engine->read_end(tx);
}

static void test_subject_double_conflicts(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    consent__subject_row row = {.subject = 2, .seq = 1, .box = (const uint8_t *)"x", .box_len = 1};
    uint8_t uid[16], salt[16] = {0};
    store_add_subject(f, tx, 1);
    store_add_subject(f, tx, 2);
    store_bytes(uid, 16, 501);
    EXPECT(f->engine->subject_add(&f->cx, tx, 3, uid, salt), CONSENT_E_CONFLICT);
    store_bytes(uid, 16, 777);
    EXPECT(f->engine->subject_add(&f->cx, tx, 2, uid, salt), CONSENT_E_CONFLICT);
    store_put_state(f, tx, 1, 1, 10);
    store_bytes(row.lookup, 16, 701); /* the look-up of subject 1 */
    EXPECT(f->engine->state_put(&f->cx, tx, &row), CONSENT_E_CONFLICT);
    store_bytes(row.lookup, 16, 999); /* a second look-up of subject 1 */
    row.subject = 1;
    EXPECT(f->engine->state_put(&f->cx, tx, &row), CONSENT_E_CONFLICT);
    OK(f->engine->commit(&f->cx, tx));
}

/* ---- look-ups that begin with the same 28 bits: by chance some 2 000 pairs in 10^6 subjects ----
 */

static void alike(uint8_t lookup[16], uint64_t subject) {
    store_bytes(lookup, 16, 700 + subject);
    memset(lookup, 0xff, 3);
    lookup[3] |= 0xf0;
}

static consent_status put_alike(store_fixture *f, consent__tx *tx, int64_t subject, int64_t seq) {
    uint8_t box[2] = {(uint8_t)subject, (uint8_t)seq};
    consent__subject_row row = {.subject = subject, .seq = seq, .box = box, .box_len = 2};
    alike(row.lookup, (uint64_t)subject);
    return f->engine->state_put(&f->cx, tx, &row);
}

static void check_alike(store_fixture *f, consent__tx *tx, int64_t subject, int64_t seq) {
    consent__subject_row row;
    uint8_t lookup[16];
    alike(lookup, (uint64_t)subject);
    OK(f->engine->subject_get(&f->cx, tx, lookup, &row));
    assert_int_equal(row.subject, subject);
    assert_int_equal(row.seq, seq);
    assert_memory_equal(row.lookup, lookup, 16);
    assert_int_equal(row.box_len, 2);
    assert_int_equal(row.box[0], (uint8_t)subject);
}

static void look_alike(store_fixture *f, int64_t subject, bool there) {
    consent__subject_row row;
    consent__head head;
    consent__buf box;
    uint8_t lookup[16];
    consent__buf_init(&box, f->cx.env);
    alike(lookup, (uint64_t)subject);
    OK(f->engine->subject_look(&f->cx, f->db, lookup, &head, &row, &box));
    assert_int_equal(row.subject, there ? subject : 0);
    consent__buf_free(&box);
}

static void test_subject_lookups_that_begin_alike(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    consent__subject_row row;
    int64_t stubs = 0;
    uint8_t lookup[16];
    for (int64_t i = 1; i <= 4; i++) {
        store_add_subject(f, tx, i);
        OK(put_alike(f, tx, i, i));
    }
    for (int64_t i = 4; i >= 1; i--)
        OK(put_alike(f, tx, i, i + 10));
    OK(f->engine->commit(&f->cx, tx));
    look_alike(f, 1, true);
    look_alike(f, 4, true);
    look_alike(f, 5, false);

    tx = store_write(f);
    for (int64_t i = 1; i <= 4; i++)
        check_alike(f, tx, i, i + 10);
    alike(lookup, 5);
    EXPECT(f->engine->subject_get(&f->cx, tx, lookup, &row), CONSENT_E_NOT_FOUND);
    for (int64_t i = 1; i <= 3; i += 2)
        OK(f->engine->subject_erase(&f->cx, tx, i, &stubs));
    OK(put_alike(f, tx, 2, 20)); /* the first slot is free now, and its row is the second's still */
    OK(put_alike(f, tx, 4, 40));
    store_add_subject(f, tx, 5);
    OK(put_alike(f, tx, 5, 50)); /* takes the free slot */
    check_alike(f, tx, 2, 20);
    check_alike(f, tx, 4, 40);
    check_alike(f, tx, 5, 50);
    alike(lookup, 1);
    EXPECT(f->engine->subject_get(&f->cx, tx, lookup, &row), CONSENT_E_NOT_FOUND);
    OK(f->engine->commit(&f->cx, tx));
}

static void test_subject_lookups_that_begin_alike_conflict(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    consent__subject_row row = {.seq = 1, .box = (const uint8_t *)"x", .box_len = 1};
    for (int64_t i = 1; i <= 3; i++)
        store_add_subject(f, tx, i);
    OK(put_alike(f, tx, 1, 1));
    OK(put_alike(f, tx, 2, 1));
    alike(row.lookup, 2); /* in the second slot */
    row.subject = 3;
    EXPECT(f->engine->state_put(&f->cx, tx, &row), CONSENT_E_CONFLICT);
    row.subject = 1;
    EXPECT(f->engine->state_put(&f->cx, tx, &row), CONSENT_E_CONFLICT);
    alike(row.lookup, 9); /* another look-up of subject 2 */
    row.subject = 2;
    EXPECT(f->engine->state_put(&f->cx, tx, &row), CONSENT_E_CONFLICT);
    check_alike(f, tx, 1, 1);
    check_alike(f, tx, 2, 1);
    OK(f->engine->commit(&f->cx, tx));
}

static void test_subject_lookups_that_begin_alike_have_an_end(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    for (int64_t i = 1; i <= 129; i++)
        store_add_subject(f, tx, i);
    for (int64_t i = 1; i <= 128; i++)
        OK(put_alike(f, tx, i, i));
    EXPECT(put_alike(f, tx, 129, 129), CONSENT_E_LIMIT);
    OK(put_alike(f, tx, 128, 7));
    check_alike(f, tx, 128, 7);
    store_put_state(f, tx, 129, 8, 16); /* any other look-up has room */
    OK(f->engine->commit(&f->cx, tx));
}

static consent_status see_subject(const consent__cx *cx, void *user,
                                  const consent__subject_row *row) {
    seen *s = user;
    (void)cx;
    assert_true(row->subject > s->last);
    assert_non_null(row->box);
    s->last = row->subject;
    s->count++;
    return CONSENT_OK;
}

static void test_subject_scan_pages_in_order(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    seen all = {0}, page = {0};
    int64_t i;
    for (i = 1; i <= 20; i++) {
        store_add_subject(f, tx, i);
        if (i != 5) /* without state: not listed */
            store_put_state(f, tx, i, i, 100);
    }
    OK(f->engine->subject_scan(&f->cx, tx, 0, 0, see_subject, &all));
    assert_int_equal(all.count, 19);
    assert_int_equal(all.last, 20);
    OK(f->engine->subject_scan(&f->cx, tx, 3, 4, see_subject, &page));
    assert_int_equal(page.count, 4);
    assert_int_equal(page.last, 8);
    OK(f->engine->commit(&f->cx, tx));
}

static void test_idem_put_get_round_trip(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    consent__idem_row in = {.subject = 3, .seq = 9}, out;
    store_bytes(in.key, 16, 1);
    store_bytes(in.digest, 16, 2);
    OK(f->engine->idem_put(&f->cx, tx, &in));
    OK(f->engine->idem_get(&f->cx, tx, 3, in.key, &out));
    assert_memory_equal(out.digest, in.digest, 16);
    assert_memory_equal(out.key, in.key, 16);
    assert_int_equal(out.subject, 3);
    assert_int_equal(out.seq, 9);
    EXPECT(f->engine->idem_get(&f->cx, tx, 4, in.key, &out), CONSENT_E_NOT_FOUND);
    EXPECT(f->engine->idem_put(&f->cx, tx, &in), CONSENT_E_CONFLICT);
    f->engine->rollback(tx);
}

/* ---- catalogue ---- */

static void make_version(consent__version_row *row, int64_t id, const char *label) {
    memset(row, 0, sizeof *row);
    row->id = id;
    row->policy = "app";
    row->label = label;
    store_bytes(row->sha256, 32, (uint64_t)id);
    row->bytes = (const uint8_t *)"{\"a\":1}";
    row->len = 7;
    row->profile = (const uint8_t *)"{}";
    row->profile_len = 2;
    row->imported_seq = 0;
    row->imported_at = 5;
    row->published_seq = -1;
    row->published_at = INT64_MIN;
    row->effective_at = 77;
}

static void test_version_draft_is_published_once(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    consent__version_row in, out;
    make_version(&in, 1, "1.0");
    OK(f->engine->version_put(&f->cx, tx, &in));
    OK(f->engine->version_get(&f->cx, tx, 1, &out));
    assert_string_equal(out.policy, "app");
    assert_string_equal(out.label, "1.0");
    assert_memory_equal(out.sha256, in.sha256, 32);
    assert_int_equal(out.len, 7);
    assert_memory_equal(out.bytes, "{\"a\":1}", 7);
    assert_int_equal(out.profile_len, 2);
    assert_memory_equal(out.profile, "{}", 2);
    assert_int_equal(out.imported_seq, 0);
    assert_int_equal(out.imported_at, 5);
    assert_int_equal(out.published_seq, -1);
    assert_true(out.published_at == INT64_MIN);
    assert_int_equal(out.effective_at, 77);
    EXPECT(f->engine->version_publish(&f->cx, tx, 9, 0, 50, 50), CONSENT_E_NOT_FOUND);
    OK(f->engine->version_publish(&f->cx, tx, 1, 0, 50, 88));
    EXPECT(f->engine->version_publish(&f->cx, tx, 1, 0, 51, 51), CONSENT_E_STATE);
    OK(f->engine->version_get(&f->cx, tx, 1, &out));
    assert_int_equal(out.published_seq, 0);
    assert_int_equal(out.published_at, 50);
    EXPECT(f->engine->version_put(&f->cx, tx, &in), CONSENT_E_CONFLICT);
    make_version(&in, 2, "1.0");
    EXPECT(f->engine->version_put(&f->cx, tx, &in), CONSENT_E_CONFLICT);
    EXPECT(f->engine->version_get(&f->cx, tx, 2, &out), CONSENT_E_NOT_FOUND);
    OK(f->engine->commit(&f->cx, tx));
}

static consent_status see_version(const consent__cx *cx, void *user,
                                  const consent__version_row *row) {
    seen *s = user;
    (void)cx;
    assert_true(row->id > s->last);
    s->last = row->id;
    s->count++;
    s->with_body += row->bytes != NULL && row->profile != NULL;
    return CONSENT_OK;
}

static consent_status see_point(const consent__cx *cx, void *user, const consent__point_row *row) {
    seen *s = user;
    (void)cx;
    assert_true(row->id > s->last);
    assert_string_equal(row->policy, "app");
    assert_string_equal(row->key, row->id == 1 ? "ads" : "ads@partner");
    s->last = row->id;
    s->count++;
    return CONSENT_OK;
}

static consent_status see_epoch(const consent__cx *cx, void *user, const consent__epoch_row *row) {
    seen *s = user;
    (void)cx;
    assert_true(row->version * 10 + row->point > s->last);
    assert_int_equal(row->epoch, row->version + row->point);
    assert_int_equal(row->notice, row->version - 1);
    s->last = row->version * 10 + row->point;
    s->count++;
    return CONSENT_OK;
}

static void test_catalogue_scans_in_order(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    consent__point_row points[] = {{1, "app", "ads"}, {2, "app", "ads@partner"}};
    consent__version_row version;
    seen s = {0};
    int64_t v, p;
    for (v = 1; v <= 2; v++) {
        make_version(&version, v, v == 1 ? "1" : "2");
        OK(f->engine->version_put(&f->cx, tx, &version));
        OK(f->engine->point_put(&f->cx, tx, &points[v - 1]));
    }
    for (v = 2; v >= 1; v--) {
        for (p = 2; p >= 1; p--) {
            consent__epoch_row epoch = {v, p, v + p, v - 1};
            OK(f->engine->epoch_put(&f->cx, tx, &epoch));
            EXPECT(f->engine->epoch_put(&f->cx, tx, &epoch), CONSENT_E_CONFLICT);
        }
    }
    OK(f->engine->version_scan(&f->cx, tx, false, see_version, &s));
    assert_int_equal(s.count, 2);
    assert_int_equal(s.with_body, 0);
    memset(&s, 0, sizeof s);
    OK(f->engine->version_scan(&f->cx, tx, true, see_version, &s));
    assert_int_equal(s.with_body, 2);
    memset(&s, 0, sizeof s);
    OK(f->engine->point_scan(&f->cx, tx, see_point, &s));
    assert_int_equal(s.count, 2);
    memset(&s, 0, sizeof s);
    OK(f->engine->epoch_scan(&f->cx, tx, INT64_MIN, INT64_MAX, see_epoch, &s));
    assert_int_equal(s.count, 4);
    EXPECT(f->engine->point_put(&f->cx, tx, &points[0]), CONSENT_E_CONFLICT);
    OK(f->engine->commit(&f->cx, tx));
}

static consent_status see_document(const consent__cx *cx, void *user,
                                   const consent__document_row *row) {
    char *order = user;
    (void)cx;
    assert_int_equal(row->len, 3);
    (void)snprintf(order + strlen(order), 100 - strlen(order), "%s/%s/%d ", row->kind, row->key,
                   (int)row->seq);
    return CONSENT_OK;
}

static void test_document_keeps_history_in_order(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    consent__document_row row = {
        .kind = "stop", .key = "b", .seq = 1, .bytes = (const uint8_t *)"abc", .len = 3};
    char all[100] = "", stops[100] = "";
    store_append(f, tx, 1, 0);
    OK(f->engine->document_put(&f->cx, tx, &row));
    row.seq = 0;
    OK(f->engine->document_put(&f->cx, tx, &row));
    EXPECT(f->engine->document_put(&f->cx, tx, &row), CONSENT_E_CONFLICT);
    row.key = "a";
    OK(f->engine->document_put(&f->cx, tx, &row));
    row.kind = "calendar";
    OK(f->engine->document_put(&f->cx, tx, &row));
    OK(f->engine->document_scan(&f->cx, tx, NULL, see_document, all));
    assert_string_equal(all, "calendar/a/0 stop/a/0 stop/b/0 stop/b/1 ");
    OK(f->engine->document_scan(&f->cx, tx, "stop", see_document, stops));
    assert_string_equal(stops, "stop/a/0 stop/b/0 stop/b/1 ");
    stops[0] = '\0';
    OK(f->engine->document_scan_key(&f->cx, tx, "stop", "b", see_document, stops));
    assert_string_equal(stops, "stop/b/0 stop/b/1 ");
    OK(f->engine->commit(&f->cx, tx));
}

static consent_status see_checkpoint(const consent__cx *cx, void *user,
                                     const consent__checkpoint_row *row) {
    seen *s = user;
    (void)cx;
    assert_true(row->size * 100 + row->at > s->last);
    assert_int_equal(row->note_len, 4);
    assert_memory_equal(row->note, "note", 4);
    s->last = row->size * 100 + row->at;
    s->count++;
    return CONSENT_OK;
}

static void test_checkpoint_scan_by_size_and_time(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    consent__checkpoint_row row = {.size = 5, .at = 7, .note = "note and more", .note_len = 4};
    seen s = {0};
    OK(f->engine->checkpoint_put(&f->cx, tx, &row));
    EXPECT(f->engine->checkpoint_put(&f->cx, tx, &row), CONSENT_E_CONFLICT);
    row.at = 6;
    OK(f->engine->checkpoint_put(&f->cx, tx, &row));
    row.size = 1;
    row.at = 9;
    OK(f->engine->checkpoint_put(&f->cx, tx, &row));
    OK(f->engine->checkpoint_scan(&f->cx, tx, see_checkpoint, &s));
    assert_int_equal(s.count, 3);
    OK(f->engine->commit(&f->cx, tx));
}

static void test_references_are_checked_at_commit(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    store_append(f, tx, 1, 4); /* of a subject that comes later */
    store_add_subject(f, tx, 4);
    OK(f->engine->commit(&f->cx, tx));
    tx = store_write(f);
    store_append(f, tx, 2, 5); /* of one that never comes */
    EXPECT(f->engine->commit(&f->cx, tx), CONSENT_E_ENGINE);
    tx = store_read(f);
    assert_int_equal(store_size(f, tx), 2);
    f->engine->read_end(tx);
}

/* ---- NULL ---- */

static void test_null_arguments_are_refused(void **state) {
    store_fixture *f = *state;
    const consent__engine *e = f->engine;
    const consent__cx *cx = &f->cx;
    consent__tx *tx = store_write(f), *no_tx = NULL;
    consent__event_row event = {0};
    consent__subject_row subject = {0};
    consent__version_row version = {0};
    consent__point_row point = {0};
    consent__document_row document = {0};
    consent__checkpoint_row checkpoint = {0};
    consent__head head = {0};
    consent__buf buf;
    uint8_t bytes[32] = {0};
    int64_t number;
    uint64_t token;
    consent__db *no_db = f->db; /* must become NULL */
    const consent_status no = CONSENT_E_ARGUMENT;
    consent__buf_init(&buf, cx->env);
    EXPECT(e->meta_get(cx, tx, NULL, &buf), no);
    EXPECT(e->meta_get(cx, tx, "k", NULL), no);
    EXPECT(e->meta_get(cx, NULL, "k", &buf), no);
    EXPECT(e->meta_put(cx, tx, NULL, "x", 1), no);
    EXPECT(e->meta_put(cx, tx, "k", NULL, 1), no);
    EXPECT(e->head_get(cx, tx, NULL), no);
    EXPECT(e->head_put(cx, tx, NULL), no);
    EXPECT(e->head_put(cx, NULL, &head), no);
    EXPECT(e->event_append(cx, tx, NULL), no);
    EXPECT(e->event_append(cx, tx, &event), no); /* without a body */
    event.box = bytes;
    event.box_len = 1;
    EXPECT(e->event_append(cx, tx, &event), no); /* without a kind */
    EXPECT(e->event_get(cx, tx, 0, NULL), no);
    EXPECT(e->event_get(cx, NULL, 0, &event), no);
    EXPECT(e->event_scan(cx, tx, 0, 1, 0, true, NULL, NULL), no);
    EXPECT(e->event_upto(cx, tx, 0, NULL), no);
    EXPECT(e->event_upto(cx, NULL, 0, &number), no);
    EXPECT(e->node_put(cx, tx, 0, 0, NULL), no);
    EXPECT(e->node_get(cx, tx, 0, 0, NULL), no);
    EXPECT(e->subject_next(cx, tx, NULL), no);
    EXPECT(e->subject_add(cx, tx, 1, NULL, bytes), no);
    EXPECT(e->subject_add(cx, tx, 1, bytes, NULL), no);
    EXPECT(e->subject_get(cx, tx, NULL, &subject), no);
    EXPECT(e->subject_get(cx, tx, bytes, NULL), no);
    EXPECT(e->subject_by_id(cx, tx, 1, NULL), no);
    EXPECT(e->subject_by_uid(cx, tx, NULL, &subject), no);
    EXPECT(e->state_put(cx, tx, NULL), no);
    EXPECT(e->state_put(cx, tx, &subject), no); /* without a box */
    EXPECT(e->subject_scan(cx, tx, 0, 0, NULL, NULL), no);
    EXPECT(e->idem_get(cx, tx, 1, NULL, NULL), no);
    EXPECT(e->idem_put(cx, tx, NULL), no);
    EXPECT(e->version_put(cx, tx, NULL), no);
    EXPECT(e->version_put(cx, tx, &version), no);
    EXPECT(e->version_get(cx, tx, 1, NULL), no);
    EXPECT(e->version_scan(cx, tx, true, NULL, NULL), no);
    EXPECT(e->point_put(cx, tx, NULL), no);
    EXPECT(e->point_put(cx, tx, &point), no);
    EXPECT(e->point_scan(cx, tx, NULL, NULL), no);
    EXPECT(e->epoch_put(cx, tx, NULL), no);
    EXPECT(e->epoch_scan(cx, tx, 0, 0, NULL, NULL), no);
    EXPECT(e->document_put(cx, tx, NULL), no);
    EXPECT(e->document_put(cx, tx, &document), no);
    EXPECT(e->document_scan(cx, tx, NULL, NULL, NULL), no);
    EXPECT(e->document_scan_key(cx, tx, "stop", "b", NULL, NULL), no);
    EXPECT(e->task_scan_of(cx, tx, "", NULL, NULL), no);
    EXPECT(e->checkpoint_put(cx, tx, NULL), no);
    EXPECT(e->checkpoint_put(cx, tx, &checkpoint), no);
    EXPECT(e->checkpoint_scan(cx, tx, NULL, NULL), no);
    OK(e->commit(cx, tx)); /* nothing of all this has spoilt the transaction */
    EXPECT(e->commit(cx, NULL), no);
    e->rollback(NULL);
    e->read_end(NULL);
    EXPECT(e->savepoint(cx, NULL), no);
    EXPECT(e->savepoint_keep(cx, NULL), no);
    EXPECT(e->savepoint_undo(cx, NULL), no);
    EXPECT(e->read_begin(cx, NULL, &no_tx), no);
    EXPECT(e->read_begin(cx, f->db, NULL), no);
    EXPECT(e->write_begin(cx, NULL, &no_tx), no);
    EXPECT(e->write_begin(cx, f->db, NULL), no);
    EXPECT(e->change_token(cx, f->db, NULL), no);
    EXPECT(e->change_token(cx, NULL, &token), no);
    EXPECT(e->examine(cx, f->db, NULL, NULL), no);
    EXPECT(e->backup(cx, f->db, NULL), no);
    EXPECT(e->backup(cx, NULL, "x"), no);
    EXPECT(e->create(cx, NULL, store_fill, f), no);
    EXPECT(e->create(cx, "", store_fill, f), no);
    EXPECT(e->open(cx, f->path, 0, 0, NULL), no);
    EXPECT(e->open(cx, NULL, 0, 0, &no_db), no);
    assert_null(no_db);
    OK(e->close(cx, NULL));
    consent__buf_free(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_meta_put_get_replaces_and_appends),
        STORE_TEST(test_head_put_get_round_trip),
        STORE_TEST(test_event_append_get_round_trip),
        STORE_TEST(test_event_append_out_of_order_conflicts),
        STORE_TEST(test_event_append_out_of_order_conflicts_in_a_large_transaction),
        STORE_TEST(test_event_scan_ranges_subjects_bodies),
        STORE_TEST(test_event_scan_stops_fails_and_nests),
        STORE_TEST(test_event_upto_finds_last_at_or_before),
        STORE_TEST(test_node_put_get_round_trip),
        STORE_TEST(test_subject_is_found_by_lookup_id_and_uid),
        STORE_TEST(test_subject_pointers_live_until_next_operation),
        STORE_TEST(test_subject_double_conflicts),
        STORE_TEST(test_subject_lookups_that_begin_alike),
        STORE_TEST(test_subject_lookups_that_begin_alike_conflict),
        STORE_TEST(test_subject_lookups_that_begin_alike_have_an_end),
        STORE_TEST(test_subject_scan_pages_in_order),
        STORE_TEST(test_idem_put_get_round_trip),
        STORE_TEST(test_version_draft_is_published_once),
        STORE_TEST(test_catalogue_scans_in_order),
        STORE_TEST(test_document_keeps_history_in_order),
        STORE_TEST(test_checkpoint_scan_by_size_and_time),
        STORE_TEST(test_references_are_checked_at_commit),
        STORE_TEST(test_null_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
