/* SPDX-License-Identifier: Apache-2.0 */
/* What the file itself refuses, whoever writes: a second, plain SQLite connection tries. */
#include "store_fixture.h"

#include <sqlite3.h>

typedef struct attack {
    const char *sql;
    const char *words; /* in the refusal; NULL: it must work */
} attack;

static sqlite3 *raw_open(store_fixture *f) {
    sqlite3 *sql = NULL;
    assert_int_equal(sqlite3_open(f->path, &sql), SQLITE_OK);
    return sql;
}

static void raw_run(sqlite3 *sql, const attack *a) {
    char *message = NULL;
    int rc = sqlite3_exec(sql, a->sql, NULL, NULL, &message);
    if ((a->words == NULL) != (rc == SQLITE_OK) ||
        (a->words != NULL && (rc & 0xff) != SQLITE_CONSTRAINT) ||
        (a->words != NULL && strstr(message, a->words) == NULL)) {
        print_message("%s\n -> %s\nwanted: %s\n", a->sql, message != NULL ? message : "done",
                      a->words != NULL ? a->words : "done");
        fail();
    }
    sqlite3_free(message);
}

/* Three events, two subjects; 1 is of subject 1, 2 of subject 2. */
static void fill(store_fixture *f) {
    consent__tx *tx = store_write(f);
    consent__version_row version = {.id = 1,
                                    .policy = "app",
                                    .label = "1",
                                    .bytes = (const uint8_t *)"{}",
                                    .len = 2,
                                    .profile = (const uint8_t *)"{}",
                                    .profile_len = 2};
    consent__point_row point = {1, "app", "ads"};
    consent__epoch_row epoch = {1, 1, 1, 0};
    consent__document_row document = {
        .kind = "stop", .key = "", .bytes = (const uint8_t *)"x", .len = 1};
    consent__checkpoint_row checkpoint = {1, 1, "note", 4};
    store_add_subject(f, tx, 1);
    store_add_subject(f, tx, 2);
    store_append(f, tx, 1, 1);
    store_append(f, tx, 2, 2);
    store_put_state(f, tx, 1, 1, 64);
    OK(f->engine->version_put(&f->cx, tx, &version));
    OK(f->engine->version_publish(&f->cx, tx, 1, 0, 5, 5));
    version.id = 2;
    version.label = "2";
    OK(f->engine->version_put(&f->cx, tx, &version));
    OK(f->engine->point_put(&f->cx, tx, &point));
    OK(f->engine->epoch_put(&f->cx, tx, &epoch));
    OK(f->engine->document_put(&f->cx, tx, &document));
    OK(f->engine->checkpoint_put(&f->cx, tx, &checkpoint));
    OK(f->engine->commit(&f->cx, tx));
}

static void run_all(void **state, const attack *attacks, size_t n) {
    store_fixture *f = *state;
    sqlite3 *sql;
    size_t i;
    fill(f);
    sql = raw_open(f);
    for (i = 0; i < n; i++)
        raw_run(sql, &attacks[i]);
    assert_int_equal(sqlite3_close(sql), SQLITE_OK);
}
#define RUN(attacks) run_all(state, attacks, sizeof(attacks) / sizeof *(attacks))

#define EVENT "(seq,at,kind,commitment,leaf_hash) VALUES "
#define HASHES ",9,'k',zeroblob(32),zeroblob(32))"
#define NEXT "event: a new row takes the number after the last"

static void test_event_takes_only_the_next_number(void **state) {
    static const attack attacks[] = {
        {"INSERT INTO event" EVENT "(4" HASHES, NEXT},
        {"INSERT INTO event" EVENT "(2" HASHES, NEXT},
        {"INSERT INTO event" EVENT "(-1" HASHES, NEXT},
        {"INSERT INTO event" EVENT "(NULL" HASHES, NEXT},
        {"INSERT INTO event(at,kind,commitment,leaf_hash) VALUES "
         "(9,'k',zeroblob(32),zeroblob(32))",
         NEXT},
        {"INSERT OR REPLACE INTO event" EVENT "(1" HASHES, NEXT},
        {"REPLACE INTO event" EVENT "(2" HASHES, NEXT},
        {"INSERT OR IGNORE INTO event" EVENT "(2" HASHES, NEXT},
        {"INSERT INTO event" EVENT "(2" HASHES " ON CONFLICT(seq) DO UPDATE SET at=0", NEXT},
        {"INSERT INTO event" EVENT "(3,9,'k',zeroblob(31),zeroblob(32))", "CHECK"},
        {"INSERT INTO event" EVENT "(3,9,'k',zeroblob(32),zeroblob(33))", "CHECK"},
        {"INSERT INTO event" EVENT "(3,9,'',zeroblob(32),zeroblob(32))", "CHECK"},
        {"INSERT INTO event" EVENT "(3,'soon','k',zeroblob(32),zeroblob(32))", "cannot store"},
        {"INSERT INTO event" EVENT "(3" HASHES, NULL},
        {"INSERT INTO event" EVENT "(4" HASHES ",(5" HASHES, NULL},
        {"INSERT INTO event" EVENT "(6" HASHES ",(8" HASHES, NEXT},
    };
    RUN(attacks);
}

static void test_event_is_never_changed_or_deleted(void **state) {
    static const attack attacks[] = {
        {"UPDATE event SET at=1", "event: rows are never changed"},
        {"UPDATE event SET at=at WHERE seq=1", "event: rows are never changed"},
        {"UPDATE OR REPLACE event SET seq=0 WHERE seq=1", "event: rows are never changed"},
        {"UPDATE OR IGNORE event SET kind='x' WHERE seq=1", "event: rows are never changed"},
        {"DELETE FROM event WHERE seq=2", "event: rows are never deleted"},
        {"DELETE FROM event", "event: rows are never deleted"},
    };
    RUN(attacks);
}

#define BODY_NEXT "event_body: a new row takes the number after the last and has a body"
#define LOSES "event_body: a row only loses its body, while its subject is being erased"

static void test_event_body_takes_only_the_next_number(void **state) {
    static const attack attacks[] = {
        {"INSERT INTO event_body VALUES (5,NULL,x'00')", BODY_NEXT},
        {"INSERT INTO event_body VALUES (3,NULL,NULL)", BODY_NEXT},
        {"INSERT INTO event_body VALUES (3,1,NULL)", BODY_NEXT},
        {"REPLACE INTO event_body VALUES (1,NULL,x'00')", BODY_NEXT},
        {"INSERT OR IGNORE INTO event_body VALUES (1,NULL,x'00')", BODY_NEXT},
        {"INSERT INTO event_body VALUES (3,NULL,x'')", "CHECK"},
        {"INSERT INTO event_body VALUES (3,NULL,'text')", "cannot store"},
        {"PRAGMA foreign_keys=ON; INSERT INTO event_body VALUES (3,NULL,x'00')", "FOREIGN KEY"},
        {"DELETE FROM event_body WHERE seq=1", "event_body: rows are never deleted"},
        {"DELETE FROM event_body", "event_body: rows are never deleted"},
    };
    RUN(attacks);
}

static void test_event_body_is_stubbed_only_while_erasing(void **state) {
    static const attack attacks[] = {
        {"UPDATE event_body SET subject=NULL, box=NULL WHERE seq=1", LOSES},
        {"UPDATE event_body SET box=x'01' WHERE seq=1", LOSES},
        {"INSERT INTO erasing VALUES (1)", NULL},
        {"UPDATE event_body SET box=x'01' WHERE seq=1", LOSES},
        {"UPDATE event_body SET subject=NULL WHERE seq=1", LOSES},
        {"UPDATE event_body SET box=NULL WHERE seq=1", LOSES},
        {"UPDATE event_body SET subject=2 WHERE seq=1", LOSES},
        {"UPDATE event_body SET seq=9, subject=NULL, box=NULL WHERE seq=1", LOSES},
        {"UPDATE event_body SET subject=NULL, box=NULL WHERE seq=2", LOSES}, /* another's */
        {"UPDATE event_body SET subject=NULL, box=NULL WHERE seq=0", LOSES}, /* the store's */
        {"UPDATE event_body SET subject=NULL, box=NULL", LOSES},             /* all at once */
        {"UPDATE event_body SET subject=NULL, box=NULL WHERE seq=1", NULL},
        {"UPDATE event_body SET subject=1, box=x'00' WHERE seq=1", LOSES}, /* and never back */
        {"DELETE FROM erasing", NULL},
        {"UPDATE event_body SET subject=NULL, box=NULL WHERE seq=2", LOSES},
    };
    store_fixture *f = *state;
    consent__event_row row;
    consent__tx *tx;
    RUN(attacks);
    tx = store_read(f);
    OK(f->engine->event_get(&f->cx, tx, 1, &row));
    assert_int_equal(row.subject, 0); /* a stub */
    assert_null(row.box);
    OK(f->engine->event_get(&f->cx, tx, 2, &row));
    assert_int_equal(row.subject, 2);
    assert_int_equal(row.box_len, 296);
    f->engine->read_end(tx);
}

#define KEY_NEW "subject_key: a new row has a higher number, another uid and a salt"
#define KEY_SAME "subject_key: number and uid are never changed"
#define KEY_SALT "subject_key: a salt is only zeroed, while its subject is being erased"

static void test_subject_key_stays(void **state) {
    static const attack attacks[] = {
        {"DELETE FROM subject_key WHERE id=1", "subject_key: rows are never deleted"},
        {"DELETE FROM subject_key", "subject_key: rows are never deleted"},
        {"UPDATE subject_key SET uid=zeroblob(16) WHERE id=1", KEY_SAME},
        {"UPDATE subject_key SET id=9 WHERE id=1", KEY_SAME},
        {"UPDATE subject_key SET salt=zeroblob(16) WHERE id=1", KEY_SALT},
        {"REPLACE INTO subject_key VALUES (1,zeroblob(16),zeroblob(16))", KEY_NEW},
        {"REPLACE INTO subject_key SELECT 9,uid,zeroblob(16) FROM subject_key WHERE id=1", KEY_NEW},
        {"INSERT INTO subject_key VALUES (2,zeroblob(16),zeroblob(16))", KEY_NEW},
        {"INSERT INTO subject_key VALUES (NULL,zeroblob(16),zeroblob(16))", KEY_NEW},
        {"INSERT INTO subject_key VALUES (3,zeroblob(15),randomblob(16))", "CHECK"},
        {"INSERT INTO subject_key VALUES (3,zeroblob(16),zeroblob(17))", "CHECK"},
        {"INSERT INTO subject_key VALUES (3,zeroblob(16),zeroblob(16))", KEY_NEW}, /* erased */
        {"INSERT INTO erasing VALUES (1)", NULL},
        {"UPDATE subject_key SET salt=zeroblob(16) WHERE id=2", KEY_SALT},
        {"UPDATE subject_key SET salt=zeroblob(16), uid=zeroblob(16) WHERE id=1", KEY_SAME},
        {"UPDATE subject_key SET salt=zeroblob(15) WHERE id=1", KEY_SALT},
        {"UPDATE subject_key SET salt=randomblob(16) WHERE id=1", KEY_SALT}, /* zeros only */
        {"UPDATE subject_key SET salt=zeroblob(16) WHERE id=1", NULL},
        {"DELETE FROM erasing", NULL},
        {"UPDATE subject_key SET salt=randomblob(16) WHERE id=1", KEY_SALT},
    };
    RUN(attacks);
}

#define STATE_NEW "subject_state: that look-up or that subject has a state already"
#define ALIKE "0000000F000000000000000000000000" /* begins with the same 28 bits as zeros */

static void test_subject_state_has_one_row_per_subject(void **state) {
    static const attack attacks[] = {
        {"INSERT INTO subject_state VALUES (5,zeroblob(16),1,1,x'00')", STATE_NEW},
        {"INSERT INTO subject_state VALUES (5,zeroblob(15),2,1,x'00')", "CHECK"},
        {"INSERT INTO subject_state VALUES (5,zeroblob(16),2,-1,x'00')", "CHECK"},
        {"INSERT INTO subject_state VALUES (5,zeroblob(16),2,1,x'')", "CHECK"},
        {"INSERT INTO subject_state VALUES (5,zeroblob(16),2,1,NULL)", "NOT NULL"},
        {"INSERT INTO subject_state VALUES (NULL,zeroblob(16),2,1,x'00')", "CHECK"},
        {"INSERT INTO subject_state VALUES (-1,zeroblob(16),2,1,x'00')", "CHECK"},
        {"INSERT INTO subject_state VALUES (128,zeroblob(16),2,1,x'00')", "CHECK"}, /* its prefix */
        {"INSERT INTO subject_state VALUES (5,zeroblob(16),2,1,x'00')", NULL},
        {"INSERT INTO subject_state VALUES (6,zeroblob(16),3,1,x'00')", STATE_NEW}, /* look-up */
        {"INSERT INTO subject_state VALUES (5,x'" ALIKE "',3,1,x'00')", STATE_NEW}, /* number */
        {"REPLACE INTO subject_state VALUES (5,x'" ALIKE "',3,1,x'00')", STATE_NEW},
        {"REPLACE INTO subject_state VALUES (127,x'" ALIKE "',2,1,x'00')", STATE_NEW},
        {"UPDATE subject_state SET subject=1 WHERE subject=2", "UNIQUE"},
        {"UPDATE subject_state SET lookup=randomblob(16) WHERE subject=2", "CHECK"},
        {"UPDATE subject_state SET id=1000 WHERE subject=2", "CHECK"},
        {"DELETE FROM subject_state", NULL}, /* erasure does */
    };
    RUN(attacks);
}

#define VERSION_COLUMNS                                                                            \
    "INTO policy_version(id,policy,label,sha256,imported_seq,imported_at,published_seq,"           \
    "published_at,effective_at,profile,bytes) VALUES "
#define VERSION_NEW "policy_version: a new row is a draft with a higher number and another label"
#define VERSION_PUBLISHED "policy_version: a published version is never changed"
#define VERSION_DRAFT "policy_version: a draft only becomes published"
#define PUBLISH "UPDATE policy_version SET published_seq=2, published_at=9, in_force_at=9"

static void test_policy_version_only_becomes_published(void **state) {
    static const attack attacks[] = {
        {PUBLISH " WHERE id=1", VERSION_PUBLISHED},
        {"UPDATE policy_version SET published_seq=NULL, published_at=NULL, in_force_at=NULL WHERE "
         "id=1",
         VERSION_PUBLISHED},
        {"UPDATE policy_version SET bytes=x'00' WHERE id=1", VERSION_PUBLISHED},
        {"DELETE FROM policy_version WHERE id=1", "policy_version: rows are never deleted"},
        {"DELETE FROM policy_version WHERE id=2", "policy_version: rows are never deleted"},
        {"UPDATE policy_version SET bytes=x'00' WHERE id=2", VERSION_DRAFT},
        {"UPDATE policy_version SET label='3' WHERE id=2", VERSION_DRAFT},
        {PUBLISH ", id=7 WHERE id=2", VERSION_DRAFT},
        {PUBLISH ", policy='x' WHERE id=2", VERSION_DRAFT},
        {PUBLISH ", label='x' WHERE id=2", VERSION_DRAFT},
        {PUBLISH ", sha256=randomblob(32) WHERE id=2", VERSION_DRAFT},
        {PUBLISH ", imported_seq=1 WHERE id=2", VERSION_DRAFT},
        {PUBLISH ", imported_at=1 WHERE id=2", VERSION_DRAFT},
        {PUBLISH ", effective_at=1 WHERE id=2", VERSION_DRAFT},
        {PUBLISH ", profile=x'00' WHERE id=2", VERSION_DRAFT},
        {PUBLISH ", bytes=x'00' WHERE id=2", VERSION_DRAFT},
        {"UPDATE policy_version SET published_seq=2 WHERE id=2", "CHECK"},
        {PUBLISH " WHERE id=2", NULL},
        {PUBLISH " WHERE id=2", VERSION_PUBLISHED},
        {"REPLACE " VERSION_COLUMNS "(1,'app','9',zeroblob(32),0,0,NULL,NULL,0,x'',x'')",
         VERSION_NEW},
        {"REPLACE " VERSION_COLUMNS "(9,'app','1',zeroblob(32),0,0,NULL,NULL,0,x'',x'')",
         VERSION_NEW},
        {"INSERT " VERSION_COLUMNS "(9,'app','9',zeroblob(32),0,0,1,1,0,x'',x'')", VERSION_NEW},
        {"UPDATE policy_version SET published_seq=2, published_at=9 WHERE id=2", VERSION_PUBLISHED},
        {"INSERT " VERSION_COLUMNS "(9,'app','9',zeroblob(32),0,0,NULL,NULL,0,x'',x'')", NULL},
    };
    RUN(attacks);
}

static void test_catalogue_and_checkpoints_only_grow(void **state) {
    static const attack attacks[] = {
        {"UPDATE point SET key='x'", "point: rows are never changed"},
        {"DELETE FROM point", "point: rows are never deleted"},
        {"REPLACE INTO point VALUES (1,'app','x')", "point: a new row has"},
        {"REPLACE INTO point VALUES (2,'app','ads')", "point: a new row has"},
        {"INSERT INTO point VALUES (2,'app','x')", NULL},
        {"UPDATE epoch SET epoch=2", "epoch: rows are never changed"},
        {"DELETE FROM epoch", "epoch: rows are never deleted"},
        {"REPLACE INTO epoch VALUES (1,1,2,0)", "epoch: that one exists already"},
        {"INSERT INTO epoch VALUES (2,1,2,0)", NULL},
        {"UPDATE document SET bytes=x'00'", "document: rows are never changed"},
        {"DELETE FROM document", "document: rows are never deleted"},
        {"REPLACE INTO document(kind,key,seq,sha256,bytes) VALUES ('stop','',0,zeroblob(32),x'')",
         "document: that one exists already"},
        {"REPLACE INTO document VALUES (1,'stop','',2,zeroblob(32),x'')",
         "document: that one exists already"},
        {"INSERT INTO document(kind,key,seq,sha256,bytes) VALUES ('stop','',1,zeroblob(32),x'')",
         NULL},
        {"UPDATE checkpoint SET note='x'", "checkpoint: rows are never changed"},
        {"DELETE FROM checkpoint", "checkpoint: rows are never deleted"},
        {"REPLACE INTO checkpoint VALUES (1,1,'x')", "checkpoint: that one exists already"},
        {"INSERT INTO checkpoint VALUES (1,2,'x')", NULL},
    };
    RUN(attacks);
}

static void test_head_is_one_row(void **state) {
    static const attack attacks[] = {
        {"INSERT INTO head VALUES (2,0,0,0,x'',0)", "CHECK"},
        {"UPDATE head SET size=-1", "CHECK"},
        {"UPDATE head SET frontier=zeroblob(2080)", "CHECK"},
        {"UPDATE head SET frontier=zeroblob(31)", "CHECK"},
    };
    RUN(attacks);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_event_takes_only_the_next_number),
        STORE_TEST(test_event_is_never_changed_or_deleted),
        STORE_TEST(test_event_body_takes_only_the_next_number),
        STORE_TEST(test_event_body_is_stubbed_only_while_erasing),
        STORE_TEST(test_subject_key_stays),
        STORE_TEST(test_subject_state_has_one_row_per_subject),
        STORE_TEST(test_policy_version_only_becomes_published),
        STORE_TEST(test_catalogue_and_checkpoints_only_grow),
        STORE_TEST(test_head_is_one_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
