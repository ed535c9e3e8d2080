"""What became of people, sentence by sentence: who was killed, injured, or hit, and how many."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from livebrief.events.clauses import Line
from livebrief.events.counts import Count
from livebrief.events.people import Mention, find_people
from livebrief.events.words import Phrases
from livebrief.language.vocabulary import load_words

Fate = Literal["killed", "injured", "shot"]
"""`shot`: hit, and the words alone do not tell whether they lived."""

Use = Literal["participle", "verb", "intransitive", "phrase", "noun"]

AUXILIARIES = frozenset("was were is are been being be got gets get has have had".split())
ADVERBS = frozenset(
    """also then later reportedly apparently allegedly critically seriously severely badly slightly
    fatally accidentally each both all not n't never just mortally gravely injured wounded shot and
    killed mistakenly believed confirmed instantly immediately wounded only themselves himself
    herself had""".split()
)
PREPOSITIONS = frozenset("by with to at from near in for into of on toward towards against via over".split())

# Between a verb and the people it hits stand only these.
BEFORE_OBJECT = frozenset(
    "and wounding wounded killing killed injuring injured at least more than about nearly around up to as many "
    "one's also , or shot dead".split()
)


REFLEXIVE = frozenset(("himself", "herself"))

# Behind these the people are those who tell, not those who are told of.
TELLING = frozenset(
    """say says said saying believe believes told tell tells found find confirmed report reported
    reports responded arrived think identified know suspect allege arrested are is investigate
    investigating learned described determined called claim added""".split()
) - {"are", "is"}


class Toll(Struct, frozen=True, kw_only=True):
    """One fate of one group of people, as one sentence tells it."""

    fate: Fate
    people: tuple[Mention, ...]
    """Told side by side: "two men and a woman"."""
    first: int
    last: int


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
SELF = Phrases[None]()
for _phrase in _WORDS["self_killing"]["phrases"]:
    SELF.add(_phrase, None)
NOBODY = Phrases[None]()
for _phrase in _WORDS["nobody"]["phrases"]:
    NOBODY.add(_phrase, None)
NOT_PEOPLE_AFTER_SHOT = frozenset(_WORDS["not_people"]["after_shot"])


def find_tolls(line: Line, counts: dict[int, Count]) -> list[Toll]:
    """Return what the sentence says became of whom."""
    words = line.words
    fates = list(FATES.find(words))
    if not fates:
        return []
    people = find_people(line, counts)
    groups = _coordinate(line, people)
    tolls: list[Toll] = []
    denied = [(first, last) for first, last, _ in NOBODY.find(words)]
    for first, last, entries in fates:
        if any(start < last and first < end for start, end in denied):
            continue
        toll = _read_fate(line, first, last, dict((use, fate) for fate, use in entries), groups)
        if toll is not None:
            tolls.append(toll)
    return tolls


def _coordinate(line: Line, people: list[Mention]) -> list[tuple[Mention, ...]]:
    """Return the mentions in groups told side by side, appositions folded into what they explain."""
    groups: list[list[Mention]] = []
    for mention in people:
        if groups and not mention.is_pronoun:
            last = groups[-1][-1]
            gap = line.words[last.last : mention.first]
            if gap and len(gap) <= 3 and not last.is_pronoun and all(
                word in (",", "and", "plus", "&", "as", "well", "along", "with", "also") for word in gap
            ) and not (gap == [","] and mention.is_bare) and gap not in (["with"], ["as"]):  # fmt: skip
                groups[-1].append(mention)
                continue
        groups.append([mention])
    return [_fold(group) for group in groups]


def _fold(group: list[Mention]) -> tuple[Mention, ...]:
    """Return a group without the parts of a total: "four people, two men and two women"."""
    if len(group) > 1 and group[0].low is not None and group[0].low > 1:
        rest = [mention.low or 0 for mention in group[1:]]
        if sum(rest) == group[0].low:
            return (group[0],)
    return tuple(group)


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
        if first and words[first] == "shot" and words[first - 1] in ("a", "the", "one", "single", "warning", "mug"):
            return None
        if words[first] == "shooting" and "verb" in uses and first and (
            words[first - 1] in ("the", "a", "this", "that", "fatal", "in", "deadly") or (last < len(words) and words[last] in ("death", "deaths", "victim", "victims"))
        ):
            return None
    if first and words[first - 1] in ("not", "n't", "never", "nobody", "attempted", "nearly"):
        return None
    if "noun" in uses and not ("participle" in uses or "phrase" in uses or "intransitive" in uses):
        group = _noun_people(line, first, last, groups)
        return Toll(fate=uses["noun"], people=group, first=first, last=last) if group else None
    is_passive = _has_auxiliary(words, first)
    if "verb" in uses or "participle" in uses or "phrase" in uses:
        group = _object(line, last, groups)
        if group and not is_passive:
            if group[0].head in REFLEXIVE:
                # "shot himself": the one who did it.
                group = _subject(line, first, groups) or group
            return Toll(fate=uses.get("verb", fate), people=group, first=first, last=last)
        if set(uses) == {"verb"}:
            return None
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
        if all(word in BEFORE_OBJECT for word in words[last:first]) and (
            "at" not in words[last:first] or "least" in words[last:first]
        ):
            lead = group[0]
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
        if mention.is_bare and mention.last <= first and all(
            word in ADVERBS or word in AUXILIARIES or word in ("people",) for word in words[mention.last : first]
        ):  # fmt: skip
            return (mention,) if len(group) == 1 or mention.last == first else group
    return None


def _subject(line: Line, first: int, groups: list[tuple[Mention, ...]]) -> tuple[Mention, ...] | None:
    """Return the nearest people before, unless a preposition makes them somebody else's."""
    fallback = None
    for group in reversed(groups):
        lead, tail = group[0], group[-1]
        if tail.last > first:
            if lead.first < first < tail.last:
                # "two wounded men": the fate stands inside.
                return group
            continue
        if lead.is_bare and not lead.head:
            continue
        if any(mark in (";", ":") for mark in line.words[tail.last : first]) or first - tail.last > 25:
            break
        if tail.is_possessor or line.words[tail.last] in TELLING:
            continue
        before = line.words[lead.first - 1] if lead.first else ""
        if before in PREPOSITIONS and not lead.is_part:
            fallback = fallback or (group if before in ("of", "on") else None)
            continue
        return group
    return fallback


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
