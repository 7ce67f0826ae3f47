# What the benchmarks share stands apart, because each file beside this one becomes a program.
file(GLOB bench_common CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/bench/common/*.c"
  "${PROJECT_SOURCE_DIR}/tests/bench/common/*.h")
add_library(bench-common STATIC ${bench_common})
target_include_directories(bench-common
  PRIVATE "${PROJECT_SOURCE_DIR}/lib" "${generated}"
  PUBLIC "${PROJECT_SOURCE_DIR}/tests/bench/common" "${PROJECT_SOURCE_DIR}/include"
    "${PROJECT_BINARY_DIR}/include")
target_link_libraries(bench-common
  PUBLIC consent_deps::sqlite3 consent_deps::sodium Threads::Threads PRIVATE consent-options)
add_dependencies(bench-common consent-objects) # generated headers
foreach(source IN LISTS sources)
  get_filename_component(name "${source}" NAME_WE)
  target_link_libraries(bench-${name} PRIVATE bench-common consent::static)
endforeach()
