"""Bylines: who wrote it, name by name, agencies apart."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from livebrief.articles.words import fold, load_words
from livebrief.outlets import find_agency

# The longest byline of real pages: six names, each with a place.
LONGEST = 220
# "Jean-Claude van den Berg Jr": more words than that are no name.
MOST_NAME_WORDS = 6
LONGEST_NAME = 60

# Without "By", four words in capitals are a name and five a headline.
LONGEST_SIGNATURE = 4
# "Ann Lee in Nantes with Blue Agency", below a story.
LONGEST_SIGNATURE_LINE = 80


class Byline(Struct, frozen=True):
    """Names of people and desks, and names of agencies."""

    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.authors or self.agencies)


_TRAILING_PLACE = re.compile(r"\s+(?:in|at|from|en|à|for|For)\s+\S.*$")
# A stamp that stands in the byline's line: "Ann Lee Jan. 22, 2023".
_TRAILING_STAMP = re.compile(r"\s+[^\W\d_]{3,9}\.?\s+\d{1,2}$|\s+\d[\d:.,/]*(?:\s.*)?$")
# "By Ann Lee, in News, Portugal": the sections that follow a name.
_SECTION_AFTER = re.compile(r"(?:in|en)\s", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s*[(\[][^)\]]{0,80}[)\]]?")
_EMAIL_OR_HANDLE = re.compile(r"\S*@\S*|https?://\S*")
_PARTICLES = frozenset((
    "van", "von", "der", "den", "de", "la", "le", "du", "da", "di", "dos", "del", "bin", "al",
    "el", "ibn", "ben", "ter", "ten", "y", "e'",
))  # fmt: skip


@cache
def _crafts() -> re.Pattern[str]:
    crafts = "|".join(map(re.escape, load_words().crafts))
    return re.compile(rf"(?<=\w)[\s.;,]+(?:{crafts})\b", re.IGNORECASE)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = load_words()
    opener = "|".join(map(re.escape, words.byline_openers))
    joiner = "|".join(map(re.escape, words.joiners))
    office = "|".join(map(re.escape, words.offices))
    return (
        re.compile(rf"(?:{opener})\b:?\s+(?:[—–-]\s+)?", re.IGNORECASE),
        re.compile(rf"\s*(?:[;|•·/]|,\s*(?:{joiner})\s|,|\s(?:{joiner})\s)\s*", re.IGNORECASE),
        re.compile(rf"\b(?:{office})\b", re.IGNORECASE),
    )


def parse_byline(line: str) -> Byline | None:
    """Return the names of a line that opens as a byline does and holds nothing but names.

    >>> parse_byline("By Ann Lee in Kyiv and Omar Haddad, Staff Writer").authors
    ('Ann Lee', 'Omar Haddad')
    >>> parse_byline("By then the river had risen.")
    """
    line = line.strip()
    opener = _patterns()[0].match(line)
    if opener is None or len(line) > LONGEST:
        return None
    byline = read_names(line[opener.end() :])
    are_names = all(_is_capital(author) for author in byline.authors)
    return byline if byline and are_names else None


def parse_signature(line: str) -> Byline | None:
    """Return the writers of a line that is nothing but their names, without an opening "By".

    >>> parse_signature("Ann Lee/Omar Haddad").authors, parse_signature("Join the conversation")
    (('Ann Lee', 'Omar Haddad'), None)
    """
    byline = read_names(line)
    are_names = all(is_name(author) for author in byline.authors)
    return byline if byline and are_names and len(line) <= LONGEST else None


def _is_capital(author: str) -> bool:
    """Return whether an author is written as names are, and not as a clause would be."""
    if not load_words().desks.isdisjoint((fold(author), *fold(author).split())):
        return True
    return not any(p[0].islower() for p in author.split() if p.lower() not in _PARTICLES)


def is_name(text: str) -> bool:
    """Return whether the words read as one person's name.

    >>> is_name("Odd Brekkestad"), is_name("Maribel Quiroz Lanza"), is_name("Rockets Hit Base.")
    (True, True, False)
    """
    if len(text) > LONGEST_NAME or any(c.isdigit() for c in text):
        return False
    parts = text.split()
    if not 2 <= len(parts) <= MOST_NAME_WORDS:
        return False
    if not re.fullmatch(r"[^\W\d_][\w.'’\-]*(?: [\w.'’\-]+)*", text):
        return False
    capital = [p for p in parts if p not in _PARTICLES]
    is_caseless = not any(c.isupper() or c.islower() for c in text)
    return (
        len(capital) >= 2
        and (all(p[0].isupper() for p in capital) or (is_caseless and len(parts) <= 3))
        and not (text.endswith(".") and len(parts[-1]) > 3)
    )


def is_credit_line(line: str) -> bool:
    """Return whether a line names an agency, alone or with writers, and says nothing else.

    >>> is_credit_line("Harbour News/Blue Press"), is_credit_line("(Agence Bleue with staff)")
    (True, True)
    """
    if len(line) > LONGEST_SIGNATURE_LINE or any(c.isdigit() for c in line):
        return False
    byline = read_names(line.strip("()[]. "))
    named = sum(map(len, (*byline.authors, *byline.agencies)))
    return bool(byline.agencies) and named * 2 > len(line) and not line.rstrip(")").endswith(".")


def read_agency(name: str) -> str | None:
    """Return the agency that words name: a known one, or one that is called an agency.

    >>> read_agency("AP"), read_agency("Blue News Agency"), read_agency("Ann Lee")
    ('Associated Press', 'Blue News Agency', None)
    """
    known = find_agency(name)
    if known is not None:
        return known.name
    parts = name.split()
    if not 1 <= len(parts) <= MOST_NAME_WORDS or not (name[0].isupper() or not name.isascii()):
        return None
    words = load_words()
    folded = fold(name)
    if len(parts) > 1 and folded.startswith(words.agency_openers):
        return name
    if not name.isascii() and folded.endswith(words.agency_endings_unspaced):
        return name
    is_named = len(parts) > 1 and folded.endswith(words.agency_endings)
    return name if is_named and all(not p[0].islower() for p in parts) else None


def is_signature(line: str) -> bool:
    """Return whether a line of its own is a writer's name, with or without an office.

    >>> is_signature("Odd Brekkestad"), is_signature("Ann Lee, defence correspondent")
    (True, True)
    """
    name, _, office = line.partition(",")
    if not is_name(name) or len(name.split()) > LONGEST_SIGNATURE:
        return _are_signatures(line)
    if is_name(office.strip()):
        return _are_signatures(line)
    return not office or (len(office) < 60 and _patterns()[2].search(office) is not None)


def _are_signatures(line: str) -> bool:
    """Return whether a line is the names of two writers and more: "Ann Lee, Omar Haddad"."""
    names = [name for name in _patterns()[1].split(line) if name]
    return 1 < len(names) <= MOST_NAME_WORDS and all(
        is_name(name) and len(name.split()) <= LONGEST_SIGNATURE for name in names
    )


def read_names(text: str) -> Byline:
    """Return the names listed in a text that is known to be a byline or an author field.

    >>> read_names("Associated Press").agencies, read_names("Ann Lee (Kyiv); Omar Haddad").authors
    (('Associated Press',), ('Ann Lee', 'Omar Haddad'))
    """
    words = load_words()
    opener, joint, office = _patterns()
    authors: list[str] = []
    agencies: list[str] = []
    collectives: list[str] = []
    if opener.match(text):
        text = text[opener.match(text).end() :]  # type: ignore[union-attr]
    text = _crafts().split(text[:1000], maxsplit=1)[0]
    for part in joint.split(_EMAIL_OR_HANDLE.sub(" ", _PARENTHESIS.sub(" ", text))):
        words_of_part = _TRAILING_STAMP.sub("", " ".join((part or "").split()))
        first, _, others = words_of_part.partition(" ")
        if others and first.lower() in words.honorifics:
            words_of_part = others
        if authors and _SECTION_AFTER.match(words_of_part):
            break
        name = _TRAILING_PLACE.sub("", words_of_part).strip(" .,:-–—|")
        agency = read_agency(name) if name else None
        if agency is not None:
            agencies.append(agency)
        elif authors and name and fold(name).endswith(words.outlet_endings):
            continue
        elif name and is_collective(name):
            collectives.append(name)
        elif name and fold(name) not in words.not_names and (author := _find_author(name, office)):
            authors.append(author)
    if any(" " in author for author in authors):
        # Beside full names, a single word is where a writer is: "Ann Lee, Baghdad".
        desks = [a for a in authors if fold(a) in words.desks]
        named = [a for a in authors if " " in a and a not in desks]
        authors = named or desks
    found = authors or ([] if agencies else collectives)
    return Byline(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(agencies)))


def _find_author(name: str, office: re.Pattern[str]) -> str | None:
    """Return the writer that a part of a byline is, without an office, or `None`."""
    if not any(c.isalpha() for c in name) or len(name.split()) > MOST_NAME_WORDS:
        return None
    if fold(name) in load_words().desks:
        return name
    bare = " ".join(office.sub("", name).split())
    if bare != name and len(bare.split()) > 2 and fold(bare).endswith(load_words().outlet_endings):
        bare = bare.rpartition(" ")[0]
    if bare == name:
        return None if name[0].islower() or name[0].isdigit() else name
    return bare if is_name(bare) else None


def is_collective(name: str) -> bool:
    """Return whether a part of a byline names the staff of an outlet: "Gateway staff reporter"."""
    endings = load_words().collectives
    return name[0].isupper() and fold(name).endswith(endings) and len(name.split()) < 7
