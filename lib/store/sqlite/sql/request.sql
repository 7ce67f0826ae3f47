-- SPDX-License-Identifier: Apache-2.0

-- name: request_put
INSERT INTO request (number, subject, kind, state, open, received_at, due, provisional)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (number) DO UPDATE
SET state = excluded.state, open = excluded.open, due = excluded.due,
    provisional = excluded.provisional;

-- name: request_get
SELECT number, subject, kind, state, open, received_at, due, provisional FROM request
WHERE number = ?1;

-- name: request_scan
SELECT number, subject, kind, state, open, received_at, due, provisional FROM request
ORDER BY number;

-- Those without a due date last.
-- name: request_scan_open
SELECT number, subject, kind, state, open, received_at, due, provisional FROM request
WHERE open = 1
ORDER BY due IS NULL, due, number;

-- name: erase_requests
UPDATE request SET subject = NULL WHERE subject = ?1;
