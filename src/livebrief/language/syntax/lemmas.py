"""Lemmas: how a word's end changes, by its tag and the word, else by its tag and last letters."""

from __future__ import annotations

from collections.abc import Mapping

# A rule is "CUT,ADD" with what is cut counted in letters; it works on the lower-case word unless it
# begins with "^".
KEEP = "0,"

LONGEST_ENDING = 5


def find_rule(form: str, lemma: str) -> str:
    """Return the rule that makes the lemma of the word.

    >>> find_rule("Attacks", "attack"), find_rule("Baghdad", "Baghdad"), find_rule("men", "man")
    ('1,', '^0,', '2,an')
    """
    lowered = form.lower()
    sign, base = ("^", form) if lemma != lemma.lower() else ("", lowered)
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    return f"{sign}{len(base) - shared},{lemma[shared:]}"


def apply_rule(rule: str, form: str) -> str:
    """Return the lemma that a rule makes of a word.

    >>> apply_rule("3,y", "Bodies"), apply_rule("^0,", "Lamu")
    ('body', 'Lamu')
    """
    base = form if rule[0] == "^" else form.lower()
    cut, _, add = rule.lstrip("^").partition(",")
    return base[: max(0, len(base) - int(cut))] + add


def find_lemma(form: str, upos: str, words: Mapping[str, str], endings: Mapping[str, str]) -> str:
    """Return the lemma of a word with this tag.

    `words` holds rules by "TAG word", `endings` by "TAG last letters"; both in lower case.
    """
    lowered = form.lower()
    rule = words.get(f"{upos} {lowered}")
    if rule is None:
        for length in range(min(LONGEST_ENDING, len(lowered)), -1, -1):
            rule = endings.get(f"{upos} {lowered[len(lowered) - length :]}")
            if rule is not None:
                break
    return apply_rule(rule or KEEP, form)
