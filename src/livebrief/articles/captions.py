"""Captions: what a picture shows, and who made it."""

from __future__ import annotations

import re
from functools import cache

from livebrief.articles.words import load_words

# "Photo: Firstname Lastname/Agency via Another Agency/Handout": no credit is longer.
LONGEST_CREDIT = 140


@cache
def _opener() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load_words().credit_openers)
    return re.compile(
        rf"""
        (?P<before>^|[.!?)"”’\]|(\[]\s*|\s)
        (?:
            (?P<said>{words})\s*(?::|\sby\b\s*:?|(?<=\sby)\s|(?<=courtesy\sof)\s|/)\s*
          | (?P<sign>©|\(c\)|📷)\s*
        )
        (?P<credit>[^\n]{{1,{LONGEST_CREDIT}}})$
        """,
        re.VERBOSE | re.IGNORECASE,
    )


# Without one of these there is no credit; most paragraphs are told so at once.
_MARK = re.compile(r"[:/|)\]©📷]|\bby\b|courtesy|cortesía", re.IGNORECASE)
_SENTENCE = re.compile(r"[a-z]{2}\.\s+\S|,\s+[a-z]+\s+[a-z]+\s+[a-z]")
_BRACKETED = re.compile(r"\s*[(\[](?P<credit>[^()\[\]]{2,100})[)\]]\s*\.?$")
_BARRED = re.compile(r"\s+[|]\s+(?P<credit>[^|]{2,100})$")
_SLASHED = re.compile(
    r"""
    (?:^|(?<=[.!?]\s))
    (?P<credit>
        [A-Z](?:[\w'’ -]|(?<=\b[A-Z])\.){1,50}                   # Ann K. Lee
        (?:\s?/\s?[A-Z](?:[\w'’ -]|(?<=\b[A-Z])\.){1,50}){1,4}         # /Agency
        (?:[ ]via[ ][A-Z][\w.'’ /-]{1,60})?
    )$
    """,
    re.VERBOSE,
)
_VIA = re.compile(
    r"[\w.]\s*/\s*\w|\bvia\b|\bGetty\b|\bImages\b|\bAFP\b|\bAP\b|\bReuters\b|\bEPA\b|©"
)


def split_credit(text: str) -> tuple[str, str | None]:
    """Return a caption without its credit, and the credit as printed.

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
    found = _opener().search(text, tail_start)
    if found and _is_opened(found):
        credit = _trim(found["credit"])
        if credit:
            return text[: found.start("said" if found["said"] else "sign")].rstrip(
                " |([-–—"
            ), credit
    for pattern in (_BRACKETED, _BARRED, _SLASHED):
        found = pattern.search(text, tail_start)
        if found and (pattern is not _BRACKETED or _is_credit(found["credit"])):
            return text[: found.start()].rstrip(), _trim(found["credit"])
    return text, None


def has_credit(text: str) -> bool:
    """Return whether a text, short as captions are, ends in a credit that says so in words.

    >>> has_credit("Rescuers search the shore. Photo: Ann Lee/Agency")
    True
    >>> has_credit("The big picture: If it is attributed to them, a crisis could follow.")
    False
    """
    if len(text) > 600:
        return False
    credit = split_credit(text)[1]
    return credit is not None and not credit[0].islower() and _is_named(credit)


def _is_opened(found: re.Match[str]) -> bool:
    """Return whether the opener stands where a credit begins.

    After a sentence or a bracket it does; after a bare word only as "Photo: Ann Lee", with a
    capital and a name, so that "The big picture: ..." is left alone.
    """
    if found["sign"] or found["before"].strip() or found.start() == 0:
        return True
    return found["said"][0].isupper() and _is_named(found["credit"])


def _is_named(credit: str) -> bool:
    """Return whether the words are mostly capitalized, as names are, and no sentence."""
    words = re.findall(r"[^\W\d_][\w.'’-]*", credit)
    capitals = sum(word[0].isupper() or not word[0].islower() for word in words)
    return 0 < len(words) <= 14 and capitals * 2 >= len(words) and not _SENTENCE.search(credit)


def _is_credit(words: str) -> bool:
    return _VIA.search(words) is not None or _opener().match(words + " x") is not None


def _trim(credit: str) -> str:
    credit = credit.strip()
    if credit.endswith((")", "]")) and "(" not in credit and "[" not in credit:
        credit = credit[:-1]
    if credit.endswith(".") and not re.search(r"\b\w\.$|\bInc\.$|\bCo\.$", credit):
        credit = credit[:-1]
    return credit.strip()
