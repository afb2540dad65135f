"""What a failure is like, so that failures of many students can be told to be the same one.

No model of language: an instructor must be able to see why two failures are taken for one.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from grader.model import DID_NOT_RUN, Finding, Outcome, Verdict

FAILING = DID_NOT_RUN | {Verdict.FAILED, Verdict.PARTLY}
MAX_DETAIL = 160

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_PATH = re.compile(r"(?:/[\w.\-]+){2,}")
_HEX = re.compile(r"\b0x[0-9a-fA-F]+\b")
_NUMBER = re.compile(r"[-−+]?\b\d[\d_,]*(?:\.\d*)?(?:e[-+]?\d+)?\b\.?", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_SHAPE = re.compile(r"\(\s*(?:\d+\s*,\s*)*\d*\s*\)")


def of_outcome(outcome: Outcome) -> tuple[str, str] | None:
    """Return the kind of a failure and what it is like; None where nothing failed.

    The kind is a word: mistake, shape, value, exception, timeout, memory or crashed.
    """
    if outcome.verdict not in FAILING:
        return None
    if outcome.verdict in DID_NOT_RUN:
        kind = "exception" if outcome.verdict is Verdict.ERROR else str(outcome.verdict)
        return kind, of_words(_said(outcome.message or ""))
    wrong = outcome.first_wrong
    if wrong is None:
        return "value", ""
    if wrong.diagnosis:
        return "mistake", of_words(wrong.diagnosis)
    return _of_gap(wrong)


@lru_cache(maxsize=4096)
def of_words(text: str) -> str:
    """Return a sentence without what differs from student to student: numbers, names, paths."""
    for pattern, word in ((_QUOTED, "'…'"), (_PATH, "…"), (_HEX, "#"), (_NUMBER, "#")):
        text = pattern.sub(word, text)
    return _SPACE.sub(" ", text).strip()[:MAX_DETAIL]


def _said(message: str) -> str:
    """Return what was raised or met, without the call that met it."""
    _, raised, what = message.partition("` raised ")
    if raised:
        return what
    _, colon, what = message.partition("`: ")
    return what if colon else message


def _of_gap(wrong: Finding) -> tuple[str, str]:
    asked = of_words(wrong.shown)
    if _SHAPE.fullmatch(wrong.expected) and _SHAPE.fullmatch(wrong.got):
        return "shape", f"{asked}: {wrong.expected}, not {wrong.got}"
    expected, got = _number(wrong.expected), _number(wrong.got)
    if expected is not None and got is not None:
        return "value", f"{asked}: {_ratio(expected, got)}"
    return "value", f"{asked}: {of_words(wrong.expected)}, not {of_words(wrong.got)}"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _ratio(expected: float, got: float) -> str:
    """Say how far a number is off, in powers of ten, since its inputs may be drawn."""
    if not math.isfinite(got):
        return f"not a finite number: {got}"
    if expected == 0 or got == 0:
        return "0 for another number" if got == 0 else "another number for 0"
    sign = "the other sign, " if expected * got < 0 else ""
    return f"{sign}about 10^{round(math.log10(abs(got / expected)))} times"
