"""A course is a folder: what is read from it, and what its author is told about slips."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader import course
from grader.errors import CourseError
from grader.model import Check, Course

TINY = Path(__file__).parent / "courses" / "tiny"
STUB = "def xor(a, b):\n    raise NotImplementedError\n"
CHECK = '''\
from grader import check, equal


@check(points=2)
def table(student):
    """Right"""
    yield equal(student.xor(0, 1), 1)
'''
HIDDEN = CHECK.replace("def table", "def more")


def build(root: Path, files: Mapping[str, str | None] | None = None) -> Path:
    """Write a course of one exercise, with some files replaced, added or (None) left out."""
    default = {
        "exercises/q02_xor/README.md": "# Exclusive or\n\nWrite it.\n",
        "exercises/q02_xor/xor.py": STUB,
        "exercises/q02_xor/check.py": CHECK,
    }
    for name, text in {**default, **(files or {})}.items():
        if text is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return root


def names(checks: Sequence[Check]) -> list[str]:
    """Return the names of checks."""
    return [check.name for check in checks]


def complaint(root: Path) -> str:
    """Return what the author of a course is told, without the folder's own name."""
    with pytest.raises(CourseError) as caught:
        course.load(root)
    return str(caught.value).replace(f"{root}/", "").replace(str(root), "ROOT")


# Reading


def test_the_tiny_course_is_read_whole(tiny: Course) -> None:
    """Title, statement, stub, module, files, points and labels all come from the folder."""
    assert (tiny.title, tiny.root) == ("A tiny course", TINY)
    circle, smooth = tiny.exercises
    assert (circle.id, circle.label, circle.title) == ("q01_circle", "Q1", "Circles and rings")
    assert (circle.module, circle.points) == ("circle", 4)
    assert circle.statement.startswith("# Circles and rings\n")
    assert circle.stub == (circle.folder / "circle.py").read_text(encoding="utf-8")
    assert circle.private == TINY / "solutions" / "q01_circle"
    assert circle.provided == ()
    assert smooth.provided == (smooth.folder / "readings.csv",)


def test_checks_come_in_order_and_hidden_ones_last(tiny: Course) -> None:
    """The folder alone decides what is hidden, and after= names the very check that is asked."""
    area, ring, arrays = tiny.exercises[0].checks
    assert names((area, ring, arrays)) == ["area", "ring", "ring_of_arrays"]
    assert [area.hidden, ring.hidden, arrays.hidden] == [False, False, True]
    assert [area.after, ring.after, arrays.after] == [None, area, ring]


def test_a_copy_without_solutions_still_serves(tmp_path: Path) -> None:
    """Students have no solutions: then nothing is hidden."""
    (one,) = course.load(build(tmp_path)).exercises
    assert one.private is None
    assert names(one.checks) == ["table"]


def test_hidden_checks_may_follow_each_other(tmp_path: Path) -> None:
    """Marking them hidden keeps the chain of after= whole."""
    last = '\n\n@check(after=more)\ndef last(student):\n    """Last"""\n    yield equal(1, 1)\n'
    (one,) = course.load(build(tmp_path, {"solutions/q02_xor/hidden.py": HIDDEN + last})).exercises
    table, more, final = one.checks
    assert names(one.checks) == ["table", "more", "last"]
    assert final.after is more
    assert (table.hidden, more.hidden, final.hidden) == (False, True, True)


def test_authors_can_import_what_lies_beside_check(tmp_path: Path) -> None:
    """Bare names work while the questions load, and leave no trace: nothing is on the path."""
    helper = "from dataclasses import dataclass\n\n\n@dataclass\nclass Truth:\n    value: int = 1\n"
    files = {
        "exercises/q02_xor/truths.py": f"from __future__ import annotations\n{helper}",
        "exercises/q02_xor/check.py": f"from truths import Truth\n{CHECK}",
        "solutions/q02_xor/hidden.py": f"from check import Truth, table\n{HIDDEN}",
    }
    path = list(sys.path)
    (one,) = course.load(build(tmp_path, files)).exercises
    assert names(one.checks) == ["table", "more"]
    assert one.provided == (one.folder / "truths.py",)
    assert sys.path == path
    assert not {"truths", "check", "hidden", "xor"} & set(sys.modules)


def test_loading_leaves_nothing_behind_and_sees_every_edit(tmp_path: Path) -> None:
    """No byte code is written, and an edit within the same second counts."""
    root = build(tmp_path)
    assert names(course.load(root).exercises[0].checks) == ["table"]
    build(root, {"exercises/q02_xor/check.py": CHECK.replace("table", "tabel")})
    assert names(course.load(root).exercises[0].checks) == ["tabel"]
    assert list(root.rglob("__pycache__")) == []


def test_a_name_with_an_underscore_is_no_question(tmp_path: Path) -> None:
    """Drafts can stay in the file."""
    draft = CHECK + CHECK.replace("def table", "def _draft")
    (one,) = course.load(build(tmp_path, {"exercises/q02_xor/check.py": draft})).exercises
    assert names(one.checks) == ["table"]


def test_what_is_hidden_or_for_the_judge_is_not_provided(tmp_path: Path) -> None:
    """Students get the files beside the stub, and nothing of the questions."""
    files = dict.fromkeys(("data.csv", ".notes", "__pycache__/x.pyc", "judge/labels.csv"), "")
    root = build(tmp_path, {f"exercises/q02_xor/{name}": text for name, text in files.items()})
    (one,) = course.load(root).exercises
    assert [file.name for file in one.provided] == ["data.csv"]


@pytest.mark.parametrize(
    ("files", "title"),
    [
        ({"course.toml": '[course]\ntitle = "Networks"\n', "README.md": "# Other\n"}, "Networks"),
        ({"course.toml": "[late]\ndays = 3\n", "README.md": "text\n\n# Other\n"}, "Other"),
        ({"README.md": "No heading\n"}, "folder"),
        ({}, "folder"),
    ],
)
def test_a_course_has_a_title(tmp_path: Path, files: dict[str, str], title: str) -> None:
    """From course.toml, else from the README, else the folder's name."""
    assert course.load(build(tmp_path / "folder", files)).title == title


def test_a_course_can_be_read_before_its_questions_are_imported(tmp_path: Path) -> None:
    """Texts come at once; the first look at a question imports all of them, each only once."""
    note = "import sys\nsys.modules.setdefault('noted', []).append(__file__)\n"
    noted: list[str] = []
    sys.modules["noted"] = noted
    root = build(
        tmp_path,
        {
            "exercises/q02_xor/check.py": note + CHECK,
            "exercises/q03_and/README.md": "# And\n",
            "exercises/q03_and/conjunction.py": STUB,
            "exercises/q03_and/check.py": note + CHECK,
        },
    )
    try:
        first, second = course.read(root).exercises
        assert (first.title, first.module, noted) == ("Exclusive or", "xor", [])
        with ThreadPoolExecutor(2) as pool:
            looks = list(pool.map(lambda one: one.checks[0], (first, second, first, second)))
    finally:
        del sys.modules["noted"]
    assert looks[0] is looks[2] is first.checks[0]
    assert looks[1] is looks[3] is second.checks[0]
    assert sorted(Path(file).parent.name for file in noted) == ["q02_xor", "q03_and"]


def test_a_fault_in_any_question_is_told_at_the_first_look(tmp_path: Path) -> None:
    """Nobody grades half a class before the other exercise's page turns out to be broken."""
    root = build(
        tmp_path,
        {
            "exercises/q03_and/README.md": "# And\n",
            "exercises/q03_and/conjunction.py": STUB,
            "exercises/q03_and/check.py": "x = \n",
        },
    )
    first, _ = course.read(root).exercises
    with pytest.raises(CourseError, match=r"q03_and/check\.py, line 1"):
        len(first.checks)


# Finding


@pytest.mark.parametrize(
    "word", ["q2", "Q2", "02", "2", "q02", "Q02_Smooth", "smooth", "smooth.py"]
)
def test_an_exercise_has_many_names(tiny: Course, word: str) -> None:
    """Number, id and module all mean it."""
    assert course.find_exercise(tiny, word).id == "q02_smooth"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("smoth", "did you mean q02_smooth?"),
        ("q01_cirle", "did you mean q01_circle?"),
        ("7", "it has q01_circle, q02_smooth"),
        ("", "it has q01_circle, q02_smooth"),
    ],
)
def test_a_wrong_name_gets_a_suggestion(tiny: Course, word: str, said: str) -> None:
    """And always the list of what there is."""
    with pytest.raises(CourseError, match=r"is no exercise of this course") as caught:
        course.find_exercise(tiny, word)
    assert said in str(caught.value)


def test_a_number_that_two_exercises_share_is_ambiguous(tmp_path: Path) -> None:
    """The whole name tells them apart."""
    files = {
        "exercises/q02_and/README.md": "# And\n",
        "exercises/q02_and/conjunction.py": STUB,
        "exercises/q02_and/check.py": CHECK,
    }
    both = course.load(build(tmp_path, files))
    with pytest.raises(CourseError, match="'q2' may be any of q02_and, q02_xor"):
        course.find_exercise(both, "q2")
    assert course.find_exercise(both, "q02_and").module == "conjunction"


def test_the_nearest_course_is_at_or_above(tmp_path: Path) -> None:
    """From a file deep inside it, and past folders that are only called exercises."""
    root = build(tmp_path)
    inner = root / "exercises" / "q02_xor" / "xor.py"
    assert course.nearest(root) == course.nearest(inner) == root
    homework = root / "homework" / "exercises"
    homework.mkdir(parents=True)
    assert course.nearest(homework) == root


# Slips


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"README.md": None}, "exercises/q02_xor/README.md is missing"),
        ({"README.md": "Text\n"}, "exercises/q02_xor/README.md, line 1: start with the title"),
        ({"check.py": None}, "exercises/q02_xor/check.py is missing"),
        ({"check.py": "x = 1\n"}, "exercises/q02_xor/check.py asks nothing"),
        (
            {"xor.py": None},
            "needs one stub, a .py file that raises NotImplementedError: it has none",
        ),
        ({"xor.py": "x = 1\n"}, "it has none"),
        ({"other.py": STUB}, "it has other.py and xor.py"),
        ({"xor.py": None, "x-or.py": STUB}, "Python cannot import a module of this name"),
        ({"xor.py": "def f(:\n"}, "exercises/q02_xor/xor.py, line 1: invalid syntax"),
        ({"data/a.csv": ""}, "exercises/q02_xor/data is a folder"),
    ],
)
def test_an_incomplete_exercise_is_told_what_is_missing(
    tmp_path: Path, files: dict[str, str | None], said: str
) -> None:
    """The message names the file and what to mend."""
    root = build(tmp_path, {f"exercises/q02_xor/{name}": text for name, text in files.items()})
    assert said in complaint(root)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nimport nowhere\n", "line 2: ModuleNotFoundError: No module named 'nowhere'"),
        ("x = (\n", "line 1: SyntaxError: '(' was never closed"),
        ("def f():\n    return 1 / 0\n\n\nf()\n", "line 2: ZeroDivisionError"),
        ("raise SystemExit(3)\n", "line 1: SystemExit: 3"),
        (CHECK.replace('"""Right"""', "..."), "line 4: check 'table' has no docstring"),
        (CHECK.replace("(points=2)", ""), "line 4: @check needs parentheses"),
        (CHECK.replace("points=2", "points=-1"), "line 4: check 'table' has points=-1"),
        (CHECK.replace("points=2", "points='two'"), "line 4: check 'table' has points='two'"),
        (CHECK.replace("points=2", "points=float('nan')"), "check 'table' has points=nan"),
        (CHECK.replace("points=2", "seconds=0"), "line 4: check 'table' has seconds=0"),
        (CHECK + CHECK, "line 12: a second 'table'; rename one"),
        (f"{CHECK}\n_table = table\ntable = 3\n", "asks nothing"),
        (f"{CHECK}\nother = check()(table.run)\n", "is the name of another check"),
        (
            CHECK.replace("table", "_table") + CHECK.replace("points=2", "after=_table"),
            "line 11: check 'table' comes after '_table', which is not asked before it",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_shown_with_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    """Authors get file, line and reason, from public and from hidden questions alike."""
    message = complaint(build(tmp_path / "public", {"exercises/q02_xor/check.py": text}))
    assert message.startswith("exercises/q02_xor/check.py")
    assert said in message
    if "asks nothing" not in said:
        hidden = text.replace("def table", "def more")
        message = complaint(build(tmp_path / "private", {"solutions/q02_xor/hidden.py": hidden}))
        assert message.startswith("solutions/q02_xor/hidden.py")


def test_a_check_may_be_worth_nothing(tmp_path: Path) -> None:
    """An answer that a person reads earns no points by machine."""
    text = CHECK.replace("points=2", "points=0")
    (one,) = course.load(build(tmp_path, {"exercises/q02_xor/check.py": text})).exercises
    assert one.points == 0


def test_a_hidden_check_needs_a_name_of_its_own(tmp_path: Path) -> None:
    """Reports and mistakes tell checks by name."""
    said = complaint(build(tmp_path, {"solutions/q02_xor/hidden.py": CHECK}))
    assert said.startswith("solutions/q02_xor/hidden.py, line 4: check 'table' is the name of")


def test_a_folder_without_exercises_is_no_course(tmp_path: Path) -> None:
    """The message says what a course is."""
    assert complaint(tmp_path).startswith("ROOT has no folder exercises/")
    (tmp_path / "exercises" / ".git").mkdir(parents=True)
    assert complaint(tmp_path).startswith("exercises is empty")


def test_folders_that_no_exercise_can_have_are_named(tmp_path: Path) -> None:
    """A misspelt folder of solutions would hide its questions from everybody."""
    said = complaint(build(tmp_path, {"solutions/q02_xro/hidden.py": HIDDEN}))
    assert said == "solutions/q02_xro belongs to no exercise: did you mean q02_xor?"
    said = complaint(build(tmp_path / "two", {"exercises/Q 3/README.md": "# Three\n"}))
    assert said.startswith("exercises/Q 3: an exercise's name is made of letters")


def test_two_exercises_cannot_share_a_module(tmp_path: Path) -> None:
    """A submission is told by its file name, on systems without case too."""
    files = {
        "exercises/q03_more/README.md": "# More\n",
        "exercises/q03_more/XOR.py": STUB,
        "exercises/q03_more/check.py": CHECK,
    }
    said = complaint(build(tmp_path, files))
    assert said.startswith("exercises/q03_more/XOR.py: q02_xor has a stub of that name too")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[course\n", "course.toml: Expected ']' at the end of a table declaration (at line 1"),
        ("[course]\ntitle = 3\n", "course.toml: [course] title must be text"),
        ("course = 3\n", "course.toml: course must be a table: start it with [course]"),
    ],
)
def test_settings_that_cannot_be_read_are_named(tmp_path: Path, text: str, said: str) -> None:
    """With the line, where there is one."""
    assert complaint(build(tmp_path, {"course.toml": text})).startswith(said)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """Statements are shown to students: every character counts."""
    root = build(tmp_path)
    (root / "exercises" / "q02_xor" / "README.md").write_bytes(b"# Andr\xe9\n")
    assert complaint(root) == "exercises/q02_xor/README.md: byte 6 is not UTF-8; save it as UTF-8"
