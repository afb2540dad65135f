"""The templates, made ready once: everything they print is escaped, nothing may be missing."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grader.render import inline, numerals, states, untrusted


class Style(NamedTuple):
    """The one style sheet of every page, and the hash by which browsers accept it."""

    css: Markup
    hash: str


@cache
def environment() -> Environment:
    """Return the Jinja environment of all pages and charts."""
    made = Environment(
        loader=PackageLoader("grader.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "authored": inline.authored,
        "reported": inline.reported,
        "plain": inline.plain,
        "clean": untrusted.clean,
        "excerpt": untrusted.excerpt,
        "shortened": untrusted.shortened,
        "points": numerals.points,
        "short": numerals.short,
        "percent": numerals.percent,
        "duration": numerals.duration,
        "state": states.of_verdict,
    }
    made.globals["style"] = _style(made)
    return made


def _style(made: Environment) -> Style:
    assert made.loader is not None
    css = made.loader.get_source(made, "report.css")[0]
    digest = hashlib.sha256(css.encode("utf-8")).digest()
    return Style(Markup(css), f"sha256-{base64.b64encode(digest).decode('ascii')}")  # noqa: S704
