"""Made-up coverage for tests: JSON Lines records of a few invented stories."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2020, 3, 1, 6, tzinfo=UTC)

TOWNS = ("Lamu", "Elazig", "Murcia", "Kandahar", "Valparaiso", "Gdansk", "Mombasa", "Adelaide")
HAPPENINGS = (
    ("rocket attack on a depot", "rockets hit a depot", "soldiers"),
    ("earthquake", "an earthquake shook the town", "residents"),
    ("ferry accident", "a ferry capsized", "passengers"),
    ("flood", "a flood swept through the market", "traders"),
)


def make_records(count: int) -> Iterator[dict[str, str]]:
    """Yield records in the form of a JSON Lines source; their days go on, stories interleave."""
    for number in range(count):
        town = TOWNS[number % len(TOWNS)]
        title, words, people = HAPPENINGS[(number // len(TOWNS)) % len(HAPPENINGS)]
        killed = 2 + number % 7
        published = START + timedelta(hours=3 * number)
        yield {
            "id": f"r{number}",
            "url": f"https://paper{number % 5}.example/{number}",
            "outlet": f"Paper {number % 5}",
            "published": published.isoformat(),
            "headline": f"At least {killed} dead after {title} in {town}",
            "text": f"At least {killed} {people} were killed when {words} in {town} on "
            f"{published:%A}, officials said.\n\nA spokeswoman for the rescue service said that "
            f"{killed * 2} others were injured. The search went on into the night.",
        }


def write_records(path: Path, count: int) -> Path:
    """Write so many records as JSON Lines."""
    lines = (json.dumps(record) for record in make_records(count))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
