"""In: a `Page`.  Out: the `Article` it holds, part by part, or a `Refusal`."""

from __future__ import annotations

from livebrief.articles.reader import read_article

__all__ = ["read_article"]
