"""How much one piece of evidence says about a place, in the four steps that all of them share.

Below them lie no finer figures: LGL and GeoVirus, on which the steps were chosen, are measured on
only, and a step for each of forty clues would be learned from them.
"""

from __future__ import annotations

WEAK = 1.0
FAIR = 2.0
STRONG = 3.0
DECISIVE = 4.5

LEVELS = {"weak": WEAK, "fair": FAIR, "strong": STRONG, "decisive": DECISIVE}
