"""People in a sentence, as far as they can be counted: "two men", "a boy", "John Li, 24"."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from livebrief.events.clauses import Line
from livebrief.events.counts import Count
from livebrief.events.words import pluralize, split_phrase, word_set
from livebrief.language.numbers import SMALL, TENS
from livebrief.language.vocabulary import load_words

DETERMINERS = word_set("people", "determiners")
INDEFINITE = word_set("people", "indefinite")
POSSESSIVES = word_set("people", "possessives")
NO_NAMES = word_set("people", "no_names")
BEFORE_AGE = word_set("people", "before_age")
AGE_UNITS = word_set("people", "age_units")
ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
MORE = frozenset(load_words("casualties")["more"]["words"]) - {"also"}

# Behind these a number counts and is nobody's age.
COUNTING = [[word] for word in sorted(word_set("people", "counting"))]
ADVERBS = word_set("casualties", "adverbs")
AND_MORE = ("more", "others")
ABOARD = ("aboard", "onboard")

# Words that end a noun phrase when they stand before its head was found.
STOPS = word_set("people", "stops")
MOST_MODIFIERS = 7


class Mention(Struct, kw_only=True):
    """People named together: the words from `first` to `last` (exclusive), and how many."""

    first: int
    last: int
    low: int | None
    high: int | None
    about: bool = False
    head: str | None = None
    """The noun that counts them; `None` for a bare number or a name."""
    sex: str | None = None
    age: int | None = None
    name: tuple[str, ...] = ()
    is_more: bool = False
    """"another", "two others": told beside somebody else."""
    ordinal: int = 0
    """3 for "a third man": there are two more."""
    is_definite: bool = False
    is_indefinite: bool = False
    is_pronoun: bool = False
    is_bare: bool = False
    """A number without a noun: people only where a fate follows it."""
    is_possessor: bool = False
    is_part: bool = False
    """"one of the men": part of people told elsewhere."""
    unit: str | None = None
    is_demonym: bool = False

    @property
    def is_single(self) -> bool:
        """Whether it is one person."""
        return self.low == 1 and self.high == 1


def _load() -> tuple[dict[str, tuple[str | None, bool]], frozenset[str]]:
    """Return the people nouns with sex and number (is it plural?), and the longest of them."""
    lists = load_words("casualties")["people"]
    nouns: dict[str, tuple[str | None, bool]] = {}
    for key, sex in (("either", None), ("male", "m"), ("female", "f")):
        for noun in lists[key]:
            words = split_phrase(noun)
            if len(words) == 1:
                nouns[noun] = (sex, False)
                nouns[pluralize(noun)] = (sex, True)
            else:
                # "security guard", "co-worker": the last word is the head, so the rest is only
                # a modifier.
                nouns.setdefault(words[-1], (sex, False))
                nouns.setdefault(pluralize(words[-1]), (sex, True))
    for noun in lists["plural"]:
        nouns[noun] = (nouns.get(noun, (None, True))[0], True)
    return nouns, frozenset(lists["group"])


NOUNS, GROUPS = _load()
for _pronoun in ("he", "him", "she", "her", "himself", "herself"):
    NOUNS.pop(_pronoun, None)
    NOUNS.pop(pluralize(_pronoun), None)
PERPETRATORS = word_set("people", "perpetrators")
FIGHTERS = word_set("people", "fighters")
"""Attackers where they attack, victims where they are struck."""
PRONOUNS = {"he": "m", "him": "m", "she": "f", "they": None, "who": None, "himself": "m",
            "herself": "f", "them": None, "both": None, "self": None}  # fmt: skip
CHILDREN = word_set("people", "children")
GROWN = word_set("people", "grown")


def find_people(line: Line, counts: Mapping[int, Count]) -> list[Mention]:
    """Return the people told of in a line, left to right.

    `counts` tells of each word where a number begins: low, high, about, and where it ends.
    """
    words = line.words
    names = _names(line)
    demonyms = _demonyms(line)
    mentions: list[Mention] = []
    i = 0
    while i < len(words):
        mention = names.get(i) or _read_at(line, i, counts, names, demonyms)
        if mention is None:
            i += 1
            continue
        mentions.append(mention)
        i = max(mention.last, i + 1)
    return _join(line, mentions)


def _names(line: Line) -> dict[int, Mention]:
    """Return the persons named in the line, by their first word."""
    found: dict[int, Mention] = {}
    for name in line.passage.names:
        if name.kind != "person" or name.span.end <= line.start or name.span.start >= line.end:
            continue
        at = line.words_of(name.span)
        if at is None:
            continue
        first, last = at
        if last - first == 1 and line.words[first].endswith("."):
            # "Jan. 8"
            continue
        if any(
            word in NOUNS or word in PRONOUNS or word in STOPS for word in line.words[first:last]
        ):
            # A headline's capitals: "Victorville Girl".
            continue
        if first and line.words[first - 1] in POSSESSIVES and line.part == "text":
            # "His Glen Flora home"
            continue
        if last < len(line.words) and line.words[last] in NOUNS and line.words[last - 1] != ",":
            # "A Glen Flora man"
            continue
        parts = tuple(word for word in line.words[first:last] if word[0].isalpha())
        mention = Mention(first=first, last=last, low=1, high=1, name=parts, is_definite=True)
        _take_age_behind(line.words, mention)
        if last < len(line.words) and line.words[last] in ("'s", "'"):
            mention.is_possessor = True
        found[first] = mention
    return found


def _demonyms(line: Line) -> frozenset[int]:
    """Return the words that name people by their nation where a noun may stand: "two Americans"."""
    found = set()
    for name in line.passage.names:
        if name.kind == "nationality" and line.start <= name.span.start < line.end:
            at = line.words_of(name.span)
            if at is not None:
                found.add(at[1] - 1)
    return frozenset(found)


def _take_age_behind(words: list[str], mention: Mention) -> None:
    """Take in ", 24," or "(24)" or ", aged 24," behind a name or noun."""
    at = mention.last
    if at + 1 < len(words) and words[at] in (",", "("):
        k = at + 1 + (words[at + 1] in ("aged", "age"))
        if k < len(words) and words[k].isdigit() and len(words[k]) <= 3:
            after = words[k + 1] if k + 1 < len(words) else "."
            if after in (",", ".", ")", ";", "and", "was", "is"):
                mention.age = int(words[k])
                mention.last = k + 1


def _age_at(words: list[str], i: int) -> tuple[int, int] | None:
    """Return age and end of "12-year-old", "12 year old", "12 years old" that begins at a word."""
    word = words[i]
    number = int(word) if word.isdigit() and len(word) <= 3 else SMALL.get(word) or TENS.get(word)
    if number is None:
        return None
    k = i + 1
    if k < len(words) and words[k] == "-":
        k += 1
    if k >= len(words) or words[k] not in AGE_UNITS:
        return None
    unit = words[k]
    k += 1
    if k < len(words) and words[k] == "-":
        k += 1
    if k < len(words) and words[k] in ("old", "olds"):
        return (number if unit[0] == "y" else number // 12 if unit[0] == "m" else 0), k + 1
    return None


def _read_at(
    line: Line,
    i: int,
    counts: Mapping[int, Count],
    names: dict[int, Mention],
    demonyms: frozenset[int],
) -> Mention | None:
    words = line.words
    word = words[i]
    if word == "both" and words[i + 1 : i + 2] != [] and NOUNS.get(words[i + 1], (None, False))[1]:
        # "both women"
        sex = NOUNS[words[i + 1]][0]
        return Mention(first=i, last=i + 2, low=2, high=2, sex=sex, head=words[i + 1],
                       is_definite=True)  # fmt: skip
    if word == "her" and words[i + 1 : i + 2] != [] and words[i + 1] in STOPS:
        # "shot her in the leg"
        return Mention(first=i, last=i + 1, low=1, high=1, sex="f", is_pronoun=True, head=word)
    if word == "both" and i + 1 < len(words) and words[i + 1] in DETERMINERS:
        # "both the sheriff and the police"
        return None
    if word in PRONOUNS and (word != "self" or line.part == "headline"):
        how_many = 2 if word == "both" else (1 if PRONOUNS[word] or word == "self" else None)
        return Mention(first=i, last=i + 1, low=how_many, high=how_many, sex=PRONOUNS[word],
                       is_pronoun=True, head=word)  # fmt: skip
    age = _age_at(words, i)
    is_predicate = i > 0 and words[i - 1] in BEFORE_AGE
    if age is not None and is_predicate and words[age[1] - 2] == "years":
        # "believed to be 5 years old"
        return None
    low: int | None
    high: int | None
    about = is_counted = False
    k = i
    is_definite = is_indefinite = False
    if age is None and i in counts:
        low, high, about, k = counts[i]
        is_counted = True
        if k < len(words) and words[k] in ("%", "percent", "-"):
            return None
    elif word in ("that", "this", "those", "these") and not (
        i + 1 < len(words) and words[i + 1] != "no" and (words[i + 1] in NOUNS or i + 1 in counts)
    ):
        return None
    elif word in DETERMINERS:
        low = high = 0 if word == "no" else 1
        is_definite = word != "no" and word not in INDEFINITE
        is_indefinite = word in INDEFINITE
        k = i + 1
        if k in counts and _age_at(words, k) is None:
            # "the three men", "a dozen people"
            low, high, about, k = counts[k]
            is_counted = True
    elif word in ("another", "one", "each"):
        low = high = 1
        k = i + 1
        if word == "another" and k in counts and _age_at(words, k) is None:
            low, high, about, k = counts[k]
            is_counted = True
    elif age is not None or word in NOUNS:
        low = high = 1
    elif word in ("others", "several", "many", "some", "two", "three"):
        low = high = None
    elif (
        line.part == "headline"
        and i == 0
        and (noun := _head_behind(words, i, names)) is not None
        and not any(at in counts for at in range(noun))
    ):
        low = high = 1
    else:
        return None
    return _finish(
        line,
        i,
        k,
        (low, high, about),
        names,
        demonyms,
        counts,
        is_counted=is_counted,
        is_definite=is_definite,
        is_indefinite=is_indefinite,
    )


def _head_behind(words: list[str], k: int, names: dict[int, Mention]) -> int | None:
    """Return where the noun stands that heads the phrase beginning at a word."""
    for at in range(k, min(k + MOST_MODIFIERS, len(words))):
        if words[at] in NOUNS:
            return at
        if words[at] in STOPS or at in names:
            return None
    return None


def _finish(
    line: Line,
    first: int,
    k: int,
    number: tuple[int | None, int | None, bool],
    names: dict[int, Mention],
    demonyms: frozenset[int],
    counts: Mapping[int, Count],
    *,
    is_counted: bool,
    is_definite: bool,
    is_indefinite: bool,
) -> Mention | None:
    """Return the mention whose determiner or number ends at `k`, once its head is found."""
    words = line.words
    low, high, about = number
    mention = Mention(first=first, last=k, low=low, high=high, about=about,
                      is_definite=is_definite, is_indefinite=is_indefinite)  # fmt: skip
    mention.is_more = words[first] in MORE
    if k < len(words) and words[k] == "of" and (is_counted or words[first] == "one"):
        # "two of the men": a part; "hundreds of people": not.
        mention.is_part = k + 1 < len(words) and (
            words[k + 1] in DETERMINERS or words[k + 1] in ("them", "whom", "those")
        )
        k += 1
        if k < len(words) and words[k] in ("them", "whom", "those", "which"):
            mention.last = k + 1
            mention.head = "people"
            mention.is_part = True
            if mention.last < len(words) and words[mention.last] in INDEFINITE:
                # "one of them a guard"
                noun = _head_behind(words, mention.last + 1, names)
                mention.last = noun + 1 if noun is not None else mention.last
            return mention
        while k < len(words) and (words[k] in DETERMINERS or k in counts):
            k += 1
    head = -1
    at = k
    steps = 0
    while at < len(words) and steps < MOST_MODIFIERS:
        word = words[at]
        age = _age_at(words, at)
        if age is not None:
            mention.age = age[0]
            mention.last = at = age[1]
            steps += 1
            continue
        if at in names and at > k:
            break
        if word in NOUNS or (
            word == "-" and head >= 0 and at + 1 < len(words) and words[at + 1] in NOUNS
        ):
            head = at + (word == "-")
            at = head + 1
            if at < len(words) and words[at] not in NOUNS and words[at] != "-":
                if words[at] in ("'s", "'") and _head_behind(words, at + 1, names) is not None:
                    # "the man's wife": the wife is meant.
                    at += 1
                    continue
                break
            steps += 1
            continue
        if (
            head < 0
            and word == "'s"
            and steps
            and (is_counted or is_definite)
            and words[at + 1 : at + 2] != []
            and words[at + 1] in NOUNS
        ):
            # "two St. Mary sheriff's deputies", "the vehicle's owner"
            at += 1
            continue
        is_compound = word == "shooting" and words[at + 1 : at + 2] != [] and words[at + 1] in NOUNS
        if head >= 0 or (word in STOPS and not is_compound):
            break
        behind = words[at + 1] if at + 1 < len(words) else "."
        if at in demonyms and (is_counted or is_indefinite) and behind in STOPS:
            mention.head = word
            mention.last = at + 1
            mention.unit = line.text[line.tokens[k].start : line.tokens[at].end]
            mention.is_demonym = True
            return mention
        # "The other man" is one of those told of.
        mention.is_more = mention.is_more or (
            word in MORE and not (word == "other" and is_definite)
        )
        mention.ordinal = ORDINALS.get(word, mention.ordinal)
        at += 1
        steps += 1
    if head < 0:
        if mention.age is not None:
            mention.head = "person"
            is_plural = words[mention.last - 1] == "olds"
            return None if is_counted and (mention.low or 0) > 1 and not is_plural else mention
        if (
            is_counted
            and words[first].isdigit()
            and words[k : k + 1]
            and words[k] in ("and", ",", ")", "-", "/", ":")
            and words[first - 1 : first] not in COUNTING
        ):
            # "her sons, 7 and 8,": ages.
            return None
        if is_counted or words[first] in ("one", "another", "others", "several"):
            behind = words[k] if k < len(words) else "."
            is_aboard = behind in ABOARD and is_counted
            is_end = behind in STOPS or behind in ADVERBS or behind in AND_MORE or behind == "own"
            if not (is_end or is_aboard):
                # "30 miles", "two gunshot wounds"
                return None
            mention.is_bare = True
            if is_aboard or (k < len(words) and words[k] in AND_MORE and is_counted):
                # "a dozen more were hurt"
                k += 1
            mention.last = k
            return mention
        return None
    head_noun = words[head]
    mention.head = head_noun
    mention.sex, is_plural = NOUNS[head_noun]
    mention.is_more = mention.is_more or head_noun in MORE
    mention.last = head + 1
    if is_plural and not is_counted and mention.low == 1 and words[first] not in ("one", "each"):
        mention.low = mention.high = None
    if (not is_plural and is_counted and (mention.low or 0) > 1) or (
        mention.age is not None and is_counted and (mention.low or 0) > 1 and not is_plural
    ):
        return None
    mention.unit = line.text[line.tokens[k].start : line.tokens[head].end] if k <= head else None
    if mention.last < len(words) and words[mention.last] in ("'s", "'"):
        mention.is_possessor = True
    elif words[first] in POSSESSIVES and mention.is_single and line.part == "text":
        _take_name_behind(line, mention, names)
    _take_age_behind(words, mention)
    return mention


def _take_name_behind(line: Line, mention: Mention, names: dict[int, Mention]) -> None:
    """Take in the single name behind "his daughter Gianna" and "his daughter, Gianna,"."""
    words = line.words
    at = mention.last
    is_aside = words[at : at + 1] == [","]
    at += is_aside
    end = at + 1
    if at in names or end >= len(words) or (is_aside and words[end] != ","):
        return
    word = line.tokens[at].text
    if not (word.istitle() and word.isalpha()) or words[at] in NO_NAMES:
        return
    if line.tokens[end].text[:1].isupper():
        # A longer name, which is not known as one.
        return
    mention.name = (words[at],)
    mention.last = end
    if words[end : end + 1] == ["'s"]:
        mention.is_possessor = True


def _join(line: Line, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with "his wife, Jane Li," and "Jane Li, a student," made one."""
    joined: list[Mention] = []
    for number, mention in enumerate(mentions):
        last = joined[-1] if joined else None
        if last is not None and _is_listed(line, last, mention, mentions[number + 1 : number + 2]):
            joined.append(mention)
            continue
        if last is not None and last.is_single and mention.is_single and not last.is_possessor:
            gap = line.words[last.last : mention.first]
            is_beside = not gap or gap == ["-"] or (
                gap == [","] and (last.is_definite or bool(last.name)) and not mention.is_more
                and not (last.name and mention.name)
            ) or gap in (["identified", "as"], ["named"], [",", "identified", "as"])  # fmt: skip
            if (
                is_beside
                and not last.is_pronoun
                and not mention.is_pronoun
                and not (
                    last.name
                    and (
                        mention.name or (mention.is_definite is False and not mention.is_indefinite)
                    )
                )
                and (last.name or mention.name)
            ):
                last.last = mention.last
                last.name = last.name or mention.name
                last.sex = last.sex or mention.sex
                last.age = last.age if last.age is not None else mention.age
                last.head = last.head or mention.head
                last.is_possessor = mention.is_possessor
                continue
        joined.append(mention)
    return joined


def _is_listed(line: Line, last: Mention, mention: Mention, behind: list[Mention]) -> bool:
    """Return whether kin told behind a name stands beside it: "Mr. Li, his son and two others".

    Kin told as an aside ends with a comma: "John Li, her father, and two others".
    """
    if not last.name or last.head or mention.is_possessor:
        return False
    words = line.words
    is_kin = words[mention.first] in POSSESSIVES
    if not is_kin or words[last.last : mention.first] != [","]:
        return False
    if mention.name:
        return True
    return (
        bool(behind)
        and not behind[0].is_pronoun
        and (
            words[mention.last : behind[0].first] == ["and"]
            or (behind[0].is_single and mention.last == behind[0].first)
        )
    )
