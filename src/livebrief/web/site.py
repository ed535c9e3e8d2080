"""The site, written: the same pages as files, which work from any folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from livebrief.model import Span, Story
from livebrief.pipeline import View
from livebrief.store import Store
from livebrief.web.article_page import make_article_page
from livebrief.web.desk_page import make_desk_page
from livebrief.web.knowledge import Knowledge
from livebrief.web.links import Links, file_stem
from livebrief.web.rendering import ASSETS, render
from livebrief.web.story_page import cited_sources, describe_story, make_story_page

Progress = Callable[[str, int, int | None], None]

# Each file that we write says so near its beginning: only such files are ever replaced or removed.
OURS = b"livebrief"
LOOKED_AT = 600


class SiteError(Exception):
    """The folder holds files of somebody else where ours would go."""


def write_site(
    store_path: Path,
    folder: Path,
    *,
    progress: Progress = lambda step, done, total: None,
) -> Path:
    """Write the store's site into the folder and return its first page.

    Run again, it renews its own files and removes those of stories that are no more; foreign
    files stay.
    """
    with Store(store_path) as store:
        return write_pages(View(store), folder, progress=progress)


def write_pages(
    knowledge: Knowledge,
    folder: Path,
    *,
    progress: Progress = lambda step, done, total: None,
) -> Path:
    """Write the pages of what is known; see `write_site`."""
    first = folder / "index.html"
    refuse_foreign(first)
    written: set[Path] = set()

    def keep(path: Path, content: bytes) -> None:
        written.add(path)
        _replace(path, content)

    for asset in sorted(ASSETS.iterdir()):
        keep(folder / "static" / asset.name, asset.read_bytes())
    stories = knowledge.stories()
    articles: dict[str, Story] = {}
    cited: dict[str, set[Span]] = {}
    links = Links(up="../", is_static=True)
    for count, story in enumerate(stories, start=1):
        page = make_story_page(knowledge, links, story)
        for source in cited_sources(page):
            cited.setdefault(source.article, set()).add(source.span)
        articles.update((line.article.id, story) for line in page.articles)
        html = render(
            "story.html",
            links=links,
            knowledge=knowledge,
            since=None,
            page=page,
            described=describe_story(page),
        )
        keep(folder / "story" / f"{file_stem(story.id)}.html", html)
        progress("stories", count, len(stories))
    for count, (article_id, story) in enumerate(articles.items(), start=1):
        article = knowledge.article(article_id)
        if article is not None:
            shown = make_article_page(knowledge, article, story, cited.get(article_id, ()))
            html = render("article.html", links=links, knowledge=knowledge, since=None, page=shown)
            keep(folder / "article" / f"{file_stem(article_id)}.html", html)
        progress("articles", count, len(articles))
    # The desk comes last: an interrupted run leaves no list of pages that are not there.
    desk = make_desk_page(knowledge)
    links = Links(is_static=True)
    keep(first, render("desk.html", links=links, knowledge=knowledge, since=None, page=desk))
    for path in _find_ours(folder):
        if path not in written:
            path.unlink()
    return first


def refuse_foreign(path: Path) -> None:
    """Raise `SiteError` where somebody else's file stands."""
    if path.exists() and not _is_ours(path):
        raise SiteError(
            f"{path} was not written by livebrief, so it is not replaced. "
            "Give another folder, or move the file away."
        )


def _is_ours(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return OURS in file.read(LOOKED_AT)


def _replace(path: Path, content: bytes) -> None:
    """Write the file whole or not at all; leave it alone where it holds just that."""
    refuse_foreign(path)
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.livebrief-partial")
    partial.write_bytes(content)
    partial.replace(path)


def _find_ours(folder: Path) -> Iterator[Path]:
    for kind in ("story", "article"):
        yield from (path for path in sorted((folder / kind).glob("*.html")) if _is_ours(path))
