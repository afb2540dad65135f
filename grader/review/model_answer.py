"""What the course's own author answers to a question in words, read and never run."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

from grader.course import SOLUTIONS


def model_answers(course: Path) -> Mapping[tuple[str, str], str]:
    """Return the texts that the references of a course assign, by exercise and name.

    A reference answers a question in words as a student does, so the text of its ``NOTES`` is the
    model answer.  A course without ``solutions/`` has none.
    """
    found: dict[tuple[str, str], str] = {}
    for path in sorted((course / SOLUTIONS).glob("*/*.py")):
        if path.name == "hidden.py":
            continue
        for statement in ast.parse(path.read_bytes()).body:
            match statement:
                case ast.Assign([ast.Name(name)], ast.Constant(str(text))):
                    found[path.parent.name, name] = text.strip()
    return found
