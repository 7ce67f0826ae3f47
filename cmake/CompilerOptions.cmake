# Language, warnings, sanitizers and coverage: what every target of ours compiles with.

add_library(consent-options INTERFACE)
target_compile_features(consent-options INTERFACE c_std_11)
# Strict C11 and POSIX 2008: an extension is asked for by name, in the file that needs it.
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
target_compile_definitions(consent-options INTERFACE _POSIX_C_SOURCE=200809L)

if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
  if(CONSENT_WARNINGS)
    target_compile_options(consent-options INTERFACE
      -Wall -Wextra -Wpedantic
      -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
      -Wwrite-strings -Wpointer-arith -Wundef -Wvla -Wformat=2 -Wno-format-nonliteral -Wdouble-promotion
      -Wredundant-decls -Wimplicit-fallthrough -Wnested-externs
      -Wno-overlength-strings)
    if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
      target_compile_options(consent-options INTERFACE -Wlogical-op -Wduplicated-cond)
    endif()
    if(WIN32) # its check of formats knows Microsoft's only
      target_compile_options(consent-options INTERFACE -Wno-format -Wno-format-extra-args -Wno-pedantic-ms-format)
    endif()
  endif()

  if(CONSENT_SANITIZE)
    target_compile_options(consent-options INTERFACE
      "-fsanitize=${CONSENT_SANITIZE}" -fno-omit-frame-pointer)
    # gcc guesses at lengths here that the instrumented code no longer shows it.
    if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
      target_compile_options(consent-options INTERFACE -Wno-format-truncation)
    endif()
    target_link_options(consent-options INTERFACE "-fsanitize=${CONSENT_SANITIZE}")
    if(CONSENT_SANITIZE MATCHES "undefined")
      target_compile_options(consent-options INTERFACE -fno-sanitize-recover=all)
    endif()
    if(CONSENT_SANITIZE MATCHES "thread" AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
      target_compile_options(consent-options INTERFACE -Wno-error=tsan)
    endif()
  endif()
  if(CONSENT_BUILD_FUZZ AND CMAKE_C_COMPILER_ID MATCHES "Clang")
    target_compile_options(consent-options INTERFACE -fsanitize=fuzzer-no-link)
  endif()
  if(CONSENT_COVERAGE)
    target_compile_options(consent-options INTERFACE --coverage -fprofile-update=atomic)
    target_link_options(consent-options INTERFACE --coverage)
  endif()
endif()
