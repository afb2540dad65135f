"""The colours of the pages: what is written can be read, in the light theme and in the dark one."""

from __future__ import annotations

import re

import pytest

from grader.render.environment import Style, environment

STYLE: Style = environment().globals["style"]


def tokens(css: str, *, dark: bool) -> dict[str, str]:
    """Return the colours of a style sheet's light or dark theme."""
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[1 if dark else 0]))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, 1.4.3)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


TONES = ("pass", "partly", "not-yet", "stopped", "waiting")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("text", "muted", "link") for ground in ("bg", "surface")),
    *(("text", ground) for ground in ("sunken", "mark", "partly-bg")),
    *((tone, f"{tone}-bg") for tone in TONES),
    *((tone, "bg") for tone in TONES),
    *(("text", f"shade-{level}") for level in range(1, 8)),
    *((role, ground) for role in ("expected", "yours") for ground in ("bg", "surface")),
    ("muted", "sunken"),
    ("bg", "expected"),
]
GRAPHIC_PAIRS = [("control", "bg"), ("control", "surface"), *((tone, "surface") for tone in TONES)]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_colours_can_be_told_apart(*, dark: bool) -> None:
    """Text stands out 4.5 to 1 from what it is written on, drawings and controls 3 to 1."""
    colours = tokens(STYLE.css, dark=dark)
    for ink, ground in TEXT_PAIRS:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for ink, ground in GRAPHIC_PAIRS:
        assert contrast(colours[ink], colours[ground]) >= 3, (ink, ground)


def test_both_themes_name_the_same_colours() -> None:
    """No colour of the light theme is left over in the dark one."""
    light, dark = tokens(STYLE.css, dark=False), tokens(STYLE.css, dark=True)
    assert light.keys() == dark.keys()
    assert not re.search(r"url\(|@import|https?:", STYLE.css)
