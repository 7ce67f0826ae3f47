# The libraries we stand on, as consent_deps::{sqlite3,cjson,sodium} and Threads::Threads. Used by
# the build, and by the installed package when the static library is asked for. A parent project
# that brings its own copies defines these targets first.

if(NOT TARGET Threads::Threads)
  set(THREADS_PREFER_PTHREAD_FLAG ON)
  find_package(Threads REQUIRED)
endif()

if(NOT TARGET consent_deps::sqlite3)
  find_package(SQLite3 3.37 REQUIRED) # 3.37: STRICT tables
  add_library(consent_deps::sqlite3 INTERFACE IMPORTED)
  target_link_libraries(consent_deps::sqlite3 INTERFACE SQLite::SQLite3)
endif()

if(NOT TARGET consent_deps::cjson)
  add_library(consent_deps::cjson INTERFACE IMPORTED)
  find_package(cJSON CONFIG QUIET)
  if(TARGET cjson)
    target_link_libraries(consent_deps::cjson INTERFACE cjson)
    # The package names the folder above cjson/, whatever it is called by its release.
    target_include_directories(consent_deps::cjson INTERFACE ${CJSON_INCLUDE_DIRS})
  else()
    find_package(PkgConfig REQUIRED)
    pkg_check_modules(CONSENT_CJSON REQUIRED IMPORTED_TARGET libcjson)
    target_link_libraries(consent_deps::cjson INTERFACE PkgConfig::CONSENT_CJSON)
  endif()
endif()

if(NOT TARGET consent_deps::sodium)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(CONSENT_SODIUM REQUIRED IMPORTED_TARGET libsodium)
  add_library(consent_deps::sodium INTERFACE IMPORTED)
  target_link_libraries(consent_deps::sodium INTERFACE PkgConfig::CONSENT_SODIUM)
endif()
