"""More sentences with the report behind what is reported, as news has them.

Treebanks of the web and of talk have few: "police said that two died" is turned into "Two died,
police said" and "Two died, said police", with its tree; and plain sentences are given a speaker
from another sentence.
"""

from __future__ import annotations

import random
from typing import Any

Sentence = list[dict[str, Any]]

REPORTING = frozenset(
    ["acknowledge", "add", "admit", "allege", "announce", "argue", "assert", "believe",
     "caution", "claim", "comment", "complain", "conclude", "confirm", "declare", "deny",
     "disclose", "emphasize", "estimate", "explain", "hint", "indicate", "inform", "insist",
     "maintain", "mention", "note", "observe", "post", "predict", "promise", "recall",
     "recount", "remark", "reply", "report", "respond", "reveal", "say", "state", "stress",
     "suggest", "tell", "testify", "tweet", "urge", "warn", "write"]
)  # fmt: skip

# How the speaker of another sentence is made to say a plain one.
SAID = (("said", "say"),) * 6 + (
    ("reported", "report"),
    ("announced", "announce"),
    ("confirmed", "confirm"),
    ("added", "add"),
)

# American news names the day without "on".
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# A plain sentence has so many words, and a speaker no more than so many.
PLAIN = range(4, 26)
LONGEST_SPEAKER = 8


def make_reports(sentences: list[Sentence], count: int) -> list[Sentence]:
    """Return what can be turned, and so many plain sentences of which some speaker is told."""
    made = [turned for sentence in sentences for turned in put_speech_first(sentence)]
    speakers = [speaker for sentence in sentences for speaker in find_speakers(sentence)]
    plain = [sentence for sentence in sentences if is_plain(sentence)]
    for sentence in random.sample(plain, min(count, len(plain))):
        made.append(let_say(random.choice(speakers), sentence))
    return made


def find_speakers(sentence: Sentence) -> list[Sentence]:
    """Return who reports something in the sentence, the head of each under word 0."""
    speakers = []
    for at, word in enumerate(sentence):
        over = sentence[word["head"] - 1]
        if word["relation"] != "nsubj" or over["lemma"] not in REPORTING or word["head"] == 0:
            continue
        if word["upos"] not in ("NOUN", "PROPN") or over["xpos"] not in ("VBD", "VBZ", "VBP"):
            continue
        part = _group(sentence, word["head"] - 1).get(at, [])
        if not part or part[-1] - part[0] >= LONGEST_SPEAKER or len(part) <= part[-1] - part[0]:
            continue
        words = [dict(sentence[i], head=sentence[i]["head"] - part[0]) for i in part]
        words[at - part[0]]["head"] = 0
        speakers.append(words)
    return speakers


def is_plain(sentence: Sentence) -> bool:
    """Return whether this is one statement, such as may be reported."""
    root = next(word for word in sentence if word["head"] == 0)
    below = {w["relation"] for w in sentence if w["head"] and sentence[w["head"] - 1] is root}
    return (
        len(sentence) in PLAIN
        and root["upos"] == "VERB"
        and "nsubj" in below
        and not below & {"parataxis", "ccomp", "discourse", "vocative"}
        and root["lemma"] not in REPORTING
        and sentence[0]["form"][0].isupper()
        and sentence[-1]["form"] == "."
        and not any(word["form"] in "\"“”'" for word in sentence)
    )


def let_say(speaker: Sentence, sentence: Sentence) -> Sentence:
    """Return the sentence with ", SPEAKER said." behind it, or ", said SPEAKER.".

    Now and then a day is named.
    """
    form, lemma = random.choice(SAID)
    words = [dict(word) for word in sentence[:-1]]
    root = next(at for at, word in enumerate(words, 1) if word["head"] == 0)
    if random.random() < 0.15:
        words += name_day(root, len(words))
    comma = {"form": ",", "lemma": ",", "upos": "PUNCT", "xpos": ",", "relation": "punct"}
    said = {"form": form, "lemma": lemma, "upos": "VERB", "xpos": "VBD", "relation": "root"}
    is_behind = form == "said" and random.random() < 0.25
    first = len(words) + (3 if is_behind else 2)
    verb = len(words) + (2 if is_behind else 2 + len(speaker))
    words[root - 1] |= {"head": verb, "relation": "ccomp"}
    who = [dict(word, head=word["head"] + first - 1 if word["head"] else verb) for word in speaker]
    if who[0]["upos"] not in ("PROPN", "ADJ") and not who[0]["form"].isupper():
        who[0]["form"] = who[0]["form"][:1].lower() + who[0]["form"][1:]
    ending = [said | {"head": 0}, *who] if is_behind else [*who, said | {"head": 0}]
    words += [comma | {"head": root}, *ending]
    if not is_behind and random.random() < 0.35:
        words += name_day(verb, len(words))
    return [*words, dict(sentence[-1], head=verb)]


def name_day(verb: int, words_before: int) -> Sentence:
    """Return "Monday" or "on Monday" under the verb."""
    day = random.choice(DAYS)
    name = {"form": day, "lemma": day, "upos": "PROPN", "xpos": "NNP", "relation": "obl"}
    if random.random() < 0.6:
        return [name | {"head": verb}]
    on = {"form": "on", "lemma": "on", "upos": "ADP", "xpos": "IN", "relation": "case"}
    return [on | {"head": words_before + 2}, name | {"head": verb}]


def put_speech_first(sentence: Sentence) -> list[Sentence]:
    """Return the sentence with what is said before who says it, in one or two ways, or none."""
    root = next(at for at, word in enumerate(sentence) if word["head"] == 0)
    if sentence[root]["lemma"] not in REPORTING:
        return []
    below = _group(sentence, root)
    parts = {child: sentence[child]["relation"] for child in below}
    speech = [child for child, relation in parts.items() if relation == "ccomp" and child > root]
    subject = [child for child, relation in parts.items() if relation == "nsubj" and child < root]
    aside = [c for c, r in parts.items() if r not in ("ccomp", "nsubj", "aux", "punct")]
    if len(speech) != 1 or len(subject) != 1 or any(child < root for child in aside):
        return []
    if any(below[child] != list(range(below[child][0], below[child][-1] + 1)) for child in below):
        return []
    said = below[speech[0]]
    # "that" goes, and with it nothing else.
    if sentence[said[0]]["form"].lower() == "that" and sentence[said[0]]["relation"] == "mark":
        said = said[1:]
    if len(said) < 3 or sentence[said[0]]["upos"] == "SCONJ" or sentence[-1]["form"] != ".":
        return []
    if any(sentence[at]["form"] in "\"“”'" for at in said):
        return []
    who = below[subject[0]]
    helping = [child for child, relation in parts.items() if relation == "aux"]
    rest = [at for child in aside for at in below[child]]
    ways = [[*said, -1, *who, *helping, root, *rest, len(sentence) - 1]]
    if sentence[root]["xpos"] == "VBD" and sentence[subject[0]]["upos"] != "PRON" and not rest:
        ways.append([*said, -1, root, *who, len(sentence) - 1])
    return [_order(sentence, way, speech[0]) for way in ways]


def _group(sentence: Sentence, root: int) -> dict[int, list[int]]:
    """Return for each word under the root the words of its part, itself among them."""
    groups: dict[int, list[int]] = {}
    for at in range(len(sentence)):
        top = at
        while top not in (root, -1) and sentence[top]["head"] - 1 != root:
            top = sentence[top]["head"] - 1
        if top not in (root, -1):
            groups.setdefault(top, []).append(at)
    return groups


def _order(sentence: Sentence, way: list[int], speech: int) -> Sentence:
    """Return the words in this order, -1 standing for a comma under what is said."""
    comma = {"form": ",", "lemma": ",", "upos": "PUNCT", "xpos": ",", "relation": "punct"}
    comma["head"] = speech + 1
    places = {at: place for place, at in enumerate(way, 1)} | {-1: 0}
    words = [dict(sentence[at] if at >= 0 else comma) for at in way]
    for at, word in zip(way, words, strict=True):
        word["head"] = places[word["head"] - 1]
        if at == 0 and word["upos"] != "PROPN" and word["form"] != "I":
            word["form"] = word["form"][:1].lower() + word["form"][1:]
    words[0]["form"] = words[0]["form"][:1].upper() + words[0]["form"][1:]
    return words
