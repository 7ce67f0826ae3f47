-- SPDX-License-Identifier: Apache-2.0

-- name: document_put
INSERT OR FAIL INTO document (kind, key, seq, sha256, bytes) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: document_scan
SELECT kind, key, seq, sha256, bytes FROM document ORDER BY kind, key, seq;

-- name: document_scan_kind
SELECT kind, key, seq, sha256, bytes FROM document WHERE kind = ?1 ORDER BY kind, key, seq;

-- name: document_scan_key
SELECT kind, key, seq, sha256, bytes FROM document WHERE kind = ?1 AND key = ?2 ORDER BY kind, key, seq;

-- name: checkpoint_put
INSERT OR FAIL INTO checkpoint (size, at, note) VALUES (?1, ?2, ?3);

-- name: checkpoint_scan
SELECT size, at, note FROM checkpoint ORDER BY size, at;

-- name: checkpoint_last
SELECT size, at FROM checkpoint ORDER BY size DESC, at DESC LIMIT 1;
