-- SPDX-License-Identifier: Apache-2.0

-- name: subject_next
SELECT coalesce(max(id), 0) + 1 FROM subject_key;

-- name: subject_add
INSERT OR FAIL INTO subject_key (id, uid, salt) VALUES (?1, ?2, ?3);

-- CROSS JOIN fixes the order: look-up first.
-- name: subject_get
SELECT s.subject, k.uid, k.salt, s.lookup, s.seq, s.box
FROM subject_state AS s CROSS JOIN subject_key AS k ON k.id = s.subject
WHERE s.lookup = ?1;

-- The same with what a check needs of the head: one statement is one snapshot.
-- name: subject_look
SELECT h.size, h.at, h.catalog, s.subject, k.uid, k.salt, s.seq, s.box
FROM head AS h LEFT JOIN subject_state AS s ON s.lookup = ?1
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

-- Nearly always the row is there: one look-up, and a box of the same length is written in place.
-- name: state_set
UPDATE OR FAIL subject_state SET seq = ?3, box = ?4 WHERE lookup = ?1 AND subject = ?2;

-- The subject is compared and not set: setting it would rewrite the entry in its index.
-- name: state_put
INSERT INTO subject_state (lookup, subject, seq, box) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (lookup) DO UPDATE SET seq = excluded.seq, box = excluded.box
WHERE subject = excluded.subject;

-- name: idem_get
SELECT subject, key, digest, seq FROM idem WHERE subject = ?1 AND key = ?2;

-- name: idem_scan
SELECT subject, key, digest, seq FROM idem ORDER BY subject, key;

-- name: idem_put
INSERT INTO idem (subject, key, digest, seq) VALUES (?1, ?2, ?3, ?4);
