#!/usr/bin/env bash
# Every test: an optimised build of the whole suite, the command line as a process, the same suite under AddressSanitizer and
# UBSan, and the parallel parts under ThreadSanitizer. Ends with the test runner's own summary.
# Before it every reader is fuzzed for half a minute, where clang is.
#   bash tools/test.sh           everything
#   bash tools/test.sh quick     the optimised build only
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/setup.sh
need_packages "${build_packages[@]}" "${test_packages[@]}"
need_browser

jobs=$(nproc)
build() { # build PRESET [targets…]
  echo "== $1: configure and build"
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1" -- -j "$jobs" "${@:2}" | tail -n 1
}
run() { # run PRESET [ctest options…]
  echo "== $1: test"
  ctest --preset "$1" -j "$jobs" "${@:2}"
}

if [[ ${1:-all} != quick ]]; then
  need_clang
  bash tools/fuzz.sh 30
  build asan
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
