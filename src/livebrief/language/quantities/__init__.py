"""How many: numbers that count something, as ranges, with the words they count.

In: a text, its sentences and its times.  Out: `Figure`s, each with its `Span`.
"""

from livebrief.language.quantities.find import find_quantities

__all__ = ["find_quantities"]
