"""When: time expressions and their TIMEX3 values.

In: a text, its sentences and the day it was written.  Out: `Time`s, each with its `Span`.
"""

from livebrief.language.times.find import find_times

__all__ = ["find_times"]
