"""Reads an HTML page as a browser would, and notes what tests ask about."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "hr"}
BLOCKS = {
    "p",
    "div",
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "tr",
    "caption",
    "summary",
    "text",
    "pre",
    "title",
}
SVG_LEAVES = {"path", "rect", "circle", "polygon", "use"}


class Page(HTMLParser):
    """The tags, texts and headings of a page; raises on tags that do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.headings: list[tuple[int, str]] = []
        self.words: list[str] = []
        self.style = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], f"left open: {self._open}"

    @property
    def text(self) -> str:
        """What a reader sees, with single spaces."""
        return " ".join("".join(self.words).split())

    def attributes(self, name: str) -> list[str]:
        """Return every value of an attribute, in order."""
        return [found[name] for _, found in self.tags if name in found]

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """Return the attributes of every such tag; ``class_`` asks for one of its classes."""
        css = wanted.pop("class_", None)
        return [
            found
            for name, found in self.tags
            if name == tag
            and (css is None or css in found.get("class", "").split())
            and wanted.items() <= found.items()
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that closes itself, as drawings have them."""
        assert tag in SVG_LEAVES, f"<{tag}/> does not close itself in HTML"
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost tag, which must be this one."""
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1] == tag, f"</{tag}> closes <{self._open[-1]}>"
        self._open.pop()
        if tag in BLOCKS or re.fullmatch("h[1-6]", tag):
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        """Note what is written."""
        if self._open and self._open[-1] == "style":
            self.style += data
            return
        self.words.append(data)
        if self._open and re.fullmatch("h[1-6]", self._open[-1]):
            level, before = self.headings[-1]
            self.headings[-1] = (level, before + data)


def safe(found: Page) -> None:
    """Assert what makes a page harmless, whoever wrote its words."""
    names = {tag for tag, _ in found.tags}
    assert not names & {"script", "iframe", "object", "embed", "form", "base", "foreignobject"}
    assert len(found.all("style")) == 1
    attributes = {name for _, pairs in found.tags for name in pairs}
    assert not [name for name in attributes if name.startswith("on") or name in {"style", "action"}]
    links = [*found.attributes("href"), *found.attributes("src")]
    assert all(
        link.startswith(("#", "data:image/png;base64,")) or link == "data:," for link in links
    )
    ids = found.attributes("id")
    assert len(ids) == len(set(ids))
    targets = {link[1:] for link in links if link.startswith("#")}
    for names_of in ("aria-labelledby",):
        targets |= {one for value in found.attributes(names_of) for one in value.split()}
    assert targets <= set(ids)
