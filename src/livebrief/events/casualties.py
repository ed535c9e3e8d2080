"""What became of people, sentence by sentence: who was killed, injured, or hit, and how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from livebrief.events.clauses import Line
from livebrief.events.counts import find_counts
from livebrief.events.people import STOPS, Mention, find_people
from livebrief.events.words import Phrases, word_set
from livebrief.language.vocabulary import load_words
from livebrief.model import Figure, Time

Fate = Literal["killed", "injured", "shot"]
"""`shot`: hit, and the words alone do not tell whether they lived."""

Use = Literal["participle", "verb", "intransitive", "phrase", "noun"]

AUXILIARIES = word_set("casualties", "auxiliaries")
ADVERBS = word_set("casualties", "adverbs")
PREPOSITIONS = word_set("casualties", "prepositions")

# Between a verb and the people it hits stand only these.
BEFORE_OBJECT = word_set("casualties", "before_object")


# "Five people could have died": nobody did.
UNREAL = word_set("casualties", "unreal")

HITS = word_set("casualties", "hits")
SURVIVING = word_set("casualties", "surviving")
OBJECTIVE = word_set("casualties", "objective")
# People of no trade: what is told of them may be told again by trade, sex or nation.
GENERIC = word_set("casualties", "generic")
REFLEXIVE = word_set("casualties", "reflexive")

# Behind these the people are those who tell, not those who are told of.
TELLING = word_set("casualties", "telling")


CLAIMING = word_set("denial", "claiming")
DOUBTS = word_set("denial", "doubts")
NOT_CLAIMING = word_set("denial", "not_claiming")
JOINTS = word_set("casualties", "joints")
# "The death toll from the bombing in the market rose to 31": so many words apart at most.
TOLL_REACH = 14
# "The number of troops hurt in the attack on the base has risen to 109": so many at most.
COUNT_REACH = 32
COUNTED = word_set("casualties", "counted")
FATE_NOUNS = word_set("casualties", "fate_nouns")
DEAD_WORDS = word_set("casualties", "dead_words")
HURT_WORDS = word_set("casualties", "hurt_words")
BEFORE_TOLL = word_set("casualties", "before_toll")
BEFORE_COUNT = word_set("casualties", "before_count")
DEEDS = word_set("casualties", "deeds")


class Toll(Struct, frozen=True, kw_only=True):
    """One fate of one group of people, as one sentence tells it."""

    fate: Fate
    people: tuple[Mention, ...]
    """Told side by side: "two men and a woman"."""
    first: int
    last: int
    is_deed: bool = False
    """What somebody did to them: he is not among them."""
    is_self: bool = False
    """"shot himself"."""
    is_claimed: bool = False
    """One side's boast: "claimed to have killed 17"."""


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
    groups = _coordinate(line, find_people(line, find_counts(line, quantities, times)))
    tolls = _read_counts(line, groups)
    denied = [(first, last) for first, last, _ in NOBODY.find(words, line.seen)]
    for first, last, entries in fates:
        if any(start < last and first < end for start, end in denied):
            continue
        toll = _read_fate(line, first, last, {use: fate for fate, use in entries}, groups)
        if toll is not None:
            tolls.append(toll)
    at = _claim_at(words)
    if at < len(words) and not DOUBTS.isdisjoint(words[at:]):
        # "They claimed that 80 had been killed, which the army denied."
        return [toll for toll in tolls if toll.first < at]
    return [replace(toll, is_claimed=True) if at < toll.first else toll for toll in tolls]


def _claim_at(words: list[str]) -> int:
    """Return the word by which a line tells what somebody claims, its end where none does."""
    for k in range(len(words) - 1):
        if words[k] in CLAIMING and words[k + 1] not in NOT_CLAIMING:
            return k
    return len(words)


def _read_counts(line: Line, groups: list[tuple[Mention, ...]]) -> list[Toll]:
    """Return what "the death toll rose to 31" and "the dead now number 29" say."""
    words = line.words
    tolls = []
    for k in range(len(words) - 1):
        word = words[k]
        fate: Fate | None = None
        reach = TOLL_REACH
        if word == "toll" and words[k - 1] in BEFORE_TOLL:
            fate = "killed"
        elif word in COUNTED and words[k + 1 : k + 2] == ["of"]:
            fate, reach = _fate_behind(words, k + 2), COUNT_REACH
        elif word in FATE_NOUNS and (words[k - 1 : k] == ["the"] or line.part == "headline"):
            fate, reach = ("killed" if word == "dead" else "injured"), 4
        if fate is None:
            continue
        for group in groups:
            lead = group[0]
            is_near = k < lead.first <= k + reach
            if is_near and words[lead.first - 1] in BEFORE_COUNT and (lead.low or 0) > 0:
                if lead.is_bare or word == "toll":
                    tolls.append(Toll(fate=fate, people=(lead,), first=k, last=k + 1))
                break
    return tolls


def _fate_behind(words: list[str], start: int) -> Fate | None:
    """Return the fate that "the number of troops wounded" counts."""
    for word in words[start : start + TOLL_REACH // 2]:
        if word in DEAD_WORDS:
            return "killed"
        if word in HURT_WORDS:
            return "injured"
    return None


def _coordinate(line: Line, people: list[Mention]) -> list[tuple[Mention, ...]]:
    """Return the mentions in groups told side by side, without what only explains another."""
    groups: list[list[Mention]] = []
    for mention in people:
        if groups and not mention.is_pronoun:
            last = groups[-1][-1]
            gap = line.words[last.last : mention.first]
            is_joined = 0 < len(gap) <= 3 and (
                " ".join(gap) in JOINTS or (gap == [","] and not mention.is_bare)
            )
            is_teller = gap == [","] and line.words[mention.last : mention.last + 1] != [] and (
                line.words[mention.last] in TELLING
            )  # fmt: skip
            if is_joined and not last.is_pronoun and not is_teller:
                groups[-1].append(mention)
                continue
        groups.append([mention])
    return [_fold(line, group) for group in groups]


def _fold(line: Line, group: list[Mention]) -> tuple[Mention, ...]:
    """Return a group without what only explains: "four people, two men and two women"."""
    if (
        len(group) == 2
        and (line.part == "text" or bool(group[1].name) > bool(group[0].name))
        and line.words[group[0].last] == ","
        and group[0].is_single
        and group[1].is_single
        and not group[1].is_more
    ):
        # "one of the teens, a 15-year-old boy,"
        first, second = group
        first.name = first.name or second.name
        first.sex = first.sex or second.sex
        first.age = first.age if first.age is not None else second.age
        first.last = second.last
        return (first,)
    if len(group) > 1:
        # "three men, one of them a guard"
        group = [
            group[0],
            *(m for m in group[1:] if not m.is_part or line.words[m.first - 1] == "and"),
        ]
    kept: list[Mention] = []
    i = 0
    while i < len(group):
        total = group[i].low
        kept.append(group[i])
        i += 1
        if total is None or total < 2 or i == len(group) or line.words[group[i - 1].last] != ",":
            continue
        parts, end = 0, i
        while end < len(group) and parts < total:
            parts += group[end].low or 0
            end += 1
        if parts == total and _explains(kept[-1], group[i:end]):
            i = end
    return tuple(kept)


def _explains(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether parts explain a whole, which a list of three soldiers and others does not."""
    return whole.head in GENERIC or all(
        part.is_demonym or part.head in GENERIC or bool(part.name) for part in parts
    )


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
            and words[first - 1] in ("a", "the", "one", "single", "warning", "mug")
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
        if one.last <= pronoun.first and is_one and bool(one.name):
            fits = one.sex is None or one.sex == pronoun.sex
            return group if fits and not one.is_possessor else None
    return None


def _noun_people(
    line: Line, first: int, last: int, groups: list[tuple[Mention, ...]]
) -> tuple[Mention, ...] | None:
    """Return whose death: "the killing of two men", "his brother's murder", "two deaths"."""
    words = line.words
    if last < len(words) and words[last] in ("of", "that"):
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
