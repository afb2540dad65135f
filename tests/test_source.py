"""The text of a file: what it uses, where its names are, and why Python cannot read it."""

from __future__ import annotations

import gc
import importlib.util
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.errors import CourseError
from grader.model import Course, Place, Source
from grader.source import avoids, place_at, place_of, syntax_problem, uses

TINY = Path(__file__).parent / "courses" / "tiny"


def source(text: str) -> Source:
    """Return a text as if it had been handed in as xor.py."""
    return Source("xor.py", text)


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\ny = np.tanh(1)",
        "import numpy as whatever\ny = whatever.tanh(1)",
        "import numpy\ny = numpy.tanh(1)",
        "import numpy.linalg\ny = numpy.tanh(1)",
        "from numpy import tanh\ny = tanh(1)",
        "from numpy import tanh as t\ny = t(1)",
        "from numpy import *\ny = tanh(1)",
        "def f(x):\n    import numpy as np\n    return np.tanh(x)",
        "import numpy as np\nf = np.tanh",
        "import numpy as np\ny = np.tanh(1).real.shape",
    ],
)
def test_a_name_is_found_however_it_was_imported(text: str) -> None:
    """An author writes np.tanh, and means the function, not its spelling."""
    assert uses(source(text), "np.tanh").ok
    assert uses(source(text), "numpy.tanh", "np", ".tanh" if ".tanh" in text else "np").ok
    assert not avoids(source(text), "np.tanh").ok


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np",
        "# np.tanh(1)",
        "'np.tanh(1)'",
        "import math\ny = math.tanh(1)",
        "tanh = 3\ntanh + 1",
        "import numpy as np\ny = np.tanh_like(1)",
        "np = None",
    ],
)
def test_what_only_looks_alike_is_no_use(text: str) -> None:
    """Comments, texts, other modules and longer names are not np.tanh."""
    assert not uses(source(text), "np.tanh").ok
    assert avoids(source(text), "np.tanh").ok


def test_an_import_alone_is_no_use_but_is_not_avoided_either() -> None:
    """What was imported was not called yet; what must be avoided needs no import."""
    text = source("from sympy import diff\n")
    assert not uses(text, "sympy.diff").ok
    assert not avoids(text, "sympy.diff").ok
    assert not avoids(text, "sympy").ok
    assert avoids(text, "sympy.simplify").ok


def test_keras_is_keras_with_and_without_tensorflow() -> None:
    """The two spellings are one library."""
    for text in (
        "from tensorflow import keras\nm = keras.Sequential()",
        "import tensorflow as tf\nm = tf.keras.Sequential()",
        "import keras\nm = keras.Sequential()",
        "from tensorflow.keras import Sequential\nm = Sequential()",
    ):
        assert uses(source(text), "keras.Sequential", "tf.keras").ok


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("for i in range(3): pass", "for"),
        ("x = [i for i in range(3)]", "for"),
        ("x = 1 if True else 2", "if"),
        ("f = lambda: 1", "lambda"),
        ("while False: pass", "while"),
        ("def f():\n    yield", "yield"),
    ],
)
def test_words_of_python_are_found_in_every_form(text: str, word: str) -> None:
    """A loop is a loop in a comprehension too."""
    assert uses(source(text), word).ok
    assert not avoids(source(text), word).ok
    assert avoids(source("x = 1"), word).ok


def test_bare_names_are_builtins_and_the_students_own() -> None:
    """A method of the same name is something else."""
    text = source("def sigmoid(z): ...\ntanh = 2 * sigmoid(1)\ns = a.sum()\n")
    assert uses(text, "sigmoid", ".sum", "a").ok
    assert not uses(text, "sum").ok
    assert not uses(text, "tanh").ok


def test_findings_read_as_a_student_would_say_it() -> None:
    """What is missing is named; what should not be there is shown with its line."""
    text = source("import numpy as np\nfor i in range(3):\n    while True: pass\n")
    missing = uses(text, "for", "np.tanh")
    assert (missing.shown, missing.expected, missing.got) == (
        "xor.py",
        "code with for, np.tanh",
        "code without np.tanh",
    )
    extra = avoids(text, "while", "for")
    assert extra.expected == "code without while, for"
    assert extra.got == "xor.py, line 2: for i in range(3):"


def test_a_file_that_python_cannot_read_neither_uses_nor_avoids() -> None:
    """A syntax error is no way to be free of loops."""
    for finding in (uses(source("for ("), "for"), avoids(source("for ("), "while")):
        assert (finding.ok, finding.got) == (False, "no Python")


@pytest.mark.parametrize("thing", ["np.tanh(", "", "a b", "else", ".a.b", "@"])
def test_an_author_who_looks_for_nonsense_is_told(thing: str) -> None:
    """A name that can never be found would fail every student, or none."""
    with pytest.raises(CourseError, match="cannot be looked for"):
        uses(source("x = 1"), thing)
    with pytest.raises(CourseError, match="nothing to look for"):
        avoids(source("x = 1"))


def test_the_words_work_in_a_check(tiny: Course) -> None:
    """In a question they are given the student, not the text."""
    exercise = tiny.exercises[1]
    file = TINY / "solutions" / exercise.id / "mistakes" / "loop.py"
    spec = importlib.util.spec_from_file_location("loop", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    check = next(one for one in exercise.checks if one.name == "without_loop")
    assert [finding.ok for finding in check.run(module)] == [True, False]


# Places


TEXT = """\
import numpy as np
from math import (
    pi,
    tau as turn,
)

@decorated
def first():
    inner = 1

class Second: ...

third: int = 3
fourth, (fifth, *sixth) = 4, (5, 6)
if third:
    def seventh(): ...
else:
    third = 4
with open("f") as eighth: ...
ninth = [hidden for hidden in []]
"""


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("np", 1),
        ("pi", 3),
        ("turn", 4),
        ("first", 8),
        ("Second", 11),
        ("third", 18),
        ("fourth", 14),
        ("sixth", 14),
        ("seventh", 16),
        ("eighth", 19),
        ("ninth", 20),
    ],
)
def test_a_top_level_name_has_a_place(name: str, line: int) -> None:
    """The place is where the name is last bound, with the line of code."""
    place = place_of(source(TEXT), name)
    assert place == Place("xor.py", line, TEXT.split("\n")[line - 1].strip())
    assert str(place) == f"xor.py, line {line}"


@pytest.mark.parametrize("name", ["inner", "hidden", "tau", "numpy", "missing", ""])
def test_other_names_have_none(name: str) -> None:
    """What lies inside a function, or nowhere, is not the module's."""
    assert place_of(source(TEXT), name) is None
    assert place_of(source("def first(:"), "first") is None


def test_a_place_shows_a_short_line() -> None:
    """Code is stripped and capped; lines end where Python ends them, not at form feeds."""
    text = source("x = 1\f\n    y = 2\u2028\n" + "z" * 500)
    assert place_at(text, 2) == Place("xor.py", 2, "y = 2")
    long = place_at(text, 3)
    assert long is not None
    assert len(long.code) == 120
    assert [place_at(text, line) for line in (0, -1, 4)] == [None, None, None]


def test_a_line_of_a_notebook_is_told_by_its_cell() -> None:
    """Students know cells, not the module that the cells were joined to."""
    text = Source("work.ipynb", "x = 1\n\ny = (\n", lines=((1, 1), (2, 1), (2, 2)))
    assert str(place_at(text, 3)) == "work.ipynb, cell 2, line 2"
    found = syntax_problem(text)
    assert found is not None
    assert found[0] == "work.ipynb, cell 2, line 2: '(' was never closed"


# Syntax


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = 1\n\ny = (1,\n", "xor.py, line 3: '(' was never closed"),
        ("def f()\n    pass\n", "xor.py, line 1: expected ':'"),
        ("def f():\npass\n", "xor.py, line 2: expected an indented block after function"),
        ("x = 1\n  y = 2\n", "xor.py, line 2: unexpected indent"),
        ("if x = 1:\n", "xor.py, line 1: invalid syntax. Maybe you meant '==' or ':='"),
        ("path = 'C:\\Users\\me'\n", "put an r before the quotes"),
        ("print 'hello'\n", "xor.py, line 1: Missing parentheses in call to 'print'"),
    ],
)
def test_a_syntax_error_opens_with_its_place(text: str, message: str) -> None:
    """File, line and Python's own words, with advice where those are obscure."""
    found = syntax_problem(source(text))
    assert found is not None
    said, place = found
    assert message in said
    assert said.startswith(str(place))
    assert place.code == text.split("\n")[place.line - 1].strip()


def test_a_sound_file_has_no_problem_and_makes_no_noise() -> None:
    """Warnings about a student's text are not the grader's."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert syntax_problem(source("x = '\\d'\ny = 1 is 1\n")) is None
        assert syntax_problem(source("")) is None


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        "x = " + "[" * 150 + "]" * 150,
        "-" * 100_000 + "1",
        "x" + ".y" * 100_000,
        "x" + "()" * 50_000,
        "".join(" " * n + "if 1:\n" for n in range(150)),
        "x = 1" + " + 1" * 20_000,
        "lambda: " * 20_000 + "1",
        "x = '\0'",
        "x = '\ud800'",
        "9" * 10_000,
        "{1:" * 80,
        "f(**" * 80,
    ],
)
def test_nothing_that_can_be_written_breaks_the_reader(text: str) -> None:
    """Deep nesting and broken characters give a problem or none, and never an exception."""
    found = syntax_problem(source(text))
    assert found is None or "xor.py" in found[0]
    assert place_of(source(text), "x") is None or found is None
    assert avoids(source(text), "while").ok == (found is None)


def test_thousands_of_fields_in_one_text_are_not_parsed_where_that_takes_minutes() -> None:
    """Python 3.11 looks through an f-string for each of its fields; later ones read it at once."""
    ordinary = source("x = 1\nprint(f'{x} and {x}')\n" * 1000)
    assert syntax_problem(ordinary) is None
    endless = source("f'" + " " * 300_000 + "{a}" * 20_000 + "'")
    problem = syntax_problem(endless)
    if sys.version_info < (3, 12):
        assert problem is not None
        assert problem[0] == "xor.py has too many fields in f-strings: shorten it"
        assert place_of(endless, "a") is None
        assert not avoids(endless, "for").ok
    else:
        assert problem is None


def test_several_threads_may_read_at_once() -> None:
    """Python's parser loses count of its depth where a finalizer lets another thread parse."""

    class Finalized:
        """Runs some Python whenever the collector finds it."""

        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            sum(range(50))

    def read() -> list[object]:
        return [(Finalized(), syntax_problem(text))[1] for _ in range(8)]

    text = source("x = [(1 + y) * 2 for y in f(3, k=4)]\n" * 300)
    often, seconds = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(100)
    sys.setswitchinterval(1e-4)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = [pool.submit(read) for _ in range(4)]
        assert all(problem is None for one in found for problem in one.result())
    finally:
        gc.set_threshold(*often)
        sys.setswitchinterval(seconds)
