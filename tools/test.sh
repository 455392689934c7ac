#!/usr/bin/env bash
# Every test: an optimised build of the whole suite, the command line as a process, the same suite under AddressSanitizer and
# UBSan, and the parallel parts under ThreadSanitizer. Ends with the test runner's own summary.
#   bash tools/test.sh           everything
#   bash tools/test.sh quick     the optimised build only
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/setup.sh
need_packages "${build_packages[@]}" "${test_packages[@]}"

jobs=$(nproc)
run() { # run PRESET [ctest options…]
  local preset=$1; shift
  echo "== $preset: configure and build"
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset" -- -j "$jobs" | tail -n 1
  echo "== $preset: test"
  ctest --preset "$preset" -j "$jobs" "$@"
}

if [[ ${1:-all} != quick ]]; then
  run asan
  run tsan -L parallel
fi
run release
