# -DCONSENT_DEPS=bundled: SQLite, libsodium and cJSON inside the library, from the sources that cmake/bundled.sh
# pins. CONSENT_BUNDLED_DIR is what that script made; it is run when there is nothing yet. Installed, the shared
# library needs libc only; the static one still asks its user for the three (cmake/Dependencies.cmake).

set(CONSENT_BUNDLED_DIR "${PROJECT_SOURCE_DIR}/build/deps" CACHE PATH "What cmake/bundled.sh made")
if(NOT CMAKE_CROSSCOMPILING)
  message(STATUS "SQLite, libsodium and cJSON below ${CONSENT_BUNDLED_DIR}")
  execute_process(COMMAND bash "${PROJECT_SOURCE_DIR}/cmake/bundled.sh" "${CONSENT_BUNDLED_DIR}"
    COMMAND_ERROR_IS_FATAL ANY)
elseif(NOT EXISTS "${CONSENT_BUNDLED_DIR}/.complete")
  message(FATAL_ERROR "run CC=… AR=… RANLIB=… HOST=… cmake/bundled.sh ${CONSENT_BUNDLED_DIR} first")
endif()

# Relative relocations packed: 90 kB less. The loader has to know them (glibc 2.36, musl 1.2.4, Android 11), so
# the default is what the loader of this machine does with a program made that way.
if(NOT CMAKE_CROSSCOMPILING)
  include(CheckCSourceRuns)
  set(CMAKE_REQUIRED_FLAGS "-fPIE")
  set(CMAKE_REQUIRED_LINK_OPTIONS "-pie;-Wl,-z,pack-relative-relocs")
  check_c_source_runs("static const char *volatile text[] = {\"a\", \"b\"};
    int main(void) { return *text[0] == 'a' && *text[1] == 'b' ? 0 : 1; }" CONSENT_LOADER_UNPACKS)
  unset(CMAKE_REQUIRED_FLAGS)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
endif()
option(CONSENT_PACK_RELOCATIONS "Pack relative relocations of the bundled library (glibc 2.36)"
  ${CONSENT_LOADER_UNPACKS})

find_package(Threads REQUIRED)
foreach(name IN ITEMS sqlite3 sodium cjson)
  add_library(consent_deps::${name} STATIC IMPORTED)
  set_target_properties(consent_deps::${name} PROPERTIES
    IMPORTED_LOCATION "${CONSENT_BUNDLED_DIR}/lib/lib${name}.a"
    INTERFACE_INCLUDE_DIRECTORIES "${CONSENT_BUNDLED_DIR}/include;${CONSENT_BUNDLED_DIR}/include/cjson")
endforeach()
set_property(TARGET consent_deps::sodium PROPERTY INTERFACE_COMPILE_DEFINITIONS SODIUM_STATIC)
set_property(TARGET consent_deps::cjson PROPERTY INTERFACE_COMPILE_DEFINITIONS CJSON_HIDE_SYMBOLS)
set_property(TARGET consent_deps::sqlite3 PROPERTY INTERFACE_LINK_LIBRARIES Threads::Threads)
