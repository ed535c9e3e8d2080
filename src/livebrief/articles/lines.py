"""What one block of words is, told by its form: label, dateline, notice, furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from livebrief.articles.assemble import weight
from livebrief.articles.words import fold, load_words

# "What they're saying about it": labels of more words are sentences that end in a colon.
MOST_LABEL_WORDS = 7
LONGEST_LABEL = 60
LONGEST_CARD_OPENER = 36
LONGEST_QUESTION = 120
LONGEST_LIST_OPENER, MOST_OPENER_WORDS = 50, 8
LONGEST_CLOCKED = 60
LONGEST_DATELINE = 160
FEWEST_CODE_MARKS = 3
LONGEST_RIGHTS = 140
FEWEST_LETTERS_UNSPACED = 5
# "Ann Lee of the station in Lima reported from the coast."
REPORTED = ("reported from", "contributed to")
FEWEST_LINKED = 11
LONGEST_NOTICE, LONGEST_BIO, SHORTEST_CORRECTION = 300, 500, 24

_LABEL = re.compile(r"((?:\d{1,2} )?[^\W\d_][^.!?:;\n\"“”«»()]{1,60}[?!]?):\s+(?=\S)")
_DATELINE = re.compile(
    r"""
    (?:
        # MOGADISHU, Somalia (Agency) —   BAGHDAD, March 11 (Agency) -   PARIS/BERLIN —   LINDI:
        (?P<caps>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’/-]+(?:[ ][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’/-]*){0,4})
        (?:,[ ](?=[A-Z\d])[\w.'’ ]{1,30}){0,3}
        (?:[ ]?\((?P<said>[A-Z][^()]{1,40})\))?
        (?:[ ]?(?:—|–|--|―|-)[ ]?(?=\S)|:[ ](?=\S))
    |   # Baghdad (Agency) —   Lamu, Kenya (Agency) --
        [A-Z][\w.'’ -]{1,40}(?:,[ ][A-Z][\w.'’ ]{1,30}){0,3}
        [ ]\((?P<named>[A-Z][^()]{1,40})\)[ ]?(?:—|–|--|―|-)[ ]?(?=\S)
    |   # Bern (dpa) –   letters of a wire in lower case
        [A-ZÀ-ÖØ-Þ][\w.'’ /-]{1,40}[ ]\((?P<small>[a-zäöü]{3}(?:/[a-zäöü]{2,4})?)\)
        [ ]?[—–-]+[ ]?(?=\S)
    |   # Lima (Perú), 3 feb (Agencia).-   Madrid, 3 feb (Agencia).-
        [A-ZÀ-ÖØ-Þ][\w.'’ -]{1,40}(?:[ ]\([^()\d]{3,30}\))?,[ ]\d{1,2}[ ][a-z]{3,10}\.?
        [ ]\((?P<dated>[A-Z][^()\d]{1,40})\)\.?[ ]?[—–-]+[ ]?(?=\S)
    |   # بيروت (وكالة) -   scripts without capitals
        [^\W\d_a-zA-ZÀ-ÿ][^()\n.]{1,40}[ ]\((?P<other>[^()\d]{2,40})\)[ ]?[—–-]+[ ]?(?=\S)
    |   # (Agency) -
        \((?P<alone>[A-Z][\w./ &]{1,30})\)[ ]?(?:—|–|--|―|-)[ ](?=\S)
    |   # VALENCIA.   as Spanish papers print it
        (?P<dotted>[A-ZÀ-ÖØ-Þ]{4,20})\.[ ](?=[A-ZÀ-Þ«“"¿])
    )
    """,
    re.VERBOSE,
)
# ($1 = 0.92 euros)
_MONEY = re.compile(r"\(?\s*[$€£]?\s?\d[\d.,]*\s?[^\W\d]*\s?=\s?[^=()]{3,60}\)?")
_POINTING = re.compile(r"[:|】：]")
_CLOCK = re.compile(r"\d\d?[:.]\d\d(?!\d)")
_WORD = re.compile(r"\w+")
# Copyright Harbour Media, 2020
_RIGHTS = re.compile(r"(?:©|copyright|\(c\)).*\b(?:19|20)\d\d\b")
_GAP = re.compile(r"\s{2,}|\t")
_BAR = re.compile(r"\s*[|•·]\s*|\s/\s")


def find_label(text: str, *, may_be_lede: bool = True) -> str | None:
    """Return the label of a labelled paragraph, found by form.

    >>> find_label("Why it matters: No group has claimed the attack.")
    'Why it matters'
    >>> find_label("The minister said: We will answer.")
    """
    found = _LABEL.match(text)
    if found is None or len(found[1]) > LONGEST_LABEL:
        return None
    label = found[1].strip()
    words = load_words()
    parts = fold(label).split()
    if len(parts) > MOST_LABEL_WORDS or not (label[0].isupper() or label[0].isdigit()):
        return None
    folded = " ".join(parts)
    if parts[-1] in words.label_endings or folded in words.label_never | words.pointers:
        return None
    if words.label_verbs.intersection(parts) and not words.label_questions.intersection(parts[:1]):
        return None
    if label.isupper() and may_be_lede and (find_dateline(text) or len(parts) == 1):
        return None
    if folded in words.credit_openers or folded in words.byline_openers:
        return None
    after = text[found.end() :]
    return label if after[:1].isupper() or not after[:1].isalpha() or len(parts) > 1 else None


def find_bare_label(text: str) -> str | None:
    """Return the label that a block of its own is, for the list below it.

    >>> find_bare_label("By the numbers:"), find_bare_label("By the numbers")
    ('By the numbers', None)
    """
    return find_label(f"{text} -") if text.endswith(":") else None


def find_dateline(text: str) -> re.Match[str] | None:
    """Return the dateline that a paragraph opens with, to the dash or colon after it.

    >>> find_dateline("LAMU, Kenya, March 3 — The ferry")[0], find_dateline("NATO - an alliance")
    ('LAMU, Kenya, March 3 — ', None)
    """
    found = _DATELINE.match(text, 0, LONGEST_DATELINE)
    if found is None:
        return None
    caps = found["caps"]
    if caps is not None and not _is_place(caps):
        return None
    if caps is not None and found["said"] is None and "," not in found[0]:
        # Without agency, region or date only a long word in capitals is a place: "LINDI: ...";
        # a true dash is rare after anything else, a hyphen or colon is not.
        letters = sum(c.isalpha() for c in caps)
        is_dashed = "—" in found[0] or "–" in found[0]
        is_spaced = found[0].endswith(" ") or (is_dashed and letters > FEWEST_LETTERS_UNSPACED)
        if letters < (4 if is_dashed else 5) or not is_spaced:
            return None
    return found


def _is_place(caps: str) -> bool:
    folded = fold(caps)
    words = load_words().not_places
    return folded not in words and folded.partition(" ")[0] not in words


def dateline_agency(dateline: re.Match[str]) -> str | None:
    """Return the organization that a dateline names in brackets, as printed."""
    names = ("said", "named", "alone", "small", "dated", "other")
    return next((dateline[name] for name in names if dateline[name]), None)


def is_correction(text: str) -> bool:
    """Return whether a block corrects the story, or is its editors' note.

    >>> is_correction("Editor’s note: An earlier version misspelled a name.")
    True
    """
    words = load_words()
    if _opens(text, words.corrections):
        return (len(text) > SHORTEST_CORRECTION or ":" in text) and not is_developing(text)
    return _correcting().search(_fold_head(text[:60])) is not None


@cache
def _correcting() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load_words().correction_phrases)))


def is_notice(text: str) -> bool:
    """Return whether a block is a notice about the story and not part of it.

    >>> is_notice("Ann Lee in Cairo contributed to this report."), is_notice("($1 = 0.9 euros)")
    (True, True)
    """
    if len(text) > LONGEST_NOTICE:
        return False
    return is_developing(text) or _opens(text, load_words().notices) or _is_note(text)


def _is_note(text: str) -> bool:
    """Return whether a block ends or goes on as notices do, or tells what money is worth."""
    words = load_words()
    if text[-60:].lower().rstrip(" .)]*").endswith(words.notice_endings):
        return True
    return ("=" in text and _MONEY.fullmatch(text) is not None) or (
        text[:6].lower() == "update" and any(p in fold(text) for p in words.notice_phrases)
    )


def find_bio(text: str, names: Iterable[str]) -> bool:
    """Return whether a paragraph tells who one of these writers is.

    >>> find_bio("Ann Lee covers the coast for the Harbour.", ["Ann Lee"])
    True
    >>> find_bio("Lee said the bridge would close.", ["Ann Lee"])
    False
    """
    if len(text) > LONGEST_BIO:
        return False
    folded = fold(text[:140]).removeprefix("dr. ").removeprefix("dr ")
    for name in names:
        whole = fold(name)
        for start in (whole, whole.rpartition(" ")[2]):
            if len(start) > 2 and folded.startswith(start):
                rest = folded[len(start) :].lstrip(" ,")
                verbs = load_words().bio_verbs
                if rest.startswith(verbs) or any(f" {verb} " in rest for verb in REPORTED):
                    return True
    return False


@cache
def _developing() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load_words().developing)))


@lru_cache(maxsize=64)
def is_developing(text: str) -> bool:
    """Return whether a block says that the story is still developing.

    >>> is_developing("This is a developing story. Please check back for updates.")
    True
    """
    words = load_words()
    if len(text) > words.developing_longest:
        return False
    return _developing().search(fold(text)) is not None


@lru_cache(maxsize=512)
def is_furniture(text: str) -> bool:
    """Return whether a block is the page's and not the story's: buttons, adverts, subscriptions.

    >>> is_furniture("Sign up for our newsletter"), is_furniture("Signs of rain were seen.")
    (True, False)
    """
    words = load_words()
    if len(text) > words.furniture_longest:
        return False
    folded = fold(text)
    bare = folded.strip(" .:!>»›→▶|•·*[]()-–—")
    if bare in words.furniture_lines or folded in words.furniture_lines or not bare:
        return True
    if _opens(text, words.furniture_openers) or folded.endswith(words.furniture_endings):
        return True
    if len(text) < LONGEST_RIGHTS and _RIGHTS.match(folded):
        return True
    return folded.startswith(words.invitations) and any(n in folded for n in words.networks)


def is_card_opener(text: str) -> bool:
    """Return whether a line of its own opens a list of other stories."""
    if len(text) >= LONGEST_CARD_OPENER:
        return False
    folded = text.lower().replace("\u2019", "'").strip(" .:!>»›→-–—|")
    return folded in load_words().card_openers


def is_list_opener(text: str) -> bool:
    """Return whether a line may open a list of other stories, if one follows it.

    >>> is_list_opener("MORE FROM THE HARBOUR"), is_list_opener("More Ohio News")
    (True, True)
    """
    if len(text) > LONGEST_LIST_OPENER or len(text.split()) > MOST_OPENER_WORDS:
        return False
    folded = text.lower().replace("\u2019", "'").strip(" .:!>»›→-–—|")
    words = load_words()
    if folded.startswith(words.list_starts) and not text.rstrip().endswith("."):
        return True
    return folded.startswith(words.list_firsts) and folded.endswith(words.list_lasts)


def is_key_opener(text: str) -> bool:
    """Return whether a line opens a story's key points."""
    return len(text) < LONGEST_CARD_OPENER and fold(text).strip(" .:") in load_words().key_openers


def is_comments_opener(text: str) -> bool:
    """Return whether a line of its own opens the readers' comments.

    >>> is_comments_opener("Comments 88"), is_comments_opener("Comments were closed for a day.")
    (True, False)
    """
    if len(text) > LONGEST_LIST_OPENER * 2:
        return False
    folded = fold(text).strip(" .:()0123456789")
    words = load_words()
    return folded in words.comments or folded.startswith(words.comments_starts)


def is_question(text: str) -> bool:
    """Return whether a block is one question, as a heading or a headline may be.

    >>> is_question("Who will pay?"), is_question("He left. Who will pay?")
    (True, False)
    """
    return len(text) < LONGEST_QUESTION and text.endswith(("?", "؟", "？")) and ". " not in text


def may_open_list(text: str) -> bool:
    """Return whether a line begins as one of the openers does: most lines are told so at once."""
    first = text.lower().replace("\u2019", "'").lstrip(" >»›→-–—|").partition(" ")[0]
    return first.rstrip(" .:!>»›→-–—|") in load_words().opener_words


def is_topics_opener(text: str) -> bool:
    """Return whether a line opens a list of topics, which are no stories."""
    return len(text) < LONGEST_LIST_OPENER and fold(text).strip(" .:") in load_words().topics


def find_pointer(text: str, *, linked: int = 0) -> str | None:
    """Return the headline that a line such as "Read more: ..." points to.

    `linked`: so many of its letters are a link's, which shows a pointer without a colon.

    >>> find_pointer("Read more: Rockets hit base near Baghdad")
    'Rockets hit base near Baghdad'
    >>> find_pointer("See also Rockets hit base", linked=16)
    'Rockets hit base'
    """
    if len(text) > 240:
        return None
    found = _POINTING.search(text, 0, LONGEST_CARD_OPENER)
    if found is None and linked < FEWEST_LINKED:
        return None
    pointers = load_words().pointers
    mark = found[0] if found else ""
    opener, rest = (text[: found.start()], text[found.end() :]) if found else ("", "")
    said = fold(opener).strip(" [(>【")
    if mark and rest.strip() and said in pointers:
        is_kind = said in load_words().kinds
        return text.strip(" ])") if is_kind else rest.strip(" ])")
    plain = len(text) - linked
    if (
        linked >= FEWEST_LINKED
        and 3 < plain < LONGEST_CARD_OPENER
        and fold(text[:plain]).strip() in pointers
    ):
        return text[plain:].strip(" ])")
    return None


def is_code(text: str) -> bool:
    """Return whether a block is what machines write to each other, spilled by broken markup.

    >>> is_code('{"summary":"<p>The City","type":"image"}'), is_code('"No": that is all.')
    (True, False)
    """
    return text.count('":') + text.count('","') + text.count("</") >= FEWEST_CODE_MARKS


def is_clocked(text: str) -> bool:
    """Return whether a line opens with a figure and holds a time: what stands over a live entry.

    >>> is_clocked("21 mins ago11:48 Jon King"), is_clocked("12 people died at sea")
    (True, False)
    """
    return len(text) < LONGEST_CLOCKED and text[0].isdigit() and _CLOCK.search(text) is not None


def is_section(text: str) -> bool:
    """Return whether a line is nothing but the name of a section."""
    return len(text) < 40 and fold(text) in load_words().sections


def is_menu(text: str) -> bool:
    """Return whether a line is a row of links: short names between bars or wide gaps.

    >>> is_menu("World | Markets | Sport"), is_menu("Local  Sports  Obituaries"), is_menu("A | B")
    (True, True, False)
    """
    if len(text) > 400:
        return False
    for parts in (_GAP.split(text.strip()), _BAR.split(text.strip())):
        if len(parts) > 2 and all(len(part) < 40 for part in parts):
            return True
    return False


def is_prose(text: str) -> bool:
    """Return whether a block reads as a paragraph: long enough, or a sentence with its end.

    >>> is_prose("About 12 others were wounded, it said."), is_prose("World | Markets | Sport")
    (True, False)
    """
    if len(text) >= 140:
        return text.count("|") + text.count("•") + text.count("·") < 4
    ends = text.rstrip("\"'”’»)] ").endswith((".", "!", "?", "…", "。", "।", "؟", "۔", ":"))
    return ends and weight(text) >= 30


@lru_cache(maxsize=512)
def is_headline(text: str) -> bool:
    """Return whether a line may be a headline: some words, no end of a sentence.

    >>> is_headline("Pentagon now counts 109 troops with injuries"), is_headline("He left.")
    (True, False)
    """
    words = len(_WORD.findall(text[:400]))
    if not 3 <= words <= 40 and not (len(text) > 8 and not text.isascii()):
        return False
    return not text.rstrip("\"'”’").endswith((".", ":", ";", ",")) and len(text) <= 250


@lru_cache(maxsize=64)
def _fold_head(head: str) -> str:
    """Return a block's first words as the lists have them; asked by every rule in turn."""
    return fold(head).lstrip("([*•-–— ")


def _opens(text: str, openers: tuple[str, ...]) -> bool:
    folded = _fold_head(text[:60])
    if not folded.startswith(openers):
        return False
    for opener in openers:
        if folded.startswith(opener):
            rest = folded[len(opener) : len(opener) + 1]
            if not rest or not rest.isalnum() or not opener[-1].isalnum():
                return True
    return False
