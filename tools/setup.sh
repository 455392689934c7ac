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

# need_clang: for the fuzz targets; where it cannot be had they are skipped, with a word.
need_clang() {
  need_packages clang || echo "no clang: nothing will be fuzzed"
}

# need_browser: Chromium and node from Debian, and the two packages of tests/browser from npm. Where they cannot be had the
# browser tests are skipped, with a word; nothing else needs them.
need_browser() {
  local packages=(chromium) folder=tests/browser
  command -v node >/dev/null || packages+=(nodejs)
  command -v npm >/dev/null || packages+=(npm)
  if ! need_packages "${packages[@]}"; then
    echo "no browser: its tests will be skipped"
    return 0
  fi
  if ! cmp -s "$folder/package-lock.json" "$folder/node_modules/.of-lock.json"; then
    echo "installing from npm: playwright-core axe-core (tests only)"
    if (cd "$folder" && timeout 120 npm ci --no-audit --no-fund --ignore-scripts --fetch-retries=1 --fetch-timeout=20000 >/dev/null 2>&1); then
      cp "$folder/package-lock.json" "$folder/node_modules/.of-lock.json"
    else
      echo "npm's packages cannot be had: the browser tests will be skipped"
    fi
  fi
}
