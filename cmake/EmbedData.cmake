# Policy data -> consent_data.h and consent_data.c, sorted by name.
#
#   cmake -DSOURCE_DIR=… -DFILES=policy/profiles/cn.json|… -DOUTPUT_DIR=… -P EmbedData.cmake
#
# policy/profiles/cn.json is called "profiles/cn". A zero byte follows each text.

include("${CMAKE_CURRENT_LIST_DIR}/EmbedCommon.cmake")

set(arrays "")
set(rows "")
set(count 0)
foreach(file IN LISTS FILES)
  embed_read("${file}" hex)
  embed_array("${hex}" byte array)
  embed_length("${hex}" length)
  string(REGEX REPLACE "^policy/(.*)[.]json$" "\\1" name "${file}")
  string(APPEND arrays "static const unsigned char data_${count}[] = {\n${array}};\n\n")
  string(APPEND rows "    {\"${name}\", data_${count}, ${length}u},\n")
  math(EXPR count "${count} + 1")
endforeach()
if(rows STREQUAL "")
  set(rows "    {0, 0, 0},\n")
endif()

file(WRITE "${OUTPUT_DIR}/consent_data.h" "/* Made by cmake/EmbedData.cmake. */
#ifndef CONSENT_DATA_H
#define CONSENT_DATA_H

#include <stddef.h>

struct consent__data {
    const char *name; /* \"profiles/cn\" */
    const unsigned char *bytes; /* a zero follows the last one */
    size_t len;
};

extern const struct consent__data consent__data[];
extern const size_t consent__data_count;

#endif
")
file(WRITE "${OUTPUT_DIR}/consent_data.c" "/* Made by cmake/EmbedData.cmake. */
#include \"consent_data.h\"

${arrays}const struct consent__data consent__data[] = {
${rows}};

const size_t consent__data_count = ${count};
")
