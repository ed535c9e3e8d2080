"""What became of people, sentence by sentence: who was killed, injured, or hit, and how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec.structs import replace

from livebrief.events.clauses import Line
from livebrief.events.companions import find_companions
from livebrief.events.counts import find_counts
from livebrief.events.hearsay import judge_tolls
from livebrief.events.people import CHILDREN, DETERMINERS, NO_NAMES, STOPS, Mention, find_people
from livebrief.events.side_by_side import TELLING, gather_people
from livebrief.events.tallies import read_tallies
from livebrief.events.tolls import Fate, Toll
from livebrief.events.words import Phrases, word_set
from livebrief.language.vocabulary import load_words
from livebrief.model import Figure, Time

Use = Literal["participle", "verb", "intransitive", "phrase", "noun"]

AUXILIARIES = word_set("casualties", "auxiliaries")
ADVERBS = word_set("casualties", "adverbs")
PREPOSITIONS = word_set("casualties", "prepositions")

# Between a verb and the people it hits stand only these.
BEFORE_OBJECT = word_set("casualties", "before_object")


# "Five people could have died": nobody did.
UNREAL = word_set("casualties", "unreal")

VICTIMS = word_set("casualties", "victims")
TRYING = word_set("casualties", "trying")

HITS = word_set("casualties", "hits")
SURVIVING = word_set("casualties", "surviving")
OBJECTIVE = word_set("casualties", "objective")
REFLEXIVE = word_set("casualties", "reflexive")


DEEDS = word_set("casualties", "deeds")


def _load() -> Phrases[tuple[tuple[Fate, Use], ...]]:
    lists = load_words("casualties")["fates"]
    found: dict[str, list[tuple[Fate, Use]]] = {}
    uses: tuple[tuple[str, Use], ...] = (
        ("phrases", "phrase"), ("participles", "participle"), ("verbs", "verb"),
        ("intransitive", "intransitive"), ("nouns", "noun"),
    )  # fmt: skip
    fates: tuple[Fate, ...] = ("killed", "injured", "shot")
    for fate in fates:
        for key, use in uses:
            for words in lists[fate][key]:
                found.setdefault(words, []).append((fate, use))
    phrases: Phrases[tuple[tuple[Fate, Use], ...]] = Phrases()
    for words, entries in found.items():
        phrases.add(words, tuple(entries))
    return phrases


FATES = _load()
_WORDS = load_words("casualties")
NOBODY = Phrases[None]()
for _phrase in _WORDS["nobody"]["phrases"]:
    NOBODY.add(_phrase, None)
NOT_PEOPLE_AFTER_SHOT = frozenset(_WORDS["not_people"]["after_shot"])


def find_tolls(
    line: Line, quantities: Mapping[int, list[Figure]], times: Sequence[Time] = ()
) -> list[Toll]:
    """Return what the sentence says became of whom; it costs little where it says nothing."""
    words = line.words
    fates = list(FATES.find(words, line.seen))
    if not fates:
        return []
    groups = gather_people(line, find_people(line, find_counts(line, quantities, times)))
    tolls = read_tallies(line, groups)
    denied = [(first, last) for first, last, _ in NOBODY.find(words, line.seen)]
    for first, last, entries in fates:
        if any(start < last and first < end for start, end in denied):
            continue
        toll = _read_fate(line, first, last, {use: fate for fate, use in entries}, groups)
        if toll is not None:
            tolls.append(_add_companions(line, toll, groups, times))
    _settle_others(line, groups, tolls)
    return judge_tolls(line, tolls)


def _settle_others(line: Line, groups: list[tuple[Mention, ...]], tolls: Sequence[Toll]) -> None:
    """Mark "another teen" as no further victim where it stands beside a teen who is none."""
    others = [
        mention
        for toll in tolls
        for mention in toll.people
        if mention.is_more and line.words[mention.first] == "another"
    ]
    if not others:
        return
    victims = {id(mention) for toll in tolls for mention in toll.people}
    for other in others:
        other.is_more = not any(
            one.last <= other.first
            and id(one) not in victims
            and (one.head == other.head or {one.head, other.head} <= CHILDREN)
            for group in groups
            for one in group
        )


def _add_companions(
    line: Line, toll: Toll, groups: list[tuple[Mention, ...]], times: Sequence[Time]
) -> Toll:
    """Return a toll with those who are said behind it to have shared the fate."""
    if toll.is_self:
        return toll
    end = max(toll.last, toll.people[-1].last)
    beside = find_companions(line, end, groups, times, is_bare_with=toll.fate != "shot")
    if beside is None:
        return toll
    return replace(toll, people=(*toll.people, *beside))


def _read_fate(
    line: Line, first: int, last: int, uses: dict[Use, Fate], groups: list[tuple[Mention, ...]]
) -> Toll | None:
    words = line.words
    fate = next(iter(uses.values()))
    if fate == "shot" and "phrase" not in uses:
        after = words[last] if last < len(words) else ""
        if after in NOT_PEOPLE_AFTER_SHOT or words[first - 1 : first] == ["shots"]:
            aims = after in ("into", "down", "up", "through", "out") or (
                after == "at" and _object(line, last + 1, groups) is not None
            )
            if aims and not _has_auxiliary(words, first):
                return None
        if (
            first
            and words[first] == "shot"
            and words[first - 1] in ("a", "the", "one", "single", "warning", "mug", "gun")
        ):
            return None
        if (
            words[first] == "shooting"
            and "verb" in uses
            and first
            and (
                words[first - 1] in ("the", "a", "this", "that", "fatal", "in", "deadly")
                or (last < len(words) and words[last] in ("death", "deaths", "victim", "victims"))
            )
        ):
            return None
    if first and words[first - 1] in ("not", "n't", "never", "nobody", "attempted", "nearly"):
        return None
    if set(uses) == {"noun"}:
        group = _noun_people(line, first, last, groups)
        return Toll(fate=uses["noun"], people=group, first=first, last=last) if group else None
    if (
        "participle" in uses
        and words[first - 1 : first] == ["the"]
        and not _heads_people(line, last, groups)
    ):
        # "two of the wounded died"
        return None
    is_passive = _has_auxiliary(words, first)
    if first > 1 and words[first - 1] == "to" and words[first - 2] in TRYING:
        # "tried to kill herself"
        return None
    if any(word in UNREAL for word in words[max(0, first - 5) : first]):
        return None
    if "verb" in uses or "participle" in uses or "phrase" in uses:
        group = _object(line, last, groups)
        if group and words[first] in HITS and group[0].is_bare:
            # "struck five depots"
            group = None
        if group and not is_passive:
            is_self = group[0].head in REFLEXIVE
            if is_self:
                # "shot himself": the one who did it.
                group = _subject(line, first, groups, is_self=True) or group
            return Toll(fate=uses.get("verb", fate), people=group, first=first, last=last,
                        is_deed=True, is_self=is_self)  # fmt: skip
        if not is_passive and "verb" in uses and group is None and _has_unknown_object(line, last):
            return None
        if uses.keys() <= {"verb", "noun"}:
            people = _noun_people(line, first, last, groups) if "noun" in uses else None
            return Toll(fate=fate, people=people, first=first, last=last) if people else None
    if words[first] in SURVIVING and any(
        mark in words[:first] for mark in ("none", "nobody", "no")
    ):
        return None
    if words[first] in HITS and not is_passive:
        # "rockets hit": who stands before is not who was hit, unless right before.
        group = _subject(line, first, groups)
        return (
            Toll(fate=fate, people=group, first=first, last=last)
            if group and group[-1].last == first
            else None
        )
    near = _number_before(words, first, groups)
    if near:
        return Toll(fate=fate, people=near, first=first, last=last)
    group = _subject(line, first, groups)
    if group:
        return Toll(fate=fate, people=group, first=first, last=last)
    if "noun" in uses:
        group = _noun_people(line, first, last, groups)
        if group:
            return Toll(fate=fate, people=group, first=first, last=last)
    return None


def _heads_people(line: Line, last: int, groups: list[tuple[Mention, ...]]) -> bool:
    """Return whether people are named right behind: "the wounded men"."""
    return any(group[0].first <= last < group[-1].last for group in groups)


def _has_auxiliary(words: list[str], first: int) -> bool:
    """Return whether "was", "were", "had been" ... stands right before, adverbs apart."""
    k = first - 1
    steps = 0
    while k >= 0 and steps < 4:
        if words[k] in AUXILIARIES:
            return True
        if words[k] not in ADVERBS:
            return False
        k -= 1
        steps += 1
    return False


def _object(line: Line, last: int, groups: list[tuple[Mention, ...]]) -> tuple[Mention, ...] | None:
    """Return the people right behind a verb: "killed two men"."""
    words = line.words
    for group in groups:
        first = group[0].first
        if first < last:
            continue
        if first - last > 4:
            return None
        lead = group[0]
        gap = words[last:first]
        is_bare = not (lead.is_definite or lead.is_indefinite or lead.is_pronoun or lead.is_bare)
        if is_bare and 0 < len(gap) <= 2 and not any(word in STOPS for word in gap):
            # "kills suspected robber"
            return group
        if (
            all(word in BEFORE_OBJECT for word in gap)
            and ("at" not in gap or "least" in gap)
            and ("and" not in gap or any(word in DEEDS for word in gap))
        ):
            if lead.head in ("who",):
                return None
            if first > last and words[first - 1] in (",",):
                return None
            if lead.is_pronoun and lead.head in ("who", "he", "she", "they", "both"):
                return None
            if lead.is_bare and words[last : last + 1] == [","]:
                return None
            return group
        return None
    return None


def _has_unknown_object(line: Line, last: int) -> bool:
    """Return whether a verb hits what is not known as people: "shot Vance", "struck a wall"."""
    words = line.words
    if last >= len(words) or line.part != "text" or last < 2:
        return False
    word = line.tokens[last].text
    is_name = word.istitle() and word.isalpha() and words[last] not in NO_NAMES
    return is_name or words[last] in DETERMINERS


def _number_before(
    words: list[str], first: int, groups: list[tuple[Mention, ...]]
) -> tuple[Mention, ...] | None:
    """Return the bare number right before: "two killed", "one fatally", "3 injured"."""
    for group in groups:
        mention = group[-1]
        if mention.is_bare and mention.first and words[mention.first - 1] == "of":
            continue
        if mention.is_bare and mention.last <= first and all(
            word in ADVERBS or word in AUXILIARIES for word in words[mention.last : first]
        ):  # fmt: skip
            return (mention,) if len(group) == 1 or mention.last == first else group
    return None


def _subject(
    line: Line, first: int, groups: list[tuple[Mention, ...]], *, is_self: bool = False
) -> tuple[Mention, ...] | None:
    """Return the nearest people before, unless a preposition makes them somebody else's."""
    fallback = None
    reach: int | None = None
    for group in reversed(groups):
        lead, tail = group[0], group[-1]
        if tail.last > first:
            if lead.first < first < tail.last:
                # "two wounded men": the fate stands inside.
                return group
            continue
        if lead.is_bare and not lead.head:
            continue
        if (
            any(mark in (";", ":") for mark in line.words[tail.last : first])
            or first - tail.last > 25
        ):
            break
        is_teller = line.words[tail.last] in TELLING and not is_self
        if tail.is_possessor or is_teller:
            continue
        if is_self and lead.first and line.words[lead.first - 1] in DEEDS:
            # "He shot his wife and killed himself"
            continue
        if lead.head in REFLEXIVE or (
            lead.head in OBJECTIVE and line.words[lead.first - 1] != "of"
        ):
            continue
        if lead.is_pronoun and lead.head in ("he", "she"):
            return _antecedent(lead, groups) or group
        if lead.head == "who":
            # The one before it is meant, where he stands right before.
            reach = lead.first - 2
            continue
        if reach is not None and tail.last < reach:
            return None
        before = line.words[lead.first - 1] if lead.first else ""
        is_aside = tail.last < len(line.words) and line.words[tail.last] == ","
        if is_aside and (before == "including" or (lead.is_part and before == ",")):
            # "three men, one of them a guard, were killed"
            continue
        if before == "among" and tail.last == first and (lead.low or 0) > 1:
            # "Two brothers were among nine people killed"
            return group
        if before == "of" and tail.last == first and lead.first > 1:
            # "the mother of a teen shot in the stomach"
            return group
        if before in PREPOSITIONS and not lead.is_part:
            fallback = fallback or (group if before in ("of", "on") else None)
            continue
        return group
    return fallback


def _antecedent(pronoun: Mention, groups: list[tuple[Mention, ...]]) -> tuple[Mention, ...] | None:
    """Return the one person named before "he" or "she" in the same line, where there is one."""
    for group in reversed(groups):
        one = group[0]
        is_one = len(group) == 1 and one.is_single and not one.is_pronoun and not one.is_bare
        is_known = bool(one.name) or (one.head in VICTIMS and not one.is_possessor)
        if one.last <= pronoun.first and is_one and is_known:
            fits = one.sex is None or one.sex == pronoun.sex
            return group if fits and not one.is_possessor else None
    return None


def _noun_people(
    line: Line, first: int, last: int, groups: list[tuple[Mention, ...]]
) -> tuple[Mention, ...] | None:
    """Return whose death: "the killing of two men", "his brother's murder", "two deaths"."""
    words = line.words
    if last < len(words) and (
        words[last] in ("of", "that") or (words[first:last] == ["injuries"] and words[last] == "to")
    ):
        for group in groups:
            if last < group[0].first + 1 and group[0].first - last <= 2:
                return group
    for group in groups:
        mention = group[-1]
        if mention.is_possessor and 0 <= first - mention.last <= 3:
            return group
        if mention.is_bare and 0 <= first - mention.last <= 2 and words[first].endswith(("s", "d")):
            return (mention,)
    return None
