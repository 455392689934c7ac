#!/usr/bin/env bash
# Every test: the whole suite under AddressSanitizer and UBSan (built by clang, where it is), every reader fuzzed for half a minute
# (with clang only), the parallel parts under ThreadSanitizer, and the whole suite optimised (by GCC) with the command line as a
# process. Ends with the test runner's own summary.
#   bash tools/test.sh           everything
#   bash tools/test.sh quick     the optimised build only
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/setup.sh
need_packages "${build_packages[@]}" "${test_packages[@]}"
need_browser

jobs=$(nproc)
build() { # build PRESET [targets…]
  local options=()
  if [[ $1 == asan ]] && ! command -v clang++ >/dev/null; then
    options=(-DCMAKE_CXX_COMPILER=g++ -DMAILLAGE_BUILD_FUZZERS=OFF)
  fi
  echo "== $1: configure and build"
  cmake --preset "$1" "${options[@]}" >/dev/null
  cmake --build --preset "$1" -- -j "$jobs" "${@:2}" | tail -n 1
}
run() { # run PRESET [ctest options…]
  echo "== $1: test"
  ctest --preset "$1" -j "$jobs" "${@:2}"
}

if [[ ${1:-all} != quick ]]; then
  need_clang
  build asan
  bash tools/fuzz.sh 30
  run asan
  build tsan parallel_tests
  run tsan -L parallel
fi
build release
if [[ ${1:-all} != quick ]]; then
  echo "== release and asan: the same bytes"
  python3 tests/cli/same_bytes.py datasets/centre-val-de-loire build/{release,asan}/tools/maillage
fi
run release
