"""The pages in a real Chromium: nothing runs, nothing overflows, everything prints."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import browser as browser  # noqa: PLC0414 a fixture
from hostile_words import HOSTILE, poisoned
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from rendering import plain_report, rich_report

from grader.render.class_page import class_page
from grader.render.page import page

OFFENCES = (
    "document.addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective))"
)
WIDE = """
() => [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .filter(one => !one.closest('.scroll') && !one.closest('.away') && !one.matches('.away'))
    .map(one => one.outerHTML.slice(0, 120))
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write a rich page, a hostile one and a class page."""
    folder = tmp_path_factory.mktemp("pages")
    every = " ".join(words[:300] for words in HOSTILE.values())
    rich = rich_report()
    written = {
        "student": page(rich),
        "hostile": page(poisoned(rich, every)),
        "long": page(poisoned(rich, "x" * 1000)),
        "class": class_page([rich, *(plain_report(f"student-{n}", n % 11) for n in range(30))]),
    }
    for name, html in written.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8", newline="")
    return {name: folder / f"{name}.html" for name in written}


def visit(
    browser: Browser,
    path: Path,
    *,
    width: int = 1000,
    scheme: Literal["light", "dark"] = "light",
    scripts: bool = True,
) -> tuple[Tab, list[str]]:
    """Open a page; return it with everything that it complains about, now and later."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
    )
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    tab.on(
        "request", lambda request: said.append(request.url) if not own(request.url, path) else None
    )
    tab.add_init_script(OFFENCES)
    tab.goto(path.as_uri())
    return tab, said


def own(url: str, path: Path) -> bool:
    """Tell whether an address is the page itself or data that it holds."""
    return url.startswith("data:") or url == path.as_uri()


@pytest.mark.parametrize("name", ["student", "hostile", "long", "class"])
def test_nothing_runs_and_nothing_is_refused(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    """No script, dialog, request, policy violation or console message, with everything unfolded."""
    tab, said = visit(browser, pages[name])
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert tab.evaluate("document.scripts.length") == 0
    assert tab.evaluate("getComputedStyle(document.body).marginTop") == "0px"
    tab.context.close()
    assert said == []


def test_the_policy_would_refuse_what_slips_through(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    """Were a script or a style ever let through, the policy itself would stop it."""
    smuggled = (
        "<script>document.title = 'run'</script><p id=p style='color: rgb(1, 2, 3)'>"
        "<img src=x onerror=\"document.title = 'run'\">"
    )
    html = pages["student"].read_text("utf-8").replace("<main", f"{smuggled}<main", 1)
    path = tmp_path / "smuggled.html"
    path.write_text(html, encoding="utf-8")
    tab, said = visit(browser, path)
    assert "run" not in tab.title()
    assert tab.evaluate("getComputedStyle(document.getElementById('p')).color") != "rgb(1, 2, 3)"
    tab.context.close()
    assert any("script-src" in one for one in said)
    assert any("style-src" in one for one in said)


@pytest.mark.parametrize("name", ["student", "hostile", "long", "class"])
@pytest.mark.parametrize("width", [320, 1000])
def test_nothing_overflows_sideways(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    """At 320 pixels too the page scrolls one way only, folded content included."""
    tab, _ = visit(browser, pages[name], width=width)
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert tab.evaluate(WIDE) == []
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    tab.context.close()


@pytest.mark.parametrize("name", ["student", "class"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say(
    browser: Browser, pages: dict[str, Path], name: str, scheme: Literal["light", "dark"]
) -> None:
    """No page breaks a rule of axe-core, in either theme, with everything unfolded."""
    tab, _ = visit(browser, pages[name], scheme=scheme)
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    broken = Axe().run(tab).response["violations"]
    tab.context.close()
    assert [(one["id"], one["nodes"][0]["html"]) for one in broken] == []


def test_folded_content_is_printed(browser: Browser, pages: dict[str, Path]) -> None:
    """On paper hints, passing checks and printed text are open, and the filter is gone."""
    tab, _ = visit(browser, pages["student"])
    hint = tab.locator("details.hint p").first
    assert not hint.is_visible()
    tab.emulate_media(media="print")
    assert hint.is_visible()
    assert tab.locator("details.printed pre").first.is_visible()
    assert not tab.locator(".filter").is_visible()
    assert len(tab.pdf()) > 10_000
    tab.context.close()


def test_paper_is_light_also_in_the_dark(browser: Browser, pages: dict[str, Path]) -> None:
    """A dark theme applies on screens and not in print."""
    tab, _ = visit(browser, pages["student"], scheme="dark")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert tab.evaluate(ground) == "rgb(15, 20, 26)"
    tab.emulate_media(media="print")
    assert tab.evaluate(ground) == "rgb(255, 255, 255)"
    tab.context.close()


def test_themes_apply_to_drawings(browser: Browser, pages: dict[str, Path]) -> None:
    """The expected line takes the colour of the theme."""
    colours = []
    for scheme in ("light", "dark"):
        tab, _ = visit(browser, pages["student"], scheme=scheme)
        line = "getComputedStyle(document.querySelector('.chart g.expected path')).stroke"
        colours.append(tab.evaluate(line))
        tab.context.close()
    assert colours == ["rgb(11, 87, 201)", "rgb(143, 188, 255)"]


def test_the_filter_works_without_scripts(browser: Browser, pages: dict[str, Path]) -> None:
    """Ticking the box hides what passes, in the table and below it."""
    tab, _ = visit(browser, pages["student"], scripts=False)
    line = tab.get_by_role("link", name="Q1", exact=True)
    section = tab.locator("section.passes")
    assert line.is_visible()
    assert section.is_visible()
    tab.get_by_label("Show only exercises that need work").check()
    assert not line.is_visible()
    assert not section.is_visible()
    assert tab.get_by_role("link", name="Q2", exact=True).is_visible()
    tab.context.close()


def test_hints_open_by_keyboard_one_at_a_time(browser: Browser, pages: dict[str, Path]) -> None:
    """Enter on a hint opens it and shows the next one, still closed."""
    tab, _ = visit(browser, pages["student"], scripts=False)
    first, second = tab.get_by_text("Hint 1 of 3"), tab.get_by_text("Hint 2 of 3")
    assert not second.is_visible()
    first.focus()
    tab.keyboard.press("Enter")
    assert second.is_visible()
    assert not tab.get_by_text("Hint 3 of 3").is_visible()
    tab.context.close()


def test_what_can_be_clicked_is_large_enough(browser: Browser, pages: dict[str, Path]) -> None:
    """Links of the table are at least 24 pixels high, folds and the filter 44."""
    tab, _ = visit(browser, pages["student"])
    height = "els => Math.min(...els.map(one => one.getBoundingClientRect().height).filter(h => h))"
    assert tab.locator(".overview td a").evaluate_all(height) >= 24
    assert tab.locator("summary").evaluate_all(height) >= 44
    assert tab.locator(".filter label").evaluate_all(height) >= 44
    tab.context.close()


def test_the_whole_page_is_readable_without_its_style(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    """Where a host drops the style sheet, words and order still carry everything."""
    html = pages["student"].read_text("utf-8")
    start, end = html.index("<style>"), html.index("</style>")
    path = tmp_path / "bare.html"
    path.write_text(html[:start] + html[end + len("</style>") :], encoding="utf-8")
    tab, _ = visit(browser, path)
    words = tab.locator("body").inner_text()
    assert words.index("Do this next") < words.index("Exercises") < words.index("Hidden checks")
    icon = tab.locator("svg.icon").first.bounding_box()
    assert icon is not None
    assert (icon["width"], icon["height"]) == (14, 14)
    tab.context.close()
