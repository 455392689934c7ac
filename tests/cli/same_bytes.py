"""`maillage run`, `communities` in all its ways, `recommend` with its rules, `openness` and `compare` write the same bytes for any
number of threads, for shuffled rows, and from every build.

usage: same_bytes.py DATASET BINARY [BINARY…]
Exits 0 when every document of every variant is the same, 1 with the name of the first that is not.
"""

import csv
import hashlib
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile


def shuffled_copy(dataset: pathlib.Path, target: pathlib.Path, seed: int) -> None:
    """A copy of the dataset with the rows of every table in another order."""
    target.mkdir()
    for file in sorted(dataset.iterdir()):
        if file.suffix != ".csv":
            shutil.copy(file, target / file.name)
            continue
        with file.open(newline="", encoding="utf-8") as source:
            rows = list(csv.reader(source))
        body = rows[1:]
        random.Random(seed).shuffle(body)
        with (target / file.name).open("w", newline="", encoding="utf-8") as out:
            csv.writer(out, lineterminator="\n").writerows(rows[:1] + body)


COMMUNITIES = {
    "fast": ["--preset", "fast"],
    "best": ["--preset", "best", "--runs", "4"],
    "cpm": ["--objective", "cpm", "--resolution", "0.05"],
    "infomap": ["--objective", "infomap"],
    "barber": ["--objective", "barber"],
}


RECOMMENDATIONS = {
    "ruled": ["--top", "5", "--goal", "bridging", "--reciprocal", "geometric", "--diversity", "0.3", "--quota", "2",
              "--newcomers", "1", "--max-exposure", "4"],
    "opportunities": ["--opportunities", "--to", "2024"],
}

OPENNESS = {
    "openness_years": ["--every", "year", "--by", "kind*territory", "--by", "community", "--null", "both", "--replicates", "99"],
    "compare_dates": ["--at", "2015", "--at", "2024"],
}


CONSORTIA = {
    "consortia_calls": ["consortium", "--opportunity", "fonds-citoyen", "--front", "--effort", "0.1", "--top", "4"],
    "consortia_sum": ["consortium", "--opportunity", "erasmus-ka220", "--objective", "sum"],
    "meetings_six": ["meetings", "--rounds", "6", "--min", "2"],
    "meetings_stable": ["meetings", "--rounds", "3", "--stable"],
}


def write_communities(binary: str, dataset: pathlib.Path, file: pathlib.Path, threads: int, options: list[str]) -> None:
    command = [binary, "communities", str(dataset), "--threads", str(threads), "--json", "-o", str(file), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)


def large_differs(binary: str, scratch: pathlib.Path) -> bool:
    """A region with so many ties that the threads work inside a run of Leiden."""
    dataset, shuffled = scratch / "large", scratch / "large-shuffled"
    size = ["--actors", "12000", "--partnerships", "50000", "--seed", "3"]
    subprocess.run([binary, "generate", "-o", str(dataset), *size], check=True, stdout=subprocess.DEVNULL, timeout=600)
    shuffled_copy(dataset, shuffled, seed=11)
    digests = set()
    for threads, source in ((1, dataset), (2, shuffled), (8, dataset)):
        file = scratch / f"large-{threads}.json"
        write_communities(binary, source, file, threads, ["--preset", "fast"])
        document = json.loads(file.read_text(encoding="utf-8"))
        if document["result"]["graph"]["ties"] < 100_000:
            print(f"only {document['result']['graph']['ties']} ties: not what this is about")
            return True
        digests.add(hashlib.sha256(file.read_bytes()).hexdigest())
    return len(digests) != 1


def documents(binary: str, dataset: pathlib.Path, out: pathlib.Path, threads: int) -> dict[str, str]:
    command = [binary, "run", str(dataset), "-o", str(out), "--threads", str(threads), "--lang", "fr", "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=600)
    for name, options in COMMUNITIES.items():
        write_communities(binary, dataset, out / f"communities_{name}.json", threads, options)
    for name, options in RECOMMENDATIONS.items():
        command = [binary, "recommend", str(dataset), "--json", "-o", str(out / f"recommendations_{name}.json"),
                   "--threads", str(threads), "--quiet", *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=600)
    for name, options in OPENNESS.items():
        command = [binary, name.split("_")[0], str(dataset), "--threads", str(threads), "--json", "-o", str(out / f"{name}.json")]
        subprocess.run([*command, *options], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
    for name, options in CONSORTIA.items():
        command = [binary, options[0], str(dataset), "--threads", str(threads), "--json", "-o", str(out / f"{name}.json")]
        subprocess.run([*command, *options[1:]], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
    # the diagnostics document alone may show lines of the tables, which shuffling moves
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(out.iterdir())
        if file.name not in ("diagnostics.json", "diagnostics.csv")
    }


def main() -> int:
    dataset, binaries = pathlib.Path(sys.argv[1]), sys.argv[2:]
    with tempfile.TemporaryDirectory() as scratch_name:
        scratch = pathlib.Path(scratch_name)
        shuffled = scratch / dataset.name
        shuffled_copy(dataset, shuffled, seed=7)
        expected = None
        for number, binary in enumerate(binaries):
            # every build once, the first by every number of threads
            variants = ((1, dataset), (2, dataset), (8, shuffled))
            for threads, source in variants if number == 0 else variants[2:]:
                found = documents(binary, source, scratch / f"out-{number}-{threads}", threads)
                expected = expected or found
                if len(found) < 5:
                    print(f"only {len(found)} documents: {sorted(found)}")
                    return 1
                different = [n for n in sorted(expected | found) if expected.get(n) != found.get(n)]
                if different:
                    print(f"{binary}, {threads} threads, {source}: differs in {', '.join(different)}")
                    return 1
        if large_differs(binaries[0], scratch):
            print("communities of a large region differ by number of threads or order of rows")
            return 1
        print(f"{len(expected)} files, {2 + len(binaries)} runs, the same bytes")
        return 0


if __name__ == "__main__":
    sys.exit(main())
