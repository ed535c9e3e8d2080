"""People told side by side, made groups: "two men and a woman", without what only explains."""

from __future__ import annotations

from collections.abc import Sequence

from livebrief.events.clauses import Line
from livebrief.events.people import Mention
from livebrief.events.words import word_set

# Behind these the people are those who tell, not those who are told of.
TELLING = word_set("casualties", "telling")
# People of no trade: what is told of them may be told again by trade, sex or nation.
GENERIC = word_set("casualties", "generic")
JOINTS = word_set("casualties", "joints")
# "According to the Rockford Police": so many words apart at most.
SOURCE_REACH = 4
LONGEST_JOINT = max(len(joint.split()) for joint in JOINTS)


def gather_people(line: Line, people: list[Mention]) -> list[tuple[Mention, ...]]:
    """Return the mentions in groups told side by side, without what only explains another."""
    groups: list[list[Mention]] = []
    for mention in people:
        if groups and not mention.is_pronoun:
            last = groups[-1][-1]
            gap = line.words[last.last : mention.first]
            is_joined = 0 < len(gap) <= LONGEST_JOINT and (
                " ".join(gap) in JOINTS or (gap == [","] and not mention.is_bare)
            )
            is_teller = gap == [","] and line.words[mention.last : mention.last + 1] != [] and (
                line.words[mention.last] in TELLING
            )  # fmt: skip
            if is_joined and not last.is_pronoun and not is_teller and not _is_source(line, last):
                groups[-1].append(mention)
                continue
        groups.append([mention])
    return [_fold(line, group) for group in groups]


def _is_source(line: Line, mention: Mention) -> bool:
    """Return whether people are who says so: "according to police, five others were shot"."""
    words = line.words
    return any(
        words[k : k + 2] == ["according", "to"]
        for k in range(max(0, mention.first - SOURCE_REACH), mention.first)
    )


def _fold(line: Line, group: list[Mention]) -> tuple[Mention, ...]:
    """Return a group without what only explains: "four people, two men and two women"."""
    if (
        len(group) == 2
        and (line.part == "text" or bool(group[1].name) > bool(group[0].name))
        and line.words[group[0].last : group[1].first] == [","]
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
        group = _fold_asides(line, group)
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


def _fold_asides(line: Line, group: list[Mention]) -> list[Mention]:
    """Return a list without what only tells an age: "her father, a 39-year-old, and a man"."""
    folded = [group[0]]
    for mention in group[1:]:
        last = folded[-1]
        if (
            mention.head == "person"
            and mention.age is not None
            and not mention.name
            and last.is_single
            and last.age is None
            and not last.is_possessor
            and last.head != "person"
            and line.words[last.last : mention.first] == [","]
            and line.words[mention.last : mention.last + 1] == [","]
        ):
            last.age = mention.age
            last.last = mention.last
        else:
            folded.append(mention)
    return folded


def _explains(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether parts explain a whole, which a list of three soldiers and others does not."""
    return whole.head in GENERIC or all(
        part.is_demonym or part.head in GENERIC or bool(part.name) for part in parts
    )
