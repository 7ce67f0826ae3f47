#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The same table in PostgreSQL on a Unix socket, through its own pgbench with prepared statements, one client;
# synchronous_commit and fsync on, as by default. usage: postgres.sh DIR
set -euo pipefail
dir=$1/postgres
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
if [ -z "$bin" ] || [ ! -x "$bin/pgbench" ]; then
  echo "postgres: no server with pgbench here" >&2
  exit 0
fi
as=()
mkdir -p "$dir"
if [ "$(id -u)" -eq 0 ]; then # the server refuses root
  id postgres >/dev/null 2>&1 || { echo "postgres: no user to run it as" >&2; exit 0; }
  chmod 755 "$1"
  chown postgres "$dir"
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
"${as[@]}" "$bin/initdb" -D "$dir/data" -A trust >/dev/null
"${as[@]}" "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-k $dir -c listen_addresses=''" start >/dev/null
trap '"${as[@]}" "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null' EXIT
psql() { "${as[@]}" "$bin/psql" -q -h "$dir" -d postgres "$@"; }
psql <<'SQL'
CREATE TABLE consent(subject text, purpose text, granted boolean, version text, at bigint, PRIMARY KEY(subject, purpose));
CREATE TABLE history(seq bigserial PRIMARY KEY, at bigint, subject text, purpose text, granted boolean, version text, surface text);
INSERT INTO consent SELECT 'subject-' || lpad((i / 5)::text, 8, '0'), 'p' || i % 5, true, '1.0', 1 FROM generate_series(0, 99999) i;
VACUUM ANALYZE consent;
SQL
cat >"$dir/check.sql" <<'SQL'
\set s random(0, 19999)
\set p random(0, 4)
SELECT granted FROM consent WHERE subject = 'subject-' || lpad(:s::text, 8, '0') AND purpose = 'p' || :p;
SQL
cat >"$dir/record.sql" <<'SQL'
\set s random(0, 19999)
\set p random(0, 4)
WITH h AS (INSERT INTO history(at, subject, purpose, granted, version, surface)
  VALUES (1, 'subject-' || lpad(:s::text, 8, '0'), 'p' || :p, true, '1.0', 'app'))
INSERT INTO consent VALUES ('subject-' || lpad(:s::text, 8, '0'), 'p' || :p, true, '1.0', 1)
  ON CONFLICT (subject, purpose) DO UPDATE SET granted = excluded.granted, at = excluded.at;
SQL
for what in check record; do
  for _ in 1 2 3 4 5; do
    "${as[@]}" "$bin/pgbench" -h "$dir" -n -M prepared -c 1 -T 2 -f "$dir/$what.sql" postgres 2>/dev/null |
      sed -n 's/^latency average = \([0-9.]*\) ms.*/\1/p'
  done | sort -n | awk -v what=$what '{ v[NR] = $1 * 1000 }
    END { printf "PEER\tpostgresql\t%s\t%.2f\t%.2f\t%.2f\tone client, Unix socket, prepared\n", what, v[int((NR + 1) / 2)], v[1], v[NR] }'
done
