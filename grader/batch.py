"""Many submissions: graded side by side by one fork server, each report written when ready."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from grader import runner
from grader.errors import GraderError, SandboxError
from grader.model import Check, Course, Exercise, Report, Submission
from grader.render.class_page import class_page
from grader.render.formats import FORMATS, GITHUB
from grader.render.github import annotation_lines, summary
from grader.render.gradebook import grades_csv
from grader.render.visibility import for_student
from grader.sandbox import SAFE, Sandbox
from grader.sandbox.preload import needed
from grader.submission import file_stems


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be graded, and how."""

    course: Course
    submissions: Sequence[Submission]
    only: Sequence[str]
    seed: int
    jobs: int
    unsafe: bool = False  # grade even where the wall cannot hold strangers' code


class Progress(Protocol):
    """Told about submissions while they are graded; entered for as long as that takes."""

    def working(self, student: str, exercise: Exercise, check: Check | None, printed: str) -> None:
        """Note what a submission is at."""

    def done(self, student: str) -> None:
        """Note that a submission's report is written."""


def run(
    plan: Batch,
    out: Path,
    formats: frozenset[str],
    progress: AbstractContextManager[Progress],
) -> list[Report]:
    """Grade every submission and write its report, then the class's pages; return the reports.

    Ctrl-C lets the submissions under way end and writes what there is; a second one stops at once.
    """
    prepare(out)
    stems = file_stems([submission.student for submission in plan.submissions])
    jobs = min(plan.jobs, len(plan.submissions))
    reports: dict[int, Report] = {}
    wanted = [one for one in plan.course.exercises if not plan.only or one.id in plan.only]
    threads = max(1, (os.cpu_count() or 1) // jobs)
    preload = needed(wanted, plan.submissions)
    with Sandbox(threads=threads, preload=preload) as sandbox, progress as shown:
        if sandbox.profile not in SAFE and not plan.unsafe:
            raise SandboxError(
                "the wall does not hold on this machine, so the work of strangers is not run\n"
                "  next: 'grader doctor' says what is missing and what to do; 'grader check' asks "
                "the public\n  questions of your own work; --unsafe grades all the same"
            )

        def grade(number: int) -> Report:
            submission = plan.submissions[number]

            def watch(exercise: Exercise, check: Check | None, printed: str) -> None:
                shown.working(submission.student, exercise, check, printed)

            report = runner.grade(
                plan.course, submission, sandbox, seed=plan.seed, only=plan.only, watch=watch
            )
            write_report(report, out / stems[number], formats)
            shown.done(submission.student)
            return report

        with ThreadPoolExecutor(jobs, thread_name_prefix="grade") as pool:
            futures = {pool.submit(grade, n): n for n in range(len(plan.submissions))}
            try:
                for future in _as_they_end(futures):
                    reports[futures[future]] = future.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    ordered = [reports[number] for number in sorted(reports)]
    write_class(ordered, [stems[number] for number in sorted(reports)], out, formats)
    return ordered


def prepare(out: Path) -> None:
    """Make the folder for reports, or say why not."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraderError(
            f"{out}: the folder for reports cannot be made ({error.strerror})\n"
            "  next: name another one with --out"
        ) from error


def write_report(report: Report, stem: Path, formats: frozenset[str]) -> None:
    """Write what a student gets, in each of the formats."""
    shown = for_student(report)
    for name in sorted(formats & FORMATS.keys()):
        write(stem.with_name(f"{stem.name}{FORMATS[name].ending}"), FORMATS[name].render(shown))


def write_class(
    reports: Sequence[Report], stems: Sequence[str], out: Path, formats: frozenset[str]
) -> None:
    """Write what there is once for all: the class page, what GitHub shows, and the grades."""
    if "html" in formats:
        write(out / "index.html", class_page(reports, stems))
    if GITHUB in formats:
        write(out / "annotations.txt", annotation_lines(reports))
        write(out / "summary.md", summary(reports))
    write(out / "grades.csv", grades_csv(reports))


def write(path: Path, text: str) -> None:
    """Write a file so that a reader, or a crash, never meets half of it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        temporary.write_text(text, encoding="utf-8", newline="")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise GraderError(
            f"{path}: the report cannot be written ({error.strerror})\n"
            "  next: free some room, or name another folder with --out"
        ) from error


def _as_they_end(futures: dict[Future[Report], int]) -> list[Future[Report]]:
    """Wait for all; the first error, or Ctrl-C, ends the wait."""
    pending = set(futures)
    ended: list[Future[Report]] = []
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            future.result()
        ended += done
    return ended
