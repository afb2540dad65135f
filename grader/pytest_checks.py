"""The tests that pytest makes of checks: one file an exercise, one item a check."""

from __future__ import annotations

import secrets
from collections.abc import Generator, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from grader import course, runner, wording
from grader import submission as submissions
from grader.asking import Outcomes, ask_one, innermost, outcome_of
from grader.errors import GraderError
from grader.model import Check, Course, Exercise, Outcome, Submission, Verdict
from grader.render import account
from grader.render.numerals import points
from grader.render.untrusted import excerpt
from grader.render.visibility import veiled
from grader.sandbox import SAFE, Sandbox, Session
from grader.sandbox.preload import needed
from grader.sandbox.remote import StudentFault

SEED = "grader_seed"  # what xdist's workers are told, so that all draw the same inputs


def questions(config: pytest.Config, root: str | None, work: str | None) -> Questions:
    """Return the plug-in for a course and a submission.

    Raises :class:`pytest.UsageError` where either is missing or cannot be read.
    """
    if not work:
        raise pytest.UsageError("--course asks whose work to grade: add --submission PATH")
    try:
        the_course = course.load(Path(root) if root else course.nearest(Path.cwd()))
        submission = submissions.read(Path(work), the_course)
    except GraderError as error:
        raise pytest.UsageError(str(error)) from None
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = [str(the_course.root / course.EXERCISES)]
    worker = getattr(config, "workerinput", {})
    return Questions(the_course, submission, worker.get(SEED, secrets.randbelow(2**31)))


class Questions:
    """Collects a course's checks, and holds the wall that they are asked through."""

    def __init__(self, the_course: Course, submission: Submission, seed: int) -> None:
        """Collect the checks of a course, to be asked of a submission."""
        self.course = the_course
        self.submission = submission
        self.seed = seed
        self._wanted: list[Exercise] = []
        self._files = {(one.folder / "check.py").resolve(): one for one in the_course.exercises}

    @cached_property
    def sandbox(self) -> Sandbox:
        """The wall, built when the first check is asked."""
        wall = Sandbox(preload=needed(self._wanted, [self.submission]))
        if wall.profile not in SAFE:
            wall.close()
            pytest.exit("the wall does not hold on this machine; 'grader doctor' says why", 4)
        return wall

    def pytest_report_header(self) -> str:
        """Say what is graded, and with which seed it can be graded so again."""
        work = excerpt(self.submission.student)
        return f"grader: {self.course.title}, the work of {work}, seed {self.seed}"

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        """Make tests of an exercise's checks, instead of a module of tests."""
        collected = yield
        exercise = self._files.get(file_path.resolve())
        if exercise is None:
            return collected
        name = f"{exercise.id}/{file_path.name}"
        return [CheckFile.from_parent(parent, path=file_path, nodeid=name, of=(self, exercise))]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note which exercises are asked: the wall loads what those need and no more."""
        files = (item.parent for item in session.items)
        self._wanted = [file.exercise for file in files if isinstance(file, CheckFile)]

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker of xdist the seed."""
        node.workerinput[SEED] = self.seed

    def pytest_unconfigure(self) -> None:
        """Take the wall down, if it was built."""
        if "sandbox" in self.__dict__:
            self.sandbox.close()


class CheckFile(pytest.File):
    """One exercise: the student's module is loaded once, and its checks are asked one by one."""

    def __init__(self, *, of: tuple[Questions, Exercise], **node: Any) -> None:
        """Hold the checks of an exercise; nothing runs yet."""
        super().__init__(**node)
        self.questions, self.exercise = of
        self._done: Outcomes = {}
        self._session: Session | None = None
        self._problem: Outcome | None = None

    def collect(self) -> Iterator[CheckItem]:
        """Yield an item for each check, in the order of the course."""
        for check in self.exercise.checks:
            yield CheckItem.from_parent(self, name=check.name, check=check)

    def setup(self) -> None:
        """Load what was handed in; why it does not load is told by every check."""
        text = self.questions.submission.sources.get(self.exercise.id)
        first = self.exercise.checks[0]
        if text is None:
            self._problem = outcome_of(first, Verdict.TODO, message=account.ABSENT)
            return
        fault = runner.unreadable(text)
        if fault is None:
            wall, seed = self.questions.sandbox, self.questions.seed
            self._session = runner.opened(self.exercise, text, wall, seed)
            try:
                self._session.load()
            except StudentFault as error:
                fault = wording.of_problem(error.fault), innermost(text, error.fault)
        if fault is not None:
            reason, place = fault
            self._problem = outcome_of(first, Verdict.ERROR, message=reason, place=place)

    def teardown(self) -> None:
        """Let the student's process go."""
        if self._session is not None:
            self._session.close()

    def outcome(self, check: Check) -> Outcome:
        """Ask a check, after those that it comes after; each is asked once."""
        if self._problem is not None or self._session is None:
            return self._problem or outcome_of(check, Verdict.SKIPPED)
        if check.after is not None:
            self.outcome(check.after)
        if check not in self._done:
            ask_one(check, self._session, self._done)
        return self._done[check][0]


class NotPassedError(Exception):
    """A check that did not pass: its outcome, for the one who reads the test report."""


class CheckItem(pytest.Item):
    """One check, as a test."""

    def __init__(self, *, check: Check, **node: Any) -> None:
        """Hold a check; it is asked when the test runs."""
        super().__init__(**node)
        self.check = check

    def runtest(self) -> None:
        """Ask the check; points go into the report's sections and properties."""
        assert isinstance(self.parent, CheckFile)  # noqa: S101  for the type
        outcome = veiled(self.parent.outcome(self.check))
        earned = outcome.points if outcome.verdict is not Verdict.BROKEN else None
        of = f"{'?' if earned is None else points(earned)} / {points(self.check.points)}"
        self.add_report_section("call", "points", of)
        self.user_properties += [
            ("points", earned),
            ("out_of", self.check.points),
            ("verdict", outcome.verdict.value),
        ]
        if outcome.verdict in {Verdict.SKIPPED, Verdict.AWAITING}:
            pytest.skip(account.sentence(outcome))  # how pytest says: not asked, or not yet read
        if outcome.verdict is Verdict.PASSED:
            return
        if self.check.points == 0:
            pytest.xfail(account.sentence(outcome))  # advice, which costs nothing
        raise NotPassedError(f"{account.title(outcome)}\n{account.details(outcome)}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return what the student should read, without a traceback of ours."""
        if isinstance(excinfo.value, NotPassedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the check stands, and its name."""
        return self.path, None, self.name
