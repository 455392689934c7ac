"""Precision and recall of the merges that `maillage check` proposes, on noisy copies of actors with a known truth.

usage: merge_noise.py BINARY DATASET SHARE [-v]

A share of the actors gets a copy under another id, with one kind of noise in its name; place and kind are blanked in half of the
copies, address and position in all. A proposal is right when it joins a copy with its original. Any other counts as wrong, also one of
two actors that were there before and may be the same in truth: the precision is a lower bound. The same seed gives the same figures.
"""

import csv
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

LITTLE = {"de", "du", "des", "la", "le", "les", "of", "the", "et", "and", "d", "l", "à", "en"}
rng = random.Random(7)


def plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if unicodedata.category(c) != "Mn")


def typo(name: str) -> str:
    places = [i for i in range(1, len(name) - 1) if name[i].isalpha() and name[i + 1].isalpha()]
    if not places:
        return name
    i = rng.choice(places)
    return rng.choice((name[:i] + name[i + 1:], name[:i] + name[i + 1] + name[i] + name[i + 2:],
                       name[:i] + rng.choice("aeinrst") + name[i + 1:], name[:i] + name[i] + name[i:]))


def legal_form(name: str) -> str:
    return rng.choice(("Association {}", "{} SARL", "{} SA", "{}, association", "S.A.S. {}")).format(name)


def word_order(name: str) -> str:
    words = name.split()
    cut = rng.randrange(1, len(words)) if len(words) > 2 else 0
    return f"{' '.join(words[cut:])}, {' '.join(words[:cut])}" if cut else name


def acronym(name: str) -> str:
    words = [w for w in re.findall(r"\w+", plain(name)) if w.lower() not in LITTLE]
    return "".join(w[0] for w in words).upper() if len(words) >= 3 else name


def word_missing(name: str) -> str:
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 3 else name


def abbreviation(name: str) -> str:
    for pattern, short in ((r"universit[éey]\w*", "Univ."), (r"\bsaint\b", "St"), (r"\blaborato\w*", "Lab."), (r"\binstitut\w*", "Inst.")):
        name = re.sub("(?i)" + pattern, short, name)
    return name


NOISE = {"accents and case": lambda n: plain(n).upper(), "legal form": legal_form, "word order": word_order, "one typing error": typo,
         "two typing errors": lambda n: typo(typo(n)), "acronym": acronym, "last word missing": word_missing, "abbreviation": abbreviation}


def main() -> None:
    binary, dataset, share = sys.argv[1], sys.argv[2], float(sys.argv[3])
    with open(pathlib.Path(dataset) / "actors.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    copies, truth = [], {}
    for row in rows:
        if rng.random() >= share or len(row["name"]) <= 5:
            continue
        kind = rng.choice(list(NOISE))
        name = NOISE[kind](row["name"])
        if name == row["name"]:
            continue
        copy = {**row, "id": "zz-" + row["id"], "name": name}
        for field in ("url", "lat", "lon", *(f for f in ("place", "kind") if rng.random() < 0.5)):
            if field in copy:
                copy[field] = ""
        copies.append(copy)
        truth[copy["id"]] = (row["id"], kind)
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/actors.csv", "w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(rows[0]))
            table.writeheader()
            table.writerows(rows + copies)
        out = subprocess.run([binary, "check", folder, "--json", "--min-score", "0.3"], capture_output=True, check=True).stdout
    pairs = json.loads(out)["result"]["proposals"]["actors"]

    def right(pair) -> bool:
        return any(truth.get(x, ("",))[0] == y for x, y in ((pair["keep"], pair["merge"]), (pair["merge"], pair["keep"])))

    print(f"{len(rows)} actors, {len(copies)} copies")
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        told = [p for p in pairs if p["score"] >= least]
        hits = sum(map(right, told))
        print(f"  score {least}: {len(told):5} proposals, precision {hits / max(1, len(told)):.3f}, recall {hits / max(1, len(copies)):.3f}")
    found = {x for p in pairs if p["score"] >= 0.6 and right(p) for x in (p["keep"], p["merge"])}
    for kind in NOISE:
        ids = [i for i, (_, k) in truth.items() if k == kind]
        print(f"  {kind}: {sum(i in found for i in ids)} of {len(ids)} found at 0.6")
    if "-v" in sys.argv:
        names = {row["id"]: row["name"] for row in rows + copies}
        for p in [p for p in pairs if p["score"] >= 0.6 and not right(p)][:40]:
            print("wrong?", round(p["score"], 2), p["keep_name"], "|", p["merge_name"], "|", p["reason_en"])
        for i in [i for i in truth if i not in found][:40]:
            print("missed", truth[i][1], names[truth[i][0]], "|", names[i])


if __name__ == "__main__":
    main()
