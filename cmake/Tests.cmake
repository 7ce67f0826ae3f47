# Tests, benchmarks and fuzz targets. Everything is found by its place: tests/FOLDER/test_x.c becomes
# the program FOLDER-x and the CTest test `FOLDER.x` with the label FOLDER.

set(consent_test_tmp "${PROJECT_BINARY_DIR}/tests/tmp")
file(MAKE_DIRECTORY "${consent_test_tmp}")
set(consent_test_environment
  "TMPDIR=${consent_test_tmp}"
  "CONSENT_SOURCE_DIR=${PROJECT_SOURCE_DIR}"
  "CONSENT_BINARY_DIR=${PROJECT_BINARY_DIR}"
  "ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1"
  "UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1"
  "TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1")

set(consent_test_timeout 600)
if(CMAKE_CROSSCOMPILING) # emulated
  set(consent_test_timeout 5400)
endif()

find_package(PkgConfig REQUIRED)
if(CONSENT_BUILD_TESTS)
  pkg_check_modules(CONSENT_CMOCKA REQUIRED IMPORTED_TARGET cmocka)
endif()

# What the test programs share. It is a plain archive: an object is linked only when a test uses it,
# so tests of the shared library do not pull in what needs internal symbols.
file(GLOB support_sources CONFIGURE_DEPENDS tests/support/*.c tests/support/*.h)
if(support_sources MATCHES "[.]c")
  add_library(consent-test-support STATIC ${support_sources})
  target_include_directories(consent-test-support PRIVATE
    "${PROJECT_SOURCE_DIR}/lib" "${generated}")
  target_compile_definitions(consent-test-support PRIVATE
    "CONSENT_SOURCE_DIR=\"${PROJECT_SOURCE_DIR}\"")
  target_include_directories(consent-test-support PUBLIC
    "${PROJECT_SOURCE_DIR}/tests/support"
    "${PROJECT_SOURCE_DIR}/include" "${PROJECT_BINARY_DIR}/include")
  target_link_libraries(consent-test-support
    PUBLIC consent_deps::sqlite3 consent_deps::cjson consent_deps::sodium Threads::Threads
    PRIVATE consent-options)
  if(CONSENT_BUILD_TESTS)
    target_link_libraries(consent-test-support PUBLIC PkgConfig::CONSENT_CMOCKA)
  endif()
  add_dependencies(consent-test-support consent-objects) # generated headers
else()
  add_library(consent-test-support INTERFACE)
  target_include_directories(consent-test-support INTERFACE "${PROJECT_SOURCE_DIR}/tests/support")
  target_link_libraries(consent-test-support INTERFACE
    consent_deps::sqlite3 consent_deps::cjson consent_deps::sodium Threads::Threads)
endif()

# Linked last, because a later option wins: cmocka's `void **state`, libFuzzer's entry point.
add_library(consent-test-options INTERFACE)
if(CONSENT_WARNINGS AND CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
  target_compile_options(consent-test-options INTERFACE -Wno-unused-parameter)
endif()
if(CONSENT_WARNINGS AND CMAKE_C_COMPILER_ID STREQUAL "GNU") # tests cut long texts on purpose
  target_compile_options(consent-test-options INTERFACE -Wno-format-truncation)
endif()
add_library(consent-fuzz-options INTERFACE)
if(CONSENT_WARNINGS AND CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
  target_compile_options(consent-fuzz-options INTERFACE -Wno-missing-prototypes)
endif()

# consent_program(target source… FOLDER name LIBRARY static|consent)
function(consent_program target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER;LIBRARY" "")
  add_executable(${target} ${arg_UNPARSED_ARGUMENTS})
  target_compile_definitions(${target} PRIVATE
    "CONSENT_SOURCE_DIR=\"${PROJECT_SOURCE_DIR}\""
    "CONSENT_BINARY_DIR=\"${PROJECT_BINARY_DIR}\"")
  if(arg_LIBRARY STREQUAL "static")
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/lib" "${generated}")
  endif()
  target_link_libraries(${target} PRIVATE
    consent-test-support consent::${arg_LIBRARY} consent-options
    consent_deps::sqlite3 consent_deps::cjson consent_deps::sodium Threads::Threads
    consent-test-options)
  set_target_properties(${target} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests/${arg_FOLDER}")
endfunction()

# ---- tests -------------------------------------------------------------------------------------

if(CONSENT_BUILD_TESTS)
  foreach(folder IN ITEMS unit api store rules fault thread crash abi golden)
    set(library static)
    if(folder MATCHES "^(api|abi)$")
      set(library consent)
    endif()
    file(GLOB sources CONFIGURE_DEPENDS tests/${folder}/*.c)
    foreach(source IN LISTS sources)
      get_filename_component(name "${source}" NAME_WE)
      if(NOT name MATCHES "^test_")
        # A program that a test starts: ${CONSENT_BINARY_DIR}/tests/FOLDER/NAME
        consent_program(${folder}-${name} "${source}" FOLDER ${folder} LIBRARY ${library})
        set_target_properties(${folder}-${name} PROPERTIES OUTPUT_NAME ${name})
        continue()
      endif()
      string(REGEX REPLACE "^test_" "" subject "${name}")
      consent_program(${folder}-${subject} "${source}" FOLDER ${folder} LIBRARY ${library})
      target_link_libraries(${folder}-${subject} PRIVATE PkgConfig::CONSENT_CMOCKA)
      set_target_properties(${folder}-${subject} PROPERTIES OUTPUT_NAME ${name})
      add_test(NAME ${folder}.${subject} COMMAND ${folder}-${subject})
      set_tests_properties(${folder}.${subject} PROPERTIES
        LABELS ${folder}
        TIMEOUT ${consent_test_timeout}
        SKIP_RETURN_CODE 77
        WORKING_DIRECTORY "${consent_test_tmp}"
        ENVIRONMENT "${consent_test_environment}")
    endforeach()
    # For a folder with wishes of its own: link options, time limits, RUN_SERIAL.
    include("${PROJECT_SOURCE_DIR}/tests/${folder}/local.cmake" OPTIONAL)
  endforeach()

  # Structure: rules about the source tree and what is built from it. They need a POSIX shell.
  find_program(CONSENT_BASH bash)
  find_program(CONSENT_CXX NAMES c++ g++ clang++ clang++-14)
  if(CONSENT_BASH)
    set(structure "${PROJECT_SOURCE_DIR}/tests/structure")
    function(consent_structure_test name script)
      add_test(NAME structure.${name} COMMAND "${CONSENT_BASH}" "${structure}/${script}" ${ARGN})
      set_tests_properties(structure.${name} PROPERTIES
        LABELS structure
        TIMEOUT 300
        SKIP_RETURN_CODE 77
        ENVIRONMENT "${consent_test_environment}")
    endfunction()
    consent_structure_test(includes includes.sh "${PROJECT_SOURCE_DIR}")
    consent_structure_test(includes_selftest selftest.sh includes)
    consent_structure_test(boundary boundary.sh "${PROJECT_SOURCE_DIR}/include/consent"
      "${PROJECT_BINARY_DIR}/include/consent")
    consent_structure_test(boundary_selftest selftest.sh boundary)
    consent_structure_test(readme readme.sh "${PROJECT_SOURCE_DIR}")
    consent_structure_test(readme_selftest selftest.sh readme)
    consent_structure_test(headers headers.sh "${CMAKE_C_COMPILER}" "${CONSENT_CXX}"
      "${PROJECT_SOURCE_DIR}/include" "${PROJECT_BINARY_DIR}/include")
    consent_structure_test(headers_selftest selftest.sh headers
      "${CMAKE_C_COMPILER}" "${CONSENT_CXX}")
    consent_structure_test(embed embed.sh "${CMAKE_COMMAND}" "${CMAKE_C_COMPILER}")
    if(CMAKE_NM AND UNIX AND NOT APPLE)
      consent_structure_test(exports exports.sh "${CMAKE_NM}" "$<TARGET_FILE:consent-shared>"
        "${generated}/consent.exports")
      consent_structure_test(names names.sh "${CMAKE_NM}" "$<TARGET_FILE:consent-static>")
      consent_structure_test(names_selftest selftest.sh names "${CMAKE_NM}" "${CMAKE_C_COMPILER}")
      consent_structure_test(exports_selftest selftest.sh exports
        "${CMAKE_NM}" "${CMAKE_C_COMPILER}" "${CMAKE_COMMAND}")
    endif()
    if(NOT CONSENT_SANITIZE AND NOT CONSENT_COVERAGE AND NOT CMAKE_CROSSCOMPILING)
      add_test(NAME package.consumer COMMAND "${CONSENT_BASH}" "${structure}/consumer.sh"
        "${CMAKE_COMMAND}" "${CMAKE_C_COMPILER}" "${PROJECT_BINARY_DIR}" "${structure}/consumer"
        "${CMAKE_GENERATOR}" "$<CONFIG>")
      set_tests_properties(package.consumer PROPERTIES
        LABELS package
        TIMEOUT 300
        ENVIRONMENT "${consent_test_environment}")
    endif()
  endif()

  # Examples: each runs in a fresh directory; stdout must equal examples/expected/NAME.txt.
  foreach(source IN LISTS example_sources)
    get_filename_component(name "${source}" NAME_WE)
    add_test(NAME example.${name} COMMAND "${CMAKE_COMMAND}"
      "-DPROGRAM=$<TARGET_FILE:${name}>"
      "-DEXPECTED=${PROJECT_SOURCE_DIR}/examples/expected/${name}.txt"
      "-DINPUT=${PROJECT_SOURCE_DIR}/examples/input/${name}"
      "-DDIRECTORY=${PROJECT_BINARY_DIR}/examples/run/${name}"
      "-DEMULATOR=${CMAKE_CROSSCOMPILING_EMULATOR}"
      -P "${PROJECT_SOURCE_DIR}/cmake/RunExample.cmake")
    set_tests_properties(example.${name} PROPERTIES
      LABELS example
      TIMEOUT 300
      ENVIRONMENT "${consent_test_environment}")
  endforeach()
endif()

# ---- benchmarks --------------------------------------------------------------------------------

if(CONSENT_BUILD_BENCH)
  file(GLOB sources CONFIGURE_DEPENDS tests/bench/*.c)
  foreach(source IN LISTS sources)
    get_filename_component(name "${source}" NAME_WE)
    consent_program(bench-${name} "${source}" FOLDER bench LIBRARY static)
    set_target_properties(bench-${name} PROPERTIES OUTPUT_NAME ${name})
  endforeach()
  include("${PROJECT_SOURCE_DIR}/tests/bench/local.cmake" OPTIONAL)
endif()

# ---- fuzz targets ------------------------------------------------------------------------------

# Under clang they are libFuzzer programs. Under another compiler, and under a sanitizer that
# libFuzzer does not go with, they replay the files given to them.
if(CONSENT_BUILD_FUZZ)
  file(GLOB sources CONFIGURE_DEPENDS tests/fuzz/*.c)
  foreach(source IN LISTS sources)
    get_filename_component(name "${source}" NAME_WE)
    if(CMAKE_C_COMPILER_ID MATCHES "Clang")
      consent_program(fuzz-${name} "${source}" FOLDER fuzz LIBRARY static)
      target_link_options(fuzz-${name} PRIVATE -fsanitize=fuzzer)
    else()
      consent_program(fuzz-${name} "${source}" "${PROJECT_SOURCE_DIR}/cmake/fuzz_replay.c"
        FOLDER fuzz LIBRARY static)
    endif()
    target_link_libraries(fuzz-${name} PRIVATE consent-fuzz-options)
    set_target_properties(fuzz-${name} PROPERTIES OUTPUT_NAME ${name})
    if(CONSENT_BUILD_TESTS)
      file(GLOB corpus CONFIGURE_DEPENDS tests/fuzz/corpus/${name}/*)
      add_test(NAME fuzz.${name} COMMAND fuzz-${name} ${corpus})
      set_tests_properties(fuzz.${name} PROPERTIES
        LABELS fuzz
        TIMEOUT 300
        ENVIRONMENT "${consent_test_environment}")
      if(NOT corpus) # libFuzzer without arguments would search for ever
        set_tests_properties(fuzz.${name} PROPERTIES DISABLED TRUE)
      endif()
    endif()
  endforeach()
  include("${PROJECT_SOURCE_DIR}/tests/fuzz/local.cmake" OPTIONAL)
endif()
