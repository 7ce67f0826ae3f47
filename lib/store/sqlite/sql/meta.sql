-- SPDX-License-Identifier: Apache-2.0

-- name: meta_get
SELECT value FROM meta WHERE key = ?1;

-- name: meta_put
INSERT INTO meta (key, value) VALUES (?1, ?2)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- name: head_get
SELECT size, at, catalog, frontier, owed FROM head WHERE id = 1;

-- name: head_put
INSERT INTO head (id, size, at, catalog, frontier, owed) VALUES (1, ?1, ?2, ?3, ?4, ?5)
ON CONFLICT (id) DO UPDATE
SET size = excluded.size, at = excluded.at, catalog = excluded.catalog, frontier = excluded.frontier,
    owed = excluded.owed;
