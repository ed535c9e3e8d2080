"""Captions: what a picture shows, and who made it."""

from __future__ import annotations

import re
from functools import cache

from livebrief.articles.bylines import parse_byline
from livebrief.articles.words import load_words

# "Photo: Firstname Lastname/Agency via Another Agency/Handout": no credit is longer.
LONGEST_CREDIT = 140
# A caption that labels its parts in words is no longer.
LONGEST_LABELLED = 600
# Before a bar and a credit: fewer are a menu or a byline.
FEWEST_BARRED_WORDS = 6


@cache
def _opener() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load_words().credit_openers)
    return re.compile(
        rf"""
        (?P<before>^|[.!?)"”’\]|(\[,،]\s*|\s)
        (?:
            (?P<said>{words})\s*(?:[:：,]|\.\.\.|…|\sby\b\s*:?|(?<=\sby)\s|(?<=courtesy\sof)\s|/)\s*
          | (?P<bare>(?-i:Credit))\s+(?=(?-i:[A-Z]))     # Credit Ann Lee for The Paper
          | (?P<sign>©|\(c\)|📷)\s*
        )
        (?P<credit>[^\n]{{1,{LONGEST_CREDIT}}})$
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what stands before a caption's words, what after, and a labelled one's parts."""
    words = load_words()
    leaders = "|".join(map(re.escape, words.caption_leaders))
    trailers = "|".join(map(re.escape, words.caption_trailers))
    sources = "|".join(map(re.escape, words.caption_sources))
    return (
        re.compile(rf"(?:{leaders})(?:\s*[:：,]\s*|\s+|$)", re.IGNORECASE),
        re.compile(rf"\s*(?:{trailers})\s*$", re.IGNORECASE),
        # Image source, Agency Image caption, A bridge
        re.compile(
            rf"(?:{sources}),?\s+(?P<credit>\S.{{0,100}}?)"
            rf"(?:\s+(?:{leaders})\s*[:,]\s*(?P<words>\S.*))?$",
            re.IGNORECASE,
        ),
    )


# Without one of these there is no credit; most paragraphs are told so at once.
_MARK = re.compile(r"[:/|)\]©📷＝：]|\bby\b|courtesy|cortesía|\bCredit\b|\bsource\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[a-z]{2}\.\s+\S|,\s+[a-z]+\s+[a-z]+\s+[a-z]")
# A sentence ends within: what stands before is no part of a credit.
_BROKEN = re.compile(r"(?:[a-z]{3}|\d)[.!?]\s+\S|,\s+[a-z]+\s+[a-z]+\s+[a-z]")
_BRACKETED = re.compile(r"\s*[(\[](?P<credit>[^()\[\]]{2,100})[)\]]\s*\.?$")
_BARRED = re.compile(r"\s+[|]\s+(?P<credit>[^|]{2,100})$")
# 橋（３１日）＝通信社
_EQUALS = re.compile(r"\s*[＝](?P<credit>[^＝\s。]{2,20})$")
_SLASHED = re.compile(
    r"""
    (?:^|(?<=[.!?]\s))
    (?P<credit>
        [A-ZÀ-ÖØ-Þ](?:[\w'’ -]|(?<=\b[A-Z])\.){1,50}                   # Ann K. Lee
        (?:\s?/\s?[A-ZÀ-ÖØ-Þ](?:[\w'’ -]|(?<=\b[A-Z])\.){1,50}){1,4}  # /Agency
        (?:[ ]via[ ][A-Z][\w.'’ /-]{1,60})?
    )$
    """,
    re.VERBOSE,
)
_VIA = re.compile(
    r"[\w.]\s*/\s*\w|\bvia\b|\bGetty\b|\bImages\b|\bAFP\b|\bAP\b|\bReuters\b|\bEPA\b|©"
)
# "for The Harbour Daily": who the picture was made for.
_FOR = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3} for (?:the )?[A-Z]")
# "Dispatch photo by Ann Lee": whose photographer it was, after a sentence.
_PAPER = re.compile(r"(?:^|[.!?]\s+)([A-Z][\w'’]*(?: [A-Z][\w'’]*){0,2})\s*$")
_CAPITALS = re.compile(r"[A-Z]{2,6}")


def split_credit(text: str, *, is_known: bool = False) -> tuple[str, str | None]:
    """Return a caption without its credit, and the credit as printed.

    `is_known`: the page says that it is a caption, so a name in brackets at its end is a credit.

    >>> split_credit("Troops at a base in Iraq. Photo: Ann Lee/Agency via Pictura")
    ('Troops at a base in Iraq.', 'Ann Lee/Agency via Pictura')
    >>> split_credit("The bridge on Monday (Ann Lee/AP)")
    ('The bridge on Monday', 'Ann Lee/AP')
    >>> split_credit("The bridge on Monday")
    ('The bridge on Monday', None)
    """
    tail_start = max(0, len(text) - LONGEST_CREDIT - 40)
    if not _MARK.search(text, tail_start):
        return text, None
    words = load_words()
    text = _without_trailer(text)
    is_labelled = text[:30].lower().startswith(words.caption_sources)
    if is_labelled and len(text) < LONGEST_LABELLED and (found := _edges()[2].match(text)):
        return found["words"] or "", _trim(found["credit"])
    found = _BRACKETED.search(text, tail_start)
    if found and (_is_credit(found["credit"]) or (is_known and _is_maker(found["credit"]))):
        return text[: found.start()].rstrip(), _trim(_without_opener(found["credit"]))
    for found in _opener().finditer(text, tail_start):
        if not _is_opened(found):
            continue
        if credit := _trim(found["credit"]):
            start = found.start("said" if found["said"] else "bare" if found["bare"] else "sign")
            return _cut(text, start, credit, found)
    for pattern in (_BARRED, _SLASHED, _EQUALS):
        if found := pattern.search(text, tail_start):
            return text[: found.start()].rstrip(), _trim(found["credit"])
    return text, None


def _cut(text: str, start: int, credit: str, found: re.Match[str]) -> tuple[str, str]:
    """Return the words before a credit; "Dispatch photo by Ann Lee" is a credit from its start."""
    before = text[:start].rstrip()
    outlet = _PAPER.search(before)
    if outlet and found["said"] and found["said"][0].islower():
        return before[: outlet.start(1)].rstrip(), _trim(text[outlet.start(1) :])
    return before.rstrip(" |([-–—"), credit


def strip_edges(text: str) -> str:
    """Return a caption without what a page's buttons say around it.

    >>> strip_edges("Image caption, The bridge on Monday hide caption")
    'The bridge on Monday'
    """
    if found := _edges()[0].match(text):
        text = text[found.end() :]
    return _without_trailer(text).strip()


def _without_trailer(text: str) -> str:
    """Return a caption without the button below it."""
    if not text[-40:].lower().rstrip().endswith(load_words().caption_trailers):
        return text
    found = _edges()[1].search(text, max(0, len(text) - 60))
    return text[: found.start()] if found and found.start() else text


def find_bare_credit(text: str) -> str | None:
    """Return whom a text credits that is known to be nothing but a credit.

    >>> find_bare_credit("Credit: Ann Lee/AP"), find_bare_credit("/ WVHM")
    ('Ann Lee/AP', '/ WVHM')
    """
    words, credit = split_credit(text)
    if credit and not words:
        return credit
    return _trim(_without_opener(text.strip(" ()[]|#"))) or None


def _without_opener(credit: str) -> str:
    """Return a credit without "Photo:" before it.

    >>> _without_opener("Pic: Ann Lee"), _without_opener("Agency: Ann Lee")
    ('Ann Lee', 'Agency: Ann Lee')
    """
    found = _opener().match(credit)
    return found["credit"] if found else credit


def has_credit(text: str) -> bool:
    """Return whether a text, short as captions are, ends in a credit that says so in words.

    >>> has_credit("Rescuers search the shore. Photo: Ann Lee/Agency")
    True
    >>> has_credit("The big picture: If it is attributed to them, a crisis could follow.")
    False
    """
    if len(text) > 600:
        return False
    words, credit = split_credit(text)
    if credit is None or credit[0].islower() or not _is_named(credit):
        return False
    if words and _BARRED.search(text) and (found := _BARRED.search(text)):
        # "World | Politics" and "Ann Lee | March 2" are no captions.
        is_short = len(text[: found.start()].split()) < FEWEST_BARRED_WORDS
        return not is_short and not any(c.isdigit() for c in credit) and text[0].isupper()
    return parse_byline(text) is None and parse_byline(words) is None


def _is_opened(found: re.Match[str]) -> bool:
    """Return whether the opener stands where a credit begins.

    After a sentence or a bracket it does; after a bare word only as "Photo: Ann Lee", with a
    capital and a name, so that "The big picture: ..." is left alone.
    """
    if found["sign"]:
        return True
    if found["bare"]:
        return _is_named(found["credit"])
    if found["before"].strip():
        return True
    if found.start() == 0:
        return not _BROKEN.search(found["credit"])
    if _PAPER.search(found.string[: found.start("said")]):
        return _is_named(found["credit"])
    is_capital = found["said"][0].isupper() or not found["said"].isascii()
    return is_capital and _is_named(found["credit"]) and not found["said"].endswith("by")


def _is_named(credit: str) -> bool:
    """Return whether the words are mostly capitalized, as names are, and no sentence."""
    words = re.findall(r"[^\W\d_][\w.'’-]*", credit)
    capitals = sum(word[0].isupper() or not word[0].islower() for word in words)
    return 0 < len(words) <= 14 and capitals * 2 >= len(words) and not _SENTENCE.search(credit)


def _is_credit(words: str) -> bool:
    return (
        _VIA.search(words) is not None
        or _FOR.match(words) is not None
        or _opener().match(words + " x") is not None
    )


def _is_maker(words: str) -> bool:
    """Return whether words in brackets at a caption's end are a name, not what it shows."""
    if _CAPITALS.fullmatch(words):
        return True
    _, colon, name = words.partition(": ")
    parts = words.replace(": ", " ").split()
    return (
        2 <= len(parts) <= 8
        and all(part[0].isupper() or part in ("for", "of", "the", "via") for part in parts)
        and (not colon or len(name.split()) > 1)
    )


def _trim(credit: str) -> str:
    credit = credit.strip()
    if credit.endswith((")", "]")) and "(" not in credit and "[" not in credit:
        credit = credit[:-1]
    if credit.endswith(".") and not re.search(r"\b\w\.$|\bInc\.$|\bCo\.$", credit):
        credit = credit[:-1]
    return credit.strip()
