-- SPDX-License-Identifier: Apache-2.0

-- name: erase_begin
INSERT INTO erasing (subject) SELECT id FROM subject_key WHERE id = ?1 AND salt <> zeroblob(16);

-- name: erase_bodies
UPDATE event_body SET subject = NULL, box = NULL WHERE subject = ?1;

-- The same size: the cell is overwritten where it is.
-- name: erase_salt
UPDATE subject_key SET salt = zeroblob(16) WHERE id = ?1;

-- A row's number may stand in the inner pages too, and stays there when the row is deleted. A row as
-- long as a page gets a leaf of its own; deleting it leaves that leaf empty, and SQLite then writes
-- the inner page anew from the rows that are left.
-- name: erase_state_widen
UPDATE subject_state SET box = zeroblob(4000) WHERE subject = ?1;

-- name: erase_state
DELETE FROM subject_state WHERE subject = ?1;

-- name: erase_idem
DELETE FROM idem WHERE subject = ?1;

-- name: erase_end
DELETE FROM erasing WHERE subject = ?1;

-- name: erased_scan
SELECT id, uid, salt, NULL, -1, NULL FROM subject_key WHERE salt = zeroblob(16) ORDER BY id;

-- name: remainder_put
INSERT INTO remainder (uid, item, reason, until, seq) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: remainder_scan
SELECT uid, item, reason, until, seq FROM remainder ORDER BY uid, item, reason;

-- name: remainder_scan_uid
SELECT uid, item, reason, until, seq FROM remainder WHERE uid = ?1 ORDER BY uid, item, reason;

-- name: remainder_drop
DELETE FROM remainder WHERE uid = ?1 AND reason = ?2;

-- name: task_put
INSERT INTO task (uid, recipient, seq, items) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (uid, recipient) DO UPDATE SET seq = excluded.seq, items = excluded.items, done = NULL;

-- name: task_done
UPDATE task SET done = ?3 WHERE uid = ?1 AND recipient = ?2 AND done IS NULL;

-- name: task_get
SELECT uid, recipient, seq, done, items FROM task WHERE uid = ?1 AND recipient = ?2;

-- name: task_scan
SELECT uid, recipient, seq, done, items FROM task
WHERE ?1 = 0 OR done IS NULL
ORDER BY seq, uid, recipient;

-- name: task_scan_of
SELECT uid, recipient, seq, done, items FROM task WHERE recipient = ?1 ORDER BY recipient, uid;

-- name: scrub
VACUUM;
