#!/usr/bin/env bash
# Installs what communities.py compares with, from Debian's packages. Optional: what is absent is left out there.
set -euo pipefail
packages=(python3 python3-igraph python3-leidenalg python3-networkx)
[[ "${1:-}" == "--all" ]] && packages+=(python3-graph-tool)  # 0.5 GB with what it needs
sudo=()
((EUID == 0)) || sudo=(sudo)
"${sudo[@]}" apt-get update
"${sudo[@]}" apt-get install -y --no-install-recommends "${packages[@]}"
