#!/usr/bin/env bash
# Installs what Assay needs to be built and tested on Debian 12 (or a relative of it), if it is missing. Idempotent;
# prints what it installs. Sourced by tools/assay and tools/test.
set -euo pipefail

assay_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

build_packages=(g++ meson ninja-build pkg-config python3
  libgmp-dev libmpfr-dev libmpfi-dev libflint-dev libflint-arb-dev libantic-dev libcalcium-dev libginac-dev libeigen3-dev
  libopenblas-dev libgoogle-perftools-dev libcli11-dev libfmt-dev nlohmann-json3-dev libzip-dev libsodium-dev)
test_packages=(catch2 librapidcheck-dev pari-gp python3-mpmath python3-sympy)
# Coq is optional: with ASSAY_WITH_COQ=1 it is installed, and the tests of `assay export --coq` run it.
[ "${ASSAY_WITH_COQ:-0}" = 0 ] || test_packages+=(coq libcoq-interval)

missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || echo "$package"
  done
}

# install_packages PACKAGE...: installs those that are missing.
install_packages() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    # Not a Debian system: the build will say what it does not find.
    command -v meson >/dev/null && return 0
    printf 'This system has no apt-get. Install these (names as in Debian 12), then run this again:\n  %s\n' "$*" >&2
    return 2
  fi
  local missing
  missing=$(missing_packages "$@")
  [ -z "$missing" ] && return 0
  printf 'Installing with apt-get: %s\n' "$(echo $missing)" >&2
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      printf 'Root rights are needed. Run as root:\n  apt-get install %s\n' "$(echo $missing)" >&2
      return 2
    }
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -q >&2 || true
  # shellcheck disable=SC2086  # a list of words
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >&2
}

# configure_build DIRECTORY [meson options...]: sets the build directory up once.
configure_build() {
  local directory=$1
  shift
  [ -f "$directory/build.ninja" ] || meson setup "$directory" "$assay_root" "$@" >&2
}

# build_and_run PROGRAM ARGUMENTS...: of the build directory for users.
build_and_run() {
  local program=$1
  shift
  local build=${ASSAY_BUILD:-$assay_root/build}
  install_packages "${build_packages[@]}"
  configure_build "$build" -Dtests=false
  if [ ! -x "$build/src/app/$program" ]; then
    echo "Building $program; the first time takes a few minutes." >&2
    [ ! -t 2 ] || ninja -C "$build" "src/app/$program" >&2 || exit 3
  fi
  local log
  log=$(mktemp)
  if ! ninja -C "$build" "src/app/$program" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    exit 3
  fi
  rm -f "$log"
  "$build/src/app/$program" "$@"
}
