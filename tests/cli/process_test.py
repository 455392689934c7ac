"""The program as a process: exit codes, start-up time, an interrupt that leaves nothing behind, a closed pipe.

usage: process_test.py BINARY DATASETS
"""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

failures: list[str] = []


def check(truth: bool, what: str) -> None:
    if not truth:
        failures.append(what)
        print("failed:", what)


def main() -> int:
    binary, datasets = sys.argv[1], pathlib.Path(sys.argv[2])
    region = str(datasets / "centre-val-de-loire")

    for arguments, code in (
        (["--version"], 0),
        ([], 2),
        (["nonsense"], 2),
        (["describe", str(datasets / "absent")], 3),
        (["describe", region, "--top"], 2),
    ):
        found = subprocess.run([binary, *arguments], capture_output=True, timeout=60).returncode
        check(found == code, f"{arguments}: exit {found}, expected {code}")

    # the fastest of many: what the machine does besides only ever adds
    times = []
    for _ in range(21):
        start = time.perf_counter()
        subprocess.run([binary, "--version"], stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    limit = float(os.environ.get("MAILLAGE_STARTUP_LIMIT", "0.05"))
    print(f"start-up: {min(times) * 1000:.1f} ms, limit {limit * 1000:.0f} ms")
    check(min(times) < limit, "start-up is slow")

    with tempfile.TemporaryDirectory() as scratch:
        # a network large enough to be interrupted at work
        big = pathlib.Path(scratch) / "big"
        subprocess.run([binary, "generate", "-o", str(big), "--actors", "30000"], check=True, stdout=subprocess.DEVNULL)
        out = pathlib.Path(scratch) / "out"
        process = subprocess.Popen([binary, "run", str(big), "-o", str(out)], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        start = time.perf_counter()
        code = process.wait(timeout=30)
        check(time.perf_counter() - start < 1.0, "an interrupt takes over a second")
        check(code == 130, f"an interrupt ends with {code}, expected 130")
        left = sorted(p.name for p in out.glob("*")) if out.exists() else []
        check(left == [], f"an interrupt leaves {left}")

    pipe = subprocess.run(f"'{binary}' describe '{region}' --json | head -n 1", shell=True, capture_output=True, timeout=60)
    check(pipe.stdout.startswith(b"{") and pipe.stderr == b"", "a closed pipe is not quiet")

    with open(datasets / "mini-region" / "actors.csv", "rb"):
        full = subprocess.run([binary, "describe", region, "-o", "/dev/full"], capture_output=True, timeout=60)
        check(full.returncode != 0, "a full disk is not noticed")

    no_color = subprocess.run([binary, "describe", region], capture_output=True, timeout=60)
    check(b"\x1b" not in no_color.stdout, "colours on a pipe")
    print("ok" if not failures else f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
