# Runs an example in a fresh directory and compares what it says with what it should say.
#
#   cmake -DPROGRAM=… -DEXPECTED=….txt -DDIRECTORY=… [-DINPUT=FOLDER] [-DEMULATOR=…] -P RunExample.cmake

cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE "${DIRECTORY}")
file(MAKE_DIRECTORY "${DIRECTORY}/work")
if(INPUT AND EXISTS "${INPUT}") # what the program expects to find where it is started
  file(COPY "${INPUT}/" DESTINATION "${DIRECTORY}/work")
endif()
execute_process(COMMAND ${EMULATOR} "${PROGRAM}"
  WORKING_DIRECTORY "${DIRECTORY}/work"
  OUTPUT_FILE "${DIRECTORY}/stdout.txt"
  RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  execute_process(COMMAND "${CMAKE_COMMAND}" -E cat "${DIRECTORY}/stdout.txt")
  message(FATAL_ERROR "${PROGRAM} ended with ${result}")
endif()
if(NOT EXISTS "${EXPECTED}")
  message(STATUS "no ${EXPECTED}: only the exit status was checked")
  return()
endif()
execute_process(COMMAND "${CMAKE_COMMAND}" -E compare_files "${EXPECTED}" "${DIRECTORY}/stdout.txt"
  RESULT_VARIABLE differs OUTPUT_QUIET ERROR_QUIET)
if(NOT differs EQUAL 0)
  execute_process(COMMAND diff -u "${EXPECTED}" "${DIRECTORY}/stdout.txt")
  message(FATAL_ERROR "stdout differs from ${EXPECTED}")
endif()
file(REMOVE_RECURSE "${DIRECTORY}/work")
