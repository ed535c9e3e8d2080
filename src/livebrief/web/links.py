"""Where pages lie, seen from one of them.

All links are relative, so that pages work below any path: behind a proxy, in a folder, from a file.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode, urlsplit

from msgspec import Struct

from livebrief.model import Source, Span, identify

SAFE_ID_RE = re.compile(r"[A-Za-z0-9_-]{1,80}")


class Links(Struct, frozen=True, kw_only=True):
    """The addresses of the other pages, from a page that lies `up` from the desk's."""

    up: str = ""
    moments: tuple[tuple[str, str], ...] = ()
    """The `as_of` and `since` that the reader looks at, which links keep."""
    is_static: bool = False
    """Whether pages are files, without search and JSON."""
    is_alone: bool = False
    """Whether there is but this page: then addresses of others are empty."""

    def desk(self) -> str:
        """Return the address of the list of stories."""
        return f"{self.up}index.html" if self.is_static else (self.up or "./") + self._query()

    def whole_desk(self) -> str:
        """Return the address of the list of all stories, however many."""
        return (self.up or "./") + self._query(all="1")

    def story(self, story_id: str) -> str:
        """Return the address of a story's page."""
        return self._page("story", story_id)

    def article(self, article_id: str) -> str:
        """Return the address of an article's page."""
        return self._page("article", article_id)

    def words(self, source: Source) -> str:
        """Return the address of the cited words in their article.

        Served pages are told which words to mark: briefs of other stories may cite them too.
        """
        if self.is_alone:
            return ""
        anchor = anchor_of(source.span)
        if self.is_static:
            return f"{self.article(source.article)}#{anchor}"
        return f"{self._page('article', source.article, cite=anchor)}#{anchor}"

    def search(self) -> str | None:
        """Return the address of the search, which written sites have none of."""
        return None if self.is_static else f"{self.up}search"

    def asset(self, name: str) -> str:
        """Return the address of a style sheet or picture."""
        return f"{self.up}static/{name}"

    def json(self, kind: str = "", id_: str = "") -> str | None:
        """Return the address of the same as JSON: of the list of stories without a kind."""
        if self.is_static:
            return None
        path = f"{kind}/{quote(id_, safe='')}" if kind else "stories"
        return f"{self.up}{path}.json{self._query()}"

    def _page(self, kind: str, id_: str, **more: str) -> str:
        if self.is_alone:
            return ""
        if self.is_static:
            return f"{self.up}{kind}/{file_stem(id_)}.html"
        return f"{self.up}{kind}/{quote(id_, safe='')}{self._query(**more)}"

    def _query(self, **more: str) -> str:
        pairs = [*self.moments, *more.items()]
        return f"?{urlencode(pairs)}" if pairs else ""


def file_stem(id_: str) -> str:
    """Return a file name for an id: itself where it is harmless.

    >>> file_stem("0c21f0a9b3de"), len(file_stem("../../etc/passwd"))
    ('0c21f0a9b3de', 12)
    """
    return id_ if SAFE_ID_RE.fullmatch(id_) else identify(id_)


def anchor_of(span: Span) -> str:
    """Return the name of a span's place on its article's page.

    >>> anchor_of(Span(start=120, end=245)), anchor_of(Span(start=0, end=9, related_index=2))
    ('s120-245', 'c2-s0-9')
    """
    card = "" if span.related_index is None else f"c{span.related_index}-"
    return f"{card}{'h' if span.part == 'headline' else 's'}{span.start}-{span.end}"


ANCHOR_RE = re.compile(r"(?:c([0-9]{1,4})-)?([hs])([0-9]{1,9})-([0-9]{1,9})")


def parse_anchor(words: str) -> Span | None:
    """Return the span that an anchor names, `None` if it names none.

    >>> parse_anchor("c2-s0-9") == Span(start=0, end=9, related_index=2), parse_anchor("x")
    (True, None)
    """
    match = ANCHOR_RE.fullmatch(words)
    if match is None:
        return None
    card, part, start, end = match.groups()
    return Span(
        start=int(start),
        end=int(end),
        part="headline" if part == "h" else "text",
        related_index=None if card is None else int(card),
    )


def outward(url: str | None) -> str | None:
    """Return the address if a reader may safely follow it: http and https only.

    >>> outward("https://a.example/1"), outward("javascript:alert(1)"), outward("//a.example")
    ('https://a.example/1', None, None)
    """
    if not url or any(ord(letter) <= 32 for letter in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
