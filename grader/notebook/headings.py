"""Headings: which exercise the text cells of a notebook announce."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from grader.course import spellings
from grader.model import Course, Exercise

MAX_HEADING = 120  # characters; a longer line is no heading
LONG = 8  # characters of a title that is known even among other words
ALIKE = 0.8  # of a heading's letters and a title's, where the title was touched up
BOLD = 6  # the level of a line in bold, which many write for a heading

_HEADING = re.compile(
    r" {0,3}(?:(?P<signs>#{1,6})\s+(?P<title>.*?)\s*#*|\*\*(?P<bold>[^*]+)\*\*:?)\s*"
)
_FENCE = re.compile(r" {0,3}(```|~~~)")
_NUMBERED = re.compile(
    r"(?:q|question|exercise|ex|problem|aufgabe|übung|übungsaufgabe)\b[\s.:#-]*0*(?P<number>[0-9]{1,3})\b"
    r"|q0*(?P<short>[0-9]{1,3})(?![a-z0-9])"
)
_MARKS = re.compile(r"[*`_\\]|<[^>]*>")


def headings(text: str, course: Course) -> Iterator[tuple[int, Exercise | None]]:
    """Yield the level of each heading in a text cell, and the exercise that it announces."""
    fenced = False
    for line in text.split("\n"):
        fenced ^= bool(_FENCE.match(line))
        match = None if fenced or len(line) > MAX_HEADING else _HEADING.fullmatch(line)
        if match is None:
            continue
        exercise = announced(match["title"] or match["bold"] or "", course)
        if match["signs"] or exercise:
            yield len(match["signs"] or "#" * BOLD), exercise


def announced(heading: str, course: Course) -> Exercise | None:
    """Return the exercise that a heading names by number, id, module or title, or None."""
    said = " ".join(_MARKS.sub(" ", heading).casefold().split())
    number = _NUMBERED.match(said)
    if number:
        label = f"Q{number['number'] or number['short']}"
        return next((one for one in course.exercises if one.label == label), None)
    plain = re.sub(r"^[0-9]+\s*[.:)-]?\s*|[.:]+$", "", said)
    for exercise in course.exercises:
        title = _title(exercise)
        inside = len(title) >= LONG and title in said
        if said in spellings(exercise) or plain == title or inside:
            return exercise
    titles = {_title(one): one for one in course.exercises}
    near = difflib.get_close_matches(plain, titles, n=1, cutoff=ALIKE)
    return titles[near[0]] if near else None


def _title(exercise: Exercise) -> str:
    return " ".join(_MARKS.sub(" ", exercise.title).casefold().split())
