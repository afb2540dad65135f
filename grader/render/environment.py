"""The templates, made ready once: what they print is escaped, cleaned and cut by default."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grader.render import differences, inline, marks, numerals, states, untrusted


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
        finalize=_printed,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "authored": inline.authored,
        "reported": inline.reported,
        "plain": inline.plain,
        "shortened": untrusted.shortened,
        "tail": untrusted.tail,
        "whole": untrusted.whole,
        "marked": differences.marked,
        "across": marks.across,
        "upwards": marks.upwards,
        "dots": marks.dots,
        "moment": numerals.moment,
        "minutes": numerals.minutes,
        "points": numerals.points,
        "short": numerals.short,
        "percent": numerals.percent,
        "duration": numerals.duration,
        "state": states.of_outcome,
        "automatic": states.of_verdict,
        "signed": numerals.signed,
    }
    made.globals["style"] = style()
    return made


def _printed(value: object) -> object:
    """Return what may be printed: any text that is not HTML of our own is a student's."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return untrusted.excerpt(value)
    return value


@cache
def style() -> Style:
    """Return the style sheet of every page."""
    css = files("grader.render").joinpath("templates", "report.css").read_text("utf-8")
    digest = hashlib.sha256(css.encode("utf-8")).digest()
    return Style(Markup(css), f"sha256-{base64.b64encode(digest).decode('ascii')}")  # noqa: S704
