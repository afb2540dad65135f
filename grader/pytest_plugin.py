"""pytest asks a course's questions: each check is a test, ``q05_activations/check.py::tanh``.

    pytest --course . --submission submissions/amina -k tanh

pytest reads this module wherever the package is installed, so it imports nothing of its own; all
else is in :mod:`grader.pytest_checks`, which only ``--submission`` or ``--course`` brings in.
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two options that turn a run of tests into the grading of one submission."""
    group = parser.getgroup("grader", "questions of a course, put to a submission")
    group.addoption(
        "--course",
        dest="grader_course",
        metavar="DIR",
        help="folder of the course whose checks are the tests; by default the nearest one",
    )
    group.addoption(
        "--submission",
        dest="grader_submission",
        metavar="PATH",
        help="whose work is asked: a file, a folder or a zip",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Take over collection where a course or a submission is named."""
    root, work = config.getoption("grader_course"), config.getoption("grader_submission")
    if root or work:
        from grader.pytest_checks import questions

        config.pluginmanager.register(questions(config, root, work), "grader-questions")
