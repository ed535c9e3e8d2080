"""Cases in Markdown: what a text should give, in files that anybody may add to.

A case is a heading, lines of context, a quote and a list:

    ## A lower bound
    published: 2020-03-11
    known gap: why it does not pass yet
    > At least 12 people were killed, police said.
    - killed: 12..

Only what stands under a `## ` heading is read; a file may open with prose.  The quote's lines are
joined by line ends, and a bare `>` is an empty line.  Context is `key: value`, also in several
lines; a list line is `- key: value`, parted at its first colon that a space or the end follows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

CASES = Path(__file__).parent / "cases" / "en"


class Case(NamedTuple):
    """One text and what it should give."""

    name: str
    context: dict[str, str]
    text: str
    expected: list[tuple[str, str]]
    known_gap: str | None


def read_cases(path: Path) -> list[Case]:
    """Return the cases of one file, in its order; a malformed one raises, naming its line."""
    cases: list[Case] = []
    quotes: list[list[str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("## "):
            cases.append(Case(line[3:].strip(), {}, "", [], None))
            quotes.append([])
        elif not cases or not line.strip():
            continue
        elif line.startswith(">"):
            quotes[-1].append(line[1:].removeprefix(" "))
        else:
            is_expected = line.startswith("- ")
            key, value = _part(line.removeprefix("- "), f"{path.name}:{number}")
            if is_expected:
                cases[-1].expected.append((key, value))
            elif key in cases[-1].context or quotes[-1]:
                raise ValueError(f"{path.name}:{number}: context said twice, or after the quote")
            else:
                cases[-1].context[key] = value
    named = [case.name for case in cases]
    for case, quote in zip(cases, quotes, strict=True):
        if not quote:
            raise ValueError(f"{path.name}: “{case.name}” has no quote (lines that start with >)")
        if named.count(case.name) > 1:
            raise ValueError(f"{path.name}: two cases are called “{case.name}”")
    return [
        case._replace(text="\n".join(quote), known_gap=case.context.pop("known gap", None))
        for case, quote in zip(cases, quotes, strict=True)
    ]


def _part(line: str, where: str) -> tuple[str, str]:
    key, colon, value = f"{line} ".partition(": ")
    if not colon or not key.strip():
        raise ValueError(f"{where}: expected “key: value”, a quote or a heading, found {line!r}")
    return key.strip(), value.strip()


def parametrize(filename: str) -> Callable[[Callable[..., Any]], Any]:
    """Return a decorator that runs a test of one argument, `case`, once for each case of a file.

    The test's ids are the cases' names; a known gap is a strict xfail, so that the suite says so
    on the day it closes.
    """
    return pytest.mark.parametrize(
        "case",
        [
            pytest.param(
                case,
                id=case.name,
                marks=[pytest.mark.xfail(strict=True, reason=case.known_gap)]
                if case.known_gap is not None
                else [],
            )
            for case in read_cases(CASES / filename)
        ],
    )
