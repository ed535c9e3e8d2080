"""What a number counts, and whether it counts at all."""

from __future__ import annotations

from collections.abc import Sequence

from livebrief.language.passage import Token
from livebrief.language.quantities.words import LISTS, Counted

# How many words behind a number its noun may end: "15 small Iranian-made 107 mm Katyusha rockets".
UNIT_REACH = 8


def find_unit(
    tokens: Sequence[Token], words: Sequence[str], at: int, *, is_one: bool
) -> tuple[int, int]:
    """Return the tokens of the noun phrase that a number counts: "of the small rockets".

    Without a parser: it ends with the first plural, or else before the first word that no noun
    phrase goes over.
    """
    first = at
    if at < len(words) and words[at] == "of":
        at += 1
    while at < len(words) and words[at] in LISTS["determiners"]:
        at += 1
    start = end = at
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
        if not is_calibre and not _may_be_in_unit(tokens[end], word):
            break
        if end > start and word in LISTS["fates"]:
            # "one person killed": the fate, not the noun.
            break
        if is_plural(word) and after != "-":
            if end == at == first and word in LISTS["fates"]:
                return start, start
            # "8 service members", but "5 Iraqi police officers" as well.
            is_whole = after in LISTS["stops"] or after in LISTS["fates"] or not is_plural(after)
            return start, end + (1 if is_whole else 2)
    else:
        end = min(at + UNIT_REACH, len(words))
    # Only of one there is a singular: "one British soldier", but not "the two apparently left".
    return (start, end) if is_one and end - start < UNIT_REACH else (start, start)


def _may_be_in_unit(token: Token, word: str) -> bool:
    if word in LISTS["stops"]:
        return False
    if word.endswith("ed") and word not in LISTS["adjectives_in_ed"]:
        return False
    if word == "-":
        return True
    return token.text[0].isalpha()


def is_plural(word: str) -> bool:
    """Return whether a word is a plural by its ending or by the lists: "rockets", "people"."""
    if word in LISTS["no_plurals"]:
        return False
    if word in LISTS["many"] or word in LISTS["currencies"]:
        return True
    return len(word) > 3 and word[-1] == "s" and word[-2] not in "su'’."


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
    if after in ("-", "–") and tokens[found.end].start == tokens[found.end - 1].end:
        # Part of a word or of a score: "a 10-year war", "3-1", "a 12-person crew".
        return False
    if before in ("-", "–") and counted.word(found.start - 2).isalnum():
        # Part of a word: "F-16", "COVID-19", "mid-90s".
        return False
    if (after in LISTS["measures"] and after not in ("pounds", "points")) or (
        before in LISTS["designators"] and found.means == "count"
    ):
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
        if before in ("and", "or", ",") and counted.word(found.start - 3) in LISTS["designators"]:
            # As in "ages 14 and 16", or "pages 3, 4".
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
            and before not in ("no", "the", "this", "that")
        )
    return True


def _is_street(counted: Counted) -> bool:
    """Return whether a street's name follows: "1600 Pennsylvania Avenue"."""
    at = counted.found.end
    if at >= len(counted.tokens) or not counted.tokens[at].text[0].isupper():
        return False
    return any(word in LISTS["streets"] for word in counted.words[at + 1 : at + 4])


def _is_age(counted: Counted) -> bool:
    number = counted.number()
    return number is not None and number <= 120
