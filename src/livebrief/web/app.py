"""The site, served: every page of it, and the same as JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from livebrief.pipeline import UnknownStoryError
from livebrief.web.article_page import make_article_page
from livebrief.web.desk_page import make_desk_page
from livebrief.web.knowledge import Knowledge, OpenKnowledge, Shelf
from livebrief.web.links import Links, parse_anchor
from livebrief.web.moments import BadMomentError, parse_moment
from livebrief.web.rendering import ASSETS, POLICY, render
from livebrief.web.story_page import cited_sources, describe_story, make_story_page

# The desk lists so many stories before it asks whether more are wanted; `?all=1` lists them all.
FIRST_STORIES = 60
MOST_HITS = 40
LONGEST_QUERY = 400

_encode = msgspec.json.Encoder().encode


def create_app(store_path: Path) -> Starlette:
    """Return the site of that store.  It may change while it is served."""
    shelf = Shelf(store_path)
    return build_app(shelf.open, shelf.close)


def build_app(open_: OpenKnowledge, close: Callable[[], None] = lambda: None) -> Starlette:
    """Return the site of what `open_` opens."""

    @asynccontextmanager
    async def live(_: Starlette) -> AsyncIterator[None]:
        yield
        close()

    pages: list[tuple[str, Callable[[Asked], Response]]] = [
        ("/", show_desk),
        ("/stories.json", give_stories),
        ("/search", show_search),
        ("/story/{story_id:path}.json", give_story),
        ("/story/{story_id:path}", show_story),
        ("/article/{article_id:path}.json", give_article),
        ("/article/{article_id:path}", show_article),
    ]
    return Starlette(
        lifespan=live,
        routes=[
            *(Route(path, partial(_answer, open_, show)) for path, show in pages),
            Mount("/static", StaticFiles(directory=ASSETS), name="static"),
        ],
        middleware=[Middleware(Guard), Middleware(GZipMiddleware, minimum_size=1000)],
        exception_handlers={
            HTTPException: partial(_answer_error, open_),
            BadMomentError: _answer_bad_moment,
        },
    )


class Asked(Struct, frozen=True, kw_only=True):
    """One request: for what, about which moment, and what is known of it."""

    request: Request
    knowledge: Knowledge
    links: Links
    since: datetime | None

    def page(self, name: str, *, status: int = 200, **values: object) -> Response:
        """Return a page."""
        html = render(name, links=self.links, knowledge=self.knowledge, since=self.since, **values)
        return Response(html, status_code=status, media_type="text/html; charset=utf-8")


def _answer(open_: OpenKnowledge, show: Callable[[Asked], Response], request: Request) -> Response:
    as_of, since = (_moment(request, name) for name in ("as_of", "since"))
    moments = [("as_of", as_of), ("since", since)]
    links = Links(
        up=_up(request),
        moments=tuple((name, moment.isoformat()) for name, moment in moments if moment),
    )
    with open_(as_of) as knowledge:
        return show(Asked(request=request, knowledge=knowledge, links=links, since=since))


def _moment(request: Request, name: str) -> datetime | None:
    words = request.query_params.get(name, "").strip()
    return parse_moment(name, words) if words else None


def _up(request: Request) -> str:
    # Counted in the path as asked for, where an encoded slash is none.
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    path = raw.split(b"?")[0].removeprefix(request.scope.get("root_path", "").encode())
    return "../" * (path.count(b"/") - 1)


def show_desk(asked: Asked) -> Response:
    """Answer with the list of stories."""
    limit = None if asked.request.query_params.get("all") else FIRST_STORIES
    page = make_desk_page(asked.knowledge, limit=limit, since=asked.since)
    return asked.page("desk.html", page=page)


def show_story(asked: Asked) -> Response:
    """Answer with a story's page; with a redirect where its id's beginning was asked for."""
    story_id = asked.request.path_params["story_id"]
    try:
        story = asked.knowledge.story(story_id)
    except KeyError:
        try:
            found = asked.knowledge.find_story(story_id)
        except UnknownStoryError as unknown:
            return asked.page("lost.html", status=404, what="story", closest=unknown.closest[:5])
        return RedirectResponse(asked.links.story(found.id), status_code=302)
    page = make_story_page(asked.knowledge, asked.links, story, asked.since)
    return asked.page("story.html", page=page, described=describe_story(page))


def show_article(asked: Asked) -> Response:
    """Answer with an article's page, what its story's brief cites marked, and `?cite=`."""
    article_id = asked.request.path_params["article_id"]
    article = asked.knowledge.article(article_id)
    if article is None:
        return asked.page("lost.html", status=404, what="article", closest=())
    asked_for = parse_anchor(asked.request.query_params.get("cite", ""))
    spans = [asked_for] if asked_for else []
    story = None
    story_id = asked.knowledge.store.story_of(article_id)
    if story_id is not None:
        story = asked.knowledge.story(story_id)
        page = make_story_page(asked.knowledge, asked.links, story, asked.since)
        spans += [each.span for each in cited_sources(page) if each.article == article_id]
    shown = make_article_page(asked.knowledge, article, story, spans)
    return asked.page("article.html", page=shown)


def show_search(asked: Asked) -> Response:
    """Answer with the articles that hold the words."""
    words = asked.request.query_params.get("q", "").strip()[:LONGEST_QUERY]
    hits = asked.knowledge.search(words, limit=MOST_HITS) if words else []
    return asked.page("search.html", words=words, hits=hits, most=MOST_HITS)


def give_stories(asked: Asked) -> Response:
    """Answer with the stories as JSON."""
    return _json(asked.knowledge.stories())


def give_story(asked: Asked) -> Response:
    """Answer with a story, its brief and its incidents as JSON."""
    story_id = asked.request.path_params["story_id"]
    try:
        story = asked.knowledge.story(story_id)
    except KeyError:
        return _json({"error": f"no story {story_id}; /stories.json lists all"}, status=404)
    return _json(
        {
            "story": story,
            "brief": asked.knowledge.brief(story_id, asked.since),
            "incidents": asked.knowledge.incidents(story_id),
        }
    )


def give_article(asked: Asked) -> Response:
    """Answer with an article as JSON: the spans of a brief count in its text."""
    article_id = asked.request.path_params["article_id"]
    article = asked.knowledge.article(article_id)
    if article is None:
        return _json({"error": f"no article {article_id}"}, status=404)
    return _json(article)


def _json(value: object, *, status: int = 200) -> Response:
    return Response(_encode(value), status_code=status, media_type="application/json")


def _answer_error(open_: OpenKnowledge, request: Request, error: Exception) -> Response:
    """Answer 404 and its like with a page that helps."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code != 404:
        return Response(
            error.detail, error.status_code, headers=error.headers, media_type="text/plain"
        )
    with open_(None) as knowledge:
        asked = Asked(
            request=request, knowledge=knowledge, links=Links(up=_up(request)), since=None
        )
        return asked.page("lost.html", status=404, what="page", closest=knowledge.stories(5))


def _answer_bad_moment(request: Request, error: Exception) -> Response:
    """Answer 400 with what a moment looks like."""
    if not isinstance(error, BadMomentError):
        raise error
    html = render("bad_moment.html", links=Links(up=_up(request)), error=error, knowledge=None)
    return Response(html, status_code=400, media_type="text/html; charset=utf-8")


class Guard:
    """Puts on every answer what keeps hostile pages harmless."""

    HEADERS = (
        (b"content-security-policy", POLICY.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
        (b"cache-control", b"no-cache"),
    )

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with our headers."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self.HEADERS]
            await send(message)

        await self.app(scope, receive, send_guarded)
