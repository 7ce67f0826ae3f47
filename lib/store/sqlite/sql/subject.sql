-- SPDX-License-Identifier: Apache-2.0

-- name: subject_next
SELECT coalesce(max(id), 0) + 1 FROM subject_key;

-- name: subject_add
INSERT OR FAIL INTO subject_key (id, uid, salt) VALUES (?1, ?2, ?3);

-- ?2, ?3: the first and the last slot of the look-up. CROSS JOIN fixes the order: look-up first.
-- name: subject_get
SELECT s.subject, k.uid, k.salt, s.lookup, s.seq, s.box
FROM subject_state AS s CROSS JOIN subject_key AS k ON k.id = s.subject
WHERE s.id BETWEEN ?2 AND ?3 AND s.lookup = ?1;

-- The same with what a check needs of the head: one statement is one snapshot.
-- name: subject_look
SELECT h.size, h.at, h.catalog, s.subject, k.uid, k.salt, s.seq, s.box
FROM head AS h LEFT JOIN subject_state AS s ON s.id BETWEEN ?2 AND ?3 AND s.lookup = ?1
LEFT JOIN subject_key AS k ON k.id = s.subject
WHERE h.id = 1;

-- name: subject_by_id
SELECT k.id, k.uid, k.salt, s.lookup, s.seq, s.box
FROM subject_key AS k LEFT JOIN subject_state AS s ON s.subject = k.id
WHERE k.id = ?1;

-- name: subject_key
SELECT uid, salt FROM subject_key WHERE id = ?1;

-- name: subject_by_uid
SELECT k.id, k.uid, k.salt, s.lookup, s.seq, s.box
FROM subject_key AS k LEFT JOIN subject_state AS s ON s.subject = k.id
WHERE k.uid = ?1;

-- name: subject_scan
SELECT k.id, k.uid, k.salt, s.lookup, s.seq, s.box
FROM subject_key AS k CROSS JOIN subject_state AS s ON s.subject = k.id
WHERE k.id > ?1
ORDER BY k.id
LIMIT ?2;

-- Nearly always the row is there, in the first slot: one look-up, and a box of the same length is
-- written in place. The subject is compared and not set: setting it would rewrite its index.
-- name: state_set
UPDATE OR FAIL subject_state SET seq = ?3, box = ?4 WHERE id = ?5 AND lookup = ?1 AND subject = ?2;

-- name: state_add
INSERT OR FAIL INTO subject_state (id, lookup, subject, seq, box) VALUES (?5, ?1, ?2, ?3, ?4);

-- name: state_slots
SELECT id, lookup, subject FROM subject_state WHERE id BETWEEN ?1 AND ?2 ORDER BY id;

-- name: idem_get
SELECT subject, key, digest, seq FROM idem WHERE subject = ?1 AND key = ?2;

-- name: idem_scan
SELECT subject, key, digest, seq FROM idem ORDER BY subject, key;

-- name: idem_put
INSERT INTO idem (subject, key, digest, seq) VALUES (?1, ?2, ?3, ?4);
