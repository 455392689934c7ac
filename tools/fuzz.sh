#!/usr/bin/env bash
# Fuzzes every reader with libFuzzer, AddressSanitizer and UBSan (clang), as many at a time as there are processors.
#   bash tools/fuzz.sh [seconds of each, 30 by default] [reader…]
# What is found stays in build/asan/fuzz/found; put it into tests/fuzz/corpus/READER with the fix.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=${1:-30}
shift || true
command -v clang++ >/dev/null || { echo "no clang here: nothing is fuzzed"; exit 0; }
all=(csv graphml gexf gml pajek node-link matrix-market edge-list gephi xlsx dataset-json)
readers=("${@:-${all[@]}}")
[[ $# -gt 0 ]] || readers=("${all[@]}")
cmake --preset asan >/dev/null
cmake --build --preset asan -- -j "$(nproc)" "${readers[@]/#/fuzz_}" | tail -n 1
mkdir -p build/asan/fuzz/found build/asan/fuzz/corpus
fuzz() {
  local reader=$1 dictionary=tests/fuzz/dictionaries/text.dict
  case $reader in
    graphml | gexf | xlsx) dictionary=tests/fuzz/dictionaries/xml.dict ;;
    node-link | dataset-json) dictionary=tests/fuzz/dictionaries/json.dict ;;
  esac
  mkdir -p "build/asan/fuzz/corpus/$reader"
  "build/asan/tests/fuzz_$reader" -seed=1 -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
    -dict="$dictionary" -artifact_prefix="build/asan/fuzz/found/$reader-" -print_final_stats=1 \
    "build/asan/fuzz/corpus/$reader" "tests/fuzz/corpus/$reader" >"build/asan/fuzz/found/$reader.log" 2>&1 ||
    { echo "$reader: FOUND SOMETHING"; tail -n 40 "build/asan/fuzz/found/$reader.log"; return 1; }
  echo "$reader: $(grep -a number_of_executed_units "build/asan/fuzz/found/$reader.log" | tr -dc 0-9) inputs, nothing found"
}
export -f fuzz
export seconds
printf '%s\n' "${readers[@]}" | xargs -P "$(nproc)" -I {} bash -c 'fuzz {}'
