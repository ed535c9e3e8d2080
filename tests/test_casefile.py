from __future__ import annotations

from pathlib import Path

import pytest

from tests.casefile import Case, read_cases

FILE = """\
# Casualties
Prose before the first case: not read.

## A lower bound
published: 2020-03-11
country: KE
> At least 12 people were killed,
>
> police said.
- killed: 12..
- 3:30 a.m.: 2020-03-11T03:30
- said by:

## A gap
known gap: not read yet
> Dozens.
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "cases.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_gives_its_cases_in_order(tmp_path: Path) -> None:
    assert read_cases(write(tmp_path, FILE)) == [
        Case(
            name="A lower bound",
            context={"published": "2020-03-11", "country": "KE"},
            text="At least 12 people were killed,\n\npolice said.",
            expected=[("killed", "12.."), ("3:30 a.m.", "2020-03-11T03:30"), ("said by", "")],
            known_gap=None,
        ),
        Case(name="A gap", context={}, text="Dozens.", expected=[], known_gap="not read yet"),
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("## A\n> b\nno colon here\n", r"cases\.md:3: expected"),
        ("## A\n- b: c\n", "“A” has no quote"),
        ("## A\n> b\nlate: context\n", "after the quote"),
        ("## A\n> b\n## A\n> c\n", "two cases are called “A”"),
    ],
)
def test_a_slip_of_the_pen_is_said(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_cases(write(tmp_path, text))
