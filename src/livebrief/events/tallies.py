"""Tallies: "the death toll rose to 31", "the number of wounded has risen to 109"."""

from __future__ import annotations

from livebrief.events.clauses import Line
from livebrief.events.people import Mention
from livebrief.events.tolls import Fate, Toll
from livebrief.events.words import word_set

# "The death toll from the bombing in the market rose to 31": so many words apart at most.
TOLL_REACH = 14
# "The number of troops hurt in the attack on the base has risen to 109": so many at most.
COUNT_REACH = 32
NUMBER_REACH = 4
PUTTING = word_set("casualties", "putting")
COUNTED = word_set("casualties", "counted")
FATE_NOUNS = word_set("casualties", "fate_nouns")
DEAD_WORDS = word_set("casualties", "dead_words")
HURT_WORDS = word_set("casualties", "hurt_words")
BEFORE_TOLL = word_set("casualties", "before_toll")
BEFORE_COUNT = word_set("casualties", "before_count")


def read_tallies(line: Line, groups: list[tuple[Mention, ...]]) -> list[Toll]:
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
        elif word in COUNTED and words[k - 1 : k] in (["the"], ["its"]):
            # "Twelve were hurt; another official put the number at 14."
            fate, reach = fate_before(words, k), NUMBER_REACH
        elif word in FATE_NOUNS and (words[k - 1 : k] == ["the"] or line.part == "headline"):
            fate, reach = ("killed" if word == "dead" else "injured"), 4
        if fate is None:
            continue
        for group in groups:
            lead = group[0]
            is_near = k < lead.first <= k + reach
            if is_near and words[lead.first - 1] in BEFORE_COUNT and (lead.low or 0) > 0:
                if lead.is_bare or word == "toll":
                    is_rival = k > 1 and words[k - 1] == "the" and words[k - 2] in PUTTING
                    tolls.append(
                        Toll(fate=fate, people=(lead,), first=k, last=k + 1, is_rival=is_rival)
                    )
                break
    return tolls


def fate_before(words: list[str], end: int) -> Fate | None:
    """Return the fate told last before "the number"."""
    for word in reversed(words[max(0, end - TOLL_REACH) : end]):
        if word in DEAD_WORDS:
            return "killed"
        if word in HURT_WORDS:
            return "injured"
    return None


def _fate_behind(words: list[str], start: int) -> Fate | None:
    """Return the fate that "the number of troops wounded" counts."""
    for word in words[start : start + TOLL_REACH // 2]:
        if word in DEAD_WORDS:
            return "killed"
        if word in HURT_WORDS:
            return "injured"
    return None
