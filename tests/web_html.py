"""What the tests ask of a page of HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

VOID = {"br", "img", "input", "link", "meta", "hr"}


class Page(HTMLParser):
    """A page, and whatever is wrong with it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.wrong: list[str] = []
        self.scripts: list[str] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        if self._open:
            self.wrong.append(f"left open: {self._open}")
        self._check()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.wrong.append(f"</{tag}> closes {self._open[-3:]} at {self.getpos()}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "script":
            self.scripts.append(data)
        elif not self._open or self._open[-1] != "style":
            self.words += data

    def _check(self) -> None:
        ids = [value for _, attrs in self.tags if (value := attrs.get("id"))]
        if len(ids) != len(set(ids)):
            self.wrong.append(f"ids stand twice: {sorted({i for i in ids if ids.count(i) > 1})}")
        levels = [int(tag[1]) for tag, _ in self.tags if tag in ("h1", "h2", "h3", "h4")]
        if levels.count(1) != 1 or levels[0] != 1:
            self.wrong.append(f"headings: {levels}")
        if any(lower - upper > 1 for upper, lower in pairwise(levels)):
            self.wrong.append(f"a heading's level is left out: {levels}")
        labels = {attrs.get("for") for tag, attrs in self.tags if tag == "label"}
        for tag, attrs in self.tags:
            if tag == "input" and attrs.get("type") != "hidden" and attrs.get("id") not in labels:
                self.wrong.append(f"an input without a label: {attrs}")
            if tag == "script" and attrs.get("type") != "application/ld+json":
                self.wrong.append("a script")
            if any(name.startswith("on") or name == "style" for name in attrs):
                self.wrong.append(f"a script or style in an attribute: {attrs}")
            href = attrs.get("href") or attrs.get("src") or ""
            if href.lower().lstrip().startswith(("javascript:", "data:", "vbscript:")):
                self.wrong.append(f"a hostile address: {href}")
        for name in ("main", "header", "footer", "h1", "title"):
            if name not in {tag for tag, _ in self.tags}:
                self.wrong.append(f"no <{name}>")

    @property
    def ids(self) -> set[str]:
        return {value for _, attrs in self.tags if (value := attrs.get("id"))}

    @property
    def links(self) -> list[str]:
        found = (attrs.get("href") or attrs.get("src") for _, attrs in self.tags)
        return [each for each in found if each]


def squeeze(words: str) -> str:
    return " ".join(words.split())
