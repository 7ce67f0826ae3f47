# Public headers -> consent.exports (one function a line, sorted) and consent.map (the linker's
# version script).
#
#   cmake -DSOURCE_DIR=… -DFILES=include/consent/a.h|… -DEXTRA=/…/version.h -DOUTPUT_DIR=…
#         -DVERSION_NODE=LIBCONSENT_0 -P Exports.cmake
#
# A function is exported when a header declares it with CONSENT_API.

include("${CMAKE_CURRENT_LIST_DIR}/EmbedCommon.cmake")

set(names "")
set(paths "${FILES}")
list(TRANSFORM paths PREPEND "${SOURCE_DIR}/")
foreach(path IN LISTS paths EXTRA)
  file(READ "${path}" text)
  # Brackets and semicolons would disturb lists; nothing we look for holds one.
  string(REGEX REPLACE "[][]" " " text "${text}")
  string(REPLACE "\\\n" " " text "${text}")
  string(REPLACE "\\" " " text "${text}")

  string(FIND "${text}" "/*" from)
  while(NOT from EQUAL -1)
    string(SUBSTRING "${text}" 0 ${from} head)
    string(SUBSTRING "${text}" ${from} -1 tail)
    string(FIND "${tail}" "*/" to)
    if(to EQUAL -1)
      message(FATAL_ERROR "${path}: comment without an end")
    endif()
    math(EXPR to "${to} + 2")
    string(SUBSTRING "${tail}" ${to} -1 tail)
    set(text "${head} ${tail}")
    string(FIND "${text}" "/*" from)
  endwhile()
  string(REGEX REPLACE "\n[ \t]*#[^\n]*" "\n" text "\n${text}")

  string(REGEX MATCHALL "CONSENT_API" marks "${text}")
  string(REGEX MATCHALL "CONSENT_API[^;({}]*[^;({}A-Za-z0-9_]consent_[a-z0-9_]+[ \n]*[(]"
    declarations "${text}")
  list(LENGTH marks marked)
  list(LENGTH declarations declared)
  if(NOT marked EQUAL declared)
    message(FATAL_ERROR
      "${path}: ${marked} times CONSENT_API, but ${declared} declarations of consent_* functions")
  endif()
  foreach(declaration IN LISTS declarations)
    string(REGEX REPLACE ".*[^A-Za-z0-9_](consent_[a-z0-9_]+)[ \n]*[(]$" "\\1"
      name "${declaration}")
    list(APPEND names "${name}")
  endforeach()
endforeach()

list(SORT names)
list(LENGTH names count)
list(REMOVE_DUPLICATES names)
list(LENGTH names distinct)
if(NOT count EQUAL distinct)
  message(FATAL_ERROR "a function is declared in two places of the public headers")
endif()

list(JOIN names "\n" lines)
string(REPLACE "\n" ";\n    " entries "${lines}")
file(WRITE "${OUTPUT_DIR}/consent.exports" "${lines}\n")
file(WRITE "${OUTPUT_DIR}/consent.map" "${VERSION_NODE} {
  global:
    ${entries};
  local:
    *;
};
")
