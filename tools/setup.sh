# Sourced by demo.sh and test.sh: installs from Debian's packages what the build needs and is missing, saying what.
# shellcheck shell=bash

# need_packages PACKAGE…: installs those that are not there yet.
need_packages() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if ! command -v apt-get >/dev/null; then
    echo "missing and not installable here (no apt-get): ${missing[*]}" >&2
    return 1
  fi
  local as_root=()
  if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null || { echo "not root and no sudo; please install: ${missing[*]}" >&2; return 1; }
    as_root=(sudo)
  fi
  echo "installing from Debian: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

build_packages=(g++ cmake ninja-build libboost-dev libboost-program-options-dev libeigen3-dev nlohmann-json3-dev
                libicu-dev libssl-dev libexpat1-dev zlib1g-dev libpugixml-dev libzip-dev libxlsxwriter-dev pkg-config)
test_packages=(catch2 python3 python3-jsonschema)
