#!/usr/bin/env bash
# From nothing to the first recommendation: installs what is missing, builds, and runs every analysis on the network of
# the international-relations actors of Centre-Val de Loire.
#   bash tools/demo.sh [FOLDER]      the results go to FOLDER (default: out/centre-val-de-loire)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/setup.sh
out=${1:-out/centre-val-de-loire}

need_packages "${build_packages[@]}"
echo "building (release)…"
cmake --preset release -DMAILLAGE_BUILD_TESTS=OFF >/dev/null
cmake --build --preset release --target maillage -- -j "$(nproc)" >/dev/null || cmake --build --preset release --target maillage
mkdir -p "$out"
lang=${LANG:-}
[[ $lang == en* ]] && lang=en || lang=fr
build/release/tools/maillage run datasets/centre-val-de-loire -o "$out" --lang "$lang"
cat <<END

Next, for instance:
  build/release/tools/maillage recommend datasets/centre-val-de-loire --actor univ-tours --lang $lang
  build/release/tools/maillage explain datasets/centre-val-de-loire univ-tours orleans --lang $lang
  build/release/tools/maillage openness datasets/centre-val-de-loire --by territory --lang $lang
  build/release/tools/maillage --help
END
