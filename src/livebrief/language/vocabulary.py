"""The word lists of a language: facts in TOML, which somebody who speaks it can mend."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ENGLISH = Path(__file__).parent / "en"


@cache
def load_words(name: str) -> dict[str, Any]:
    """Return the word list of that name as it stands in its file.

    >>> "gen" in load_words("abbreviations")["before_more"]["words"]
    True
    """
    return tomllib.loads((ENGLISH / f"{name}.toml").read_text(encoding="utf-8"))
