"""The command: `python -m benchmarks [read] [language] [follow] [start] [--data DIR] [--write]`.

Each benchmark runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from benchmarks.figures import Figure, write_number
from benchmarks.following import measure_following
from benchmarks.language import measure_language
from benchmarks.reading import measure_reading
from benchmarks.starting import measure_starting
from eval.results import name_commit, name_machine
from eval.sets import DataError, find_data

HERE = Path(__file__).parent

BENCHMARKS: dict[str, Callable[[Path], list[Figure]]] = {
    "read": measure_reading,
    "language": measure_language,
    "follow": measure_following,
    "start": lambda data: measure_starting(),
}


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks, print their figures, and return 0; 1 where there are no sets."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {' '.join(BENCHMARKS)}")
    parser.add_argument("--data", type=Path, help="folder of the sets")
    parser.add_argument("--write", action="store_true", help="renew RESULTS.md")
    parser.add_argument("--here", action="store_true", help="in this process; JSON out")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in BENCHMARKS]:
        parser.error(f"unknown benchmark {unknown[0]!r}: choose from {' '.join(BENCHMARKS)}")
    try:
        data = find_data(options.data)
    except DataError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 1
    names = options.names or list(BENCHMARKS)
    if options.here:
        figures = [figure for name in names for figure in measure_here(name, data)]
        print(msgspec.json.encode(figures).decode())
        return 0
    measured = {}
    for name in names:
        print(f"== {name}", file=sys.stderr)
        measured[name] = measure_apart(name, data)
        for figure in measured[name]:
            print(figure, flush=True)
    if options.write:
        (HERE / "RESULTS.md").write_text(write_results(measured), encoding="utf-8")
    return 0


def measure_here(name: str, data: Path) -> list[Figure]:
    """Return a benchmark's figures, and the most memory that its process has held."""
    figures = BENCHMARKS[name](data)
    whose = resource.RUSAGE_CHILDREN if name == "start" else resource.RUSAGE_SELF
    kilobytes = resource.getrusage(whose).ru_maxrss
    return [*figures, Figure(f"{name}: peak memory", kilobytes / 1024, "MiB", 1)]


def measure_apart(name: str, data: Path) -> list[Figure]:
    """Return a benchmark's figures, measured in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", name, "--data", str(data.resolve()), "--here"],
        cwd=HERE.parent,
        stdout=subprocess.PIPE,
        check=True,
    )
    return msgspec.json.decode(done.stdout, type=list[Figure])


def write_results(measured: dict[str, list[Figure]]) -> str:
    """Return the page that shows the figures."""
    lines = [
        "# How fast",
        "",
        "Written by `python -m benchmarks --write`; never edited by hand.  What is measured, and",
        "how, is said at the head of each module of `benchmarks/`.",
        "",
        f"{datetime.now(UTC).date().isoformat()}, {name_commit()}, {name_machine()}.",
    ]
    for name, figures in measured.items():
        lines += ["", f"## {name}", "", "| what | | unit | n |", "|---|--:|---|--:|"]
        lines += [
            f"| {figure.name} | {write_number(figure.value)} | {figure.unit} | {figure.n:,} |"
            for figure in figures
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
