"""What was taken in, kept.

In: any value of the model.  Out: the same after a restart, a crash included.
"""

from __future__ import annotations

from livebrief.store.sqlite import Filed, Hit, Store, StoreError

__all__ = ["Filed", "Hit", "Store", "StoreError"]
