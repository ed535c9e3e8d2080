"""What HTML's elements are to a reader: blocks, parts of a line, or nothing to be read."""

from __future__ import annotations

SKIPPED = frozenset((
    "script", "style", "noscript", "nav", "template", "svg", "math", "iframe", "object", "embed",
    "canvas", "audio", "video", "head", "select", "option", "button", "input", "textarea", "map",
    "title", "xmp", "plaintext", "noembed", "noframes", "dialog", "datalist", "progress",
    "meter", "source", "track", "img", "wbr", "col", "link", "meta", "amp-img", "amp-ad",
    "amp-analytics", "amp-consent", "amp-embed", "amp-sidebar", "amp-sticky-ad",
    "amp-user-notification",
))  # fmt: skip
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "menu", "nav", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
BOLD = frozenset(("b", "strong"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

INLINE, BLOCK, SKIP = range(3)
KINDS = dict.fromkeys(BLOCKS, BLOCK) | dict.fromkeys(SKIPPED, SKIP)
