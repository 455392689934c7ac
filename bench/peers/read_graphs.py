#!/usr/bin/env python3
"""The same GraphML and edge list read by maillage, igraph and networkx, in turns.

    bench_read_formats out.json --keep FOLDER
    python3 bench/peers/read_graphs.py build/release/tools/maillage FOLDER [trials]

maillage is timed as a process that reads, checks and describes the whole (`check`), the others inside theirs from the call
of the reader; a peer that is not installed is left out.
"""
import subprocess
import sys
import time


def timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main():
    program, folder = sys.argv[1:3]
    trials = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    readers = {}
    for ending in ("graphml", "edges"):
        path = f"{folder}/b.{ending}"
        readers["maillage check", ending] = lambda path=path: subprocess.run(
            [program, "check", path, "--json", "-o", "/dev/null"], check=True, capture_output=True)
        try:
            import igraph
            readers["igraph", ending] = (lambda path=path: igraph.Graph.Read_GraphML(path)) if ending == "graphml" else (
                lambda path=path: igraph.Graph.Read_Edgelist(path.replace(".edges", ".pairs"), directed=False))
        except ImportError:
            pass
        try:
            import networkx
            readers["networkx", ending] = (lambda path=path: networkx.read_graphml(path)) if ending == "graphml" else (
                lambda path=path: networkx.read_edgelist(path))
        except ImportError:
            pass
    with open(f"{folder}/b.edges") as source, open(f"{folder}/b.pairs", "w") as pairs:
        pairs.writelines(line for line in source if not line.startswith("#"))  # igraph takes no comments
    seconds = {key: [] for key in readers}
    for _ in range(trials):
        for key, reader in readers.items():
            seconds[key].append(timed(reader))
    for (name, ending), times in seconds.items():
        print(f"{name:16} {ending:8} median {sorted(times)[len(times) // 2]:.2f} s")


if __name__ == "__main__":
    main()
