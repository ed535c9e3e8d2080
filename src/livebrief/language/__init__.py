"""What words mean.

In: text.  Out: sentences, tokens, times, quantities, places and names, each with its `Span`.
"""

from livebrief.language.annotate import annotate
from livebrief.language.passage import Passage, Sentence, Token
from livebrief.language.quantities import find_quantities
from livebrief.language.sentences import find_sentences
from livebrief.language.times import find_times

__all__ = [
    "Passage",
    "Sentence",
    "Token",
    "annotate",
    "find_quantities",
    "find_sentences",
    "find_times",
]
