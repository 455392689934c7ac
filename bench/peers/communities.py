"""Communities here and in the systems that Debian ships, on the same graphs, in turns.

usage: communities.py BENCH_COMMUNITIES [--graphs NAME …] [--lfr N …] [--seeds S] [--readme FILE]

Every round runs each system once, so that a busy moment hits all. Times are of the algorithm alone: reading the graph
is outside the clock. One program, BENCH_COMMUNITIES --serve, makes the graphs and judges every division: modularity,
connected or not, adjusted mutual information with planted groups. Systems that are not installed are left out, and so
is a system on a graph after a run of more than --patience seconds. With --readme the tables replace what is
between the markers `<!-- peers -->` of FILE, and the plots go beside this script.
"""

import argparse
import json
import math
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

HERE = pathlib.Path(__file__).resolve().parent
Labels = list[int]


class Server:
    """A graph in BENCH_COMMUNITIES."""

    def __init__(self, binary: str, graph: str) -> None:
        self.process = subprocess.Popen([binary, graph, "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.shape = self._answer()

    def _answer(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("bench_communities ended")
        return json.loads(line)

    def ask(self, text: str) -> dict:
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        return self._answer()

    def judge(self, labels: Labels) -> dict:
        with tempfile.NamedTemporaryFile("w", suffix=".labels") as file:
            file.write("\n".join(map(str, labels)))
            file.flush()
            return self.ask(f"judge {file.name}")

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def igraph_leiden(n: int, pairs: list[tuple[int, int]]) -> Callable[[int], Labels]:
    import igraph

    graph = igraph.Graph(n=n, edges=pairs)

    def run(seed: int) -> Labels:
        random.seed(seed)
        igraph.set_random_number_generator(random)
        return graph.community_leiden(objective_function="modularity", n_iterations=2).membership

    return run


def igraph_infomap(n: int, pairs: list[tuple[int, int]]) -> Callable[[int], Labels]:
    import igraph

    graph = igraph.Graph(n=n, edges=pairs)

    def run(seed: int) -> Labels:
        random.seed(seed)
        igraph.set_random_number_generator(random)
        return graph.community_infomap(trials=1).membership

    return run


def leidenalg_leiden(n: int, pairs: list[tuple[int, int]]) -> Callable[[int], Labels]:
    import igraph
    import leidenalg

    graph = igraph.Graph(n=n, edges=pairs)
    kind = leidenalg.ModularityVertexPartition
    return lambda seed: leidenalg.find_partition(graph, kind, n_iterations=2, seed=seed).membership


def networkx_louvain(n: int, pairs: list[tuple[int, int]]) -> Callable[[int], Labels]:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(pairs)

    def run(seed: int) -> Labels:
        labels = [0] * n
        for number, members in enumerate(networkx.community.louvain_communities(graph, seed=seed)):
            for v in members:
                labels[v] = number
        return labels

    return run


def graph_tool_modularity(n: int, pairs: list[tuple[int, int]]) -> Callable[[int], Labels]:
    import graph_tool.all as gt

    graph = gt.Graph(directed=False)
    graph.add_vertex(n)
    graph.add_edge_list(pairs)

    def run(seed: int) -> Labels:
        gt.seed_rng(seed)
        state = gt.minimize_blockmodel_dl(graph, state=gt.ModularityState)
        return [int(label) for label in state.get_blocks().a]

    return run


PEERS = {
    "igraph, 2 iterations": igraph_leiden,
    "leidenalg, 2 iterations": leidenalg_leiden,
    "networkx, Louvain": networkx_louvain,
    "graph-tool, modularity": graph_tool_modularity,
}
OURS = {
    "fast, 1 thread": "run fast 1",
    "fast, 2 threads": "run fast 2",
    "default, 1 thread": "run default 1",
    "default, 2 threads": "run default 2",
}
# another objective: its modularity says nothing, what it finds again does
BY_INFOMAP = {"infomap": "run infomap 1"}
PEERS_BY_INFOMAP = {"igraph, Infomap": igraph_infomap}
MOST_TIES = {"networkx, Louvain": 300_000, "graph-tool, modularity": 300_000}  # minutes beyond
COLOURS = {
    "fast, 1 thread": "#9ecae1", "fast, 2 threads": "#3182bd", "default, 1 thread": "#a1d99b",
    "default, 2 threads": "#238b45", "igraph, 2 iterations": "#d95f02", "leidenalg, 2 iterations": "#7570b3",
    "networkx, Louvain": "#e7298a", "graph-tool, modularity": "#666666", "infomap": "#000000", "igraph, Infomap": "#e6ab02",
}


def pairs_of(server: Server) -> list[tuple[int, int]]:
    with tempfile.NamedTemporaryFile("r", suffix=".pairs") as file:
        server.ask(f"write {file.name}")
        return [tuple(map(int, line.split())) for line in file]


def systems_for(server: Server, patience: float, ours: dict, peers: dict) -> dict[str, Callable[[int], dict]]:
    """What each system answers to a seed: the judge's figures and the seconds it took."""
    systems = {name: (lambda seed, text=text: server.ask(f"{text} {seed}")) for name, text in ours.items()}
    pairs = pairs_of(server)
    slow: set[str] = set()

    def timed(name: str, run: Callable[[int], Labels]) -> Callable[[int], dict]:
        def answer(seed: int) -> dict:
            if name in slow:
                return {}
            start = time.perf_counter()
            labels = run(seed)
            seconds = time.perf_counter() - start
            if seconds > patience:
                slow.add(name)
            return server.judge(labels) | {"seconds": seconds}

        return answer

    for name, make in peers.items():
        if server.shape["ties"] > MOST_TIES.get(name, server.shape["ties"]):
            continue
        try:
            systems[name] = timed(name, make(server.shape["vertices"], pairs))
        except ImportError as error:
            print(f"{name}: left out ({error})", file=sys.stderr)
    return systems


def in_turns(systems: dict, rounds: int) -> dict[str, list[dict]]:
    """Round r has seed r; every system runs once a round, each round from another one on."""
    found: dict[str, list[dict]] = {name: [] for name in systems}
    names = list(systems)
    for r in range(rounds):
        for name in names[r % len(names):] + names[: r % len(names)]:
            answer = systems[name](r + 1)
            if answer:
                found[name].append(answer)
    return {name: answers for name, answers in found.items() if answers}


def median(answers: list[dict], field: str) -> float:
    return statistics.median(answer[field] for answer in answers)


def same_again(systems: dict, found: dict[str, list[dict]]) -> dict[str, bool]:
    """Whether a second run with the first seed gives the same division."""
    return {
        name: (again := systems[name](1)) == {} or again["digest"] == answers[0]["digest"]
        for name, answers in found.items()
    }


def speed_rows(binary: str, graphs: list[str], seeds: int, patience: float) -> list[dict]:
    rows = []
    for graph in graphs:
        server = Server(binary, graph)
        systems = systems_for(server, patience, OURS, PEERS)
        found = in_turns(systems, seeds)
        again = same_again(systems, found)
        alike = {
            kind: [a["digest"] for a in found[f"{kind}, 1 thread"]] == [a["digest"] for a in found[f"{kind}, 2 threads"]]
            for kind in ("fast", "default")
        }
        for name, answers in found.items():
            rows.append({
                "graph": pathlib.Path(graph).stem if "/" in graph else graph,
                "vertices": server.shape["vertices"], "ties": server.shape["ties"], "system": name,
                "seconds": median(answers, "seconds"), "modularity": median(answers, "modularity"),
                "least": min(a["modularity"] for a in answers), "most": max(a["modularity"] for a in answers),
                "disconnected": max(a["disconnected"] for a in answers), "runs": len(answers),
                "same": again[name] and alike.get(name.split(",")[0], True),
            })
            print(rows[-1], file=sys.stderr)
        server.close()
    return rows


def lfr_rows(binary: str, sizes: list[int], seeds: int, patience: float) -> list[dict]:
    rows = []
    for n in sizes:
        for mixing in range(1, 10):
            server = Server(binary, f"lfr:{n}:0.{mixing}")
            ours = {name: OURS[name] for name in ("fast, 2 threads", "default, 2 threads")} | BY_INFOMAP
            systems = systems_for(server, patience, ours, PEERS | PEERS_BY_INFOMAP)
            for name, answers in in_turns(systems, seeds).items():
                rows.append({"n": n, "mixing": mixing / 10, "system": name, "ami": median(answers, "ami")})
            print(rows[-1], file=sys.stderr)
            server.close()
    return rows


def speed_table(rows: list[dict]) -> str:
    lines = ["| graph | system | seconds | modularity (least to most) | disconnected | same again |",
             "|---|---|---|---|---|---|"]
    last = ""
    for row in rows:
        graph = f"{row['graph']}: {row['vertices']:,} / {row['ties']:,}"
        yes = "yes" if row["same"] else "no"
        lines.append(f"| {graph if graph != last else ''} | {row['system']} | {row['seconds']:.3g} | "
                     f"{row['modularity']:.5f} ({row['least']:.5f} to {row['most']:.5f}) | {row['disconnected']} | {yes} |")
        last = graph
    return "\n".join(lines)


def lfr_table(rows: list[dict]) -> str:
    systems = list(dict.fromkeys(row["system"] for row in rows))
    mixings = sorted({row["mixing"] for row in rows})
    by = {(row["n"], row["system"], row["mixing"]): row["ami"] for row in rows}
    lines = ["| vertices | system | " + " | ".join(f"{m:.1f}" for m in mixings) + " |", "|---" * (len(mixings) + 2) + "|"]
    for n in dict.fromkeys(row["n"] for row in rows):
        for system in systems:
            values = [by.get((n, system, m)) for m in mixings]
            if any(v is not None for v in values):
                cells = " | ".join("" if v is None else f"{v:.3f}" for v in values)
                lines.append(f"| {n:,} | {system} | {cells} |")
    return "\n".join(lines)


def text(x: float, y: float, words: str, extra: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {extra}>{words}</text>'


def picture(width: int, height: int, parts: list[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
    return "\n".join([head, f'<rect width="{width}" height="{height}" fill="white"/>', *parts, "</svg>", ""])


def legend(systems: list[str], x: float, y: float) -> list[str]:
    parts = []
    for i, system in enumerate(systems):
        parts.append(f'<circle cx="{x}" cy="{y + 18 * i}" r="5" fill="{COLOURS[system]}"/>')
        parts.append(text(x + 10, y + 18 * i + 4, system))
    return parts


def speed_picture(rows: list[dict]) -> str:
    """One line a graph: time to the right (a logarithm), modularity lost to the best of the graph above the line."""
    graphs = list(dict.fromkeys(row["graph"] for row in rows))
    systems = list(dict.fromkeys(row["system"] for row in rows))
    left, right, band = 110, 760, 62
    times = [math.log10(row["seconds"]) for row in rows]
    low, high = math.floor(min(times)), math.ceil(max(times))
    to_x = lambda seconds: left + (math.log10(seconds) - low) / (high - low) * (right - left)
    height = 60 + band * len(graphs)
    parts = [text(left, 18, "Seconds (logarithmic); height: modularity lost to the best on the graph, in thousandths")]
    for power in range(low, high + 1):
        x = to_x(10.0**power)
        parts.append(f'<line x1="{x:.1f}" y1="28" x2="{x:.1f}" y2="{height - 24}" stroke="#ddd"/>')
        parts.append(text(x, height - 8, f"{10.0**power:g} s", 'text-anchor="middle"'))
    for i, graph in enumerate(graphs):
        base = 28 + band * (i + 1)
        mine = [row for row in rows if row["graph"] == graph]
        best = max(row["modularity"] for row in mine)
        parts.append(f'<line x1="{left}" y1="{base}" x2="{right}" y2="{base}" stroke="#999"/>')
        parts.append(text(left - 8, base - 4, graph, 'text-anchor="end"'))
        for row in mine:
            lost = (best - row["modularity"]) * 1000
            y = base - 2 - min(lost, 20) / 20 * (band - 16)
            title = f"{row['system']}: {row['seconds']:.3g} s, {row['modularity']:.5f}"
            parts.append(f'<circle cx="{to_x(row["seconds"]):.1f}" cy="{y:.1f}" r="5" fill="{COLOURS[row["system"]]}" '
                         f'fill-opacity="0.85"><title>{title}</title></circle>')
    return picture(960, height, parts + legend(systems, 785, 50))


def lfr_picture(rows: list[dict]) -> str:
    """AMI with the planted groups over the mixing, a panel for each size."""
    sizes = list(dict.fromkeys(row["n"] for row in rows))
    systems = list(dict.fromkeys(row["system"] for row in rows))
    side, gap = 230, 50
    parts = []
    for i, n in enumerate(sizes):
        left, base = gap + i * (side + gap), 40 + side
        parts.append(text(left, 24, f"{n:,} vertices"))
        parts.append(f'<rect x="{left}" y="40" width="{side}" height="{side}" fill="none" stroke="#999"/>')
        for step in range(0, 11, 2):
            parts.append(text(left - 6, base - side * step / 10 + 4, f"{step / 10:g}", 'text-anchor="end" font-size="10"'))
        for mixing in range(1, 10, 2):
            parts.append(text(left + side * mixing / 10, base + 14, f"{mixing / 10:g}", 'text-anchor="middle" font-size="10"'))
        for system in systems:
            points = [(row["mixing"], row["ami"]) for row in rows if row["n"] == n and row["system"] == system]
            path = " ".join(f"{left + side * m:.1f},{base - side * max(0.0, a):.1f}" for m, a in points)
            parts.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[system]}" stroke-width="2" stroke-opacity="0.8"/>')
    width = gap + len(sizes) * (side + gap) + 200
    parts.append(text(gap, 40 + side + 32, "mixing to the right, AMI with the planted groups upwards"))
    return picture(width, 40 + side + 44, parts + legend(systems, width - 185, 50))


def put_between(file: pathlib.Path, marker: str, body: str) -> None:
    begin, end = f"<!-- {marker} -->\n", f"<!-- end of {marker} -->"
    content = file.read_text(encoding="utf-8")
    before, rest = content.split(begin)
    file.write_text(before + begin + body + "\n" + end + rest.split(end)[1], encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--graphs", nargs="*", default=["a", "b"])
    parser.add_argument("--lfr", nargs="*", type=int, default=[])
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--patience", type=float, default=30.0)
    parser.add_argument("--readme", type=pathlib.Path)
    a = parser.parse_args()
    speed = speed_rows(a.binary, a.graphs, a.seeds, a.patience)
    lfr = lfr_rows(a.binary, a.lfr, max(2, a.seeds // 2), a.patience)
    for name, rows, table, draw in (("peers", speed, speed_table, speed_picture), ("lfr", lfr, lfr_table, lfr_picture)):
        if not rows:
            continue
        print(table(rows))
        if a.readme:
            put_between(a.readme, name, table(rows))
            (HERE / f"{name}.svg").write_text(draw(rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
