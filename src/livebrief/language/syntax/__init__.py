"""Syntax: which word of a sentence depends on which, and how.

In: sentences with their tokens.  Out: a `Parse` of each: tags, heads, relations and lemmas of
Universal Dependencies, one value for each token.  The weights ship in `../data/syntax.npz`;
`training/syntax.py` makes them.
"""

from livebrief.language.syntax.parses import Parse, parse, parse_forms

__all__ = ["Parse", "parse", "parse_forms"]
