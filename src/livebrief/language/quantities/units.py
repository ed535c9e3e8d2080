"""What a number counts, and whether it counts at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from livebrief.language.grammar import Found
from livebrief.language.passage import Token
from livebrief.language.quantities.words import GRAMMAR, LISTS, Counted

# How many words behind a number its noun may end: "15 small Iranian-made 107 mm Katyusha rockets".
UNIT_REACH = 8

# Things by the number of their model: "12 Boeing 787s".
MODELS_RE = re.compile(r"\d{1,4}s")

# What stands between the two numbers of a share.
SHARING = frozenset({"in", "out", "of", "every"})

# What stands between the numbers of a list.
LISTING = frozenset({"and", "or", ",", "to"})

# How many words a list of numbers is followed back: "ages 3, 5, 7, 9 and 11" has nine.
LONGEST_LIST = 12

# How many of how many, where one of the two is said by a number that is a habit: "nine in 10".
SHARED_BY = frozenset({"10", "ten", "100", "1,000", "every"})


def find_unit(
    tokens: Sequence[Token], words: Sequence[str], found: Found, taken: Collection[int] = ()
) -> tuple[int, int]:
    """Return the tokens of the noun phrase that a number counts: "of the small rockets".

    Without a parser: it ends with the first plural, or else before the first word that no noun
    phrase goes over.  `taken` are the tokens of times.
    """
    first = at = found.end
    is_one = words[at - 1] in ("one", "1") and words[at - 2 : at - 1] != ["no"]
    if is_of_group(tokens, words, at):
        return _find_group(tokens, words, at)
    if words[at : at + 2] == ["of", "them"]:
        return at + 1, at + 2
    if at < len(words) and words[at] == "of":
        at += 1
    while at < len(words) and words[at] in LISTS["determiners"]:
        at += 1
    while at > first and at < len(words) and _is_number(words[at]):
        # "two of the seven hostages"
        at += 1
    start = end = at
    is_told = found.start > 0 and words[found.start - 1] in LISTS["determiners"]
    if is_told and at == first and at < len(words) and words[at] in LISTS["fates"]:
        # "22 dead" tells a fate, "the 29 dead" are the ones counted.
        after = words[at + 1] if at + 1 < len(words) else ""
        if after in LISTS["stops"] or not after[:1].isalpha():
            return at, at + 1
    if at > first:
        # "one of Rohan's friends"
        owned = [i for i in range(at, min(at + 5, len(words))) if words[i] in ("'s", "’s")]
        start = at = owned[0] + 1 if owned else at
    for end in range(at, min(at + UNIT_REACH, len(words))):
        word = words[end]
        after = words[end + 1] if end + 1 < len(words) else ""
        is_calibre = word[0].isdigit() and (
            after in LISTS["calibres"]
            or (after == "-" and end + 2 < len(words) and words[end + 2] in LISTS["calibres"])
        )
        if end in taken or (not is_calibre and not _may_be_in_unit(word)):
            break
        if end > start and word in LISTS["fates"]:
            # "one person killed": the fate, not the noun.
            break
        if is_plural(word) and after != "-":
            if word == "more" and end == start and _is_plural_at(tokens, words, end + 1):
                # "five more bodies"
                start = end + 1
                continue
            if end == at == first and word in LISTS["fates"]:
                return start, start
            # "8 service members", but "5 Iraqi police officers" as well.
            is_whole = after in LISTS["stops"] or after in LISTS["fates"] or not is_plural(after)
            return start, end + (1 if is_whole else 2)
    else:
        end = min(at + UNIT_REACH, len(words))
    # Only of one there is a singular: "one British soldier", but not "the two apparently left".
    return (start, end) if is_one and end - start < UNIT_REACH else (start, start)


def is_of_group(tokens: Sequence[Token], words: Sequence[str], at: int) -> bool:
    """Return whether the number is hyphened to what a group is made of: "a 12-person crew"."""
    return (
        at + 1 < len(words)
        and words[at] == "-"
        and tokens[at - 1].end == tokens[at].start
        and words[at + 1] in LISTS["members"]
    )


def _find_group(tokens: Sequence[Token], words: Sequence[str], at: int) -> tuple[int, int]:
    """Return the noun of "a 12-[person] crew", "a 5,000-strong [crowd]"."""
    if words[at + 1] != "strong":
        return at + 1, at + 2
    return (at + 2, at + 3) if _is_noun(tokens, words, at + 2) else (at, at)


def _is_noun(tokens: Sequence[Token], words: Sequence[str], at: int) -> bool:
    return at < len(words) and words[at] not in LISTS["stops"] and tokens[at].text[0].isalpha()


def _is_plural_at(tokens: Sequence[Token], words: Sequence[str], at: int) -> bool:
    return _is_noun(tokens, words, at) and is_plural(words[at]) and words[at] not in LISTS["fates"]


def _is_number(word: str) -> bool:
    return GRAMMAR.has(word, "NUMBER")


def _may_be_in_unit(word: str) -> bool:
    if word in LISTS["stops"]:
        return False
    if word.endswith("ed") and word not in LISTS["adjectives_in_ed"]:
        return False
    if word[0].isalpha():
        return not _is_number(word)
    return word == "-" or (word[0].isdigit() and MODELS_RE.fullmatch(word) is not None)


def is_plural(word: str) -> bool:
    """Return whether a word is a plural by its ending or by the lists: "rockets", "people"."""
    if word in LISTS["no_plurals"]:
        return False
    if word in LISTS["many"] or word in LISTS["currencies"]:
        return True
    is_model = word[:1].isdigit() and MODELS_RE.fullmatch(word) is not None
    return is_model or (len(word) > 3 and word[-1] == "s" and word[-2] not in "su'’.")


def is_count(counted: Counted) -> bool:
    """Return whether the number counts, rather than measures, names or dates something."""
    found, tokens, words, unit = counted
    if found.means == "money":
        return True
    before, after = counted.word(found.start - 1), counted.word(found.end)
    if before == "(" and after == ")" and words[found.start].isdigit():
        # The beginning of a telephone number: "(254) 555-0100".
        return False
    if before in ("$", "#", "/", ":") or after in ("%", "°", "/", ":") or before == "no.":
        return False
    if is_of_group(tokens, words, found.end):
        return True
    if after in ("-", "–") and tokens[found.end].start == tokens[found.end - 1].end:
        # Part of a word or of a score: "a 10-year war", "3-1".
        return False
    if (before == "but" and counted.word(found.start - 2) == "all") or _is_share(counted):
        # "All but two" are as many as nobody says.
        return False
    if before in ("-", "–") and counted.word(found.start - 2).isalnum():
        # Part of a word: "F-16", "COVID-19", "mid-90s".
        return False
    if after != "pounds" and after.removesuffix(".") in LISTS["measures"]:
        return False
    if before in LISTS["designators"] and found.means in ("count", "between"):
        return False
    if before == "of" and found.start > 1 and tokens[found.start - 2].text == "Group":
        return False
    if _is_street(counted):
        return False
    if found.means != "count":
        return True
    number = tokens[found.end - 1].text
    if number[0] == "0" or before[:1].isdigit() or (after[:1].isdigit() and unit[0] == unit[1]):
        # A telephone number, a list of results.
        return False
    is_figure = number.isdigit() and found.end - found.start == 1
    has_noun = unit[0] < unit[1] or after in LISTS["counted_by"]
    if is_figure and found.start > 0:
        named = tokens[found.start - 1].text[0].isupper() and found.start > 1
        if named and not has_noun:
            # "Boeing 737", "Apollo 11"
            return False
        if _is_listed(counted) or _is_vote(counted):
            return False
        if before == "the" and not has_noun and len(number) < 4:
            # "the 737 Max"
            return False
    if before == "than" and counted.word(found.start - 2) in ("older", "younger") and not has_noun:
        return False
    if before == "," and not has_noun and after in (",", ".", ";", ")", "") and _is_age(counted):
        # "Maria Otieno, 34, and a boy, about 4,"
        return False
    if is_figure and len(number) > 3 and not has_noun and 1900 <= int(number) <= 2059:
        return False
    if words[found.start : found.end] == ["one"]:
        return (
            has_noun
            and after not in LISTS["not_one"]
            and not _is_one_of_best(counted)
            and before not in ("no", "the", "this", "that")
        )
    return True


def _is_share(counted: Counted) -> bool:
    """Return whether it is so many of so many: "one in three", "nine in 10", "two out of five"."""
    found, words = counted.found, counted.words
    if counted.word(found.end) not in SHARING and counted.word(found.start - 1) not in SHARING:
        return False
    for at, is_first in ((found.end, True), (found.start - 1, False)):
        between = " ".join(words[at : at + 2] if is_first else words[max(0, at - 1) : at + 1])
        if between == "out of" or between.endswith("of every") or between.startswith("of every"):
            size = 2
        elif counted.word(at) == "in":
            size = 1
        else:
            continue
        if is_first:
            one, other = words[found.end - 1], counted.word(found.end + size)
        else:
            one, other = counted.word(found.start - 1 - size), words[found.start]
        if other != "every" and not (_is_number(other or ".") and _is_number(one or ".")):
            continue
        if size == 2 or one in ("one", "1") or other in SHARED_BY:
            return True
    return False


def _is_listed(counted: Counted) -> bool:
    """Return whether it goes on a list of names or ages: "aged 5, 7 and 11", "pages 3, 4"."""
    at = counted.found.start - 1
    if counted.words[at] not in LISTING:
        return False
    while at > 0 and (counted.words[at] in LISTING or counted.words[at].isdigit()):
        if counted.words[at] in LISTING and not counted.words[at - 1].isdigit():
            break
        at -= 1
        if counted.found.start - at > LONGEST_LIST:
            return False
    if counted.words[at] in LISTS["designators"] and at < counted.found.start - 1:
        return True
    # "her two sons, 9 and 6, were there"
    number, after = counted.number(), counted.word(counted.found.end)
    is_open = counted.words[at] == "," and is_plural(counted.words[at - 1] if at else "x")
    is_in_pair = after in ("and", ",") or at < counted.found.start - 1
    has_noun = counted.unit[0] < counted.unit[1]
    if not (is_open and is_in_pair and number is not None and number <= 120) or has_noun:
        return False
    return after in (",", ".", ";", ")", "") or counted.word(counted.found.end + 1).isdigit()


def _is_vote(counted: Counted) -> bool:
    """Return whether it is one of two that stand against each other: "voted 3 to 1"."""
    found = counted.found
    if counted.unit[0] < counted.unit[1]:
        return False
    first = found.start
    if counted.word(found.start - 1) == "to" and counted.word(found.start - 2).isdigit():
        first = found.start - 2
    elif not (counted.word(found.end) == "to" and counted.word(found.end + 1).isdigit()):
        return False
    return counted.word(first - 1) not in ("by", "from", "between")


def _is_one_of_best(counted: Counted) -> bool:
    """Return whether it is "one of the oldest temples", which counts nothing."""
    start, end = counted.unit
    return counted.word(counted.found.end) == "of" and any(
        word in LISTS["superlatives"] or (word.endswith("est") and len(word) > 5)
        for word in counted.words[start:end]
    )


def _is_street(counted: Counted) -> bool:
    """Return whether a street's name follows: "1600 Pennsylvania Avenue"."""
    at = counted.found.end
    if at >= len(counted.tokens) or not counted.tokens[at].text[0].isupper():
        return False
    return any(word in LISTS["streets"] for word in counted.words[at + 1 : at + 4])


def _is_age(counted: Counted) -> bool:
    number = counted.number()
    return number is not None and number <= 120
