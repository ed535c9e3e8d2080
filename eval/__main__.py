"""The command: `python -m eval [KIND ...] [--data DIR] [--json] [--write]`."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from eval.kinds import KINDS, Kind, count_documents
from eval.results import Result, load_results, name_commit, name_machine, save_results, write_value
from eval.run import Run
from eval.scores import Score
from eval.sets import DataError, find_data, find_own_sets, find_sets


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and return 0; 1 where a set could not be read, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {' '.join(KINDS)}")
    parser.add_argument("--data", type=Path, help="folder of the sets")
    parser.add_argument("--json", action="store_true", help="one figure a line")
    parser.add_argument("--write", action="store_true", help="renew RESULTS.md")
    parser.add_argument("--limit", type=int, help="the first so many documents of each file")
    parser.add_argument("--misses", type=int, default=0, help="show so many misses of each set")
    options = parser.parse_args(arguments)
    if unknown := [kind for kind in options.kinds if kind not in KINDS]:
        parser.error(f"unknown kind {unknown[0]!r}: choose from {' '.join(KINDS)}")
    if options.write and options.limit is not None:
        parser.error("--write needs whole sets: leave out --limit")
    try:
        data = find_data(options.data)
        commit = name_commit()  # before the first measure: the tree may move on while it runs
        for name, kind in KINDS.items():
            if not options.kinds or name in options.kinds:
                result = measure(name, kind, data, options, commit)
                if options.write:
                    save_results({**load_results(), name: result}, tuple(KINDS))
    except DataError as error:
        print(f"eval: {error}", file=sys.stderr)
        return 1
    return 0


def measure(name: str, kind: Kind, data: Path, options: argparse.Namespace, commit: str) -> Result:
    """Return what one kind's sets give, having printed it."""
    started = time.monotonic()
    scores: list[Score] = []
    documents: dict[str, int] = {}
    for the_set in (*find_sets(data, name), *find_own_sets(name)):
        run = Run(limit=options.limit, misses=options.misses)
        documents[the_set.name] = count_documents(name, the_set)
        measured = kind.measure(the_set, run) if kind.measure else []
        for score in measured:
            print(write_score(score, as_json=options.json), flush=True)
        for miss in run.misses:
            print(f"  {miss}", file=sys.stderr)
        scores += measured
    if not options.json and not kind.measure:
        for set_name, n in documents.items():
            print(f"{name:12} {set_name:26} not answered yet ({n:,} documents)")
    return Result(
        on=datetime.now(UTC).date().isoformat(),
        commit=commit,
        machine=name_machine(),
        seconds=round(time.monotonic() - started, 1),
        answered=kind.measure is not None,
        documents=documents,
        scores=tuple(scores),
    )


def write_score(score: Score, *, as_json: bool) -> str:
    """Return one figure as a line."""
    if as_json:
        line = {
            "bar": score.bar,
            "set": score.set,
            "metric": score.metric,
            "value": round(score.value, 6),
            "n": score.n,
        }
        return msgspec.json.encode(line).decode()
    value = write_value(score.metric, score.value)
    reruns = [f"{name} {write_value(score.metric, v)}" for name, v in score.reruns.items()]
    beside = f"  ({', '.join(reruns)})" if reruns else ""
    n = f"n {score.n:,}"
    if score.low is not None and score.high is not None:
        low, high = (write_value(score.metric, edge) for edge in (score.low, score.high))
        n += f" [{low}, {high}]"
    return f"{score.bar:12} {score.set:26} {score.metric:20} {value:>8}  {n}{beside}"


if __name__ == "__main__":
    sys.exit(main())
