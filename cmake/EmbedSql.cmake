# SQL files -> consent_sql.h and consent_sql.c.
#
#   cmake -DSOURCE_DIR=… -DFILES=a.sql|b.sql -DOUTPUT_DIR=… -P EmbedSql.cmake
#
# A file below sql/ holds statements, each introduced by a line `-- name: some_name`; before the
# first one only comments may stand. A file below migrations/ is called NNNN_name.sql and is kept
# whole; the numbers run 1, 2, 3 … without a gap.

include("${CMAKE_CURRENT_LIST_DIR}/EmbedCommon.cmake")

set(marker "\n2d 2d 20 6e 61 6d 65 3a 20 ") # newline, `-- name: `
string(LENGTH "${marker}" marker_length)

set(enum "")
set(arrays "")
set(texts "")
set(names "")
set(seen "")
set(migrations "")
set(migration_count 0)

foreach(file IN LISTS FILES)
  embed_read("${file}" hex)
  if(hex MATCHES "0d " OR hex MATCHES "00 ")
    message(FATAL_ERROR "${file}: carriage return or NUL in SQL")
  endif()
  get_filename_component(base "${file}" NAME_WE)

  if(file MATCHES "/migrations/")
    if(NOT base MATCHES "^([0-9][0-9][0-9][0-9])_([a-z][a-z0-9_]*)$")
      message(FATAL_ERROR "${file}: a migration is called NNNN_name.sql")
    endif()
    set(digits "${CMAKE_MATCH_1}")
    set(name "${CMAKE_MATCH_2}")
    math(EXPR migration_count "${migration_count} + 1")
    string(REGEX REPLACE "^0+" "" number "${digits}")
    if(NOT number STREQUAL migration_count)
      message(FATAL_ERROR "${file}: migration ${migration_count} expected")
    endif()
    embed_array("${hex}" char array)
    string(APPEND arrays "static const char migration_${number}[] = {\n${array}};\n\n")
    string(APPEND migrations "    {${number}, \"${name}\", migration_${number}},\n")
    continue()
  endif()

  string(REPLACE "0a " "\n" lines "\n${hex}")
  string(FIND "${lines}" "${marker}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${file}: no line `-- name: …`")
  endif()
  string(SUBSTRING "${lines}" 0 ${at} preamble)
  string(REGEX REPLACE "\n(20 |09 )*2d 2d [^\n]*" "" preamble "${preamble}")
  if(NOT preamble MATCHES "^(20 |09 |\n)*$")
    message(FATAL_ERROR "${file}: SQL before the first line `-- name: …`")
  endif()

  while(NOT at EQUAL -1)
    math(EXPR from "${at} + ${marker_length}")
    string(SUBSTRING "${lines}" ${from} -1 lines)
    string(FIND "${lines}" "\n" end)
    string(SUBSTRING "${lines}" 0 ${end} name)
    string(SUBSTRING "${lines}" ${end} -1 lines)
    embed_text("${name}" name)
    string(STRIP "${name}" name)
    if(NOT name MATCHES "^[a-z][a-z0-9_]*$")
      message(FATAL_ERROR "${file}: `${name}` is no name of a statement")
    endif()
    if(name IN_LIST seen)
      message(FATAL_ERROR "${file}: a second statement is called `${name}`")
    endif()
    list(APPEND seen "${name}")

    string(FIND "${lines}" "${marker}" at)
    string(SUBSTRING "${lines}" 0 ${at} statement)
    string(REGEX REPLACE "\n(20 |09 )*2d 2d [^\n]*" "" bare "${statement}")
    if(bare MATCHES "^(20 |09 |\n)*$")
      message(FATAL_ERROR "${file}: statement `${name}` is empty")
    endif()
    string(REGEX REPLACE "^(20 |09 |\n)+" "" statement "${statement}")
    string(REGEX REPLACE "(20 |09 |\n)+$" "" statement "${statement}")
    string(REPLACE "\n" "0a " statement "${statement}")
    embed_array("${statement}" char array)
    string(TOUPPER "${name}" constant)
    string(APPEND enum "    CONSENT__SQL_${constant},\n")
    string(APPEND arrays "static const char sql_${name}[] = {\n${array}};\n\n")
    string(APPEND texts "    sql_${name},\n")
    string(APPEND names "    \"${name}\",\n")
  endwhile()
endforeach()

# C knows no empty array.
if(texts STREQUAL "")
  set(texts "    0,\n")
  set(names "    0,\n")
endif()
if(migrations STREQUAL "")
  set(migrations "    {0, 0, 0},\n")
endif()

file(WRITE "${OUTPUT_DIR}/consent_sql.h" "/* Made by cmake/EmbedSql.cmake. */
#ifndef CONSENT_SQL_H
#define CONSENT_SQL_H

enum consent__sql {
${enum}    CONSENT__SQL_COUNT
};

extern const char *const consent__sql_text[];
extern const char *const consent__sql_name[];

struct consent__migration {
    int number;
    const char *name;
    const char *sql;
};

extern const struct consent__migration consent__migrations[];
extern const int consent__migration_count;

#endif
")
file(WRITE "${OUTPUT_DIR}/consent_sql.c" "/* Made by cmake/EmbedSql.cmake. */
#include \"consent_sql.h\"

${arrays}const char *const consent__sql_text[] = {
${texts}};

const char *const consent__sql_name[] = {
${names}};

const struct consent__migration consent__migrations[] = {
${migrations}};

const int consent__migration_count = ${migration_count};
")
