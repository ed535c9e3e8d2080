"""The parts of a page: every block's role, label, credit and time, the cards, the head.

Our own gold (`tests/pages/gold`, and `tests/pages/blind`, written without sight of the rules):
a page, HTML or a text dump, beside its full expected article.  `part_f1.ROLE`: a block found is
right where a gold block of that role has its words (word F1 of .9 and more, each gold block once);
so a paragraph that is taken for a caption is wrong twice.  `label`, `credit` and `entry_time` ask
in the same way for blocks that have one, and want it exactly, as the block's words want it.
`card`: related cards by headline; `card_text`: of the cards found, all of the words.
`f1`: the words of the main text, as `eval.pages` counts them.  The rest is exact, page by page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from eval.pages import MAIN_ROLES, is_same_day
from eval.run import Run
from eval.scores import Formula, Judgement, Score, f1, share, sum_up
from eval.sets import DataError, DataSet
from eval.text import fold_line, fold_name, word_f1
from livebrief.articles import read_article
from livebrief.model import Article, Page, Refusal

ROLES = (
    *("summary", "dateline", "paragraph", "caption", "heading", "quote", "list_item"),
    *("live_entry", "notice", "correction"),
)
# From this likeness on two blocks hold the same words: a stray mark or byline is forgiven.
SAME_WORDS = 0.9

METRICS: dict[str, Formula] = {
    "f1": share,
    **{f"part_f1.{role}": f1 for role in ROLES},
    "part_f1.label": f1,
    "part_f1.credit": f1,
    "part_f1.entry_time": f1,
    "part_f1.card": f1,
    "part_f1.card_text": share,
    "headline_exact": share,
    "authors_exact": share,
    "agencies_exact": share,
    "section_exact": share,
    "day_exact": share,
    "published_exact": share,
    "modified_exact": share,
    "developing_exact": share,
}


class GoldBlock(Struct, frozen=True, kw_only=True):
    """A block as it should be."""

    role: str
    text: str
    label: str | None = None
    credit: str | None = None
    at: str | None = None


class GoldCard(Struct, frozen=True, kw_only=True):
    """A card of another story as it should be."""

    headline: str
    text: str = ""


class GoldPage(Struct, frozen=True, kw_only=True):
    """The full expected article of a page."""

    url: str | None = None
    captured_at: str | None = None
    outlet: str | None = None
    headline: str
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    section: str | None = None
    published_at: str | None = None
    published_on: str | None = None
    modified_at: str | None = None
    is_developing: bool = False
    blocks: tuple[GoldBlock, ...]
    related: tuple[GoldCard, ...] = ()


class Found(Struct, frozen=True, kw_only=True):
    """A block as it was read."""

    role: str
    text: str
    label: str | None
    credit: str | None
    at: datetime | None


def _credit(block: Found | GoldBlock) -> str | None:
    return fold_line(block.credit) if block.credit else None


def _entry_time(block: Found | GoldBlock) -> float | None:
    return _utc(block.at)


# What a block may have besides its role and words.
BESIDES: dict[str, Callable[[Found | GoldBlock], object]] = {
    "label": lambda block: block.label,
    "credit": _credit,
    "entry_time": _entry_time,
}


def is_parts_set(folder: Path) -> bool:
    """Return whether the pages of a folder stand beside full articles, block by block."""
    first = next(iter(sorted(folder.glob("*.json"))), None)
    return first is not None and b'"blocks"' in first.read_bytes()


def read_golds(folder: Path) -> list[Path]:
    """Return the gold articles of a folder, by name."""
    return sorted(folder.glob("*.json"))


def measure(the_set: DataSet, run: Run) -> list[Score]:
    """Return the scores of one set of pages with full articles beside them."""
    golds = read_golds(the_set.path)[: run.limit]
    judged = (run.note(judge_file(path)) for path in run.watch(golds, f"pages/{the_set.name}"))
    return sum_up("pages", the_set.name, judged, METRICS)


def judge_file(path: Path) -> Judgement:
    """Return the counts of one page and the gold beside it."""
    try:
        gold = msgspec.json.decode(path.read_bytes(), type=GoldPage)
    except msgspec.DecodeError as error:
        raise DataError(f"{path}: not a gold article: {error}") from error
    saved = next(
        (each for each in map(path.with_suffix, (".html", ".txt")) if each.is_file()), None
    )
    if saved is None:
        raise DataError(f"{path}: no .html or .txt page beside it")
    captured_at = datetime.fromisoformat(gold.captured_at) if gold.captured_at else None
    media_type = "text/html" if saved.suffix == ".html" else "text/plain"
    page = Page(
        # Only what a folder of saved pages knows: the file, and when it was saved.
        address=None,
        bytes=saved.read_bytes(),
        media_type=media_type,
        captured_at=captured_at,
    )
    article = read_article(page)
    return judge(path.stem, gold, None if isinstance(article, Refusal) else article)


def judge(name: str, gold: GoldPage, article: Article | None) -> Judgement:
    """Return the counts of one article beside its gold."""
    found = find_blocks(article) if article else []
    counts: dict[str, tuple[float, ...]] = {}
    misses: list[str] = []
    main = "\n".join(each.text for each in found if each.role in MAIN_ROLES)
    gold_main = "\n".join(each.text for each in gold.blocks if each.role in MAIN_ROLES)
    counts["f1"] = (word_f1(main, gold_main), 1)
    for role in ROLES:
        ours = [each for each in found if each.role == role]
        theirs = [each for each in gold.blocks if each.role == role]
        compare(f"part_f1.{role}", ours, theirs, counts, misses, name)
    for part, value in BESIDES.items():
        compare(
            f"part_f1.{part}",
            [each for each in found if value(each) is not None],
            [each for each in gold.blocks if value(each) is not None],
            counts,
            misses,
            name,
            value,
        )
    _judge_cards(name, gold, article, counts, misses)
    _judge_head(name, gold, article, counts, misses)
    return Judgement(counts, tuple(misses))


def find_blocks(article: Article) -> list[Found]:
    """Return an article's blocks with their words."""
    return [
        Found(
            role=each.role,
            text=article.text[each.start : each.end],
            label=each.label,
            credit=each.credit,
            at=each.at,
        )
        for each in article.blocks
    ]


def compare(
    metric: str,
    ours: Sequence[Found],
    theirs: Sequence[GoldBlock],
    counts: dict[str, tuple[float, ...]],
    misses: list[str],
    name: str,
    value: Callable[[Found | GoldBlock], object] = lambda block: None,
) -> None:
    """Add the counts of one part: how many are right, found, and in the gold."""
    if not ours and not theirs:
        return
    left = list(ours)
    right = 0
    for block in theirs:
        for each in left:
            alike = fold_line(each.text) == fold_line(block.text) or (
                word_f1(each.text, block.text) >= SAME_WORDS
            )
            if alike and value(each) == value(block):
                left.remove(each)
                right += 1
                break
        else:
            misses.append(f"{name}: {metric} missed: {_show(block)}")
    misses += [f"{name}: {metric} false: {_show(each)}" for each in left]
    counts[metric] = (right, len(ours), len(theirs))


def _show(block: Found | GoldBlock) -> str:
    extras = [str(each) for each in (block.label, block.credit, block.at) if each]
    return f"{block.text[:70]!r} {' | '.join(extras)}".replace("\n", " ")


def _judge_cards(
    name: str,
    gold: GoldPage,
    article: Article | None,
    counts: dict[str, tuple[float, ...]],
    misses: list[str],
) -> None:
    ours = {fold_name(each.headline or ""): each for each in (article.related if article else ())}
    theirs = {fold_name(each.headline): each for each in gold.related}
    if ours or theirs:
        both = [headline for headline in theirs if headline in ours]
        counts["part_f1.card"] = (len(both), len(ours), len(theirs))
        misses += [f"{name}: card missed: {each!r}" for each in theirs if each not in ours]
        misses += [f"{name}: card false: {each!r}" for each in ours if each not in theirs]
        told = [each for each in both if theirs[each].text]
        if told:
            right = sum(word_f1(ours[each].text, theirs[each].text) >= SAME_WORDS for each in told)
            counts["part_f1.card_text"] = (right, len(told))


def _judge_head(
    name: str,
    gold: GoldPage,
    article: Article | None,
    counts: dict[str, tuple[float, ...]],
    misses: list[str],
) -> None:
    """Add what is exact, page by page."""

    def ask(metric: str, ours: object, theirs: object) -> None:
        counts[metric] = (ours == theirs, 1)
        if ours != theirs:
            misses.append(f"{name}: {metric} {ours!r} for {theirs!r}")

    def names(values: Sequence[str]) -> list[str]:
        return sorted(map(fold_name, values))

    ask("headline_exact", fold_line(article.headline or "") if article else None,
        fold_line(gold.headline))  # fmt: skip
    ask("authors_exact", names(article.authors) if article else None, names(gold.authors))
    ask("agencies_exact", names(article.agencies) if article else None, names(gold.agencies))
    section = article.section if article else None
    ask("section_exact", fold_name(section or ""), fold_name(gold.section or ""))
    if gold.published_on:
        day = article is not None and is_same_day(article, gold.published_at or gold.published_on)
        ask("day_exact", day, True)
    else:
        ask("day_exact", article.published_on if article else None, None)
    ask("published_exact", _utc(article.published_at) if article else None, _utc(gold.published_at))
    ask("modified_exact", _utc(article.modified_at) if article else None, _utc(gold.modified_at))
    ask("developing_exact", article.is_developing if article else None, gold.is_developing)


def _utc(instant: datetime | str | None) -> float | None:
    """Return an instant as seconds, to compare across offsets; of a bare day, nothing."""
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant)
    return instant.timestamp() if instant is not None and instant.tzinfo else None
