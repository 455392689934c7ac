"""Every document of `maillage run` is valid under the schema the program prints for it, and every schema is one.

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


def main() -> int:
    binary, datasets = sys.argv[1], sys.argv[2:]
    names = subprocess.run([binary, "schema", "--list"], capture_output=True, text=True, check=True).stdout.split()
    schemas = {}
    for name in names:
        text = subprocess.run([binary, "schema", name], capture_output=True, text=True, check=True).stdout
        schemas[name] = json.loads(text)
        jsonschema.Draft7Validator.check_schema(schemas[name])
    checked = 0
    for dataset in datasets:
        with tempfile.TemporaryDirectory() as out:
            subprocess.run([binary, "run", dataset, "-o", out, "--quiet"], check=True, stdout=subprocess.DEVNULL)
            for file in sorted(pathlib.Path(out).glob("*.json")):
                document = json.loads(file.read_text(encoding="utf-8"), parse_constant=refuse_constant,
                                      object_pairs_hook=unique_keys)
                name = document["schema"].split("/")[1]
                errors = list(jsonschema.Draft7Validator(schemas[name]).iter_errors(document))
                if errors:
                    print(f"{dataset}: {file.name}: {len(errors)} errors, the first at {list(errors[0].path)}: {errors[0].message[:300]}")
                    return 1
                checked += 1
    print(f"{len(names)} schemas, {checked} documents valid")
    return 0 if checked else 1


if __name__ == "__main__":
    sys.exit(main())
