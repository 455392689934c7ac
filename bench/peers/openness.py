#!/usr/bin/env python3
"""Openness with drawn null models here and in igraph, on the same graph and groups, in turns.

usage: openness.py MAILLAGE BENCH_COMMUNITIES [--graph b] [--groups 5] [--replicates 1000] [--peer-replicates 20] [--rounds 3]

igraph has two of the measures, assortativity (assortativity_nominal) and the modularity of given groups; drawing null
models around them is a loop of the caller, as here: labels dealt anew, or ties rewired with 10 attempts a tie. Its times
are for those two measures; ours are for the whole process, reading the dataset included, and all measures. The values
must agree to 1e-9. Times of igraph are measured on --peer-replicates draws and given a draw.
"""
import argparse
import csv
import importlib.util
import json
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("communities", HERE / "communities.py")
communities = importlib.util.module_from_spec(spec)
spec.loader.exec_module(communities)


def write_dataset(folder: pathlib.Path, n: int, pairs: list[tuple[int, int]], groups: list[int]) -> None:
    with open(folder / "actors.csv", "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "name", "kind"])
        rows.writerows((f"a{i}", f"Actor {i}", f"g{g}") for i, g in enumerate(groups))
    with open(folder / "partnerships.csv", "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "a", "b"])
        rows.writerows((f"p{i}", f"a{u}", f"a{v}") for i, (u, v) in enumerate(pairs))


def ours(binary: str, dataset: pathlib.Path, null: str, replicates: int, threads: int) -> tuple[float, dict]:
    begin = time.perf_counter()
    out = subprocess.run([binary, "openness", str(dataset), "--by", "kind", "--null", null, "--replicates", str(replicates),
                          "--threads", str(threads), "--json", "--quiet"], check=True, capture_output=True, text=True).stdout
    seconds = time.perf_counter() - begin
    found = json.loads(out)["result"]["attributes"][0]["indicators"]
    return seconds, {item["id"]: item["value"] for item in found if item["scope"] == "network"}


def peer(graph, groups: list[int], null: str, replicates: int) -> tuple[float, dict]:
    dealt = list(groups)
    observed = {"assortativity": graph.assortativity_nominal(groups, directed=False),
                "modularity_declared": graph.modularity(groups)}
    begin = time.perf_counter()
    for _ in range(replicates):
        drawn = graph
        if null == "labels":
            random.shuffle(dealt)
        else:
            drawn = graph.copy()
            drawn.rewire(n=10 * graph.ecount())
        drawn.assortativity_nominal(dealt, directed=False)
        drawn.modularity(dealt)
    return (time.perf_counter() - begin) / max(1, replicates), observed


def main() -> int:
    import igraph

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("maillage")
    parser.add_argument("bench_communities")
    parser.add_argument("--graph", default="b")
    parser.add_argument("--groups", type=int, default=5)
    parser.add_argument("--replicates", type=int, default=1000)
    parser.add_argument("--peer-replicates", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    random.seed(1)
    server = communities.Server(a.bench_communities, a.graph)
    n = server.shape["vertices"]
    pairs = communities.pairs_of(server)
    server.close()
    groups = [random.randrange(a.groups) for _ in range(n)]
    graph = igraph.Graph(n=n, edges=pairs)
    print(f"{a.graph}: {n} actors, {len(pairs)} ties, {a.groups} groups; igraph {igraph.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        dataset = pathlib.Path(folder)
        write_dataset(dataset, n, pairs, groups)
        for null in ("labels", "rewiring"):
            mine, theirs = [], []
            for _ in range(a.rounds):
                seconds, values = ours(a.maillage, dataset, null, a.replicates, a.threads)
                mine.append(seconds)
                seconds, observed = peer(graph, groups, null, a.peer_replicates if null == "labels" else max(1, a.peer_replicates // 10))
                theirs.append(seconds)
                for name, value in observed.items():
                    if abs(values[name] - value) > 1e-9:
                        print(f"{name}: {values[name]} here, {value} there", file=sys.stderr)
                        return 1
            print(f"{null}: here {statistics.median(mine):.1f} s for {a.replicates} draws of every measure; "
                  f"igraph {statistics.median(theirs):.3f} s a draw of two measures, "
                  f"{statistics.median(theirs) * a.replicates:.0f} s for as many")
    return 0


if __name__ == "__main__":
    sys.exit(main())
