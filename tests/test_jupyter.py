"""The magic in a real notebook with a real kernel."""

from __future__ import annotations

import re
import shutil
import warnings
from pathlib import Path
from typing import Any

import pytest

from grader import course
from grader.jupyter import Magic, Shown
from grader.notebook.live import source_from
from grader.notebook.writing import notebook_of

TINY = Path(__file__).parent / "courses" / "tiny"
AREA = "def area(radius):\n    return 3 * np.square(radius)"


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The outputs of a notebook that a student worked in, by the cell's text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries that run a kernel
        import nbformat
        from nbclient import NotebookClient

        root = tmp_path_factory.mktemp("course")
        shutil.copytree(TINY, root, dirs_exist_ok=True)
        made = nbformat.reads(notebook_of(course.load(root)), as_version=4)
        made.cells[1:1] = [
            nbformat.v4.new_code_cell("import numpy as np\n%matplotlib inline"),
            nbformat.v4.new_code_cell(AREA.replace("3", "np.pi")),
        ]
        for cell in made.cells:
            cell.source = AREA if 'def area(radius):\n    """' in cell.source else cell.source
        # The student runs a cell, deletes it, and asks again.
        more = ["%grade q1 --hint", "%grade q1 --hint ", "%grade q3", "%grade", "%grade --all"]
        more += ["area = lambda radius: np.pi * radius**2\n%grade circle", "area(1.0)"]
        made.cells += [nbformat.v4.new_code_cell(source) for source in more]
        NotebookClient(made, timeout=120, resources={"metadata": {"path": str(root)}}).execute()
    return {cell.source: cell.outputs for cell in made.cells if cell.cell_type == "code"}


def shown(outputs: Any) -> tuple[str, str]:
    """Return the one output of a cell, as HTML and as text."""
    (output,) = outputs
    return output.data["text/html"], output.data["text/plain"]


def test_the_last_definition_that_was_run_is_checked(executed: dict[str, Any]) -> None:
    """The gap is shown with the cell's number in brackets, and it is said that this is advice."""
    html, text = shown(executed["%grade q1"])
    assert re.search(r"Expected +7\.069\n", text)
    assert re.search(r"Yours +6\.75\n", text)
    assert re.search(r"this notebook, cell \d+, line 1: def area\(radius\):", text)
    assert "0 of 2 visible checks pass. 1 hidden one runs when it is graded." in text
    assert "What counts is the saved notebook" in text
    assert "passed" not in text
    assert "<dd><code>6.75</code></dd>" in html
    assert "What counts is the saved notebook" in html


def test_a_later_definition_counts_at_once(executed: dict[str, Any]) -> None:
    """The cell that asks may define; the notebook's own names stay as they are."""
    html, text = shown(executed["area = lambda radius: np.pi * radius**2\n%grade circle"])
    assert "PASS" in text
    assert "<strong>Pass</strong> The area of a circle" in html
    assert executed["area(1.0)"][0].data["text/plain"].startswith(("3.14", "np.float64(3.14"))


def test_hints_come_one_at_a_time(executed: dict[str, Any]) -> None:
    """The second request shows the second level, and that it is the last."""
    _, first = shown(executed["%grade q1 --hint"])
    html, second = shown(executed["%grade q1 --hint "])
    assert "Hint 1 of 2  Multiply the radius by itself" in first
    assert "Hint 2 of 2  NumPy calls π np.pi." in second
    assert "<code>np.pi</code>" in html
    assert "last hint" in second


def test_all_exercises_at_once_and_wrong_words(executed: dict[str, Any]) -> None:
    """``--all`` shows each exercise; a wrong word is answered in one line, without a traceback."""
    _, text = shown(executed["%grade --all"])
    assert " Q1  Circles and rings" in text
    assert " Q2  A moving average" in text
    assert shown(executed["%grade q3"])[1].startswith("error: 'q3' is no exercise")
    assert "write %grade q1" in shown(executed["%grade"])[1]


def test_outputs_keep_the_rules_of_pages(executed: dict[str, Any]) -> None:
    """No script, no style attribute, no handler, no address; every style is its own piece's."""
    pieces = [
        output.data["text/html"]
        for outputs in executed.values()
        for output in outputs
        if "text/html" in output.get("data", {})
    ]
    assert len(pieces) == 8
    for html in pieces:
        assert not re.search(r"<script|\sstyle=|\son\w+=|https?:|url\(|@import", html)
        css = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
        assert css
        selectors = re.findall(r"^(.*?) \{", css[1], re.MULTILINE)
        assert selectors
        assert all(
            one.strip().startswith(".grader-cell") for s in selectors for one in s.split(",")
        )


class Shell:
    """A shell whose history a test writes."""

    def __init__(self, *cells: str) -> None:
        self.history_manager = self
        self.input_hist_raw = ["", *cells]


def test_hostile_texts_do_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a student's code says is shown as text, in HTML and on a terminal."""
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    magic = Magic(Shell("def area(r):\n    raise ValueError('<script>\\x1b[31m</style>')"))
    try:
        answer = magic._answer(["q1"])
    finally:
        magic.close()
    assert isinstance(answer, Shown)
    bundle = answer._repr_mimebundle_()
    assert "&lt;script&gt;" in bundle["text/html"]
    assert "<script>" not in bundle["text/html"]
    assert "\x1b" not in bundle["text/html"] + bundle["text/plain"] + repr(answer)
    assert magic._answer(["q2"]).text.startswith("Nothing of Q2 has been run yet")


def test_only_what_is_needed_is_run_again() -> None:
    """Training, plots and earlier versions of a cell stay out; what a function needs is in."""
    circle = course.load(TINY).exercises[0]
    history = enumerate(
        [
            "import numpy as np",
            "half = 1",
            "def area(r): return np.pi * r * half",
            "train_for_an_hour()",
            "half = 0.5",
            "def area(r): return (",
            "%grade q1",
        ],
        1,
    )
    source = source_from(history, circle)
    assert source is not None
    assert source.text.split("\n")[:3] == [
        "import numpy as np",
        "def area(r): return np.pi * r * half",
        "half = 0.5",
    ]
    assert [cell for cell, _ in source.lines] == [1, 3, 5]
