# What the library's own objects ask of the system goes through tests/support/fault_system.c.
set(fault_wrapped open fsync fchmod link rename write read realpath sodium_malloc)
list(TRANSFORM fault_wrapped PREPEND "-Wl,--wrap=")
file(GLOB fault_sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/test_*.c")
foreach(source IN LISTS fault_sources)
  get_filename_component(name "${source}" NAME_WE)
  string(REGEX REPLACE "^test_" "fault-" name "${name}")
  target_link_options(${name} PRIVATE ${fault_wrapped})
endforeach()
