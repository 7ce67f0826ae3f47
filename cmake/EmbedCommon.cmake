# Shared by the embedding scripts. They work on hexadecimal text, because semicolons, brackets and
# backslashes in a CMake string have meanings of their own.

cmake_minimum_required(VERSION 3.25)
string(REPLACE "|" ";" FILES "${FILES}")
list(SORT FILES)

# The file's bytes as "xx xx xx ", all lower case.
function(embed_read path out)
  file(READ "${SOURCE_DIR}/${path}" hex HEX)
  string(REGEX REPLACE "(..)" "\\1 " hex "${hex}")
  set(${out} "${hex}" PARENT_SCOPE)
endfunction()

# ASCII from "xx xx ".
function(embed_text hex out)
  string(REPLACE " " ";" bytes "${hex}")
  set(text "")
  foreach(byte IN LISTS bytes)
    if(NOT byte STREQUAL "")
      math(EXPR number "0x${byte}")
      string(ASCII ${number} character)
      string(APPEND text "${character}")
    endif()
  endforeach()
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# C array elements, 16 a line. `style` is char ('\xNN', right for signed and unsigned char alike) or
# byte (0xNN). A zero is added at the end.
function(embed_array hex style out)
  if(hex STREQUAL "")
    set(text "")
  else()
    set(sixteen "................................................") # 16 * "xx "
    string(REGEX REPLACE "(${sixteen})" "\\1\n" text "${hex}")
    if(style STREQUAL "char")
      string(REGEX REPLACE "([0-9a-f][0-9a-f]) " "'\\\\x\\1'," text "${text}")
    else()
      string(REGEX REPLACE "([0-9a-f][0-9a-f]) " "0x\\1," text "${text}")
    endif()
  endif()
  set(${out} "${text}\n0" PARENT_SCOPE)
endfunction()

# Number of bytes in "xx xx ".
function(embed_length hex out)
  string(LENGTH "${hex}" length)
  math(EXPR length "${length} / 3")
  set(${out} ${length} PARENT_SCOPE)
endfunction()
