"""The desk in a real Chromium: fast by keyboard, whole without scripts, shut to everybody else."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode, urlsplit

import pytest
from answers import EXERCISE, essay, hand_in
from axe_playwright_python.sync_playwright import Axe
from chromium import browser as browser  # noqa: PLC0414 a fixture
from hostile_words import HOSTILE
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from grader.review.store import Store

expect.set_options(timeout=20_000)  # a busy machine is slow, and not wrong

SAME = "ReLU, because its slope is one wherever the neuron is on, so that nothing vanishes."
OFFENCES = (
    "document.addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective))"
)


class Served:
    """A command that serves a folder, and the way into it."""

    def __init__(self, command: str, out: Path) -> None:
        self.out = out
        self.cookie = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "grader", command, "--out", out], stdout=-1, text=True
        )
        assert self.process.stdout is not None
        self.link = self.process.stdout.readline().strip()
        self.host = urlsplit(self.link).netloc
        self.home = f"http://{self.host}"

    def ended(self) -> str:
        """Press Ctrl-C; return what the command says then."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=30)
        assert self.process.returncode == 0
        return said

    def asked(
        self, method: str, path: str, body: str = "", **headers: str
    ) -> http.client.HTTPResponse:
        """Return the answer to a request as any program could send it."""
        connection = http.client.HTTPConnection(self.host)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        form = {"content-type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, path, body or None, form | named)
        answer = connection.getresponse()
        answer.text = answer.read().decode()  # type: ignore[attr-defined]
        connection.close()
        return answer

    def let_in(self) -> str:
        """Return the cookie that the link gives, once."""
        if not self.cookie:
            answer = self.asked("GET", self.link.removeprefix(self.home))
            assert answer.status == 303
            self.cookie = str(answer.headers["set-cookie"]).partition(";")[0]
        return self.cookie


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Serve ten answers of which three are nearly the same."""
    hand_in(tmp_path, [SAME, f"{SAME}!", SAME.upper(), *map(essay, range(7))])
    running = Served("review", tmp_path)
    yield running
    if running.process.returncode is None:
        running.ended()


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve three answers to whoever tries to get in without a browser."""
    out = tmp_path_factory.mktemp("shut")
    hand_in(out, map(essay, range(3)))
    running = Served("review", out)
    yield running
    running.ended()


def visit(
    browser: Browser,
    served: Served,
    *,
    scripts: bool = True,
    scheme: Literal["light", "dark"] = "light",
    link: str | None = None,
) -> Tab:
    """Open the desk in a browser of its own; whatever that complains about fails the test."""
    context = browser.new_context(java_script_enabled=scripts, color_scheme=scheme)
    tab = context.new_page()
    tab.set_default_timeout(20_000)
    tab.said = []  # type: ignore[attr-defined]
    tab.on("console", lambda message: tab.said.append(message.text))  # type: ignore[attr-defined]
    tab.on("pageerror", lambda error: tab.said.append(str(error)))  # type: ignore[attr-defined]
    tab.on("dialog", lambda dialog: (tab.said.append("dialog"), dialog.dismiss()))  # type: ignore[attr-defined]
    tab.add_init_script(OFFENCES)
    tab.goto(link or served.link)
    return tab


def left(tab: Tab) -> None:
    """Close a browser that had nothing to complain about."""
    tab.context.close()
    assert tab.said == []  # type: ignore[attr-defined]


def question(tab: Tab) -> None:
    """Go to the first answer that waits."""
    tab.get_by_role("link", name="Which activation, in your own words").click()
    tab.wait_for_load_state()


def judgements(out: Path) -> list[tuple[str, ...]]:
    """Return the marks of everybody who was read."""
    store = Store(out)
    found = (store.judged(stem, exercise) for stem, exercise in store.all())
    return [one.checks["notes"].items for one in found if "notes" in one.checks]


def test_ten_answers_by_keyboard_alone(browser: Browser, served: Served) -> None:
    """Marks, a comment, the next one and undo: no mouse, and the grades hold it all in the end."""
    tab = visit(browser, served)
    tab.keyboard.press("Tab")
    for _ in range(20):
        if tab.evaluate("document.activeElement.href?.includes('/q/')"):
            break
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/q/**")
    for number in range(10):
        expect(tab.locator("#where")).to_have_text(f"Answer {number + 1} of 10")
        tab.keyboard.press("2" if number % 2 else "1")
        if number == 3:
            tab.keyboard.press("c")
            expect(tab.get_by_label("A comment")).to_be_focused()
            tab.keyboard.type("Say why.")
            tab.keyboard.press("Enter")
            expect(tab.get_by_role("button", name="Remove")).to_be_visible()
            tab.keyboard.press("Escape")
        if number == 5:
            tab.keyboard.press("1")
            tab.keyboard.press("u")
            expect(tab.locator("#note")).to_have_text("Undone.")
        expect(tab.locator("#progress")).to_contain_text(f"{number + 1} of 10")
        tab.keyboard.press("ArrowRight" if number % 3 else "j")
    tab.keyboard.press("k")
    expect(tab.locator("#where")).to_have_text("Answer 9 of 10")
    left(tab)
    assert sorted(judgements(served.out)) == [("complete",)] * 5 + [("partly",)] * 5
    assert "10 pages written anew" in served.ended()
    rows = (served.out / "grades.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert sorted(row.split(",")[1] for row in rows) == ["1"] * 5 + ["2"] * 5
    assert {row.split(",")[3] for row in rows} == {"true"}
    assert sum("Say why." in path.read_text("utf-8") for path in served.out.glob("s*.html")) == 1


def test_keys_in_a_hurry_are_taken_in_their_order(browser: Browser, served: Served) -> None:
    """A mark goes to the answer that was on screen, however fast the next key comes."""
    tab = visit(browser, served)
    question(tab)
    for key in "1j2j1j2j":
        tab.keyboard.press(key)
    expect(tab.locator("#where")).to_have_text("Answer 5 of 10")
    expect(tab.locator("#progress")).to_contain_text("4 of 10")
    left(tab)
    assert sorted(judgements(served.out)) == [("complete",)] * 2 + [("partly",)] * 2


def test_all_of_it_works_without_scripts(browser: Browser, served: Served) -> None:
    """Marks, comments again, a group, a rubric, an override, undo, publishing: by forms alone."""
    tab = visit(browser, served, scripts=False)
    question(tab)
    tab.get_by_role("button", name="Complete").click()
    expect(tab.get_by_role("button", name="Complete")).to_have_attribute("aria-pressed", "true")
    tab.get_by_label("A comment").fill("Say why.")
    tab.get_by_role("button", name="Add").click()
    tab.get_by_role("button", name="Give all 2 that wait the same").click()
    expect(tab.locator("#note")).to_have_text("2 more answers got the same.")
    tab.get_by_role("link", name="Next that waits").click()
    expect(tab.locator("#where")).to_have_text("Answer 4 of 10")
    tab.get_by_role("button", name="Say why.").click()
    tab.get_by_text("Change the rubric").click()
    tab.get_by_label("Points").first.fill("1,5")
    tab.get_by_label("New item").fill("Names the slope")
    tab.get_by_label("Points").last.fill("0.5")
    tab.get_by_role("button", name="Save for every answer").click()
    expect(tab.locator("#note")).to_have_text("The rubric is saved: 3 scores move.")
    tab.get_by_role("button", name="Names the slope").click()
    expect(tab.locator("#state")).to_have_text("Read")
    tab.get_by_role("button", name="Undo").click()
    tab.get_by_role("button", name="Undo").click()
    expect(tab.locator("#state")).to_have_text("Not read yet")
    tab.get_by_role("link", name="Automatic results").click()
    card = tab.locator("section.check").last
    card.get_by_text("Other points").click()
    card.get_by_label("Points of 2").fill("1.25")
    card.get_by_label("Reason").fill("The idea is right.")
    card.get_by_role("button", name="Save").click()
    expect(card).to_contain_text("Given by a person: 1.25 / 2")
    tab.get_by_role("link", name="All questions").click()
    tab.get_by_role("button", name="Write the pages anew").click()
    expect(tab.locator("#note")).to_have_text("4 pages are written anew.")
    left(tab)
    pages = [path.read_text("utf-8") for path in served.out.glob("s*.html")]
    assert sum("Say why." in page for page in pages) == 3
    assert sum("The idea is right." in page for page in pages) == 1


def test_two_browsers_at_once_lose_nothing(browser: Browser, served: Served) -> None:
    """The second to decide is shown both judgements and chooses; each undoes its own steps."""
    first = visit(browser, served)
    first.get_by_role("button", name="Link for another browser").click()
    link = re.search(r"http\S+", first.locator("#note").inner_text())
    assert link is not None
    second = visit(browser, served, link=link[0])
    question(first)
    question(second)
    first.keyboard.press("1")
    expect(first.locator("#state")).to_have_text("Read")
    second.keyboard.press("2")
    expect(second.locator("#dispute")).to_be_visible()
    (kept,) = judgements(served.out)
    assert kept == ("complete",)
    second.get_by_role("button", name="This one", exact=True).click()
    expect(second.locator("#state")).to_have_text("Read")
    (chosen,) = judgements(served.out)
    assert chosen == ("partly",)
    first.keyboard.press("u")
    expect(first.locator("#note")).to_have_text("Not undone: somebody changed more since.")
    left(first)
    left(second)


def test_names_are_hidden_until_they_are_asked_for(browser: Browser, served: Served) -> None:
    """No page says whose answer it is, not in its address either, before somebody asks."""
    tab = visit(browser, served)
    for go in (
        lambda: None,
        lambda: question(tab),
        lambda: tab.get_by_role("link", name="Automatic results").click(),
        lambda: tab.get_by_role("link", name="All submissions").click(),
    ):
        go()
        assert "student-" not in tab.content() + tab.url
    tab.get_by_role("button", name="Show names").click()
    expect(tab.get_by_role("link", name="student-003")).to_be_visible()
    left(tab)


def test_hostile_answers_stay_words(browser: Browser, tmp_path: Path) -> None:
    """Markup, terminal codes, turned reading directions and a megabyte are shown as they are."""
    hand_in(tmp_path, list(HOSTILE.values()))
    served = Served("review", tmp_path)
    tab = visit(browser, served)
    tab.get_by_role("button", name="Show names").click()
    question(tab)
    seen = []
    for number in range(len(HOSTILE)):
        expect(tab.locator("header strong")).to_be_visible()
        seen.append(tab.locator("pre.answer").inner_text())
        assert tab.evaluate("document.scripts.length") == 1
        assert tab.locator("pre.answer *").count() == 0
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", seen[-1])
        if number + 1 < len(HOSTILE):
            before = tab.url
            tab.get_by_role("link", name=re.compile("^Next j")).click()
            expect(tab).not_to_have_url(before)
    left(tab)
    served.ended()
    assert any("<script>alert(1)</script>" in text for text in seen)
    assert any("[U+202E]" in text for text in seen)
    assert max(map(len, seen)) >= 999_999


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say(
    browser: Browser, served: Served, scheme: Literal["light", "dark"]
) -> None:
    """No page of the desk breaks a rule of axe-core, in either theme, with everything unfolded."""
    tab = visit(browser, served, scheme=scheme)
    axe, found = Axe(), {}

    def check(name: str) -> None:
        tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        broken = axe.run(tab).response["violations"]
        found.update({f"{name}: {one['id']}": one["nodes"][0]["html"] for one in broken})

    check("overview")
    question(tab)
    tab.keyboard.press("1")
    tab.get_by_label("A comment").fill("Say why.")
    tab.get_by_role("button", name="Add").click()
    expect(tab.get_by_role("button", name="Remove")).to_be_visible()
    check("answer")
    here = tab.url
    tab.get_by_role("link", name="Automatic results").click()
    check("result")
    tab.get_by_role("link", name="All submissions").click()
    check("exercise")
    stem = next(stem for stem, _ in Store(served.out).all())
    Store(served.out).judge(
        stem, EXERCISE, "notes", Store(served.out).judged(stem, EXERCISE).checks["notes"], 0
    )
    mine = Store(served.out).judged(stem, EXERCISE).checks["notes"]
    Store(served.out).judge(stem, EXERCISE, "notes", type(mine)(mine.answer, ("wrong",)), 0)
    tab.goto(here)
    expect(tab.locator("#dispute")).to_be_visible()
    check("dispute")
    left(tab)
    assert found == {}


@pytest.mark.parametrize("width", [320, 1000])
def test_pages_scroll_one_way_only(browser: Browser, served: Served, width: int) -> None:
    """At 320 pixels too nothing of an answer's page hangs over the edge."""
    tab = visit(browser, served)
    tab.set_viewport_size({"width": width, "height": 800})
    question(tab)
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    left(tab)


def test_keys_can_be_turned_off(browser: Browser, served: Served) -> None:
    """Whoever speaks to the browser turns the single keys off, and they stay off."""
    tab = visit(browser, served)
    question(tab)
    tab.get_by_label("Keys").uncheck()
    tab.keyboard.press("1")
    tab.get_by_role("link", name=re.compile("^Next j")).click()
    expect(tab.locator("#where")).to_have_text("Answer 2 of 10")
    expect(tab.get_by_label("Keys")).not_to_be_checked()
    left(tab)
    assert judgements(served.out) == []


def test_a_link_works_once_and_only_as_it_is(shut: Served) -> None:
    """No token, a wrong one and a used one are refused; the cookie of the right one is not."""
    for path in ("/", "/?token=", "/?token=wrong", f"/q/{EXERCISE}/notes", "/static/review.js"):
        assert shut.asked("GET", path).status == 403, path
    cookie = shut.let_in()
    assert shut.asked("GET", shut.link.removeprefix(shut.home)).status == 403
    assert shut.asked("GET", "/", cookie=cookie).status == 200
    assert shut.asked("GET", "/", cookie=f"{cookie}x").status == 403
    assert shut.asked("GET", "/", cookie="\x01;;=").status == 403


def test_other_names_of_this_address_are_refused(shut: Served) -> None:
    """A page that has its own name point at this machine (DNS rebinding) gets nothing."""
    cookie = shut.let_in()
    port = shut.host.partition(":")[2]
    for host in (
        "evil.example",
        f"evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        f"[::1]:{port}",
    ):
        assert shut.asked("GET", "/", cookie=cookie, host=host).status == 421, host
    assert shut.asked("GET", "/", cookie=cookie, host=f"localhost:{port}").status == 200


def test_what_another_page_sends_changes_nothing(shut: Served) -> None:
    """A form from elsewhere, without an origin or without this session's token is refused."""
    cookie = shut.let_in()
    opened = shut.asked("GET", f"/q/{EXERCISE}/notes", cookie=cookie)
    page = shut.asked("GET", str(opened.headers["location"]), cookie=cookie)
    token = re.search(r'name="token" value="([^"]+)"', page.text)  # type: ignore[attr-defined]
    assert token is not None
    path = str(opened.headers["location"])
    form = {"act": "toggle", "value": "complete", "seen": "0", "here": path}
    good = urlencode(form | {"token": token[1]})
    own = {"cookie": cookie, "origin": shut.home}
    refused = [
        ({"cookie": cookie, "origin": "http://evil.example"}, good),
        ({"cookie": cookie, "origin": "null"}, good),
        ({"cookie": cookie}, good),
        ({**own, "sec_fetch_site": "cross-site"}, good),
        (own, urlencode(form)),
        (own, urlencode(form | {"token": "wrong"})),
        ({"origin": shut.home}, good),
    ]
    for headers, body in refused:
        assert shut.asked("POST", path, body, **headers).status == 403, (headers, body)
    assert judgements(shut.out) == []
    assert shut.asked("POST", path, good, **own).status == 303
    assert judgements(shut.out) == [("complete",)]


def test_a_form_leads_nowhere_else(shut: Served) -> None:
    """The page to come back to is one of ours, whatever a form says."""
    cookie = shut.let_in()
    home = shut.asked("GET", "/", cookie=cookie).text  # type: ignore[attr-defined]
    token = re.search(r'name="token" value="([^"]+)"', home)
    assert token is not None
    for here in (
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/x\r\nset-cookie: a",
    ):
        body = urlencode({"token": token[1], "here": here})
        answer = shut.asked("POST", "/names", body, cookie=cookie, origin=shut.home)
        assert (answer.status, answer.headers["location"]) == (303, "/")


def test_every_page_forbids_what_it_does_not_need(shut: Served) -> None:
    """Pages and refusals carry the policy: nothing from elsewhere, nothing inline, no frame."""
    cookie = shut.let_in()
    for path in ("/", "/nowhere", "/static/review.css", f"/results/{EXERCISE}"):
        headers = shut.asked("GET", path, cookie=cookie).headers
        policy = dict(
            part.strip().partition(" ")[::2]
            for part in headers["content-security-policy"].split(";")
        )
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["script-src"].startswith("'nonce-")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_nobody_else_on_the_network_is_listened_to(shut: Served) -> None:
    """The desk listens on this machine's own address only."""
    assert shut.link.startswith("http://127.0.0.1:")
    listening = Path("/proc/net/tcp").read_text(encoding="ascii")
    port = int(shut.host.partition(":")[2])
    addresses = re.findall(rf" ([0-9A-F]{{8}}):{port:04X} 00000000:0000 0A", listening)
    assert addresses == ["0100007F"]


def test_the_class_page_fills_while_it_is_watched(browser: Browser, tmp_path: Path) -> None:
    """What is graded appears by itself, with the answers that wait, and nothing can be changed."""
    tmp_path.joinpath("class").mkdir()
    served = Served("serve", tmp_path / "class")
    tab = visit(browser, served, scripts=False)
    expect(tab.locator(".kpis dd").first).to_have_text("0")
    hand_in(tmp_path / "class", {"ann": SAME, "ben": essay(1)})
    expect(tab.locator(".kpis dd").first).to_have_text("2")
    expect(tab.locator("body")).to_contain_text("Awaiting review")
    tab.get_by_role("link", name="ben").first.click()
    expect(tab.get_by_role("heading", name="Introduction to artificial")).to_be_visible()
    cookie = tab.context.cookies()[0]
    bearer = {"cookie": f"{cookie.get('name')}={cookie.get('value')}", "origin": served.home}
    assert served.asked("POST", "/", "a=b", **bearer).status == 405
    assert served.asked("GET", "/..%2f..%2fetc%2fpasswd", **bearer).status == 404
    assert served.asked("GET", "/").status == 403
    left(tab)
    served.ended()
