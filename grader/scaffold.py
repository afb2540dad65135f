"""A new exercise that is consistent from the start: it verifies before a line of it is changed."""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from string import Template

from grader.errors import CourseError

# Each text shows one idea of the author's API at work, on a function that everybody knows.
FILES = {
    "exercises/$id/README.md": """\
# $title

Say in a few sentences what this is good for, then what is to be done.

1. `mean(values)` returns the arithmetic mean of a list or array of numbers,

   $$$$\\bar{x} = \\frac{1}{n} \\sum_{i=1}^{n} x_i .$$$$

Hand in `$module.py`. The mean is worth 2 points.
""",
    "exercises/$id/$module.py": '''\
"""$title."""

from __future__ import annotations


def mean(values: list[float]) -> float:
    """Return the arithmetic mean of `values`, which holds at least one number."""
    raise NotImplementedError  # TODO 1
''',
    "exercises/$id/check.py": '''\
"""$title: the questions."""

import numpy as np

from grader import check, computes, generator


@check(points=2)
def mean(student):
    """The mean lies where the values balance

    Where: the function `mean`.

    Idea: every value counts once, however many there are.

    Almost: `sum(values) / ___`.
    """
    drawn = generator(student).normal(size=7)
    yield from computes(
        student.mean,
        np.mean,
        on=[([3.0],), ([1.0, 2.0],), ([0.0, -1.0, 4.0],)],
        drawn=[(drawn,)],
        known={
            "This is the sum: divide it by the number of values.": np.sum,
            "This is the median, the middle one of the values.": np.median,
        },
    )
''',
    "solutions/$id/$module.py": '''\
"""$title."""

from __future__ import annotations


def mean(values: list[float]) -> float:
    """Return the arithmetic mean of `values`, which holds at least one number."""
    return sum(values) / len(values)
''',
    "solutions/$id/mistakes/sum.py": '''\
"""Forgets to divide.

loses: mean
says: this is the sum
"""


def mean(values):
    return sum(values)
''',
}


def create(root: Path, name: str) -> list[Path]:
    """Write the files of a new exercise into a course; return them.

    Raises :class:`~grader.errors.CourseError` where the name will not do or is taken.
    """
    if not re.fullmatch(r"q[0-9]{2}_[a-z][a-z0-9_]*", name):
        raise CourseError(
            f"{name!r} is no name for an exercise\n  fix: take one such as q11_perceptron"
        )
    module = name.split("_", 1)[1]
    if keyword.iskeyword(module):
        raise CourseError(f"{name!r}: Python cannot import a module called {module!r}")
    words = {"id": name, "module": module, "title": module.replace("_", " ").capitalize()}
    files = {root / Template(path).substitute(words): text for path, text in FILES.items()}
    taken = next((path for path in files if path.exists()), None)
    if taken:
        raise CourseError(f"{taken} is there already\n  fix: choose another name")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(text).substitute(words), encoding="utf-8")
    return list(files)
