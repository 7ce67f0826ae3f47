-- SPDX-License-Identifier: Apache-2.0

-- name: tx_begin_read
BEGIN DEFERRED;

-- name: tx_begin_write
BEGIN IMMEDIATE;

-- name: tx_commit
COMMIT;

-- name: tx_rollback
ROLLBACK;

-- Savepoints of one name form a stack.
-- name: tx_savepoint
SAVEPOINT step;

-- name: tx_savepoint_keep
RELEASE step;

-- name: tx_savepoint_undo
ROLLBACK TO step;
