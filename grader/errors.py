"""Our own errors.  A student's failures are verdicts, never exceptions that leave the runner."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the commands' exit codes mean."""

    OK = 0  # everything that was required passes
    WRONG = 1  # some checks do not pass
    USAGE = 2  # the command line or the course is at fault
    UNREADABLE = 3  # a submission could not run
    OURS = 4  # the grader or the sandbox failed: never a score
    NOTHING = 5  # there was nothing to grade
    INTERRUPTED = 130


class GraderError(Exception):
    """Something that stops the command: names the thing, the place and the next step."""

    code = Exit.OURS


class CourseError(GraderError):
    """The course's own files are at fault."""

    code = Exit.USAGE


class SubmissionError(GraderError):
    """A path that cannot be taken as a submission."""

    code = Exit.UNREADABLE


class ExchangeError(GraderError):
    """What a platform exported, or what was asked of it, is at fault."""

    code = Exit.USAGE


class SandboxError(GraderError):
    """The wall could not be built or held."""

    code = Exit.OURS
