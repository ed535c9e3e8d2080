"""The operator's choices, in one frozen struct.  Each has a default that works."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True):
    """What an operator may choose; the command's options fill it."""

    store: Path = Path("livebrief.db")
    page_bytes: int = 16_000_000
    """Pages larger than this are refused: the largest page in two years of CC-NEWS has 11 MB."""
    page_seconds: float = 10.0
