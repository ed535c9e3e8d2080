"""`RESULTS.md` and `results.json`: what was last measured, kind by kind.

A run of some kinds renews those; the others keep the figures, day and commit of their own last run.
"""

from __future__ import annotations

import os
import platform
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

import livebrief
from eval.scores import Score

HERE = Path(__file__).parent
COUNTS = frozenset(("groups",))
PER_SECOND = "_per_second"


class Result(Struct, frozen=True, kw_only=True):
    """What one run found for one kind."""

    on: str
    commit: str
    machine: str
    seconds: float
    answered: bool
    documents: dict[str, int]
    """How many each set holds."""
    scores: tuple[Score, ...]


def load_results(folder: Path = HERE) -> dict[str, Result]:
    """Return the results kept so far, by kind."""
    kept = folder / "results.json"
    if not kept.is_file():
        return {}
    return msgspec.json.decode(kept.read_bytes(), type=dict[str, Result])


def save_results(results: dict[str, Result], kinds: tuple[str, ...], folder: Path = HERE) -> None:
    """Write the results of all kinds, for machines and for readers."""
    ordered = {kind: results[kind] for kind in kinds if kind in results}
    encoded = msgspec.json.format(msgspec.json.encode(ordered), indent=1)
    (folder / "results.json").write_bytes(encoded + b"\n")
    (folder / "RESULTS.md").write_text(write_results(ordered, kinds), encoding="utf-8")


def write_results(results: dict[str, Result], kinds: tuple[str, ...]) -> str:
    """Return the page that shows the results."""
    bars = tomllib.loads((HERE / "bars.toml").read_text(encoding="utf-8"))
    lines = [
        "# Results",
        "",
        "Written by `python -m eval --write`; never edited by hand.  What is measured, and how, is",
        "said at the head of each module of `eval/`; the sets are described beside them.",
        "n counts what a metric asks for.  Square brackets: 95 % interval of a bootstrap over",
        "documents, where there are fewer than 500.  *Re-run*: measured by us in the same run, on",
        "the same documents.",
    ]
    for kind in kinds:
        result = results.get(kind)
        lines += ["", f"## {kind}", bars[kind]["title"] + ".", ""]
        if result is None:
            lines.append("Not measured yet.")
            continue
        lines += [
            "| set | n | metric | ours | floor | peer | goal |",
            "|---|--:|---|--:|---|---|---|",
            *(_row(score, bars[kind].get(score.metric, {})) for score in result.scores),
        ]
        if not result.answered:
            lines += [
                f"| {name} | {n:,} documents | | not answered yet | | | |"
                for name, n in result.documents.items()
            ]
        lines += ["", f"{result.on}, {result.commit}, {result.machine}; {result.seconds:.0f} s."]
    return "\n".join(lines) + "\n"


def _row(score: Score, bar: dict[str, Any]) -> str:
    bar = {**bar, **bar.get(score.set, {})}
    reruns = [
        f"{write_value(score.metric, value)} {name} (re-run)"
        for name, value in score.reruns.items()
    ]
    floors = [bar["floor"]] if "floor" in bar else []
    peers = [bar["peer"]] if "peer" in bar else []
    for rerun in reruns:
        (peers if "trafilatura" in rerun else floors).append(rerun)
    ours = f"**{write_value(score.metric, score.value)}**"
    if score.low is not None and score.high is not None:
        ours += (
            f" [{write_value(score.metric, score.low)}, {write_value(score.metric, score.high)}]"
        )
    cells = [
        score.set,
        f"{score.n:,}",
        f"`{score.metric}`",
        ours,
        "; ".join(floors) or "–",
        "; ".join(peers) or "–",
        bar.get("goal", "–"),
    ]
    return f"| {' | '.join(cells)} |"


def write_value(metric: str, value: float) -> str:
    """Return a figure as the tables show it.

    >>> write_value("b3_f1", 0.7731), write_value("groups", 1520), write_value("b3_p", 1)
    ('.773', '1,520', '1.000')
    """
    if metric in COUNTS:
        return f"{value:,.0f}"
    if metric.endswith(PER_SECOND):
        return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
    return f"{value:.3f}".removeprefix("0")


def name_machine() -> str:
    """Return what the figures were measured on."""
    model = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.is_file():
        for line in cpus.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def name_commit() -> str:
    """Return the commit that was measured, and whether it had been changed since.

    Where another copy of livebrief was measured than the one beside these files, that is said.
    """
    measured = Path(livebrief.__file__).resolve()
    if not measured.is_relative_to(HERE.parent):
        return f"not this checkout but {measured.parent}"
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--dirty= with changes", "--abbrev=9"],
            cwd=HERE,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown commit"
    return f"commit {found.stdout.strip()}"
