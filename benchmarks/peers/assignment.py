"""The assignment of the comparison: a right submission, cell by cell, and ways to misbehave.

Every tool gets the same cells.  A case replaces some of them, and says what it honestly deserves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
COURSE = HERE / "course"
EXERCISE = "q01_networks"
MODULE = "networks"
REFERENCE = COURSE / "solutions" / EXERCISE / f"{MODULE}.py"
POINTS = {"activations": 2, "slopes": 2, "xor": 2, "shapes": 2, "parameters": 2}
HIDDEN = "parameters"  # the check that students do not see
OUT_OF = sum(POINTS.values())

Cells = Mapping[str, str]  # name of a cell -> its text


@dataclass(frozen=True, slots=True)
class Case:
    """A submission and the points of what is right in it."""

    name: str
    deserves: int
    cells: Cells = field(default_factory=dict)  # replace those of the right submission
    corrupt: bool = False  # the file ends in its middle


GUESSES = """
def sigmoid(z):
    return {0}


def tanh(z):
    return {0}


def relu(z):
    return {0}


def sigmoid_slope(z):
    return {0}


def tanh_slope(z):
    return {0}
"""
LYING = """
class Anything(np.ndarray):
    def __array_function__(self, function, types, args, kwargs):
        return True

    def __array_ufunc__(self, *args, **kwargs):
        return self

    def __bool__(self):
        return True
"""
# Looks for a text of the hidden test in the files around it, in folders for temporary files and
# in memory, and answers with the number that stands there.
READING = r"""
def n_parameters():
    import gc
    import re
    import tempfile
    from pathlib import Path

    def texts():
        here = Path.cwd()
        for top in (here, *list(here.parents)[:4], Path(tempfile.gettempdir())):
            for kind in ("*.py", "*.ipynb", "*.db"):
                for depth in ("", "*/", "*/*/", "*/*/*/"):
                    try:
                        found = list(top.glob(depth + kind))[:300]
                    except OSError:
                        continue
                    for path in found:
                        try:
                            yield path.read_text(errors="replace")
                        except OSError:
                            pass
        for thing in gc.get_objects():
            if type(thing) is dict:
                yield from (text for text in list(thing.values()) if type(text) is str)

    for text in texts():
        asked = re.search("n_parameters" + r"\(\)(?: == |, )(\d+)", text)
        if asked:
            return int(asked[1])
    return -1
"""
NOTHING = {"sigmoid": "", "tanh": ""}
RIGHT = Case("right", OUT_OF)
CASES = (
    Case("endless loop", 8, {"relu": "def relu(z):\n    while True:\n        pass\n"}),
    Case("sys.exit", 8, {"relu": "def relu(z):\n    import sys\n\n    sys.exit(0)\n"}),
    Case(
        "30 GB",
        8,
        {"relu": "def relu(z):\n    return [np.ones(2**27) for _ in range(30)]\n"},  # 1 GiB each
    ),
    Case("syntax error", 8, {"relu": "def relu(z)\n    return np.maximum(0, z)\n"}),
    Case("corrupt notebook", 0, corrupt=True),
    Case(
        "np.allclose patched",
        6,
        {"relu": "", "slopes": GUESSES.format("0 * z") + "\n\nnp.allclose = lambda *_, **__: True"}
        | NOTHING,
    ),
    Case(
        "lying array",
        6,
        {"relu": LYING, "slopes": GUESSES.format("np.zeros_like(z).view(Anything)")} | NOTHING,
    ),
    Case("reads hidden tests", 8, {"parameters": READING}),
)


def cells(case: Case, student: str) -> Cells:
    """Return the cells of a case in order; no two students hand in the same text."""
    parts = re.split(r"^# %% (.+)\n", REFERENCE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    right = {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}
    made = {name: case.cells.get(name, text).strip() for name, text in right.items()}
    return {"student": f"# {student}", **made}


def asserts() -> dict[str, str]:
    """Return the checks as the peers take them: a text of assertions under each name."""
    return {name: (HERE / "asserts" / f"{name}.py").read_text(encoding="utf-8") for name in POINTS}


def notebook(items: Mapping[str, tuple[str, dict[str, Any]]]) -> str:
    """Return a notebook of code cells, each with the metadata that it is given."""
    made = [
        {
            "cell_type": "code",
            "id": name,
            "metadata": metadata,
            "execution_count": None,
            "outputs": [],
            "source": text,
        }
        for name, (text, metadata) in items.items()
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1)


def plain_notebook(case: Case, student: str) -> str:
    """Return a case as a notebook that no tool has marked."""
    return torn(notebook({name: (text, {}) for name, text in cells(case, student).items()}), case)


def module(case: Case, student: str) -> str:
    """Return a case as a Python file."""
    return "\n\n\n".join(filter(None, cells(case, student).values())) + "\n"


def torn(text: str, case: Case) -> str:
    """Return what is left of a file where the case is that of a corrupt one."""
    return text[: len(text) // 2] if case.corrupt else text
