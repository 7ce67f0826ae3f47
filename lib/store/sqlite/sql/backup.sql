-- SPDX-License-Identifier: Apache-2.0

-- The copy is thrown away when it fails, and synced as a whole when it is done.
-- name: backup_setup
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;

-- A read takes the snapshot.
-- name: backup_pin
BEGIN DEFERRED;
SELECT id FROM head;
