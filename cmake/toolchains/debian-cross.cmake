# A Debian cross compiler with the target's libraries unpacked below CONSENT_CROSS_ROOT, and qemu to
# run what is built; see cmake/cross-test.sh. CONSENT_CROSS is s390x, aarch64 or the like.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${CONSENT_CROSS})
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES CONSENT_CROSS CONSENT_CROSS_ROOT)
set(triplet ${CONSENT_CROSS}-linux-gnu)
set(CMAKE_LIBRARY_ARCHITECTURE ${triplet})
set(CMAKE_C_COMPILER ${triplet}-gcc)
set(CMAKE_C_FLAGS_INIT "-isystem ${CONSENT_CROSS_ROOT}/usr/include")
foreach(kind IN ITEMS EXE SHARED)
  set(CMAKE_${kind}_LINKER_FLAGS_INIT
    "-L${CONSENT_CROSS_ROOT}/usr/lib/${triplet} -Wl,-rpath-link,${CONSENT_CROSS_ROOT}/usr/lib/${triplet}")
endforeach()
set(CMAKE_FIND_ROOT_PATH ${CONSENT_CROSS_ROOT}/usr /usr/${triplet})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ENV{PKG_CONFIG_LIBDIR} ${CONSENT_CROSS_ROOT}/usr/lib/${triplet}/pkgconfig)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${CONSENT_CROSS_ROOT})
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-${CONSENT_CROSS}-static -L /usr/${triplet}
  -E LD_LIBRARY_PATH=${CONSENT_CROSS_ROOT}/usr/lib/${triplet})
