"""Watch mode: check an exercise again whenever its file is saved, and listen to a few keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console, RenderableType

from grader import progress as record
from grader import submission as submissions
from grader.errors import SubmissionError
from grader.keyboard import Pressed
from grader.model import Check, Exercise, Report, Submission
from grader.own_work import Desk
from grader.progress import Progress, digest
from grader.render import student_screens as screens
from grader.render import terminal
from grader.render.advice import tally
from grader.render.progress import Shown

TICK_MS = 150  # between two looks at the keyboard
WORK = {".py", ".ipynb"}


@dataclass(slots=True)
class Watch:
    """A student's way through a course, one save after the other."""

    desk: Desk
    path: Path  # a file or a folder
    current: Exercise
    progress: Progress
    console: Console
    submission: Submission | None = None
    report: Report | None = None  # on the current exercise
    trouble: str = ""  # why there is no submission
    looked: bool = False  # at the work, at least once
    texts: dict[str, str] = field(default_factory=dict)  # digests of what was read last

    def run(self, pressed: Pressed | None) -> None:
        """Check and show, until q is pressed; without a keyboard, until it is interrupted."""
        from watchfiles import watch

        for changes in watch(
            record.home(self.path),
            watch_filter=lambda _, path: _is_work(Path(path)),
            rust_timeout=TICK_MS,
            yield_on_timeout=True,
        ):
            if changes or not self.looked:  # first once saves are noticed, so that none is missed
                self.saved()
            for key in pressed().lower() if pressed else "":
                if key == "q":
                    return
                self.press(key)

    def saved(self) -> None:
        """Read the work again and check what is new in it, the current exercise before others."""
        follow, self.looked = self.looked, True
        try:
            self.submission = submissions.read(self.path, self.desk.course)
            self.trouble = "" if self.submission.sources else "; ".join(self.submission.notes)
        except SubmissionError as error:
            self.submission, self.trouble = None, str(error)
        if self.submission is None or self.trouble:
            self.report, self.texts = None, {}
            self.show()
            return
        before, sources = self.texts, self.submission.sources
        self.texts = {name: digest(source) for name, source in sources.items()}
        names = before.keys() | self.texts.keys()
        changed = {name for name in names if before.get(name) != self.texts.get(name)}
        if not changed and self.report:
            return
        saved = [one for one in self.desk.course.exercises if one.id in changed & self.texts.keys()]
        if follow and saved and self.current.id not in changed:
            self.current = saved[0]
        self.check()

    def press(self, key: str) -> None:
        """Do what a key stands for; any other key shows the exercise again."""
        if key == "n":
            self.current = following(self.current, self.desk, self.progress)
            self.check()
        elif key == "l":
            fancy = terminal.fancy(self.console)
            course = self.desk.course
            self._print(screens.listing(course, self.submission, self.progress, fancy=fancy))
        else:
            check = self.progress.asked(self.current)
            if key == "h" and check:
                self.progress = self.progress.after_hint(self.current, check)
                record.save(self.progress, record.home(self.path))
            self.show()

    def check(self) -> None:
        """Ask the current exercise's questions and show what came of them."""
        if self.submission is None or self.trouble:
            self.show()
            return
        with Shown() as shown:
            shown.begin(1)
            student = self.submission.student

            def working(exercise: Exercise, asked: Check | None, printed: str) -> None:
                shown.working(student, exercise, asked, printed)

            self.report = self.desk.ask(self.submission, [self.current], working)
        for result in self.report.results:
            self.progress = self.progress.after(result)
        record.save(self.progress, record.home(self.path))
        self.show()

    def show(self) -> None:
        """Show the exercise as it stands, with the hints that were read."""
        fancy = terminal.fancy(self.console)
        parts = [screens.header(self.desk.course, self.progress, fancy=fancy)]
        if self.report:
            said = tally(self.report.results, self.desk.later([self.current]))
            parts.append(screens.checked(self.report, said, fancy=fancy))
        else:
            parts.append(screens.trouble(self.trouble))
        check = self.progress.asked(self.current)
        if check:
            levels = range(1, self.progress.read(self.current, check) + 1)
            parts += [screens.hint(check, level) for level in levels]
        self._print(*parts)

    def _print(self, *parts: RenderableType) -> None:
        check = self.progress.asked(self.current)
        read = self.progress.read(self.current, check) if check else 0
        if self.console.is_terminal:
            parts = (*parts, screens.keys(check, read))
        screens.show(self.console, *parts)


def first_open(desk: Desk, progress: Progress) -> Exercise:
    """Return the exercise to start with: the first that did not pass when it was last checked."""
    exercises = desk.course.exercises
    return next((one for one in exercises if not progress.passes(one)), exercises[0])


def following(current: Exercise, desk: Desk, progress: Progress) -> Exercise:
    """Return the next exercise that does not pass yet, the first after the last; else the next."""
    exercises = desk.course.exercises
    at = next(n for n, one in enumerate(exercises) if one.id == current.id) + 1
    others = [*exercises[at:], *exercises[: at - 1]]
    return next((one for one in others if not progress.passes(one)), (*others, current)[0])


def _is_work(path: Path) -> bool:
    return path.suffix in WORK and not any(part.startswith(".") for part in path.parts[-2:])
