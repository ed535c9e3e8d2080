"""One walk over a page's tree: its blocks of words in reading order, and where each stands."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from livebrief.articles.assemble import clean
from livebrief.articles.dom import DEEPEST, MOST_ELEMENTS, Element, Node, Text

SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed canvas audio video head select option "
    "button input textarea map dialog datalist progress meter source track picture-source form-actions".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody "
    "td tfoot th thead tr ul".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())

# What a container is for, told from its class, id and role.
FURNITURE, CARD, CAPTION, BODY, SUMMARY, BYLINE, ARTICLE, LIVE, COMMENTS = (1 << n for n in range(9))
FIGURE, QUOTE, LIST, HEADER, ASIDE, TABLE, BAR = (1 << n for n in range(9, 16))

# Class names are words joined by "-", "_", or capitals; each hint is a word or two of them.
_HINTS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (COMMENTS, re.compile(r"\b(?:comments?|disqus|respond|discussion|viafoura|coral|livefyre|openweb)\b")),
    (CARD, re.compile(
        r"\b(?:related|recirc\w*|recommend\w*|read ?more|readmore|more (?:from|stories|on|news|articles)|teasers?|"
        r"promos?|promoted|trending|popular|most (?:read|popular|viewed)|go deeper|up next|also (?:read|like)|"
        r"taboola|outbrain|zergnet|rail|river|latest news|top stories|inline (?:link|related|promo)|"
        r"story card|card|cards|see also|explore|suggested|onward|lead ?list|tease|link ?box|carousel|"
        r"further reading|newsfeed|moreon|next article|prev(?:ious)? article|jp relatedposts|yarpp)\b")),
    (FURNITURE, re.compile(
        r"\b(?:share|sharing|sharebar|sharethis|addthis|addtoany|social|socials|follow|newsletters?|subscri\w+|sign ?up|signin|"
        r"cookie\w*|consent|gdpr|paywall|regwall|advert\w*|ads?|adslot|dfp|banner|sponsor\w*|breadcrumbs?|menu|nav|"
        r"navigation|navbar|footer|sidebar|tags?|taglist|topics?|toolbar|tools|player|podcast|donate|donation|"
        r"membership|copyright|legal|disclaimer|skip|print|modal|popup|overlay|tooltip|pagination|pager|"
        r"author (?:bio|info|box|card|about|description)|bio|about (?:the )?author|masthead|widget|widgets|poll|quiz|"
        r"survey|hidden|hide|visually hidden|sr only|screen reader\w*|screenreader|off ?screen|metadata|meta|"
        r"timestamp|dateline time|correction link|feedback|rating|ratings|"
        r"appeal|cta|call to action|marketing|login|register|weather|ticker|alert|toast|gallery thumbs|thumbs?|"
        r"jump ?links?|table of contents|toc|trust|ethics|standards|credits?box|embed code|republish|app download)\b")),
    (SUMMARY, re.compile(
        r"\b(?:summary|standfirst|sub ?(?:title|headline|head|heading)|dek|deck|excerpt|strapline|intro text|lead text|"
        r"article (?:intro|lead|description|sub)|teaser text|lede|abstract|kicker text|stand first|sell)\b")),
    (BYLINE, re.compile(r"\b(?:by ?lines?|authors?|writers?|contributors?|posted by|article meta|post meta|entry meta)\b")),
    (CAPTION, re.compile(
        r"\b(?:captions?|wp caption|cutline|photo (?:credit|caption|info)|image (?:caption|credit|info|meta)|picture caption|"
        r"media (?:caption|credit)|fig ?caption|credits?|copyright holder|image ?source)\b")),
    (LIVE, re.compile(r"\b(?:live ?blog|live (?:post|entry|update|event)|liveblog post|lb post|posts? live)\b")),
    (BODY, re.compile(
        r"\b(?:article ?(?:body|content|text|copy|main|wrap\w*|page|story|inner|details?)|story ?(?:body|content|text|main|wrap\w*)|"
        r"post ?(?:body|content|text|entry)|entry ?(?:content|text|body)|body ?(?:copy|text|content)|main ?(?:content|text|body)|"
        r"content ?(?:body|article|main|text)|rich ?text|text ?body|news ?(?:body|text|content|detail)|prose|article)\b")),
)  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_DIRECT = {
    "article": ARTICLE, "main": ARTICLE, "aside": ASIDE, "nav": FURNITURE | BAR, "footer": FURNITURE | BAR, "header": HEADER,
    "figure": FIGURE, "figcaption": CAPTION, "blockquote": QUOTE, "li": LIST, "table": TABLE, "form": FURNITURE,
    "cite": 0, "time": 0,
}  # fmt: skip
_ROLES = {
    "navigation": FURNITURE | BAR, "banner": FURNITURE, "contentinfo": FURNITURE, "complementary": ASIDE,
    "search": FURNITURE, "dialog": FURNITURE, "menu": FURNITURE, "article": ARTICLE, "main": ARTICLE,
}  # fmt: skip
_ITEMPROPS = {"articlebody": BODY, "description": SUMMARY, "author": BYLINE, "caption": CAPTION,
              "comment": COMMENTS, "headline": 0}  # fmt: skip


class Box(Struct):
    """An element that holds blocks."""

    parent: int
    depth: int
    tag: str
    hints: int
    """Its own."""
    name: str
    """Its class and id, for a closer look."""
    at: str | None = None
    """The machine-readable time of a `time` or of a live entry within it."""


class Strip(Struct):
    """A run of words between the edges of block elements."""

    box: int
    tag: str
    text: str
    linked: int
    """Characters within links."""
    bold: str
    """What it opens with in bold."""
    hints: int
    """Of all boxes around it together."""
    href: str | None = None
    """The address of its only link."""


class Walk(Struct):
    """A page, flat."""

    boxes: list[Box]
    strips: list[Strip]
    times: list[tuple[int, str, str]]
    """Where each `time` element stands (its box), its machine-readable value, its words."""
    scripts: list[Element]
    """JSON-LD."""


@lru_cache(maxsize=20_000)
def read_hints(names: str) -> int:
    """Return what a class and an id say that an element is for.

    >>> bool(read_hints("ArticleBody") & BODY), bool(read_hints("social-share") & FURNITURE)
    (True, True)
    """
    words = _NOT_WORD.sub(" ", _CAMEL.sub(" ", names[:600]).lower()).strip()
    if not words:
        return 0
    hints = 0
    for hint, pattern in _HINTS:
        if pattern.search(words):
            hints |= hint
    return hints


def walk(document: Node) -> Walk:
    """Return the page's blocks of words in reading order; every node is looked at once."""
    return _Walker().run(document)


class _Walker:
    """The state of one walk: the run of words that is open, and the boxes around it."""

    def __init__(self) -> None:
        self.boxes = [Box(-1, 0, "html", 0, "")]
        self.hints = [0]
        self.strips: list[Strip] = []
        self.times: list[tuple[int, str, str]] = []
        self.scripts: list[Element] = []
        self.parts: list[str] = []
        self.linked = 0
        self.bold: list[str] = []
        self.bold_open = True
        self.hrefs: list[str] = []

    def flush(self, box: int, tag: str) -> None:
        """Close the open run of words."""
        if not self.parts:
            return
        text = clean("".join(self.parts))
        if text:
            bold = clean("".join(self.bold))
            href = self.hrefs[0] if len(self.hrefs) == 1 else None
            linked = min(self.linked, len(text))
            self.strips.append(Strip(box, tag, text, linked, bold, self.hints[box], href))
        self.parts.clear()
        self.bold.clear()
        self.hrefs.clear()
        self.linked = 0
        self.bold_open = True

    def run(self, document: Node) -> Walk:
        # Each entry: a node to open (or a marker to close), the box and tag it stands in, and
        # whether it is within a link or bold.
        stack: list[tuple[Node | None, int, str, int, bool, bool]] = [
            (document, 0, "html", 0, False, False)
        ]
        seen = 0
        while stack:
            node, box, tag, depth, in_link, in_bold = stack.pop()
            if node is None:
                self.flush(box, tag)
                continue
            if type(node) is Text:
                self.add(node.data, in_link, in_bold)
                continue
            inner, inner_tag = box, tag
            if type(node) is Element:
                seen += 1
                name = node.tag
                if name in SKIPPED:
                    if name == "script" and "ld+json" in (node.attr("type") or ""):
                        self.scripts.append(node)
                    elif name == "head":
                        self.take_head(node)
                    continue
                if seen > MOST_ELEMENTS or depth > DEEPEST:
                    continue
                if name == "br":
                    self.parts.append("\n")
                    continue
                if name == "a":
                    in_link = True
                    if href := node.attr("href"):
                        self.hrefs.append(href)
                elif name in ("b", "strong"):
                    in_bold = True
                elif name == "time":
                    self.times.append((box, node.attr("datetime") or "", clean(node.text)))
                if name in BLOCKS or (node.attr("itemprop") or "").lower() in _ITEMPROPS:
                    opened = self.open(node, name, box, depth)
                    if opened is None:
                        continue
                    self.flush(box, tag)
                    inner, inner_tag = opened, name if name in BLOCKS else tag
                    stack.append((None, inner, inner_tag, depth, False, False))
                else:
                    hints = self.inline_hints(node)
                    if hints & (FURNITURE | CAPTION | COMMENTS):
                        opened = self.open(node, name, box, depth)
                        if opened is None:
                            continue
                        self.flush(box, tag)
                        inner = opened
                        stack.append((None, inner, tag, depth, False, False))
            kids = node.children
            depth += 1
            for kid in reversed(kids):
                stack.append((kid, inner, inner_tag, depth, in_link, in_bold))
        self.flush(0, "html")
        return Walk(self.boxes, self.strips, self.times, self.scripts)

    def add(self, data: str, in_link: bool, in_bold: bool) -> None:
        """Take the words of one text node into the open run."""
        self.parts.append(data)
        words = data.strip()
        if not words:
            return
        if in_link:
            self.linked += len(words)
        if in_bold and self.bold_open:
            self.bold.append(data)
        elif not in_bold:
            self.bold_open = False

    def inline_hints(self, node: Element) -> int:
        names = node.attr("class")
        return read_hints(names) if names else 0

    def open(self, node: Element, name: str, box: int, depth: int) -> int | None:
        """Return the number of the element's new box, or `None` where it is not shown."""
        attribute = node.attr
        if attribute("hidden") is not None or attribute("aria-hidden") == "true":
            return None
        style = attribute("style")
        if style and "display:none" in style.replace(" ", "").lower()[:300]:
            return None
        names = f"{attribute('class') or ''} {attribute('id') or ''}"
        for more in ("data-component", "data-testid", "data-type", "data-module"):
            if value := attribute(more):
                names = f"{names} {value}"
        hints = _DIRECT.get(name, 0) | read_hints(names)
        if role := attribute("role"):
            hints |= _ROLES.get(role.lower(), 0)
        if itemprop := attribute("itemprop"):
            hints |= _ITEMPROPS.get(itemprop.lower(), 0)
        self.boxes.append(Box(box, depth, name, hints, names))
        self.hints.append(self.hints[box] | hints)
        return len(self.boxes) - 1

    def take_head(self, head: Element) -> None:
        for node in head.find_all("script"):
            if "ld+json" in (node.attr("type") or ""):
                self.scripts.append(node)
