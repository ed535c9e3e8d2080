"""Finding the sets and streaming what they hold.

The forms are those of `../shared/data/README.md`; nothing is read before it is asked for.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from eval.records import (
    Entry,
    Record,
    SavedPage,
    Sentence,
    TimelineArticle,
    TimelineDay,
    Topic,
    Word,
)

# Our own gold, for what no public set has: the parts of a page, and numbers that count.
OUR_PAGES = Path(__file__).resolve().parents[1] / "tests" / "pages"
OUR_QUANTITIES = OUR_PAGES.with_name("quantities")

BESIDE_THE_PROJECT = Path(__file__).resolve().parents[2] / "shared" / "data"

R = TypeVar("R", bound=Record | Entry | TimelineDay)


class DataError(Exception):
    """A set that is not of the form it should be: says where, what was found, what to try."""


class DataSet(Struct, frozen=True):
    """One set of one kind: a file, or for pages and timelines a folder."""

    kind: str
    name: str
    path: Path
    beside: Path | None = None
    """Of incidents: the casualties set of the same name; `path` is the stories set."""


SUFFIXES = (".jsonl", ".jsonl.gz", ".conllu", ".conllu.gz")
FOLDERS = frozenset(("pages", "timelines"))


def find_data(chosen: Path | None) -> Path:
    """Return the folder of the sets: the chosen one, else `LIVEBRIEF_DATA`, else `../shared/data`.

    >>> find_data(Path("no/such/folder"))
    Traceback (most recent call last):
    eval.sets.DataError: no folder of sets at no/such/folder: give --data DIR or set LIVEBRIEF_DATA
    """
    named = os.environ.get("LIVEBRIEF_DATA")
    data = chosen or (Path(named) if named else BESIDE_THE_PROJECT)
    if not data.is_dir():
        raise DataError(f"no folder of sets at {data}: give --data DIR or set LIVEBRIEF_DATA")
    return data


def find_sets(data: Path, kind: str) -> list[DataSet]:
    """Return every set of the kind, by name."""
    if kind == "incidents":
        tolls = {the_set.name: the_set.path for the_set in find_sets(data, "casualties")}
        return [
            DataSet(kind, the_set.name, the_set.path, tolls[the_set.name])
            for the_set in find_sets(data, "stories")
            if the_set.name in tolls
        ]
    if kind == "speed":
        return [DataSet(kind, "all", data)]
    folder = data / kind
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    if kind == "quantities" and OUR_QUANTITIES.is_dir():
        paths += sorted(OUR_QUANTITIES.iterdir())
    if kind in FOLDERS:
        return [DataSet(kind, path.name, path) for path in paths if path.is_dir()]
    return [
        DataSet(kind, path.name.removesuffix(suffix), path)
        for path in paths
        for suffix in SUFFIXES
        if path.is_file() and path.name.endswith(suffix)
    ]


def find_own_sets(kind: str) -> list[DataSet]:
    """Return the sets of the kind that the project itself holds."""
    paths = [OUR_PAGES / name for name in ("gold", "blind")] if kind == "pages" else []
    return [DataSet(kind, path.name, path) for path in paths if path.is_dir()]


def read_records(path: Path, of: type[R], limit: int | None = None) -> Iterator[R]:
    """Stream the lines of a JSON Lines file, gzipped or not."""
    decoder = msgspec.json.Decoder(of)
    for number, line in enumerate(islice(read_lines(path), limit), 1):
        if not line.strip():
            continue
        try:
            yield decoder.decode(line)
        except msgspec.DecodeError as error:
            raise DataError(
                f"{path}, line {number}: not a line of the form of {of.__name__}: {error}"
            ) from error


def read_lines(path: Path) -> Iterator[str]:
    """Stream the lines of a text file, gzipped or not."""
    try:
        if path.suffix == ".gz":
            with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
                yield from lines
        else:
            with path.open(encoding="utf-8", newline="\n") as lines:
                yield from lines
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error


def read_pages(folder: Path, limit: int | None = None) -> Iterator[SavedPage]:
    """Stream the saved pages of a folder that have a gold version beside them, by name."""
    decoder = msgspec.json.Decoder(SavedPage)
    golds = (path for path in sorted(folder.glob("*.json")) if path.with_suffix(".html").is_file())
    for gold in islice(golds, limit):
        try:
            page = decoder.decode(gold.read_bytes())
        except msgspec.DecodeError as error:
            raise DataError(f"{gold}: not a gold page: {error}") from error
        yield msgspec.structs.replace(
            page, id=gold.stem, html=gold.with_suffix(".html").read_bytes()
        )


def read_topic(folder: Path, limit: int | None = None) -> Topic:
    """Return a topic: its articles as a stream, its gold timelines by name, its keywords."""
    golds = {
        path.stem: tuple(read_records(path, TimelineDay))
        for path in sorted((folder / "gold").glob("*.jsonl"))
    }
    try:
        keywords = msgspec.json.decode((folder / "keywords.json").read_bytes(), type=list[str])
    except (OSError, msgspec.DecodeError) as error:
        raise DataError(f"{folder / 'keywords.json'}: not a list of keywords: {error}") from error
    return Topic(
        articles=read_records(folder / "articles.jsonl", TimelineArticle, limit),
        golds=golds,
        keywords=tuple(keywords),
    )


def read_sentences(path: Path, limit: int | None = None) -> Iterator[Sentence]:
    """Stream the sentences of a CoNLL-U file, multiword ranges and empty nodes left out."""
    return islice(_sentences(path), limit)


def _sentences(path: Path) -> Iterator[Sentence]:
    sent_id, text, words = "", "", list[Word]()
    for number, line in enumerate(read_lines(path), 1):
        line = line.rstrip("\n")
        if line.startswith("# sent_id = "):
            sent_id = line.removeprefix("# sent_id = ")
        elif line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line.startswith("#"):
            continue
        elif line:
            fields = line.split("\t")
            if len(fields) != 10:
                raise DataError(f"{path}, line {number}: {len(fields)} fields, expected 10")
            if fields[0].isdigit():
                head = int(fields[6]) if fields[6].isdigit() else 0
                words.append(Word(fields[1], fields[3], head, fields[7].partition(":")[0]))
        elif words:
            yield Sentence(sent_id, text, tuple(words))
            sent_id, text, words = "", "", []
    if words:
        yield Sentence(sent_id, text, tuple(words))
