"""Words and marks, as English treebanks part them: "don't" is two tokens, "al-Assad" three."""

from __future__ import annotations

import re

from livebrief.language.passage import Token
from livebrief.language.vocabulary import load_words

# Words whose full stop is part of them: "Gen.", "Sept.", "Inc.".
WITH_STOP = frozenset(
    word
    for group in ("before_more", "maybe_last", "before_number")
    for word in load_words("abbreviations")[group]["words"]
)

TOKEN_RE = re.compile(
    r"""
    # An address of the web or of a mailbox, a handle, a hashtag.
      (?: https?:// | www\. ) [^\s<>"“”]* [\w/]
    | [\w.+-]{1,64} @ [\w-]{1,63} (?: \. [\w-]{1,63} ){1,4}
    | [@\#] \w+
    # A plain word, the common case: letters first ("Baghdad", "G7"), and nothing that would make
    # it longer behind it.
    | [^\W\d_]\w* (?! [\w.'’@] )
    # A word with an apostrophe or a full stop (group 1): "don't", "O'Neill", "Gen.", "end."  What
    # is part of it, Python decides.  "U.S." and "p.m." come before it.
    | (?: [^\W\d_] \. ){2,} (?! \w )
    | ( [^\W\d_]\w* (?: ['’] [^\W\d_]\w* )* (?: \. (?! \. ) )? )
    # A day or an instant in ISO 8601.
    | \d{4}-\d\d-\d\d (?: T\d\d:\d\d (?: :\d\d )? (?: Z | [+-]\d\d:?\d\d )? )? (?! \d )
    # A number, a clock time, a date or a fraction, with its ending: "1,200", "3:30", "25th",
    # "1980s", "12.7mm" (which is two tokens).
    | \d+ (?: [.,:/] \d+ )* (?: (?: st | nd | rd | th | s | (?<=0)['’]s )\b )?
    # An abbreviated year or decade: "'99", "’80s".
    | ['’] \d\d s? (?! \w )
    # Quotes and dashes of the typewriter, the ellipsis, and cries.
    | `` | '' | --+ | \.\.+ | … | [!?]+
    # "'s" of a word that ends in a digit, or of a quoted one.
    | ['’] s \b
    # Any other mark alone; line breaks, marks of direction and nulls are no tokens.
    | _+
    | [^\w\s\x00\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]
    """,
    re.VERBOSE,
)

# What a contraction ends with; the rest before it is a token of its own.
ENDINGS = ("n't", "'s", "'re", "'ve", "'ll", "'d", "'m")


def find_tokens(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Return the words and marks of this part of the text, in order.

    >>> [token.text for token in find_tokens("Gen. Kim didn't say U.S. troops left at 3:30 p.m.")]
    ['Gen.', 'Kim', 'did', "n't", 'say', 'U.S.', 'troops', 'left', 'at', '3:30', 'p.m.']
    """
    tokens: list[Token] = []
    add = tokens.append
    for match in TOKEN_RE.finditer(text, start, len(text) if end is None else end):
        if match.lastindex is None:
            first, last = match.span()
            add(Token(start=first, end=last, text=match.group()))
        else:
            for first, last in _part(match.group(), match.start()):
                add(Token(start=first, end=last, text=text[first:last]))
    return tuple(tokens)


def _part(word: str, start: int) -> list[tuple[int, int]]:
    """Return where the tokens stand that a word with an apostrophe or a stop is made of."""
    end = start + len(word)
    spans: list[tuple[int, int]] = []
    if word[-1] == ".":
        stem = word[:-1].lower()
        if stem in WITH_STOP or (len(stem) == 1 and word[0].isupper()):
            return [(start, end)]
        spans = [(end - 1, end)]
        word, end = word[:-1], end - 1
    lowered = word.lower().replace("’", "'")
    for ending in ENDINGS:
        if lowered.endswith(ending) and len(lowered) > len(ending):
            return [(start, end - len(ending)), (end - len(ending), end), *spans]
    return [(start, end), *spans]
