-- SPDX-License-Identifier: Apache-2.0

-- OR FAIL: see the head of 0001_init.sql.
-- name: event_append
INSERT OR FAIL INTO event (seq, at, kind, commitment, leaf_hash) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: event_body_append
INSERT OR FAIL INTO event_body (seq, subject, box) VALUES (?1, ?2, ?3);

-- LEFT JOIN: an event whose body row was taken away shows as a stub, not as a gap; subject -1 tells
-- that it is none (an erasure leaves a row with neither).
-- name: event_get
SELECT e.seq, e.at, e.kind, e.commitment, e.leaf_hash,
    CASE WHEN b.box IS NULL AND (b.seq IS NULL OR b.subject IS NOT NULL) THEN -1 ELSE b.subject END, b.box
FROM event AS e LEFT JOIN event_body AS b ON b.seq = e.seq
WHERE e.seq = ?1;

-- name: event_scan_gone
SELECT e.seq, e.at, e.kind, e.commitment, e.leaf_hash,
    CASE WHEN b.box IS NULL AND (b.seq IS NULL OR b.subject IS NOT NULL) THEN -1 ELSE b.subject END, b.box
FROM event AS e LEFT JOIN event_body AS b ON b.seq = e.seq
WHERE b.box IS NULL OR e.kind = ?1
ORDER BY e.seq;

-- name: event_scan
SELECT e.seq, e.at, e.kind, e.commitment, e.leaf_hash, b.subject, b.box
FROM event AS e LEFT JOIN event_body AS b ON b.seq = e.seq
WHERE e.seq BETWEEN ?1 AND ?2
ORDER BY e.seq;

-- name: event_scan_hashes
SELECT seq, at, kind, commitment, leaf_hash
FROM event
WHERE seq BETWEEN ?1 AND ?2
ORDER BY seq;

-- name: event_scan_subject
SELECT e.seq, e.at, e.kind, e.commitment, e.leaf_hash, b.subject, b.box
FROM event_body AS b CROSS JOIN event AS e ON e.seq = b.seq
WHERE b.subject = ?3 AND b.seq BETWEEN ?1 AND ?2
ORDER BY b.seq;

-- name: event_scan_subject_hashes
SELECT e.seq, e.at, e.kind, e.commitment, e.leaf_hash
FROM event_body AS b CROSS JOIN event AS e ON e.seq = b.seq
WHERE b.subject = ?3 AND b.seq BETWEEN ?1 AND ?2
ORDER BY b.seq;

-- name: event_last
SELECT coalesce(max(seq), -1) FROM event;

-- name: event_body_last
SELECT coalesce(max(seq), -1) FROM event_body;

-- name: event_at
SELECT at FROM event WHERE seq = ?1;

-- name: node_put
INSERT INTO tree_node (level, idx, hash) VALUES (?1, ?2, ?3);

-- name: node_get
SELECT hash FROM tree_node WHERE level = ?1 AND idx = ?2;

-- name: node_scan
SELECT idx, hash FROM tree_node WHERE level = ?1 AND idx BETWEEN ?2 AND ?3 ORDER BY idx;
