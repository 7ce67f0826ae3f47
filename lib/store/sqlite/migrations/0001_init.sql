-- SPDX-License-Identifier: Apache-2.0
-- Triggers stop accidents, the verifier finds attacks. A BEFORE INSERT trigger runs before REPLACE
-- removes anything, so it also stands where a DELETE trigger would not fire. References are checked
-- at COMMIT: within a transaction the order of the writes is free.
-- Where a row is added for every act, a trigger raises FAIL and not ABORT: it runs before anything is
-- written, so there is nothing to take back, and for ABORT SQLite would keep a copy of every page the
-- statement touches (docs/decisions/0016-statements-without-a-journal.md).
--
-- Insert triggers raise FAIL where the others raise ABORT. They speak before their row is written, so
-- there is nothing to undo, and SQLite need not copy each page first in case there were: of one
-- event's two rows that copying was a third of the cost.

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 64),
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL CHECK (size >= 0),
    at INTEGER NOT NULL,
    catalog INTEGER NOT NULL CHECK (catalog >= 0),
    frontier BLOB NOT NULL CHECK (length(frontier) <= 2048 AND length(frontier) % 32 = 0),
    -- What an erasure still owes: see consent__head.
    owed INTEGER NOT NULL DEFAULT 0
) STRICT;

-- ---- ledger ----

CREATE TABLE event (
    seq INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
    commitment BLOB NOT NULL CHECK (length(commitment) = 32),
    leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32)
) STRICT;

CREATE TRIGGER event_insert BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM event)
BEGIN SELECT raise(FAIL, 'event: a new row takes the number after the last'); END;

CREATE TRIGGER event_update BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'event: rows are never changed'); END;

CREATE TRIGGER event_delete BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'event: rows are never deleted'); END;

-- subject and box: a sealed body. box alone: a clear body of the store. Neither: a stub.
CREATE TABLE event_body (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq) DEFERRABLE INITIALLY DEFERRED,
    subject INTEGER REFERENCES subject_key (id) DEFERRABLE INITIALLY DEFERRED,
    box BLOB CHECK (length(box) > 0),
    CHECK (subject IS NULL OR box IS NOT NULL)
) STRICT;

-- The rowid, which is seq, is the last part of every entry.
CREATE INDEX event_body_subject ON event_body (subject) WHERE subject IS NOT NULL;

CREATE TRIGGER event_body_insert BEFORE INSERT ON event_body
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM event_body)
    OR (NEW.box IS NULL AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'evidence'))
BEGIN SELECT raise(FAIL, 'event_body: a new row takes the number after the last and has a body'); END;

CREATE TRIGGER event_body_update BEFORE UPDATE ON event_body
WHEN NEW.seq IS NOT OLD.seq OR NEW.subject IS NOT NULL OR NEW.box IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM erasing WHERE subject = OLD.subject)
BEGIN SELECT raise(ABORT, 'event_body: a row only loses its body, while its subject is being erased'); END;

CREATE TRIGGER event_body_delete BEFORE DELETE ON event_body
BEGIN SELECT raise(ABORT, 'event_body: rows are never deleted'); END;

CREATE TABLE tree_node (
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 63),
    idx INTEGER NOT NULL CHECK (idx >= 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
    size INTEGER NOT NULL CHECK (size >= 0),
    at INTEGER NOT NULL,
    note TEXT NOT NULL CHECK (length(note) > 0),
    PRIMARY KEY (size, at)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER checkpoint_insert BEFORE INSERT ON checkpoint
WHEN EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size AND at = NEW.at)
BEGIN SELECT raise(FAIL, 'checkpoint: that one exists already'); END;

CREATE TRIGGER checkpoint_update BEFORE UPDATE ON checkpoint
BEGIN SELECT raise(ABORT, 'checkpoint: rows are never changed'); END;

CREATE TRIGGER checkpoint_delete BEFORE DELETE ON checkpoint
BEGIN SELECT raise(ABORT, 'checkpoint: rows are never deleted'); END;

-- ---- subjects ----

-- Fixed size: erasing overwrites the salt in place by zeros, because a deleted cell would survive in
-- its page. A salt of zeros is how an erased subject is known.
CREATE TABLE subject_key (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    uid BLOB NOT NULL CHECK (length(uid) = 16),
    salt BLOB NOT NULL CHECK (length(salt) = 16)
) STRICT;

CREATE UNIQUE INDEX subject_key_uid ON subject_key (uid);

CREATE TRIGGER subject_key_insert BEFORE INSERT ON subject_key
WHEN NEW.id <= (SELECT coalesce(max(id), 0) FROM subject_key)
    OR NEW.salt = zeroblob(16)
    OR EXISTS (SELECT 1 FROM subject_key WHERE uid = NEW.uid)
BEGIN SELECT raise(FAIL, 'subject_key: a new row has a higher number, another uid and a salt'); END;

CREATE TRIGGER subject_key_update BEFORE UPDATE ON subject_key
BEGIN
    SELECT raise(ABORT, 'subject_key: number and uid are never changed')
    WHERE NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid;
    SELECT raise(ABORT, 'subject_key: a salt is only zeroed, while its subject is being erased')
    WHERE NEW.salt IS NOT OLD.salt AND (NEW.salt IS NOT zeroblob(16)
        OR NOT EXISTS (SELECT 1 FROM erasing WHERE subject = OLD.id));
END;

CREATE TRIGGER subject_key_delete BEFORE DELETE ON subject_key
BEGIN SELECT raise(ABORT, 'subject_key: rows are never deleted'); END;

-- What a check reads: one sealed row, found by the keyed hash of the external id. Its number is the
-- first 28 bits of that hash and a slot of 7 bits, 0 but for look-ups that begin alike: rows of this
-- length under a key of 16 bytes would make the tree seven levels deep
-- (docs/decisions/0023-states-by-prefix.md).
CREATE TABLE subject_state (
    id INTEGER NOT NULL PRIMARY KEY,
    lookup BLOB NOT NULL CHECK (length(lookup) = 16),
    subject INTEGER NOT NULL REFERENCES subject_key (id) DEFERRABLE INITIALLY DEFERRED,
    seq INTEGER NOT NULL CHECK (seq >= 0),
    box BLOB NOT NULL CHECK (length(box) > 0),
    CHECK (printf('%07X', id >> 7) = substr(hex(lookup), 1, 7))
) STRICT;

CREATE UNIQUE INDEX subject_state_subject ON subject_state (subject);

CREATE TRIGGER subject_state_insert BEFORE INSERT ON subject_state
WHEN EXISTS (SELECT 1 FROM subject_state
    WHERE id BETWEEN (NEW.id >> 7) << 7 AND ((NEW.id >> 7) << 7) + 127
        AND (id = NEW.id OR lookup = NEW.lookup))
    OR EXISTS (SELECT 1 FROM subject_state WHERE subject = NEW.subject)
BEGIN SELECT raise(FAIL, 'subject_state: that look-up or that subject has a state already'); END;

CREATE TABLE idem (
    subject INTEGER NOT NULL,
    key BLOB NOT NULL CHECK (length(key) = 16),
    digest BLOB NOT NULL CHECK (length(digest) = 16),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    PRIMARY KEY (subject, key)
) STRICT, WITHOUT ROWID;

-- What lists of requests need; all else is in the events of its subject. The number is the seq of
-- the first of them. Erasing the subject takes it out of the row.
CREATE TABLE request (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
    subject INTEGER REFERENCES subject_key (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (length(kind) > 0),
    state TEXT NOT NULL CHECK (length(state) > 0),
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    received_at INTEGER NOT NULL,
    due INTEGER,
    provisional INTEGER NOT NULL CHECK (provisional IN (0, 1))
) STRICT;

CREATE INDEX request_due ON request (due, number) WHERE open = 1;
CREATE INDEX request_subject ON request (subject) WHERE subject IS NOT NULL;

CREATE TRIGGER request_insert BEFORE INSERT ON request
WHEN EXISTS (SELECT 1 FROM request WHERE number = NEW.number)
    AND NOT EXISTS (SELECT 1 FROM request WHERE number = NEW.number AND kind = NEW.kind
        AND received_at = NEW.received_at AND subject IS NEW.subject)
BEGIN SELECT raise(ABORT, 'request: that number is another request'); END;

CREATE TRIGGER request_update BEFORE UPDATE ON request
BEGIN
    SELECT raise(ABORT, 'request: number, kind and time of receipt are never changed')
    WHERE NEW.number IS NOT OLD.number OR NEW.kind IS NOT OLD.kind
        OR NEW.received_at IS NOT OLD.received_at;
    SELECT raise(ABORT, 'request: its subject goes only while it is being erased')
    WHERE NEW.subject IS NOT OLD.subject AND (NEW.subject IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM erasing WHERE subject = OLD.subject));
END;

CREATE TRIGGER request_delete BEFORE DELETE ON request
BEGIN SELECT raise(ABORT, 'request: rows are never deleted'); END;

-- Holds rows within an erasure only.
CREATE TABLE erasing (
    subject INTEGER NOT NULL PRIMARY KEY REFERENCES subject_key (id)
) STRICT;

-- What the host must still keep after an erasure.
CREATE TABLE remainder (
    uid BLOB NOT NULL CHECK (length(uid) = 16),
    item TEXT NOT NULL CHECK (length(item) > 0),
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    until INTEGER,
    seq INTEGER NOT NULL CHECK (seq >= 0), -- remainder.kept
    PRIMARY KEY (uid, item, reason)
) STRICT, WITHOUT ROWID;

-- What recipients must erase after an erasure: one row for each of them; recipient '' is the host.
CREATE TABLE task (
    uid BLOB NOT NULL CHECK (length(uid) = 16),
    recipient TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq) DEFERRABLE INITIALLY DEFERRED,
    done INTEGER REFERENCES event (seq) DEFERRABLE INITIALLY DEFERRED,
    items TEXT NOT NULL CHECK (length(items) > 0),
    PRIMARY KEY (uid, recipient)
) STRICT, WITHOUT ROWID;

CREATE INDEX task_recipient ON task (recipient, uid);

-- ---- catalogue ----

-- The long columns stand last: a scan without them does not read their pages.
CREATE TABLE policy_version (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    policy TEXT NOT NULL CHECK (length(policy) > 0),
    label TEXT NOT NULL CHECK (length(label) > 0),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    imported_seq INTEGER NOT NULL REFERENCES event (seq) DEFERRABLE INITIALLY DEFERRED,
    imported_at INTEGER NOT NULL,
    published_seq INTEGER REFERENCES event (seq) DEFERRABLE INITIALLY DEFERRED,
    published_at INTEGER,
    in_force_at INTEGER,
    effective_at INTEGER NOT NULL,
    profile BLOB NOT NULL,
    bytes BLOB NOT NULL,
    CHECK ((published_seq IS NULL) = (published_at IS NULL)),
    CHECK ((published_seq IS NULL) = (in_force_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX policy_version_label ON policy_version (policy, label);

CREATE TRIGGER policy_version_insert BEFORE INSERT ON policy_version
WHEN NEW.id <= (SELECT coalesce(max(id), 0) FROM policy_version) OR NEW.published_seq IS NOT NULL
    OR EXISTS (SELECT 1 FROM policy_version WHERE policy = NEW.policy AND label = NEW.label)
BEGIN SELECT raise(FAIL, 'policy_version: a new row is a draft with a higher number and another label'); END;

CREATE TRIGGER policy_version_update BEFORE UPDATE ON policy_version
BEGIN
    SELECT raise(ABORT, 'policy_version: a published version is never changed')
    WHERE OLD.published_seq IS NOT NULL;
    SELECT raise(ABORT, 'policy_version: a draft only becomes published')
    WHERE NEW.published_seq IS NULL OR NEW.id IS NOT OLD.id OR NEW.policy IS NOT OLD.policy
        OR NEW.label IS NOT OLD.label OR NEW.sha256 IS NOT OLD.sha256
        OR NEW.imported_seq IS NOT OLD.imported_seq OR NEW.imported_at IS NOT OLD.imported_at
        OR NEW.effective_at IS NOT OLD.effective_at OR NEW.profile IS NOT OLD.profile
        OR NEW.bytes IS NOT OLD.bytes;
END;

CREATE TRIGGER policy_version_delete BEFORE DELETE ON policy_version
BEGIN SELECT raise(ABORT, 'policy_version: rows are never deleted'); END;

CREATE TABLE point (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    policy TEXT NOT NULL CHECK (length(policy) > 0),
    key TEXT NOT NULL CHECK (length(key) > 0)
) STRICT;

CREATE UNIQUE INDEX point_key ON point (policy, key);

CREATE TRIGGER point_insert BEFORE INSERT ON point
WHEN NEW.id <= (SELECT coalesce(max(id), 0) FROM point)
    OR EXISTS (SELECT 1 FROM point WHERE policy = NEW.policy AND key = NEW.key)
BEGIN SELECT raise(FAIL, 'point: a new row has a higher number and another key'); END;

CREATE TRIGGER point_update BEFORE UPDATE ON point
BEGIN SELECT raise(ABORT, 'point: rows are never changed'); END;

CREATE TRIGGER point_delete BEFORE DELETE ON point
BEGIN SELECT raise(ABORT, 'point: rows are never deleted'); END;

CREATE TABLE epoch (
    version INTEGER NOT NULL REFERENCES policy_version (id) DEFERRABLE INITIALLY DEFERRED,
    point INTEGER NOT NULL REFERENCES point (id) DEFERRABLE INITIALLY DEFERRED,
    epoch INTEGER NOT NULL CHECK (epoch >= 0),
    notice INTEGER NOT NULL CHECK (notice >= 0), -- version whose notice waits to be acknowledged, 0 none
    PRIMARY KEY (version, point)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER epoch_insert BEFORE INSERT ON epoch
WHEN EXISTS (SELECT 1 FROM epoch WHERE version = NEW.version AND point = NEW.point)
BEGIN SELECT raise(FAIL, 'epoch: that one exists already'); END;

CREATE TRIGGER epoch_update BEFORE UPDATE ON epoch
BEGIN SELECT raise(ABORT, 'epoch: rows are never changed'); END;

CREATE TRIGGER epoch_delete BEFORE DELETE ON epoch
BEGIN SELECT raise(ABORT, 'epoch: rows are never deleted'); END;

CREATE TABLE document (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (length(kind) > 0),
    key TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq) DEFERRABLE INITIALLY DEFERRED,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    bytes BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX document_key ON document (kind, key, seq);

-- The number is given by the engine; an INSERT that names one could replace a row by it.
CREATE TRIGGER document_insert BEFORE INSERT ON document
WHEN EXISTS (SELECT 1 FROM document WHERE kind = NEW.kind AND key = NEW.key AND seq = NEW.seq)
    OR EXISTS (SELECT 1 FROM document WHERE id = NEW.id)
BEGIN SELECT raise(FAIL, 'document: that one exists already'); END;

CREATE TRIGGER document_update BEFORE UPDATE ON document
BEGIN SELECT raise(ABORT, 'document: rows are never changed'); END;

CREATE TRIGGER document_delete BEFORE DELETE ON document
BEGIN SELECT raise(ABORT, 'document: rows are never deleted'); END;
