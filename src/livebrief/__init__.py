"""livebrief: a living, sourced brief for every developing news story."""

from __future__ import annotations

import os

__version__ = "0.1.0.dev0"

# The parser multiplies many small matrices.  With two threads on a busy machine, they waited for
# each other: 380 words a second for 16,000.  Whoever sets it otherwise, or imports numpy first,
# decides; parallel work is done in processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
