# shellcheck shell=bash
# Installs build tools and libraries on Debian-like systems. Sourced, not run.
#
#   need build          compiler, CMake, ninja, SQLite, cJSON, libsodium
#   need tests          build + cmocka
#   need node           nodejs and npm
#   need html           html5lib, a parser of HTML
#   need TOOL:PACKAGE…  any program and the package that brings it
#   npm_ci WHAT…        packages of the folder, by their lock file; a stage is skipped without the registry
#
# A package is asked for only when what it brings is missing. Without root,
# passwordless sudo or apt the missing packages are named and the script ends
# with 3.

setup_have() { # kind:what
  case $1 in
    prog:*) command -v "${1#prog:}" >/dev/null 2>&1 ;;
    pc:*) command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "${1#pc:}" ;;
    py:*) /usr/bin/python3 -c "import ${1#py:}" >/dev/null 2>&1 ;;
    *) return 1 ;;
  esac
}

setup_cmake_new_enough() {
  local version
  version=$(cmake --version 2>/dev/null | sed -n '1s/.* \([0-9.]*\).*/\1/p')
  [ -n "$version" ] && [ "$(printf '%s\n3.25\n' "$version" | sort -V | head -n 1)" = 3.25 ]
}

setup_list() { # group -> lines "kind:what package"
  case $1 in
    build)
      cat <<'LIST'
prog:cc gcc
prog:cc libc6-dev
prog:cmake cmake
prog:ninja ninja-build
prog:pkg-config pkg-config
pc:sqlite3 libsqlite3-dev
pc:libcjson libcjson-dev
pc:libsodium libsodium-dev
LIST
      ;;
    tools)
      setup_list build
      echo "pc:libutf8proc libutf8proc-dev"
      echo "pc:expat libexpat1-dev"
      ;;
    tests)
      setup_list tools
      cat <<'LIST'
pc:cmocka libcmocka-dev
pc:zlib zlib1g-dev
prog:c++ g++
prog:nm binutils
LIST
      ;;
    node)
      cat <<'LIST'
prog:node nodejs
prog:npm npm
LIST
      ;;
    html)
      echo "prog:python3 python3"
      echo "py:html5lib python3-html5lib"
      ;;
    *:*) echo "prog:${1%%:*} ${1#*:}" ;;
    *)
      echo "debian-setup.sh: unknown group '$1'" >&2
      return 2
      ;;
  esac
}

setup_missing() { # groups… -> packages, one a line
  local group what package
  for group in "$@"; do
    setup_list "$group" | while read -r what package; do
      setup_have "$what" || echo "$package"
    done
  done | sort -u
}

need() {
  local missing packages=() become=()
  missing=$(setup_missing "$@")
  if [ -n "$missing" ]; then
    mapfile -t packages <<<"$missing"
    if [ "$(id -u)" -ne 0 ]; then
      if command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; then
        become=(sudo -n)
      else
        echo "missing packages: ${packages[*]}" >&2
        echo "not root and no passwordless sudo; install them and run this again" >&2
        exit 3
      fi
    fi
    if ! command -v apt-get >/dev/null 2>&1; then
      echo "missing: ${packages[*]} (Debian names); no apt-get here, install them by hand" >&2
      exit 3
    fi
    echo "installing: ${packages[*]}" >&2
    setup_apt "${become[@]}" || { setup_apt_update "${become[@]}" && setup_apt "${become[@]}"; } || true
    missing=$(setup_missing "$@")
    if [ -n "$missing" ]; then
      echo "missing packages: ${missing//$'\n'/ } (apt-get could not install them)" >&2
      exit 3
    fi
  fi
  case " $* " in
    *" build "* | *" tests "*)
      if ! setup_cmake_new_enough; then
        echo "missing package: cmake >= 3.25 ($(cmake --version | head -n 1) found)" >&2
        exit 3
      fi
      ;;
  esac
}

# What fails is a failure as long as the registry answers.
npm_ci() { # what is needed, in words
  npm ci --ignore-scripts --no-audit --no-fund && return
  if npm ping >/dev/null 2>&1; then
    echo "npm ci failed"
    return 1
  fi
  echo "the npm registry cannot be reached: $* needed"
  exit 77
}

setup_apt() { # [sudo -n]; packages from the caller's array
  "$@" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${packages[@]}" >&2
}

setup_apt_update() {
  "$@" apt-get update -qq >&2
}
