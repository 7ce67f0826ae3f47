# What a packager and an embedding project get: components runtime, dev and tools.

include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/consent")

install(TARGETS consent-shared EXPORT consent-shared-targets
  RUNTIME COMPONENT runtime
  LIBRARY COMPONENT runtime NAMELINK_COMPONENT dev
  ARCHIVE COMPONENT dev)
install(TARGETS consent-static EXPORT consent-static-targets
  ARCHIVE COMPONENT dev)
if(TARGET consent-bundled-static)
  install(FILES "${bundled_archive}" DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT dev)
endif()
if(TARGET consentctl)
  install(TARGETS consentctl RUNTIME COMPONENT tools)
  install(FILES docs/man/consentctl.1 DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT tools)
endif()

install(DIRECTORY include/consent "${PROJECT_BINARY_DIR}/include/consent"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT dev
  FILES_MATCHING PATTERN "*.h")
if(EXISTS "${PROJECT_SOURCE_DIR}/policy")
  install(DIRECTORY policy/ DESTINATION "${CMAKE_INSTALL_DATADIR}/consent" COMPONENT runtime
    FILES_MATCHING PATTERN "*.json")
endif()
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT runtime)

# The two libraries are exported apart: who links the shared one needs none of its dependencies.
install(EXPORT consent-shared-targets NAMESPACE consent:: DESTINATION "${package_dir}"
  COMPONENT dev)
install(EXPORT consent-static-targets NAMESPACE consent:: DESTINATION "${package_dir}"
  COMPONENT dev)
configure_package_config_file(cmake/consent-config.cmake.in
  "${PROJECT_BINARY_DIR}/consent-config.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/consent-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/consent-config.cmake"
  "${PROJECT_BINARY_DIR}/consent-config-version.cmake"
  DESTINATION "${package_dir}" COMPONENT dev)
install(FILES cmake/Dependencies.cmake DESTINATION "${package_dir}" COMPONENT dev
  RENAME consent-dependencies.cmake)

# The prefix is said relative to the file, so that the tree can be moved.
set(pc_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  set(pc_prefix "${CMAKE_INSTALL_PREFIX}")
else()
  file(RELATIVE_PATH pc_up "/prefix/${pc_dir}" "/prefix")
  string(REGEX REPLACE "/$" "" pc_up "${pc_up}")
  set(pc_prefix "\${pcfiledir}/${pc_up}")
endif()
cmake_path(APPEND pc_libdir "\${prefix}" "${CMAKE_INSTALL_LIBDIR}")
cmake_path(APPEND pc_includedir "\${prefix}" "${CMAKE_INSTALL_INCLUDEDIR}")
configure_file(cmake/libconsent.pc.in "${PROJECT_BINARY_DIR}/libconsent.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/libconsent.pc" DESTINATION "${pc_dir}" COMPONENT dev)

if(PROJECT_IS_TOP_LEVEL)
  set(CPACK_PACKAGE_NAME libconsent)
  set(CPACK_PACKAGE_CONTACT "libconsent maintainers")
  set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
  set(CPACK_GENERATOR "TGZ;DEB")
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  include(CPack)
endif()
