"""livebrief: a living, sourced brief for every developing news story."""

__version__ = "0.1.0.dev0"
