"""What the docs say is so."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from livebrief.cli import app

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "livebrief"
ROOMS = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_goes_in_and_what_comes_out(room: str) -> None:
    words = " ".join((importlib.import_module(f"livebrief.{room}").__doc__ or "").split())
    assert re.search(r"\bIn: .+\. +Out: .+\.", words)


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_stands_in_the_architecture(room: str) -> None:
    assert f"`{room}/`" in ARCHITECTURE


def test_data_flow_is_the_first_heading() -> None:
    assert re.findall(r"^## (.+)$", ARCHITECTURE, re.MULTILINE)[0] == "Data flow"


def test_every_command_stands_in_the_readme() -> None:
    names = {command.name or command.callback.__name__ for command in app.registered_commands
             if command.callback}  # fmt: skip
    names |= {group.name for group in app.registered_groups if group.name}
    for name in sorted(names):
        assert f"livebrief {name}" in README


def test_every_link_leads_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"
