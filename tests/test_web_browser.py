"""The site in a real browser: with and without JavaScript, on a phone, at a desk, on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from livebrief.web.app import build_app
from livebrief.web.site import write_pages
from tests.web_fixtures import MadeKnowledge, open_made
from tests.web_served import serve_in_background

pytestmark = pytest.mark.browser

PHONE, DESKTOP = (390, 844), (1280, 900)
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        reason = "NO BROWSER: the site is not looked at. Install Debian's chromium."
        pytest.skip(reason)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    with serve_in_background(build_app(open_made)) as address:
        yield address


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_pages(MadeKnowledge(), tmp_path_factory.mktemp("site")).as_uri()


def open_page(
    browser: Browser,
    address: str,
    size: tuple[int, int],
    *,
    scripts: bool = True,
    bypass_csp: bool = False,
) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=scripts,
        bypass_csp=bypass_csp,
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(address)
    return page


def read_a_story(page: Page) -> None:
    """Go from the desk to a sentence's sources, to the words in their article."""
    assert page.locator(".stories > li").count() == 3
    page.get_by_role("link", name="The Harbour Courier on the Lamu base").click()
    known = page.locator("section", has=page.get_by_role("heading", name="What we know"))
    marks = known.locator("mark")
    assert not marks.first.is_visible()
    known.locator("summary").first.click()
    assert marks.first.is_visible()
    assert marks.all_inner_texts() == ["Nobody", "Nobody", "Three soldiers", "near Lamu"]
    known.get_by_role("link", name="See it in the article").nth(2).click()
    target = page.locator("mark:target")
    assert target.inner_text() == "Three soldiers"
    assert target.is_visible()


@SIZES
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_reader_gets_from_the_desk_to_the_words(
    browser: Browser, served: str, size: tuple[int, int], scripts: bool
) -> None:
    page = open_page(browser, served, size, scripts=scripts)
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    read_a_story(page)
    assert problems == []
    page.context.close()


@SIZES
def test_a_written_site_reads_the_same_from_files(
    browser: Browser, written: str, size: tuple[int, int]
) -> None:
    page = open_page(browser, written, size, scripts=False)
    read_a_story(page)
    page.context.close()


@pytest.mark.parametrize(
    "path",
    ["", "story/lamu1", "story/evil1", "article/later1", "article/hostile1", "search?q=rockets",
     "nope", "?as_of=x", "?as_of=2020-03-12"],
)  # fmt: skip
def test_nothing_is_wider_than_the_screen(browser: Browser, served: str, path: str) -> None:
    page = open_page(browser, f"{served}/{path}", PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
    page.context.close()


def test_an_earlier_moment_is_asked_for_in_a_form(browser: Browser, served: str) -> None:
    page = open_page(browser, f"{served}/story/lamu1", PHONE, scripts=False)
    page.get_by_text("Look at another moment").click()
    page.get_by_label("As it was known at").fill("2020-03-11T17:30")
    page.get_by_role("button", name="Show").click()
    assert "This is what was known at 11 March 2020, 17:30 UTC" in page.inner_text("body")
    assert page.get_by_role("heading", level=1).inner_text() == "Meridian Wire on the Lamu base"
    page.get_by_role("link", name="Back to the latest").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("The Harbour Courier")
    page.context.close()


def test_hostile_coverage_runs_nothing(browser: Browser, served: str) -> None:
    page = open_page(browser, served, DESKTOP)
    opened: list[str] = []

    def refuse(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("", "story/evil1", "article/hostile1"):
        page.goto(f"{served}/{path}")
    assert opened == []
    assert all(url.startswith(served) for url in asked)
    page.context.close()


def test_the_keyboard_reaches_the_sources(browser: Browser, served: str) -> None:
    page = open_page(browser, f"{served}/story/lamu1", DESKTOP, scripts=False)
    page.keyboard.press("Tab")
    assert page.get_by_role("link", name="Skip to content").is_visible()
    summary = page.locator(".sources > summary").first
    summary.focus()
    width = summary.evaluate("each => getComputedStyle(each).outlineWidth")
    page.keyboard.press("Enter")
    assert page.locator("mark").first.is_visible()
    assert width == "3px"
    page.context.close()


def test_on_paper_sources_are_named_and_controls_are_gone(browser: Browser, served: str) -> None:
    page = open_page(browser, f"{served}/story/lamu1", DESKTOP)
    page.emulate_media(media="print")
    words = page.inner_text("main")
    assert "[Meridian Wire, 11 March 2020, 20:00 +03:00; Antilles Morning" in words
    assert not page.locator("nav").first.is_visible()
    assert not page.locator(".sources > summary").first.is_visible()
    assert len(page.pdf()) > 10_000
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "story/lamu1", "article/later1", "?as_of=2020-03-12"])
def test_words_stand_out_from_their_ground(
    browser: Browser, served: str, path: str, scheme: str
) -> None:
    page = open_page(browser, f"{served}/{path}", DESKTOP, bypass_csp=True)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate(CONTRAST) == []
    # The measure itself: the same words in the colour of their ground do not stand out.
    page.add_style_tag(content="h1, h1 a { color: var(--paper) !important }")
    assert page.evaluate(CONTRAST) != []
    page.context.close()


# WCAG 2.2, 1.4.3: 4.5 to 1 for text.  Returns what falls short.
CONTRAST = Path(__file__).with_name("web_contrast.js").read_text(encoding="utf-8")
