"""Notebooks as students hand them in: which cells count, what is said, what they earn."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import notebook, runner
from grader import submission as submissions
from grader.model import Course, Report, Verdict
from grader.notebook.cells import MAX_CELLS, NotebookError, cells_of
from grader.notebook.headings import announced
from grader.notebook.shell import without_magics
from grader.notebook.writing import notebook_of, pieces
from grader.sandbox import Sandbox

NOTEBOOKS = Path(__file__).parent / "notebooks"
FIRE = "def fire(excite, inhibit):\n    return int(sum(excite) >= 2 and not any(inhibit))\n"


@pytest.fixture(scope="module")
def wall() -> Iterator[Sandbox]:
    """A fork server that has NumPy only, as these exercises need no more."""
    with Sandbox(preload=("numpy",)) as made:
        yield made


def written(*cells: str, marks: dict[int, str] | None = None) -> bytes:
    """Return a notebook; a cell that begins with ``md:`` is text, the others are code."""
    made = []
    for number, text in enumerate(cells, 1):
        kind = "markdown" if text.startswith("md:") else "code"
        cell = {"cell_type": kind, "metadata": {}, "source": text.removeprefix("md:")}
        if kind == "code":
            cell |= {"outputs": [], "execution_count": None}
        if number in (marks or {}):
            cell["metadata"] = {"grader": {"exercise": (marks or {})[number]}}
        made.append(cell)
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": made}).encode()


def read(the_course: Course, *cells: str, **more: dict[int, str]) -> notebook.Notebook:
    """Read a notebook that was written on the spot."""
    return notebook.read(written(*cells, **more), "work.ipynb", the_course)


def graded(name: str, the_course: Course, wall: Sandbox, *only: str) -> Report:
    """Grade one of the notebooks beside these tests."""
    submission = submissions.read(NOTEBOOKS / name, the_course)
    return runner.grade(the_course, submission, wall, seed=1, only=only)


# Notebooks written as students write them


@pytest.mark.parametrize("name", ["out_of_order.ipynb", "colab.ipynb", "jupytext.ipynb"])
def test_whole_notebooks_earn_everything(name: str, shipped: Course, wall: Sandbox) -> None:
    """Out of order, from Colab, from an editor: Question 2 passes, and its words are read."""
    (result,) = graded(name, shipped, wall, "q02_xor").results
    assert (result.points, result.out_of) == (10, 10), result.outcomes
    (words,) = (one for one in result.outcomes if one.verdict is Verdict.AWAITING)
    assert "veto" in words.findings[0].got


def test_what_raised_is_noted_with_its_cell(shipped: Course, wall: Sandbox) -> None:
    """A cell that runs too early raises by itself, and the cells after it are run all the same."""
    (result,) = graded("out_of_order.ipynb", shipped, wall, "q02_xor").results
    (note,) = result.notes
    assert "out_of_order.ipynb, cell 4, line 1 raised `NameError`: name 'fire' is not" in note
    assert "run all the same" in note


def test_a_syntax_error_costs_its_own_cell_only(shipped: Course, wall: Sandbox) -> None:
    """What else is in a half-finished notebook counts, and the error is said with cell and line."""
    report = graded("half_finished.ipynb", shipped, wall, "q02_xor")
    (result,) = report.results
    verdicts = {one.name: one.verdict for one in result.outcomes}
    assert (verdicts["fire"], verdicts["legal"]) == (Verdict.PASSED, Verdict.TODO)
    assert verdicts["one_neuron"] is Verdict.TODO
    assert result.points == 2
    notes = "\n".join(result.notes)
    assert "half_finished.ipynb, cell 6, line 2: '{' was never closed" in notes
    assert "cell 7, line 1 raised `AssertionError`: why?" in notes


def test_names_tell_where_nothing_else_does(tiny: Course, wall: Sandbox) -> None:
    """Without headings and marks the names decide, and the report says that it was a guess."""
    report = graded("no_headings.ipynb", tiny, wall)
    assert [(one.points, one.out_of) for one in report.results] == [(4, 4), (4, 4)]
    assert (
        "Cells 4 and 6 were taken for this exercise by the names in it"
        in report.results[0].notes[0]
    )
    assert any("cell 1, line 1: `!pip install numpy matplotlib`" in note for note in report.notes)


def test_an_old_format_is_read(tiny: Course, wall: Sandbox) -> None:
    """Version 3 of the format, with heading cells, counts like any other."""
    report = graded("old_format.ipynb", tiny, wall)
    assert [(one.submitted, one.points) for one in report.results] == [(True, 3), (False, 0)]
    hidden = report.results[0].outcomes[-1]
    assert str(hidden.place) == "old_format.ipynb, cell 4, line 2"


def test_the_notebook_that_students_get_holds_the_whole_course(tiny: Course, wall: Sandbox) -> None:
    """With the references in its cells it earns everything, as the modules do."""
    raw = json.loads(notebook_of(tiny))
    for exercise in tiny.exercises:
        assert exercise.private
        solved = (exercise.private / f"{exercise.module}.py").read_text(encoding="utf-8")
        mine = [
            c
            for c in raw["cells"]
            if c["metadata"].get("grader", {}).get("exercise") == exercise.id
        ]
        for cell, text in zip(mine[1:-1], pieces(solved), strict=True):
            cell["source"] = text
    found = notebook.read(json.dumps(raw).encode(), "exercises.ipynb", tiny)
    assert not found.notes
    assert not any(found.remarks.values())
    submission = submissions.Submission("a student", Path("exercises.ipynb"), found.sources)
    report = runner.grade(tiny, submission, wall, seed=1)
    assert (report.points, report.out_of) == (8, 8)


def test_the_notebook_is_the_same_every_time_and_valid(shipped: Course) -> None:
    """It has a task, the stub's cells and a cell to check for each exercise, and a valid format."""
    import nbformat

    text = notebook_of(shipped)
    assert text == notebook_of(shipped)
    made = nbformat.reads(text, as_version=4)
    nbformat.validate(made)
    sources = [cell.source for cell in made.cells]
    assert sources[1] == "%load_ext grader"
    assert [s for s in sources if s.startswith("%grade")] == [f"%grade q{n}" for n in range(1, 11)]
    assert any(source.startswith("# Q2: XOR from original neurons") for source in sources)
    found = notebook.read(text.encode(), "exercises.ipynb", shipped)
    assert set(found.sources) == {exercise.id for exercise in shipped.exercises}
    for exercise in shipped.exercises:
        stub = ast.parse(exercise.stub)
        names = {node.name for node in stub.body if isinstance(node, ast.FunctionDef)}
        assert names <= {
            node.name
            for node in ast.parse(found.sources[exercise.id].text).body
            if isinstance(node, ast.FunctionDef)
        }


# Where cells belong


def test_a_mark_counts_before_a_heading_and_a_heading_before_names(tiny: Course) -> None:
    """A moved cell keeps its mark; a helper of another exercise's name stays where it stands."""
    moved = read(
        tiny,
        "md:# Q2: A moving average",
        "def area(radius):\n    return 1",
        "def moving_average(values, width):\n    return area(values)",
        marks={2: "q01_circle"},
    )
    assert "area" in moved.sources["q01_circle"].text
    assert "Cell 2 was run as well, for `area`." in moved.remarks["q02_smooth"]
    stayed = read(
        tiny,
        "md:# Q1",
        "def area(radius):\n    return 3",
        "md:# Q2",
        "def area(radius):\n    return 0\ndef moving_average(values, width):\n    return values",
    )
    assert "return 0" not in stayed.sources["q01_circle"].text


def test_a_cell_under_the_wrong_heading_is_found_by_its_names(tiny: Course) -> None:
    """Where the heading of an exercise was deleted, its cells are not lost."""
    found = read(tiny, "md:## Q1", "def area(r): pass", "def moving_average(v, w): pass")
    assert "moving_average" in found.sources["q02_smooth"].text
    assert "moving_average" not in found.sources["q01_circle"].text
    assert "by the names in it: `moving_average`" in found.remarks["q02_smooth"][0]


def test_imports_and_helpers_are_shared(tiny: Course) -> None:
    """What stands above the first exercise is for all; what another exercise has is borrowed."""
    found = read(
        tiny,
        "import numpy as np",
        "md:# Q1",
        "import math\ndef square(x): return x * x",
        "def area(r): return math.pi * square(r)",
        "md:# Q2",
        "def moving_average(v, w): return np.mean(square(v))",
        "md:# Scratch",
        "square = None",
    )
    text = found.sources["q02_smooth"].text
    assert text.index("import numpy") < text.index("def square") < text.index("def moving_average")
    assert "area" not in text
    assert "square = None" not in text
    assert found.remarks["q02_smooth"] == ("Cell 3 was run as well, for `square`.",)


def test_of_two_copies_the_finished_one_counts(tiny: Course) -> None:
    """A stub below the finished function does not undo it; of two finished ones the last counts."""
    done, other = "def area(r):\n    return 1\n", "def area(r):\n    return 2\n"
    stub = "def area(r):\n    raise NotImplementedError\nx = 1"
    found = read(tiny, "md:# Q1", done, stub)
    assert "NotImplementedError" not in found.sources["q01_circle"].text
    assert "x = 1" in found.sources["q01_circle"].text
    assert found.remarks["q01_circle"] == ("Cells 2 and 3 define `area`: cell 2 counts.",)
    later = read(tiny, "md:# Q1", done, other)
    assert later.remarks["q01_circle"] == ("Cells 2 and 3 define `area`: cell 3 counts.",)


def test_a_notebook_named_like_an_exercise_needs_no_heading(tmp_path: Path, tiny: Course) -> None:
    """``circle.ipynb`` is Question 1 from its first cell on."""
    (tmp_path / "circle (1).ipynb").write_bytes(written("x = 2", "def area(r): return x"))
    found = submissions.read(tmp_path, tiny)
    assert set(found.sources) == {"q01_circle"}
    assert found.remarks["q01_circle"] == ()


def test_only_broken_cells_are_a_problem_of_the_exercise(tiny: Course, wall: Sandbox) -> None:
    """Where no cell of an exercise can be read, its problem names cell and line."""
    found = read(tiny, "import math", "md:# Q1", "def area(r):\n    return (r\n")
    submission = submissions.Submission("s", Path("work.ipynb"), found.sources)
    result = runner.grade(tiny, submission, wall, seed=1, only=["q01_circle"]).results[0]
    assert result.problem == "work.ipynb, cell 3, line 2: '(' was never closed"


@pytest.mark.parametrize(
    ("heading", "exercise"),
    [
        ("Q2", "q02_smooth"),
        ("Question 2: whatever", "q02_smooth"),
        ("Exercise 02", "q02_smooth"),
        ("**Aufgabe 1**", "q01_circle"),
        ("q01_circle", "q01_circle"),
        ("smooth", "q02_smooth"),
        ("Part A. A moving average", "q02_smooth"),
        ("A moving averge", "q02_smooth"),
        ("1. Circles and rings", "q01_circle"),
        ("1. Load the data", None),
        ("Question 12", None),
        ("What to do", None),
    ],
)
def test_headings_announce_exercises(tiny: Course, heading: str, exercise: str | None) -> None:
    """By number, id, module or title, also a little misspelt; other headings announce nothing."""
    found = announced(heading, tiny)
    assert (found.id if found else None) == exercise


# Magics


@pytest.mark.parametrize(
    ("cell", "text", "unrun"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1", []),
        ("!pip install a \\\n  b\nx = 1", "pass\n\nx = 1", [1]),
        ("%%time\nx = f()", "pass\nx = f()", []),
        ("%time x = f()", "x = f()", []),
        ("%%bash\nrm -rf /", "\n", [1]),
        ("if x:\n    !ls\ny = !ls", "if x:\n    pass\npass", [2, 3]),
        ("x?\n?np.sin\nnp.sin??", "pass\npass\npass", []),
        ('s = """\n!no\n%d\n"""\n!yes', 's = """\n!no\n%d\n"""\npass', [5]),
        ("f(\n  '!', # )\n)\n%pip list", "f(\n  '!', # )\n)\npass", [4]),
    ],
)
def test_what_only_notebooks_understand_is_not_run(cell: str, text: str, unrun: list[int]) -> None:
    """Lines keep their numbers; what changes the work is noted, what only draws is not."""
    plain = without_magics(cell)
    assert plain.text == text
    assert [line for line, _ in plain.unrun] == unrun


@pytest.mark.parametrize(
    "text", [" " * 200_000, "a " * 100_000 + "%", "'" * 200_000, "!x\n" * 60_000]
)
def test_hostile_cells_are_read_in_one_pass(text: str) -> None:
    """No text makes the search for magics go back and forth: the lines are all there."""
    assert without_magics(f"(\n{text}").text.count("\n") == text.count("\n") + 1


# Files that are no notebooks, and hostile ones


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"{", "is damaged (line 1)"),
        (b"\xff\xfe\x00", "is damaged"),
        (b"[1, 2]", "is no notebook"),
        (b'{"nbformat": "4"}', "is no notebook"),
        (b'{"nbformat": true}', "is no notebook"),
        (b'{"nbformat": 9, "cells": []}', "too new"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" + b"0," * 3_000_001 + b"0]", "too many values"),
        (b'{"nbformat": 3, "worksheets": 7}', "is damaged"),
        (b'{"nbformat": ' + b"9" * 5000 + b"}", "is damaged"),
    ],
)
def test_what_is_no_notebook_is_told(data: bytes, said: str) -> None:
    """Each says what is wrong and what to do, and none takes the grader down."""
    with pytest.raises(NotebookError, match=r"^(is|has|holds) ") as error:
        cells_of(data)
    assert said in str(error.value)


def test_odd_parts_are_passed_over() -> None:
    """Cells without text, of odd types, or no cells at all leave the others as they are."""
    cells = [
        {"cell_type": "code", "source": ["x", 1, "y"], "metadata": [], "outputs": 7},
        7,
        {"cell_type": {}, "source": "a", "metadata": {}},
        {"source": "b"},
        {"cell_type": "code", "source": "\ud800\r\nz", "metadata": {"grader": {"exercise": []}}},
    ]
    found = cells_of(json.dumps({"nbformat": 4, "metadata": 3, "cells": cells}).encode())
    assert [cell.text for cell in found] == ["xy", "", "", "\N{REPLACEMENT CHARACTER}\nz"]
    assert [cell.is_code for cell in found] == [True, False, False, True]
    with pytest.raises(NotebookError, match="cells"):
        cells_of(written(*["x"] * (MAX_CELLS + 1)))
    with pytest.raises(NotebookError, match="characters"):
        cells_of(written("x" * 1_000_001))


def test_large_outputs_are_not_looked_at(tmp_path: Path, tiny: Course) -> None:
    """Twenty megabytes of pictures below a cell change nothing."""
    raw = json.loads(written("md:# Q1", "def area(r): return r"))
    picture = {"image/png": "A" * 20_000_000}
    raw["cells"][1]["outputs"] = [{"output_type": "display_data", "data": picture}]
    path = tmp_path / "work.ipynb"
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert "def area" in submissions.read(path, tiny).sources["q01_circle"].text


# Several files


def test_modules_and_notebooks_are_mixed(tmp_path: Path, tiny: Course) -> None:
    """A module counts before cells; of several notebooks the one that is sure; all is said."""
    (tmp_path / "circle.py").write_text("def area(r): return r\n", encoding="utf-8")
    (tmp_path / "a.ipynb").write_bytes(written("md:# Q1", "def area(r): return 0"))
    (tmp_path / "b.ipynb").write_bytes(written("md:# Q2", "def moving_average(v, w): return 1"))
    (tmp_path / "c.ipynb").write_bytes(written("def moving_average(v, w): return 2"))
    (tmp_path / "d.ipynb").write_bytes(written("print('my diary')"))
    found = submissions.read(tmp_path, tiny)
    files = {exercise: source.file for exercise, source in found.sources.items()}
    assert files == {"q01_circle": "circle.py", "q02_smooth": "b.ipynb"}
    notes = "\n".join(found.notes)
    assert "Q1: circle.py counts, not its cells in a.ipynb" in notes
    assert "Q2 is in b.ipynb, c.ipynb: b.ipynb was read" in notes
    assert "d.ipynb holds no exercise: put each one under a heading such as “Q1”" in notes
