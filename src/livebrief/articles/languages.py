"""The language of a page: as declared, where the words do not speak against it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from livebrief.articles.words import load_words

# As much as tells a language; more would only cost time.
SAMPLE = 1200
# Share of all words that are among a language's 30-45 commonest: running English has .35 to .50,
# Spanish .35 to .45, and neither reaches .15 in the other's text; headlines alone may fall below.
ENOUGH = 0.22
FEWEST_WORDS = 8
# A headline's few words are no ground to doubt what its page declares.
FEWEST_TO_DOUBT = 25
LONG_WITHOUT_SPACES = 100

_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?$", re.DOTALL)


def find_language(text: str, declared: str | None = None) -> str | None:
    """Return the ISO 639-1 code of a text's language, or `None` where it cannot be told.

    >>> find_language("The storm was the worst that the town had seen in a decade, it said.")
    'en'
    """
    code = parse_code(declared)
    sample = text[:SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < (FEWEST_TO_DOUBT if code else FEWEST_WORDS):
        # Scripts without spaces make few words of much text.
        return code or (_identify(sample) if len(sample) > LONG_WITHOUT_SPACES else None)
    for language, common in load_words().common.items():
        if sum(word in common for word in words) > ENOUGH * len(words):
            return language
    return _identify(sample) or code


def parse_code(declared: str | None) -> str | None:
    """Return the language of a declaration such as `en-GB`, or `None`.

    >>> parse_code("en_US"), parse_code("English")
    ('en', None)
    """
    found = _CODE.match(declared.strip()) if declared else None
    return found[1].lower() if found and len(found[1]) == 2 else None


@cache
def _identifier() -> Any:
    """Return the identifier of 97 languages: half a second to load, so only when asked for."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _identify(sample: str) -> str | None:
    code, probability = _identifier().classify(sample)
    return str(code) if probability > SURE else None


# Below it, short scraps of names and numbers get languages at random.
SURE = 0.80
