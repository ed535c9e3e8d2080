"""In: files, folders, feeds, streams.  Out: `Page`s, bytes as found, or `Refusal`s."""

from __future__ import annotations

from livebrief.pages.sources import read_sources

__all__ = ["read_sources"]
