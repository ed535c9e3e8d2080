"""What harm is done with: rockets, rifles, knives."""

from __future__ import annotations

from livebrief.events.clauses import Line
from livebrief.events.words import Phrases, pluralize
from livebrief.language.vocabulary import load_words
from livebrief.model import Instrument

_LISTS = load_words("weapons_modes")
MODES: dict[str | None, str] = dict(_LISTS["modes"])
DOER_MODES = {
    form: mode
    for mode, names in _LISTS["doers"].items()
    for name in names
    for form in (name, pluralize(name))
}
"""What the name of an armed party tells of the mode: "jets struck"."""
WEAPONS: Phrases[tuple[str, str]] = Phrases()
for _type, _names in _LISTS["types"].items():
    for _name in _names:
        WEAPONS.add(_name, (_name, _type))
        WEAPONS.add(pluralize(_name), (_name, _type))


def find_instruments(line: Line) -> list[Instrument]:
    """Return the weapons that a line names, each once."""
    found: dict[str, Instrument] = {}
    for first, last, (name, type_) in WEAPONS.find(line.words, line.seen):
        if type_ != "vehicle" and name not in found:
            found[name] = Instrument(name=name, span=line.span(first, last), type=type_)
    return list(found.values())
