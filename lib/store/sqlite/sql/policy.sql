-- SPDX-License-Identifier: Apache-2.0

-- name: version_put
INSERT OR FAIL INTO policy_version
    (id, policy, label, sha256, imported_seq, imported_at, published_seq, published_at,
     in_force_at, effective_at, profile, bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, NULL, NULL, ?7, ?8, ?9);

-- name: version_publish
UPDATE policy_version SET published_seq = ?2, published_at = ?3, in_force_at = ?4
WHERE id = ?1 AND published_seq IS NULL;

-- name: version_exists
SELECT 1 FROM policy_version WHERE id = ?1;

-- name: version_get
SELECT id, policy, label, sha256, imported_seq, imported_at, published_seq, published_at,
    in_force_at, effective_at, profile, bytes
FROM policy_version
WHERE id = ?1;

-- name: version_scan
SELECT id, policy, label, sha256, imported_seq, imported_at, published_seq, published_at,
    in_force_at, effective_at, profile, bytes
FROM policy_version
ORDER BY id;

-- name: version_scan_short
SELECT id, policy, label, sha256, imported_seq, imported_at, published_seq, published_at,
    in_force_at, effective_at
FROM policy_version
ORDER BY id;

-- name: point_put
INSERT OR FAIL INTO point (id, policy, key) VALUES (?1, ?2, ?3);

-- name: point_scan
SELECT id, policy, key FROM point ORDER BY id;

-- name: epoch_put
INSERT OR FAIL INTO epoch (version, point, epoch, notice) VALUES (?1, ?2, ?3, ?4);

-- name: epoch_scan
SELECT version, point, epoch, notice FROM epoch
WHERE version BETWEEN ?1 AND ?2
ORDER BY version, point;
