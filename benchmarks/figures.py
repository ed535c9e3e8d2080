"""One measured figure, and how it is shown."""

from __future__ import annotations

from msgspec import Struct


class Figure(Struct, frozen=True):
    """What was measured, how much, in which unit, on how many."""

    name: str
    value: float
    unit: str
    n: int

    def __str__(self) -> str:
        """Return the figure as a line of text."""
        return f"{self.name:58} {write_number(self.value):>10} {self.unit:14} n {self.n:,}"


def write_number(value: float) -> str:
    """Return a number with as many digits as mean something.

    >>> write_number(12345.6), write_number(3.14159), write_number(0.0712)
    ('12,346', '3.1', '0.071')
    """
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.3f}"
