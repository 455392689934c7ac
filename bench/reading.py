#!/usr/bin/env python3
"""Time and memory of every reader over the size of the graph: a table, and reading.svg beside this file.

    python3 bench/reading.py build/bench/bench/bench_read_formats [largest]

Sizes are edges; a tenth as many nodes. Processor time, best of three (one for a million). A reader is linear when its line is parallel to the
dashed one. Below the table: strange shapes, each with a quarter and with all of its size; four times is linear.
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = [10_000, 30_000, 100_000, 300_000, 1_000_000]
SHAPES = {"star": "one node with all edges", "attributes": "100 attributes a node", "values": "values of 10,000 characters",
          "doubled": "every id of an edge twice"}
COLOURS = ["#1b6ca8", "#d1495b", "#2e8b57", "#e08e0b", "#7b4fa3", "#00868b", "#8b5a2b", "#c7357e"]


def one(program, path, trials):
    run = subprocess.run([program, "--one", path, str(trials)], capture_output=True, text=True, check=True)
    f = run.stdout.split()
    return {"seconds": float(f[8]), "file": int(f[3]), "network": int(f[4]), "peak": int(f[5])}


def measure(program, size, shape="usual"):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "--make", folder, str(size), shape], check=True)
        return {name: one(program, os.path.join(folder, name), 3 if size < 1_000_000 else 1)
                for name in sorted(os.listdir(folder)) if shape == "usual" or name.split(".")[1] in ("graphml", "gexf", "json", "gml", "edges")}


def panel(rows, key, unit, scale, left, title):
    """Log-log lines; returns SVG."""
    width, height, top = 380, 340, 40
    from math import log10
    values = [row[key] * scale for by_size in rows.values() for row in by_size.values()]
    low, high = log10(min(values)) - .1, log10(max(values)) + .1
    x = lambda size: left + 55 + (log10(size) - 4) / 2 * (width - 70)
    y = lambda v: top + height - (log10(v) - low) / (high - low) * height
    parts = [f'<text x="{left + 55}" y="22" font-weight="bold">{title}</text>']
    for size in SIZES:
        parts.append(f'<text x="{x(size)}" y="{top + height + 18}" text-anchor="middle">{size // 1000}k</text>')
    for power in range(int(low) - 1, int(high) + 2):
        if low <= power <= high:
            parts.append(f'<line x1="{left + 55}" x2="{left + width - 15}" y1="{y(10 ** power)}" y2="{y(10 ** power)}" stroke="#ddd"/>'
                         f'<text x="{left + 50}" y="{y(10 ** power) + 4}" text-anchor="end">{10.0 ** power:g} {unit}</text>')
    middle = 10 ** ((low + high) / 2 - 1)
    parts.append(f'<line x1="{x(1e4)}" y1="{y(middle)}" x2="{x(1e6)}" y2="{y(middle * 100)}" stroke="black" stroke-dasharray="5 4"/>')
    for i, (name, by_size) in enumerate(rows.items()):
        points = " ".join(f"{x(size):.1f},{y(row[key] * scale):.1f}" for size, row in by_size.items())
        dash = ' stroke-dasharray="2 2"' if i >= len(COLOURS) else ""
        parts.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[i % len(COLOURS)]}" stroke-width="1.6"{dash}/>')
    return parts


def draw(rows):
    width, height = 960, 410
    parts = panel(rows, "seconds", "s", 1, 0, "processor time over edges") + panel(rows, "peak", "MB", 1e-6, 390, "peak memory over edges")
    for i, name in enumerate(rows):
        dash = ' stroke-dasharray="2 2"' if i >= len(COLOURS) else ""
        parts.append(f'<line x1="790" x2="815" y1="{50 + 20 * i}" y2="{50 + 20 * i}" stroke="{COLOURS[i % len(COLOURS)]}" stroke-width="2"{dash}/>'
                     f'<text x="822" y="{54 + 20 * i}">{name}</text>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
    return "\n".join([head, f'<rect width="{width}" height="{height}" fill="white"/>', *parts, "</svg>", ""])


def main():
    program = os.path.abspath(sys.argv[1])
    largest = int(sys.argv[2]) if len(sys.argv) > 2 else SIZES[-1]
    rows = {}
    for size in [s for s in SIZES if s <= largest]:
        for name, row in measure(program, size).items():
            rows.setdefault(name[2:], {})[size] = row
    print("| file | " + " | ".join(f"{s // 1000}k" for s in SIZES) + " | MB/s | peak / network |\n|---" * 1 + "|---" * (len(SIZES) + 2) + "|")
    for name, by_size in rows.items():
        last = by_size[max(by_size)]
        print(f"| {name} | " + " | ".join(f"{by_size[s]['seconds']:.3g}" if s in by_size else "" for s in SIZES) +
              f" | {last['file'] / 1e6 / last['seconds']:.0f} | {last['peak'] / last['network']:.2f} |")
    with open(os.path.join(HERE, "reading.svg"), "w", encoding="utf-8") as out:
        out.write(draw(rows))
    print("\n| shape | file | a quarter | all | times |\n|---|---|---|---|---|")
    for shape, meaning in SHAPES.items():
        quarter, whole = measure(program, 75_000, shape), measure(program, 300_000, shape)
        for name in whole:
            a, b = quarter[name]["seconds"], whole[name]["seconds"]
            print(f"| {meaning} | {name[2:]} | {a:.3g} s | {b:.3g} s | {b / a:.1f} |")


if __name__ == "__main__":
    main()
