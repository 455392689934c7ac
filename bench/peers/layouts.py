#!/usr/bin/env python3
"""Drawings of other programs, to measure beside ours.

    layouts.py EDGES FOLDER      EDGES: two vertex numbers a line, from 0

Writes FOLDER/NAME.txt, two numbers a line in vertex order, for each program that is installed (Debian's
python3-graph-tool, python3-igraph, python3-networkx), and says how long each took. Then:
bench_layout EDGES --of FOLDER/NAME.txt
"""
import pathlib
import sys
import time


def main():
    edges = [tuple(map(int, line.split()[:2])) for line in open(sys.argv[1]) if line.strip()]
    edges = sorted({(min(a, b), max(a, b)) for a, b in edges if a != b})
    n = 1 + max(b for _, b in edges)
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)

    def draw(name, layout):
        start = time.perf_counter()
        try:
            points = layout()
        except ImportError as missing:
            print(f"{name}: not installed ({missing})")
            return
        with open(folder / f"{name}.txt", "w") as out:
            out.writelines(f"{float(x)} {float(y)}\n" for x, y in points)
        print(f"{name}: {time.perf_counter() - start:.2f} s")

    def sfdp():
        sys.modules["gi"] = None  # no window is opened, so no Gtk is needed
        import graph_tool as gt
        from graph_tool.draw import sfdp_layout
        g = gt.Graph(directed=False)
        g.add_vertex(n)
        g.add_edge_list(edges)
        gt.seed_rng(1)
        return list(sfdp_layout(g))

    def igraph(kind):
        import random
        import igraph as ig
        random.seed(1)
        return ig.Graph(n, edges).layout(kind).coords

    def forceatlas2(steps):
        # the algorithm of Gephi as networkx 3.4 and later have it (not in Debian 12; pip install networkx numpy)
        import networkx as nx
        if not hasattr(nx, "forceatlas2_layout"):
            raise ImportError("networkx before 3.4 has no forceatlas2_layout")
        g = nx.empty_graph(n)
        g.add_edges_from(edges)
        places = nx.forceatlas2_layout(g, seed=1, max_iter=steps)
        return [places[v] for v in range(n)]

    def spring():
        import networkx as nx
        g = nx.empty_graph(n)
        g.add_edges_from(edges)
        places = nx.spring_layout(g, seed=1)
        return [places[v] for v in range(n)]

    draw("sfdp", sfdp)
    draw("igraph-fr", lambda: igraph("fr"))
    draw("igraph-drl", lambda: igraph("drl"))
    if n <= 3000:
        draw("networkx-spring", spring)
        draw("forceatlas2-100", lambda: forceatlas2(100))
        draw("forceatlas2-1000", lambda: forceatlas2(1000))


main()
