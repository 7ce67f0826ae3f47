-- SPDX-License-Identifier: Apache-2.0

-- Each connection. What sqlite3_db_config can switch is switched there.
-- name: connection_setup
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA cell_size_check = ON;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -1000;

-- While one transaction writes very much: with the small cache each row would be read again.
-- name: connection_bulk_begin
PRAGMA cache_size = -16000;

-- name: connection_bulk_end
PRAGMA cache_size = -1000;

-- For a transaction that changes thousands of rows: what does not fit is written to the log early and
-- read again.
-- name: connection_wide
PRAGMA cache_size = -16000;

-- name: connection_narrow
PRAGMA cache_size = -1000;

-- A reader cannot spread what is damaged, and what decides a check is sealed: looking through all
-- cells of every page that comes in would be a tenth of a check of a large file.
-- name: connection_read_only
PRAGMA query_only = ON;
PRAGMA cell_size_check = OFF;

-- name: connection_wal
PRAGMA journal_mode = WAL;

-- name: connection_journal
PRAGMA journal_mode;

-- name: file_setup
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
PRAGMA auto_vacuum = NONE;

-- 0x434E5354, "CNST"
-- name: file_mark
PRAGMA application_id = 1129206612;

-- name: file_application
PRAGMA application_id;

-- name: file_version
PRAGMA user_version;

-- name: file_checkpoint
PRAGMA wal_checkpoint(TRUNCATE);

-- name: data_version
PRAGMA data_version;
