"""Every document the program writes is valid under the schema it prints for it, and every schema is met at least once.

usage: validate_schemas.py BINARY DATASET [DATASET…]
"""

import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)


def refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def unique_keys(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f"a key twice in {keys}")
    return dict(pairs)


def written(binary: str, dataset: str, out: pathlib.Path) -> list[pathlib.Path]:
    """The documents of every command on one dataset."""
    subprocess.run([binary, "run", dataset, "-o", str(out), "--quiet"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([binary, "convert", dataset, "-o", str(out / "dataset.json")], check=True, stdout=subprocess.DEVNULL)
    actors = [row["id"] for row in json.loads((out / "dataset.json").read_text(encoding="utf-8"))["actors"]]
    a, b = actors[0], actors[-1]
    tables = json.loads((out / "dataset.json").read_text(encoding="utf-8"))
    some = ",".join(row["id"] for row in tables.get("expertises", [])[:3])
    pairs = out / "pairs.csv"
    pairs.write_text(f"a,b\n{a},{b}\n", encoding="utf-8")
    merges = out / "merges.csv"
    merges.write_text(f"keep,merge,decision\n{a},{b},yes\n", encoding="utf-8")
    for name, command in (
        ("one_recommend", ["recommend", dataset, "--scope", "all", "--actor", a]),
        ("ruled_recommend", ["recommend", dataset, "--goal", "bridging", "--reciprocal", "uninorm", "--diversity", "0.4", "--top", "4",
                             "--quota", "2", "--newcomers", "1", "--max-exposure", "3", "--exclude", str(pairs), "--opportunities"]),
        ("one_opportunities", ["recommend", dataset, "--scope", "all", "--actor", a, "--opportunities", "--to", "2024"]),
        ("one_match", ["match", dataset, "--scope", "all", "--actor", a]),
        ("one_explain", ["explain", dataset, a, b]),
        ("all_bridges", ["bridges", dataset, "--scope", "all", "--weigh", "none", "--isolates", "--ei-target", "0.9", "--target", "1"]),
        ("controversy_bridges", ["bridges", dataset, "--objective", "controversy", "--end-points", "1", "--top", "3"]),
        ("reach_bridges", ["bridges", dataset, "--objective", "reach", "--cost", "distance", "--top", "3"]),
        ("one_check", ["check", dataset, "--min-score", "0.1"]),
        ("one_merging", ["check", dataset, "--merge", str(merges)]),
        ("one_describe", ["describe", dataset, "--lang", "en"]),
        ("one_communities", ["communities", dataset, "--objective", "cpm", "--resolution", "0.1"]),
        ("infomap_communities", ["communities", dataset, "--objective", "infomap"]),
        ("barber_communities", ["communities", dataset, "--objective", "barber"]),
        ("previous_communities", ["communities", dataset, "--previous", str(out / "one_communities.json")]),
        ("best_communities", ["communities", dataset, "--preset", "best"]),
        ("crossed_openness", ["openness", dataset, "--by", "kind*place", "--by", "expertise", "--by", "community"]),
        ("front_consortia", ["consortium", dataset, "--expertise", some, "--scope", "all", "--front", "--objective", "openness", "--top", "2"]),
        ("missing_consortia", ["consortium", dataset, "--expertise", some + ":999", "--max-size", "1"]),
        ("timed_meetings", ["meetings", dataset, "--rounds", "2", "--start", "2025-05-14T09:00", "--tied", "--min", "1"]),
        ("stable_meetings", ["meetings", dataset, "--rounds", "2", "--stable"]),
        ("all_groups", ["groups", dataset]),
        ("within_match", ["match", dataset, "--scope", "all", "--pool-within", "kind", "--pool-min", "2", "--lang", "en"]),
        ("one_compare", ["compare", dataset, dataset]),
        ("dates_compare", ["compare", dataset, "--at", "2015", "--at", "2024"]),
    ):
        if "consortium" in command and not some:
            continue
        text = subprocess.run([binary, *command, "--json"], check=True, capture_output=True).stdout
        (out / f"{name}.json").write_bytes(text)
    # a dataset without dates has no history to be judged on, and says so
    judged = subprocess.run([binary, "evaluate", dataset, "--scope", "all", "--split", "2018", "--json"], capture_output=True)
    if judged.returncode == 0:
        (out / "evaluation.json").write_bytes(judged.stdout)
    elif judged.returncode != 2:
        raise RuntimeError(f"evaluate {dataset}: {judged.stderr!r}")
    return sorted(path for path in out.glob("*.json") if path.name != "datapackage.json")


def fitted(binary: str, out: pathlib.Path) -> list[pathlib.Path]:
    """Recommendations by a fitted ranking: none of the embedded datasets has history enough."""
    region = out / "region"
    subprocess.run([binary, "generate", "-o", str(region), "--actors", "150", "--partnerships", "900", "--quiet"], check=True,
                   stdout=subprocess.DEVNULL)
    files = []
    for name, options in (("all", []), ("ruled", ["--reciprocal", "harmonic", "--diversity", "0.3", "--quota", "2", "--max-exposure", "4"])):
        file = out / f"fitted_{name}.json"
        subprocess.run([binary, "recommend", str(region), "--ranking", "fitted", "--json", "-o", str(file), "--quiet", *options], check=True)
        files.append(file)
    for name, split in (("some", "2015"), ("none", "2025-12-01")):
        file = out / f"chairs_{name}.json"
        subprocess.run([binary, "evaluate", str(region), "--empty-chair", "--split", split, "--least-partners", "2", "--scope", "all",
                        "--replicates", "50", "--json", "-o", str(file), "--quiet"], check=True)
        files.append(file)
    return files


def main() -> int:
    binary, datasets = sys.argv[1], sys.argv[2:]
    names = subprocess.run([binary, "schema", "--list"], capture_output=True, text=True, check=True).stdout.split()
    schemas = {}
    for name in names:
        text = subprocess.run([binary, "schema", name], capture_output=True, text=True, check=True).stdout
        schemas[name] = json.loads(text)
        jsonschema.Draft7Validator.check_schema(schemas[name])
        if not schemas[name]["$id"].startswith(f"urn:maillage:{name}:"):
            print(f"{name}: $id is {schemas[name]['$id']}: validators need an absolute one")
            return 1
    checked, met = 0, set()
    for dataset in datasets:
        with tempfile.TemporaryDirectory() as out:
            files = written(binary, dataset, pathlib.Path(out))
            for file in files + (fitted(binary, pathlib.Path(out)) if dataset == datasets[0] else []):
                document = json.loads(file.read_text(encoding="utf-8"), parse_constant=refuse_constant,
                                      object_pairs_hook=unique_keys)
                name = document["schema"].split("/")[1]
                errors = list(jsonschema.Draft7Validator(schemas[name]).iter_errors(document))
                if errors:
                    print(f"{dataset}: {file.name}: {len(errors)} errors, the first at {list(errors[0].path)}: {errors[0].message[:300]}")
                    return 1
                checked += 1
                met.add(name)
    print(f"{len(names)} schemas, {checked} documents valid")
    if unmet := sorted(set(names) - met):
        print("no document for", ", ".join(unmet))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
