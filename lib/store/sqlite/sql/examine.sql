-- SPDX-License-Identifier: Apache-2.0

-- name: examine_integrity
PRAGMA integrity_check(100);

-- name: examine_references
SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2;

-- name: examine_schema
SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema
ORDER BY type, name, tbl_name, sql;

-- name: examine_erasing
SELECT count(*) FROM erasing;

-- The pragma itself counts as a write, even when it only asks.
-- name: examine_journal_mode
SELECT journal_mode FROM pragma_journal_mode;

-- name: examine_synchronous
PRAGMA synchronous;

-- name: examine_foreign_keys
PRAGMA foreign_keys;

-- name: examine_trusted_schema
PRAGMA trusted_schema;

-- name: examine_secure_delete
PRAGMA secure_delete;

-- name: examine_encoding
PRAGMA encoding;

-- name: examine_auto_vacuum
PRAGMA auto_vacuum;

-- name: examine_page_size
PRAGMA page_size;
