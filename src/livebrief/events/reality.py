"""Whether an event happened: its reality and its stage, by the words before its trigger."""

from __future__ import annotations

from livebrief.events.clauses import Line
from livebrief.events.triggers import Trigger
from livebrief.events.words import Phrases, make_phrases, word_set
from livebrief.language.vocabulary import load_words
from livebrief.model import Reality, Stage

_LISTS = load_words("reality")
REALITIES: Phrases[Reality] = make_phrases(_LISTS["reality"])
STAGES: Phrases[Stage] = make_phrases(_LISTS["stage"])

# "An attack on the stadium was foiled": the stage stands behind the noun.
AFTER: dict[str, Stage] = {
    "foiled": "foiled", "thwarted": "foiled", "averted": "foiled", "prevented": "foiled",
    "ongoing": "ongoing", "underway": "ongoing", "continuing": "ongoing",
    "planned": "planned", "ordered": "ordered",
}  # fmt: skip

# How many words before a trigger a word may stand and still speak of it.
REACH = 6
CONDITION_REACH = 14
REPORT_REACH = 6
REPORTS = word_set("reality", "reports")
REPORT_JOINTS = word_set("reality", "report_joints")
DENIALS = word_set("reality", "denials")
ADJECTIVES = word_set("reality", "adjectives")
DETAILS = word_set("reality", "details")


def find_reality(line: Line, trigger: Trigger) -> Reality:
    """Return whether the event is told as actual, denied, possible, alleged, ..."""
    words = line.words
    reported = _reported(line, trigger)
    if reported is not None:
        return reported
    start, _ = line.clause(trigger.first)
    near = max(0, min(start, trigger.first), trigger.first - REACH)
    found: Reality = "actual"
    for first, _, reality in REALITIES.find(
        words[max(0, trigger.first - CONDITION_REACH) : trigger.first]
    ):
        at = max(0, trigger.first - CONDITION_REACH) + first
        if reality == "conditional":
            # "If this attack is attributed to X": the condition is on a detail, not on the attack.
            is_detail = trigger.form in ("noun", "plural") and any(
                word in DETAILS for word in words[trigger.last : trigger.last + 5]
            )
            if words[at] == "if" and words[at - 1 : at] == ["as"]:
                continue
            if not is_detail and not _ends_before(words, at, trigger.first):
                return "conditional"
            continue
        if at < near or (words[at] == "may" and line.tokens[at].text == "May"):
            continue
        if reality == "denied" and _negates_other(words, at, trigger):
            continue
        if words[at] in ADJECTIVES and trigger.first - at > 2:
            # "a possible gang-related shooting": the shooting is certain.
            continue
        found = reality
    return found


def _reported(line: Line, trigger: Trigger) -> Reality | None:
    """Return the reality of what a report told of: "denied a report that", "withdrawn: report of".

    A report that nobody denies leaves the event alleged.
    """
    words = line.words
    at = next(
        (
            k
            for k in range(trigger.first - 1, max(-1, trigger.first - REPORT_REACH), -1)
            if words[k] in REPORTS
        ),
        None,
    )
    if at is None or not any(word in REPORT_JOINTS for word in words[at + 1 : trigger.first][:1]):
        return None
    before = words[max(0, at - REPORT_REACH) : at] + words[at : at + 1]
    if any(word in DENIALS for word in before):
        return "denied"
    return "alleged" if trigger.form == "noun" else None


def is_flat_denial(line: Line, trigger: Trigger) -> bool:
    """Return whether a line says of a whole event that there was none: "no explosion"."""
    if trigger.form != "noun":
        return False
    if _reported(line, trigger) == "denied":
        return True
    before = line.words[max(0, trigger.first - 2) : trigger.first]
    return "no" in before and (
        trigger.first < 4 or any(word in ("was", "of", ":") for word in before + line.words[:4])
    )


def _ends_before(words: list[str], at: int, trigger: int) -> bool:
    """Return whether the conditional clause is over before the trigger: "if so, the attack"."""
    return "," in words[at:trigger]


def _negates_other(words: list[str], at: int, trigger: Trigger) -> bool:
    """Return whether a "no" is of another word: "no arrests in the attack"."""
    between = words[at + 1 : trigger.first]
    if any(
        word
        in ("in", "of", "for", "by", "to", "on", "about", "that", ",", "who", "since", "before")
        for word in between
    ):
        return True
    if trigger.form in ("noun", "plural"):
        return words[at] in ("not", "n't", "never") or len(between) > 2
    return words[at] in ("no", "nobody", "without", "neither") and len(between) > 3


def find_stage(line: Line, trigger: Trigger) -> Stage:
    """Return whether the event is done, or how far it has come."""
    words = line.words
    start = max(line.clause(trigger.first)[0], trigger.first - REACH)
    stage: Stage = "done"
    for first, last, found in STAGES.find(words[start : trigger.first]):
        at, end = start + first, start + last
        between = words[end : trigger.first]
        if (
            found in ("planned", "attempted", "threatened", "ordered", "foiled")
            and len(between) > 3
        ):
            continue
        if found == "ongoing" and len(between) > 2:
            continue
        if words[at] == "to" and trigger.form != "past":
            continue
        stage = found
    if (
        stage == "done"
        and trigger.form == "ing"
        and trigger.first
        and words[trigger.first - 1] in ("is", "are", "'re")
    ):
        return "ongoing"
    if stage == "done" and trigger.form in ("noun", "plural"):
        behind = words[trigger.last : trigger.last + REACH + 2]
        for k, word in enumerate(behind[:-1]):
            if word in ("was", "were", "is", "are", "been"):
                return AFTER.get(behind[k + 1], stage)
    return stage
