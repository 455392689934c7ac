#!/usr/bin/env python3
"""The same GraphML and edge list read by maillage, igraph, graph-tool and networkx, in turns, with answers compared.

    /usr/bin/python3 bench/peers/read_graphs.py build/bench/bench/bench_read_formats [edges] [trials]

Each reading is a process of its own; what is timed is the call of the reader alone, in wall and in processor time (on a shared
machine only the second says much), and the peak of the process's memory. maillage gives a checked Network with its warnings and
partnerships in the order of their ids; igraph, graph-tool and networkx give a graph with the attributes of the file. igraph's Read_Edgelist takes numbers
alone, which it uses as positions; its Read_Ncol takes names, as maillage, graph-tool and networkx do. A peer that is not installed is left out.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile

PEERS = {
    ("igraph", "graphml"): "import igraph; read = lambda: igraph.Graph.Read_GraphML(path)",
    ("igraph, names", "edges"): "import igraph; read = lambda: igraph.Graph.Read_Ncol(path, directed=False)",
    ("igraph, numbers alone", "edges"): "import igraph; read = lambda: igraph.Graph.Read_Edgelist(path, directed=False)",
    # graph_tool.all would ask for a window system
    ("graph-tool", "graphml"): "import graph_tool; read = lambda: graph_tool.load_graph(path)",
    ("graph-tool", "edges"): "import graph_tool; read = lambda: graph_tool.load_graph_from_csv(path, hashed=True, csv_options={'delimiter': '\\t'})",
    ("networkx", "graphml"): "import networkx; read = lambda: networkx.read_graphml(path, force_multigraph=True)",
    ("networkx", "edges"): "import networkx; read = lambda: networkx.read_edgelist(path, create_using=networkx.MultiGraph)",
}
CHILD = """
import json, resource, sys, time
path = sys.argv[1]
{setup}
wall, cpu = time.perf_counter(), time.process_time()
graph = read()
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
count = lambda *names: next(int(getattr(graph, n)()) for n in names if hasattr(graph, n))
print(json.dumps([wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                  count("vcount", "num_vertices", "number_of_nodes"), count("ecount", "num_edges", "number_of_edges")]))
"""


def read_by_peer(setup, path):
    run = subprocess.run([sys.executable, "-c", CHILD.format(setup=setup), path], capture_output=True, text=True)
    return json.loads(run.stdout.splitlines()[-1]) if run.returncode == 0 else None


def read_by_us(program, path):
    run = subprocess.run([program, "--one", path], check=True, capture_output=True, text=True)
    f = run.stdout.split()
    return [float(f[0]), float(f[8]), int(f[5]), int(f[6]), int(f[7])]


def main():
    program = os.path.abspath(sys.argv[1])
    edges = sys.argv[2] if len(sys.argv) > 2 else "967000"
    trials = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "--make", folder, edges], check=True)
        paths = {ending: f"{folder}/b.{ending}" for ending in ("graphml", "edges")}
        plain = f"{folder}/b.pairs"  # igraph takes no comments
        with open(paths["edges"]) as source, open(plain, "w") as pairs:
            pairs.writelines(line for line in source if not line.startswith("#"))
        paths["edges"] = plain
        seconds = {}
        answers = {}
        for trial in range(trials):
            for ending, path in paths.items():
                results = {("maillage", ending): read_by_us(program, path)}
                for key, setup in PEERS.items():
                    if key[1] == ending and (trial == 0 or key in seconds):
                        results[key] = read_by_peer(setup, path)
                for key, result in results.items():
                    if result is not None:
                        seconds.setdefault(key, []).append(result[:3])
                        answers.setdefault(ending, {})[key[0]] = tuple(result[3:])
        for ending, found in answers.items():
            if len(set(found.values())) != 1:
                sys.exit(f"{ending}: the answers differ: {found}")
            nodes, ties = next(iter(found.values()))
            print(f"{ending}: {os.path.getsize(paths[ending]) / 1e6:.0f} MB, {nodes} nodes, {ties} edges, everyone the same\n")
            print("| | wall | processor time | times as long (processor time) | peak |\n|---|---|---|---|---|")
            median = lambda key, column: statistics.median(row[column] for row in seconds[key])
            ours = median(("maillage", ending), 1)
            for key in seconds:
                if key[1] == ending:
                    print(f"| {key[0]} | {median(key, 0):.2f} s | {median(key, 1):.2f} s | {median(key, 1) / ours:.1f} | "
                          f"{median(key, 2) / 1e6:.0f} MB |")
            print()


if __name__ == "__main__":
    main()
