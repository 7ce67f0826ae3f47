#!/usr/bin/env bash
# embed.sh CMAKE CC: the scripts that embed SQL and data keep every byte and refuse what is wrong.
set -euo pipefail
cmake=$1 cc=$2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/embed.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/lib/store/sqlite/{sql,migrations} "$work"/policy/{profiles,calendars} "$work/out"
sql=lib/store/sqlite/sql migrations=lib/store/sqlite/migrations

run() { # script files…
  local script=$1
  shift
  "$cmake" "-DSOURCE_DIR=$work" "-DFILES=$(IFS='|' && echo "$*")" "-DOUTPUT_DIR=$work/out" \
    -DVERSION_NODE=X_0 -P "$root/cmake/$script" >"$work/log" 2>&1
}
refuses() { # what script files…
  local what=$1
  shift
  if run "$@"; then
    echo "not refused: $what"
    exit 1
  fi
}

cat >"$work/$sql/a.sql" <<'SQL'
-- Comments before the first statement are dropped.

-- name: quote_everything
SELECT ';', '[', ']', '${x}', '@y@', "a\n\\b", '%s', '??=' -- 知情同意
  FROM [t] WHERE a = ?1;
-- name: second

SELECT 2
SQL
printf -- '-- name: no_newline\nSELECT 3' >"$work/$sql/b.sql"
printf 'CREATE TABLE t(a, b); -- first\nCREATE TABLE u(a);\n' >"$work/$migrations/0001_init.sql"
printf 'ALTER TABLE t ADD c;\n' >"$work/$migrations/0002_more.sql"
printf '{"a":"[;]\\\\ 同意 $%s"}\n' '{x}' >"$work/policy/profiles/cn.json"
: >"$work/policy/calendars/empty.json"

run EmbedSql.cmake $sql/b.sql $sql/a.sql $migrations/0002_more.sql $migrations/0001_init.sql ||
  { cat "$work/log"; exit 1; }
run EmbedData.cmake policy/profiles/cn.json policy/calendars/empty.json ||
  { cat "$work/log"; exit 1; }

cat >"$work/main.c" <<'C'
#include "consent_data.h"
#include "consent_sql.h"
#include <stdio.h>
int main(void)
{
    for (int i = 0; i < CONSENT__SQL_COUNT; i++)
        printf("<%s>%s</>\n", consent__sql_name[i], consent__sql_text[i]);
    printf("%d %d\n", CONSENT__SQL_SECOND, CONSENT__SQL_NO_NEWLINE);
    for (int i = 0; i < consent__migration_count; i++)
        printf("<%d %s>%s</>\n", consent__migrations[i].number, consent__migrations[i].name,
               consent__migrations[i].sql);
    for (size_t i = 0; i < consent__data_count; i++) {
        printf("<%s %d>", consent__data[i].name, (int)consent__data[i].len);
        fwrite(consent__data[i].bytes, 1, consent__data[i].len, stdout);
        printf("</%d>\n", consent__data[i].bytes[consent__data[i].len]);
    }
    return 0;
}
C
warnings=(-std=c11 -Wall -Wextra -Wpedantic -Werror)
"$cc" "${warnings[@]}" -I "$work/out" -o "$work/main" "$work/main.c" "$work/out/consent_sql.c" \
  "$work/out/consent_data.c"
cat >"$work/expected" <<'TEXT'
<quote_everything>SELECT ';', '[', ']', '${x}', '@y@', "a\n\\b", '%s', '??=' -- 知情同意
  FROM [t] WHERE a = ?1;</>
<second>SELECT 2</>
<no_newline>SELECT 3</>
1 2
<1 init>CREATE TABLE t(a, b); -- first
CREATE TABLE u(a);
</>
<2 more>ALTER TABLE t ADD c;
</>
<calendars/empty 0></0>
<profiles/cn 26>{"a":"[;]\\ 同意 ${x}"}
</0>
TEXT
"$work/main" >"$work/actual"
diff -u "$work/expected" "$work/actual"

# Nothing to embed is no error.
run EmbedSql.cmake || { cat "$work/log"; exit 1; }
run EmbedData.cmake || { cat "$work/log"; exit 1; }
"$cc" "${warnings[@]}" -I "$work/out" -c -o "$work/empty.o" "$work/out/consent_sql.c"
"$cc" "${warnings[@]}" -I "$work/out" -c -o "$work/empty.o" "$work/out/consent_data.c"

printf 'SELECT 1;\n' >"$work/$sql/x.sql"
refuses "a file without a name" EmbedSql.cmake $sql/x.sql
printf 'SELECT 1;\n-- name: x\nSELECT 2;\n' >"$work/$sql/x.sql"
refuses "SQL before the first name" EmbedSql.cmake $sql/x.sql
printf -- '-- name: second\nSELECT 1;\n' >"$work/$sql/x.sql"
refuses "a name used twice" EmbedSql.cmake $sql/a.sql $sql/x.sql
printf -- '-- name: x\n-- nothing\n-- name: y\nSELECT 1;\n' >"$work/$sql/x.sql"
refuses "an empty statement" EmbedSql.cmake $sql/x.sql
printf -- '-- name: Not A Name\nSELECT 1;\n' >"$work/$sql/x.sql"
refuses "a bad name" EmbedSql.cmake $sql/x.sql
printf -- '-- name: x\r\nSELECT 1;\r\n' >"$work/$sql/x.sql"
refuses "carriage returns" EmbedSql.cmake $sql/x.sql
refuses "a gap in the migrations" EmbedSql.cmake $migrations/0002_more.sql
printf 'CONSENT_API int consent_a(void);\nCONSENT_API int other(void);\n' >"$work/a.h"
refuses "an export that is no consent_*" Exports.cmake a.h
printf '/* CONSENT_API x */ CONSENT_API int consent_a(void (*f)(int), int b[2]);\n' >"$work/a.h"
printf '#define CONSENT_API\nCONSENT_API const char *\nconsent_b (void);\n' >"$work/b.h"
run Exports.cmake b.h a.h || { cat "$work/log"; exit 1; }
diff <(printf 'consent_a\nconsent_b\n') "$work/out/consent.exports"
refuses "a function declared twice" Exports.cmake a.h a.h
echo "embedding keeps every byte"
